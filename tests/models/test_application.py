"""The rules of one application."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from generated.enums import ApplicationStatus, OpeningStatus, StageKind
from impl.lib import clock
from impl.lib.clock import Hands
from impl.models import Application, Opening, Stage
from impl.models.application import (
    AlreadyInStage,
    ApplicationAlreadyActive,
    ApplicationNotActive,
    StageOfOtherJob,
)
from impl.models.base import InstantOutOfRange
from impl.models.job import OpeningNotOpen, StageRetired

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
JOB, OTHER_JOB, FIRST, SECOND, REASON, SEAT = (UUID(int=number) for number in range(1, 7))
ENDED = [ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN, ApplicationStatus.HIRED]


@pytest.fixture(autouse=True)
def an_hour_later(hands: Hands) -> None:
    """Now is an hour after the application came into its stage."""
    hands.set(START + timedelta(hours=1))


def application(status: ApplicationStatus = ApplicationStatus.ACTIVE, **fields: object) -> Application:
    values = {"id": UUID(int=9), "job_id": JOB, "stage_id": FIRST, "stage_entered_at": START, "status": status}
    return Application(**{**values, **fields})


def stage(stage_id: UUID = SECOND, *, job_id: UUID = JOB, is_retired: bool = False) -> Stage:
    return Stage(id=stage_id, job_id=job_id, name="Stage", kind=StageKind.OTHER, position=2, is_retired=is_retired)


def opening(status: OpeningStatus = OpeningStatus.OPEN) -> Opening:
    return Opening(id=SEAT, job_id=JOB, status=status)


def test_moves_to_another_stage() -> None:
    moving, at = application(), START + timedelta(minutes=5)

    moving.move_to(stage(), at)

    assert (moving.status, moving.job_id, moving.stage_id, moving.stage_entered_at) == ("active", JOB, SECOND, at)


def test_moves_with_the_stage_to_another_job() -> None:
    moving = application()

    moving.move_to(stage(job_id=OTHER_JOB), clock.now())

    assert (moving.job_id, moving.stage_id) == (OTHER_JOB, SECOND)


@pytest.mark.parametrize("at", [START, START + timedelta(hours=1)])
def test_may_move_at_both_ends_of_its_stay(at: datetime) -> None:
    moving = application()

    moving.move_to(stage(), at)

    assert moving.stage_entered_at == at


@pytest.mark.parametrize("at", [START - timedelta(microseconds=1), START + timedelta(hours=1, microseconds=1)])
def test_cannot_move_before_it_came_or_in_the_future(at: datetime) -> None:
    moving = application()

    with pytest.raises(InstantOutOfRange) as refused:
        moving.move_to(stage(), at)

    assert [error.pointer for error in refused.value.errors] == ["/occurred_at"]
    assert (moving.stage_id, moving.stage_entered_at) == (FIRST, START)


def test_cannot_move_to_where_it_is() -> None:
    with pytest.raises(AlreadyInStage):
        application().move_to(stage(FIRST), clock.now())


def test_cannot_move_to_a_retired_stage() -> None:
    with pytest.raises(StageRetired):
        application().move_to(stage(is_retired=True), clock.now())


def test_is_rejected_with_a_reason() -> None:
    rejected = application()

    rejected.reject(REASON, b"sealed")

    assert (rejected.status, rejected.reason_id, rejected.note_sealed) == ("rejected", REASON, b"sealed")
    assert (rejected.ended_at, rejected.stage_id) == (clock.now(), FIRST)


@pytest.mark.parametrize("reason_id", [REASON, None])
def test_is_withdrawn_with_or_without_a_reason(reason_id: UUID | None) -> None:
    withdrawn = application()

    withdrawn.withdraw(reason_id)

    assert (withdrawn.status, withdrawn.reason_id, withdrawn.ended_at) == ("withdrawn", reason_id, clock.now())


def test_is_hired_into_an_opening() -> None:
    hired, seat = application(), opening()

    hired.hire(seat, date(2027, 1, 4))

    assert (hired.status, hired.opening_id, hired.starts_on) == ("hired", SEAT, date(2027, 1, 4))
    assert hired.ended_at == clock.now()
    assert (seat.status, seat.application_id, seat.filled_at) == ("filled", hired.id, clock.now())


def test_is_hired_without_an_opening() -> None:
    hired = application()

    hired.hire(None, None)

    assert (hired.status, hired.opening_id, hired.starts_on) == ("hired", None, None)


@pytest.mark.parametrize("status", [OpeningStatus.FILLED, OpeningStatus.CANCELLED])
def test_cannot_be_hired_into_an_opening_that_is_not_open(status: OpeningStatus) -> None:
    with pytest.raises(OpeningNotOpen) as refused:
        application().hire(opening(status), None)

    assert refused.value.current_status == status


@pytest.mark.parametrize("status", ENDED)
def test_goes_on_with_nothing_of_its_end(status: ApplicationStatus) -> None:
    again = application(
        status, ended_at=START, reason_id=REASON, note_sealed=b"x", opening_id=SEAT, starts_on=date(2027, 1, 4)
    )

    again.reopen(stage())

    assert (again.status, again.stage_id, again.stage_entered_at) == ("active", SECOND, clock.now())
    end = (again.ended_at, again.reason_id, again.note_sealed, again.opening_id, again.starts_on)
    assert end == (None, None, None, None, None)


def test_cannot_go_on_in_a_stage_of_another_job_or_a_retired_one() -> None:
    with pytest.raises(StageOfOtherJob):
        application(ApplicationStatus.REJECTED).reopen(stage(job_id=OTHER_JOB))
    with pytest.raises(StageRetired):
        application(ApplicationStatus.REJECTED).reopen(stage(is_retired=True))


COMMANDS: list[Callable[[Application], None]] = [
    lambda row: row.move_to(stage(), clock.now()),
    lambda row: row.reject(REASON, None),
    lambda row: row.withdraw(None),
    lambda row: row.hire(None, None),
    lambda row: row.expect_active("move_application"),
]


@pytest.mark.parametrize("status", ENDED)
@pytest.mark.parametrize("command", COMMANDS)
def test_an_ended_one_takes_no_command_but_reopen(
    status: ApplicationStatus, command: Callable[[Application], None]
) -> None:
    ended = application(status)

    with pytest.raises(ApplicationNotActive) as refused:
        command(ended)

    assert (refused.value.current_status, refused.value.allowed) == (status, ("reopen_application",))
    assert ended.status == status


REOPENINGS: list[Callable[[Application], None]] = [lambda row: row.reopen(stage()), lambda row: row.expect_ended()]


@pytest.mark.parametrize("command", REOPENINGS)
def test_an_active_one_cannot_go_on(command: Callable[[Application], None]) -> None:
    with pytest.raises(ApplicationAlreadyActive) as refused:
        command(application())

    assert refused.value.current_status == "active"
    assert refused.value.allowed == (
        "move_application",
        "reject_application",
        "withdraw_application",
        "hire_application",
    )
