"""`naive`: the way that most services of this kind are written. FastAPI, SQLAlchemy's ORM, response_model.

Related rows come by `selectinload`, as SQLAlchemy's own examples for asyncio have it, and what was created is refreshed, as
FastAPI's tutorial does. With `ATS_BENCH_LOADS=joined` they come by joins, which is a better way than the usual one.
"""

import base64
import os
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Identity, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.types import DateTime
from uuid_utils.compat import uuid7


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True), list[Any]: JSONB, dict[str, Any]: JSONB}  # noqa: RUF012  # as SQLAlchemy's manual writes it


class Stamped:
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    version: Mapped[int] = mapped_column(default=1)


class Source(Base):
    __tablename__ = "sources"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class Job(Stamped, Base):
    __tablename__ = "jobs"
    title: Mapped[str]
    status: Mapped[str]
    stages: Mapped[list["Stage"]] = relationship(order_by="Stage.position")


class Stage(Base):
    __tablename__ = "stages"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id"))
    name: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int]


class Candidate(Stamped, Base):
    __tablename__ = "candidates"
    status: Mapped[str]
    given_name: Mapped[str | None]
    family_name: Mapped[str | None]
    full_name: Mapped[str]
    headline: Mapped[str | None]
    emails: Mapped[list[Any]]
    phones: Mapped[list[Any]]
    addresses: Mapped[list[Any]]
    links: Mapped[list[Any]]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    external_id: Mapped[str | None]


class Application(Stamped, Base):
    __tablename__ = "applications"
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id"))
    stage_id: Mapped[UUID] = mapped_column(ForeignKey("stages.id"))
    status: Mapped[str] = mapped_column(default="active")
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    external_id: Mapped[str | None]
    applied_at: Mapped[datetime] = mapped_column(default=now)
    stage_entered_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    reason_id: Mapped[UUID | None]
    note: Mapped[str | None]
    opening_id: Mapped[UUID | None]
    offer_id: Mapped[UUID | None]
    starts_on: Mapped[date | None]
    custom_fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    candidate: Mapped[Candidate] = relationship()
    job: Mapped[Job] = relationship()
    stage: Mapped[Stage] = relationship()

    @property
    def rejection(self) -> dict[str, Any] | None:
        if self.status != "rejected":
            return None
        return {"reason_id": self.reason_id, "note": self.note, "at": self.ended_at}

    @property
    def withdrawal(self) -> dict[str, Any] | None:
        return {"reason_id": self.reason_id, "at": self.ended_at} if self.status == "withdrawn" else None

    @property
    def hire(self) -> dict[str, Any] | None:
        if self.status != "hired":
            return None
        return {
            "opening_id": self.opening_id,
            "offer_id": self.offer_id,
            "starts_on": self.starts_on,
            "at": self.ended_at,
        }


class StageHistory(Base):
    __tablename__ = "stage_history"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    candidate_id: Mapped[UUID]
    job_id: Mapped[UUID]
    stage_id: Mapped[UUID] = mapped_column(ForeignKey("stages.id"))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    left_at: Mapped[datetime | None]


class Event(Base):
    __tablename__ = "events"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    sequence: Mapped[int] = mapped_column(Identity(always=True))
    type: Mapped[str]
    resource_type: Mapped[str]
    resource_id: Mapped[UUID]
    job_id: Mapped[UUID | None]
    candidate_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None]
    actor_type: Mapped[str]
    request_id: Mapped[str]
    changes: Mapped[list[Any]] = mapped_column(default=list)
    occurred_at: Mapped[datetime] = mapped_column(default=now)


class Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CandidateSummary(Read):
    id: UUID
    status: str
    full_name: str


class JobSummary(Read):
    id: UUID
    title: str
    status: str


class StageSummary(Read):
    id: UUID
    name: str
    kind: str


class Rejection(BaseModel):
    reason_id: UUID
    note: str | None
    at: datetime


class Withdrawal(BaseModel):
    reason_id: UUID | None
    at: datetime


class Hire(BaseModel):
    opening_id: UUID | None
    offer_id: UUID | None
    starts_on: date | None
    at: datetime


class ApplicationOut(Read):
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
    custom_fields: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    version: int


class ApplicationWithRelated(ApplicationOut):
    candidate: CandidateSummary
    job: JobSummary
    stage: StageSummary


class PageInfo(BaseModel):
    next_cursor: str | None
    has_more: bool


class ApplicationResponse(BaseModel):
    data: ApplicationWithRelated


class CreatedResponse(BaseModel):
    data: ApplicationOut


class ApplicationList(BaseModel):
    data: list[ApplicationWithRelated]
    page: PageInfo


class ApplicationCreate(BaseModel):
    candidate_id: UUID
    job_id: UUID


engine = create_async_engine(
    os.environ["ATS_BENCH_DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://"),
    pool_size=int(os.environ["ATS_BENCH_POOL"]),
)
session_maker = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI(title="naive")


async def get_session() -> AsyncIterator[AsyncSession]:
    async with session_maker() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session)]
load = joinedload if os.environ.get("ATS_BENCH_LOADS") == "joined" else selectinload
RELATED = [load(Application.candidate), load(Application.job), load(Application.stage)]


@app.get("/api/v1/applications/{application_id}", response_model=ApplicationResponse)
async def get_application(application_id: UUID, session: SessionDep, include: str = "") -> Any:
    result = await session.execute(select(Application).options(*RELATED).where(Application.id == application_id))
    application = result.scalar_one_or_none()
    if application is None:
        raise HTTPException(404, "not found")
    return {"data": application}


@app.get("/api/v1/applications", response_model=ApplicationList)
async def list_applications(
    session: SessionDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
    include: str = "",
) -> Any:
    statement = select(Application).options(*RELATED).order_by(Application.id.desc()).limit(limit + 1)
    if cursor is not None:
        statement = statement.where(Application.id < UUID(bytes=base64.urlsafe_b64decode(cursor + "==")))
    rows = list((await session.execute(statement)).scalars())
    has_more = len(rows) > limit
    rows = rows[:limit]
    next_cursor = base64.urlsafe_b64encode(rows[-1].id.bytes).rstrip(b"=").decode() if has_more else None
    return {"data": rows, "page": {"next_cursor": next_cursor, "has_more": has_more}}


@app.post("/api/v1/applications", response_model=CreatedResponse, status_code=201)
async def create_application(body: ApplicationCreate, session: SessionDep, response: Response) -> Any:
    candidate = await session.get(Candidate, body.candidate_id)
    job = await session.get(Job, body.job_id, options=[load(Job.stages)])
    if candidate is None or job is None or candidate.status != "active" or job.status == "closed":
        raise HTTPException(422, "no such candidate or job")
    application = Application(
        candidate_id=candidate.id, job_id=job.id, stage_id=job.stages[0].id, source_id=candidate.source_id
    )
    session.add(application)
    await session.flush()
    ids = {"application_id": application.id, "candidate_id": candidate.id, "job_id": job.id}
    session.add(StageHistory(stage_id=application.stage_id, **ids))
    session.add(
        Event(
            type="application.created",
            resource_type="application",
            resource_id=application.id,
            actor_type="anonymous",
            request_id="-",
            **ids,
        )
    )
    await session.commit()
    await session.refresh(application)
    response.headers["location"] = f"/api/v1/applications/{application.id}"
    return {"data": application}


def application() -> FastAPI:
    """The ASGI application; reads ATS_BENCH_DATABASE_URL and ATS_BENCH_POOL."""
    return app
