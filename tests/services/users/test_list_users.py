"""list_users: the staff of the organization."""

from impl.core.runtime import Runtime
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import queries_of

PATH = "/api/v1/users"


async def listed(client: ApiClient, query: str = "") -> list[Data]:
    found: list[Data] = await client.data("GET", f"{PATH}{query}")
    return found


async def test_shows_what_get_shows_newest_first(admin: ApiClient, make: Factories, cast: Cast) -> None:
    job = await make.job()
    user = await make.user("hiring_manager", job_ids=[job["id"]])

    found = await listed(admin)

    assert found[0] == user == await admin.data("GET", f"{PATH}/{user['id']}")
    assert {row["email"] for row in found[1:]} == {person.email for person in cast.people.values()}


async def test_is_open_to_every_role(cast: Cast) -> None:
    for role in cast.people:
        assert len(await listed(cast.client(role))) == len(cast.people)


async def test_narrows_by_role_and_state(admin: ApiClient, make: Factories, cast: Cast) -> None:
    gone = await make.user("recruiter")
    await admin.data("PATCH", f"{PATH}/{gone['id']}", json={"is_active": False})

    assert [user["id"] for user in await listed(admin, "?is_active=false")] == [gone["id"]]
    assert [user["role"] for user in await listed(admin, "?role=admin,interviewer&sort=created_at")] == [
        "admin",
        "interviewer",
    ]
    assert [user["id"] for user in await listed(admin, "?role=recruiter&is_active=true")] == [
        str(cast.people["recruiter"].id)
    ]


async def test_narrows_by_time(admin: ApiClient, make: Factories) -> None:
    first, second = await make.user(), await make.user()

    assert [user["id"] for user in await listed(admin, f"?created_after={first['created_at']}")] == [second["id"]]
    await admin.data("PATCH", f"{PATH}/{first['id']}", json={"name": "Another"})
    assert [user["id"] for user in await listed(admin, f"?updated_after={second['updated_at']}")] == [first["id"]]


async def test_pages(admin: ApiClient, make: Factories) -> None:
    whole = [user["id"] for user in await listed(admin)]

    found: list[str] = []
    query = "?limit=3"
    while query:
        page = (await admin.get(f"{PATH}{query}")).json()
        found += [user["id"] for user in page["data"]]
        cursor = page["page"]["next_cursor"]
        query = f"?limit=3&cursor={cursor}" if cursor else ""
    assert found == whole


async def test_refuses_a_cursor_of_another_filter(admin: ApiClient) -> None:
    cursor = (await admin.get(f"{PATH}?limit=1")).json()["page"]["next_cursor"]

    assert problem(await admin.get(f"{PATH}?cursor={cursor}&role=admin")) == (400, "cursor_mismatch")
    assert problem(await admin.get(f"{PATH}?cursor=nonsense")) == (400, "invalid_cursor")


async def test_hides_another_organizations_rows(admin: ApiClient, make_elsewhere: Factories) -> None:
    stranger = await make_elsewhere.user()

    assert stranger["id"] not in [user["id"] for user in await listed(admin)]


async def test_needs_its_permission(make: Factories) -> None:
    other = await make.machine("jobs:read")

    assert problem(await other.get(PATH)) == (403, "missing_scope")


async def test_asks_as_often_for_many_as_for_one(admin: ApiClient, make: Factories, runtime: Runtime) -> None:
    job = await make.job()
    await listed(admin)
    with queries_of(runtime) as for_few:
        await listed(admin)
    for _ in range(3):
        await make.user("interviewer", job_ids=[job["id"]])
    with queries_of(runtime) as for_many:
        await listed(admin)

    assert len(for_many) == len(for_few)
