"""Interviews: from the appointment to the outcome, and as calendars."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from starlette.responses import Response

from generated import requests, responses
from generated.api.interviews import InterviewsOperations
from generated.enums import CandidateStatus
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.pages import Position
from impl.core.problems import NotFound
from impl.lib import clock, ids
from impl.models.organization import expect_time_zone
from impl.services.candidates import profile
from impl.services.interviews import calendar, people, queries
from impl.services.interviews.responses import TEXTS, details_of, sealed
from impl.services.interviews.responses import interview as shape

CALENDAR_MAX = 500
BUSY_MAX = 1000
CALENDAR_BACK = timedelta(days=30)
CALENDAR = "text/calendar"
READS_NAMES = "candidates:read"


class Interviews(InterviewsOperations[Context]):
    """Conversations with candidates."""

    async def list_interviews(self, ctx: Context, query: requests.ListInterviewsQuery) -> responses.InterviewList:
        rows, page = await ctx.page(queries.INTERVIEWS, query)
        return responses.InterviewList(data=[shape(ctx, row) for row in rows], page=page)

    async def list_interviews_calendar(self, ctx: Context, query: requests.ListInterviewsCalendarQuery) -> Response:
        filters = {"starts_after": clock.now() - CALENDAR_BACK} | patch.given(query)
        rows, _ = await ctx.rows_at(queries.INTERVIEWS, Position(filters, "starts_at", CALENDAR_MAX, None))
        appointments, organizer = await _appointments(ctx, rows), await _organizer(ctx)
        # Some hundred take a third of a second, in which others get their turn.
        return Response(await asyncio.to_thread(calendar.many, appointments, organizer), media_type=CALENDAR)

    async def create_interview(
        self, ctx: Context, application_id: UUID, body: requests.InterviewCreate
    ) -> responses.Interview:
        application = await ctx.load(models.Application, application_id, lock=True)
        await _expect_going_on(ctx, application)
        models.Interview.expect_times(body.starts_at, body.ends_at)
        values, interview_id = patch.given(body), ids.new_id()
        user_ids = await people.expect_eligible(ctx, application.job_id, values.pop("interviewer_ids"))
        details = {name: values.pop(name) for name in TEXTS if name in values}
        interview = await ctx.insert(
            models.Interview,
            id=interview_id,
            application_id=application.id,
            candidate_id=application.candidate_id,
            job_id=application.job_id,
            details_sealed=sealed(ctx, interview_id, details),
            **values | {"time_zone": await _time_zone(ctx, values.get("time_zone"))},
        )
        ctx.record("interview.created", interview, status=(None, interview.status))
        await people.add(ctx, interview, user_ids)
        if interview.requires_scorecards:
            await people.add_scorecards(ctx, interview, user_ids)
        return await _shown(ctx, interview_id)

    async def get_interview(self, ctx: Context, interview_id: UUID) -> responses.Interview:
        return await _shown(ctx, interview_id)

    async def update_interview(
        self, ctx: Context, interview_id: UUID, body: requests.InterviewUpdate
    ) -> responses.Interview:
        interview = await ctx.load(models.Interview, interview_id, lock=True)
        values = patch.given(body)
        user_ids = values.pop("interviewer_ids", None)
        texts = {name: values.pop(name) for name in TEXTS if name in values}
        changes = patch.apply(interview, values)
        if user_ids is not None:
            eligible = await people.expect_eligible(ctx, interview.job_id, user_ids)
            told = await people.replace(ctx, interview, eligible)
            changes |= {} if told is None else {"interviewer_ids": told}
        is_reworded = _reword(ctx, interview, texts)
        if changes or is_reworded:
            ctx.record("interview.updated", interview, **changes)
        if "interviewer_ids" in changes or "requires_scorecards" in changes:
            await people.settle_scorecards(ctx, interview, await _holders(ctx, interview))
        return await _shown(ctx, interview_id)

    async def reschedule_interview(
        self,
        ctx: Context,
        interview_id: UUID,
        query: requests.RescheduleInterviewQuery,
        body: requests.InterviewReschedule,
    ) -> responses.Interview:
        row = await ctx.row(queries.ONE_INTERVIEW, id=interview_id)
        if row is None:
            raise NotFound
        # The application first, as ending it does: in the other order the two would wait for each other.
        application = await ctx.load(models.Application, row["application_id"], lock=True)
        interview = await ctx.load(models.Interview, interview_id, lock=True)
        interview.expect_reschedulable()
        await _expect_going_on(ctx, application)
        time_zone = patch.given(body).get("time_zone", interview.time_zone)
        expect_time_zone(time_zone)
        before = {name: getattr(interview, name) for name in ("status", "starts_at", "ends_at", "time_zone")}
        interview.reschedule(body.starts_at, body.ends_at, time_zone)
        _reword(ctx, interview, {"cancel_note": None})
        changes = {name: (value, getattr(interview, name)) for name, value in before.items()}
        ctx.record("interview.rescheduled", interview, **changes)
        return await _shown(ctx, interview_id)

    async def cancel_interview(
        self, ctx: Context, interview_id: UUID, query: requests.CancelInterviewQuery, body: requests.InterviewCancel
    ) -> responses.Interview:
        interview = await ctx.load(models.Interview, interview_id, lock=True)
        before = interview.status
        interview.cancel(body.reason)
        _reword(ctx, interview, {"cancel_note": patch.given(body).get("note")})
        told = {"status": (before, interview.status), "cancel_reason": (None, interview.cancel_reason)}
        ctx.record("interview.cancelled", interview, **told)
        return await _shown(ctx, interview_id)

    async def complete_interview(
        self, ctx: Context, interview_id: UUID, query: requests.CompleteInterviewQuery
    ) -> responses.Interview:
        return await _conclude(ctx, interview_id, models.Interview.complete, "interview.completed")

    async def mark_interview_no_show(
        self, ctx: Context, interview_id: UUID, query: requests.MarkInterviewNoShowQuery
    ) -> responses.Interview:
        return await _conclude(ctx, interview_id, models.Interview.miss, "interview.marked_no_show")

    async def get_user_busy_times(
        self, ctx: Context, user_id: UUID, query: requests.GetUserBusyTimesQuery
    ) -> responses.BusyTimes:
        await ctx.load(models.User, user_id)
        asked = {"ends_after": clock.now(), "starts_before": None} | patch.given(query)
        rows = await ctx.rows(queries.BUSY, user_id=user_id, limit=BUSY_MAX, **asked)
        return responses.BusyTimes(user_id=user_id, times=_united(rows))

    async def get_interview_calendar(self, ctx: Context, interview_id: UUID) -> Response:
        row = await ctx.row(queries.ONE_INTERVIEW, id=interview_id)
        if row is None:
            raise NotFound
        [appointment] = await _appointments(ctx, [row])
        return Response(calendar.one(appointment, await _organizer(ctx)), media_type=CALENDAR)


def _united(rows: Sequence[Any]) -> list[responses.BusyTime]:
    """The times of `rows`, which are in order, without gaps or seams that tell how many there are."""
    times: list[responses.BusyTime] = []
    for row in rows:
        if times and row["starts_at"] <= times[-1].ends_at:
            times[-1].ends_at = max(times[-1].ends_at, row["ends_at"])
        else:
            times.append(responses.BusyTime(starts_at=row["starts_at"], ends_at=row["ends_at"]))
    return times


async def _expect_going_on(ctx: Context, application: models.Application) -> None:
    """Interviews are for active applications of candidates who are there."""
    application.expect_going_on()
    candidate = await ctx.load(models.Candidate, application.candidate_id)
    candidate.expect_active()


async def _time_zone(ctx: Context, given: str | None) -> str:
    """The one given, which must exist, or the organization's."""
    if given is not None:
        expect_time_zone(given)
        return given
    organization = await ctx.load(models.Organization, ctx.organization_id)
    return organization.time_zone


