"""get_task: one piece of background work."""

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

PATH = "/api/v1/tasks"


async def test_shows_how_it_stands(admin: ApiClient, make: Factories) -> None:
    task = await make.task("failed")

    answer = await admin.get(f"{PATH}/{task['id']}")
    assert answer.json()["data"] == task
    assert (task["name"], task["status"], task["attempts"], task["attempts_max"]) == ("unknown", "failed", 0, 3)
    again = await admin.get(f"{PATH}/{task['id']}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    task = await make.task()
    await expect_hidden(watched, outsider, "GET", f"{PATH}/{task['id']}")


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    task = await make.task()
    await expect_scope(recruiter, "GET", f"{PATH}/{task['id']}", None, "tasks:read")
    granted = await make.machine("tasks:read", job_ids=[(await make.job())["id"]])
    assert problem(await granted.get(f"{PATH}/{task['id']}")) == (403, "missing_grant")
