"""A resume that comes as a file is read by the worker, blinded, scored, and kept with the hash of its bytes."""

from hashlib import sha256

from tests.screening.people import resume_of
from tests.services.screening.habits import BAKER, RUBRIC, rubric_path, runs_path
from tests.support.application import runtime_of
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories
from tests.support.forms import File


async def test_a_file_becomes_a_result(cast: Cast, recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    await recruiter.data("PUT", rubric_path(job), json=RUBRIC)
    application = await make.application(job, await make.reachable())
    content = resume_of(BAKER).encode()
    await make.attachment(application, File("file", "resume.txt", content, "text/plain"))
    run = await recruiter.data("POST", runs_path(job), json={})
    await run_due(runtime_of(cast.app), cast.organization_id)
    [result] = await recruiter.data("GET", f"{V1}/screening_runs/{run['id']}/results")
    assert (result["band"], result["score_hundredths"]) == ("required_met", 10000)
    assert result["inputs"]["file_sha256"] == sha256(content).hexdigest()
    blind = await recruiter.data("GET", f"{V1}/applications/{application['id']}/blind_profile")
    assert blind["resume_parse_id"] == result["inputs"]["resume_parse_id"]
    assert "Okafor" not in blind["text"]
    # Nobody's grants make a difference: the worker reads as the system.
    await make.grant("hiring_manager", job)
    own = await cast.client("hiring_manager").data("POST", runs_path(job), json={})
    await run_due(runtime_of(cast.app), cast.organization_id)
    [same] = await recruiter.data("GET", f"{V1}/screening_runs/{own['id']}/results")
    assert same["result_sha256"] == result["result_sha256"]
