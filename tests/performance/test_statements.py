"""How often an operation asks the database. A number here rises only when somebody decides that it may."""

import pytest

from scripts.bench.workload import INCLUDE, PATH
from tests.performance.conftest import WORLD, Caller

READ = ["SELECT"]


def _kinds(statements: list[str]) -> list[str]:
    """The first word of each round trip but the beginning and the end of a read, which several reads share (`impl.db.engine`)."""
    asked = [statement for statement in statements if statement != "ROLLBACK" and "BEGIN READ ONLY" not in statement]
    asked = [statement.removeprefix("ROLLBACK; ") for statement in asked]
    return [statement.split(None, 1)[0].rstrip(";").upper() for statement in asked]


@pytest.mark.parametrize("include", ["", f"include={INCLUDE}"])
async def test_reading_one_is_one_select_in_one_transaction(call: Caller, include: str) -> None:
    application_id = WORLD.application(7).id

    _, sent = await call("GET", f"{PATH}/{application_id}", include)

    assert _kinds(sent) == READ


@pytest.mark.parametrize("include", ["", f"&include={INCLUDE}"])
async def test_a_list_asks_no_more_for_more_rows(call: Caller, include: str) -> None:
    few, for_few = await call("GET", PATH, f"limit=1{include}")
    many, for_many = await call("GET", PATH, f"limit=200{include}")

    assert (len(few["data"]), len(many["data"])) == (1, 200)
    assert for_few[-1] == for_many[-1]
    assert _kinds(for_many) == READ


async def test_a_deep_page_is_the_same_statement_as_the_second(call: Caller) -> None:
    page, _ = await call("GET", PATH, "limit=200")
    cursors = []
    while page["page"]["next_cursor"] is not None:
        cursors.append(page["page"]["next_cursor"])
        page, sent = await call("GET", PATH, f"limit=200&cursor={cursors[-1]}")
        assert _kinds(sent) == READ

    assert len(cursors) >= WORLD.size // 200 - 1


async def test_creating_an_application_asks_at_most_nine_times(call: Caller) -> None:
    candidate_id, job_id = next(WORLD.unused_pairs())

    answer, sent = await call("POST", PATH, body={"candidate_id": str(candidate_id), "job_id": str(job_id)})

    assert answer["data"]["status"] == "active"
    kinds = _kinds(sent)
    assert len(kinds) <= 9, sent
    assert (kinds[0], kinds[-1], kinds.count("INSERT")) == ("BEGIN", "COMMIT", 3)


async def test_a_remembered_credential_is_not_looked_up_again(call: Caller) -> None:
    _, sent = await call("GET", PATH, "limit=1")

    assert not [statement for statement in sent if "find_credential" in statement]
