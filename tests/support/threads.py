"""An application in a thread of its own, for what acts from several threads or is no coroutine."""

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

import pytest_asyncio

from impl.db.embedded import Server
from impl.settings import Settings
from tests.support.application import another, runtime_of
from tests.support.cast import Cast, new_cast

T = TypeVar("T")


class Loop:
    """An application on an event loop in a thread, for tests that are not coroutines (a Hypothesis machine is none)."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self._context = another(settings, url)
        self.app = self.run(self._context.__aenter__())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    async def new_cast(self) -> Cast:
        """A new organization in it."""
        return await new_cast(runtime_of(self.app), self.app)

    def close(self) -> None:
        self.run(self._context.__aexit__(None, None, None))
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


@pytest_asyncio.fixture(scope="module")
async def threaded(
    settings: Settings, server: Server, database_name: str, cheap_passwords: None
) -> AsyncIterator[Loop]:
    loop = await asyncio.to_thread(Loop, settings, server.url("ats_app", database_name))
    yield loop
    await asyncio.to_thread(loop.close)
