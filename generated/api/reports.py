# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `reports`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route


class ReportsOperations(ABC, Generic[C]):
    """One method for each operation of `reports`."""

    @abstractmethod
    async def get_time_in_stage_report(
        self, ctx: C, query: requests.GetTimeInStageReportQuery
    ) -> responses.TimeInStageReport:
        """Report the time in each stage.

        How many stays in stages there were and how long they lasted, computed from the stage history alone. A stay counts when
        the actor sees its job, the filters fit, `entered_at <= as_of`, and `entered_from <= entered_at < entered_before`. Of each
        group:

        - `entered_count` is the number of stays, `applications_count` that of different applications among them;
        - `left_count` counts the stays with `left_at <= as_of`, `current_count` all others, which went on at `as_of`;
        - the seconds of a stay that was left are `left_at - entered_at`, cut to whole ones; `p50_seconds` and `p90_seconds` are
          their nearest-rank percentiles: of n values in ascending order the one at place ceil(n * 50 / 100) or ceil(n * 90 / 100),
          counted from 1; null when none was left.

        A move that is reported later with `occurred_at` counts from when it happened. A reopened application begins another
        stay, and an application that moved to another job has stays on both. Stays in retired stages count.
        """

    @abstractmethod
    async def get_funnel_report(self, ctx: C, query: requests.GetFunnelReportQuery) -> responses.FunnelReport:
        """Report the funnel.

        How far the applications of a time came: those with `applied_from <= applied_at < applied_before` and `applied_at <= as_of`,
        counted at each stage, or kind of stage, that they entered up to `as_of`. An application counts once in each group, by its
        last stay there (the one with the latest `entered_at`); a stay counts when the actor sees its job and the filters fit.

        - `entered_count` is the number of applications that entered;
        - it is the sum of `current_count` (the stay went on at `as_of`), `passed_count` (it had left by then into another stage or
          job, back or forth), `rejected_count`, `withdrawn_count` and `hired_count` (its application had ended from there);
        - `conversion_basis_points` is `(passed_count + hired_count) * 10000 / entered_count`, cut to a whole number.

        An application that was reopened begins another stay, and counts by that one. Stages stand in the order of their pipeline, kinds
        in the order of the enum.
        """

    @abstractmethod
    async def get_source_yield_report(
        self, ctx: C, query: requests.GetSourceYieldReportQuery
    ) -> responses.SourceYieldReport:
        """Report what each source yields.

        What became of the applications of a time, by the source that they have now: those with
        `applied_from <= applied_at < applied_before` and `applied_at <= as_of` that have a stay which the actor sees, which fits the filters,
        and which began by `as_of`.

        - `applications_count` is their number, `share_basis_points` that number times 10000 divided by the number of all of them in
          the report;
        - `reached` has, for each kind of stage, the number of them with such a stay in a stage of this kind;
        - `offers_count` is the number of those that an offer was sent for by `as_of`, on a job of such a stay;
        - `hires_count` is the number of those that were hired at `as_of`: their last stay had ended in the hire by then;
        - `hired_basis_points` is `hires_count * 10000 / applications_count`.

        Basis points are cut to whole numbers. `source_id` is null for applications without a source.
        """

    @abstractmethod
    async def get_time_to_hire_report(
        self, ctx: C, query: requests.GetTimeToHireReportQuery
    ) -> responses.TimeToHireReport:
        """Report the time to hire.

        How long it took to hire, of the applications that were hired at `as_of`: those whose last stay had ended in the hire by then, with
        `hired_from <= hired_at < hired_before`, where `hired_at` is the `left_at` of that stay. It counts when the actor sees its job
        and the filters fit; a hire that was undone by reopening does not count.

        - The time of a hire ends at `hired_at`. With `basis=applied` it begins at the application's `applied_at`; with `basis=opened` when
          the job was opened for the last time before the hire. It is cut to whole seconds.
        - `hires_count` is the number of hires, `measured_count` that of the hires whose time has a beginning: with `basis=opened` a job
          that had never been opened gives none.
        - `p50_seconds` and `p90_seconds` are nearest-rank percentiles of the measured times: of n values in ascending order the one at place
          ceil(n * 50 / 100) or ceil(n * 90 / 100), counted from 1; `mean_seconds` is their sum divided by n, cut to whole seconds. All
          are null when none was measured.

        `month` is that of `hired_at` in UTC.
        """

    @abstractmethod
    async def get_overdue_replies_report(
        self, ctx: C, query: requests.GetOverdueRepliesReportQuery
    ) -> responses.OverdueRepliesReport:
        """Report overdue replies.

        The active applications that nobody has done anything about for too long: at `as_of` they stood in a stage, their candidate is not
        deleted, and `quiet_since` lies at least `days` times 24 hours before `as_of`. An application counts when the actor sees its job and
        the filters fit.

        `quiet_since` is the latest of these instants up to `as_of`:

        - the `entered_at` of the stay;
        - the `sent_at` of each message to the candidate about this application or about none;
        - the `occurred_at` of each event with this `application_id`, but for those about messages, which count when they are sent.

        `jobs` counts all of them by job, most first; `rows` lists them, the longest quiet first.
        """

    @abstractmethod
    async def get_missing_scorecards_report(
        self, ctx: C, query: requests.GetMissingScorecardsReportQuery
    ) -> responses.MissingScorecardsReport:
        """Report missing scorecards.

        The scorecards that somebody still owes: at `as_of` the interview's `ends_at`, as it is planned now, had passed, the interview was
        neither cancelled nor marked as missed (or that happened later, by its `concluded_at`), it requires scorecards, and the scorecard
        was there (`created_at <= as_of`) but not submitted (`submitted_at` is null or lies after `as_of`). A scorecard counts when the
        actor sees its job and the filters fit. Nothing that is written in one shows.

        `interviewers` counts all of them by interviewer, most first; `rows` lists them, the longest overdue first.
        """


