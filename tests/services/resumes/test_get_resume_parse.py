"""get_resume_parse: what was read, where it stands, and how sure that is."""

import hashlib

from impl.services.resumes import parsing
from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.support import resumes
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.forms import File


async def test_shows_what_was_read(recruiter: ApiClient, make: Factories) -> None:
    hidden = {"text": "the best", "reason": "no_contrast", "page": 1, "spans": [{"start": 3, "end": 3}]}
    machine = ({"start": 0, "end": 4, "text": "Mira"}, {"start": 0, "end": 9999})
    read = resumes.understood(hidden=(hidden,), instructions=machine, flags=("hidden_text", "NOT A WORD"))
    parse = await make.parse(outcome=parsing.Reading(read))

    answer = await recruiter.get(f"{V1}/resume_parses/{parse['id']}")
    assert answer.json()["data"] == parse
    assert (parse["status"], parse["parsed_by"], parse["parser_version"]) == ("parsed", "offline", "offline-1")
    assert (parse["text"], parse["profile"], parse["hidden"]) == (read.text, read.profile, [hidden])
    assert parse["instructions"] == [{"start": 0, "end": 4}]
    assert (parse["language"], parse["pages_count"], parse["flags"]) == ("en", 1, ["hidden_text"])
    assert parse["evidence"].keys() == read.evidence.keys()
    for pointer, found in parse["evidence"].items():
        [span], [wanted] = found["spans"], read.evidence[pointer]["spans"]
        assert parse["text"][span["start"] : span["end"]] == wanted["text"], pointer
        assert found["confidence_percent"] == round(100 * read.evidence[pointer]["confidence"])
    assert (parse["accepted_at"], parse["accepted_profile"], parse["corrected"]) == (None, None, [])
    same = await recruiter.get(f"{V1}/resume_parses/{parse['id']}", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304


async def test_says_why_there_is_no_profile(recruiter: ApiClient, make: Factories) -> None:
    queued, pictures, broken = [await make.parse(status=status) for status in ("queued", "needs_ocr", "failed")]
    for parse in (queued, pictures, broken):
        assert (parse["profile"], parse["evidence"], parse["parsed_by"]) == (None, {}, None)
    assert (queued["text"], queued["reason"], queued["finished_at"]) == (None, None, None)
    assert (pictures["status"], pictures["text"], pictures["flags"]) == ("needs_ocr", "", ["no_text"])
    assert broken["reason"] == {"code": "damaged", "message": "The file is damaged."}


async def test_says_which_file_was_read(recruiter: ApiClient, make: Factories) -> None:
    content = b"Mira Okafor"
    attachment = await make.attachment(file=File("file", "resume.txt", content, "text/plain"))
    reference = attachment["newest_parse"]
    parse = await recruiter.data("GET", f"{V1}/resume_parses/{reference['id']}")
    assert (reference["revision"], reference["status"]) == (1, "queued")
    belongs = ("candidate_id", "application_id", "job_id")
    assert {name: parse[name] for name in belongs} == {name: attachment[name] for name in belongs}
    assert (parse["attachment_id"], parse["input_sha256"]) == (attachment["id"], hashlib.sha256(content).hexdigest())


async def test_not_of_a_deleted_candidate(recruiter: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    await make.admin.data("DELETE", f"{V1}/candidates/{parse['candidate_id']}")
    for method, where, body in (
        ("GET", f"{V1}/resume_parses/{parse['id']}", None),
        ("POST", f"{V1}/resume_parses/{parse['id']}/accept", {"take_over": []}),
        ("POST", f"{V1}/attachments/{parse['attachment_id']}/resume_parses", None),
    ):
        assert problem(await recruiter.request(method, where, json=body)) == (404, "not_found")


async def test_goes_with_its_attachment(recruiter: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    await recruiter.data("DELETE", f"{V1}/attachments/{parse['attachment_id']}")
    assert problem(await recruiter.get(f"{V1}/resume_parses/{parse['id']}")) == (404, "not_found")


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    await expect_hidden(watched, outsider, "GET", f"{V1}/resume_parses/{parse['id']}")


async def test_needs_its_permission(make: Factories) -> None:
    parse = await make.parse()
    other = await make.machine("candidates:read")
    await expect_scope(other, "GET", f"{V1}/resume_parses/{parse['id']}", None, "attachments:read")
