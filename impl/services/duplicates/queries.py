"""Where likely duplicates are looked for."""

from typing import Any

from sqlalchemy import ARRAY, REAL, Select, Uuid, bindparam, column, func, select, union
from sqlalchemy.dialects.postgresql import BYTEA, TSQUERY

from generated.enums import CandidateStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.models import Candidate

BY_NAME_MAX = 100
COMPARED_MAX = 500

_ranked = func.ranked_candidates(bindparam("words", type_=TSQUERY)).table_valued(
    column("id", Uuid()), column("rank", REAL()), name="ranked"
)


def _by_hash(function: str, parameter: str) -> Select[Any]:
    """Whoever has one of these addresses or numbers, by the owner's function (see `candidates.queries`)."""
    hashes = func.unnest(bindparam(parameter, type_=ARRAY(BYTEA)))
    return select(getattr(func, function)(hashes))


def _similar(visibility: Visibility) -> Select[Any]:
    best = select(_ranked.c.id).order_by(_ranked.c.rank.desc(), _ranked.c.id).limit(BY_NAME_MAX).subquery("best")
    found = union(
        _by_hash("candidates_by_email", "email_hashes"),
        _by_hash("candidates_by_phone", "phone_hashes"),
        select(best.c.id),
    )
    return (
        mine(Candidate, visibility, Candidate.id, Candidate.status, Candidate.profile_sealed)
        .where(
            Candidate.id.in_(found),
            Candidate.id != bindparam("candidate_id"),
            Candidate.status == CandidateStatus.ACTIVE,
        )
        .order_by(Candidate.id.desc())
        .limit(COMPARED_MAX)
    )


SIMILAR = ScopedQuery(_similar)
