"""create_resume_parse: an attachment is read once more; what was read before stays."""

from impl.core.runtime import Runtime
from tests.services.habits import NOWHERE, Watch, changes_of, expect_hidden, expect_replay, expect_scope
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.forms import File


def path(attachment_id: str) -> str:
    return f"{V1}/attachments/{attachment_id}/resume_parses"


async def test_works_and_records_its_event(
    recruiter: ApiClient, make: Factories, watched: Watch, cast: Cast, runtime: Runtime
) -> None:
    before = await make.parse(take_over=[])
    await watched.begin()
    answer = await recruiter.post(path(before["attachment_id"]))

    assert answer.status_code == 201, answer.text
    parse = answer.json()["data"]
    assert answer.headers["Location"] == f"{V1}/resume_parses/{parse['id']}"
    assert (parse["revision"], parse["status"], parse["input_sha256"]) == (2, "queued", before["input_sha256"])
    assert await recruiter.data("GET", f"{V1}/resume_parses/{parse['id']}") == parse
    assert await recruiter.data("GET", f"{V1}/resume_parses/{before['id']}") == before
    [event] = await watched.events()
    assert (event["type"], str(event["resource_id"])) == ("resume_parse.queued", parse["id"])
    assert changes_of(event) == {"status": (None, "queued"), "revision": (None, "2")}
    await run_due(runtime, cast.organization_id)
    shown = await recruiter.data("GET", f"{V1}/attachments/{before['attachment_id']}")
    assert shown["newest_parse"] == {"id": parse["id"], "revision": 2, "status": "parsed"}


async def test_one_at_a_time(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    queued = await make.parse(status="queued")
    await watched.begin()
    refused = await recruiter.post(path(queued["attachment_id"]))
    assert (problem(refused), refused.json()["conflicting_id"]) == ((409, "resume_parse_pending"), queued["id"])
    await watched.expect_nothing()


async def test_of_any_attachment(recruiter: ApiClient, make: Factories) -> None:
    """Only resumes are read without being asked to; and nothing is, before it belongs to somebody."""
    letter = await make.attachment(kind="cover_letter", file=File("file", "letter.txt", b"Dear Ms", "text/plain"))
    assert letter["newest_parse"] is None
    parse = await recruiter.data("POST", path(letter["id"]))
    assert parse["revision"] == 1
    intake = await make.intake()
    assert problem(await recruiter.post(path(intake["files"][0]["id"]))) == (404, "not_found")
    assert problem(await recruiter.post(path(NOWHERE))) == (404, "not_found")


async def test_is_done_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    first, second = await make.parse(), await make.parse()
    await expect_replay(
        watched, recruiter, path(first["attachment_id"]), None, other_path=path(second["attachment_id"])
    )


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    await expect_hidden(watched, outsider, "POST", path(parse["attachment_id"]))


async def test_needs_its_permission(make: Factories) -> None:
    parse = await make.parse()
    reader = await make.machine("attachments:read", "candidates:write")
    await expect_scope(reader, "POST", path(parse["attachment_id"]), None, "attachments:write")
