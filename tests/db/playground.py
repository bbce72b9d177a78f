"""Two tenant tables and what the tests ask of them."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import ARRAY, DateTime, Text, Uuid, any_, bindparam, func, insert, select, text
from sqlalchemy.dialects.postgresql import BYTEA, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from impl.db.engine import Database
from impl.db.query import Query

SCHEMA = """
CREATE TABLE things (
    organization_id uuid NOT NULL, id uuid NOT NULL, name text NOT NULL, count integer NOT NULL DEFAULT 0,
    tags text[] NOT NULL DEFAULT '{}', document jsonb, secret bytea, made_at timestamptz,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT uq_things_name UNIQUE (organization_id, name),
    CONSTRAINT ck_things_count CHECK (count >= 0)
);
CREATE TABLE parts (
    organization_id uuid NOT NULL, id uuid NOT NULL, thing_id uuid NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT fk_parts_thing FOREIGN KEY (organization_id, thing_id) REFERENCES things
        DEFERRABLE INITIALLY IMMEDIATE
);
"""

Admin = psycopg.Connection[tuple[object, ...]]

ACME = UUID("018f0000-0000-7000-8000-00000000000a")
BETA = UUID("018f0000-0000-7000-8000-00000000000b")
ONE, TWO = UUID(int=1), UUID(int=2)


class Base(DeclarativeBase):
    pass


class Thing(Base):
    __tablename__ = "things"

    organization_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    name: Mapped[str] = mapped_column(Text())
    count: Mapped[int] = mapped_column(server_default="0")
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default="{}")
    document: Mapped[dict[str, Any] | None] = mapped_column(JSONB())
    secret: Mapped[bytes | None] = mapped_column(BYTEA())
    made_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Part(Base):
    __tablename__ = "parts"

    organization_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    thing_id: Mapped[UUID] = mapped_column(Uuid())


NAMES = Query(select(Thing.name).order_by(Thing.name))
COUNT = Query(select(func.count()).select_from(Thing))
BY_ID = Query(select(Thing.name, Thing.count).where(Thing.id == bindparam("id")))
BY_IDS = Query(select(Thing.name).where(Thing.id == any_(bindparam("ids", type_=ARRAY(Uuid())))).order_by(Thing.name))
ADD = Query(insert(Thing), columns=["organization_id", "id", "name"])
ADD_PART = Query(insert(Part), columns=["organization_id", "id", "thing_id"])
TENANT = Query(text("SELECT coalesce(current_setting('app.organization_id', true), '')"))
# Of the superuser: who works as the service, and who of them sits in a transaction.
OURS = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ats'"
IDLE_IN = f"SELECT count(*) {OURS} AND state LIKE 'idle in transaction%'"


def value(admin: Admin, query: str) -> object:
    """The first column of the first row, as the superuser sees it."""
    row = admin.execute(query).fetchone()
    assert row is not None
    return row[0]


async def eventually(check: Callable[[], bool]) -> None:
    """Waits for what happens in the server."""
    async with asyncio.timeout(10):
        while not check():  # noqa: ASYNC110 - what it waits for happens in the server
            await asyncio.sleep(0.01)


async def add(db: Database, organization: UUID, *things: tuple[UUID, str]) -> None:
    """Things of an organization, committed."""
    async with db.transaction(organization, timeout_seconds=5) as connection:
        for number, name in things:
            await connection.execute(ADD, organization_id=organization, id=number, name=name)
