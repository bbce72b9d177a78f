"""What the reads of candidates select."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    REAL,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import BYTEA, TSQUERY

from generated.enums import CandidateStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Candidate, CandidateTag, Event
from impl.services.candidates.tagging import tags_of
from impl.services.custom_fields.queries import filters
from impl.services.events import shape

COLUMNS = [tags_of(Candidate).label("tag_ids")] + [
    getattr(Candidate, name)
    for name in [
        "id",
        "status",
        "profile_sealed",
        "source_id",
        "external_id",
        "purge_at",
        "merged_into_id",
        "erased_at",
        "created_at",
        "updated_at",
        "version",
    ]
]


def _listed(visibility: Visibility, *more: Any) -> Select[Any]:
    """What lists show: all but active and anonymized candidates only to those who see the whole organization."""
    statement = mine(Candidate, visibility, *COLUMNS, *more)
    if visibility is Visibility.ORGANIZATION:
        return statement
    return statement.where(
        or_(Candidate.status == CandidateStatus.ACTIVE, Candidate.status == CandidateStatus.ANONYMIZED)
    )


def _found_by(function: str, parameter: Any) -> ColumnElement[bool]:
    # A function of the owner: under row-level security the server would not use these indexes.
    return Candidate.id.in_(select(getattr(func, function)(parameter)))


def _has_tag() -> ColumnElement[bool]:
    return exists(literal_column("1")).where(
        CandidateTag.organization_id == bindparam("organization_id"),
        CandidateTag.tag_id == bindparam("tag_id"),
        CandidateTag.candidate_id == Candidate.id,
    )


FILTERS = {
    "status": lambda: Candidate.status == any_(bindparam("status", type_=ARRAY(Text))),
    "source_id": lambda: Candidate.source_id == bindparam("source_id"),
    "tag_id": _has_tag,
    **filters(Candidate, "candidate_id"),
    "external_id": lambda: Candidate.external_id == bindparam("external_id"),
    "created_after": lambda: Candidate.created_at > bindparam("created_after"),
    "updated_after": lambda: Candidate.updated_at > bindparam("updated_after"),
    "email": lambda: _found_by("candidates_by_email", bindparam("email", type_=BYTEA)),
    "phone": lambda: _found_by("candidates_by_phone", bindparam("phone", type_=BYTEA)),
}

ONE_CANDIDATE = ScopedQuery(
    lambda visibility: mine(Candidate, visibility, *COLUMNS).where(Candidate.id == bindparam("id"))
)

CANDIDATES = Listing(
    select=_listed,
    filters={**FILTERS, "q": lambda: _found_by("candidates_by_words", bindparam("q", type_=TSQUERY))},
    sorts={
        "-created_at": Sort((Candidate.id,), is_descending=True),
        "created_at": Sort((Candidate.id,)),
        "-updated_at": Sort((Candidate.updated_at, Candidate.id), is_descending=True),
        "updated_at": Sort((Candidate.updated_at, Candidate.id)),
    },
)

TIMELINE = Listing(
    select=lambda visibility: mine(Event, visibility, *shape.COLUMNS),
    filters={
        "candidate_id": lambda: Event.candidate_id == bindparam("candidate_id"),
        "type": lambda: Event.type == any_(bindparam("type", type_=ARRAY(Text))),
    },
    sorts={"newest": Sort((Event.id,), is_descending=True)},
)

_ranked = func.ranked_candidates(bindparam("q", type_=TSQUERY)).table_valued(
    column("id", Uuid()), column("rank", REAL()), name="ranked"
)
_RANK: Any = _ranked.c.rank

# The best match first, among the newest thousand that match.
BEST_CANDIDATES = Listing(
    select=lambda visibility: _listed(visibility, _RANK).join(_ranked, _ranked.c.id == Candidate.id),
    filters={**FILTERS, "q": lambda: Candidate.organization_id == bindparam("organization_id")},
    sorts={"relevance": Sort((_RANK, Candidate.id), is_descending=True)},
)
