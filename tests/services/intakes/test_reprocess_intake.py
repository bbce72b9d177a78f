"""reprocess_intake: what could not become an application is looked at again."""

from impl.core.runtime import Runtime
from tests.services.habits import (
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
)
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows

PATH = f"{V1}/intakes"


async def test_works_and_records_its_event(
    recruiter: ApiClient, make: Factories, cast: Cast, rows: Rows, runtime: Runtime
) -> None:
    intake = await make.intake("rejected")
    changed = await recruiter.data("POST", f"{PATH}/{intake['id']}/reprocess")
    assert (changed["status"], changed["failure"]) == ("received", None)
    assert await recruiter.data("GET", f"{PATH}/{intake['id']}") == changed
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], str(event["resource_id"])) == ("intake.reprocessed", intake["id"])
    assert changes_of(event) == {"status": ("rejected", "received")}
    await run_due(runtime, cast.organization_id)
    after = await recruiter.data("GET", f"{PATH}/{intake['id']}")
    assert (after["status"], after["made_application"]) == ("processed", True)


async def test_refuses_another_status(recruiter: ApiClient, make: Factories) -> None:
    intake = await make.intake("received")
    response = await recruiter.post(f"{PATH}/{intake['id']}/reprocess")
    assert problem(response) == (409, "intake_transition_refused")
    assert (response.json()["current_status"], response.json()["allowed"]) == ("received", [])


async def test_is_tried_and_done_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    intake, other = await make.intake("rejected"), await make.intake("rejected")
    await expect_dry_run(
        watched, recruiter, f"{PATH}/{intake['id']}/reprocess", None, [("intake.reprocessed", intake["id"])]
    )
    await expect_replay(watched, recruiter, f"{PATH}/{other['id']}/reprocess", None)


async def test_takes_if_match(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = f"{PATH}/{(await make.intake('rejected'))['id']}"
    await expect_if_match(watched, recruiter, "POST", f"{path}/reprocess", None, path)


async def test_hides_and_refuses(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    path = f"{PATH}/{(await make.intake('rejected'))['id']}/reprocess"
    await expect_hidden(watched, outsider, "POST", path)
    await expect_scope(await make.machine("intakes:read"), "POST", path, None, "intakes:write")
    granted = await make.machine("intakes:write", job_ids=[(await make.job())["id"]])
    assert problem(await granted.post(path)) == (404, "not_found")
