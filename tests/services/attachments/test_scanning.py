"""Files that a virus scanner looks at first: nobody gets one before, and nothing is lost while the scanner is away."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.services.attachments.tasks import scan_waiting_files
from impl.settings_sections import ScannerSettings
from tests.services.habits import changes_of
from tests.services.public.habits import apply, applying
from tests.support.application import fastapi_of
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.fake_clamd import EICAR, FakeClamd, fake_clamd
from tests.support.forms import File
from tests.support.resume_answers import RESUME
from tests.support.rows import Rows

pytestmark = pytest.mark.promise("C8")

CLEAN = File("file", "resume.txt", RESUME.encode(), "text/plain")
INFECTED = File("file", "resume.txt", EICAR, "text/plain")


@dataclass
class Scanning:
    """A service and a worker that have a scanner."""

    fake: FakeClamd
    worker: Runtime
    cast: Cast

    async def work(self) -> None:
        await run_due(self.worker, self.cast.organization_id)

    async def work_without(self, scanner: ScannerSettings) -> None:
        """Let a worker do its work whose scanner is another one."""
        settings = self.worker.settings.model_copy(update={"scanner": scanner})
        await run_due(replace(self.worker, settings=settings), self.cast.organization_id)

    async def tick(self) -> None:
        """What the clock does every five minutes, and what that asks for."""
        await scan_waiting_files.work(TaskRun(self.worker, self.cast.organization_id, "a-request", 1))
        await self.work()


@pytest_asyncio.fixture
async def scanning(runtime: Runtime, application: ASGIApp, cast: Cast) -> AsyncIterator[Scanning]:
    async with fake_clamd() as fake:
        chosen = ScannerSettings(address=fake.address, timeout_seconds=5)
        with_scanner = replace(runtime, settings=runtime.settings.model_copy(update={"scanner": chosen}))
        state = fastapi_of(application).state
        state.runtime = with_scanner
        try:
            yield Scanning(fake, with_scanner, cast)
        finally:
            state.runtime = runtime


async def seen(client: ApiClient, attachment: Data) -> tuple[str, str | None]:
    """How an attachment stands with the scanner and with the reader."""
    shown = await client.data("GET", f"{V1}/attachments/{attachment['id']}")
    return shown["scan_status"], shown["newest_parse"]["status"] if shown["newest_parse"] else None


async def refusals(client: ApiClient, attachment: Data) -> set[tuple[int, str]]:
    """What who wants its content, or wants it read, is told."""
    path = f"{V1}/attachments/{attachment['id']}"
    return {problem(await client.get(f"{path}/download")), problem(await client.post(f"{path}/resume_parses"))}


async def test_what_the_scanner_finds_is_handed_to_nobody_and_not_read(
    scanning: Scanning, admin: ApiClient, make: Factories, cast: Cast, rows: Rows
) -> None:
    attachment = await make.attachment(file=INFECTED)
    assert await seen(admin, attachment) == ("pending", None)
    assert await refusals(admin, attachment) == {(409, "attachment_scan_pending")}

    await scanning.work()

    assert scanning.fake.scanned == [EICAR]
    assert await seen(admin, attachment) == ("infected", None)
    assert await refusals(admin, attachment) == {(409, "attachment_infected")}
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"]), event["actor_type"]) == (
        "attachment.scanned",
        attachment["id"],
        "system",
    )
    assert changes_of(event) == {"scan_status": ("pending", "infected")}
    assert (await admin.delete(f"{V1}/attachments/{attachment['id']}")).status_code == 204


async def test_what_is_clean_is_read_and_handed_out(
    scanning: Scanning, admin: ApiClient, anonymous: ApiClient, make: Factories, rows: Rows
) -> None:
    attachment = await make.attachment(file=CLEAN)
    await scanning.work()
    assert await seen(admin, attachment) == ("clean", "parsed")
    link = await admin.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    assert (await anonymous.get(f"{V1}/files/{link['token']}")).content == CLEAN.content

    # A link that is there already does not get around a scanner.
    await rows.connection.execute("UPDATE files SET scan_status = 'pending' WHERE id = $1", attachment["id"])
    assert problem(await anonymous.get(f"{V1}/files/{link['token']}")) == (403, "link_invalid")


async def test_while_the_scanner_is_away_everything_waits_and_nothing_is_lost(
    scanning: Scanning, admin: ApiClient, make: Factories, cast: Cast
) -> None:
    attachments = [await make.attachment(file=CLEAN), await make.attachment(file=INFECTED)]
    for away in (
        ScannerSettings(),
        ScannerSettings(address="tcp://127.0.0.1:1", timeout_seconds=1),
    ):
        await scanning.work_without(away)
        assert [await seen(admin, each) for each in attachments] == [("pending", None)] * 2
    scanning.fake.answer = b"INSTREAM size limit exceeded. ERROR"
    await scanning.tick()
    assert [await seen(admin, each) for each in attachments] == [("pending", None)] * 2
    assert len(scanning.fake.scanned) == 1, "one is enough to know"
    assert await admin.data("GET", f"{V1}/tasks?status=failed") == []

    scanning.fake.answer = None
    await scanning.tick()
    assert [await seen(admin, each) for each in attachments] == [("clean", "parsed"), ("infected", None)]
    scanned = len(scanning.fake.scanned)
    await scanning.tick()
    assert len(scanning.fake.scanned) == scanned


@pytest.mark.parametrize("is_early", [True, False], ids=["scanned first", "processed first"])
async def test_what_comes_with_an_application_is_scanned_too(
    scanning: Scanning, admin: ApiClient, anonymous: ApiClient, make: Factories, cast: Cast, is_early: bool
) -> None:
    post = await make.post()
    if not is_early:
        scanning.fake.answer = b"not now"
    for name, content in (("ada", RESUME.encode()), ("bea", EICAR)):
        resume = File("resume", "resume.txt", content, "text/plain")
        sent = await apply(anonymous, applying(cast, post), resume, full_name=name, email=f"{name}@example.org")
        assert sent.status_code == 201, sent.text
    await scanning.work()
    scanning.fake.answer = None
    await scanning.tick()

    found: list[Any] = []
    for intake in await admin.data("GET", f"{V1}/intakes?sort=created_at"):
        assert intake["status"] == "processed"
        [attachment] = await admin.data("GET", f"{V1}/candidates/{intake['candidate_id']}/attachments")
        parses = await admin.data("GET", f"{V1}/candidates/{intake['candidate_id']}/resume_parses")
        found.append((*await seen(admin, attachment), len(parses)))
    assert found == [("clean", "parsed", 1), ("infected", None, 0)]
