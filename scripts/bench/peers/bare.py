"""`bare`: the least that answers these requests in Python. Starlette, asyncpg, msgspec; no middleware, no validation, no rights."""

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uuid_utils.compat import uuid7

COLUMNS = """a.id, a.candidate_id, a.job_id, a.stage_id, a.status, a.source_id, a.external_id, a.applied_at, a.stage_entered_at,
    a.ended_at, a.reason_id, a.note, a.opening_id, a.offer_id, a.starts_on, a.custom_fields, a.created_at, a.updated_at, a.version,
    c.status AS candidate_status, c.full_name, j.title AS job_title, j.status AS job_status, s.name AS stage_name, s.kind"""
JOINED = """FROM applications a JOIN candidates c ON c.id = a.candidate_id JOIN jobs j ON j.id = a.job_id
    JOIN stages s ON s.id = a.stage_id"""
ONE = f"SELECT {COLUMNS} {JOINED} WHERE a.id = $1"  # constants
FIRST = f"SELECT {COLUMNS} {JOINED} ORDER BY a.id DESC LIMIT $1"  # constants
NEXT = f"SELECT {COLUMNS} {JOINED} WHERE a.id < $2 ORDER BY a.id DESC LIMIT $1"  # constants
START = """SELECT c.source_id, s.id AS stage_id FROM candidates c, jobs j JOIN LATERAL
    (SELECT id FROM stages WHERE job_id = j.id ORDER BY position LIMIT 1) s ON true
    WHERE c.id = $1 AND c.status = 'active' AND j.id = $2 AND j.status <> 'closed'"""
INSERT = """INSERT INTO applications (id, candidate_id, job_id, stage_id, status, source_id, applied_at, stage_entered_at,
    created_at, updated_at, version) VALUES ($1, $2, $3, $4, 'active', $5, $6, $6, $6, $6, 1)"""
INSERT_STAY = """INSERT INTO stage_history (id, application_id, candidate_id, job_id, stage_id, entered_at)
    VALUES ($1, $2, $3, $4, $5, $6)"""
INSERT_EVENT = """INSERT INTO events (id, type, resource_type, resource_id, job_id, candidate_id, application_id, actor_type,
    request_id, changes, occurred_at)
    VALUES ($1, 'application.created', 'application', $2, $3, $4, $2, 'anonymous', '-', '[]', $5)"""


class CandidateSummary(msgspec.Struct):
    id: UUID
    status: str
    full_name: str


class JobSummary(msgspec.Struct):
    id: UUID
    title: str
    status: str


class StageSummary(msgspec.Struct):
    id: UUID
    name: str
    kind: str


class Rejection(msgspec.Struct):
    reason_id: UUID
    note: str | None
    at: datetime


class Withdrawal(msgspec.Struct):
    reason_id: UUID | None
    at: datetime


class Hire(msgspec.Struct):
    opening_id: UUID | None
    offer_id: UUID | None
    starts_on: date | None
    at: datetime


class Application(msgspec.Struct):
    id: UUID
    candidate_id: UUID
    job_id: UUID
    stage_id: UUID
    status: str
    source_id: UUID | None
    external_id: str | None
    applied_at: datetime
    stage_entered_at: datetime
    rejection: Rejection | None
    withdrawal: Withdrawal | None
    hire: Hire | None
    custom_fields: msgspec.Raw
    created_at: datetime
    updated_at: datetime
    version: int
    candidate: CandidateSummary | msgspec.UnsetType = msgspec.UNSET
    job: JobSummary | msgspec.UnsetType = msgspec.UNSET
    stage: StageSummary | msgspec.UnsetType = msgspec.UNSET


class PageInfo(msgspec.Struct):
    next_cursor: str | None
    has_more: bool


class One(msgspec.Struct):
    data: Application


class Many(msgspec.Struct):
    data: list[Application]
    page: PageInfo


class Create(msgspec.Struct):
    candidate_id: UUID
    job_id: UUID


NO_FIELDS = msgspec.Raw(b"{}")
encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Create).decode


def answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(encode(content), status, headers, "application/json")


def shaped(row: asyncpg.Record) -> Application:
    status, ended_at = row["status"], row["ended_at"]
    return Application(
        id=row["id"],
        candidate_id=row["candidate_id"],
        job_id=row["job_id"],
        stage_id=row["stage_id"],
        status=status,
        source_id=row["source_id"],
        external_id=row["external_id"],
        applied_at=row["applied_at"],
        stage_entered_at=row["stage_entered_at"],
        rejection=Rejection(row["reason_id"], row["note"], ended_at) if status == "rejected" else None,
        withdrawal=Withdrawal(row["reason_id"], ended_at) if status == "withdrawn" else None,
        hire=Hire(row["opening_id"], row["offer_id"], row["starts_on"], ended_at) if status == "hired" else None,
        custom_fields=msgspec.Raw(row["custom_fields"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
        candidate=CandidateSummary(row["candidate_id"], row["candidate_status"], row["full_name"]),
        job=JobSummary(row["job_id"], row["job_title"], row["job_status"]),
        stage=StageSummary(row["stage_id"], row["stage_name"], row["kind"]),
    )


async def get_application(request: Request) -> Response:
    row = await request.app.state.pool.fetchrow(ONE, UUID(request.path_params["id"]))
    return answer({"error": "not found"}, 404) if row is None else answer(One(shaped(row)))


async def list_applications(request: Request) -> Response:
    limit = int(request.query_params.get("limit", "50"))
    cursor = request.query_params.get("cursor")
    if cursor is None:
        rows = await request.app.state.pool.fetch(FIRST, limit + 1)
    else:
        rows = await request.app.state.pool.fetch(NEXT, limit + 1, UUID(bytes=base64.urlsafe_b64decode(cursor + "==")))
    has_more = len(rows) > limit
    data = [shaped(row) for row in rows[:limit]]
    next_cursor = base64.urlsafe_b64encode(data[-1].id.bytes).rstrip(b"=").decode() if has_more else None
    return answer(Many(data, PageInfo(next_cursor, has_more)))


async def create_application(request: Request) -> Response:
    body = decode(await request.body())
    now = datetime.now(UTC)
    id_ = uuid7()
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        start = await connection.fetchrow(START, body.candidate_id, body.job_id)
        if start is None:
            return answer({"error": "no such candidate or job"}, 422)
        source_id, stage_id = start
        await connection.execute(INSERT, id_, body.candidate_id, body.job_id, stage_id, source_id, now)
        await connection.execute(INSERT_STAY, uuid7(), id_, body.candidate_id, body.job_id, stage_id, now)
        await connection.execute(INSERT_EVENT, uuid7(), id_, body.job_id, body.candidate_id, now)
    ids = (id_, body.candidate_id, body.job_id, stage_id)
    created = Application(*ids, "active", source_id, None, now, now, None, None, None, NO_FIELDS, now, now, 1)
    return answer(One(created), 201, {"location": f"/api/v1/applications/{id_}"})


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    size = int(os.environ["ATS_BENCH_POOL"])
    async with asyncpg.create_pool(os.environ["ATS_BENCH_DATABASE_URL"], min_size=size, max_size=size) as pool:
        app.state.pool = pool
        yield


def application() -> Starlette:
    """The ASGI application; reads ATS_BENCH_DATABASE_URL and ATS_BENCH_POOL."""
    routes = [
        Route("/api/v1/applications/{id}", get_application),
        Route("/api/v1/applications", list_applications),
        Route("/api/v1/applications", create_application, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)
