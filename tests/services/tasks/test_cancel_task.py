"""cancel_task: what has not begun will not run."""

from tests.services.habits import (
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
)
from tests.support.application import runtime_of
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.rows import Rows

PATH = "/api/v1/tasks"


async def test_works_and_records_its_event(admin: ApiClient, make: Factories, cast: Cast, rows: Rows) -> None:
    task = await make.task("queued")

    changed = await admin.data("POST", f"{PATH}/{task['id']}/cancel")

    assert (changed["status"], changed["attempts"]) == ("cancelled", 0)
    assert changed["finished_at"] is not None
    assert await admin.data("GET", f"{PATH}/{task['id']}") == changed
    assert await run_due(runtime_of(cast.app), cast.organization_id) == 0, "nothing is left to run"
    (event,) = await rows.events(cast.organization_id)
    assert (event["type"], str(event["resource_id"])) == ("task.cancelled", task["id"])
    assert changes_of(event) == {"status": ("queued", changed["status"])}


async def test_refuses_another_status(admin: ApiClient, make: Factories) -> None:
    task = await make.task("failed")
    response = await admin.post(f"{PATH}/{task['id']}/cancel")
    assert problem(response) == (409, "task_transition_refused")
    assert (response.json()["current_status"], response.json()["allowed"]) == ("failed", ["retry_task"])
    running = await make.task("running")
    assert problem(await admin.post(f"{PATH}/{running['id']}/cancel")) == (409, "task_transition_refused")


async def test_a_dry_run_leaves_nothing(admin: ApiClient, make: Factories, watched: Watch) -> None:
    task = await make.task("queued")
    await expect_dry_run(watched, admin, f"{PATH}/{task['id']}/cancel", None, [("task.cancelled", task["id"])])


async def test_is_done_once(admin: ApiClient, make: Factories, watched: Watch) -> None:
    task = await make.task("queued")
    await expect_replay(watched, admin, f"{PATH}/{task['id']}/cancel", None)


async def test_takes_if_match(admin: ApiClient, make: Factories, watched: Watch) -> None:
    path = f"{PATH}/{(await make.task('queued'))['id']}"
    await expect_if_match(watched, admin, "POST", f"{path}/cancel", None, path)


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    task = await make.task("queued")
    await expect_hidden(watched, outsider, "POST", f"{PATH}/{task['id']}/cancel")


async def test_needs_its_permission(make: Factories) -> None:
    task = await make.task("queued")
    reader = await make.machine("tasks:read")
    await expect_scope(reader, "POST", f"{PATH}/{task['id']}/cancel", None, "tasks:write")
    granted = await make.machine("tasks:read", "tasks:write", job_ids=[(await make.job())["id"]])
    assert problem(await granted.post(f"{PATH}/{task['id']}/cancel")) == (403, "missing_grant")