async def _conclude(
    ctx: Context, interview_id: UUID, how: Callable[[models.Interview], None], event: str
) -> responses.Interview:
    interview = await ctx.load(models.Interview, interview_id, lock=True)
    before = interview.status
    how(interview)
    ctx.record(event, interview, status=(before, interview.status))
    return await _shown(ctx, interview_id)


def _reword(ctx: Context, interview: models.Interview, texts: dict[str, str | None]) -> bool:
    """Change some of the sealed texts; whether anything is new."""
    before = details_of(ctx, interview.id, interview.details_sealed)
    after = before | texts
    if after == before:
        return False
    interview.details_sealed = sealed(ctx, interview.id, after)
    return True


async def _holders(ctx: Context, interview: models.Interview) -> list[UUID]:
    held = await ctx.all(models.Interviewer, models.Interviewer.interview_id == interview.id)
    return [each.user_id for each in held]


async def _appointments(ctx: Context, rows: Sequence[Any]) -> list[calendar.Appointment]:
    """The interviews for a calendar, with the names of candidates if the caller may read them."""
    names: dict[UUID, str] = {}
    if rows and ctx.holds(READS_NAMES):
        found = await ctx.rows(queries.CANDIDATES, candidate_ids=[row["candidate_id"] for row in rows])
        present = [row for row in found if row["status"] == CandidateStatus.ACTIVE]
        names = {row["id"]: profile.full_name(ctx, row["id"], row["profile_sealed"]) for row in present}
    return [calendar.Appointment(shape(ctx, row), names.get(row["candidate_id"])) for row in rows]


async def _organizer(ctx: Context) -> calendar.Organizer:
    organization = await ctx.load(models.Organization, ctx.organization_id)
    _, address = parseaddr(ctx.runtime.settings.email.sender)
    return calendar.Organizer(organization.name, address)


async def _shown(ctx: Context, interview_id: UUID) -> responses.Interview:
    """The interview as it is after the changes of this call."""
    await ctx.connection.flush()
    row = await ctx.row(queries.ONE_INTERVIEW, id=interview_id)
    if row is None:
        raise NotFound
    return shape(ctx, row)
