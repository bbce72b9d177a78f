"""Recall: whose words are those that jobs want, by the keyed full text alone.

What is wanted comes in arrays, one item each: a `tsquery` for what somebody does, one for that and all else in the resume, and a
weight. A want that stands in titles, skills or the headline counts two points a weight, one elsewhere one point. Weights A and C of the
index, which say who and where somebody is, are taken out first: they add nothing, whatever stands there.
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    REAL,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY, aggregate_order_by, distinct_on

from generated.enums import CandidateStatus, JobStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.models import Application, Candidate, CandidateTag, Job, ScreeningRubric

#: So many are scored at the most, those with the most points.
RECALLED_MAX = 200
#: So many of those who have any of the words are given points: the newest.
FOUND_MAX = 20_000
#: Among so many, the newest, it is counted how rare a word is.
SAMPLED_MAX = 1000
IN_FRONT, BEHIND = 2, 1

_WHAT_THEY_DO: Any = literal_column("ARRAY['b','d']::\"char\"[]")
# By weight, from D to A.
_RANKED_BY: Any = literal_column("ARRAY[0.5, 0, 1, 0]::real[]")
#: So many open jobs are held against a candidate: the newest.
JOBS_MAX = 200
#: So much of a job's description is read.
DESCRIPTION_MAX = 4000
_EACH = {"doing": Text, "anywhere": Text, "weights": Integer, "jobs": Integer}

ARRAYS = tuple(_EACH)


def _wants() -> CTE:
    """What is wanted, one numbered row each, with the number of the job that wants it."""
    columns = [column(name, kind()) for name, kind in _EACH.items()]
    given = func.unnest(*(bindparam(name, type_=ARRAY(kind)) for name, kind in _EACH.items()))
    each = given.table_valued(*columns, with_ordinality="number", name="given").render_derived()
    asked = [cast(each.c[name], TSQUERY).label(name) for name in ("doing", "anywhere")]
    return select(*asked, each.c.weights, each.c.jobs, each.c.number).cte("wants").prefix_with("MATERIALIZED")


def _hit(words: Any, wants: CTE) -> ColumnElement[int]:
    return case(
        (words.op("@@")(wants.c.doing), IN_FRONT), (words.op("@@")(wants.c.anywhere), BEHIND), else_=literal_column("0")
    )


def _apart(rows: FromClause) -> FromClause:
    """The rows with the words of what they do, read once for however many wants."""
    others = [each for each in rows.c if each.key != "words"]
    words = func.ts_filter(rows.c.words, _WHAT_THEY_DO).label("words")
    return select(*others, words).offset(literal_column("0")).subquery("apart")


def _fits_applied(candidate_id: Any, job_id: Any) -> ColumnElement[bool]:
    """Whether the candidate has applied to the job, however that ended, as was asked for."""
    wanted: Any = bindparam("applied", type_=Text())
    applied = exists(literal_column("1")).where(
        Application.organization_id == bindparam("organization_id"),
        Application.candidate_id == candidate_id,
        Application.job_id == job_id,
    )
    return or_(wanted == "include", and_(wanted == "only", applied), and_(wanted == "exclude", ~applied))


def _tagged() -> ColumnElement[bool]:
    wanted: Any = bindparam("tag_ids", type_=ARRAY(Uuid))
    held = select(func.count()).where(
        CandidateTag.organization_id == bindparam("organization_id"),
        CandidateTag.candidate_id == Candidate.id,
        CandidateTag.tag_id == any_(wanted),
    )
    return or_(wanted.is_(None), held.correlate(Candidate).scalar_subquery() == func.cardinality(wanted))


def _found(visibility: Visibility) -> Select[Any]:
    """The newest active candidates with any of the words who fit the filters."""
    place: Any = cast(bindparam("location", type_=Text()), TSQUERY)
    fits = mine(Candidate, visibility, Candidate.id, Candidate.words).where(
        # A function of the owner: under row-level security the server would not use the index of the words.
        Candidate.id.in_(select(func.candidates_by_words(bindparam("found_by", type_=TSQUERY)))),
        Candidate.status == CandidateStatus.ACTIVE,
        _tagged(),
        or_(place.is_(None), Candidate.words.op("@@")(place)),
        _fits_applied(Candidate.id, bindparam("job_id", type_=Uuid())),
    )
    return fits.order_by(Candidate.id.desc()).limit(FOUND_MAX + 1)


def _candidates(visibility: Visibility) -> Select[Any]:
    """Those with the most points, what they have, and how many were found. Whoever is equal in all of that is drawn by lot, the same
    for the same two ids each time: nobody comes first for having been entered first or last."""
    wants, found = _wants(), _found(visibility).cte("found").prefix_with("MATERIALIZED")
    apart = _apart(found)
    points = select(func.coalesce(func.sum(_hit(apart.c.words, wants) * wants.c.weights), literal_column("0")))
    rank = func.ts_rank(_RANKED_BY, apart.c.words, bindparam("ranked_by", type_=TSQUERY)).cast(REAL)
    lot = func.sha256(func.uuid_send(apart.c.id).op("||")(func.uuid_send(bindparam("job_id", type_=Uuid()))))
    valued = select(
        apart.c.id,
        points.select_from(wants).correlate(apart).scalar_subquery().label("points"),
        rank.label("rank"),
        lot.label("lot"),
        select(func.count()).select_from(found).scalar_subquery().label("found_count"),
    ).subquery("valued")
    in_order = (valued.c.points.desc(), valued.c.rank.desc(), valued.c.lot)
    best = select(valued).order_by(*in_order).limit(RECALLED_MAX).subquery("best")
    shown = (Candidate.id, Candidate.status, Candidate.profile_sealed, Candidate.words)
    rows = mine(Candidate, visibility, *shown, *(each for each in best.c if each.key != "id"))
    kept = _apart(rows.join(best, best.c.id == Candidate.id).subquery("recalled"))
    hits = select(func.array_agg(aggregate_order_by(_hit(kept.c.words, wants), wants.c.number))).select_from(wants)
    others = [each for each in kept.c if each.key != "words"]
    return select(*others, hits.correlate(kept).scalar_subquery().label("hits"))


def _rarity(visibility: Visibility) -> Select[Any]:
    """How many of the newest candidates have each of the wants, in their order, and how many those are."""
    wants = _wants()
    newest = (
        mine(Candidate, visibility, Candidate.id, Candidate.words)
        .where(Candidate.status == CandidateStatus.ACTIVE)
        .order_by(Candidate.id.desc())
        .limit(SAMPLED_MAX)
    )
    apart = _apart(newest.subquery("newest"))
    count = func.count().filter(apart.c.words.op("@@")(wants.c.anywhere)).label("having")
    shown: list[Any] = [count, func.count(apart.c.id).label("among")]
    return (
        select(*shown)
        .select_from(wants.outerjoin(apart, literal_column("true")))
        .group_by(wants.c.number)
        .order_by(wants.c.number)
    )


def _jobs(visibility: Visibility) -> Select[Any]:
    """What one candidate has of the wants of each job, in their order; only of jobs of whose wants there is something."""
    own = mine(Candidate, visibility, Candidate.id, Candidate.words).where(Candidate.id == bindparam("candidate_id"))
    wants, apart = _wants(), _apart(own.subquery("own"))
    hit = _hit(apart.c.words, wants)
    hits = func.array_agg(aggregate_order_by(hit, wants.c.number)).label("hits")
    points = func.sum(hit * wants.c.weights)
    rows = select(wants.c.jobs.label("job"), points.label("points"), hits)
    joined = rows.select_from(wants.join(apart, literal_column("true")))
    return joined.group_by(wants.c.jobs).having(points > literal_column("0"))


def _open_jobs(visibility: Visibility) -> Select[Any]:
    description = func.left(Job.description, DESCRIPTION_MAX).label("description")
    open_jobs = mine(Job, visibility, Job.id, Job.title, description).where(
        Job.status == JobStatus.OPEN,
        Job.is_archived.is_(False),
        _fits_applied(bindparam("candidate_id", type_=Uuid()), Job.id),
    )
    return open_jobs.order_by(Job.id.desc()).limit(JOBS_MAX)


def _rubrics(visibility: Visibility) -> Select[Any]:
    """The newest rubric of each of the jobs."""
    shown = (ScreeningRubric.id, ScreeningRubric.job_id, ScreeningRubric.revision, ScreeningRubric.is_enabled)
    newest = mine(ScreeningRubric, visibility, *shown, ScreeningRubric.is_blind, ScreeningRubric.criteria)
    return (
        newest.where(ScreeningRubric.job_id == any_(bindparam("job_ids", type_=ARRAY(Uuid))))
        .ext(distinct_on(ScreeningRubric.job_id))
        .order_by(ScreeningRubric.job_id, ScreeningRubric.revision.desc())
    )


OPEN_JOBS = ScopedQuery(_open_jobs)
RUBRICS = ScopedQuery(_rubrics)
CANDIDATES = ScopedQuery(_candidates)
RARITY = ScopedQuery(_rarity)
JOBS = ScopedQuery(_jobs)
