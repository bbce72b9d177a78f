"""Fills the service's own tables with the world: real keys, profiles sealed one by one, real blind indexes and keyed words.

Rows are copied in by the superuser of the measurement's own server, because COPY cannot be used through row-level security.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid5

import msgspec
import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB

from generated.operations import OPERATIONS
from impl import models
from impl.lib import clock, ids, normalize, tokens
from impl.lib.crypto import MasterKey, OrganizationKeys
from impl.models.base import Base
from impl.services.candidates import profile as profiles
from scripts.bench.peers.schema import copy_rows
from scripts.bench.world import STAGES, Application, World, opening_id

Rows = Iterable[dict[str, Any]]


def seed(superuser_url: str, world: World, master: MasterKey) -> str:
    """Fill a migrated, empty database; gives an API key that may do everything in the organization."""
    keys, wrapped = OrganizationKeys.create(master, world.organization_id)
    minted = tokens.mint_api_key("prod")
    with psycopg.connect(superuser_url) as connection:
        for model, rows in _tables(world, keys, wrapped, minted):
            columns = _insertable(model)
            copy_rows(connection, model.__tablename__, (_complete(columns, row) for row in rows))
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
    return minted.token


def _insertable(model: type[Base]) -> list[Column[Any]]:
    """The columns that an INSERT gives; PostgreSQL computes the others."""
    columns = [column for column in model.__table__.columns if isinstance(column, Column)]
    return [column for column in columns if not (column.computed or column.server_default or column.identity)]


def _complete(columns: list[Column[Any]], row: dict[str, Any]) -> dict[str, Any]:
    """The row with every insertable column, by the model's defaults."""
    return {column.name: _value(column, row) for column in columns}


def _value(column: Column[Any], row: dict[str, Any]) -> Any:
    if column.name in row:
        value = row[column.name]
        return Jsonb(value) if isinstance(column.type, JSONB) and value is not None else value
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _tables(
    world: World, keys: OrganizationKeys, wrapped: bytes, minted: tokens.MintedToken
) -> Iterator[tuple[type[Base], Rows]]:
    tenant = {"organization_id": world.organization_id}
    yield models.Organization, [{"id": world.organization_id, "slug": "bench", "name": "Bench"}]
    yield models.OrganizationKey, [{**tenant, "wrapped": wrapped}]
    yield models.ApiKey, [{**tenant, **_api_key(minted)}]
    yield (
        models.Source,
        ({**tenant, "id": id_, "name": f"Source {id_}", "kind": "other"} for id_ in world.source_ids),
    )
    yield models.RejectionReason, _reasons(world)
    yield models.Job, (
        {**tenant, "id": job.id, "title": job.title, "status": "open", "employment_type": "full_time", "workplace": "remote"}
        for job in world.jobs
    )  # fmt: skip
    yield models.Stage, (
        {**tenant, "id": id_, "job_id": job.id, "name": name, "kind": kind, "position": place}
        for job in world.jobs
        for place, (id_, (name, kind)) in enumerate(zip(job.stage_ids, STAGES, strict=True), 1)
    )  # fmt: skip
    yield models.Candidate, _candidates(world, keys)
    yield models.Application, (_application(world, keys, world.application(number)) for number in range(world.size))
    yield models.Opening, _openings(world)
    yield models.StageHistory, (_stay(world, world.application(number)) for number in range(world.size))


def _api_key(minted: tokens.MintedToken) -> dict[str, Any]:
    scopes = sorted({scope for operation in OPERATIONS.values() for scope in operation.scopes or ()})
    return {
        "id": ids.new_id(),
        "name": "bench",
        "public_id": minted.public_id,
        "secret_hash": minted.secret_hash,
        "scopes": scopes,
    }


def _reasons(world: World) -> Rows:
    for number, id_ in enumerate(world.reason_ids):
        is_last = number == len(world.reason_ids) - 1
        kind = "withdrawn_by_candidate" if is_last else "rejected_by_organization"
        yield {"organization_id": world.organization_id, "id": id_, "name": f"Reason {number}", "kind": kind}


def _candidates(world: World, keys: OrganizationKeys) -> Rows:
    text = profiles.words_of(keys)
    for number in range(world.candidates_count):
        candidate = world.candidate(number)
        profile = candidate.profile
        addresses = [normalize.email(email["address"]) for email in profile["emails"]]
        numbers = [normalize.phone(phone["number"]) for phone in profile["phones"]]
        sealed = keys.seal("candidates", "profile", candidate.id, msgspec.json.encode(profile))
        yield {
            "organization_id": world.organization_id,
            "id": candidate.id,
            "profile_sealed": sealed,
            "email_hashes": [keys.blind_index("candidates.email", address) for address in addresses],
            "phone_hashes": [keys.blind_index("candidates.phone", number) for number in numbers],
            "words": text.document([(profile["full_name"], "A"), (profile["headline"], "B")]),
            "source_id": world.source_ids[0],
            **_stamps(world.beginning),
        }


def _application(world: World, keys: OrganizationKeys, application: Application) -> dict[str, Any]:
    job, note = world.jobs[application.job], application.note
    return {
        "organization_id": world.organization_id,
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
        "note_sealed": keys.seal("applications", "note", application.id, note.encode()) if note else None,
        "opening_id": opening_id(application) if application.status == "hired" else None,
        "starts_on": application.starts_on,
        **_stamps(application.created_at, application.ended_at),
    }


def _openings(world: World) -> Rows:
    for number in range(world.size):
        application = world.application(number)
        if application.status == "hired":
            yield {
                "organization_id": world.organization_id,
                "id": opening_id(application),
                "job_id": world.jobs[application.job].id,
                "status": "filled",
                "application_id": application.id,
                "filled_at": application.ended_at,
                **_stamps(application.created_at, application.ended_at),
            }


def _stay(world: World, application: Application) -> dict[str, Any]:
    job = world.jobs[application.job]
    return {
        "organization_id": world.organization_id,
        "id": uuid5(application.id, "stay"),
        "application_id": application.id,
        "candidate_id": world.candidate_id(application.candidate),
        "job_id": job.id,
        "stage_id": job.stage_ids[application.stage],
        "entered_at": application.created_at,
        "left_at": application.ended_at,
        "outcome": None if application.ended_at is None else application.status,
    }


def _stamps(created_at: datetime, ended_at: datetime | None = None) -> dict[str, Any]:
    updated_at = ended_at or created_at
    return {"created_at": created_at, "updated_at": min(updated_at, clock.now()), "version": 1}
