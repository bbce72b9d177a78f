"""What was read out of a resume, sealed and opened again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from impl import models
from impl.core.context import Context
from impl.resumes.understood import Understood
from impl.services.resumes import bounds


class Content(msgspec.Struct):
    """What was understood: the profile as JSON Resume has it, the evidence by JSON pointer, the text that nobody sees, the places that
    speak to a machine, and what a language model answered, if one was asked."""

    profile: dict[str, Any]
    evidence: dict[str, dict[str, Any]]
    hidden: list[dict[str, Any]] = []
    instructions: list[dict[str, int]] = []
    answer: dict[str, Any] | None = None


class Review(msgspec.Struct):
    """What somebody made of it: the profile with the corrections, the evidence of what was not corrected, and the JSON pointers of
    what was corrected and of what was taken over."""

    profile: dict[str, Any]
    evidence: dict[str, dict[str, Any]]
    corrected: list[str] = []
    taken_over: list[str] = []


@dataclass(frozen=True, slots=True)
class Opened:
    """What a row holds; each part is None, or empty, until there is something."""

    text: str | None = None
    content: Content | None = None
    review: Review | None = None


_content = msgspec.json.Decoder(Content)
_review = msgspec.json.Decoder(Review)
_encoder = msgspec.json.Encoder()


def fitted(understood: Understood, answer: dict[str, Any] | None = None) -> tuple[str, Content]:
    """The text and what was understood of it, as the contract bounds them."""
    text = bounds.clean(understood.text, bounds.TEXT_MAX)
    profile = bounds.profile(understood.profile)
    evidence = bounds.evidence(understood.evidence, profile, text)
    hidden = bounds.hidden(understood.hidden, text)
    instructions = bounds.spans(understood.instructions, len(text), bounds.HIDDEN_MAX)
    return text, Content(profile, evidence, hidden, instructions, answer)


def sealed(ctx: Context, parse_id: UUID, text: str, content: Content) -> dict[str, bytes]:
    """What is stored of a text and of what was understood of it."""
    return {
        "text_sealed": ctx.seal(models.ResumeParse, "text", parse_id, text.encode()),
        "reading_sealed": ctx.seal(models.ResumeParse, "reading", parse_id, _encoder.encode(content)),
    }


def sealed_review(ctx: Context, parse_id: UUID, review: Review) -> bytes:
    """What is stored of a review."""
    return ctx.seal(models.ResumeParse, "review", parse_id, _encoder.encode(review))


def answer(ctx: Context, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a model answered for a row of `resume_parses`, of which this is opened alone."""
    return _content.decode(ctx.unseal(models.ResumeParse, "reading", row["id"], row["reading_sealed"])).answer


def opened(ctx: Context, row: Mapping[str, Any]) -> Opened:
    """What a row of `resume_parses` holds."""

    def plain(column: str) -> bytes | None:
        found = row[f"{column}_sealed"]
        return None if found is None else ctx.unseal(models.ResumeParse, column, row["id"], found)

    text, reading, review = plain("text"), plain("reading"), plain("review")
    content = None if reading is None else _content.decode(reading)
    return Opened(
        None if text is None else text.decode(),
        content,
        None if review is None else _review.decode(review),
    )
