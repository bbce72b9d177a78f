"""What a candidate sent, sealed as one document."""

from typing import Any
from uuid import UUID

import msgspec

from impl import models
from impl.core.context import Context


class Answer(msgspec.Struct):
    """The answer to one question."""

    key: str
    values: list[str]


class Content(msgspec.Struct):
    """Who applied, and what they answered."""

    full_name: str
    email: str
    phone: str | None
    answers: list[Answer]

    @property
    def plain_answers(self) -> list[dict[str, Any]]:
        return [{"key": answer.key, "values": answer.values} for answer in self.answers]


_decoder = msgspec.json.Decoder(Content)


def sealed(ctx: Context, intake_id: UUID, content: Content) -> bytes:
    """The document as it is stored."""
    return ctx.seal(models.Intake, "content", intake_id, msgspec.json.encode(content))


def opened(ctx: Context, intake_id: UUID, stored: bytes) -> Content:
    """The document as it was sent."""
    return _decoder.decode(ctx.unseal(models.Intake, "content", intake_id, stored))
