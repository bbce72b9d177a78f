"""The organization itself and the lists that its jobs and applications refer to."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.organization import OrganizationOperations
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.queue import Task
from impl.lib import clock
from impl.models.organization import expect_time_zone
from impl.services.organization import queries
from impl.services.organization.named import NamedList

DEPARTMENTS = NamedList(
    models.Department, responses.Department, "department", within=["parent_id"], narrows_by="parent_id"
)
OFFICES = NamedList(models.Office, responses.Office, "office", within=["parent_id"], narrows_by="parent_id")
REJECTION_REASONS = NamedList(
    models.RejectionReason, responses.RejectionReason, "rejection_reason", within=["kind"], narrows_by="kind"
)
# How the contract calls the settings of reading, and the columns that hold them.
RESUME_READING = {
    "model": "resume_model",
    "redact_contacts": "redact_contacts",
    "daily_token_budget": "daily_token_budget",
}
SOURCES = NamedList(models.Source, responses.Source, "source", narrows_by="kind")


class OrganizationService(OrganizationOperations[Context]):
    """The tenant's settings, and its departments, offices, rejection reasons and sources."""

    def __init__(self, index_profiles: Task, embed_missing: Task) -> None:
        """`index_profiles` writes or removes the search index of every profile, `embed_missing` the vectors of resumes and rubrics;
        candidates and wordings own them."""
        self._tasks = {"full_text_search": index_profiles, "similar_wording": embed_missing}

    async def get_organization(self, ctx: Context) -> responses.Organization:
        return _shown(await ctx.row(queries.ORGANIZATION))

    async def update_organization(self, ctx: Context, body: requests.OrganizationUpdate) -> responses.Organization:
        values = patch.given(body)
        settings = _settings(values.pop("settings")) if "settings" in values else {}
        expect_time_zone(values.get("time_zone"))
        organization = await ctx.load(models.Organization, ctx.organization_id, lock=True)
        ctx.expect_version(organization.version)
        changes = patch.apply(organization, {**values, **settings})
        if changes:
            named = {_path(name) if name in settings else name: change for name, change in changes.items()}
            ctx.record("organization.updated", organization, **named)
            await ctx.forget_credentials()
        await ctx.connection.flush()
        for name, task in self._tasks.items():
            if name in changes:
                await ctx.enqueue(task, lock=task.name)
        return _shown(await ctx.row(queries.ORGANIZATION))

    async def get_model_usage(self, ctx: Context, query: requests.GetModelUsageQuery) -> responses.ModelUsage:
        organization = await ctx.load(models.Organization, ctx.organization_id)
        rows = await ctx.rows(queries.MODEL_USAGE, since=clock.now().date() - timedelta(days=query.days - 1))
        return responses.ModelUsage(
            is_available=ctx.runtime.settings.openai.api_key is not None,
            daily_token_budget=organization.daily_token_budget,
            days=[responses.ModelUsageDay(**row) for row in rows],
        )

    async def list_departments(self, ctx: Context, query: requests.ListDepartmentsQuery) -> responses.DepartmentList:
        data, page = await DEPARTMENTS.page(ctx, query)
        return responses.DepartmentList(data=data, page=page)

    async def create_department(self, ctx: Context, body: requests.DepartmentCreate) -> responses.Department:
        return await DEPARTMENTS.create(ctx, patch.given(body))

    async def get_department(self, ctx: Context, department_id: UUID) -> responses.Department:
        return await DEPARTMENTS.get(ctx, department_id)

    async def update_department(
        self, ctx: Context, department_id: UUID, body: requests.DepartmentUpdate
    ) -> responses.Department:
        return await DEPARTMENTS.update(ctx, department_id, patch.given(body))

    async def list_offices(self, ctx: Context, query: requests.ListOfficesQuery) -> responses.OfficeList:
        data, page = await OFFICES.page(ctx, query)
        return responses.OfficeList(data=data, page=page)

    async def create_office(self, ctx: Context, body: requests.OfficeCreate) -> responses.Office:
        return await OFFICES.create(ctx, _office(body))

    async def get_office(self, ctx: Context, office_id: UUID) -> responses.Office:
        return await OFFICES.get(ctx, office_id)

    async def update_office(self, ctx: Context, office_id: UUID, body: requests.OfficeUpdate) -> responses.Office:
        return await OFFICES.update(ctx, office_id, _office(body))

    async def list_rejection_reasons(
        self, ctx: Context, query: requests.ListRejectionReasonsQuery
    ) -> responses.RejectionReasonList:
        data, page = await REJECTION_REASONS.page(ctx, query)
        return responses.RejectionReasonList(data=data, page=page)

    async def create_rejection_reason(
        self, ctx: Context, body: requests.RejectionReasonCreate
    ) -> responses.RejectionReason:
        return await REJECTION_REASONS.create(ctx, patch.given(body))

    async def get_rejection_reason(self, ctx: Context, rejection_reason_id: UUID) -> responses.RejectionReason:
        return await REJECTION_REASONS.get(ctx, rejection_reason_id)

    async def update_rejection_reason(
        self, ctx: Context, rejection_reason_id: UUID, body: requests.RejectionReasonUpdate
    ) -> responses.RejectionReason:
        return await REJECTION_REASONS.update(ctx, rejection_reason_id, patch.given(body))

    async def list_sources(self, ctx: Context, query: requests.ListSourcesQuery) -> responses.SourceList:
        data, page = await SOURCES.page(ctx, query)
        return responses.SourceList(data=data, page=page)

    async def create_source(self, ctx: Context, body: requests.SourceCreate) -> responses.Source:
        return await SOURCES.create(ctx, patch.given(body))

    async def get_source(self, ctx: Context, source_id: UUID) -> responses.Source:
        return await SOURCES.get(ctx, source_id)

    async def update_source(self, ctx: Context, source_id: UUID, body: requests.SourceUpdate) -> responses.Source:
        return await SOURCES.update(ctx, source_id, patch.given(body))


def _office(body: requests.OfficeCreate | requests.OfficeUpdate) -> dict[str, Any]:
    values = patch.given(body)
    expect_time_zone(values.get("time_zone"))
    return values


def _settings(body: requests.OrganizationSettingsUpdate) -> dict[str, Any]:
    """By the columns that hold them."""
    values = patch.given(body)
    reading = patch.given(values.pop("resume_reading")) if "resume_reading" in values else {}
    return {**values, **{RESUME_READING[name]: value for name, value in reading.items()}}


def _path(column: str) -> str:
    """Where the contract has a setting that a column holds."""
    return next(
        (f"settings.resume_reading.{name}" for name, own in RESUME_READING.items() if own == column),
        f"settings.{column}",
    )


def _shown(row: Any) -> responses.Organization:
    values = dict(row)
    reading = {name: values.pop(column) for name, column in RESUME_READING.items()}
    values["resume_reading"] = responses.ResumeReadingSettings(**reading)
    settings = {name: values.pop(name) for name in responses.OrganizationSettings.__struct_fields__}
    return responses.Organization(settings=responses.OrganizationSettings(**settings), **values)
