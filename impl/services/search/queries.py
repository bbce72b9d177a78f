"""The one statement of a search: what fits, its ranks, one page of it, and the counts of its facets."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    JSON,
    REAL,
    Boolean,
    ColumnElement,
    DateTime,
    FromClause,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import BYTEA, TSQUERY

from generated.enums import CandidateStatus, SearchFacet, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.models import Application, Candidate, CandidateTag, CustomFieldValue, Stage
from impl.services.candidates.queries import COLUMNS

MATCHES_MAX = 5000
VALUES_MAX = 20

INSTANTS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "created_after": lambda at: Candidate.created_at > at,
    "created_before": lambda at: Candidate.created_at < at,
    "updated_after": lambda at: Candidate.updated_at > at,
    "updated_before": lambda at: Candidate.updated_at < at,
}
OF_APPLICATION = ("job_id", "stage_id", "stage_kinds", "application_statuses")
FILTERS = (*OF_APPLICATION, "source_id", "tag_ids", "custom_hashes", *INSTANTS)
_QUERY = bindparam("words", type_=TSQUERY)


def _wanted(name: str, kind: Any, fits: Callable[[Any], Any]) -> ColumnElement[bool]:
    """It fits what was asked for, or nothing was."""
    wanted = bindparam(name, type_=kind)
    return or_(wanted.is_(None), fits(wanted))


def _matched(visibility: Visibility) -> CTE:
    """The newest candidates that fit."""
    found = mine(Candidate, visibility, Candidate.id, Candidate.source_id).where(
        # A function of the owner: under row-level security the server would not use the index of the words.
        Candidate.id.in_(select(func.candidates_by_words(_QUERY))),
        Candidate.status == CandidateStatus.ACTIVE,
        _wanted("source_id", Uuid(), lambda wanted: Candidate.source_id == wanted),
        *(_wanted(name, DateTime(timezone=True), fits) for name, fits in INSTANTS.items()),
        _wanted("tag_ids", ARRAY(Uuid), _has_tags),
        _wanted("custom_hashes", ARRAY(BYTEA), _has_values),
        or_(~bindparam("by_application", type_=Boolean()), _applications(visibility).exists()),
    )
    return found.order_by(Candidate.id.desc()).limit(MATCHES_MAX + 1).cte("matched").prefix_with("MATERIALIZED")


def _has_tags(wanted: Any) -> ColumnElement[bool]:
    held = select(func.count()).where(
        CandidateTag.organization_id == bindparam("organization_id"),
        CandidateTag.candidate_id == Candidate.id,
        CandidateTag.tag_id == any_(wanted),
    )
    return held.correlate(Candidate).scalar_subquery() == func.cardinality(wanted)


def _has_values(wanted: Any) -> ColumnElement[bool]:
    held = select(func.count(CustomFieldValue.value_hash.distinct())).where(
        CustomFieldValue.organization_id == bindparam("organization_id"),
        CustomFieldValue.candidate_id == Candidate.id,
        CustomFieldValue.value_hash == any_(wanted),
    )
    return held.correlate(Candidate).scalar_subquery() == func.cardinality(wanted)


def _applications(visibility: Visibility) -> Select[Any]:
    """The candidate's applications that the actor sees and that fit."""
    found = mine(Application, visibility, Application.id).join(Stage, _its_stage())
    return found.where(
        Application.candidate_id == Candidate.id,
        _wanted("job_id", Uuid(), lambda wanted: Application.job_id == wanted),
        _wanted("stage_id", Uuid(), lambda wanted: Application.stage_id == wanted),
        _wanted("stage_kinds", ARRAY(Text), lambda wanted: cast(Stage.kind, Text) == any_(wanted)),
        _wanted("application_statuses", ARRAY(Text), lambda wanted: cast(Application.status, Text) == any_(wanted)),
    ).correlate(Candidate)


def _its_stage() -> ColumnElement[bool]:
    return and_(Stage.organization_id == Application.organization_id, Stage.id == Application.stage_id)


def _page(visibility: Visibility, matched: CTE) -> FromClause:
    """The candidates of the page, best first."""
    rank = func.ts_rank_cd(Candidate.words, _QUERY).cast(REAL).label("rank")
    ranked = (
        mine(Candidate, visibility, Candidate.id, rank).join(matched, matched.c.id == Candidate.id).subquery("ranked")
    )
    after_rank: Any = bindparam("after_rank", type_=REAL())
    after_id: Any = bindparam("after_id", type_=Uuid())
    here = tuple_(ranked.c.rank, ranked.c.id)
    page = (
        select(ranked.c.id, ranked.c.rank)
        .where(or_(after_rank.is_(None), here < tuple_(after_rank, after_id)))
        .order_by(ranked.c.rank.desc(), ranked.c.id.desc())
        .limit(bindparam("limit"))
        .subquery("page")
    )
    return mine(Candidate, visibility, *COLUMNS, page.c.rank).join(page, page.c.id == Candidate.id).subquery("shown")


def _facet(facet: SearchFacet, values: Select[Any]) -> ColumnElement[Any]:
    """The most frequent values with their counts, as JSON; nothing when that was not asked for."""
    counted = values.subquery(f"of_{facet.value}")
    top = (
        select(cast(counted.c.value, Text).label("value"), func.count(counted.c.id.distinct()).label("count"))
        .where(counted.c.value.is_not(None))
        .group_by(counted.c.value)
        .order_by(func.count(counted.c.id.distinct()).desc(), counted.c.value)
        .limit(VALUES_MAX)
        .subquery(f"top_{facet.value}")
    )
    listed = select(func.json_agg(func.json_build_array(top.c.value, top.c.count), type_=JSON)).scalar_subquery()
    is_wanted = literal(facet.value) == any_(bindparam("facets", type_=ARRAY(Text)))
    return cast(case((is_wanted, listed)), Text).label(facet.value)


def _facets(visibility: Visibility, matched: CTE) -> list[ColumnElement[Any]]:
    def applied(value: Any) -> Select[Any]:
        found = mine(Application, visibility, matched.c.id, value.label("value"))
        return found.join(matched, matched.c.id == Application.candidate_id).join(Stage, _its_stage())

    tags = mine(CandidateTag, visibility, matched.c.id, CandidateTag.tag_id.label("value"))
    values = {
        SearchFacet.SOURCE: select(matched.c.id, matched.c.source_id.label("value")),
        SearchFacet.JOB: applied(Application.job_id),
        SearchFacet.STAGE_KIND: applied(Stage.kind),
        SearchFacet.APPLICATION_STATUS: applied(Application.status),
        SearchFacet.TAG: tags.join(matched, matched.c.id == CandidateTag.candidate_id),
    }
    return [_facet(facet, found) for facet, found in values.items()]


def _search(visibility: Visibility) -> Select[Any]:
    """One row for each candidate of the page, or a single one when there is none; the counts stand in each."""
    matched = _matched(visibility)
    number = select(func.count()).select_from(matched).scalar_subquery().label("matches_count")
    counts = select(number, *_facets(visibility, matched)).subquery("counts")
    shown = _page(visibility, matched)
    found = select(*counts.c, *shown.c).select_from(counts.outerjoin(shown, true()))
    return found.order_by(shown.c.rank.desc(), shown.c.id.desc())


SEARCH = ScopedQuery(_search)
