# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `jobs`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_JOB: TypeAdapter[requests.JobCreate] = TypeAdapter(requests.JobCreate)
UPDATE_JOB: TypeAdapter[requests.JobUpdate] = TypeAdapter(requests.JobUpdate)
CLOSE_JOB: TypeAdapter[requests.JobClose] = TypeAdapter(requests.JobClose)
PUT_JOB_PIPELINE: TypeAdapter[requests.PipelinePut] = TypeAdapter(requests.PipelinePut)
PUT_JOB_HIRING_TEAM: TypeAdapter[requests.HiringTeamPut] = TypeAdapter(requests.HiringTeamPut)
CREATE_JOB_OPENING: TypeAdapter[requests.OpeningCreate] = TypeAdapter(requests.OpeningCreate)
UPDATE_OPENING: TypeAdapter[requests.OpeningUpdate] = TypeAdapter(requests.OpeningUpdate)


class JobsOperations(ABC, Generic[C]):
    """One method for each operation of `jobs`."""

    @abstractmethod
    async def list_jobs(self, ctx: C, query: requests.ListJobsQuery) -> responses.JobList:
        """List jobs.

        The jobs that the actor may see, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_job(self, ctx: C, body: requests.JobCreate) -> responses.Job:
        """Create a job.

        Makes a draft job, either blank with the default pipeline or as a copy of another one (`copy_from`, which brings its
        fields, pipeline and hiring team, but no openings and no `external_id`).
        """

    @abstractmethod
    async def get_job(self, ctx: C, job_id: UUID, query: requests.GetJobQuery) -> responses.Job:
        """Get a job.

        One job, with what `include` asks for.
        """

    @abstractmethod
    async def update_job(self, ctx: C, job_id: UUID, body: requests.JobUpdate) -> responses.Job:
        """Update a job.

        Changes the fields of a job, or puts it away (`is_archived`). Its status changes by `open` and `close`.
        """

    @abstractmethod
    async def open_job(self, ctx: C, job_id: UUID, query: requests.OpenJobQuery) -> responses.Job:
        """Open a job.

        Starts or resumes hiring. Where a policy asks for it, a draft must have been approved (`request_job_approval`). Needs at least one open opening; a job that was closed has none until one is created.
        """

    @abstractmethod
    async def close_job(
        self, ctx: C, job_id: UUID, query: requests.CloseJobQuery, body: requests.JobClose
    ) -> responses.Job:
        """Close a job.

        Ends hiring. Its posts are unpublished and its open openings are cancelled; its active applications stay as they are (`keep`) or are rejected for one
        reason (`reject`), which cancels their interviews that have not begun.
        """

    @abstractmethod
    async def get_job_pipeline(self, ctx: C, job_id: UUID) -> responses.Pipeline:
        """Get a job's pipeline.

        The stages of a job as one document, in use and retired.
        """

    @abstractmethod
    async def put_job_pipeline(self, ctx: C, job_id: UUID, body: requests.PipelinePut) -> responses.Pipeline:
        """Replace a job's pipeline.

        The stages of the body become the pipeline, in that order. A stage that is left out is removed if no application was
        ever in it, else retired: it keeps its history and the applications that stand in it, but takes no more. Names are
        unique within the pipeline.
        """

    @abstractmethod
    async def get_job_hiring_team(self, ctx: C, job_id: UUID) -> responses.HiringTeam:
        """Get a job's hiring team.

        Who works on a job, as one document.
        """

    @abstractmethod
    async def put_job_hiring_team(self, ctx: C, job_id: UUID, body: requests.HiringTeamPut) -> responses.HiringTeam:
        """Replace a job's hiring team.

        The members of the body become the team. It grants nothing by itself; see `job_ids` of a user.
        """

    @abstractmethod
    async def list_job_openings(
        self, ctx: C, job_id: UUID, query: requests.ListJobOpeningsQuery
    ) -> responses.OpeningList:
        """List a job's openings.

        The seats of a job, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_job_opening(self, ctx: C, job_id: UUID, body: requests.OpeningCreate) -> responses.Opening:
        """Create an opening.

        Adds one seat to a job, whatever the job's status.
        """

    @abstractmethod
    async def get_opening(self, ctx: C, opening_id: UUID) -> responses.Opening:
        """Get an opening.

        One seat of a job.
        """

    @abstractmethod
    async def update_opening(self, ctx: C, opening_id: UUID, body: requests.OpeningUpdate) -> responses.Opening:
        """Update an opening.

        Changes the planned start or the external id of an opening, in any status.
        """

    @abstractmethod
    async def cancel_opening(self, ctx: C, opening_id: UUID, query: requests.CancelOpeningQuery) -> responses.Opening:
        """Cancel an opening.

        Gives up an open seat. The job stays as it is.
        """


