"""C4 and C7: a file's name is data and nothing else; what lies in the storage and what the tables say agree, also after deaths."""

import asyncio
import hashlib
import re
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from impl.core import files
from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib.clock import Hands
from impl.services.intakes.tasks import sweep_files
from tests.promises.test_d2_kill import Story, story
from tests.services.public.habits import apply, applying, tracking
from tests.support import world
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories
from tests.support.forms import File
from tests.support.rows import Rows

__all__ = ["story"]

OWN_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?")
PLAIN = [
    "../../../etc/passwd", "..\\..\\boot.ini", "....//....//x", "/etc/shadow", "~/.ssh/id_rsa", "..%2f..%2fx", "%2e%2e%2fx",
    "..%c0%afx", "a/b/c.pdf", ".", "..", "...", "-rf", "--help", "CON", "aux.txt", "NUL.pdf", "COM1", "lpt1.docx", "x.pdf.",
    "x.pdf ", " x.pdf", "x;y.pdf", "x=y.pdf", "`id`.pdf", "$(id).pdf", "|x", "a&b", "*.pdf", "?.pdf", "<script>.html",
    "file:///etc/passwd", "x.pdf::$DATA", ".htaccess", "\u202efdp.exe", "e\u0301.pdf", "\u00e9.pdf", "\ufeffx.pdf",
    "\u2028x.pdf", "🧑‍💻.pdf", "李小龍.pdf", "محمد.pdf", "'; DROP TABLE files;--", "{{7*7}}", "%s%n", "null", "undefined",
]  # fmt: skip
# What comes back differs where a name could not be carried, or would be too long.
CHANGED: dict[bytes, str] = {
    b"nul\x00.pdf": "nul\x00.pdf",
    b"a\r\nX-Evil: 1.pdf": "a\r\nX-Evil: 1.pdf",
    b'say "hi".pdf': 'say "hi".pdf',
    b"\xff\xfe.pdf": "\ufffd\ufffd.pdf",
    b"C:\\con\\x.pdf": "x.pdf",
    b"\\\\?\\x": "\\?\\x",
    b"x" * 10_240 + b".pdf": "x" * 251 + ".pdf",
    b"y" * 10_240: "y" * 255,
    b"\x1b[31mred.pdf": "\x1b[31mred.pdf",
}


def stored_paths(runtime: Runtime) -> list[str]:
    root: Path = runtime.settings.data_dir / "files"
    return [str(path.relative_to(root)) for path in root.rglob("*")]


@pytest.mark.promise("C4")
async def test_a_name_is_data(cast: Cast, make: Factories, runtime: Runtime, rows: Rows) -> None:
    """Whatever a file is called, it lies under its organization's id and its own, and its name comes back as it was."""
    client, path = ApiClient(cast.app), applying(cast, await make.post())
    names: list[tuple[str | bytes, str]] = [*((name, name) for name in PLAIN), *CHANGED.items()]
    for start in range(0, len(names), 5):
        some = names[start : start + 5]
        answer = await apply(client, path, *(File("attachments", sent, b"%PDF") for sent, _ in some))
        assert answer.status_code == 201, (some, answer.text)
        page = await client.get(tracking(cast, answer.json()["data"]["token"]))
        assert [file["name"] for file in page.json()["data"]["files"]] == [wanted for _, wanted in some]
        assert not {"x-evil", "set-cookie"} & set(page.headers)
    [newest, *_] = await cast.client("recruiter").data("GET", f"{V1}/intakes")
    shown = await cast.client("recruiter").data("GET", f"{V1}/intakes/{newest['id']}")
    assert shown["files"][0]["name"] == names[-len(shown["files"])][1]

    assert [name for name in stored_paths(runtime) if not OWN_KEY.fullmatch(name)] == []
    known = {
        row["id"]
        for row in await rows.connection.fetch("SELECT id FROM files WHERE organization_id = $1", cast.organization_id)
    }
    assert len(known) == len(names)
    assert {found.id async for found in runtime.storage.list(cast.organization_id)} == known


async def expect_agreement(runtime: Runtime, rows: Rows, cast: Cast) -> None:
    """Each row has its object, which opens and is what was sent."""
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=5) as connection:
        keys = await runtime.keys.of(connection, cast.organization_id)
    found = await rows.connection.fetch("SELECT id, sha256 FROM files WHERE organization_id = $1", cast.organization_id)
    assert found, "vacuous"
    for row in found:
        content = await files.read(runtime.storage, keys, UUID(str(row["id"])), row["sha256"])
        assert hashlib.sha256(content).digest() == row["sha256"]


