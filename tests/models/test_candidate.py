"""The rules of one candidate."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from generated.enums import CandidateStatus
from impl.lib import clock
from impl.models import Candidate
from impl.models.candidate import CandidateGone, CandidateNotActive, CandidateTransitionRefused

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def candidate(status: CandidateStatus = CandidateStatus.ACTIVE, purge_at: datetime | None = None) -> Candidate:
    return Candidate(status=status, purge_at=purge_at)


@pytest.mark.parametrize("days", [1, 30, 365])
def test_goes_into_quarantine_for_so_many_days(days: int) -> None:
    deleted = candidate()

    with clock.frozen(NOW):
        deleted.quarantine(days)

    assert (deleted.status, deleted.purge_at) == ("quarantined", NOW + timedelta(days=days))


def test_comes_back_as_it_was() -> None:
    deleted = candidate(CandidateStatus.QUARANTINED, NOW)

    deleted.restore()

    assert (deleted.status, deleted.purge_at) == ("active", None)


@pytest.mark.parametrize(
    ("status", "command", "allowed"),
    [
        (CandidateStatus.QUARANTINED, lambda row: row.quarantine(30), ("restore_candidate", "erase_candidate")),
        (
            CandidateStatus.ACTIVE,
            lambda row: row.restore(),
            ("delete_candidate", "merge_candidates", "anonymize_candidate", "erase_candidate"),
        ),
    ],
)
def test_does_neither_twice(
    status: CandidateStatus, command: Callable[[Candidate], None], allowed: tuple[str, ...]
) -> None:
    with pytest.raises(CandidateTransitionRefused) as refused:
        command(candidate(status, NOW))

    assert (refused.value.current_status, refused.value.allowed) == (status, allowed)


def test_an_active_one_is_there_and_takes_part() -> None:
    active = candidate()

    active.expect_present()
    active.expect_active()


def test_a_deleted_one_is_not_there_and_says_until_when_it_can_come_back() -> None:
    with pytest.raises(CandidateGone) as gone:
        candidate(CandidateStatus.QUARANTINED, NOW).expect_present()

    assert (gone.value.status, gone.value.code, gone.value.extensions) == (
        404,
        "candidate_quarantined",
        {"purge_at": NOW},
    )


def test_a_deleted_one_takes_part_in_nothing() -> None:
    with pytest.raises(CandidateNotActive):
        candidate(CandidateStatus.QUARANTINED, NOW).expect_active()
