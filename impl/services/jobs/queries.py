"""What the reads of jobs select."""

from typing import Any

from sqlalchemy import ARRAY, Select, Text, any_, bindparam, func, select

from generated.enums import OpeningStatus
from impl.core.access import mine
from impl.core.actor import Visibility
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Job, Opening

COLUMNS = [
    getattr(Job, name)
    for name in (
        "id title status is_archived department_id office_id employment_type workplace description salary external_id "
        "auto_close requires_opening opened_at closed_at close_reason created_at updated_at version"
    ).split()
]


def _count_of(status: OpeningStatus) -> Any:
    return (
        select(func.count())
        .select_from(Opening)
        .where(Opening.organization_id == Job.organization_id, Opening.job_id == Job.id, Opening.status == status.value)
        .scalar_subquery()
    )


def _select(visibility: Visibility) -> Select[Any]:
    return mine(
        Job,
        visibility,
        *COLUMNS,
        _count_of(OpeningStatus.OPEN).label("open_openings_count"),
        _count_of(OpeningStatus.FILLED).label("filled_openings_count"),
    )


ONE_JOB = ScopedQuery(lambda visibility: _select(visibility).where(Job.id == bindparam("id")))

JOBS = Listing(
    select=_select,
    filters={
        "status": lambda: Job.status == any_(bindparam("status", type_=ARRAY(Text))),
        "department_id": lambda: Job.department_id == bindparam("department_id"),
        "office_id": lambda: Job.office_id == bindparam("office_id"),
        "external_id": lambda: Job.external_id == bindparam("external_id"),
        "is_archived": lambda: Job.is_archived == bindparam("is_archived"),
        "created_after": lambda: Job.created_at > bindparam("created_after"),
        "updated_after": lambda: Job.updated_at > bindparam("updated_after"),
    },
    sorts={
        "-created_at": Sort((Job.id,), is_descending=True),
        "created_at": Sort((Job.id,)),
        "title": Sort((Job.title, Job.id)),
        "-title": Sort((Job.title, Job.id), is_descending=True),
    },
)

OPENINGS = Listing(
    select=lambda visibility: mine(
        Opening,
        visibility,
        *(
            getattr(Opening, name)
            for name in (
                "id job_id status external_id target_start_on application_id filled_at cancelled_at created_at updated_at version"
            ).split()
        ),
    ),
    filters={
        "job_id": lambda: Opening.job_id == bindparam("job_id"),
        "status": lambda: Opening.status == any_(bindparam("status", type_=ARRAY(Text))),
    },
    sorts={"created_at": Sort((Opening.id,))},
)
