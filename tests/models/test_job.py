"""The rules of one job, without a database."""

from datetime import timedelta
from typing import Any

import pytest

from generated.enums import EmploymentType, JobCloseReason, JobStatus, OpeningStatus, StageKind, Workplace
from impl import models
from impl.lib import ids
from impl.lib.clock import Hands
from impl.models.job import (
    JobHasNoOpenOpening,
    JobNotOpen,
    JobTransitionRefused,
    SalaryRangeInvalid,
    StageRetired,
    expect_salary_range,
)


def job(status: JobStatus, **values: Any) -> models.Job:
    return models.Job(id=ids.new_id(), title="Baker", status=status, **values)


def opening(status: OpeningStatus = OpeningStatus.OPEN) -> models.Opening:
    return models.Opening(id=ids.new_id(), status=status)


@pytest.mark.parametrize("before", [JobStatus.DRAFT, JobStatus.CLOSED])
def test_opens(before: JobStatus, hands: Hands) -> None:
    row = job(before, closed_at=hands(), close_reason=JobCloseReason.OTHER)
    hands.advance(timedelta(hours=1))
    row.open([opening(OpeningStatus.CANCELLED), opening()])
    assert (row.status, row.opened_at, row.closed_at, row.close_reason) == (JobStatus.OPEN, hands(), None, None)


def test_an_open_job_is_not_opened_again() -> None:
    with pytest.raises(JobTransitionRefused) as refused:
        job(JobStatus.OPEN).open([opening()])
    assert (refused.value.current_status, refused.value.allowed) == ("open", ("close_job",))


@pytest.mark.parametrize("openings", [[], [opening(OpeningStatus.FILLED), opening(OpeningStatus.CANCELLED)]])
def test_opens_with_an_open_opening_only(openings: list[models.Opening]) -> None:
    row = job(JobStatus.DRAFT)
    with pytest.raises(JobHasNoOpenOpening):
        row.open(openings)
    assert (row.status, row.opened_at) == (JobStatus.DRAFT, None)


def test_closes(hands: Hands) -> None:
    row = job(JobStatus.OPEN)
    row.close(JobCloseReason.BUDGET)
    assert (row.status, row.closed_at, row.close_reason) == (JobStatus.CLOSED, hands(), JobCloseReason.BUDGET)


@pytest.mark.parametrize("before", [JobStatus.DRAFT, JobStatus.CLOSED])
def test_only_an_open_job_is_closed(before: JobStatus) -> None:
    with pytest.raises(JobTransitionRefused):
        job(before).close(JobCloseReason.BUDGET)


def test_reopens_for_a_hire_that_fell_through(hands: Hands) -> None:
    row = job(JobStatus.CLOSED, closed_at=hands(), close_reason=JobCloseReason.ALL_OPENINGS_FILLED)
    row.reopen([opening()])
    assert (row.status, row.opened_at, row.closed_at, row.close_reason) == (JobStatus.OPEN, hands(), None, None)


def test_reopens_with_an_open_opening_only() -> None:
    row = job(JobStatus.CLOSED)
    with pytest.raises(JobHasNoOpenOpening):
        row.reopen([opening(OpeningStatus.CANCELLED)])
    assert row.status == JobStatus.CLOSED


def test_accepts_applications_unless_closed() -> None:
    job(JobStatus.DRAFT).expect_accepting()
    job(JobStatus.OPEN).expect_accepting()
    with pytest.raises(JobNotOpen) as refused:
        job(JobStatus.CLOSED).expect_accepting()
    assert (refused.value.current_status, refused.value.allowed) == ("closed", ("open_job",))


def test_a_copy_leaves_identity_and_life_behind(hands: Hands) -> None:
    row = job(
        JobStatus.CLOSED,
        external_id="REQ-1",
        is_archived=True,
        employment_type=EmploymentType.CONTRACT,
        workplace=Workplace.REMOTE,
        description="Bread.",
        requires_opening=False,
        requires_offer=True,
        closed_at=hands(),
    )
    assert row.copied() == {
        "department_id": None,
        "office_id": None,
        "employment_type": EmploymentType.CONTRACT,
        "workplace": Workplace.REMOTE,
        "description": "Bread.",
        "salary": None,
        "auto_close": None,
        "requires_opening": False,
        "requires_offer": True,
    }


def test_a_retired_stage_takes_nothing_until_it_is_placed_again() -> None:
    stage = models.Stage(name="Screen", kind=StageKind.SCREEN, position=2, is_retired=False)
    stage.expect_usable()
    stage.retire()
    with pytest.raises(StageRetired):
        stage.expect_usable()
    assert stage.position == 2
    stage.place("Talk", StageKind.INTERVIEW, 1)
    stage.expect_usable()
    assert (stage.name, stage.kind, stage.position) == ("Talk", StageKind.INTERVIEW, 1)


def salary(minimum: tuple[int, str] | None, maximum: tuple[int, str] | None) -> dict[str, Any]:
    ends = [None if end is None else {"amount_minor": end[0], "currency": end[1]} for end in (minimum, maximum)]
    return {"minimum": ends[0], "maximum": ends[1], "period": "year"}


@pytest.mark.parametrize(
    "good",
    [
        None,
        salary((1, "EUR"), (1, "EUR")),
        salary((1, "EUR"), (2, "EUR")),
        salary((1, "EUR"), None),
        salary(None, (0, "JPY")),
    ],
)
def test_takes_a_salary_range(good: dict[str, Any] | None) -> None:
    expect_salary_range(good)


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        (salary(None, None), "/salary"),
        (salary((2, "EUR"), (1, "EUR")), "/salary/maximum"),
        (salary((1, "EUR"), (2, "USD")), "/salary/maximum/currency"),
    ],
)
def test_refuses_a_salary_range_that_is_none(bad: dict[str, Any], pointer: str) -> None:
    with pytest.raises(SalaryRangeInvalid) as refused:
        expect_salary_range(bad)
    assert [error.pointer for error in refused.value.errors] == [pointer]
