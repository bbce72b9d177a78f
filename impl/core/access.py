"""Which rows an actor may see. `mine` is the only place where a tenant's table is selected from."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, literal_column, select, true
from sqlalchemy.orm import InstrumentedAttribute

from generated.enums import Visibility
from impl import models
from impl.models.base import Base, TenantRow


def of_tenant(model: type[Base]) -> ColumnElement[bool]:
    """The row belongs to the actor's organization (bind `organization_id`)."""
    if model is models.Organization:
        return models.Organization.id == bindparam("organization_id")
    column: InstrumentedAttribute[Any] = model.organization_id  # type: ignore[attr-defined]  # every other table is a tenant's
    return column == bindparam("organization_id")


def granted(model: type[Base]) -> ColumnElement[bool]:
    """The row is of a job that the actor is granted (bind `holder_id`); rows that belong to no job are the organization's."""
    if model is models.Candidate:
        return _applied_to_granted_job()
    column = model.job_column if issubclass(model, TenantRow) else None
    if column is None:
        return true()
    return _is_granted(getattr(model, column))


def mine(model: type[Base], visibility: Visibility, *columns: Any) -> Select[Any]:
    """Select rows (or `columns`) of `model` that an actor of this visibility sees; binds `organization_id` and `holder_id`."""
    statement = select(*columns) if columns else select(model)
    statement = statement.select_from(model).where(of_tenant(model))
    return statement if visibility is Visibility.ORGANIZATION else statement.where(granted(model))


def _is_granted(job_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    grant = models.JobGrant
    return exists(literal_column("1")).where(
        grant.organization_id == bindparam("organization_id"),
        grant.holder_id == bindparam("holder_id"),
        grant.job_id == job_id,
    )


def _applied_to_granted_job() -> ColumnElement[bool]:
    grant, application, candidate = models.JobGrant, models.Application, models.Candidate
    return exists(literal_column("1")).where(
        and_(
            application.organization_id == bindparam("organization_id"),
            application.candidate_id == candidate.id,
            grant.organization_id == bindparam("organization_id"),
            grant.holder_id == bindparam("holder_id"),
            grant.job_id == application.job_id,
        )
    )
