"""What is counted of demographic answers. Nothing else reads their table."""

from typing import Any

from sqlalchemy import Date, Select, bindparam, func

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.models import DemographicAnswer


def _counts(visibility: Visibility) -> Select[Any]:
    keys = [DemographicAnswer.question, DemographicAnswer.department_id, DemographicAnswer.answer]
    counted = mine(DemographicAnswer, visibility, *keys, func.count().label("people_count"))
    in_quarter = DemographicAnswer.quarter_starts_on == bindparam("quarter_starts_on", type_=Date())
    return counted.where(in_quarter).group_by(*keys).order_by(*keys)


COUNTS = ScopedQuery(_counts)
