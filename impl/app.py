"""The web process: settings -> adapters -> services -> one ASGI application."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from generated.api import routers
from generated.operations import RATE_CLASSES
from impl.core.authentication import Authenticator
from impl.core.call import ContractRoute, open_call, problem_response
from impl.core.dispatch import Application
from impl.core.edge import Edge, leave_to_edge
from impl.core.keys import KeyRegistry
from impl.core.limits import RateLimits
from impl.core.paths import allowed_methods
from impl.core.problems import MethodNotAllowed, NotFound
from impl.core.runtime import Runtime
from impl.core.strict import Strict
from impl.db.engine import Database
from impl.db.errors import DatabaseUnavailable
from impl.db.startup import StartupRefused, check_role
from impl.lib import error_reports, logs, storage
from impl.lib.crypto import MasterKey
from impl.lib.metrics import Metrics
from impl.lib.problems import Problem
from impl.lib.storage import Storage
from impl.services import implementations
from impl.settings import Settings

RETRY_SECONDS = 1.0

log = logs.get_logger()


def runtime_of(settings: Settings, database_url: str) -> Runtime:
    """The adapters of one process."""
    database = Database(
        database_url,
        pool_size=settings.database.pool_size,
        pooler="transaction" if settings.database.pooler == "transaction" else "session",
        pool_timeout_seconds=settings.database.pool_timeout_seconds,
        lock_timeout_seconds=settings.database.lock_timeout_seconds,
    )
    redis = settings.redis.url.get_secret_value() if settings.redis.url else None
    return Runtime(
        settings=settings,
        database=database,
        keys=KeyRegistry(MasterKey(*settings.master_keys())),
        authenticator=Authenticator(database, settings.environment),
        limits=RateLimits(
            RATE_CLASSES, factor=settings.limits.rate_factor, workers=settings.server.workers, redis_url=redis
        ),
        metrics=Metrics(version=version("ats"), environment=settings.environment),
        storage=_storage_of(settings),
    )


def _storage_of(settings: Settings) -> Storage:
    """Where the settings want files; by default in the data directory."""
    chosen = settings.storage
    if chosen.url is None:
        return storage.in_folder(settings.data_dir / "files")
    secret = chosen.secret_access_key.get_secret_value() if chosen.secret_access_key else None
    return storage.at_url(
        chosen.url,
        endpoint=chosen.endpoint,
        region=chosen.region,
        access_key_id=chosen.access_key_id,
        secret_access_key=secret,
    )


def build(settings: Settings, database_url: str) -> ASGIApp:
    """The whole application behind its edge layer."""
    runtime = runtime_of(settings, database_url)
    runtime.metrics.watch_pool(runtime.database.pool_stats)
    app = Application(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_lifespan)
    app.state.runtime = runtime
    # Straight into the application's own list: an included router is matched twice.
    for router in routers(implementations(runtime), open_call, ContractRoute):
        app.router.routes.extend(router.routes)
    app.dispatch()
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(Exception, leave_to_edge)
    edge = Edge(app, settings, runtime.metrics)
    return Strict(edge) if settings.validate_responses else edge


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    runtime: Runtime = app.state.runtime
    dsn = runtime.settings.sentry.dsn
    error_reports.configure(
        dsn.get_secret_value() if dsn else None, environment=runtime.settings.environment, release=version("ats")
    )
    healing = None
    try:
        await start(runtime)
    except DatabaseUnavailable:
        healing = asyncio.create_task(_start_later(runtime))
    gc.collect()
    gc.freeze()
    yield
    if healing is not None:
        healing.cancel()
        with suppress(asyncio.CancelledError):
            await healing
    await runtime.database.close()
    error_reports.flush()


async def start(runtime: Runtime) -> None:
    """What needs the database before the first call. Raises StartupRefused or DatabaseUnavailable."""
    await check_role(runtime.database)
    await runtime.keys.start(runtime.database)
    await runtime.authenticator.start()


async def _start_later(runtime: Runtime) -> None:
    """Serve 503 until the database is there, then go on as if it had been there from the start."""
    log.warning("database_unavailable_at_start", retry_seconds=RETRY_SECONDS)
    while True:
        await asyncio.sleep(RETRY_SECONDS)
        try:
            await start(runtime)
        except DatabaseUnavailable:
            continue
        except StartupRefused as refusal:
            log.critical("start_refused", reason=str(refusal))
        else:
            return


async def _on_http_exception(request: Request, error: Exception) -> Response:
    """What the router itself refuses: an unknown path, or a method that the path does not take."""
    allowed = allowed_methods(request.url.path)
    if allowed and isinstance(error, HTTPException) and error.status_code == 405:
        return problem_response(request, MethodNotAllowed(f"Use {allowed}.", headers={"Allow": allowed}))
    return problem_response(request, NotFound("The path is not part of this API."))


async def _on_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return problem_response(request, error)
