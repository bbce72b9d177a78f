"""C3: what a stranger sends is read in a process that ends within its limits, can do nothing else, and touches nobody else."""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.resumes import sandbox, understanding
from impl.resumes.document import MAX_CHARACTERS, Unreadable
from impl.resumes.sandbox import Reader
from impl.resumes.sandbox.frames import Limits
from impl.resumes.sandbox.reader import ReaderUnavailable
from impl.resumes.understood import Understood
from scripts.bench import procfs
from scripts.eval.samples.__main__ import DATA
from tests.support import bombs
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import MOTIVATION, V1, Factories
from tests.support.forkserver import ForkServer
from tests.support.forms import File

pytestmark = [pytest.mark.promise("C3"), pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")]

TODAY = date(2026, 11, 1)
SAMPLES = {path.suffix: path.read_bytes() for path in sorted(DATA.iterdir()) if path.suffix != ".json"}
MEGABYTE = 1 << 20
# Smaller than those of the service, so that many bombs go off in little time.
TIGHT = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=1, wall_seconds=8.0)
REASONS = {"damaged", "encrypted", "out_of_memory", "timed_out", "too_large", "unsupported_format"}
HONEST = SAMPLES[".txt"]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader(TIGHT)
    yield reader
    reader.close()


def outcome(reader: Reader, content: bytes) -> Understood | Unreadable:
    try:
        return reader.read(content, today=TODAY).understood
    except Unreadable as refusal:
        return refusal


def expect_contained(reader: Reader, content: bytes) -> Understood | Unreadable:
    """A result or a reason, within the limits; and the next document is read as if nothing had been."""
    found = outcome(reader, content)

    if isinstance(found, Unreadable):
        assert found.code in REASONS, found
        assert found.message.endswith(".")
    else:
        assert len(found.text) <= MAX_CHARACTERS
    assert reader.end.peak_bytes <= reader.limits.memory_bytes
    assert reader.end.cpu_seconds <= reader.limits.cpu_seconds + 1.5
    assert outcome(reader, HONEST) == understanding.understand(HONEST, today=TODAY).understood
    return found


@pytest.mark.parametrize("name", bombs.ALL)
def test_a_bomb_ends_within_the_limits(reader: Reader, name: str) -> None:
    content = bombs.ALL[name]()

    expect_contained(reader, content)

    assert reader._process is not None
    assert procfs.peak_bytes(reader._process.pid) < 100 * MEGABYTE, "the reader itself looks at no file"


@pytest.mark.parametrize("name", ["flate_of_nothing", "object_stream"])
def test_a_gigabyte_does_not_fit_into_the_limits_of_the_service(name: str) -> None:
    reader = Reader()

    found = expect_contained(reader, bombs.ALL[name]())

    assert isinstance(found, Unreadable)
    assert found.code == "out_of_memory"
    reader.close()


@pytest.mark.parametrize("suffix", SAMPLES)
def test_altered_samples_are_read_or_refused(reader: Reader, suffix: str) -> None:
    changes = st.lists(st.tuples(st.integers(0, 100_000), st.binary(min_size=0, max_size=6)), min_size=1, max_size=12)

    @settings(max_examples=8, deadline=None, derandomize=True, database=None)
    @given(changes=changes)
    def altered(changes: list[tuple[int, bytes]]) -> None:
        content = bytearray(SAMPLES[suffix])
        for place, patch in changes:
            at = place % len(content)
            content[at : at + max(1, len(patch))] = patch
        found = outcome(reader, bytes(content))
        assert isinstance(found, Understood) or found.code in REASONS, found

    altered()


def test_a_library_that_a_file_has_taken_over_can_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATS_MASTER_KEY", "the key of all keys")
    monkeypatch.syspath_prepend(str(Path(bombs.__file__).parent / "taken_over"))
    reader = Reader()
    tmp_path.chmod(0o777)
    assert reader.read(b"{\\rtf1 hello}", today=TODAY).understood.text == "{\\rtf1 hello}", (
        "vacuous: the library is the real one"
    )
    assert reader._process is not None
    with socket.create_server(("127.0.0.1", 0)) as listening:
        orders = {
            "folder": str(tmp_path),
            "port": listening.getsockname()[1],
            "service": os.getpid(),
            "reader": reader._process.pid,
        }
        said = reader.read(f"{{\\rtf1 @{json.dumps(orders)}@}}".encode(), today=TODAY).understood.text
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()

    report = json.loads(said)
    assert [name for name, result in report["deeds"].items() if result == "done"] == []
    assert set(report["environment"]) <= {"LC_CTYPE"}
    assert report["descriptors"] == [0, 1, 2]
    assert list(tmp_path.iterdir()) == []
    reader.close()