@pytest.mark.promise("C7")
@pytest.mark.promise("D2")
async def test_killed_at_every_point_of_applying(
    story: Story, cast: Cast, runtime: Runtime, rows: Rows, hands: Hands
) -> None:
    """From the first byte to the answer: after a retry there is one application, each row has its file, and an hour later each file its
    row."""
    wanted = await story.single_run("create_public_application")
    for point in count(1):
        if await story.killed_at("create_public_application", point, wanted) is None:
            break
    assert point > 20, "vacuous: the request has more traffic than that"
    for fraction in (0.1, 0.5, 0.9):
        await _killed_within_the_body(story, fraction)

    await expect_agreement(runtime, rows, cast)
    intakes = await rows.count("intakes", cast.organization_id)
    assert await rows.count("files", cast.organization_id) == intakes
    objects = {found.id async for found in runtime.storage.list(cast.organization_id)}
    assert len(objects) > intakes, "vacuous: no death has left anything behind"
    await expect_swept(runtime, rows, cast, hands)
    await run_due(runtime, cast.organization_id)
    assert await rows.count("applications", cast.organization_id) == intakes


@pytest.mark.promise("C7")
@pytest.mark.promise("D2")
async def test_killed_at_every_point_of_uploading(
    story: Story, cast: Cast, runtime: Runtime, rows: Rows, hands: Hands
) -> None:
    wanted = await story.single_run("upload_attachment")
    for point in count(1):
        if await story.killed_at("upload_attachment", point, wanted) is None:
            break
    assert point > 15, "vacuous: the request has more traffic than that"
    await expect_agreement(runtime, rows, cast)
    objects = {found.id async for found in runtime.storage.list(cast.organization_id)}
    assert len(objects) > await rows.count("files", cast.organization_id), "vacuous: nothing was left behind"
    await expect_swept(runtime, rows, cast, hands)


async def expect_swept(runtime: Runtime, rows: Rows, cast: Cast, hands: Hands) -> None:
    """An hour later there is no object without a row, and none is missing."""
    hands.advance(timedelta(hours=2))  # its time stood still while processes died
    await sweep_files.work(TaskRun(runtime, cast.organization_id, "a-request", 1))
    objects = {found.id async for found in runtime.storage.list(cast.organization_id)}
    known = await rows.connection.fetch("SELECT id FROM files WHERE organization_id = $1", cast.organization_id)
    assert objects == {row["id"] for row in known}
    await expect_agreement(runtime, rows, cast)


async def _killed_within_the_body(story: Story, fraction: float) -> None:
    """The process dies while the form is on its way; the retry, with the same key, is the first that anybody hears of it."""
    call, victim = await story.made.call("create_public_application"), await anext(story.victims)
    media_type, content = call.content
    host, port = victim._child.base_url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"POST {call.path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(content)}\r\nIdempotency-Key: body-{fraction}\r\n\r\n"
    )
    writer.write(head.encode() + content[: int(len(content) * fraction)])
    await writer.drain()
    await asyncio.sleep(0.05)
    victim._child.kill()
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    writer.close()
    retry = await call.send(ApiClient(story.cast.app), headers={"Idempotency-Key": f"body-{fraction}"})
    assert retry.status_code == 201
    assert "idempotency-replayed" not in retry.headers


@pytest.mark.promise("C7")
async def test_the_same_file_is_never_shared(
    cast: Cast, other_cast: Cast, make: Factories, make_elsewhere: Factories, runtime: Runtime
) -> None:
    """The same bytes twice, and from another organization, are three objects, none of which opens as another."""
    ours, theirs = await make.post(), await make_elsewhere.post()
    for where, post in ((cast, ours), (cast, ours), (other_cast, theirs)):
        assert (await apply(ApiClient(cast.app), applying(where, post), File())).status_code == 201
    sealed = [
        await runtime.storage.get(where.organization_id, found.id)
        for where in (cast, other_cast)
        async for found in runtime.storage.list(where.organization_id)
        if found.id is not None
    ]
    assert len(set(sealed)) == len(sealed) == 3


async def test_every_example_is_kept(cast: Cast, runtime: Runtime) -> None:
    """The world's own form has a file: otherwise the proofs for every operation would prove nothing about files."""
    call = await world.World(cast).call("create_public_application")
    assert call.files
    assert (await call.send(ApiClient(cast.app))).status_code == 201
    assert [found async for found in runtime.storage.list(cast.organization_id)]
