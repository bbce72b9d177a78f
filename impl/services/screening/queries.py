"""What the reads of screening select."""

from typing import Any

from sqlalchemy import ARRAY, Select, Uuid, and_, any_, bindparam, exists, func, literal_column, select

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import (
    Application,
    Candidate,
    ScreeningDocument,
    ScreeningResult,
    ScreeningReview,
    ScreeningRubric,
    ScreeningRun,
)

RUBRIC = [
    getattr(ScreeningRubric, name)
    for name in [
        "id",
        "job_id",
        "revision",
        "is_enabled",
        "is_blind",
        "criteria",
        "sha256",
        "made_by_type",
        "made_by_id",
        "created_at",
    ]
]


def _rubrics(visibility: Visibility) -> Select[Any]:
    return mine(ScreeningRubric, visibility, *RUBRIC)


def _newest(visibility: Visibility) -> Select[Any]:
    of_job = _rubrics(visibility).where(ScreeningRubric.job_id == bindparam("job_id"))
    return of_job.order_by(ScreeningRubric.revision.desc()).limit(1)


NEWEST_RUBRIC = ScopedQuery(_newest)

# Of one job, whose versions are counted up.
RUBRICS = Listing(
    select=_rubrics,
    filters={"job_id": lambda: ScreeningRubric.job_id == bindparam("job_id")},
    sorts={"-created_at": Sort((ScreeningRubric.id,), is_descending=True)},
)


RUN = (
    "id",
    "job_id",
    "scorer_version",
    "as_of",
    "started_by_type",
    "started_by_id",
    "created_at",
    "updated_at",
    "version",
)
OF_RUBRIC = [
    ScreeningRubric.revision.label("rubric_revision"),
    ScreeningRubric.sha256.label("rubric_sha256"),
    ScreeningRubric.is_blind,
]
OF_RUN = and_(
    ScreeningRubric.organization_id == ScreeningRun.organization_id, ScreeningRubric.id == ScreeningRun.rubric_id
)


def _runs(visibility: Visibility) -> Select[Any]:
    done = (
        select(func.count())
        .where(
            ScreeningResult.organization_id == ScreeningRun.organization_id, ScreeningResult.run_id == ScreeningRun.id
        )
        .scalar_subquery()
    )
    columns = [getattr(ScreeningRun, name) for name in RUN]
    wanted = func.cardinality(ScreeningRun.application_ids).label("applications_count")
    run = mine(ScreeningRun, visibility, *columns, *OF_RUBRIC, wanted, done.label("results_count"))
    return run.join(ScreeningRubric, OF_RUN)


ONE_RUN = ScopedQuery(lambda visibility: _runs(visibility).where(ScreeningRun.id == bindparam("id")))

RUNS = Listing(
    select=_runs,
    filters={
        "job_id": lambda: ScreeningRun.job_id == bindparam("job_id"),
        "created_after": lambda: ScreeningRun.created_at > bindparam("created_after"),
    },
    sorts={"-created_at": Sort((ScreeningRun.id,), is_descending=True)},
)

RESULT = (
    "id",
    "run_id",
    "job_id",
    "application_id",
    "scorer_version",
    "score_hundredths",
    "rank_points",
    "band",
    "answers",
    "flags",
    "resume_parse_id",
    "file_sha256",
    "reading_sha256",
    "result_sha256",
    "created_at",
    "updated_at",
    "version",
)


def _results(visibility: Visibility) -> Select[Any]:
    columns = [getattr(ScreeningResult, name) for name in RESULT]
    in_run = and_(
        ScreeningRun.organization_id == ScreeningResult.organization_id, ScreeningRun.id == ScreeningResult.run_id
    )
    words = and_(
        ScreeningDocument.organization_id == ScreeningResult.organization_id,
        ScreeningDocument.id == ScreeningResult.id,
    )
    return (
        mine(ScreeningResult, visibility, *columns, *OF_RUBRIC[:2], ScreeningDocument.content_sealed)
        .join(ScreeningRun, in_run)
        .join(ScreeningRubric, OF_RUN)
        .outerjoin(ScreeningDocument, words)
    )


