"""download_file: C5 and C6. What a link leads to is inert, and a link is one link: whole, in time, for one file."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from impl.core.runtime import Runtime
from impl.lib import clock
from impl.lib.clock import Hands
from impl.lib.crypto import OrganizationKeys
from impl.lib.storage import StorageFailed
from impl.services.attachments import links
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.documents import pdf
from tests.support.factories import V1, Data, Factories
from tests.support.forms import File

NAMES = {
    "Mira.pdf": ("Mira.pdf", "Mira.pdf"),
    "Lebenslauf Größe.pdf": ("Lebenslauf Gr__e.pdf", "Lebenslauf%20Gr%C3%B6%C3%9Fe.pdf"),
    "../../etc/passwd.pdf": ("_.._etc_passwd.pdf", "_.._etc_passwd.pdf"),
    'a"; filename="x.exe\r\nX-Evil: 1.pdf': (
        "a_; filename=_x.exe__X-Evil_ 1.pdf",
        "a_%3B%20filename%3D_x.exe__X-Evil_%201.pdf",
    ),
    "\u202efdp.pdf": ("_fdp.pdf", "_fdp.pdf"),
    "50%25.pdf": ("50_25.pdf", "50%2525.pdf"),
}


async def linked(reader: ApiClient, attachment: Data) -> str:
    link = await reader.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    return f"{V1}/files/{link['token']}"


@pytest.mark.promise("C5")
@pytest.mark.promise("C4")
async def test_what_it_answers_is_inert(anonymous: ApiClient, recruiter: ApiClient, make: Factories) -> None:
    for name, (plain, encoded) in NAMES.items():
        sent = File("file", name, pdf(name.partition(".")[0]))
        path = await linked(recruiter, await make.attachment(file=sent))
        answer = await anonymous.get(path)
        assert (answer.status_code, answer.content) == (200, sent.content)
        headers = dict(answer.headers)
        assert headers["content-type"] == "application/octet-stream"
        assert headers["content-disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
        assert headers["cache-control"] == "private, no-store"
        assert not {"x-evil", "etag", "set-cookie"} & set(headers)
        head = await anonymous.request("HEAD", path)
        assert (head.content, head.headers["content-length"]) == (b"", str(len(sent.content)))


def altered(token: str) -> Iterator[str]:
    """Every link that differs in one bit."""
    raw = urlsafe_b64decode(token)
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        yield urlsafe_b64encode(changed).decode()


@pytest.mark.promise("C6")
async def test_every_wrong_link_is_refused_alike(
    anonymous: ApiClient,
    recruiter: ApiClient,
    make: Factories,
    make_elsewhere: Factories,
    cast: Cast,
    runtime: Runtime,
    hands: Hands,
) -> None:
    """Every bit, a later time, another file, organization, key, purpose or method, no link at all: one and the same problem."""
    attachment, other = await make.attachment(), await make_elsewhere.attachment()
    path = await linked(recruiter, attachment)
    token = path.rpartition("/")[2]
    raw, ends = urlsafe_b64decode(token), int(clock.now().timestamp()) + 300
    keys = runtime.keys._organizations[cast.organization_id]
    body = struct.pack(">16s16sQ", cast.organization_id.bytes, UUID(attachment["id"]).bytes, ends)
    assert raw[:40] == body
    assert (await anonymous.get(path)).status_code == 200, "vacuous"

    theirs = UUID(other["id"])
    foreign = OrganizationKeys.create(runtime.keys._master, cast.organization_id)[0]
    wrong = [
        *altered(token),
        token[:-1],
        token + "A",
        token[:-4],
        "x",
        "A" * 96,
        links.Link(cast.organization_id, theirs, ends).sign(keys),
        links.Link(cast.organization_id, uuid4(), ends).sign(keys),
        links.Link(make_elsewhere.cast.organization_id, theirs, ends).sign(keys),
        links.Link(uuid4(), UUID(attachment["id"]), ends).sign(keys),
        links.Link(cast.organization_id, UUID(attachment["id"]), ends).sign(foreign),
        links.Link(cast.organization_id, UUID(attachment["id"]), ends - 301).sign(keys),
        urlsafe_b64encode(body + links._signature(keys, b"PUT", body)).decode(),
    ]
    answers = [await anonymous.get(f"{V1}/files/{each}") for each in wrong]
    hands.advance(timedelta(seconds=299))
    assert (await anonymous.get(path)).status_code == 200
    hands.advance(timedelta(seconds=1))
    answers.append(await anonymous.get(path))
    told = {
        (*problem(answer), answer.json()["detail"], len(answer.json()), *sorted(answer.headers)) for answer in answers
    }
    assert len(told) == 1
    assert next(iter(told))[:2] == (403, "link_invalid")
    assert problem(await anonymous.get(f"{V1}/files/~")) == (404, "not_found")


@pytest.mark.promise("C6")
async def test_a_link_dies_with_its_file(
    anonymous: ApiClient,
    recruiter: ApiClient,
    make: Factories,
    superuser: "asyncpg.Connection[asyncpg.Record]",
    cast: Cast,
) -> None:
    deleted, kept, erased = await make.attachment(), await make.attachment(), await make.attachment()
    paths = [await linked(recruiter, each) for each in (deleted, kept, erased)]
    await recruiter.data("DELETE", f"{V1}/attachments/{deleted['id']}")
    await recruiter.data("DELETE", f"{V1}/candidates/{kept['candidate_id']}")
    await make.admin.data("POST", f"{V1}/candidates/{erased['candidate_id']}/erase")
    for path in paths:
        assert problem(await anonymous.get(path)) == (403, "link_invalid")
    await recruiter.data("POST", f"{V1}/candidates/{kept['candidate_id']}/restore")
    assert (await anonymous.get(paths[1])).status_code == 200
    suspend = "UPDATE organizations SET is_suspended = true WHERE id = $1"
    await superuser.execute(suspend, cast.organization_id)
    assert problem(await anonymous.get(paths[1])) == (403, "link_invalid")


@pytest.mark.promise("C7")
async def test_what_is_not_what_was_sent_is_not_served(
    anonymous: ApiClient,
    recruiter: ApiClient,
    make: Factories,
    cast: Cast,
    runtime: Runtime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An object that was changed, exchanged or lost; and a storage that is away, which is another matter."""
    attachment, other = await make.attachment(), await make.attachment()
    path, file_id = await linked(recruiter, attachment), UUID(attachment["id"])
    sealed = await runtime.storage.get(cast.organization_id, file_id)
    exchanged = await runtime.storage.get(cast.organization_id, UUID(other["id"]))
    found: list[bytes] = []

    async def get(organization_id: UUID, object_id: UUID) -> bytes:
        if not found:
            raise StorageFailed("away")
        return found[0]

    monkeypatch.setattr(runtime.storage, "get", get)
    away = await anonymous.get(path)
    assert (problem(away), away.headers["Retry-After"]) == ((503, "storage_unavailable"), "1")
    for content in (sealed[:-1] + bytes([sealed[-1] ^ 1]), exchanged, sealed[:40], b"\0"):
        found[:] = [content]
        damaged = await anonymous.get(path)
        assert problem(damaged) == (500, "internal_error")
    found[:] = [sealed]
    assert (await anonymous.get(path)).status_code == 200
    monkeypatch.undo()
    await runtime.storage.delete(cast.organization_id, file_id)
    assert problem(await anonymous.get(path)) == (500, "internal_error")
