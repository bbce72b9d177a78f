"""uvicorn's server, which on SIGTERM first says that it is not ready, then finishes what it has begun, then stops.

A worker process imports this module before it can answer its supervisor, so it imports nothing of the application.
"""

import signal
import socket
import time
from collections.abc import Callable
from types import FrameType

import uvicorn
from uvicorn.supervisors import multiprocess

from impl.lib import draining


class Config(uvicorn.Config):
    """uvicorn's, and how long a server says that it is about to stop before it does."""

    drain_seconds: float = 0.0


class DrainingServer(uvicorn.Server):
    """On SIGTERM `/readyz` turns 503 while everything is still answered, so that a load balancer can look elsewhere first.

    Ctrl-C and a second signal skip that; a further one does not wait for running requests either.
    """

    on_started: Callable[[], None] | None = None

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._drain_seconds: float = getattr(config, "drain_seconds", 0.0)
        self._leaves_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.on_started is not None:
            self.on_started()

    async def on_tick(self, counter: int) -> bool:
        is_over = self._leaves_at is not None and time.monotonic() >= self._leaves_at
        return await super().on_tick(counter) or is_over

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop. Unlike uvicorn's own, it does not raise the signal again at the end: the embedded database, say, is still
        to be stopped, and the exit code of an orderly stop is 0."""
        if self.should_exit:
            self.force_exit = True
        elif sig == signal.SIGTERM and self._leaves_at is None:
            draining.begin()
            self._leaves_at = time.monotonic() + self._drain_seconds
        else:
            self.should_exit = True


class DrainingProcess(multiprocess.Process):
    """A worker process whose server drains."""

    @property
    def server(self) -> uvicorn.Server:
        if self._server is None:
            self._server = DrainingServer(self.config)
        return self._server
