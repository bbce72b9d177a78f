"""list_api_keys: every credential of machines, without its secret."""

from impl.core.runtime import Runtime
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import queries_of

PATH = "/api/v1/api_keys"


async def listed(client: ApiClient, query: str = "") -> list[Data]:
    found: list[Data] = await client.data("GET", f"{PATH}{query}")
    return found


async def test_shows_what_get_shows_newest_first(admin: ApiClient, make: Factories, cast: Cast) -> None:
    job = await make.job()
    made = [await make.api_key("jobs:read"), await make.api_key("jobs:read", job_ids=[job["id"]])]

    found = await listed(admin)

    shown = [{name: value for name, value in key.items() if name != "secret"} for key in reversed(made)]
    assert found[:2] == shown
    assert [key["id"] for key in found[2:]] == [str(cast.machine_id)]
    assert found[0] == await admin.data("GET", f"{PATH}/{found[0]['id']}")


async def test_sorts_and_pages(admin: ApiClient, make: Factories, cast: Cast) -> None:
    made = [str(cast.machine_id)] + [(await make.api_key("jobs:read"))["id"] for _ in range(3)]

    found: list[str] = []
    query = "?limit=3&sort=created_at"
    while query:
        page = (await admin.get(f"{PATH}{query}")).json()
        found += [key["id"] for key in page["data"]]
        cursor = page["page"]["next_cursor"]
        query = f"?limit=3&sort=created_at&cursor={cursor}" if cursor else ""
    assert found == made


async def test_narrows_by_time(admin: ApiClient, make: Factories) -> None:
    first = await make.api_key("jobs:read")
    second = await make.api_key("jobs:read")

    assert [key["id"] for key in await listed(admin, f"?created_after={first['created_at']}")] == [second["id"]]
    await admin.data("POST", f"{PATH}/{first['id']}/revoke")
    assert [key["id"] for key in await listed(admin, f"?updated_after={second['updated_at']}")] == [first["id"]]


async def test_refuses_a_cursor_of_another_order(admin: ApiClient, make: Factories) -> None:
    await make.api_key("jobs:read")
    cursor = (await admin.get(f"{PATH}?limit=1")).json()["page"]["next_cursor"]

    assert problem(await admin.get(f"{PATH}?cursor={cursor}&sort=created_at")) == (400, "cursor_mismatch")
    assert problem(await admin.get(f"{PATH}?cursor=nonsense")) == (400, "invalid_cursor")


async def test_hides_another_organizations_rows(admin: ApiClient, make_elsewhere: Factories) -> None:
    key = await make_elsewhere.api_key("jobs:read")

    assert key["id"] not in [found["id"] for found in await listed(admin)]


async def test_needs_its_permission(recruiter: ApiClient) -> None:
    assert problem(await recruiter.get(PATH)) == (403, "missing_scope")


async def test_asks_as_often_for_many_as_for_one(admin: ApiClient, make: Factories, runtime: Runtime) -> None:
    job = await make.job()
    await listed(admin)
    with queries_of(runtime) as for_one:
        await listed(admin)
    for _ in range(3):
        await make.api_key("jobs:read", job_ids=[job["id"]])
    with queries_of(runtime) as for_many:
        await listed(admin)

    assert len(for_many) == len(for_one)
