"""Reading a request's body: bounded in size and time, and only once the caller may send one."""

import asyncio
from typing import Any

import jiter
from starlette.requests import ClientDisconnect, Request

from generated.contract import Operation
from impl.core.problems import BodyTimeout, MalformedJson, TooLarge, UnsupportedMediaType
from impl.core.validation import check_body

JSON_BYTES_MAX = 1024 * 1024
ARRIVAL_SECONDS = 10.0


def expect_small(request: Request, limit: int = JSON_BYTES_MAX) -> None:
    """Refuse a body whose announced length is over the limit before a byte of it is read."""
    announced = request.headers.get("content-length")
    if announced is not None and announced.isdigit() and int(announced) > limit:
        raise _too_large(limit)


async def read_json(request: Request, operation: Operation) -> tuple[bytes, Any]:
    """Read, parse and check the body; its bytes and what they say."""
    if operation.request_media_type is None:
        return b"", None
    _expect_media_type(request, operation.request_media_type)
    raw = await _read(request, JSON_BYTES_MAX)
    body = parse_json(raw)
    check_body(operation, body)
    return raw, body


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


async def _read(request: Request, limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(ARRIVAL_SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limit:
                    raise _too_large(limit)
                chunks.append(chunk)
    except TimeoutError:
        raise BodyTimeout(
            f"Send the whole body within {ARRIVAL_SECONDS:.0f} seconds.", headers={"Connection": "close"}
        ) from None
    except ClientDisconnect:
        raise MalformedJson("The body ended early.") from None
    return b"".join(chunks)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"At most {limit} bytes.", headers={"Connection": "close"})
