# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `interviews`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_INTERVIEW: TypeAdapter[requests.InterviewCreate] = TypeAdapter(requests.InterviewCreate)
UPDATE_INTERVIEW: TypeAdapter[requests.InterviewUpdate] = TypeAdapter(requests.InterviewUpdate)
RESCHEDULE_INTERVIEW: TypeAdapter[requests.InterviewReschedule] = TypeAdapter(requests.InterviewReschedule)
CANCEL_INTERVIEW: TypeAdapter[requests.InterviewCancel] = TypeAdapter(requests.InterviewCancel)


class InterviewsOperations(ABC, Generic[C]):
    """One method for each operation of `interviews`."""

    @abstractmethod
    async def get_user_busy_times(
        self, ctx: C, user_id: UUID, query: requests.GetUserBusyTimesQuery
    ) -> responses.BusyTimes:
        """Get when a user is busy.

        When the user holds scheduled interviews, so that a new one does not fall on them: times alone, of whichever job and candidate, and as one where
        they overlap. At the most a thousand interviews are looked at, from `ends_after` on.
        """

    @abstractmethod
    async def list_interviews(self, ctx: C, query: requests.ListInterviewsQuery) -> responses.InterviewList:
        """List interviews.

        The interviews that the actor may see, the latest first unless `sort` says otherwise. Who has job grants sees those for granted jobs.
        """

    @abstractmethod
    async def list_interviews_calendar(self, ctx: C, query: requests.ListInterviewsCalendarQuery) -> Response:
        """List interviews as a calendar.

        The interviews that the actor may see, as one iCalendar (RFC 5545) for a calendar client: at the most the first 500 by their start. Times
        stand in the time zone of each interview. Cancelled interviews are in it, as `STATUS:CANCELLED`. Without `starts_after` it begins thirty
        days ago. Names of candidates are in it for actors with the scope `candidates:read`.
        """

    @abstractmethod
    async def create_interview(
        self, ctx: C, application_id: UUID, body: requests.InterviewCreate
    ) -> responses.Interview:
        """Schedule an interview.

        Schedules a conversation with the candidate of an active application. Each interviewer is an active user who may see the job, and gets a
        scorecard to fill in unless `requires_scorecards` is false. The time zone is the organization's when none is given. An interview that has
        taken place already can be entered, too. Nobody is told by this: send a message, or hand out the calendar.
        """

    @abstractmethod
    async def get_interview(self, ctx: C, interview_id: UUID) -> responses.Interview:
        """Get an interview.

        One interview with its interviewers.
        """

    @abstractmethod
    async def update_interview(self, ctx: C, interview_id: UUID, body: requests.InterviewUpdate) -> responses.Interview:
        """Update an interview.

        Changes what an interview is about and who holds it; `interviewer_ids` is the whole new list. Who is new on it gets a scorecard, and the
        draft of somebody who is no longer on it is deleted; a submitted scorecard stays. When it takes place changes by `reschedule_interview`.
        """

    @abstractmethod
    async def reschedule_interview(
        self, ctx: C, interview_id: UUID, query: requests.RescheduleInterviewQuery, body: requests.InterviewReschedule
    ) -> responses.Interview:
        """Reschedule an interview.

        Gives the interview another time. One that was cancelled, or that the candidate did not come to, is scheduled again by this; its
        application must be active.
        """

    @abstractmethod
    async def cancel_interview(
        self, ctx: C, interview_id: UUID, query: requests.CancelInterviewQuery, body: requests.InterviewCancel
    ) -> responses.Interview:
        """Cancel an interview.

        Calls a scheduled interview off. Rejecting or withdrawing its application, or closing the job with a rejection of everybody, does the same to interviews that have not begun.
        """

    @abstractmethod
    async def complete_interview(
        self, ctx: C, interview_id: UUID, query: requests.CompleteInterviewQuery
    ) -> responses.Interview:
        """Complete an interview.

        Says that the interview took place. Scorecards that are still drafts are due from then on, or from its planned end if that came first.
        """

    @abstractmethod
    async def mark_interview_no_show(
        self, ctx: C, interview_id: UUID, query: requests.MarkInterviewNoShowQuery
    ) -> responses.Interview:
        """Mark an interview as not attended.

        Says that the candidate did not come. Its scorecards are not due.
        """

    @abstractmethod
    async def get_interview_calendar(self, ctx: C, interview_id: UUID) -> Response:
        """Get an interview as a calendar.

        One interview as an iCalendar (RFC 5545) file. Its `UID` is the interview's id and never changes, and its `SEQUENCE` grows with every change, so
        that a client which imports it again replaces what it has. A cancelled interview has `METHOD:CANCEL` and `STATUS:CANCELLED`. The name of the
        candidate is in it for actors with the scope `candidates:read`.
        """