def routes(
    implementation: ReportsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_TIME_IN_STAGE_REPORT)
    async def get_time_in_stage_report(
        current: Annotated[Call[C], Security(call, scopes=["reports:read"])],
    ) -> Response:
        return await current.answer(
            implementation.get_time_in_stage_report, current.query(requests.GetTimeInStageReportQuery)
        )

    @route(router, operations.GET_FUNNEL_REPORT)
    async def get_funnel_report(current: Annotated[Call[C], Security(call, scopes=["reports:read"])]) -> Response:
        return await current.answer(implementation.get_funnel_report, current.query(requests.GetFunnelReportQuery))

    @route(router, operations.GET_SOURCE_YIELD_REPORT)
    async def get_source_yield_report(current: Annotated[Call[C], Security(call, scopes=["reports:read"])]) -> Response:
        return await current.answer(
            implementation.get_source_yield_report, current.query(requests.GetSourceYieldReportQuery)
        )

    @route(router, operations.GET_TIME_TO_HIRE_REPORT)
    async def get_time_to_hire_report(current: Annotated[Call[C], Security(call, scopes=["reports:read"])]) -> Response:
        return await current.answer(
            implementation.get_time_to_hire_report, current.query(requests.GetTimeToHireReportQuery)
        )

    @route(router, operations.GET_OVERDUE_REPLIES_REPORT)
    async def get_overdue_replies_report(
        current: Annotated[Call[C], Security(call, scopes=["reports:read"])],
    ) -> Response:
        return await current.answer(
            implementation.get_overdue_replies_report, current.query(requests.GetOverdueRepliesReportQuery)
        )

    @route(router, operations.GET_MISSING_SCORECARDS_REPORT)
    async def get_missing_scorecards_report(
        current: Annotated[Call[C], Security(call, scopes=["reports:read"])],
    ) -> Response:
        return await current.answer(
            implementation.get_missing_scorecards_report, current.query(requests.GetMissingScorecardsReportQuery)
        )

    return router
