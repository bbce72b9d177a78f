"""Calls that stand ready. What is refused, or only reads, changes nothing: many tests of an operation can share one call of it."""

import pytest
from starlette.types import ASGIApp

from generated.operations import OPERATIONS
from impl.core.runtime import Runtime
from tests.support.cast import Cast, new_cast
from tests.support.world.calls import Call
from tests.support.world.making import World

Ready = tuple[Cast, Call]
# Its link ends after minutes.
PASSING = frozenset({"download_file"})


class Standing:
    """A call of each operation that works, each in an organization of its own."""

    def __init__(self, runtime: Runtime, app: ASGIApp) -> None:
        self._runtime = runtime
        self._app = app
        self._ready: dict[tuple[str, str | None], Ready] = {}

    async def call(self, operation_id: str, example: str | None = None) -> Ready:
        """A call that others share: whoever takes it must not carry it out, unless it only reads."""
        if operation_id in PASSING:
            return await self._made(operation_id, example)
        key = operation_id, example
        if key not in self._ready:
            self._ready[key] = await self._made(*key)
        return self._ready[key]

    async def to_carry_out(self, operation_id: str) -> Ready:
        """A call that may be carried out: one of the test's own, unless it only reads."""
        if OPERATIONS[operation_id].mutates:
            return await self._made(operation_id, None)
        return await self.call(operation_id)

    async def _made(self, operation_id: str, example: str | None) -> Ready:
        cast = await new_cast(self._runtime, self._app)
        return cast, await World(cast).call(operation_id, example)


@pytest.fixture(scope="session")
def standing(runtime: Runtime, application: ASGIApp) -> Standing:
    """Calls that stand ready."""
    return Standing(runtime, application)
