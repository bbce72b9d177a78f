"""Fixtures of the tests of operations."""

import pytest_asyncio

from tests.services.habits import Watch, watch
from tests.support.cast import Cast
from tests.support.rows import Rows


@pytest_asyncio.fixture
async def watched(rows: Rows, cast: Cast) -> Watch:
    """The tables of this test's organization, watched from its beginning; `begin()` counts anew."""
    return await watch(rows, cast)
