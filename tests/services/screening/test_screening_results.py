"""list_screening_run_results, list_application_screening_results and get_screening_result."""

import msgspec

from tests.services.habits import Watch, expect_hidden, expect_scope, ids_of, walk
from tests.services.screening.habits import BAKER, NURSE, Desk, rubric, rubric_path
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories


async def test_shows_what_was_found_and_where(recruiter: ApiClient, desk: Desk) -> None:
    result = await desk.result(BAKER, "hidden_text")
    path = f"{V1}/screening_results/{result['id']}"
    first = await recruiter.get(path)
    assert first.json()["data"] == result
    assert (await recruiter.get(path, headers={"If-None-Match": first.headers["ETag"]})).status_code == 304
    skill, years, positions = result["answers"]
    assert (skill["verdict"], skill["rule"], skill["importance"], skill["weight"]) == (
        "met",
        "exact_alias",
        "required",
        3,
    )
    assert {span["text"].lower() for span in skill["evidence"]} == {"sourdough"}
    assert (years["months"], years["verdict"]) == (153, "met")
    assert (positions["rule"], positions["kind"]) == ("predicate_count_at_least", "predicate")
    assert result["flags"] == ["hidden_text"]
    blind = await recruiter.data("GET", f"{V1}/applications/{result['application_id']}/blind_profile")
    span = next(each for each in skill["evidence"] if each["pointer"] == "/text")
    assert blind["text"][span["start"] : span["end"]] == span["text"]


async def test_without_a_resume_everything_is_unknown(desk: Desk) -> None:
    result = await desk.result(None)
    assert (result["band"], result["score_hundredths"]) == ("no_resume", None)
    assert result["unknown_keys"] == [answer["key"] for answer in result["answers"]]
    assert set(result["inputs"].values()) - {result["inputs"]["rubric_sha256"]} == {None}


async def test_lists_those_of_a_run_by_score_and_those_of_an_application_by_age(
    recruiter: ApiClient, desk: Desk
) -> None:
    job = await desk.job()
    several = [await desk.application(job, person) for person in (None, NURSE, BAKER)]
    run = await desk.run(job)
    results = await desk.results(run)
    assert [each["application_id"] for each in results] == ids_of(several[::-1])
    assert await walk(recruiter, f"{V1}/screening_runs/{run['id']}/results") == ids_of(results)
    await recruiter.data("PUT", rubric_path(job), json=rubric(is_blind=False))
    newer = await desk.results(await desk.run(job, several[2]))
    path = f"{V1}/applications/{several[2]['id']}/screening_results"
    assert await walk(recruiter, path) == ids_of([*newer, results[0]])


async def test_the_words_go_with_the_person_and_the_numbers_stay(desk: Desk) -> None:
    result = await desk.result()
    path = f"{V1}/screening_results/{result['id']}"
    await desk.make.admin.data("POST", f"{path}/review", json={"decision": "confirmed", "reason": "I agree."})
    application = await desk.make.admin.data("GET", f"{V1}/applications/{result['application_id']}")
    candidate = f"{V1}/candidates/{application['candidate_id']}"
    export = await desk.make.admin.data("GET", f"{candidate}/export")
    [section] = [each for each in export["sections"] if each["kind"] == "screening_documents"]
    told = msgspec.json.encode(section["rows"]).decode().lower()
    assert "100.00" in told
    assert "sourdough" in told
    assert "i agree." in told
    await desk.make.admin.data("POST", f"{candidate}/erase", json={})
    left = await desk.make.admin.data("GET", path)
    assert [answer["evidence"] for answer in left["answers"]] == [[], [], []]
    assert (left["score_hundredths"], left["inputs"]) == (result["score_hundredths"], result["inputs"])
    assert [(review["decision"], review["reason"]) for review in left["reviews"]] == [("confirmed", None)]


async def test_who_was_deleted_is_not_quoted(recruiter: ApiClient, desk: Desk, watched: Watch) -> None:
    result = await desk.result()
    application = await recruiter.data("GET", f"{V1}/applications/{result['application_id']}")
    await recruiter.delete(f"{V1}/candidates/{application['candidate_id']}")
    shown = await recruiter.data("GET", f"{V1}/screening_results/{result['id']}")
    assert [answer["evidence"] for answer in shown["answers"]] == [[], [], []]
    await expect_hidden(watched, recruiter, "GET", f"{V1}/applications/{application['id']}/blind_profile")
    again = await desk.results(await desk.run({"id": result["job_id"]}, application))
    assert [each["band"] for each in again] == ["no_resume"]
    await recruiter.data("POST", f"{V1}/candidates/{application['candidate_id']}/restore", json={})
    assert (await recruiter.data("GET", f"{V1}/screening_results/{result['id']}")) == result


async def test_the_rows_can_only_be_added(desk: Desk, watched: Watch) -> None:
    """The service's role may neither change nor delete what was found, said or asked for."""
    rights = await watched.rows.connection.fetch(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
        "WHERE grantee = 'ats_app' AND table_name LIKE 'screening_%' AND table_name <> 'screening_documents'"
    )
    tables = {"screening_rubrics", "screening_runs", "screening_results", "screening_reviews"}
    assert {row["table_name"] for row in rights} == tables
    assert {row["privilege_type"] for row in rights} == {"SELECT", "INSERT"}


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, desk: Desk, make: Factories, watched: Watch
) -> None:
    result = await desk.result()
    machine = await make.machine("applications:read")
    for path in (
        f"{V1}/screening_results/{result['id']}",
        f"{V1}/screening_runs/{result['run_id']}/results",
        f"{V1}/applications/{result['application_id']}/screening_results",
        f"{V1}/applications/{result['application_id']}/blind_profile",
    ):
        for stranger in (outsider, hiring_manager):
            await expect_hidden(watched, stranger, "GET", path)
        await expect_scope(machine, "GET", path, None, "screening:read")
