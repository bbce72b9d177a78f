"""A parse as the API shows it."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from generated import responses
from generated.enums import ActorType, ResumeParseFailure
from impl.core.context import Context
from impl.services.resumes import contents

MESSAGES: Final = {
    ResumeParseFailure.ENCRYPTED: "The file opens only with a password.",
    ResumeParseFailure.DAMAGED: "The file is damaged.",
    ResumeParseFailure.TOO_LARGE: "The file, or what it unpacks to, is too large.",
    ResumeParseFailure.UNSUPPORTED_FORMAT: "The file is none of the formats that can be read.",
    ResumeParseFailure.TIMED_OUT: "Reading the file took too long.",
    ResumeParseFailure.OUT_OF_MEMORY: "Reading the file took too much memory.",
    ResumeParseFailure.CRASHED: "Reading the file ended the process that read it.",
    ResumeParseFailure.FILE_DAMAGED: "The storage does not hold what was sent.",
    ResumeParseFailure.UNREADABLE: "The file cannot be read.",
}


def summary(row: Mapping[str, Any]) -> responses.ResumeParseSummary:
    """A row of `queries.SUMMARY`."""
    return responses.ResumeParseSummary(**_own(row))


def whole(ctx: Context, row: Mapping[str, Any]) -> responses.ResumeParse:
    """A row of `queries.WHOLE`, opened."""
    opened = contents.opened(ctx, row)
    content, review = opened.content, opened.review
    # Of pictures there is no profile, though there is a reading.
    has_profile = content is not None and row["parsed_by"] is not None
    return responses.ResumeParse(
        **_own(row),
        text=opened.text,
        profile=_profile(content.profile) if content is not None and has_profile else None,
        evidence=msgspec.convert(content.evidence, responses.ResumeEvidenceMap) if content is not None else {},
        hidden=msgspec.convert(content.hidden if content else [], list[responses.ResumeHiddenText]),
        instructions=msgspec.convert(content.instructions if content else [], list[responses.ResumeSpan]),
        accepted_profile=_profile(review.profile) if review else None,
        corrected=review.corrected if review else [],
        taken_over=review.taken_over if review else [],
    )


def _profile(profile: Mapping[str, Any]) -> responses.ResumeProfile:
    return msgspec.convert(profile, responses.ResumeProfile)


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    reason, accepted_by = row["reason"], row["accepted_by_type"]
    same = ("id", "attachment_id", "candidate_id", "application_id", "job_id", "revision", "status", "parsed_by")
    more = (
        "is_degraded",
        "degraded_reason",
        "parser_version",
        "media_type",
        "pages_count",
        "language",
        "flags",
        "finished_at",
    )
    last = ("accepted_at", "created_at", "updated_at", "version")
    return {
        **{name: row[name] for name in (*same, *more, *last)},
        "reason": _reason(ResumeParseFailure(reason)) if reason else None,
        "input_sha256": row["input_sha256"].hex(),
        "accepted_by": responses.Actor(type=ActorType(accepted_by), id=row["accepted_by_id"]) if accepted_by else None,
    }


def _reason(failure: ResumeParseFailure) -> responses.ResumeParseReason:
    return responses.ResumeParseReason(code=failure, message=MESSAGES[failure])
