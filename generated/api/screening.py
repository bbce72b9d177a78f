# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `screening`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

PUT_JOB_SCREENING_RUBRIC: TypeAdapter[requests.ScreeningRubricPut] = TypeAdapter(requests.ScreeningRubricPut)


class ScreeningOperations(ABC, Generic[C]):
    """One method for each operation of `screening`."""

    @abstractmethod
    async def get_job_screening_rubric(self, ctx: C, job_id: UUID) -> responses.ScreeningRubric:
        """Get the screening rubric of a job.

        What resumes are held against when applications for the job are screened: the newest version, and its switches. A job without a rubric has
        `revision` 0 and no criteria.
        """

    @abstractmethod
    async def put_job_screening_rubric(
        self, ctx: C, job_id: UUID, query: requests.PutJobScreeningRubricQuery, body: requests.ScreeningRubricPut
    ) -> responses.ScreeningRubric:
        """Replace the screening rubric of a job.

        Makes the next version of the whole document: the criteria, whether the job is screened at all (`is_enabled`) and whether where somebody
        lives is hidden, too (`is_blind`). Every version is kept and every run names its own, so that a result can always be explained. Nothing is made when
        nothing changes. `rubric_invalid` points at keys that stand twice, words that stand twice, and predicates that ask for what is hidden.
        """

    @abstractmethod
    async def list_job_screening_rubrics(
        self, ctx: C, job_id: UUID, query: requests.ListJobScreeningRubricsQuery
    ) -> responses.ScreeningRubricVersionList:
        """List the versions of a job's screening rubric.

        Every version that there ever was, the newest first.
        """


def routes(
    implementation: ScreeningOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_JOB_SCREENING_RUBRIC)
    async def get_job_screening_rubric(
        current: Annotated[Call[C], Security(call, scopes=["screening:read"])],
    ) -> Response:
        return await current.answer(implementation.get_job_screening_rubric, current.path("job_id", UUID))

    @route(router, operations.PUT_JOB_SCREENING_RUBRIC)
    async def put_job_screening_rubric(
        current: Annotated[Call[C], Security(call, scopes=["jobs:write", "screening:write"])],
    ) -> Response:
        return await current.answer(
            implementation.put_job_screening_rubric,
            current.path("job_id", UUID),
            current.query(requests.PutJobScreeningRubricQuery),
            current.body(PUT_JOB_SCREENING_RUBRIC),
        )

    @route(router, operations.LIST_JOB_SCREENING_RUBRICS)
    async def list_job_screening_rubrics(
        current: Annotated[Call[C], Security(call, scopes=["screening:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_job_screening_rubrics,
            current.path("job_id", UUID),
            current.query(requests.ListJobScreeningRubricsQuery),
        )

    return router
