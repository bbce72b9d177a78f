"""export_screening_run_audit: what a run found, for records and audits, without a name or a quotation."""

import json

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.screening.habits import BAKER, Desk
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_tells_what_decided_what_went_in_what_came_out_and_what_became_of_it(
    admin: ApiClient, desk: Desk
) -> None:
    job = await desk.job()
    hired, waiting = await desk.application(job, BAKER), await desk.application(job)
    run = await desk.run(job)
    results = {each["application_id"]: each for each in await desk.results(run)}
    word = {"decision": "overridden", "reason": "Not quite."}
    await admin.data("POST", f"{V1}/screening_results/{results[hired['id']]['id']}/review", json=word)
    await desk.make.command(await desk.make.command(hired, "move"), "hire")
    answer = await admin.get(f"{V1}/screening_runs/{run['id']}/audit")
    assert answer.headers["Content-Type"] == "application/jsonl"
    lines = {line["application_id"]: line for line in map(json.loads, answer.text.splitlines())}
    assert lines.keys() == {hired["id"], waiting["id"]}
    line, result = lines[hired["id"]], results[hired["id"]]
    assert (line["application_status"], line["stages_count"]) == ("hired", 2)
    assert (line["reviews_count"], line["last_decision"]) == (1, "overridden")
    assert line["result_id"] == result["id"]
    for name in ("score_hundredths", "band", "result_sha256", "scorer_version", "rubric_revision"):
        assert line[name] == result[name], name
    assert {name: line[name] for name in result["inputs"]} == result["inputs"]
    assert (line["as_of"], line["started_by_id"]) == (run["as_of"], str(admin.id))
    assert [each["verdict"] for each in line["answers"]] == [each["verdict"] for each in result["answers"]]
    other = lines[waiting["id"]]
    assert (other["band"], other["stage_kind"], other["last_decision"]) == ("no_resume", "applied", None)
    for told in ("evidence", "Not quite", "Okafor", "bench"):
        assert told not in answer.text


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, recruiter: ApiClient, desk: Desk, make: Factories, watched: Watch
) -> None:
    run = await desk.run(await desk.job())
    path = f"{V1}/screening_runs/{run['id']}/audit"
    await expect_hidden(watched, outsider, "GET", path)
    await expect_scope(recruiter, "GET", path, None, "screening:audit")
    narrow = await make.machine("screening:audit", job_ids=[run["job_id"]])
    assert problem(await narrow.get(path)) == (403, "missing_grant")
