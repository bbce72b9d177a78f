"""Reports: numbers over the stage history, at any instant."""

from datetime import UTC, datetime
from typing import Any

from generated import requests, responses
from generated.api.reports import ReportsOperations
from generated.enums import StayGrouping
from impl.core import patch
from impl.core.context import Context
from impl.lib import clock
from impl.services.reports import queries

FILTERS = ("job_id", "department_id", "office_id", "source_id")
# What the contract's instants lie between.
FIRST = datetime(1900, 1, 1, tzinfo=UTC)
LAST = datetime(2200, 1, 1, tzinfo=UTC)
TIME_IN_STAGE = {
    StayGrouping.STAGE: queries.TIME_BY_STAGE,
    StayGrouping.STAGE_KIND: queries.TIME_BY_KIND,
    StayGrouping.JOB: queries.TIME_BY_JOB,
}


class Reports(ReportsOperations[Context]):
    """Each report is one statement over the rows that the actor sees."""

    async def get_time_in_stage_report(
        self, ctx: Context, query: requests.GetTimeInStageReportQuery
    ) -> responses.TimeInStageReport:
        given = patch.given(query)
        as_of = given.get("as_of", clock.now())
        rows = await ctx.rows(
            TIME_IN_STAGE[query.group_by],
            as_of=as_of,
            entered_from=given.get("entered_from", FIRST),
            entered_before=given.get("entered_before", LAST),
            **{name: given.get(name) for name in FILTERS},
        )
        return responses.TimeInStageReport(
            as_of=as_of,
            is_complete=len(rows) <= queries.GROUPS_MAX,
            rows=[_time_in_stage(row) for row in rows[: queries.GROUPS_MAX]],
        )


def _time_in_stage(row: Any) -> responses.TimeInStageRow:
    return responses.TimeInStageRow(
        job_id=row["job_id"],
        stage_id=row["stage_id"],
        stage_kind=row["stage_kind"],
        entered_count=row["entered_count"],
        applications_count=row["applications_count"],
        left_count=row["left_count"],
        current_count=row["entered_count"] - row["left_count"],
        p50_seconds=row["p50_seconds"],
        p90_seconds=row["p90_seconds"],
    )
