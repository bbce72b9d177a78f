"""Every error a caller may see: one class each, status and code on the class, beside the rule that raises it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from uuid import UUID

import msgspec

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class FieldError:
    """One wrong field: JSON pointer into the body (or `/query/name`), a stable code, a sentence."""

    pointer: str
    code: str
    message: str


class Problem(Exception):
    """Rendered as application/problem+json: type, title, status, detail, code, request_id and the optional parts.

    Subclasses set `status` (HTTP), `code` (stable, snake_case) and `title`. `current_status` and `allowed` tell the state
    a refused command met and the states or commands it allows; `headers` go into the response; further keyword
    arguments become members of the document.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(
        self,
        detail: str = "",
        *,
        errors: Sequence[FieldError] = (),
        current_status: str | None = None,
        allowed: Sequence[str] | None = None,
        headers: Mapping[str, str] | None = None,
        **extensions: object,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = tuple(errors)
        self.current_status = current_status
        self.allowed = None if allowed is None else tuple(allowed)
        self.headers = dict(headers or {})
        self.extensions = extensions

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem's members in their published order; absent ones are left out, never null."""
        document: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail or f"{self.title}.",
            "code": self.code,
            "request_id": request_id,
        }
        if self.errors:
            document["errors"] = self.errors
        if self.current_status is not None:
            document["current_status"] = self.current_status
        if self.allowed is not None:
            document["allowed"] = self.allowed
        for name, value in self.extensions.items():
            document.setdefault(name, value)
        return document


class Moved(Problem):
    """Something goes on under another id: `moved` is the id asked for and the one that stands for it now. A reading is answered with 308
    instead."""

    def __init__(self, detail: str = "", *, moved: tuple[UUID, UUID], **members: Any) -> None:
        super().__init__(detail, **members)
        self.moved = moved


class InternalError(Problem):
    """An unexpected exception. Its detail never says more than this: the stack is in the log, under the request id."""

    status, code, title = 500, "internal_error", "Something went wrong on our side"


_encoder = msgspec.json.Encoder()


def render(problem: Problem, request_id: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, raw ASGI headers and body of a problem. A header value with a line break raises ValueError."""
    body = _encoder.encode(problem.document(request_id))
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    for name, value in problem.headers.items():
        if "\r" in value or "\n" in value:
            raise ValueError(f"a line break in the header {name}")
        headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))
    return problem.status, headers, body
