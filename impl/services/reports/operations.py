"""Reports: numbers over the stage history, at any instant."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from generated import requests, responses
from generated.api.reports import ReportsOperations
from generated.enums import FunnelGrouping, HireBasis, HireGrouping, StageKind, StayGrouping
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.lib import clock
from impl.services.reports import queries
from impl.services.reports.stays import FILTERS, GROUPS_MAX

Row = TypeVar("Row")

# What the contract's instants lie between.
FIRST = datetime(1900, 1, 1, tzinfo=UTC)
LAST = datetime(2200, 1, 1, tzinfo=UTC)
BASIS_POINTS = 10_000
TIME_IN_STAGE = {
    StayGrouping.STAGE: queries.TIME_BY_STAGE,
    StayGrouping.STAGE_KIND: queries.TIME_BY_KIND,
    StayGrouping.JOB: queries.TIME_BY_JOB,
}
FUNNEL = {FunnelGrouping.STAGE: queries.FUNNEL_BY_STAGE, FunnelGrouping.STAGE_KIND: queries.FUNNEL_BY_KIND}


class Reports(ReportsOperations[Context]):
    """Each report is one statement over the rows that the actor sees, or two: one that counts, one that lists."""

    async def get_time_in_stage_report(
        self, ctx: Context, query: requests.GetTimeInStageReportQuery
    ) -> responses.TimeInStageReport:
        values = _values(query, "entered")
        rows = await ctx.rows(TIME_IN_STAGE[query.group_by], **values)
        return responses.TimeInStageReport(
            as_of=values["as_of"], is_complete=_is_complete(rows), rows=_shown(rows, _time_in_stage)
        )

    async def get_funnel_report(self, ctx: Context, query: requests.GetFunnelReportQuery) -> responses.FunnelReport:
        values = _values(query, "applied")
        rows = await ctx.rows(FUNNEL[query.group_by], **values)
        return responses.FunnelReport(
            as_of=values["as_of"], is_complete=_is_complete(rows), rows=_shown(rows, _funnel_step)
        )

    async def get_source_yield_report(
        self, ctx: Context, query: requests.GetSourceYieldReportQuery
    ) -> responses.SourceYieldReport:
        values = _values(query, "applied")
        rows = await ctx.rows(queries.SOURCE_YIELD, **values)
        return responses.SourceYieldReport(
            as_of=values["as_of"], is_complete=_is_complete(rows), rows=_shown(rows, _source)
        )

    async def get_time_to_hire_report(
        self, ctx: Context, query: requests.GetTimeToHireReportQuery
    ) -> responses.TimeToHireReport:
        values = _values(query, "hired")
        basis = HireBasis(query.basis)
        rows = await ctx.rows(queries.TIME_TO_HIRE[basis, HireGrouping(query.group_by)], **values)
        return responses.TimeToHireReport(
            as_of=values["as_of"],
            basis=basis,
            is_complete=_is_complete(rows),
            rows=_shown(rows, lambda row: responses.TimeToHireRow(**row)),
        )

    async def get_overdue_replies_report(
        self, ctx: Context, query: requests.GetOverdueRepliesReportQuery
    ) -> responses.OverdueRepliesReport:
        values = _values(query)
        organization = await ctx.load(models.Organization, ctx.organization_id)
        days = patch.given(query).get("days", organization.reply_days)
        values["quiet_before"] = values["as_of"] - timedelta(days=days)
        jobs = await ctx.rows(queries.OVERDUE_BY_JOB, **values)
        rows = await ctx.rows(queries.OVERDUE_REPLIES, **values)
        return responses.OverdueRepliesReport(
            as_of=values["as_of"],
            days=days,
            is_complete=_is_complete(jobs) and _is_complete(rows),
            jobs=_shown(jobs, lambda row: responses.JobCount(**row)),
            rows=_shown(rows, lambda row: responses.OverdueReply(**row)),
        )

    async def get_missing_scorecards_report(
        self, ctx: Context, query: requests.GetMissingScorecardsReportQuery
    ) -> responses.MissingScorecardsReport:
        values = _values(query)
        interviewers = await ctx.rows(queries.MISSING_BY_INTERVIEWER, **values)
        rows = await ctx.rows(queries.MISSING_SCORECARDS, **values)
        return responses.MissingScorecardsReport(
            as_of=values["as_of"],
            is_complete=_is_complete(interviewers) and _is_complete(rows),
            interviewers=_shown(interviewers, lambda row: responses.InterviewerCount(**row)),
            rows=_shown(rows, lambda row: responses.MissingScorecard(**row)),
        )


def _values(query: Any, window: str | None = None) -> dict[str, Any]:
    """What a statement is given of a query: the filters, the instant, and the window (`hired_from` to `hired_before`)."""
    given = patch.given(query)
    values = {"as_of": given.get("as_of", clock.now()), **{name: given.get(name) for name in FILTERS}}
    if window is not None:
        values[f"{window}_from"] = given.get(f"{window}_from", FIRST)
        values[f"{window}_before"] = given.get(f"{window}_before", LAST)
    return values


def _is_complete(rows: list[Any]) -> bool:
    return len(rows) <= GROUPS_MAX


def _shown(rows: list[Any], show: Callable[[Any], Row]) -> list[Row]:
    return [show(row) for row in rows[:GROUPS_MAX]]


def _time_in_stage(row: Any) -> responses.TimeInStageRow:
    return responses.TimeInStageRow(**row, current_count=row["entered_count"] - row["left_count"])


def _funnel_step(row: Any) -> responses.FunnelRow:
    on = row["passed_count"] + row["hired_count"]
    return responses.FunnelRow(**row, conversion_basis_points=on * BASIS_POINTS // row["entered_count"])


def _source(row: Any) -> responses.SourceYieldRow:
    count, hires = row["applications_count"], row["hires_count"]
    return responses.SourceYieldRow(
        source_id=row["source_id"],
        applications_count=count,
        share_basis_points=count * BASIS_POINTS // row["all_count"],
        reached=[
            responses.StageKindCount(stage_kind=kind, applications_count=row[f"{kind.value}_count"])
            for kind in StageKind
        ],
        offers_count=row["offers_count"],
        hires_count=hires,
        hired_basis_points=hires * BASIS_POINTS // count,
    )
