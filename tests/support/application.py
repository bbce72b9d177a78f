"""The application under test: built once per worker, driven in this process, every answer held against the contract."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import pytest
import pytest_asyncio
from fastapi import FastAPI
from starlette.types import ASGIApp, Message

from impl.core.edge import Edge
from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.lib.crypto import MasterKey
from impl.settings import Settings, load
from tests.support.exercise import Checked


@asynccontextmanager
async def started(app: ASGIApp) -> AsyncIterator[ASGIApp]:
    """Run an application's lifespan around the block."""
    incoming: asyncio.Queue[Message] = asyncio.Queue()
    outgoing: asyncio.Queue[Message] = asyncio.Queue()
    task = asyncio.ensure_future(app({"type": "lifespan", "asgi": {"version": "3.0"}}, incoming.get, outgoing.put))
    await incoming.put({"type": "lifespan.startup"})
    await _expect(task, outgoing, "lifespan.startup.complete")
    try:
        yield app
    finally:
        await incoming.put({"type": "lifespan.shutdown"})
        await _expect(task, outgoing, "lifespan.shutdown.complete")
        await task


async def _expect(task: "asyncio.Future[None]", outgoing: "asyncio.Queue[Message]", kind: str) -> None:
    answer = asyncio.ensure_future(outgoing.get())
    waited: set[asyncio.Future[Any]] = {task, answer}
    await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
    if not answer.done():
        answer.cancel()
        await task
        raise AssertionError(f"the lifespan ended without {kind}")
    message = answer.result()
    assert message["type"] == kind, message


def fastapi_of(app: ASGIApp) -> FastAPI:
    """The FastAPI application under its layers."""
    inner = app.app if isinstance(app, Checked) else app
    assert isinstance(inner, Edge)
    return cast("FastAPI", inner._app)


def runtime_of(app: ASGIApp) -> Runtime:
    """The adapters inside a built application."""
    return cast("Runtime", fastapi_of(app).state.runtime)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings under test: no rate limits (their tests switch them on), a master key of this run."""
    return load(
        env_file=None,
        environment="dev",
        data_dir=tmp_path_factory.mktemp("data"),
        security={"master_key": MasterKey.generate(), "cors_origins": ("https://app.example.org",)},
        limits={"rate_factor": 0},
        database={"pool_size": 10},
    )


@pytest_asyncio.fixture(scope="session")
async def application(
    settings: Settings, server: Server, database_name: str, cheap_passwords: None
) -> AsyncIterator[ASGIApp]:
    """The whole application on this worker's database, started."""
    from impl.app import build  # noqa: PLC0415 - tests of libraries run, and fast, whatever the service is like

    async with started(Checked(build(settings, server.url("ats_app", database_name)))) as app:
        yield app


@asynccontextmanager
async def another(
    settings: Settings, database_url: str, *, deadline_seconds: float | None = None, **sections: dict[str, Any]
) -> AsyncIterator[ASGIApp]:
    """The application once more: with other settings (`limits={"rate_factor": 1}`), or with one short deadline for every operation."""
    from generated.operations import OPERATIONS  # noqa: PLC0415
    from impl import app  # noqa: PLC0415 - as above
    from impl.core import call  # noqa: PLC0415

    changed = {name: getattr(settings, name).model_copy(update=values) for name, values in sections.items()}
    operations = {
        name: operation if deadline_seconds is None else replace(operation, deadline_seconds=deadline_seconds)
        for name, operation in OPERATIONS.items()
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(call, "OPERATIONS", operations)
        built = Checked(app.build(settings.model_copy(update=changed), database_url))
    async with started(built) as running:
        yield running


@pytest.fixture(scope="session")
def runtime(application: ASGIApp) -> Runtime:
    """The adapters of the application under test."""
    return runtime_of(application)