ONE_RESULT = ScopedQuery(lambda visibility: _results(visibility).where(ScreeningResult.id == bindparam("id")))

RESULTS = Listing(
    select=_results,
    filters={"application_id": lambda: ScreeningResult.application_id == bindparam("application_id")},
    sorts={"-created_at": Sort((ScreeningResult.id,), is_descending=True)},
)
RESULTS_BY_RANK = Listing(
    select=_results,
    filters={"run_id": lambda: ScreeningResult.run_id == bindparam("run_id")},
    sorts={"-rank": Sort((ScreeningResult.rank_points, ScreeningResult.id), is_descending=True)},
)


def _reviews(visibility: Visibility) -> Select[Any]:
    columns = [
        getattr(ScreeningReview, name)
        for name in ("id", "result_id", "decision", "author_type", "author_id", "created_at")
    ]
    words = and_(
        ScreeningDocument.organization_id == ScreeningReview.organization_id,
        ScreeningDocument.id == ScreeningReview.id,
    )
    nth = func.row_number().over(partition_by=ScreeningReview.result_id, order_by=ScreeningReview.id.desc())
    wanted = ScreeningReview.result_id == any_(bindparam("result_ids", type_=ARRAY(Uuid)))
    counted = mine(ScreeningReview, visibility, *columns, ScreeningDocument.content_sealed, nth.label("nth"))
    numbered = counted.outerjoin(ScreeningDocument, words).where(wanted).subquery()
    return select(numbered).where(numbered.c.nth <= literal_column("100")).order_by(numbered.c.id.desc())


# The newest words of people to these results.
REVIEWS = ScopedQuery(_reviews)

APPLICATION = [Application.id, Application.job_id, Application.candidate_id]
ONE_APPLICATION = ScopedQuery(
    lambda visibility: mine(Application, visibility, *APPLICATION).where(Application.id == bindparam("id"))
)
APPLICATIONS = ScopedQuery(
    lambda visibility: (
        mine(Application, visibility, *APPLICATION)
        .where(Application.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
        .order_by(Application.id)
    )
)
ACTIVE_APPLICATIONS = ScopedQuery(
    lambda visibility: (
        mine(Application, visibility, *APPLICATION)
        .where(Application.job_id == bindparam("job_id"), Application.status == literal_column("'active'"))
        .order_by(Application.id)
    )
)


def _waiting(visibility: Visibility) -> Select[Any]:
    """The applications of a run that have no result yet, with what the run pins."""
    done = exists(literal_column("1")).where(
        ScreeningResult.organization_id == ScreeningRun.organization_id,
        ScreeningResult.run_id == ScreeningRun.id,
        ScreeningResult.application_id == Application.id,
    )
    of_run = and_(
        Application.organization_id == ScreeningRun.organization_id,
        Application.id == any_(ScreeningRun.application_ids),
    )
    candidate = and_(Candidate.organization_id == Application.organization_id, Candidate.id == Application.candidate_id)
    return (
        mine(ScreeningRun, visibility, Application.id, Application.candidate_id, Candidate.status)
        .join(Application, of_run)
        .join(Candidate, candidate)
        .where(ScreeningRun.id == bindparam("run_id"), ~done)
        .order_by(Application.id)
        .limit(bindparam("batch"))
    )


WAITING = ScopedQuery(_waiting)
PINNED = ScopedQuery(
    lambda visibility: (
        mine(ScreeningRun, visibility, ScreeningRun.id, ScreeningRun.job_id, ScreeningRun.as_of, *OF_RUBRIC)
        .add_columns(ScreeningRubric.criteria)
        .join(ScreeningRubric, OF_RUN)
        .where(ScreeningRun.id == bindparam("run_id"))
    )
)
