"""The profiles that comparing, screening and searching work with."""

from uuid import UUID

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.services.resumes import parsing, profiles
from tests.support import resumes
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import queries_of


async def latest(runtime: Runtime, cast: Cast, *candidate_ids: str) -> dict[str, profiles.Reading]:
    async with TaskRun(runtime, cast.organization_id, "a-request", 1).step() as ctx:
        found = await profiles.latest(ctx, [UUID(each) for each in candidate_ids])
    return {str(candidate_id): reading for candidate_id, reading in found.items()}


async def test_the_newest_or_the_one_that_was_accepted_last(make: Factories, cast: Cast, runtime: Runtime) -> None:
    application = await make.application()
    candidate_id = application["candidate_id"]
    old = await make.parse(application)
    new = await make.parse(application, parsing.Reading(resumes.understood("Mira A. Okafor")))
    await make.parse(application, status="failed")
    await make.parse(application, status="queued")

    found = (await latest(runtime, cast, candidate_id))[candidate_id]
    assert (str(found.parse_id), found.profile["basics"]["name"], found.is_accepted) == (
        new["id"],
        "Mira A. Okafor",
        False,
    )
    assert (found.text, found.language, found.input_sha256) == (new["text"], "en", new["input_sha256"])
    assert found.evidence["/work/0/name"] == {
        "confidence": 0.9,
        "spans": [
            {"start": found.text.index("Northwind"), "end": found.text.index(", April"), "text": "Northwind Bakery"}
        ],
    }

    correction = {"pointer": "/work/0/name", "value": "Southwind"}
    await accept(make.admin, old, correction)
    found = (await latest(runtime, cast, candidate_id))[candidate_id]
    assert (str(found.parse_id), found.profile["work"][0]["name"], found.is_accepted) == (old["id"], "Southwind", True)
    assert "/work/0/name" not in found.evidence
    assert "/work/0/position" in found.evidence
    await accept(make.admin, new)
    assert str((await latest(runtime, cast, candidate_id))[candidate_id].parse_id) == new["id"]


async def test_what_is_taken_away_takes_its_evidence_along(make: Factories, cast: Cast, runtime: Runtime) -> None:
    read = resumes.understood()
    entries = [{"name": name} for name in ("One", "Two", "Three")]
    evidence = {f"/skills/{place}/name": {"confidence": place / 10, "spans": []} for place in range(3)}
    outcome = parsing.Reading(resumes.understood(profile=read.profile | {"skills": entries}, evidence=evidence))
    parse = await make.parse(outcome=outcome)
    await accept(make.admin, parse, {"pointer": "/skills/0/name", "value": None})
    found = (await latest(runtime, cast, parse["candidate_id"]))[parse["candidate_id"]]
    assert found.profile["skills"] == entries[1:]
    assert {pointer: each["confidence"] for pointer, each in found.evidence.items()} == {
        "/skills/0/name": 0.1,
        "/skills/1/name": 0.2,
    }


async def test_many_cost_one_statement(
    make: Factories, make_elsewhere: Factories, cast: Cast, runtime: Runtime
) -> None:
    parses = [await make.parse() for _ in range(3)]
    without, foreign = await make.candidate(), await make_elsewhere.parse()
    wanted = [each["candidate_id"] for each in parses]
    with queries_of(runtime) as one:
        await latest(runtime, cast, wanted[0])
    with queries_of(runtime) as many:
        found = await latest(runtime, cast, *wanted, without["id"], foreign["candidate_id"])
    assert (sorted(found), len(many)) == (sorted(wanted), len(one))
    with queries_of(runtime) as none:
        assert await latest(runtime, cast) == {}
    assert len(none) == len(one) - 1


async def test_follows_the_candidate_into_a_merge_and_back(make: Factories, cast: Cast, runtime: Runtime) -> None:
    """What is read of a file after the merge goes back with the file, too."""
    survivor, duplicate = await make.candidate(), await make.candidate()
    attachment = await make.attachment(candidate=duplicate)
    await make.merged(survivor, duplicate)
    parse = await make.admin.data("GET", f"{V1}/resume_parses/{attachment['newest_parse']['id']}")
    assert parse["candidate_id"] == survivor["id"]
    run = TaskRun(runtime, cast.organization_id, "a-request", 1)
    async with run.step() as ctx:
        await parsing.settle(ctx, UUID(parse["id"]), parsing.Reading(resumes.understood()))
    again = await make.admin.data("POST", f"{V1}/attachments/{attachment['id']}/resume_parses")
    async with run.step() as ctx:
        await parsing.settle(ctx, UUID(again["id"]), parsing.Reading(resumes.understood()))
    assert list(await latest(runtime, cast, survivor["id"], duplicate["id"])) == [survivor["id"]]

    await make.admin.data("POST", f"{V1}/candidates/{duplicate['id']}/unmerge")
    found = await latest(runtime, cast, survivor["id"], duplicate["id"])
    assert {each: str(reading.parse_id) for each, reading in found.items()} == {duplicate["id"]: again["id"]}


async def test_moves_with_its_application(hiring_manager: ApiClient, make: Factories) -> None:
    application, job = await make.application(), await make.job()
    parse = await make.parse(application)
    await make.grant("hiring_manager", job)
    await make.command(application, "move", {"to_job_id": job["id"]})
    assert (await hiring_manager.data("GET", f"{V1}/resume_parses/{parse['id']}"))["job_id"] == job["id"]


async def accept(client: ApiClient, parse: Data, *corrections: Data) -> None:
    body = {"take_over": [], "corrections": list(corrections)}
    await client.data("POST", f"{V1}/resume_parses/{parse['id']}/accept", json=body)
