"""B1 and B2 for forms: whatever comes as multipart/form-data is bounded, refused in its own words, or read exactly."""

import asyncio
import resource
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from impl.core import body as body_module
from impl.core.forms import FIELD_BYTES_MAX, FILE_BYTES_MAX, FORM_BYTES_MAX, PARTS_MAX
from tests.promises.test_b1_input import HARMLESS
from tests.promises.test_b2_limits import CHUNK, Sender
from tests.services.public.habits import apply, applying, tracking
from tests.support import contract, world
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories
from tests.support.forms import BOUNDARY, FORM, File, Form, form, part, whole
from tests.support.rows import Rows

FORMS = [name for name, each in contract.operations().items() if each.body and each.body[0] == FORM]
LINE = f"--{BOUNDARY}".encode()
HEAD = b'Content-Disposition: form-data; name="full_name"'
MALFORMED = {
    "empty": b"",
    "text": b"hello",
    "json": b'{"full_name":"x"}',
    "no_end": LINE + b"\r\n" + HEAD + b"\r\n\r\nMira\r\n",
    "half_end": LINE + b"\r\n" + HEAD + b"\r\n\r\nMira\r\n" + LINE + b"-",
    "other_boundary": b"--x\r\n" + HEAD + b"\r\n\r\nMira\r\n--x--\r\n",
    "no_headers": LINE + b"\r\n\r\nMira\r\n" + LINE + b"--\r\n",
    "no_disposition": LINE + b"\r\nContent-Type: text/plain\r\n\r\nMira\r\n" + LINE + b"--\r\n",
    "attachment": LINE + b'\r\nContent-Disposition: attachment; name="x"\r\n\r\n1\r\n' + LINE + b"--\r\n",
    "no_name": LINE + b"\r\nContent-Disposition: form-data\r\n\r\nMira\r\n" + LINE + b"--\r\n",
    "bad_header": LINE + b"\r\nContent Disposition\r\n\r\nMira\r\n" + LINE + b"--\r\n",
    "many_headers": LINE + b"\r\n" + b"X-A: 1\r\n" * 50 + HEAD + b"\r\n\r\nMira\r\n" + LINE + b"--\r\n",
    "long_header": LINE + b"\r\nX-A: " + b"a" * 20_000 + b"\r\n" + HEAD + b"\r\n\r\nMira\r\n" + LINE + b"--\r\n",
}

#: The form that takes several files.
OF_FILES = "create_public_application"

of_every_form = pytest.mark.parametrize("operation_id", FORMS)


@of_every_form
@pytest.mark.promise("B1")
async def test_what_is_no_form_is_refused(cast: Cast, rows: Rows, operation_id: str) -> None:
    call, client = await world.World(cast).call(operation_id), cast.client("admin")
    before = await rows.fingerprint(cast.organization_id)
    media_type = f"{FORM}; boundary={BOUNDARY}"
    for name, content in MALFORMED.items():
        answer = await client.post(call.path, form=Form(content, media_type))
        assert problem(answer) == (400, "malformed_form"), name
    good = call.content[1]
    for media_type in (FORM, f"{FORM}; boundary=", f"{FORM}; boundary={'x' * 300}", f"{FORM}; charset=utf-8"):
        answer = await client.post(call.path, form=Form(good, media_type))
        assert problem(answer) == (400, "malformed_form"), media_type
    for media_type in (
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/mixed; boundary=x",
    ):
        answer = await client.post(call.path, form=Form(good, media_type))
        assert problem(answer) == (415, "unsupported_media_type"), media_type
    packed = await client.post(call.path, form=Form(good), headers={"Content-Encoding": "gzip"})
    assert problem(packed) == (415, "unsupported_media_type")
    assert await rows.fingerprint(cast.organization_id) == before


@of_every_form
@pytest.mark.promise("B1")
async def test_a_bad_part_is_refused(cast: Cast, rows: Rows, operation_id: str) -> None:
    call, client = await world.World(cast).call(operation_id), cast.client("admin")
    before = await rows.fingerprint(cast.organization_id)
    bad: dict[bytes, list[bytes]] = {
        b"full_name": [b"", b" ", b"\x00", b"a\nb", b"\xff", b"\xed\xa0\x80", b"x" * 201],
        b"email": [b"", b"mira", b"a b@c", b"\x00@x", b"x" * 300 + b"@example.org"],
        b"answers": [
            b"",
            b"x",
            b"1",
            b"null",
            b"{}",
            b'{"key":"a","values":[]}',
            b"[" * 100_000,
            b'{"key":"a","key":"a"}',
        ],
        b"resume": [b"text without a file name"],
        b"nothing": [b"x"],
        b"": [b"x"],
        b"__proto__": [b"x"],
    }
    for name, values in bad.items():
        fields = {key: value for key, value in call.body.items() if key.encode() != name}
        kept = [part(key.encode(), value.encode()) for key, value in fields.items() if isinstance(value, str)]
        for value in values:
            answer = await client.post(call.path, form=whole([*kept, part(name, value)]))
            assert problem(answer) in {(422, "validation_failed"), (413, "body_too_large")}, (name, value[:20])
    assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.promise("B1")
