"""The rules of one opening, without a database."""

from collections.abc import Callable
from typing import Any

import pytest

from generated.enums import OpeningStatus
from impl import models
from impl.lib import ids
from impl.lib.clock import Hands
from impl.models.job import OpeningNotOpen

APPLICATION = ids.new_id()


def opening(status: OpeningStatus, **values: Any) -> models.Opening:
    return models.Opening(id=ids.new_id(), status=status, **values)


def test_is_filled_by_a_hire(hands: Hands) -> None:
    row = opening(OpeningStatus.OPEN)
    row.fill(APPLICATION)
    assert (row.status, row.application_id, row.filled_at) == (OpeningStatus.FILLED, APPLICATION, hands())


def test_opens_again_when_the_hire_falls_through(hands: Hands) -> None:
    row = opening(OpeningStatus.FILLED, application_id=APPLICATION, filled_at=hands())
    row.vacate()
    assert (row.status, row.application_id, row.filled_at) == (OpeningStatus.OPEN, None, None)


@pytest.mark.parametrize("command", ["cancel_opening", "close_job"])
def test_is_cancelled_by_itself_or_with_its_job(command: str, hands: Hands) -> None:
    row = opening(OpeningStatus.OPEN)
    row.cancel(command)
    assert (row.status, row.cancelled_at) == (OpeningStatus.CANCELLED, hands())


@pytest.mark.parametrize(
    ("status", "act"),
    [
        (OpeningStatus.FILLED, lambda row: row.fill(APPLICATION)),
        (OpeningStatus.CANCELLED, lambda row: row.fill(APPLICATION)),
        (OpeningStatus.OPEN, lambda row: row.vacate()),
        (OpeningStatus.CANCELLED, lambda row: row.vacate()),
        (OpeningStatus.FILLED, lambda row: row.cancel()),
        (OpeningStatus.CANCELLED, lambda row: row.cancel()),
    ],
)
def test_refuses_what_its_status_does_not_allow(status: OpeningStatus, act: Callable[[models.Opening], None]) -> None:
    row = opening(status)
    with pytest.raises(OpeningNotOpen) as refused:
        act(row)
    assert (row.status, refused.value.current_status) == (status, status)
    assert refused.value.allowed == (("cancel_opening",) if status == OpeningStatus.OPEN else ())
