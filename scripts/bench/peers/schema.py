"""The peers' tables: the service's data in plain columns, with the same keys, foreign keys and indexes as far as they serve the requests."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid5

import psycopg

from scripts.bench.world import STAGES, Application, World, opening_id

DDL = """
CREATE TABLE sources (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE jobs (
    id uuid PRIMARY KEY, title text NOT NULL, status text NOT NULL,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version integer NOT NULL);
CREATE TABLE stages (
    id uuid PRIMARY KEY, job_id uuid NOT NULL REFERENCES jobs, name text NOT NULL, kind text NOT NULL,
    position integer NOT NULL);
CREATE INDEX ON stages (job_id, position);
CREATE TABLE candidates (
    id uuid PRIMARY KEY, status text NOT NULL, given_name text, family_name text, full_name text NOT NULL, headline text,
    emails jsonb NOT NULL, phones jsonb NOT NULL, addresses jsonb NOT NULL, links jsonb NOT NULL,
    source_id uuid REFERENCES sources, external_id text UNIQUE,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version integer NOT NULL);
CREATE TABLE applications (
    id uuid PRIMARY KEY, candidate_id uuid NOT NULL REFERENCES candidates, job_id uuid NOT NULL REFERENCES jobs,
    stage_id uuid NOT NULL REFERENCES stages, status text NOT NULL, source_id uuid REFERENCES sources,
    external_id text UNIQUE, applied_at timestamptz NOT NULL, stage_entered_at timestamptz NOT NULL, ended_at timestamptz,
    reason_id uuid, note text, opening_id uuid, offer_id uuid, starts_on date, custom_fields jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version integer NOT NULL);
CREATE UNIQUE INDEX ON applications (candidate_id, job_id) WHERE status = 'active';
CREATE INDEX ON applications (candidate_id, id);
CREATE INDEX ON applications (job_id, id);
CREATE INDEX ON applications (updated_at, id);
CREATE TABLE stage_history (
    id uuid PRIMARY KEY, application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
    candidate_id uuid NOT NULL, job_id uuid NOT NULL, stage_id uuid NOT NULL REFERENCES stages,
    entered_at timestamptz NOT NULL, left_at timestamptz);
CREATE UNIQUE INDEX ON stage_history (application_id) WHERE left_at IS NULL;
CREATE INDEX ON stage_history (application_id, id);
CREATE INDEX ON stage_history (job_id, id);
CREATE TABLE events (
    id uuid PRIMARY KEY, sequence bigint GENERATED ALWAYS AS IDENTITY, type text NOT NULL, resource_type text NOT NULL,
    resource_id uuid NOT NULL, job_id uuid, candidate_id uuid, application_id uuid, actor_type text NOT NULL, actor_id uuid,
    request_id text NOT NULL, changes jsonb NOT NULL, occurred_at timestamptz NOT NULL);
CREATE INDEX ON events (sequence);
CREATE INDEX ON events (resource_id);
"""


def seed(url: str, world: World) -> None:
    """Make the tables and fill them with `world`."""
    with psycopg.connect(url) as connection:
        connection.execute(DDL)
        for table, rows in _tables(world):
            copy_rows(connection, table, rows)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def copy_rows(connection: "psycopg.Connection[Any]", table: str, rows: Iterable[dict[str, Any]]) -> None:
    """COPY rows that all have the same columns; nothing happens without rows."""
    source = iter(rows)
    first = next(source, None)
    if first is None:
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(first)}) FROM STDIN") as copy,  # our own names
    ):
        copy.write_row(list(first.values()))
        for row in source:
            copy.write_row(list(row.values()))


def _tables(world: World) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    yield "sources", ({"id": id_, "name": f"Source {number}"} for number, id_ in enumerate(world.source_ids))
    yield "jobs", ({"id": job.id, "title": job.title, "status": "open", **_stamps(world)} for job in world.jobs)
    yield (
        "stages",
        (
            {"id": id_, "job_id": job.id, "name": name, "kind": kind, "position": place}
            for job in world.jobs
            for place, (id_, (name, kind)) in enumerate(zip(job.stage_ids, STAGES, strict=True), 1)
        ),
    )
    yield "candidates", (_candidate(world, number) for number in range(world.candidates_count))
    yield "applications", (_application(world, world.application(number)) for number in range(world.size))
    yield "stage_history", (_stay(world, world.application(number)) for number in range(world.size))


def _candidate(world: World, number: int) -> dict[str, Any]:
    candidate = world.candidate(number)
    plain = {name: json.dumps(value) if isinstance(value, list) else value for name, value in candidate.profile.items()}
    return {"id": candidate.id, "status": "active", **plain, "source_id": world.source_ids[0]} | _stamps(world)


def _application(world: World, application: Application) -> dict[str, Any]:
    job = world.jobs[application.job]
    return {
        "id": application.id,
        "candidate_id": world.candidate_id(application.candidate),
        "job_id": job.id,
        "stage_id": job.stage_ids[application.stage],
        "status": application.status,
        "source_id": world.source_ids[application.source],
        "external_id": application.external_id,
        "applied_at": application.created_at,
        "stage_entered_at": application.created_at,
        "ended_at": application.ended_at,
        "reason_id": world.reason_of(application),
        "note": application.note,
        "opening_id": opening_id(application) if application.status == "hired" else None,
        "starts_on": application.starts_on,
        "created_at": application.created_at,
        "updated_at": application.ended_at or application.created_at,
        "version": 1,
    }


def _stay(world: World, application: Application) -> dict[str, Any]:
    job = world.jobs[application.job]
    return {
        "id": uuid5(application.id, "stay"),
        "application_id": application.id,
        "candidate_id": world.candidate_id(application.candidate),
        "job_id": job.id,
        "stage_id": job.stage_ids[application.stage],
        "entered_at": application.created_at,
        "left_at": application.ended_at,
    }


def _stamps(world: World) -> dict[str, Any]:
    return {"created_at": world.beginning, "updated_at": world.beginning, "version": 1}
