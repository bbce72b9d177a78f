"""The clock under a test's hands."""

from collections.abc import Iterator

import pytest

from impl.lib import clock
from impl.lib.clock import Hands


@pytest.fixture
def hands() -> Iterator[Hands]:
    """Time stands still at the present moment, to the second, until the test moves it: `hands.advance(timedelta(hours=25))`."""
    with clock.frozen(clock.now().replace(microsecond=0)) as moved:
        yield moved
