"""What the worker does with a resume: a stranger's file becomes a profile with evidence, or a reason, and never a loss."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from generated.enums import ResumeParseFailure
from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib.clock import Hands
from impl.lib.storage import Object, StorageFailed
from impl.resumes import sandbox
from impl.resumes.document import Unreadable
from impl.resumes.understood import Understood
from impl.services.resumes import parsing
from impl.services.resumes.tasks import parse_resume
from impl.settings_sections import OcrSettings
from tests.resumes.scans import saying, scanned, table
from tests.services.habits import Watch, changes_of
from tests.support import resumes
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.documents import page
from tests.support.factories import MOTIVATION, V1, Data, Factories
from tests.support.forms import File
from tests.support.rows import Rows

LINES = (
    "Mira Okafor",
    "Baker",
    "mira.okafor@example.org",
    "+49 30 901820",
    "Experience",
    "Baker, Northwind Bakery, 04/2019 - today",
    "Skills",
    "Sourdough, Rye",
)


def run_of(runtime: Runtime, cast: Cast) -> TaskRun:
    return TaskRun(runtime, cast.organization_id, "a-request", 1)


async def only_parse(client: ApiClient, candidate_id: str) -> Data:
    [brief] = await client.data("GET", f"{V1}/candidates/{candidate_id}/resume_parses")
    parse: Data = await client.data("GET", f"{V1}/resume_parses/{brief['id']}")
    return parse


@pytest.mark.promise("G2")
async def test_from_the_public_form_to_a_reviewed_profile(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime, rows: Rows
) -> None:
    """A real PDF is read by the worker; the candidate has what a person takes over, when a person takes it over, and not before."""
    post = await make.post(questions=[MOTIVATION])
    await make.applied(post, File("resume", "Mira.pdf", page(*LINES)), full_name="Mira O.", email="m@example.org")
    await run_due(runtime, cast.organization_id)
    [application] = await recruiter.data("GET", f"{V1}/applications?job_id={post['job_id']}")
    where = f"{V1}/candidates/{application['candidate_id']}"
    candidate = await recruiter.data("GET", where)
    assert candidate["profile"]["phones"] == []

    parse = await only_parse(recruiter, application["candidate_id"])
    assert (parse["status"], parse["parsed_by"], parse["reason"]) == ("parsed", "offline", None)
    assert (parse["application_id"], parse["job_id"]) == (application["id"], post["job_id"])
    basics = parse["profile"]["basics"]
    assert (basics["name"], basics["emails"], basics["phones"]) == (
        "Mira Okafor",
        ["mira.okafor@example.org"],
        ["+4930901820"],
    )
    [work] = parse["profile"]["work"]
    assert (work["position"], work["name"], work["startDate"], work["endDate"]) == (
        "Baker",
        "Northwind Bakery",
        "2019-04",
        None,
    )
    said = {
        pointer: [parse["text"][span["start"] : span["end"]] for span in found["spans"]]
        for pointer, found in parse["evidence"].items()
    }
    assert (said["/basics/phones/0"], said["/work/0/name"]) == (["+49 30 901820"], ["Northwind Bakery"])
    kinds = [kind for kind in await rows.event_types(cast.organization_id) if kind.startswith(("resume", "candidate"))]
    assert kinds == ["candidate.created", "resume_parse.queued", "resume_parse.parsed"]
    assert await recruiter.data("GET", where) == candidate, "nothing changes by itself"

    body = {"take_over": ["/basics/name", "/basics/phones/0"]}
    await recruiter.data("POST", f"{V1}/resume_parses/{parse['id']}/accept", json=body)
    after = await recruiter.data("GET", where)
    assert after["profile"] == candidate["profile"] | {
        "full_name": "Mira Okafor",
        "phones": [{"number": "+4930901820", "kind": "personal"}],
    }


@pytest.mark.promise("C3")
async def test_what_cannot_be_read_says_why_and_can_be_downloaded(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime, watched: Watch
) -> None:
    broken = b"%PDF-1.7\n" + b"1 0 obj << /Broken >>\n" * 20 + b"%%EOF\n"
    attachment = await make.attachment(file=File("file", "resume.pdf", broken))
    await watched.begin()
    await run_due(runtime, cast.organization_id)

    shown = await recruiter.data("GET", f"{V1}/attachments/{attachment['id']}")
    assert shown["newest_parse"] == {**attachment["newest_parse"], "status": "failed"}
    parse = await only_parse(recruiter, attachment["candidate_id"])
    assert (parse["status"], parse["text"], parse["profile"]) == ("failed", None, None)
    assert parse["reason"] == {"code": "damaged", "message": "The file is damaged."}
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == (
        "resume_parse.failed",
        {"status": ("queued", "failed"), "reason": (None, "damaged")},
    )
    link = await recruiter.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    assert (await recruiter.get(f"{V1}/files/{link['token']}")).content == broken


async def test_pictures_of_text_need_somebody_who_reads_them(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime
) -> None:
    attachment = await make.attachment(file=File("file", "scan.pdf", page()))
    await run_due(runtime, cast.organization_id)
    parse = await only_parse(recruiter, attachment["candidate_id"])
    assert (parse["status"], parse["flags"], parse["pages_count"]) == ("needs_ocr", ["no_text"], 1)
    assert (parse["profile"], parse["parsed_by"], parse["language"]) == (None, None, None)


@pytest.mark.parametrize("mode", ["auto", "off"])
async def test_pictures_are_recognised_where_there_is_a_program(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime, tmp_path: Path, mode: str
) -> None:
    lines = [
        [(word, 120 + 160 * at, 100 + 60 * number) for at, word in enumerate(line.split())]
        for number, line in enumerate(LINES)
    ]
    ocr = OcrSettings.model_validate({"mode": mode, "program": saying(tmp_path, table(*lines))})
    attachment = await make.attachment(file=File("file", "scan.pdf", scanned(page(*LINES))))
    await run_due(replace(runtime, settings=runtime.settings.model_copy(update={"ocr": ocr})), cast.organization_id)
    parse = await only_parse(recruiter, attachment["candidate_id"])
    if mode == "off":
        assert (parse["status"], parse["flags"]) == ("needs_ocr", ["needs_ocr", "no_text"])
        return
    assert (parse["status"], parse["flags"]) == ("parsed", ["ocr"])
    assert parse["profile"]["basics"]["emails"] == ["mira.okafor@example.org"]


@pytest.mark.parametrize(
    "code", [*(each.value for each in ResumeParseFailure if each != "file_damaged"), "unreachable"]
)
async def test_every_reason_has_its_word(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    async def refuse(content: bytes, *, today: date, ocr: OcrSettings) -> Understood:
        raise Unreadable(code, "No.")

    monkeypatch.setattr(sandbox, "understood", refuse)
    outcome = await parsing.understand(b"x", OcrSettings())
    assert outcome == (code if code != "unreachable" else "unreadable")


async def test_a_file_that_is_not_what_was_sent(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime
) -> None:
    attachment = await make.attachment()
    await runtime.storage.put(Object(cast.organization_id, UUID(attachment["id"]), b"something else"))
    await run_due(runtime, cast.organization_id)
    parse = await only_parse(recruiter, attachment["candidate_id"])
    assert (parse["status"], parse["reason"]["code"]) == ("failed", "file_damaged")


async def test_a_storage_that_is_away_is_waited_for(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*arguments: object) -> bytes:
        raise StorageFailed("away")

    attachment = await make.attachment()
    with monkeypatch.context() as patch:
        patch.setattr(runtime.storage, "get", away)
        await run_due(runtime, cast.organization_id)
    assert (await only_parse(recruiter, attachment["candidate_id"]))["status"] == "queued"
    hands.advance(timedelta(minutes=1))
    await run_due(runtime, cast.organization_id)
    assert (await only_parse(recruiter, attachment["candidate_id"]))["status"] == "parsed"


@pytest.mark.promise("H6")
@pytest.mark.parametrize("end", ["erase", "anonymize", "delete"])
async def test_nothing_comes_back_of_what_is_gone_meanwhile(
    admin: ApiClient, make: Factories, cast: Cast, runtime: Runtime, rows: Rows, watched: Watch, end: str
) -> None:
    """The file was taken up, then its person was forgotten, or the file was deleted: the late result is written nowhere."""
    parse = await make.parse(status="queued")
    if end == "delete":
        await admin.data("DELETE", f"{V1}/attachments/{parse['attachment_id']}")
    else:
        await admin.data("POST", f"{V1}/candidates/{parse['candidate_id']}/{end}")
    await watched.begin()
    async with run_of(runtime, cast).step() as ctx:
        await parsing.settle(ctx, UUID(parse["id"]), parsing.Reading(resumes.understood()))
    await parse_resume.work(run_of(runtime, cast), UUID(parse["id"]))
    await watched.expect_nothing()
    assert await rows.count("resume_parses", cast.organization_id) == 0


async def test_what_is_done_stays_done(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime, watched: Watch
) -> None:
    """The task runs twice: the second time nothing happens."""
    parse = await make.parse(take_over=[])
    await watched.begin()
    await parse_resume.work(run_of(runtime, cast), UUID(parse["id"]))
    async with run_of(runtime, cast).step() as ctx:
        await parsing.settle(ctx, UUID(parse["id"]), ResumeParseFailure.CRASHED)
    await watched.expect_nothing()


MONSTER: dict[str, Any] = {
    "basics": {"name": "N" * 9999, "emails": ["e" * 999] * 99, "profiles": [{"url": "u" * 9999, "what": 1}] * 99}
    | {"phones": None, "location": {"address": "a" * 999}},
    "work": [{"name": "W" * 999, "startDate": "May", "endDate": "2019-13", "summary": "?"}] * 99,
    "education": [{"startDate": "2019", "endDate": None, "area": 5}] * 99,
    "skills": [{"name": "\ud800s"}, {}] * 999,
    "languages": [{"code": "c" * 99}] * 99,
}


async def test_what_is_beyond_the_bounds_is_cut_or_left_out(recruiter: ApiClient, make: Factories) -> None:
    """Whatever is understood, the contract holds, and every pointer of the evidence leads somewhere."""
    spans = [{"start": 0, "end": 4}, {"start": 5, "end": 4}, {"start": 0, "end": 10**9}, {"start": "x"}, {}] * 9
    pointers = ["/basics/name", "/work/0/startDate", "/work/70/name", "/skills/1/name", "/skills/00/name", "no pointer"]
    made = resumes.understood(
        text="\ud800" + "t" * 300_000,
        language="l" * 99,
        media_type="m" * 999,
        pages=10**12,
        flags=tuple(f"flag{number}" for number in range(99)),
        hidden=({"text": "h" * 99_999, "reason": None, "page": 0},) * 999,
        profile=MONSTER,
        evidence={pointer: {"confidence": 7, "spans": spans} for pointer in pointers},
    )
    parse = await make.parse(outcome=parsing.Reading(made, parser_version="v" * 999))

    assert parse["status"] == "parsed"
    assert len(parse["text"]) == 200_000
    assert parse["evidence"].keys() == {"/basics/name", "/skills/1/name"}
    assert parse["evidence"]["/basics/name"] == {"confidence_percent": 100, "spans": [{"start": 0, "end": 4}] * 4}
    profile = parse["profile"]
    assert (len(profile["work"]), len(profile["skills"]), len(profile["basics"]["emails"])) == (60, 200, 10)
    assert profile["work"][0] == {"name": "W" * 300}
    assert profile["education"][0] == {"startDate": "2019", "endDate": None}
    assert profile["skills"][:2] == [{"name": "?s"}, {"name": ""}]
    again = await recruiter.data("POST", f"{V1}/resume_parses/{parse['id']}/accept", json={"take_over": []})
    assert again["accepted_profile"]["work"] == profile["work"]
