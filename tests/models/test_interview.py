"""The rules of one interview and of one scorecard."""

from datetime import timedelta
from functools import partial

import pytest

from generated.enums import InterviewCancelReason, InterviewKind, InterviewStatus, Recommendation, ScorecardStatus
from impl.core.inserts import new_row
from impl.lib import clock, ids
from impl.lib.clock import Hands
from impl.models import Interview, Scorecard
from impl.models.base import InstantOutOfRange
from impl.models.interview import (
    InterviewTransitionRefused,
    NotTheInterviewer,
    ScorecardIncomplete,
    ScorecardSubmitted,
)


def interview(status: str = "scheduled") -> Interview:
    now = clock.now()
    return new_row(
        Interview,
        {
            "kind": InterviewKind.VIDEO,
            "status": InterviewStatus(status),
            "starts_at": now,
            "ends_at": now + timedelta(hours=1),
            "time_zone": "UTC",
        },
    )


@pytest.mark.parametrize("length", [timedelta(seconds=1), timedelta(hours=24)])
def test_it_may_last_a_day(hands: Hands, length: timedelta) -> None:
    Interview.expect_times(clock.now(), clock.now() + length)


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=-1), timedelta(hours=24, seconds=1)])
def test_it_ends_after_it_starts_within_a_day(hands: Hands, length: timedelta) -> None:
    with pytest.raises(InstantOutOfRange) as refused:
        Interview.expect_times(clock.now(), clock.now() + length)
    assert [error.pointer for error in refused.value.errors] == ["/ends_at"]


def test_each_outcome_says_when(hands: Hands) -> None:
    completed, missed, cancelled = interview(), interview(), interview()
    completed.complete()
    missed.miss()
    cancelled.cancel(InterviewCancelReason.OTHER)
    assert [completed.status, missed.status, cancelled.status] == ["completed", "no_show", "cancelled"]
    assert {each.concluded_at for each in (completed, missed, cancelled)} == {clock.now()}
    assert (completed.cancel_reason, cancelled.cancel_reason) == (None, "other")


@pytest.mark.parametrize("status", ["scheduled", "cancelled", "no_show"])
def test_another_time_forgets_how_it_was_called_off(status: str) -> None:
    row, start = interview(status), clock.now() + timedelta(days=1)
    row.cancel_reason, row.concluded_at = InterviewCancelReason.OTHER, clock.now()
    row.reschedule(start, start + timedelta(hours=2), "Europe/Berlin")
    assert (row.status, row.starts_at, row.time_zone) == ("scheduled", start, "Europe/Berlin")
    assert [getattr(row, name) for name in ("cancel_reason", "concluded_at")] == [None, None]


def test_what_took_place_cannot_be_moved() -> None:
    row, start = interview("completed"), clock.now()
    with pytest.raises(InterviewTransitionRefused) as refused:
        row.reschedule(start, start + timedelta(hours=2), "UTC")
    assert (refused.value.current_status, refused.value.allowed) == ("completed", ())


def test_a_scorecard_is_submitted_once_and_with_a_recommendation() -> None:
    scorecard = new_row(Scorecard, {"interviewer_id": ids.new_id()})
    with pytest.raises(ScorecardIncomplete) as refused:
        scorecard.submit(["Craft"])
    assert [error.pointer for error in refused.value.errors] == ["/recommendation", "/ratings"]
    scorecard.recommendation = Recommendation.NO
    with pytest.raises(ScorecardIncomplete):
        scorecard.submit(["Craft"])
    scorecard.submit([])
    assert (scorecard.status, scorecard.submitted_at is None) == (ScorecardStatus.SUBMITTED, False)
    for again in (partial(scorecard.submit, []), scorecard.expect_draft):
        with pytest.raises(ScorecardSubmitted):
            again()


def test_nobody_but_its_interviewer_writes_it() -> None:
    scorecard = new_row(Scorecard, {"interviewer_id": ids.new_id()})
    scorecard.expect_interviewer(scorecard.interviewer_id)
    for stranger in (ids.new_id(), None):
        with pytest.raises(NotTheInterviewer):
            scorecard.expect_interviewer(stranger)
