"""What the reads of screening select."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on

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
    SelfIdentification,
    Stage,
    StageHistory,
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


def _words_of(model: Any) -> ColumnElement[bool]:
    return and_(ScreeningDocument.organization_id == model.organization_id, ScreeningDocument.id == model.id)


def _is_there() -> ColumnElement[bool]:
    """The words about somebody who was deleted are not shown, also while that can be undone."""
    return exists(literal_column("1")).where(
        Candidate.organization_id == ScreeningDocument.organization_id,
        Candidate.id == ScreeningDocument.candidate_id,
        Candidate.status.in_([literal_column("'active'"), literal_column("'anonymized'")]),
    )


def _results(visibility: Visibility) -> Select[Any]:
    columns = [getattr(ScreeningResult, name) for name in RESULT]
    in_run = and_(
        ScreeningRun.organization_id == ScreeningResult.organization_id, ScreeningRun.id == ScreeningResult.run_id
    )
    words = and_(_words_of(ScreeningResult), _is_there())
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
    words = and_(_words_of(ScreeningReview), _is_there())
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


def _audited(visibility: Visibility) -> Select[Any]:
    """The results of a run with what decided, what was said and what became of the application."""
    application = and_(
        Application.organization_id == ScreeningResult.organization_id,
        Application.id == ScreeningResult.application_id,
    )
    stage = and_(Stage.organization_id == Application.organization_id, Stage.id == Application.stage_id)
    in_run = and_(
        ScreeningRun.organization_id == ScreeningResult.organization_id, ScreeningRun.id == ScreeningResult.run_id
    )
    of_result = and_(
        ScreeningReview.organization_id == ScreeningResult.organization_id,
        ScreeningReview.result_id == ScreeningResult.id,
    )
    reviews = select(func.count()).where(of_result).scalar_subquery()
    last = select(ScreeningReview.decision).where(of_result).order_by(ScreeningReview.id.desc())
    columns = [
        getattr(ScreeningResult, name) for name in RESULT if name not in ("rank_points", "updated_at", "version")
    ]
    run = [ScreeningRun.as_of, ScreeningRun.started_by_type, ScreeningRun.started_by_id]
    became = [Application.status.label("application_status"), Stage.kind.label("stage_kind")]
    return (
        mine(ScreeningResult, visibility, *columns, *run, *OF_RUBRIC, *became)
        .add_columns(
            _stays(ScreeningResult).label("stages_count"),
            reviews.label("reviews_count"),
            last.limit(literal_column("1")).scalar_subquery().label("last_decision"),
        )
        .join(ScreeningRun, in_run)
        .join(ScreeningRubric, OF_RUN)
        .join(Application, application)
        .join(Stage, stage)
        .where(ScreeningResult.run_id == bindparam("run_id"))
        .order_by(ScreeningResult.id)
    )


def _stays(result: Any) -> Any:
    """How many stages the application of a result has entered."""
    return (
        select(func.count())
        .where(
            StageHistory.organization_id == result.organization_id,
            StageHistory.application_id == result.application_id,
        )
        .scalar_subquery()
    )


AUDITED = ScopedQuery(_audited)


def _scored(visibility: Visibility) -> Select[Any]:
    """The last score of each application in a quarter, with what its candidate says, and whether it has moved on since."""
    said = and_(
        SelfIdentification.organization_id == ScreeningResult.organization_id,
        SelfIdentification.application_id == ScreeningResult.application_id,
    )
    application = and_(
        Application.organization_id == ScreeningResult.organization_id,
        Application.id == ScreeningResult.application_id,
    )
    is_hired = Application.status == literal_column("'hired'")
    moved_on = or_(is_hired, _stays(ScreeningResult) > literal_column("1")).label("has_moved_on")
    columns = [ScreeningResult.job_id, ScreeningResult.score_hundredths, moved_on]
    return (
        mine(ScreeningResult, visibility, *columns, SelfIdentification.id, SelfIdentification.content_sealed)
        .join(Application, application)
        .outerjoin(SelfIdentification, said)
        .where(
            ScreeningResult.score_hundredths.is_not(None),
            ScreeningResult.created_at >= bindparam("starts_at"),
            ScreeningResult.created_at < bindparam("ends_at"),
        )
        .order_by(ScreeningResult.application_id, ScreeningResult.id.desc())
        .ext(distinct_on(ScreeningResult.application_id))
        .limit(bindparam("most"))
    )


SCORED = ScopedQuery(_scored)
