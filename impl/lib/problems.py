"""Every error a caller may see: one class each, status and code on the class, beside the rule that raises it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


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