async def test_strange_text_reads_back_identical(cast: Cast, make: Factories) -> None:
    client, path = ApiClient(cast.app), applying(cast, await make.post())
    for text in HARMLESS:
        receipt = (await apply(client, path, full_name=text)).json()["data"]
        assert (await client.data("GET", tracking(cast, receipt["token"])))["full_name"] == text


def pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]


def text(call: world.Call, size: int) -> File:
    """The file that a form takes, as a text of this size."""
    return File(call.files[0].field, "x.txt", b"x" * size, "text/plain")


def sender(cast: Cast, call: world.Call, content: bytes, *, announced: bool) -> Sender:
    made = Sender(call, cast.client("admin").token, pieces(content), len(content) if announced else None)
    made.scope["headers"][0] = (b"content-type", f"{FORM}; boundary={BOUNDARY}".encode())
    return made


@of_every_form
@pytest.mark.promise("B2")
@pytest.mark.parametrize("announced", [True, False], ids=["content-length", "chunked"])
async def test_a_file_may_have_ten_mebibytes(cast: Cast, rows: Rows, operation_id: str, announced: bool) -> None:
    call = await world.World(cast).call(operation_id)
    before = await rows.fingerprint(cast.organization_id)
    too_large = replace(call, files=(text(call, FILE_BYTES_MAX + 1),))
    sent = sender(cast, too_large, too_large.content[1], announced=announced)
    assert await sent.call(cast.app) == (413, "body_too_large")
    assert sent.bytes_taken <= FILE_BYTES_MAX + CHUNK
    assert await rows.fingerprint(cast.organization_id) == before
    for size in (FILE_BYTES_MAX - 1, FILE_BYTES_MAX):
        fits = replace(call, files=(text(call, size),))
        assert (await sender(cast, fits, fits.content[1], announced=announced).call(cast.app))[0] == 201


@pytest.mark.promise("B2")
@pytest.mark.parametrize("announced", [True, False], ids=["content-length", "chunked"])
async def test_a_form_may_have_eleven_mebibytes(cast: Cast, rows: Rows, announced: bool) -> None:
    call = await world.World(cast).call(OF_FILES)
    before = await rows.fingerprint(cast.organization_id)

    def of(total: int) -> bytes:
        files = [File("resume", content=b"x" * FILE_BYTES_MAX), File("attachments")]
        room = total - len(form(call.body, files).content)
        files[1] = File("attachments", content=files[1].content + b"y" * room)
        return form(call.body, files).content

    sent = sender(cast, call, of(FORM_BYTES_MAX + 1), announced=announced)
    assert await sent.call(cast.app) == (413, "body_too_large")
    assert sent.bytes_taken <= (0 if announced else FORM_BYTES_MAX + CHUNK)
    assert await rows.fingerprint(cast.organization_id) == before
    assert (await sender(cast, call, of(FORM_BYTES_MAX), announced=announced).call(cast.app))[0] == 201


@of_every_form
@pytest.mark.promise("B2")
async def test_texts_and_parts_are_bounded(cast: Cast, rows: Rows, operation_id: str) -> None:
    call, client = await world.World(cast).call(operation_id), cast.client("admin")
    before = await rows.fingerprint(cast.organization_id)
    long = whole([part(b"full_name", b"x" * (FIELD_BYTES_MAX + 1))])
    assert problem(await client.post(call.path, form=long)) == (413, "body_too_large")
    many = whole([part(b"answers", b"{}")] * (PARTS_MAX + 1))
    assert problem(await client.post(call.path, form=many)) == (413, "body_too_large")
    assert await rows.fingerprint(cast.organization_id) == before


@of_every_form
@pytest.mark.promise("B2")
async def test_a_form_that_drips_is_given_up(cast: Cast, monkeypatch: pytest.MonkeyPatch, operation_id: str) -> None:
    monkeypatch.setattr(body_module, "FORM_ARRIVAL_SECONDS", 0.05)
    call = await world.World(cast).call(operation_id)

    class Dripping(Sender):
        async def receive(self) -> Any:
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": next(self._pieces, b"x"), "more_body": True}

    sent = Dripping(call, cast.client("admin").token, iter([LINE + b"\r\n" + HEAD + b"\r\n\r\n"]))
    sent.scope["headers"][0] = (b"content-type", f"{FORM}; boundary={BOUNDARY}".encode())
    assert await sent.call(cast.app) == (408, "request_timeout")


@of_every_form
@pytest.mark.promise("B2")
async def test_large_files_leave_no_memory_behind(cast: Cast, operation_id: str) -> None:
    call = await world.World(cast).call(operation_id)
    too_large, fitting = (
        replace(call, files=(text(call, size),)).content[1] for size in (FILE_BYTES_MAX + 1, FILE_BYTES_MAX)
    )

    async def try_both() -> None:
        assert (await sender(cast, call, too_large, announced=False).call(cast.app))[0] == 413
        assert (await sender(cast, call, fitting, announced=False).call(cast.app))[0] == 201

    for _ in range(5):
        await try_both()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(20):
        await try_both()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
