# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `scorecards`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

PUT_JOB_SCORECARD_FORM: TypeAdapter[requests.ScorecardFormPut] = TypeAdapter(requests.ScorecardFormPut)
PUT_SCORECARD: TypeAdapter[requests.ScorecardPut] = TypeAdapter(requests.ScorecardPut)


class ScorecardsOperations(ABC, Generic[C]):
    """One method for each operation of `scorecards`."""

    @abstractmethod
    async def get_job_scorecard_form(self, ctx: C, job_id: UUID) -> responses.ScorecardForm:
        """Get the scorecard form of a job.

        The attributes that interviewers for the job rate, so that candidates can be compared. Without any, interviewers choose their own.
        """

    @abstractmethod
    async def put_job_scorecard_form(
        self, ctx: C, job_id: UUID, body: requests.ScorecardFormPut
    ) -> responses.ScorecardForm:
        """Replace the scorecard form of a job.

        Replaces the whole form. From then on drafts rate its attributes alone, and are submitted once all that `is_required` are rated; what was written
        before stays. A copy of the job starts with the same form.
        """

    @abstractmethod
    async def list_scorecards(self, ctx: C, query: requests.ListScorecardsQuery) -> responses.ScorecardList:
        """List scorecards.

        The scorecards that the actor may see, newest first unless `sort` says otherwise. There is one for each interviewer of an interview from the
        moment that it is scheduled, so that missing ones can be counted. Of a scorecard that you may not read yet you see that it is there, whose it is, and how it stands, and `is_hidden` is true.
        """

    @abstractmethod
    async def get_scorecard(self, ctx: C, scorecard_id: UUID) -> responses.Scorecard:
        """Get a scorecard.

        One scorecard. Drafts are read by their interviewer alone, submitted ones by everybody who may see the interview, with two exceptions while
        the organization's `hide_scorecards_until_submitted` is on: an interviewer of the interview reads those of the others once the own one is
        submitted, and a user of the role `interviewer` who is not on it reads none. The scope `scorecards:admin` reads all. Of a scorecard that you may not read yet you see that it is there, whose it is, and how it stands, and `is_hidden` is true.
        """

    @abstractmethod
    async def put_scorecard(self, ctx: C, scorecard_id: UUID, body: requests.ScorecardPut) -> responses.Scorecard:
        """Write a scorecard.

        Replaces the whole draft. Only its interviewer does that, and only until it is submitted. Where the job has a scorecard form, its attributes alone are rated.
        """

    @abstractmethod
    async def submit_scorecard(
        self, ctx: C, scorecard_id: UUID, query: requests.SubmitScorecardQuery
    ) -> responses.Scorecard:
        """Submit a scorecard.

        Hands the own draft in, for good. It needs a recommendation, and ratings of what the form of the job requires. From then on the others' scorecards of the interview can be read.
        """

    @abstractmethod
    async def get_scorecard_summary(self, ctx: C, application_id: UUID) -> responses.ScorecardSummary:
        """Sum up the scorecards on an application.

        How many scorecards of an application are submitted and missing, and what those that you may read recommend and rate.
        """


def routes(
    implementation: ScorecardsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_JOB_SCORECARD_FORM)
    async def get_job_scorecard_form(
        current: Annotated[Call[C], Security(call, scopes=["scorecards:read"])],
    ) -> Response:
        return await current.answer(implementation.get_job_scorecard_form, current.path("job_id", UUID))

    @route(router, operations.PUT_JOB_SCORECARD_FORM)
    async def put_job_scorecard_form(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.put_job_scorecard_form, current.path("job_id", UUID), current.body(PUT_JOB_SCORECARD_FORM)
        )

    @route(router, operations.LIST_SCORECARDS)
    async def list_scorecards(current: Annotated[Call[C], Security(call, scopes=["scorecards:read"])]) -> Response:
        return await current.answer(implementation.list_scorecards, current.query(requests.ListScorecardsQuery))

    @route(router, operations.GET_SCORECARD)
    async def get_scorecard(current: Annotated[Call[C], Security(call, scopes=["scorecards:read"])]) -> Response:
        return await current.answer(implementation.get_scorecard, current.path("scorecard_id", UUID))

    @route(router, operations.PUT_SCORECARD)
    async def put_scorecard(current: Annotated[Call[C], Security(call, scopes=["scorecards:write"])]) -> Response:
        return await current.answer(
            implementation.put_scorecard, current.path("scorecard_id", UUID), current.body(PUT_SCORECARD)
        )

    @route(router, operations.SUBMIT_SCORECARD)
    async def submit_scorecard(current: Annotated[Call[C], Security(call, scopes=["scorecards:write"])]) -> Response:
        return await current.answer(
            implementation.submit_scorecard,
            current.path("scorecard_id", UUID),
            current.query(requests.SubmitScorecardQuery),
        )

    @route(router, operations.GET_SCORECARD_SUMMARY)
    async def get_scorecard_summary(
        current: Annotated[Call[C], Security(call, scopes=["scorecards:read"])],
    ) -> Response:
        return await current.answer(implementation.get_scorecard_summary, current.path("application_id", UUID))

    return router
