"""list_tasks: what waits, what has ended, and the dead letters."""

from tests.services.habits import expect_cursor_rules, expect_query_rules, expect_scope, ids_of, walk
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

PATH = "/api/v1/tasks"


async def test_lists_newest_first_page_by_page(admin: ApiClient, make: Factories) -> None:
    made = [await make.task() for _ in range(5)]

    assert await walk(admin, PATH) == ids_of(made)[::-1]
    assert await walk(admin, PATH, sort="created_at") == ids_of(made)
    assert await admin.data("GET", f"{PATH}?limit=1") == made[-1:]


async def test_filters_by_status_name_and_time(admin: ApiClient, make: Factories) -> None:
    waiting, dead = await make.task(), await make.task("failed")

    assert ids_of(await admin.data("GET", f"{PATH}?status=failed")) == [dead["id"]]
    assert ids_of(await admin.data("GET", f"{PATH}?status=failed,queued&sort=created_at")) == ids_of([waiting, dead])
    assert len(await admin.data("GET", f"{PATH}?name=unknown")) == 2
    assert await admin.data("GET", f"{PATH}?name=known") == []
    assert await admin.data("GET", f"{PATH}?created_after=2199-01-01T00:00:00Z") == []
    assert await admin.data("GET", f"{PATH}?updated_after=2199-01-01T00:00:00Z") == []


async def test_refuses_what_it_does_not_know(admin: ApiClient, make: Factories) -> None:
    await make.task()
    await make.task()
    await expect_query_rules(admin, PATH, "status=done", "status=failed,failed", "name=Not%20a%20name", "sort=name")
    await expect_cursor_rules(admin, PATH, "status=queued", "sort=created_at")


async def test_shows_nobody_elses(outsider: ApiClient, make: Factories) -> None:
    await make.task()
    assert await outsider.data("GET", PATH) == []


async def test_needs_its_permission(recruiter: ApiClient, make: Factories) -> None:
    await expect_scope(recruiter, "GET", PATH, None, "tasks:read")
    granted = await make.machine("tasks:read", job_ids=[(await make.job())["id"]])
    assert problem(await granted.get(PATH)) == (403, "missing_grant")