def routes(
    implementation: JobsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_JOBS)
    async def list_jobs(current: Annotated[Call[C], Security(call, scopes=["jobs:read"])]) -> Response:
        return await current.answer(implementation.list_jobs, current.query(requests.ListJobsQuery))

    @route(router, operations.CREATE_JOB)
    async def create_job(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(implementation.create_job, current.body(CREATE_JOB))

    @route(router, operations.GET_JOB)
    async def get_job(current: Annotated[Call[C], Security(call, scopes=["jobs:read"])]) -> Response:
        return await current.answer(
            implementation.get_job, current.path("job_id", UUID), current.query(requests.GetJobQuery)
        )

    @route(router, operations.UPDATE_JOB)
    async def update_job(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(implementation.update_job, current.path("job_id", UUID), current.body(UPDATE_JOB))

    @route(router, operations.OPEN_JOB)
    async def open_job(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.open_job, current.path("job_id", UUID), current.query(requests.OpenJobQuery)
        )

    @route(router, operations.CLOSE_JOB)
    async def close_job(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.close_job,
            current.path("job_id", UUID),
            current.query(requests.CloseJobQuery),
            current.body(CLOSE_JOB),
        )

    @route(router, operations.GET_JOB_PIPELINE)
    async def get_job_pipeline(current: Annotated[Call[C], Security(call, scopes=["jobs:read"])]) -> Response:
        return await current.answer(implementation.get_job_pipeline, current.path("job_id", UUID))

    @route(router, operations.PUT_JOB_PIPELINE)
    async def put_job_pipeline(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.put_job_pipeline, current.path("job_id", UUID), current.body(PUT_JOB_PIPELINE)
        )

    @route(router, operations.GET_JOB_HIRING_TEAM)
    async def get_job_hiring_team(current: Annotated[Call[C], Security(call, scopes=["jobs:read"])]) -> Response:
        return await current.answer(implementation.get_job_hiring_team, current.path("job_id", UUID))

    @route(router, operations.PUT_JOB_HIRING_TEAM)
    async def put_job_hiring_team(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.put_job_hiring_team, current.path("job_id", UUID), current.body(PUT_JOB_HIRING_TEAM)
        )

    @route(router, operations.LIST_JOB_OPENINGS)
    async def list_job_openings(current: Annotated[Call[C], Security(call, scopes=["jobs:read"])]) -> Response:
        return await current.answer(
            implementation.list_job_openings, current.path("job_id", UUID), current.query(requests.ListJobOpeningsQuery)
        )

    @route(router, operations.CREATE_JOB_OPENING)
    async def create_job_opening(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.create_job_opening, current.path("job_id", UUID), current.body(CREATE_JOB_OPENING)
        )

    @route(router, operations.GET_OPENING)
    async def get_opening(current: Annotated[Call[C], Security(call, scopes=["jobs:read"])]) -> Response:
        return await current.answer(implementation.get_opening, current.path("opening_id", UUID))

    @route(router, operations.UPDATE_OPENING)
    async def update_opening(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.update_opening, current.path("opening_id", UUID), current.body(UPDATE_OPENING)
        )

    @route(router, operations.CANCEL_OPENING)
    async def cancel_opening(current: Annotated[Call[C], Security(call, scopes=["jobs:write"])]) -> Response:
        return await current.answer(
            implementation.cancel_opening, current.path("opening_id", UUID), current.query(requests.CancelOpeningQuery)
        )

    return router
