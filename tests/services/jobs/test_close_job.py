"""close_job: an open job ends, with or without its applications."""

import asyncio
from typing import Any

import pytest

from impl.core.runtime import Runtime
from impl.services.jobs import closing
from tests.services.habits import NOWHERE, Watch, changes_of, expect_dry_run, expect_if_match, expect_replay
from tests.services.jobs.habits import events_of, expect_in_progress, job_path, types_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows, queries_of

KEEP = {"reason": "budget", "applications": "keep"}


def rejecting(reason: Data, **more: Any) -> dict[str, Any]:
    return {"reason": "cancelled", "applications": "reject", "reason_id": reason["id"], **more}


async def test_closes_and_records_it(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job = await make.job(openings=2)
    closed = await recruiter.data("POST", job_path(job, "/close"), json=KEEP)
    assert closed | {"status": "closed", "close_reason": "budget", "open_openings_count": 0, "version": 3} == closed
    assert closed["closed_at"] is not None
    event = (await events_of(rows, cast, job))[-1]
    assert event["type"] == "job.closed"
    assert changes_of(event) == {"status": ("open", "closed"), "close_reason": (None, "budget")}


async def test_cancels_the_open_openings(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job = await make.job(openings=2, auto_close=False)
    hired = await make.command(await make.application(job), "hire")
    await recruiter.data("POST", job_path(job, "/close"), json=KEEP)
    openings = {opening["status"]: opening for opening in await make.openings(job)}
    assert openings["filled"]["application_id"] == hired["id"]
    assert openings["cancelled"]["cancelled_at"] is not None
    assert await types_of(rows, cast, openings["cancelled"]) == ["opening.created", "opening.cancelled"]
    assert await types_of(rows, cast, openings["filled"]) == ["opening.created", "opening.filled"]


async def test_keeps_the_applications(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    application = await make.application(job)
    await recruiter.data("POST", job_path(job, "/close"), json=KEEP)
    assert await recruiter.data("GET", f"{V1}/applications/{application['id']}") == application


async def test_rejects_the_active_applications_only(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    job, reason = await make.job(), await make.rejection_reason()
    active = [await make.application(job) for _ in range(2)]
    withdrawn = await make.command(await make.application(job), "withdraw")
    elsewhere = await make.application()
    body = rejecting(reason, note="The budget was cut.")
    await recruiter.data("POST", job_path(job, "/close"), json=body)
    for application in active:
        found = await recruiter.data("GET", f"{V1}/applications/{application['id']}")
        assert (found["status"], found["version"]) == ("rejected", 2)
        rejection = found["rejection"]
        assert (rejection["reason_id"], rejection["note"]) == (reason["id"], "The budget was cut.")
        event = (await events_of(rows, cast, application))[-1]
        assert event["type"] == "application.rejected"
        assert str(event["job_id"]) == job["id"]
        assert changes_of(event) == {"status": ("active", "rejected"), "reason_id": (None, reason["id"])}
    for other in (withdrawn, elsewhere):
        assert await recruiter.data("GET", f"{V1}/applications/{other['id']}") == other


async def test_ends_the_stays_of_rejected_applications(recruiter: ApiClient, make: Factories) -> None:
    job, reason = await make.job(), await make.rejection_reason()
    await make.application(job)
    await recruiter.data("POST", job_path(job, "/close"), json=rejecting(reason))
    [stay] = await recruiter.data("GET", f"{V1}/stage_history?job_id={job['id']}")
    assert stay["left_at"] is not None
    assert stay["outcome"] == "rejected"


async def test_the_notes_are_sealed(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job, reason = await make.job(), await make.rejection_reason()
    await make.application(job)
    await recruiter.data("POST", job_path(job, "/close"), json=rejecting(reason, note="canary-of-the-note"))
    sql = "SELECT note_sealed FROM applications WHERE organization_id = $1"
    [stored] = await rows.connection.fetch(sql, cast.organization_id)
    assert stored["note_sealed"] is not None
    assert b"canary" not in stored["note_sealed"]


async def test_rejects_in_batches(
    recruiter: ApiClient, make: Factories, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "BATCH_MAX", 3)
    job, reason = await make.job(), await make.rejection_reason()
    for _ in range(7):
        await make.application(job)
    with queries_of(runtime) as sent:
        await recruiter.data("POST", job_path(job, "/close"), json=rejecting(reason))
    found = await recruiter.data("GET", f"{V1}/applications?job_id={job['id']}")
    assert [application["status"] for application in found] == ["rejected"] * 7
    locks = [statement for statement in sent if "FROM applications" in statement and "FOR NO KEY UPDATE" in statement]
    # The locks of all of them first, then the rows themselves, three at a time.
    assert len(locks) == 1 + 3


async def test_refuses_a_job_that_is_not_open(recruiter: ApiClient, make: Factories) -> None:
    draft, closed = await make.job(status="draft"), await make.job(status="closed")
    response = await recruiter.post(job_path(draft, "/close"), json=KEEP)
    assert problem(response) == (409, "job_transition_refused")
    assert (response.json()["current_status"], response.json()["allowed"]) == ("draft", ["open_job"])
    assert problem(await recruiter.post(job_path(closed, "/close"), json=KEEP)) == (409, "job_transition_refused")


async def test_refuses_an_archived_reason(recruiter: ApiClient, make: Factories, admin: ApiClient) -> None:
    job, reason = await make.job(), await make.rejection_reason()
    await admin.data("PATCH", f"{V1}/rejection_reasons/{reason['id']}", json={"is_archived": True})
    response = await recruiter.post(job_path(job, "/close"), json=rejecting(reason))
    assert problem(response) == (409, "reason_archived")
    assert (await recruiter.data("GET", job_path(job)))["status"] == "open"


async def test_refuses_a_reason_of_the_other_kind(recruiter: ApiClient, make: Factories) -> None:
    job, reason = await make.job(), await make.rejection_reason(kind="withdrawn_by_candidate")
    response = await recruiter.post(job_path(job, "/close"), json=rejecting(reason))
    assert problem(response) == (409, "reason_of_other_kind")


async def test_refuses_a_reason_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    job, foreign = await make.job(), await make_elsewhere.rejection_reason()
    for reason in (foreign, {"id": NOWHERE}):
        response = await recruiter.post(job_path(job, "/close"), json=rejecting(reason))
        assert problem(response) == (404, "reference_not_found")
        assert [error["pointer"] for error in response.json()["errors"]] == ["/reason_id"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reason": "budget"},
        {"reason": "boredom", "applications": "keep"},
        {"reason": "budget", "applications": "reject"},
        {"reason": "budget", "applications": "keep", "note": "no"},
    ],
)
async def test_refuses_a_body_that_does_not_fit(recruiter: ApiClient, make: Factories, body: dict[str, Any]) -> None:
    job = await make.job()
    assert problem(await recruiter.post(job_path(job, "/close"), json=body)) == (422, "validation_failed")


async def test_a_dry_run_leaves_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job, reason = await make.job(), await make.rejection_reason()
    application, [opening] = await make.application(job), await make.openings(job)
    effects = [
        ("application.rejected", application["id"]),
        ("opening.cancelled", opening["id"]),
        ("job.closed", job["id"]),
    ]
    shown = await expect_dry_run(watched, recruiter, job_path(job, "/close"), rejecting(reason, note="n"), effects)
    assert (shown["status"], shown["open_openings_count"]) == ("closed", 0)


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    shown = await expect_replay(watched, recruiter, job_path(job, "/close"), KEEP, KEEP | {"reason": "other"})
    assert shown["status"] == "closed"


async def test_waits_for_the_same_key(recruiter: ApiClient, make: Factories, rows: Rows) -> None:
    await expect_in_progress(rows, recruiter, job_path(await make.job(), "/close"), KEEP)


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    await expect_if_match(watched, recruiter, "POST", job_path(job, "/close"), KEEP, job_path(job))


async def test_hides_a_job_of_another_organization(outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    assert problem(await outsider.post(job_path(job, "/close"), json=KEEP)) == (404, "not_found")


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    assert problem(await hiring_manager.post(job_path(job, "/close"), json=KEEP)) == (403, "missing_scope")


async def test_hires_at_the_same_time_count_or_are_refused(recruiter: ApiClient, make: Factories) -> None:
    reason = await make.rejection_reason()
    for _ in range(3):
        job = await make.job(openings=3, auto_close=False)
        applications = [await make.application(job) for _ in range(3)]
        hires = [recruiter.post(f"{V1}/applications/{each['id']}/hire", json={}) for each in applications]
        close = recruiter.post(job_path(job, "/close"), json=rejecting(reason))
        *hired, closed = await asyncio.gather(*hires, close)
        assert closed.status_code == 200
        refused = [answer for answer in hired if answer.status_code != 200]
        assert {problem(answer) for answer in refused} <= {(409, "application_not_active")}
        found = await recruiter.data("GET", f"{V1}/applications?job_id={job['id']}")
        statuses = sorted(application["status"] for application in found)
        assert statuses == ["hired"] * (3 - len(refused)) + ["rejected"] * len(refused)
        seats = sorted(opening["status"] for opening in await make.openings(job))
        assert seats == ["cancelled"] * len(refused) + ["filled"] * (3 - len(refused))
