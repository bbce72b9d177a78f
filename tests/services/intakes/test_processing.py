"""What the worker does with an intake when things are not as they were, and what it sweeps up."""

from datetime import timedelta
from uuid import UUID

import pytest

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib import ids
from impl.lib.clock import Hands
from impl.lib.storage import Object, StorageFailed
from impl.services.intakes.tasks import process_intake, sweep_files
from tests.services.habits import changes_of
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

PATH = f"{V1}/intakes"


async def only(client: ApiClient) -> Data:
    [intake] = await client.data("GET", PATH)
    found: Data = await client.data("GET", f"{PATH}/{intake['id']}")
    return found


async def test_a_closed_job_takes_nobody(
    recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    """What came in before is kept, and becomes an application once the job is open again."""
    post = await make.post()
    await make.applied(post)
    job = f"{V1}/jobs/{post['job_id']}"
    await recruiter.data("POST", f"{job}/close", json={"reason": "other", "applications": "keep"})
    await run_due(runtime, cast.organization_id)
    intake = await only(recruiter)
    assert (intake["status"], intake["failure"], intake["candidate_id"]) == ("rejected", "job_not_open", None)
    event = (await rows.events(cast.organization_id))[-1]
    assert event["type"] == "intake.rejected"
    assert changes_of(event) == {"status": ("received", "rejected"), "failure": (None, "job_not_open")}
    assert await rows.count("candidates", cast.organization_id) == 0

    await make.opening({"id": post["job_id"]})
    await recruiter.data("POST", f"{job}/open")
    await recruiter.data("POST", f"{PATH}/{intake['id']}/reprocess")
    await run_due(runtime, cast.organization_id)
    assert (await only(recruiter))["status"] == "processed"


@pytest.mark.promise("C7")
@pytest.mark.parametrize("harm", ["gone", "altered", "swapped"])
async def test_a_file_that_is_not_what_was_sent_is_noticed(
    recruiter: ApiClient, cast: Cast, make: Factories, runtime: Runtime, harm: str
) -> None:
    """SHA-256 and seal are checked on reading; nothing is made of an intake whose file is not what was sent."""
    other = await make.intake()
    await run_due(runtime, cast.organization_id)
    intake, store, mine = await make.intake(), runtime.storage, cast.organization_id
    file_id, other_id = UUID(intake["files"][0]["id"]), UUID(other["files"][0]["id"])
    content = await store.get(mine, file_id)
    if harm == "gone":
        await store.delete(mine, file_id)
    else:
        wrong = await store.get(mine, other_id) if harm == "swapped" else content[:-1] + bytes([content[-1] ^ 1])
        await store.put(Object(mine, file_id, wrong))
    await run_due(runtime, mine)
    found = await recruiter.data("GET", f"{PATH}/{intake['id']}")
    assert (found["status"], found["failure"]) == ("rejected", "file_damaged")

    await store.put(Object(mine, file_id, content))
    await recruiter.data("POST", f"{PATH}/{intake['id']}/reprocess")
    await run_due(runtime, mine)
    assert (await recruiter.data("GET", f"{PATH}/{intake['id']}"))["status"] == "processed"


async def test_a_storage_that_is_away_is_waited_for(
    recruiter: ApiClient, cast: Cast, make: Factories, runtime: Runtime, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make.applied()

    async def away(*arguments: object) -> bytes:
        raise StorageFailed("away")

    with monkeypatch.context() as patch:
        patch.setattr(runtime.storage, "get", away)
        await run_due(runtime, cast.organization_id)
    assert (await only(recruiter))["status"] == "received"
    hands.advance(timedelta(minutes=1))
    await run_due(runtime, cast.organization_id)
    assert (await only(recruiter))["status"] == "processed"


async def test_what_was_decided_meanwhile_stands(
    recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    """The task runs twice, and once after the candidate has withdrawn: nothing more happens."""
    intake = await make.intake("processed")
    before = await rows.fingerprint(cast.organization_id)
    await process_intake.work(TaskRun(runtime, cast.organization_id, "a-request", 1), UUID(intake["id"]))
    assert await rows.fingerprint(cast.organization_id) == before
    assert (await only(recruiter))["application_id"] == intake["application_id"]


@pytest.mark.promise("C7")
async def test_the_sweeper_deletes_what_no_row_refers_to(
    cast: Cast, make: Factories, other_cast: Cast, rows: Rows, runtime: Runtime, hands: Hands
) -> None:
    """No orphan is older than an hour; whatever has a row stays, and so does everything of others."""
    intake, store, mine = await make.intake(), runtime.storage, cast.organization_id
    orphan, foreign = ids.new_id(), ids.new_id()
    await store.put(Object(mine, orphan, b"sealed"))
    await store.put(Object(other_cast.organization_id, foreign, b"sealed"))
    unfinished = runtime.settings.data_dir / "files" / str(mine) / f"{ids.new_id()}#1"
    unfinished.write_bytes(b"half")
    run = TaskRun(runtime, mine, "a-request", 1)

    async def listed(organization_id: UUID) -> set[UUID | None]:
        return {found.id async for found in store.list(organization_id)}

    kept = UUID(intake["files"][0]["id"])
    await sweep_files.work(run)
    assert await listed(mine) == {kept, orphan}, "somebody may be about to commit its row"
    assert unfinished.exists()
    hands.advance(timedelta(hours=1, minutes=1))
    await sweep_files.work(run)
    assert await listed(mine) == {kept}
    assert not unfinished.exists()
    assert await listed(other_cast.organization_id) == {foreign}

    sender = "SELECT sender_hash FROM intakes WHERE organization_id = $1"
    assert await rows.connection.fetchval(sender, mine) is not None
    hands.advance(timedelta(days=1))
    await sweep_files.work(run)
    assert await rows.connection.fetchval(sender, mine) is None, "an address is forgotten after a day"