def test_what_holds_without_a_filter_and_without_a_network_of_its_own() -> None:
    """As in a container that forbids both: the limits alone let a process open nothing."""
    program = (
        "from impl.resumes.sandbox import frames, system_calls, walls\n"
        "system_calls._control = None\n"
        "walls._no_network = walls._from_nowhere\n"
        "walls.shut_in()\n"
        "walls.limit(frames.Limits())\n"
        "print(*walls.standing())"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert {"files", "network", "processes"} <= set(said)
    assert "system_calls" not in said, "vacuous: the filter is there"


def test_a_reader_ends_with_the_process_that_started_it() -> None:
    """Also when that process is killed while a file is being read."""
    program = (
        "from datetime import date\n"
        "from impl.resumes.sandbox import Reader\n"
        "reader = Reader()\n"
        "reader.read(b'hello', today=date(2026, 11, 1))\n"
        "print('ready', flush=True)\n"
        "reader.read(b'+1 202 555 01 ' * 15_000, today=date(2026, 11, 1))"
    )
    service = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert service.stdout is not None
    service.stdout.readline()
    assert waited_for(lambda: len(procfs.descendants(service.pid)) == 3), "vacuous: no file is being read"
    family = procfs.descendants(service.pid)
    service.kill()
    service.wait()
    service.stdout.close()

    assert waited_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))


def test_a_reader_that_is_closed_takes_its_file_along() -> None:
    reader = Reader()
    reader.start()
    assert reader._process is not None
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(reader.read, bombs.ALL["numbers"](), today=TODAY)
        pid = reader._process.pid
        assert waited_for(lambda: len(procfs.descendants(pid)) == 2), "vacuous: no file is being read"
        family = procfs.descendants(pid)
        reader.close()
        with pytest.raises(ReaderUnavailable):
            reading.result()

    assert waited_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))


def waited_for(what: Callable[[], bool]) -> bool:
    for _ in range(3000):
        if what():
            return True
        time.sleep(0.01)
    return False


async def test_many_bombs_at_once_leave_the_service_alone(
    fork_server: ForkServer, server: Server, database_name: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process serves, this one has its loop free, the bombs take none of their memory, and an honest file has its turn."""
    monkeypatch.setattr(sandbox, "Reader", partial(Reader, TIGHT))
    monkeypatch.setattr(sandbox, "_threads", ThreadPoolExecutor(2))
    child = await fork_server.start(server.url("ats_app", database_name))
    headers = {"Authorization": f"Bearer {cast.people['admin'].token}"}
    contents = [bombs.ALL[name]() for name in ("flate", "numbers", "forms_in_forms") * 2]

    async with httpx2.AsyncClient(base_url=child.base_url, headers=headers, timeout=30) as client:

        async def probe() -> float:
            started = time.perf_counter()
            answer = await client.get(f"{V1}/candidates")
            assert answer.status_code == 200
            return time.perf_counter() - started

        alone = [await probe() for _ in range(30)]
        memory = resident(os.getpid())
        going_off = asyncio.ensure_future(asyncio.gather(*map(understood, [*contents, HONEST])))
        beside = [await probe() for _ in iter(going_off.done, True)]
    child.kill()

    *refused, honest = going_off.result()
    assert honest == understanding.understand(HONEST, today=TODAY).understood
    assert [each for each in refused if not isinstance(each, Unreadable)] == [], "vacuous: they are bombs"
    assert len(beside) > len(contents)
    assert statistics.median(beside) < 20 * statistics.median(alone)
    assert resident(os.getpid()) - memory < 64 * MEGABYTE


async def test_a_bomb_that_was_sent_in_is_a_failed_parse_and_stays_as_it_was(
    make: Factories,
    recruiter: ApiClient,
    anonymous: ApiClient,
    cast: Cast,
    runtime: Runtime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "Reader", partial(Reader, TIGHT))
    monkeypatch.setattr(sandbox, "_threads", ThreadPoolExecutor(1))
    bomb = bombs.ALL["flate"]()
    post = await make.post(questions=[MOTIVATION])
    await make.applied(post, File("resume", "resume.pdf", bomb))

    await run_due(runtime, cast.organization_id)

    [application] = await recruiter.data("GET", f"{V1}/applications?job_id={post['job_id']}")
    candidate = f"{V1}/candidates/{application['candidate_id']}"
    [parse] = await recruiter.data("GET", f"{candidate}/resume_parses")
    assert (parse["status"], parse["reason"]["code"]) == ("failed", "out_of_memory")
    [attachment] = await recruiter.data("GET", f"{candidate}/attachments")
    link = await recruiter.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    assert (await anonymous.get(f"{V1}/files/{link['token']}")).content == bomb


async def understood(content: bytes) -> Understood | Unreadable:
    try:
        return await sandbox.understood(content, today=TODAY)
    except Unreadable as refusal:
        return refusal


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
