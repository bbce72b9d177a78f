"""Similar wording by the model in the package: what is suggested, that it counts for nothing, and that it knows no names."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from impl.db.embedded import Server
from impl.settings import Settings
from tests.services.wordings.habits import CRITERIA, Desk, desk_in, resume, skill, switched_on
from tests.support import people
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


@pytest_asyncio.fixture(scope="module")
async def app(settings: Settings, server: Server, database_name: str) -> AsyncIterator[ASGIApp]:
    async with switched_on(settings, server.url("ats_app", database_name)) as running:
        yield running


@pytest.fixture
def desk(app: ASGIApp, cast: Cast) -> Desk:
    return desk_in(app, cast)


async def test_places_that_say_it_otherwise_are_suggested_and_count_for_nothing(
    desk: Desk, recruiter: ApiClient, rows: Rows
) -> None:
    await desk.wish()
    job, mira = await desk.job(), await desk.person()
    assert await desk.similar(job) == [], "nothing is made while somebody waits"
    before = await desk.reasons(job)

    assert await desk.work() == 3
    [reasons] = await desk.reasons(job)
    found = [(each["criterion_key"], each["place"]["text"]) for each in reasons["similar_wordings"]]
    assert found == [
        ("public_speaking", "Gave talks at six conferences"),
        ("payroll", "Paid the wages of 300 employees"),
    ]
    assert all(28 <= each["similarity_percent"] < 60 for each in reasons["similar_wordings"])
    assert [each["verdict"] for each in reasons["answers"]] == ["met", "not_found", "not_found", "not_found"]
    assert {**reasons, "similar_wordings": []} == before[0]

    # The other way round, and in a deployment without a model.
    [of_job] = await desk.cast.client("recruiter").data("GET", f"{V1}/candidates/{mira['id']}/matches")
    assert of_job["reasons"] == reasons
    [elsewhere] = await recruiter.data("GET", f"{V1}/jobs/{job['id']}/matches")
    assert elsewhere["reasons"] == before[0]

    stored = await rows.connection.fetchrow("SELECT * FROM resume_parses WHERE candidate_id = $1", UUID(mira["id"]))
    assert stored is not None
    assert b"wages" not in stored["wordings_sealed"]
    assert (stored["wordings_length"], stored["version"]) == (512, 2)


async def test_another_person_changes_no_byte(desk: Desk) -> None:
    """Name, address and gender are in nothing that is encoded: the same places have the same vectors to the bit."""
    await desk.wish()
    job = await desk.job()
    text = resume(did="She gave talks at six conferences")
    for name, own in [
        ("Mira Okafor", text),
        ("Tom Fischer", text.replace("She", "He").replace("Leeds, U", "York, U")),
    ]:
        await desk.person(name, own)
    await desk.work()
    first, second = await desk.reasons(job)
    assert len(first["similar_wordings"]) == 2
    assert first["similar_wordings"] == second["similar_wordings"]
    kept = [await desk.places(each["resume_parse_id"]) for each in (first, second)]
    assert kept[0] == kept[1]
    assert not {"mira", "okafor", "leeds"} & set(" ".join(each.text for each in kept[0]).lower().split())


async def test_what_was_accepted_with_corrections_is_made_anew(desk: Desk, rows: Rows) -> None:
    await desk.wish()
    job, mira = await desk.job([skill("Excel"), skill("Metalwork")]), await desk.make.candidate(full_name="Mira")
    attachment = await people.read(desk.make, mira, resume().replace("{name}", "Mira").replace("{address}", ""))
    await desk.work()
    [before] = await desk.reasons(job)
    parse_id = attachment["newest_parse"]["id"]
    body = {"take_over": [], "corrections": [{"pointer": "/basics/name", "value": "Gave"}]}
    await desk.make.admin.data("POST", f"{V1}/resume_parses/{parse_id}/accept", json=body)
    sql = "SELECT wordings_sealed, wordings_model FROM resume_parses WHERE id = $1"
    assert [tuple(each) for each in await rows.connection.fetch(sql, UUID(parse_id))] == [(None, None)]
    assert before["similar_wordings"] == []
    await desk.work()
    assert "[name] talks at six conferences" in [each.text for each in await desk.places(parse_id)]


async def test_off_nothing_is_made_and_what_was_made_goes(desk: Desk, make: Factories, cast: Cast, rows: Rows) -> None:
    """Off for the organization, off for the deployment, and gone with the person."""
    sql = (
        "SELECT (SELECT count(wordings_model) FROM resume_parses WHERE organization_id = $1)"
        " + (SELECT count(*) FROM rubric_wordings WHERE organization_id = $1)"
    )

    async def kept() -> int:
        found: int = await rows.connection.fetchval(sql, cast.organization_id)
        return found

    job, mira = await desk.job(), await desk.person()
    await desk.work()
    assert await kept() == 0

    # Elsewhere the organization may wish what it will.
    await make.admin.data("PATCH", f"{V1}/organization", json={"settings": {"similar_wording": True}})
    off = Desk(cast, make)
    await off.work()
    await off.person("Jan de Vries")
    await off.work()
    asked = "SELECT count(*) FROM tasks WHERE organization_id = $1 AND name IN ('embed_resume', 'embed_rubric')"
    assert (await kept(), await rows.connection.fetchval(asked, cast.organization_id)) == (0, 0)

    await desk.wish(False)
    await desk.wish()
    assert await kept() == 3
    assert len(await desk.similar(job)) == 2
    await desk.make.admin.data("POST", f"{V1}/candidates/{mira['id']}/erase")
    assert await kept() == 2
    await desk.wish(False)
    assert await kept() == 0
    assert await desk.similar(job) == []


async def test_only_the_newest_rubric_is_asked(desk: Desk) -> None:
    await desk.wish()
    job, _ = await desk.job(), await desk.person()
    await desk.make.screening_rubric(job, criteria=[CRITERIA[0], CRITERIA[2]])
    assert await desk.similar(job) == []
    await desk.work()
    assert [each["criterion_key"] for each in await desk.similar(job)] == ["payroll"]
