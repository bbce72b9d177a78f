"""upload_attachment: what a file is, its content decides; it is kept sealed, once."""

import hashlib
from uuid import UUID
from zipfile import ZIP_BZIP2

import pytest

from impl.core.runtime import Runtime
from impl.lib.storage import Object, StorageFailed
from tests.services.habits import NOWHERE, Watch, changes_of, expect_hidden, expect_replay, expect_scope, refused_at
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.documents import ODT, WORD_TYPES, docx, odt, packed, pdf
from tests.support.factories import V1, Factories
from tests.support.forms import File, Form, form, part, whole
from tests.support.rows import Rows

RESUME = File("file", "Mira Okafor.pdf", pdf("A resume"))
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN = ODT.decode()
OPAQUE = "application/octet-stream"
PNG = b"\x89PNG\r\n\x1a\n"
KEPT = {
    "resume.PDF": (pdf("x"), "application/pdf"),
    "resume.docx": (docx(), WORD),
    "resume.odt": (odt(), OPEN),
    "resume.rtf": (b"{\\rtf1 x}", "application/rtf"),
    "page.htm": (b"<!-- x -->\n<!DOCTYPE html><p>x</p>", "text/html"),
    "plain.txt": ("Grüße".encode(), "text/plain"),
    "old.txt": ("Grüße".encode("cp1252"), "text/plain"),
    "wide.txt": ("Grüße".encode("utf-16"), "text/plain"),
    "face.png": (PNG, "image/png"),
    "face.jpeg": (b"\xff\xd8\xff\xe0", "image/jpeg"),
    "face.gif": (b"GIF89a", "image/gif"),
    "face.webp": (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
}
LINKED = packed({"[Content_Types].xml": WORD_TYPES}).replace(b"\x80\x01", b"\xff\xa1")
REFUSED = {
    "file_type_unsupported": {
        "an empty file": ("x.txt", b""),
        "a program": ("x.pdf", b"MZ\x90\0"),
        "another program": ("x.txt", b"\x7fELF\2\1\1\0"),
        "a script": ("x.txt", b"#!/bin/sh\nrm -rf /"),
        "a drawing": ("x.txt", b"<svg onload=alert(1)>"),
        "xml": ("x.txt", b"<?xml version='1.0'?><x/>"),
        "an old document": ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "an archive": ("x.docx", packed({"a.txt": b"x"})),
        "bytes": ("x.txt", bytes(range(256))),
    },
    "file_type_mismatch": {
        "a page named as a document": ("x.pdf", b"<html><script>alert(1)</script>"),
        "a document named as a picture": ("x.png", pdf("x")),
        "no ending": ("resume", pdf("x")),
        "two endings": ("resume.pdf.exe", pdf("x")),
    },
    "file_encrypted": {
        "a document": ("x.pdf", pdf("x").replace(b"/Root", b"/Encrypt 9 0 R /Root")),
        "an office document": (
            "x.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        ),
        "a packed one": ("x.docx", docx().replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1")),
        "an open one": ("x.odt", odt({"META-INF/manifest.xml": b"<manifest:encryption-data/>"})),
    },
    "file_with_macros": {
        "a project": ("x.docx", docx({"word/vbaProject.bin": b"x"})),
        "a type": ("x.docx", packed({"[Content_Types].xml": WORD_TYPES + b"ms-word.document.macroEnabled.main+xml"})),
        "basic": ("x.odt", odt({"Basic/Standard/Module1.xml": b"x"})),
    },
    "file_unsafe": {
        "document and archive": ("x.pdf", pdf("x") + packed({"a": b"x"})),
        "page and document": ("x.html", b"<html>" + pdf("x")),
        "document and page": ("x.pdf", pdf("x").replace(b"%PDF-1.7\n", b"%PDF-1.7\n<script>alert(1)</script>\n")),
        "picture and archive": ("x.jpg", b"\xff\xd8\xff\xe0" + docx()),
        "more behind its end": ("x.pdf", pdf("x") + b"x" * 2000),
        "more behind the container": ("x.docx", docx() + b"x"),
        "a comment": ("x.docx", docx()[:-2] + b"\1\0x"),
        "half": ("x.docx", docx()[:-30]),
        "a way out": ("x.docx", docx({"word/../../x": b"x"})),
        "another way out": ("x.docx", docx({"..\\x": b"x"})),
        "an absolute name": ("x.docx", docx({"/etc/passwd": b"x"})),
        "a drive": ("x.docx", docx({"C:/x": b"x"})),
        "one name twice": ("x.docx", docx({"word/a.xml": b"x", "word/A.xml": b"y"})),
        "many members": ("x.docx", docx({f"word/{number}": b"" for number in range(1000)})),
        "unpacked too large": ("x.docx", docx({f"word/{number}": bytes(9_000_000) for number in range(6)})),
        "unusual": ("x.docx", packed({"[Content_Types].xml": WORD_TYPES}, ZIP_BZIP2)),
        "a link": ("x.docx", LINKED),
        "other content than it says": (
            "x.docx",
            docx({"word/a.xml": b"aaaa"}).replace(b"word/a.xml", b"word/b.xml", 1),
        ),
    },
}


def path(candidate_id: str) -> str:
    return f"{V1}/candidates/{candidate_id}/attachments"


def sent(file: File = RESUME, **fields: str) -> Form:
    return form({"kind": "resume"} | fields, [file])


async def test_works_and_records_its_event(
    recruiter: ApiClient, make: Factories, cast: Cast, rows: Rows, runtime: Runtime
) -> None:
    application = await make.application()
    where = path(application["candidate_id"])
    response = await recruiter.post(where, form=sent(application_id=application["id"]))

    assert response.status_code == 201, response.text
    attachment = response.json()["data"]
    assert response.headers["Location"] == f"{V1}/attachments/{attachment['id']}"
    reading = attachment["newest_parse"]
    told = {
        name: attachment[name] for name in attachment if name not in ("id", "created_at", "updated_at", "newest_parse")
    }
    assert told == {
        "candidate_id": application["candidate_id"],
        "application_id": application["id"],
        "job_id": application["job_id"],
        "kind": "resume",
        "source": "upload",
        "intake_id": None,
        "name": "Mira Okafor.pdf",
        "media_type": "application/pdf",
        "size_bytes": len(RESUME.content),
        "sha256": hashlib.sha256(RESUME.content).hexdigest(),
        "scan_status": "not_scanned",
        "created_by": {"type": "user", "id": str(recruiter.id)},
        "version": 1,
    }
    assert await recruiter.data("GET", f"{V1}/attachments/{attachment['id']}") == attachment
    event, queued = (await rows.events(cast.organization_id))[-2:]
    assert (event["type"], str(event["resource_id"])) == ("attachment.created", attachment["id"])
    assert (queued["type"], str(queued["resource_id"])) == ("resume_parse.queued", reading["id"])
    assert (reading["revision"], reading["status"]) == (1, "queued")
    assert (str(event["candidate_id"]), str(event["application_id"])) == (
        application["candidate_id"],
        application["id"],
    )
    assert changes_of(event) == {"kind": (None, "resume")}
    stored = UUID(attachment["id"])
    assert [found.id async for found in runtime.storage.list(cast.organization_id)] == [stored]
    assert b"PDF" not in await runtime.storage.get(cast.organization_id, stored)


@pytest.mark.promise("C1")
async def test_the_content_decides(recruiter: ApiClient, make: Factories) -> None:
    where = path((await make.candidate())["id"])
    for name, (content, media_type) in KEPT.items():
        for declared in (media_type, OPAQUE):
            kept = await recruiter.post(where, form=sent(File("file", name, content, declared)))
            assert kept.status_code == 201, (name, kept.text)
            assert kept.json()["data"]["media_type"] == media_type
        wrong = await recruiter.post(where, form=sent(File("file", name, content, "application/x-other")))
        assert refused_at(wrong) == (422, "file_type_mismatch", ["/file"]), name


@pytest.mark.promise("C1")
@pytest.mark.promise("C2")
@pytest.mark.parametrize("code", REFUSED)
async def test_nothing_is_kept_of_what_is_refused(
    recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch, runtime: Runtime, code: str
) -> None:
    where = path((await make.candidate())["id"])
    await watched.begin()
    for why, (name, content) in REFUSED[code].items():
        refused = await recruiter.post(where, form=sent(File("file", name, content, OPAQUE)))
        assert refused_at(refused) == (422, code, ["/file"]), why
    await watched.expect_nothing()
    assert [found async for found in runtime.storage.list(cast.organization_id)] == []


async def test_the_same_bytes_are_kept_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    where, other = path(application["candidate_id"]), path((await make.candidate())["id"])
    first = await recruiter.data("POST", where, form=sent())
    await watched.begin()
    again = await recruiter.post(where, form=sent(File("file", "other.pdf", RESUME.content), kind="other"))
    assert (again.status_code, again.json()["data"]) == (201, first)
    await watched.expect_nothing()
    on_application = await recruiter.data("POST", where, form=sent(application_id=application["id"]))
    of_other = await recruiter.data("POST", other, form=sent())
    assert len({first["id"], on_application["id"], of_other["id"]}) == 3


async def test_a_file_of_the_person_needs_the_whole_organization(
    recruiter: ApiClient, hiring_manager: ApiClient, make: Factories
) -> None:
    application, other = await make.application(), await make.application()
    await make.grant("hiring_manager", {"id": application["job_id"]})
    where = path(application["candidate_id"])

    assert (await recruiter.data("POST", where, form=sent()))["job_id"] is None
    assert problem(await hiring_manager.post(where, form=sent())) == (409, "application_required")
    mine = await hiring_manager.data("POST", where, form=sent(application_id=application["id"]))
    assert await hiring_manager.data("GET", where) == [mine]
    refused = await recruiter.post(where, form=sent(application_id=other["id"]))
    assert problem(refused) == (409, "application_of_other_candidate")
    unknown = await recruiter.post(where, form=sent(application_id=NOWHERE))
    assert refused_at(unknown) == (404, "reference_not_found", ["/application_id"])


async def test_files_follow_their_application(hiring_manager: ApiClient, recruiter: ApiClient, make: Factories) -> None:
    """Into another job, and to the survivor of a merge."""
    application, job, survivor = await make.application(), await make.job(), await make.candidate()
    attachment = await make.attachment(application)
    await make.grant("hiring_manager", job)
    await make.command(application, "move", {"to_job_id": job["id"]})
    assert (await hiring_manager.data("GET", f"{V1}/attachments/{attachment['id']}"))["job_id"] == job["id"]
    await make.merged(survivor, {"id": application["candidate_id"]})
    [shown] = await recruiter.data("GET", path(survivor["id"]))
    assert (shown["id"], shown["candidate_id"]) == (attachment["id"], survivor["id"])


async def test_refuses_what_does_not_fit(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    where = path((await make.candidate())["id"])
    await watched.begin()
    file = part(b"file", b"x", b'; filename="x.txt"', "text/plain")
    for parts, pointer in (
        ([file], "/kind"),
        ([part(b"kind", b"resume")], "/file"),
        ([part(b"kind", b"photo"), file], "/kind"),
        ([part(b"kind", b"resume"), part(b"file", b"x")], "/file"),
        ([part(b"kind", b"resume"), file, file], "/file"),
        ([part(b"kind", b"resume"), file, part(b"application_id", b"x")], "/application_id"),
        ([part(b"kind", b"resume"), file, part(b"author", b"me")], "/author"),
    ):
        assert refused_at(await recruiter.post(where, form=whole(parts))) == (422, "validation_failed", [pointer])
    await watched.expect_nothing()


async def test_only_for_an_active_candidate(recruiter: ApiClient, make: Factories) -> None:
    deleted, anonymized, erased = [await make.candidate() for _ in range(3)]
    await make.admin.data("DELETE", f"{V1}/candidates/{deleted['id']}")
    await make.admin.data("POST", f"{V1}/candidates/{anonymized['id']}/anonymize")
    await make.admin.data("POST", f"{V1}/candidates/{erased['id']}/erase")
    merged = await make.merged()
    for candidate, refusal in (
        (deleted, (404, "candidate_quarantined")),
        (anonymized, (409, "candidate_not_active")),
        (erased, (410, "candidate_erased")),
        (merged, (409, "candidate_merged")),
    ):
        assert problem(await recruiter.post(path(candidate["id"]), form=sent())) == refusal


async def test_is_kept_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    other = File("file", "other.pdf", pdf("Another"))
    await expect_replay(watched, recruiter, path(candidate["id"]), sent(), sent(other))


async def test_nothing_is_kept_while_the_storage_is_away(
    recruiter: ApiClient, make: Factories, watched: Watch, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(each: Object) -> None:
        raise StorageFailed("away")

    candidate = await make.candidate()
    await watched.begin()
    monkeypatch.setattr(runtime.storage, "put", broken)
    answer = await recruiter.post(path(candidate["id"]), form=sent())
    assert (problem(answer), answer.headers["Retry-After"]) == ((503, "storage_unavailable"), "1")
    await watched.expect_nothing()


async def test_hides_another_organizations_candidate(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    await expect_hidden(watched, outsider, "POST", path(candidate["id"]), sent())


async def test_needs_its_permission(make: Factories) -> None:
    candidate = await make.candidate()
    reader = await make.machine("attachments:read", "candidates:write")
    await expect_scope(reader, "POST", path(candidate["id"]), sent(), "attachments:write")
