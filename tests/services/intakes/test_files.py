"""Files that come with an application are handed out only when their content is of a kind that is kept; the application always stands."""

from uuid import UUID

import pytest

from impl.core.runtime import Runtime
from impl.lib.containers import DOCX
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.documents import docx, pdf
from tests.support.factories import MOTIVATION, V1, Data, Factories
from tests.support.forms import File

PROGRAM = b"MZ\x90\x00\x03" + bytes(range(256))
ENCRYPTED = pdf("x").replace(b"trailer\n<< ", b"trailer\n<< /Encrypt 9 0 R ")
WORD = DOCX


async def processed(make: Factories, cast: Cast, runtime: Runtime, *files: File) -> tuple[Data, str]:
    """The intake of an application with these files, and the address of its candidate's page."""
    post = await make.post(questions=[MOTIVATION])
    receipt = await make.applied(post, *files)
    await run_due(runtime, cast.organization_id)
    [intake] = await make.admin.data("GET", f"{V1}/intakes?post_id={post['id']}")
    shown: Data = await make.admin.data("GET", f"{V1}/intakes/{intake['id']}")
    return shown, f"{V1}/public/{cast.slug}/applications/{receipt['token']}"


@pytest.mark.promise("C1")
@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (File("resume", "resume.pdf", PROGRAM), "unsupported"),
        (File("resume", "resume.docx", docx({"word/vbaProject.bin": b"x"}), WORD), "macros"),
        (File("resume", "resume.pdf", pdf("x") + bytes(4096) + PROGRAM), "unsafe"),
        (File("resume", "resume.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")), "encrypted"),
        (File("resume", "resume.txt", b"#!/bin/sh\nrm -rf ~\n", "text/plain"), "unsupported"),
    ],
    ids=["program", "macros", "tail", "encrypted", "script"],
)  # fmt: skip
async def test_what_nobody_is_to_open_is_named_and_no_attachment(
    recruiter: ApiClient, anonymous: ApiClient, make: Factories, cast: Cast, runtime: Runtime, file: File, refusal: str
) -> None:
    letter = File("attachments", "letter.txt", b"Good day", "text/plain")

    intake, page = await processed(make, cast, runtime, file, letter)

    assert intake["status"] == "processed"
    assert [(each["name"], each["refusal"]) for each in intake["files"]] == [(file.name, refusal), ("letter.txt", None)]
    attachments = f"{V1}/candidates/{intake['candidate_id']}/attachments"
    assert [each["name"] for each in await recruiter.data("GET", attachments)] == ["letter.txt"]
    refused = f"{V1}/attachments/{intake['files'][0]['id']}"
    for method, path in (("GET", refused), ("GET", f"{refused}/download"), ("POST", f"{refused}/resume_parses")):
        assert (await recruiter.request(method, path)).status_code == 404, path
    assert await recruiter.data("GET", f"{V1}/candidates/{intake['candidate_id']}/resume_parses") == []
    told = await anonymous.data("GET", page)
    assert [each["refusal"] for each in told["files"]] == [refusal, None]


async def test_what_is_kept_is_called_what_it_is(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime
) -> None:
    """Whoever saves a file under the name that it is sent with can open nothing but a document."""
    files = [
        File("resume", "resume.exe", pdf("x"), "application/x-msdownload"),
        File("attachments", "install.bat", b"del *.*", "application/octet-stream"),
        File("attachments", "locked.pdf", ENCRYPTED),
    ]

    intake, _ = await processed(make, cast, runtime, *files)

    said = {each["name"]: (each["media_type"], each["refusal"]) for each in intake["files"]}
    assert said == {
        "resume.exe": ("application/pdf", None),
        "install.bat": ("text/plain", None),
        "locked.pdf": ("application/pdf", None),
    }
    for file, name in zip(intake["files"], ("resume.exe.pdf", "install.bat.txt", "locked.pdf"), strict=True):
        link = await recruiter.data("GET", f"{V1}/attachments/{file['id']}/download")
        sent = await recruiter.get(f"{V1}/files/{link['token']}")
        assert f'filename="{name}"' in sent.headers["content-disposition"]


async def test_a_file_is_looked_at_again_with_its_intake(
    recruiter: ApiClient, make: Factories, cast: Cast, runtime: Runtime
) -> None:
    """The bytes stay: what was refused by mistake is not lost."""
    intake = await make.intake("rejected", files=[File("resume", "resume.pdf", PROGRAM)])
    assert intake["files"][0]["refusal"] is None, "it was not looked at"
    await recruiter.data("POST", f"{V1}/intakes/{intake['id']}/reprocess")
    await run_due(runtime, cast.organization_id)
    again = await recruiter.data("GET", f"{V1}/intakes/{intake['id']}")
    assert (again["status"], again["files"][0]["refusal"]) == ("processed", "unsupported")
    assert await runtime.storage.get(cast.organization_id, UUID(intake["files"][0]["id"]))