def routes(
    implementation: InterviewsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_USER_BUSY_TIMES)
    async def get_user_busy_times(current: Annotated[Call[C], Security(call, scopes=["interviews:read"])]) -> Response:
        return await current.answer(
            implementation.get_user_busy_times,
            current.path("user_id", UUID),
            current.query(requests.GetUserBusyTimesQuery),
        )

    @route(router, operations.LIST_INTERVIEWS)
    async def list_interviews(current: Annotated[Call[C], Security(call, scopes=["interviews:read"])]) -> Response:
        return await current.answer(implementation.list_interviews, current.query(requests.ListInterviewsQuery))

    @route(router, operations.LIST_INTERVIEWS_CALENDAR)
    async def list_interviews_calendar(
        current: Annotated[Call[C], Security(call, scopes=["interviews:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_interviews_calendar, current.query(requests.ListInterviewsCalendarQuery)
        )

    @route(router, operations.CREATE_INTERVIEW)
    async def create_interview(current: Annotated[Call[C], Security(call, scopes=["interviews:write"])]) -> Response:
        return await current.answer(
            implementation.create_interview, current.path("application_id", UUID), current.body(CREATE_INTERVIEW)
        )

    @route(router, operations.GET_INTERVIEW)
    async def get_interview(current: Annotated[Call[C], Security(call, scopes=["interviews:read"])]) -> Response:
        return await current.answer(implementation.get_interview, current.path("interview_id", UUID))

    @route(router, operations.UPDATE_INTERVIEW)
    async def update_interview(current: Annotated[Call[C], Security(call, scopes=["interviews:write"])]) -> Response:
        return await current.answer(
            implementation.update_interview, current.path("interview_id", UUID), current.body(UPDATE_INTERVIEW)
        )

    @route(router, operations.RESCHEDULE_INTERVIEW)
    async def reschedule_interview(
        current: Annotated[Call[C], Security(call, scopes=["interviews:write"])],
    ) -> Response:
        return await current.answer(
            implementation.reschedule_interview,
            current.path("interview_id", UUID),
            current.query(requests.RescheduleInterviewQuery),
            current.body(RESCHEDULE_INTERVIEW),
        )

    @route(router, operations.CANCEL_INTERVIEW)
    async def cancel_interview(current: Annotated[Call[C], Security(call, scopes=["interviews:write"])]) -> Response:
        return await current.answer(
            implementation.cancel_interview,
            current.path("interview_id", UUID),
            current.query(requests.CancelInterviewQuery),
            current.body(CANCEL_INTERVIEW),
        )

    @route(router, operations.COMPLETE_INTERVIEW)
    async def complete_interview(current: Annotated[Call[C], Security(call, scopes=["interviews:write"])]) -> Response:
        return await current.answer(
            implementation.complete_interview,
            current.path("interview_id", UUID),
            current.query(requests.CompleteInterviewQuery),
        )

    @route(router, operations.MARK_INTERVIEW_NO_SHOW)
    async def mark_interview_no_show(
        current: Annotated[Call[C], Security(call, scopes=["interviews:write"])],
    ) -> Response:
        return await current.answer(
            implementation.mark_interview_no_show,
            current.path("interview_id", UUID),
            current.query(requests.MarkInterviewNoShowQuery),
        )

    @route(router, operations.GET_INTERVIEW_CALENDAR)
    async def get_interview_calendar(
        current: Annotated[Call[C], Security(call, scopes=["interviews:read"])],
    ) -> Response:
        return await current.answer(implementation.get_interview_calendar, current.path("interview_id", UUID))

    return router
