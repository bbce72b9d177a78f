"""An application as the API shows it."""

from collections.abc import Collection, Mapping
from typing import Any

from generated import responses
from generated.enums import ApplicationInclude, ApplicationStatus, CandidateStatus
from impl import models
from impl.core.context import Context
from impl.services.candidates import profile
from impl.services.custom_fields import values as custom

ALL = frozenset(ApplicationInclude)
# Looked at for each row of a page: plain strings, because finding a member in its enum costs more than comparing with it.
REJECTED, WITHDRAWN, HIRED = (
    status.value for status in (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN, ApplicationStatus.HIRED)
)
CANDIDATE, JOB, STAGE = (
    part.value for part in (ApplicationInclude.CANDIDATE, ApplicationInclude.JOB, ApplicationInclude.STAGE)
)
ACTIVE = CandidateStatus.ACTIVE.value


def application(ctx: Context, row: Mapping[str, Any], include: Collection[str] = ()) -> responses.Application:
    """One row of `queries`, with the related summaries that were asked for."""
    status, sealed = row["status"], row["custom_fields_sealed"]
    shown = responses.Application(
        id=row["id"],
        candidate_id=row["candidate_id"],
        job_id=row["job_id"],
        stage_id=row["stage_id"],
        status=status,
        source_id=row["source_id"],
        external_id=row["external_id"],
        applied_at=row["applied_at"],
        stage_entered_at=row["stage_entered_at"],
        rejection=_rejection(ctx, row) if status == REJECTED else None,
        withdrawal=_withdrawal(row) if status == WITHDRAWN else None,
        hire=_hire(row) if status == HIRED else None,
        **(custom.opened(ctx, models.Application, row["id"], sealed) if sealed is not None else custom.NOTHING),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )
    if include:
        _include(ctx, shown, row, include)
    return shown


def of_model(ctx: Context, row: models.Application) -> responses.Application:
    """A row that a command has just changed."""
    return application(ctx, vars(row))


def _include(ctx: Context, shown: responses.Application, row: Mapping[str, Any], include: Collection[str]) -> None:
    if CANDIDATE in include:
        shown.candidate = _candidate(ctx, row)
    if JOB in include:
        shown.job = responses.JobSummary(id=row["job_id"], title=row["job_title"], status=row["job_status"])
    if STAGE in include:
        shown.stage = responses.StageSummary(id=row["stage_id"], name=row["stage_name"], kind=row["stage_kind"])


def _candidate(ctx: Context, row: Mapping[str, Any]) -> responses.CandidateSummary:
    candidate_id, status = row["candidate_id"], row["candidate_status"]
    is_hidden = status != ACTIVE
    full_name = None if is_hidden else profile.full_name(ctx, candidate_id, row["candidate_profile_sealed"])
    return responses.CandidateSummary(id=candidate_id, status=status, full_name=full_name)


def _rejection(ctx: Context, row: Mapping[str, Any]) -> responses.Rejection:
    sealed = row["note_sealed"]
    note = None if sealed is None else ctx.unseal(models.Application, "note", row["id"], sealed).decode()
    return responses.Rejection(reason_id=row["reason_id"], note=note, at=row["ended_at"])


def _withdrawal(row: Mapping[str, Any]) -> responses.Withdrawal:
    return responses.Withdrawal(reason_id=row["reason_id"], at=row["ended_at"])


def _hire(row: Mapping[str, Any]) -> responses.Hire:
    return responses.Hire(
        opening_id=row["opening_id"], offer_id=row["offer_id"], starts_on=row["starts_on"], at=row["ended_at"]
    )
