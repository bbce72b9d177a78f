"""Reading a request's body: bounded in size and time, and only once the caller may send one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import jiter
from starlette.requests import ClientDisconnect, Request

from generated.contract import Operation, Uploads
from impl.core import forms
from impl.core.problems import BodyTimeout, MalformedForm, MalformedJson, TooLarge, UnsupportedMediaType
from impl.core.validation import check_body

JSON_BYTES_MAX = 1024 * 1024
ARRIVAL_SECONDS = 10.0
ENDED_EARLY: Final = "The body ended early."
CLOSE: Final = {"Connection": "close"}
# A form may hold files, which take their time on a slow line.
FORM_ARRIVAL_SECONDS = 40.0


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it came (for a form: what makes it the same form, whatever its boundary), what it says, and its files."""

    raw: bytes = b""
    content: Any = None
    uploads: Uploads = ()


def expect_small(request: Request, operation: Operation) -> None:
    """Refuse a body whose announced length is over the limit before a byte of it is read."""
    limit = forms.FORM_BYTES_MAX if operation.takes_files else JSON_BYTES_MAX
    announced = request.headers.get("content-length")
    if announced is not None and announced.isdigit() and int(announced) > limit:
        raise _too_large(limit)


async def read_body(request: Request, operation: Operation) -> Body:
    """Read, parse and check the body."""
    if operation.request_media_type is None:
        return Body()
    _expect_media_type(request, operation.request_media_type)
    if operation.takes_files:
        return await _read_form(request, operation)
    try:
        raw = b"".join([chunk async for chunk in _chunks(request, JSON_BYTES_MAX, ARRIVAL_SECONDS)])
    except ClientDisconnect:
        raise MalformedJson(ENDED_EARLY) from None
    content = parse_json(raw)
    check_body(operation, content)
    return Body(raw, content)


async def _read_form(request: Request, operation: Operation) -> Body:
    reader = forms.FormReader(operation, request.headers.get("content-type", ""))
    try:
        async for chunk in _chunks(request, forms.FORM_BYTES_MAX, FORM_ARRIVAL_SECONDS):
            reader.feed(chunk)
        form = reader.finish(parse_json)
    except ClientDisconnect:
        raise MalformedForm(ENDED_EARLY) from None
    finally:
        reader.close()
    check_body(operation, form.content)
    return Body(form.digest, form.fields, form.uploads)


def parse_json(raw: bytes) -> Any:
    """Strict JSON: no NaN, no duplicate keys, no lone surrogates, at most 200 levels deep."""
    try:
        return jiter.from_json(raw, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError as error:
        raise MalformedJson(_where(str(error))) from None


def _where(message: str) -> str:
    """What is wrong and at which place, without any part of the text itself."""
    reason, _, place = message.rpartition(" at line ")
    reason = reason.partition('"')[0].strip() or "The text is not JSON"
    return f"{reason[:1].upper()}{reason[1:]} at line {place}." if place else "The text is not JSON."


def _expect_media_type(request: Request, expected: str) -> None:
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise UnsupportedMediaType("Send the body without a content coding.", headers={"Accept-Encoding": "identity"})
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != expected:
        raise UnsupportedMediaType(
            f"Send the body as {expected}.", headers={"Accept-Patch" if "merge" in expected else "Accept": expected}
        )


async def _chunks(request: Request, limit: int, seconds: float) -> AsyncIterator[bytes]:
    """The body piece by piece, within its limits."""
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limit:
                    raise _too_large(limit)
                yield chunk
    except TimeoutError:
        raise BodyTimeout(f"Send the whole body within {seconds:.0f} seconds.", headers=CLOSE) from None


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"At most {limit} bytes.", headers=CLOSE)
