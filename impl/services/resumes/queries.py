"""What the reads of parses select."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    false,
    literal_column,
    true,
)
from sqlalchemy.dialects.postgresql import distinct_on

from generated.enums import ResumeParseStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import ResumeParse

SUMMARY = [
    getattr(ResumeParse, name)
    for name in [
        "id",
        "attachment_id",
        "candidate_id",
        "application_id",
        "job_id",
        "revision",
        "status",
        "reason",
        "parsed_by",
        "is_degraded",
        "degraded_reason",
        "parser_version",
        "input_sha256",
        "media_type",
        "pages_count",
        "language",
        "flags",
        "finished_at",
        "accepted_at",
        "accepted_by_type",
        "accepted_by_id",
        "created_at",
        "updated_at",
        "version",
    ]
]
WHOLE = [*SUMMARY, ResumeParse.text_sealed, ResumeParse.reading_sealed, ResumeParse.review_sealed]
_QUEUED: ColumnElement[str] = literal_column(f"'{ResumeParseStatus.QUEUED}'")
_PARSED: ColumnElement[str] = literal_column(f"'{ResumeParseStatus.PARSED}'")


def _is_accepted() -> ColumnElement[bool]:
    return case((ResumeParse.accepted_at.is_not(None), true()), else_=false())


def _select(visibility: Visibility) -> Select[Any]:
    return mine(ResumeParse, visibility, *SUMMARY)


ONE_PARSE = ScopedQuery(
    lambda visibility: mine(ResumeParse, visibility, *WHOLE).where(ResumeParse.id == bindparam("id"))
)

PARSES = Listing(
    select=_select,
    filters={
        "candidate_id": lambda: ResumeParse.candidate_id == bindparam("candidate_id"),
        "attachment_id": lambda: ResumeParse.attachment_id == bindparam("attachment_id"),
        "status": lambda: ResumeParse.status == any_(bindparam("status", type_=ARRAY(Text))),
        "is_accepted": lambda: _is_accepted() == bindparam("is_accepted", type_=Boolean()),
        "created_after": lambda: ResumeParse.created_at > bindparam("created_after"),
        "updated_after": lambda: ResumeParse.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((ResumeParse.id,), is_descending=True), "created_at": Sort((ResumeParse.id,))},
)

# Whose resume waits to be read.
WAITING = ScopedQuery(
    lambda visibility: mine(ResumeParse, visibility, ResumeParse.candidate_id).where(
        ResumeParse.id == bindparam("id"), ResumeParse.status == _QUEUED
    )
)

NEWEST = ScopedQuery(
    lambda visibility: (
        mine(ResumeParse, visibility, ResumeParse.id, ResumeParse.revision, ResumeParse.status)
        .where(ResumeParse.attachment_id == bindparam("attachment_id"))
        .order_by(ResumeParse.revision.desc())
        .limit(1)
    )
)

# Of each candidate the profile that was accepted last, or else the one that was read last.
LATEST = ScopedQuery(
    lambda visibility: (
        mine(ResumeParse, visibility, *WHOLE)
        .where(
            ResumeParse.candidate_id == any_(bindparam("candidate_ids", type_=ARRAY(Uuid))),
            ResumeParse.status == _PARSED,
        )
        .ext(distinct_on(ResumeParse.candidate_id))
        .order_by(ResumeParse.candidate_id, ResumeParse.accepted_at.desc().nulls_last(), ResumeParse.id.desc())
    )
)
