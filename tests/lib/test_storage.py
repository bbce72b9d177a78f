"""The object store: four verbs, keys of ours alone, one kind of failure."""

import asyncio
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from impl.lib import ids, storage
from impl.lib.storage import Object, ObjectMissing, Storage, StorageFailed

OURS, THEIRS = UUID(int=1), UUID(int=2)


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """A folder, and a store that is named by its URL."""
    return storage.in_folder(tmp_path / "files") if request.param == "folder" else storage.at_url("memory:///")


async def listed(store: Storage, organization_id: UUID = OURS) -> list[UUID | None]:
    return sorted([found.id async for found in store.list(organization_id)], key=str)


async def test_keeps_gives_lists_and_deletes(store: Storage) -> None:
    await store.check()
    assert await listed(store) == []
    one, other = ids.new_id(), ids.new_id()
    for each in (Object(OURS, one, b"one"), Object(OURS, other, b""), Object(THEIRS, one, b"theirs")):
        await store.put(each)
    assert (await store.get(OURS, one), await store.get(OURS, other)) == (b"one", b"")
    assert await store.get(THEIRS, one) == b"theirs"
    assert await listed(store) == [one, other]
    assert await listed(store, THEIRS) == [one]
    [found] = [each async for each in store.list(THEIRS)]
    assert (found.key, found.size_bytes) == (f"{THEIRS}/{one}", 6)
    assert datetime.now(UTC) - found.modified_at < timedelta(minutes=1)

    await store.put(Object(OURS, one, b"anew"))
    assert await store.get(OURS, one) == b"anew"
    await store.delete(OURS, one)
    await store.delete(OURS, one)
    assert await listed(store) == [other]
    with pytest.raises(ObjectMissing):
        await store.get(OURS, one)
    await store.check()


async def test_many_at_once_and_large_ones(store: Storage) -> None:
    content = os.urandom(12 << 20)
    large = ids.new_id()
    some = [Object(OURS, ids.new_id(), bytes([number])) for number in range(50)]
    await asyncio.gather(store.put(Object(OURS, large, content)), *(store.put(each) for each in some))
    assert await store.get(OURS, large) == content
    assert await listed(store) == sorted([large, *(each.id for each in some)], key=str)


async def test_nothing_of_the_content_is_shown() -> None:
    assert "secret" not in repr(Object(OURS, THEIRS, b"secret"))


async def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    """Whatever the file system says, it is one failure, without a path or a content in it; and it heals."""
    blocked = tmp_path / "files"
    blocked.write_bytes(b"a file")
    store = storage.in_folder(blocked)
    for attempt in (
        store.check(),
        store.put(Object(OURS, THEIRS, b"secret")),
        store.get(OURS, THEIRS),
        store.delete(OURS, THEIRS),
        listed(store),
    ):
        with pytest.raises(StorageFailed) as failed:
            await attempt
        assert str(tmp_path) not in str(failed.value)
    blocked.unlink()
    await store.check()
    await store.put(Object(OURS, THEIRS, b"now"))


async def test_what_an_interrupted_put_left_is_tidied_up(tmp_path: Path) -> None:
    store, one = storage.in_folder(tmp_path), ids.new_id()
    await store.put(Object(OURS, one, b"one"))
    old, young, foreign = (tmp_path / str(OURS) / name for name in (f"{one}#1", f"{one}#2", "notes.txt"))
    for path in (old, young, foreign):
        path.write_bytes(b"half")
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    os.utime(foreign, (long_ago, long_ago))
    await store.tidy(OURS, datetime.now(UTC) - timedelta(hours=1))
    await store.tidy(THEIRS, datetime.now(UTC))
    assert sorted(path.name for path in (tmp_path / str(OURS)).iterdir()) == sorted(
        [str(one), young.name, foreign.name]
    )
    assert await listed(store) == [one, None], "what is not ours is listed as nobody's"


async def test_a_bucket_that_is_away_is_a_failure_within_its_time() -> None:
    started = time.monotonic()
    store = storage.at_url(
        "s3://a-bucket/prefix",
        endpoint="http://127.0.0.1:9",
        region="eu-central-1",
        access_key_id="key",
        secret_access_key="secret",
    )
    with pytest.raises(StorageFailed):
        await store.put(Object(OURS, THEIRS, b"x"))
    assert time.monotonic() - started < 30


PROGRAM = """
import asyncio, pathlib, sys
from uuid import UUID
from impl.lib import storage

async def main():
    for store in (storage.in_folder(pathlib.Path(sys.argv[1])), storage.at_url("memory:///")):
        await store.put(storage.Object(UUID(int=1), UUID(int=2), b"x"))
        assert [found.id async for found in store.list(UUID(int=1))] == [UUID(int=2)]
        await store.check()

asyncio.run(main())
"""


def test_a_process_that_ends_right_after_ends_well(tmp_path: Path) -> None:
    """The store's own coroutines abort one interpreter in five that ends at once."""
    for _ in range(12):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
