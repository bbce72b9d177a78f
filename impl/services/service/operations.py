"""The unversioned routes: probes, metrics, the contract itself, and the page to read it with."""

import asyncio
from contextlib import AbstractAsyncContextManager, suppress
from importlib.resources import files

import msgspec
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response

from generated import responses
from generated.api.service import ServiceOperations
from generated.enums import CheckStatus, HealthStatus
from impl.core import queue
from impl.core.context import Context
from impl.core.docs import Asset, Docs
from impl.core.problems import NotFound
from impl.core.runtime import Runtime
from impl.db.connection import Connection
from impl.db.errors import RETRY_AFTER, DatabaseUnavailable, DeadlineExceeded
from impl.db.query import Query
from impl.db.queue_schema import SCHEMA, needed_version
from impl.db.startup import needed_revision
from impl.lib import draining
from impl.lib.metrics import QueueStats
from impl.lib.problems import Problem
from impl.lib.storage import StorageFailed

PROBE_SECONDS = 1.0
STORAGE_SECONDS = 0.8
REVISION = Query(text("SELECT version_num FROM alembic_version"))
# What the queue's tables say of their version, when they are this role's to use.
QUEUE_SCHEMA = Query(
    text(
        """
        SELECT obj_description(schema.oid, 'pg_namespace')
        FROM pg_namespace AS schema JOIN pg_class AS jobs ON jobs.relnamespace = schema.oid
        WHERE schema.nspname = :schema AND jobs.relname = 'procrastinate_jobs'
          AND has_schema_privilege(schema.oid, 'USAGE') AND has_table_privilege(jobs.oid, 'INSERT')
        """
    )
)


class NotReady(Problem):
    status, code, title = 503, "not_ready", "The service cannot do its work"


class Service(ServiceOperations[Context]):
    """What operators and tools ask of one process. None of it belongs to an organization."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._json = Asset((files("generated") / "openapi.json").read_bytes(), "application/json", "no-cache")
        self._yaml = Asset((files("generated") / "openapi.yaml").read_bytes(), "application/yaml", "no-cache")
        self._docs = Docs() if runtime.settings.docs.enabled else None

    async def get_health(self, request: Request) -> Response:
        return _json(responses.HealthResponse(data=responses.Health(status=HealthStatus.OK)))

    async def get_readiness(self, request: Request) -> Response:
        checks = [
            await self._check_database(),
            await self._check_queue(),
            await self._check_storage(),
            self._check_start(),
            _check_stay(),
        ]
        failed = [check.name for check in checks if check.status != CheckStatus.OK]
        if failed:
            plain = msgspec.to_builtins(checks)
            raise NotReady(f"Not ready: {', '.join(failed)}.", checks=plain, headers=RETRY_AFTER)
        return _json(responses.ReadinessResponse(data=responses.Readiness(checks=checks)))

    async def get_metrics(self, request: Request) -> Response:
        # The other numbers are worth something without these, above all when the database is away.
        with suppress(DatabaseUnavailable, DeadlineExceeded):
            self._runtime.metrics.queue.show(await self._queue())
        body, media_type = self._runtime.metrics.render()
        return Response(body, media_type=media_type)

    async def get_openapi_json(self, request: Request) -> Response:
        return self._json.answer(request)

    async def get_openapi_yaml(self, request: Request) -> Response:
        return self._yaml.answer(request)

    async def get_docs(self, request: Request) -> Response:
        if self._docs is None:
            raise NotFound("The documentation page is switched off.")
        return self._docs.page.answer(request)

    async def get_docs_asset(self, request: Request, asset: str) -> Response:
        found = self._docs.assets.get(asset) if self._docs else None
        if found is None:
            raise NotFound("There is no such file.")
        return found.answer(request)

    async def _check_database(self) -> responses.ReadinessCheck:
        try:
            async with self._probing() as connection:
                found = await connection.value(REVISION)
        except (DatabaseUnavailable, DeadlineExceeded) as problem:
            return _check("database", problem.title)
        needed = needed_revision()
        if found != needed:
            return _check("database", f"The schema is at {found}, this release needs {needed}: run `ats migrate`.")
        return _check("database", None)

    async def _check_queue(self) -> responses.ReadinessCheck:
        """The queue can be used. Nobody working on it is no reason to refuse requests: what they ask for waits."""
        try:
            async with self._probing() as connection:
                found = await connection.value(QUEUE_SCHEMA, schema=SCHEMA)
        except (DatabaseUnavailable, DeadlineExceeded) as problem:
            return _check("queue", problem.title)
        needed = needed_version()
        return _check(
            "queue", None if found == needed else f"The queue's tables are not those of {needed}: run `ats migrate`."
        )

    async def _queue(self) -> QueueStats:
        async with self._probing() as connection:
            return await queue.stats(connection)

    def _probing(self) -> AbstractAsyncContextManager[Connection]:
        return self._runtime.database.transaction(None, timeout_seconds=PROBE_SECONDS, read_only=True)

    async def _check_storage(self) -> responses.ReadinessCheck:
        try:
            async with asyncio.timeout(STORAGE_SECONDS):
                await self._runtime.storage.check()
        except (StorageFailed, TimeoutError):
            return _check("storage", "Files cannot be kept or read.")
        return _check("storage", None)

    def _check_start(self) -> responses.ReadinessCheck:
        is_started = self._runtime.keys.is_started
        return _check(
            "keys", None if is_started else "The keys are not loaded yet; the database was not there at start-up."
        )


def _check_stay() -> responses.ReadinessCheck:
    return _check("process", "The process is about to stop." if draining.is_draining() else None)


def _check(name: str, failure: str | None) -> responses.ReadinessCheck:
    status = CheckStatus.OK if failure is None else CheckStatus.FAILED
    return responses.ReadinessCheck(name=name, status=status, detail=failure)


def _json(content: msgspec.Struct) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json")
