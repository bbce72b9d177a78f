"""What the reads of screening select."""

from typing import Any

from sqlalchemy import Select, bindparam

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import ScreeningRubric

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
