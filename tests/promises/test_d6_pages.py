"""D6: a walk over the pages shows every row that stays exactly once, whatever comes and goes meanwhile."""

import random
from dataclasses import replace
from typing import Any

import pytest

from tests.support import contract, world
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories

LISTS = [
    name
    for name, operation in contract.operations().items()
    if any(parameter["name"] == "cursor" for parameter in operation.parameters)
]

pytestmark = pytest.mark.promise("D6")


def sorts(operation: contract.Documented) -> list[str | None]:
    """Every order that the list offers."""
    for parameter in operation.parameters:
        if parameter["name"] == "sort":
            return list(contract.resolve(parameter["schema"])["enum"])
    return [None]


CASES = [(name, sort) for name in LISTS for sort in sorts(contract.operations()[name])]


class Listed:
    """A list that rows are added to while it is walked."""

    def __init__(self, cast: Cast, operation_id: str) -> None:
        self.made = world.World(cast)
        self.client = cast.client("admin")
        self.operation_id = operation_id
        self.call: world.Call

    async def set_up(self) -> None:
        self.call = await self.made.call(self.operation_id)
        for _ in range(6):
            await self.add()

    async def add(self) -> None:
        """One more row."""
        await self.made.one_more(self.call)

    async def page(self, **query: str) -> dict[str, Any]:
        answer = await replace(self.call, query=query).send(self.client)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        assert ('rel="next"' in answer.headers.get("link", "")) == page["page"]["has_more"]
        return page


@pytest.mark.parametrize(("operation_id", "sort"), CASES)
async def test_every_row_that_stays_is_seen_once(cast: Cast, operation_id: str, sort: str | None) -> None:
    listed = Listed(cast, operation_id)
    await listed.set_up()
    order = {} if sort is None else {"sort": sort}
    staying = [row["id"] for row in (await listed.page(limit="200", **order))["data"]]
    assert len(staying) >= 6, "vacuous"

    walked: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await listed.page(limit="2", **order, **cursor)
        assert len(page["data"]) <= 2
        walked += [row["id"] for row in page["data"]]
        if not page["page"]["has_more"]:
            break
        cursor = {"cursor": page["page"]["next_cursor"]}
        if len(walked) <= 6:
            await listed.add()

    assert [row for row in walked if row in set(staying)] == staying
    assert len(set(walked)) == len(walked)


@pytest.mark.parametrize("seed", range(3))
async def test_deletions_and_changes_during_the_walk(cast: Cast, make: Factories, seed: int) -> None:
    """Candidates are the rows that can vanish from their list."""
    chance = random.Random(seed)
    ids = [(await make.candidate())["id"] for _ in range(30)]
    client = cast.client("recruiter")
    gone: set[str] = set()
    walked: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await client.get(f"{V1}/candidates", params={"limit": "4", "status": "active", **cursor})).json()
        walked += [row["id"] for row in page["data"]]
        if not page["page"]["has_more"]:
            break
        cursor = {"cursor": page["page"]["next_cursor"]}
        # The row that the cursor stands on may be the one that vanishes.
        for victim in {walked[-1], *chance.sample(ids, 3)} - gone:
            await client.data("DELETE", f"{V1}/candidates/{victim}")
            gone.add(victim)
        await make.candidate()
        await client.data(
            "PATCH", f"{V1}/candidates/{chance.choice(sorted(set(ids) - gone))}", json={"external_id": None}
        )
    assert [row for row in walked if row not in gone] == [row for row in reversed(ids) if row not in gone]


async def test_a_cursor_belongs_to_its_list(cast: Cast, make: Factories, admin: ApiClient) -> None:
    for _ in range(3):
        await make.department()
    cursor = (await admin.get(f"{V1}/departments?limit=1")).json()["page"]["next_cursor"]
    for path in ("offices", "departments?sort=-name", "departments?is_archived=false"):
        joint = "&" if "?" in path else "?"
        answer = await admin.get(f"{V1}/{path}{joint}limit=1&cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor_mismatch")
