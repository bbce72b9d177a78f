"""Applications and the six commands of their life."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from pydantic import MISSING

from generated import requests, responses
from generated.api.applications import ApplicationsOperations
from generated.enums import CandidateStatus, CustomFieldTarget, JobStatus
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.external_ids import expect_free
from impl.core.problems import NotFound, ReferenceNotFound
from impl.lib import clock
from impl.lib.problems import FieldError
from impl.models.application import DuplicateApplication, StageOfOtherJob
from impl.models.base import InstantOutOfRange
from impl.models.candidate import CandidateNotActive
from impl.models.job import JobNotOpen, StageRetired
from impl.services.applications import actions, bulk, queries
from impl.services.applications.responses import application as shown
from impl.services.applications.responses import of_model
from impl.services.custom_fields import values as custom

APPLICATION = CustomFieldTarget.APPLICATION


class Applications(ApplicationsOperations[Context]):
    """Candidacies: a candidate on a job."""

    async def list_applications(self, ctx: Context, query: requests.ListApplicationsQuery) -> responses.ApplicationList:
        rows, page = await ctx.page(queries.APPLICATIONS, query, **await custom.filters(ctx, APPLICATION, query))
        include = () if query.include is MISSING else query.include
        return responses.ApplicationList(data=[shown(ctx, row, include) for row in rows], page=page)

    async def create_application(self, ctx: Context, body: requests.ApplicationCreate) -> responses.Application:
        values = patch.given(body)
        fields = await custom.checked(ctx, APPLICATION, custom.parts_of({}), custom.taken(body, values))
        found = await ctx.row(
            queries.PREREQUISITES, candidate_id=body.candidate_id, job_id=body.job_id, stage_id=values.get("stage_id")
        )
        values["stage_id"] = _stage_for(body, found, values.get("stage_id"))
        await expect_free(ctx, models.Application, values.get("external_id"))
        now = clock.now()
        applied_at = values.setdefault("applied_at", now)
        if applied_at > now:
            raise InstantOutOfRange(
                errors=[FieldError("/applied_at", "instant_out_of_range", "Must not lie in the future.")]
            )
        values.setdefault("source_id", found["candidate_source_id"])
        return of_model(ctx, await actions.begin(ctx, fields=fields, **values))

    async def get_application(
        self, ctx: Context, application_id: UUID, query: requests.GetApplicationQuery
    ) -> responses.Application:
        row = await ctx.row(queries.ONE_APPLICATION, id=application_id)
        if row is None:
            raise NotFound
        return shown(ctx, row, () if query.include is MISSING else query.include)

    async def update_application(
        self, ctx: Context, application_id: UUID, body: requests.ApplicationUpdate
    ) -> responses.Application:
        application = await ctx.load(models.Application, application_id, lock=True)
        values = patch.given(body)
        given_fields = custom.taken(body, values)
        await expect_free(ctx, models.Application, values.get("external_id"), application.id)
        changes = patch.apply(application, values)
        changes |= await custom.update(ctx, application, APPLICATION, given_fields)
        if changes:
            ctx.record("application.updated", application, **changes)
        return of_model(ctx, application)

    async def move_application(
        self, ctx: Context, application_id: UUID, query: requests.MoveApplicationQuery, body: requests.ApplicationMove
    ) -> responses.Application:
        return await _command(ctx, application_id, actions.move, patch.given(body))

    async def reject_application(
        self,
        ctx: Context,
        application_id: UUID,
        query: requests.RejectApplicationQuery,
        body: requests.ApplicationReject,
    ) -> responses.Application:
        return await _command(ctx, application_id, actions.reject, patch.given(body))

    async def withdraw_application(
        self,
        ctx: Context,
        application_id: UUID,
        query: requests.WithdrawApplicationQuery,
        body: requests.ApplicationWithdraw,
    ) -> responses.Application:
        return await _command(ctx, application_id, actions.withdraw, patch.given(body))

    async def hire_application(
        self, ctx: Context, application_id: UUID, query: requests.HireApplicationQuery, body: requests.ApplicationHire
    ) -> responses.Application:
        return await _command(ctx, application_id, actions.hire, patch.given(body))

    async def reopen_application(
        self,
        ctx: Context,
        application_id: UUID,
        query: requests.ReopenApplicationQuery,
        body: requests.ApplicationReopen,
    ) -> responses.Application:
        return await _command(ctx, application_id, actions.reopen, patch.given(body))

    async def bulk_applications(
        self, ctx: Context, query: requests.BulkApplicationsQuery, body: requests.BulkApplications
    ) -> list[responses.BulkItem]:
        return await bulk.run(ctx, body)

    async def list_stage_history(
        self, ctx: Context, query: requests.ListStageHistoryQuery
    ) -> responses.StageHistoryEntryList:
        rows, page = await ctx.page(queries.STAGE_HISTORY, query)
        return responses.StageHistoryEntryList(data=[_stay(row) for row in rows], page=page)


async def _command(
    ctx: Context, application_id: UUID, action: Callable[..., Awaitable[None]], values: dict[str, Any]
) -> responses.Application:
    application = await ctx.load(models.Application, application_id, lock=True)
    await action(ctx, application, **values)
    return of_model(ctx, application)


def _stage_for(body: requests.ApplicationCreate, found: Any, stage_id: UUID | None) -> UUID:
    """The stage that a new application enters, once everything that forbids it has been looked at."""
    _expect_found(found, stage_id)
    if found["candidate_status"] != CandidateStatus.ACTIVE:
        raise CandidateNotActive.of(found["candidate_status"])
    if found["job_status"] == JobStatus.CLOSED:
        raise JobNotOpen("The job is closed.", current_status=found["job_status"], allowed=["open_job"])
    if found["standing_id"] is not None:
        raise DuplicateApplication("Go on with that one.", conflicting_id=found["standing_id"])
    if stage_id is None:
        first: UUID = found["first_stage_id"]
        return first
    if found["stage_job_id"] != body.job_id:
        raise StageOfOtherJob("Choose a stage of the job's own pipeline.")
    if found["stage_is_retired"]:
        raise StageRetired("No application can enter a retired stage.")
    return stage_id


def _expect_found(found: Any, stage_id: UUID | None) -> None:
    wanted = [("/candidate_id", "candidate_status"), ("/job_id", "job_status")]
    if stage_id is not None:
        wanted.append(("/stage_id", "stage_job_id"))
    for pointer, column in wanted:
        if found[column] is None:
            raise ReferenceNotFound.at(pointer)


def _stay(row: Any) -> responses.StageHistoryEntry:
    left_at = row["left_at"]
    seconds = None if left_at is None else int((left_at - row["entered_at"]).total_seconds())
    return responses.StageHistoryEntry(**row, seconds=seconds)
