"""What similar wording reads and removes."""

from typing import Any

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, delete, exists, literal_column, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from generated.enums import ResumeParseStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.db.query import Query
from impl.models import ResumeParse, RubricWording, ScreeningRubric

_PARSED: Any = literal_column(f"'{ResumeParseStatus.PARSED}'")


def _among(column: Any) -> Any:
    return column == any_(bindparam("ids", type_=ARRAY(Uuid)))


def _missing_rubrics(visibility: Visibility) -> Select[Any]:
    """The newest rubric of each job, where its vectors are not of this model."""
    newest = (
        mine(ScreeningRubric, visibility, ScreeningRubric.organization_id, ScreeningRubric.id)
        .ext(distinct_on(ScreeningRubric.job_id))
        .order_by(ScreeningRubric.job_id, ScreeningRubric.revision.desc())
        .subquery("newest")
    )
    made = exists(literal_column("1")).where(
        RubricWording.organization_id == newest.c.organization_id,
        RubricWording.rubric_id == newest.c.id,
        RubricWording.wordings_model == bindparam("model"),
    )
    return select(newest.c.id).where(~made, newest.c.id > bindparam("after")).order_by(newest.c.id)


def _missing_parses(visibility: Visibility) -> Select[Any]:
    return (
        mine(ResumeParse, visibility, ResumeParse.id)
        .where(
            ResumeParse.status == _PARSED,
            ResumeParse.wordings_model.is_distinct_from(bindparam("model")),
            ResumeParse.id > bindparam("after"),
        )
        .order_by(ResumeParse.id)
    )


#: Of what vectors are missing, some, by their ids.
MISSING = {
    "rubric": ScopedQuery(lambda visibility: _missing_rubrics(visibility).limit(bindparam("batch"))),
    "resume": ScopedQuery(lambda visibility: _missing_parses(visibility).limit(bindparam("batch"))),
}
OF_RUBRICS = ScopedQuery(
    lambda visibility: mine(
        RubricWording, visibility, RubricWording.rubric_id, RubricWording.wordings, RubricWording.wordings_length
    ).where(_among(RubricWording.rubric_id), RubricWording.wordings_model == bindparam("model"))
)
OF_RESUMES = ScopedQuery(
    lambda visibility: mine(
        ResumeParse, visibility, ResumeParse.id, ResumeParse.wordings_sealed, ResumeParse.wordings_length
    ).where(_among(ResumeParse.id), ResumeParse.wordings_model == bindparam("model"))
)


#: Removes all of an organization.
REMOVE = (
    Query(
        update(ResumeParse)
        .where(ResumeParse.organization_id == bindparam("organization_id"), ResumeParse.wordings_model.is_not(None))
        .values(wordings_sealed=None, wordings_model=None, wordings_length=None)
    ),
    Query(delete(RubricWording).where(RubricWording.organization_id == bindparam("organization_id"))),
)
