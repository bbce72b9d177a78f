"""What an operation works with: its actor, its transaction, and the few verbs over them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Select, text
from sqlalchemy.orm import object_session

from generated.contract import Operation, Upload
from generated.enums import EventType, Visibility
from generated.responses import Effect, PageInfo
from impl import models
from impl.core import authentication, idempotency, pages, queue
from impl.core.access import mine
from impl.core.actor import NOBODY, Actor
from impl.core.idempotency import Answer, Claim
from impl.core.inserts import (
    CANDIDATE_EXISTS,
    INSERT_EVENT,
    defaults_of,
    insert_for_candidate,
    insert_of,
    is_of_candidate,
    new_row,
)
from impl.core.problems import NotFound, PreconditionFailed, PreconditionRequired, ReferenceNotFound
from impl.core.runtime import Runtime
from impl.db.engine import Connection
from impl.db.errors import RETRY_AFTER, Conflict40
from impl.db.query import Query
from impl.lib import clock, ids
from impl.lib.storage import Object
from impl.models.base import Base, Resource, TenantRow

Row = TypeVar("Row", bound=Base)
ANY_VERSION = -1


class Untold:
    """A value that no event tells."""


# What an event says of a field with personal data: that it has changed.
UNTOLD = (Untold(), Untold())
SET_ORGANIZATION = Query(text("SELECT set_config('app.organization_id', CAST(:organization_id AS text), true)"))


class ScopedQuery:
    """A hot read, compiled once for each visibility."""

    def __init__(self, select_for: Callable[[Visibility], Select[Any]]) -> None:
        self._select_for = select_for
        self._compiled: dict[Visibility, Query] = {}

    def of(self, visibility: Visibility) -> Query:
        query = self._compiled.get(visibility)
        if query is None:
            query = self._compiled[visibility] = Query(self._select_for(visibility))
        return query


class ObjectsWanted(Exception):
    """An operation keeps files that are not in the storage yet."""

    def __init__(self, objects: list[Object]) -> None:
        super().__init__()
        self.objects = objects


class Context:
    """One call's view of the system. Everything it reads is the actor's organization, within the actor's grants."""

    def __init__(self, runtime: Runtime, operation: Operation, connection: Connection, request_id: str) -> None:
        self.runtime = runtime
        self.operation = operation
        self.connection = connection
        self.request_id = request_id
        self.actor = NOBODY
        self.target_id: UUID | None = None
        self.expected_versions: frozenset[int] | None = None
        self.claim: Callable[[Actor], Claim | None] = lambda actor: None
        self.claimed: Claim | None = None
        self.events: list[dict[str, Any]] = []
        self.after_commit: list[Callable[[], None]] = []
        # Where the caller sends from; empty for the worker.
        self.caller_address = ""
        # The files that are in the storage, and those that must go there before this can be committed.
        self.stored: frozenset[UUID] = frozenset()
        self.wanted: list[Object] = []
        # The candidates and the jobs that the call has met, and the scopes beside its operation's own that made a difference.
        self.candidate_ids: set[UUID] = set()
        self.job_ids: set[UUID] = set()
        self.used_scopes: set[str] = set()

    @property
    def organization_id(self) -> UUID:
        return self.actor.organization_id

    async def enter(self, actor: Actor) -> Answer | None:
        """Work as `actor` from now on: with its organization's keys, and under its idempotency key. Gives the kept answer when this
        write has been done before."""
        self.actor = actor
        self.keys = await self.runtime.keys.of(self.connection, actor.organization_id)
        self.claimed = self.claim(actor)
        if self.claimed is None:
            return None
        return await idempotency.take(self.connection, self.keys, actor, self.operation.operation_id, self.claimed)

    def holds(self, scope: str) -> bool:
        """Whether the actor has a scope that the operation does not ask everybody for. An answer that this made a difference to is
        replayed to nobody who has lost it."""
        if scope not in self.actor.scopes:
            return False
        self.used_scopes.add(scope)
        return True

    async def keep_answer(self, answer: Answer) -> None:
        """Keep the rendered answer under the caller's idempotency key, if there is one."""
        if self.claimed is None:
            return
        told = {event["job_id"] for event in self.events if event["job_id"] is not None}
        sight = await idempotency.sight_of(self.connection, self.actor, self.used_scopes, self.job_ids | told)
        about = self.candidate_ids
        await idempotency.keep(self.connection, self.keys, self.claimed, answer, sight=sight, candidate_ids=about)

    async def sign_in(self, actor: Actor) -> None:
        """Enter the organization in which an anonymous caller has just proven to be `actor`."""
        await self.connection.execute(SET_ORGANIZATION, organization_id=str(actor.organization_id))
        kept = await self.enter(actor)
        if kept is not None:
            raise idempotency.Replay(kept)

    async def load(self, model: type[Row], row_id: UUID, *, lock: bool = False, alone: bool = False) -> Row:
        """The row, or 404 when it is not there or not the actor's to see. With `lock` nobody else changes it until the end of the
        transaction, and the caller's `If-Match` is held against it when it is what the request is about; with `alone` nobody makes
        a row that refers to it, either."""
        row = await self._find(model, row_id, lock=lock, alone=alone)
        if row is None:
            raise NotFound("Check the id; it may also belong to something that you may not see.")
        if lock and row_id == self.target_id:
            self.expect_version(row.version)  # type: ignore[attr-defined]  # what a request can lock is a Resource
        return row

    async def refer(
        self, model: type[Row], row_id: UUID, pointer: str, *, lock: bool = False, alone: bool = False
    ) -> Row:
        """The row that the body's field at `pointer` names, or 404 `reference_not_found`."""
        row = await self._find(model, row_id, lock=lock, alone=alone)
        if row is None:
            raise ReferenceNotFound.at(pointer)
        return row

    def expect_version(self, version: int) -> None:
        """Hold the caller's If-Match against the version of the locked row."""
        expected = self.expected_versions
        if expected is None:
            if self.actor.requires_if_match and self.operation.takes_if_match:
                raise PreconditionRequired("Read the resource and send its ETag as If-Match.")
        elif ANY_VERSION not in expected and version not in expected:
            raise PreconditionFailed("Read it again and decide anew.")

    async def all(self, model: type[Row], *clauses: Any, order_by: Any = None, lock: bool = False) -> list[Row]:
        """Every visible row that fits `clauses`, changes of this call included; for sets small by nature (stages, a team)."""
        await self.connection.flush()
        order = model.__table__.c.id if order_by is None else order_by
        statement = mine(model, self.actor.visibility).where(*clauses).order_by(order)
        if lock:
            statement = statement.with_for_update(key_share=True, of=model)
        found = list(await self.connection.session.scalars(statement, self._all_rights()))
        for row in found:
            self._meet(row)
        return found

    async def row(self, query: ScopedQuery, **values: Any) -> Any:
        """The first row of a hot read, or None."""
        compiled = query.of(self.actor.visibility)
        return await self.connection.row(compiled, **values, **self._rights(compiled))

    async def rows(self, query: ScopedQuery, **values: Any) -> list[Any]:
        """Every row of a hot read; for sets small by nature (stages, a team)."""
        compiled = query.of(self.actor.visibility)
        return await self.connection.rows(compiled, **values, **self._rights(compiled))

    async def page(self, listing: pages.Listing, query: Any, **fixed: Any) -> tuple[list[Any], PageInfo]:
        """One page of `listing` as the generated query model asks for, and what the envelope says about it. `fixed` are
        filters that do not come from the query (the job in the path)."""
        return await self.page_at(listing, pages.position_of(query, listing, fixed))

    async def page_at(self, listing: pages.Listing, position: pages.Position) -> tuple[list[Any], PageInfo]:
        """As `page`, at a position that the operation has made up itself."""
        rows, has_more = await self.rows_at(listing, position)
        if not has_more:
            return rows, PageInfo(next_cursor=None, has_more=False)
        mark = pages.fingerprint(self.operation.operation_id, position)
        values = pages.sort_values(rows[-1], listing.sorts[position.sort])
        return rows, PageInfo(next_cursor=pages.encode_cursor(mark, values), has_more=True)

    async def rows_at(self, listing: pages.Listing, position: pages.Position) -> tuple[list[Any], bool]:
        """The rows at a position of a listing, and whether there are more behind them."""
        mark = pages.fingerprint(self.operation.operation_id, position)
        after = pages.after_values(position.cursor, mark, listing.sorts[position.sort])
        compiled = listing.query(
            self.actor.visibility, frozenset(position.filters), position.sort, is_continued=bool(after)
        )
        rows = await self.connection.rows(
            compiled, limit=position.limit + 1, **after, **position.filters, **self._rights(compiled)
        )
        return rows[: position.limit], len(rows) > position.limit

    async def forget_credentials(self) -> None:
        """Have every process look its callers up anew: rights, sessions, keys or the organization's rules have changed."""
        await self.connection.execute(authentication.FORGET, organization_id=str(self.organization_id))
        organization_id = self.organization_id
        self.after_commit.append(lambda: self.runtime.authenticator.forget(organization_id))

    async def insert(self, model: type[Row], **values: Any) -> Row:
        """A new row of the actor's organization, stored at once; its defaults are filled in. One that belongs to a candidate who is
        merged, or gone for good, just now is not stored: the call is run again, and meets what has become of the candidate."""
        row = new_row(model, {"organization_id": self.organization_id, **values})
        stored = {name: getattr(row, name) for name, _ in defaults_of(model)}
        self._meet(row)
        candidate_id = stored["candidate_id"] if is_of_candidate(model) else None
        if candidate_id is None:
            await self.connection.execute(insert_of(model), **stored)
        elif not await self.connection.execute(insert_for_candidate(model), **stored):
            if await self.connection.value(CANDIDATE_EXISTS, organization_id=self.organization_id, id=candidate_id):
                raise Conflict40(headers=RETRY_AFTER)
            # Its foreign key says what is wrong.
            await self.connection.execute(insert_of(model), **stored)
        return row

    async def enqueue(
        self, task: queue.Task, *, run_at: datetime | None = None, lock: str | None = None, **arguments: UUID
    ) -> models.Task:
        """Put a task into this transaction: it runs once that is committed, and never when it is rolled back. Not before `run_at`;
        tasks of one `lock` run one after the other. The arguments are ids, nothing personal."""
        stored = await self.insert(
            models.Task,
            name=task.name,
            arguments=queue.checked_arguments(task, arguments),
            attempts_max=task.attempts_max,
            run_at=run_at or clock.now(),
            lock=lock,
            request_id=self.request_id,
        )
        await queue.defer(self.connection, self.organization_id, stored.id, run_at=run_at, lock=lock)
        return stored

    def record(self, event: str, row: Any, **changes: tuple[Any, Any]) -> None:
        """Write down what happened to `row`, in this transaction, and raise the version of a row that was there before.

        `changes` are `field=(before, after)`; nothing personal, for which `UNTOLD` stands (and in any case for the row's `unsaid`
        fields). Render the row after recording.
        """
        if isinstance(row, Resource | models.Organization) and object_session(row) is not None:
            row.version += 1
            row.updated_at = clock.now()
        self.events.append(
            {
                "organization_id": self.organization_id,
                "id": ids.new_id(),
                "type": event,
                "resource_type": event.partition(".")[0],
                "resource_id": row.id,
                "job_id": _related(row, models.Job, "job_id"),
                "candidate_id": _related(row, models.Candidate, "candidate_id"),
                "application_id": _related(row, models.Application, "application_id"),
                "actor_type": self.actor.recorded_type,
                "actor_id": self.actor.recorded_id,
                "request_id": self.request_id,
                "changes": [
                    {"field": name, "before": None, "after": None}
                    if name in getattr(row, "unsaid", ())
                    else {"field": name, "before": _plain(before), "after": _plain(after)}
                    for name, (before, after) in changes.items()
                    if before != after
                ],
                "occurred_at": clock.now(),
            }
        )

    def effects(self) -> list[Effect]:
        """What the call has done so far, for the answer of a dry run."""
        return [
            Effect(
                type=EventType(event["type"]),
                resource_type=event["resource_type"],
                resource_id=event["resource_id"],
            )
            for event in self.events
        ]

    def keep(self, upload: Upload) -> None:
        """Have an uploaded file in the storage, sealed, before this is committed (`impl.core.call`)."""
        if upload.id not in self.stored:
            sealed = self.seal(models.File, "content", upload.id, upload.content)
            self.wanted.append(Object(self.organization_id, upload.id, sealed))

    async def flush(self) -> None:
        """Send every pending change and event."""
        await self.connection.flush()
        if len(self.events) == 1:
            await self.connection.execute(INSERT_EVENT, **self.events[0])
        elif self.events:
            await self.connection.execute_many(INSERT_EVENT, self.events)

    def seal(self, model: type[TenantRow], column: str, row_id: UUID, plaintext: bytes) -> bytes:
        """Encrypt one value, bound to its organization, table, column and row."""
        return self.keys.seal(model.__tablename__, column, row_id, plaintext)

    def unseal(self, model: type[TenantRow], column: str, row_id: UUID, sealed: bytes) -> bytes:
        """What `seal` was given; Unsealable when the bytes are not the ones that belong here."""
        return self.keys.open(model.__tablename__, column, row_id, sealed)

    async def _find(self, model: type[Row], row_id: UUID, *, lock: bool, alone: bool = False) -> Row | None:
        statement = mine(model, self.actor.visibility).where(model.__table__.c.id == row_id)
        if lock:
            statement = statement.with_for_update(key_share=not alone, of=model)
        row: Row | None = await self.connection.session.scalar(statement, self._all_rights())
        self._meet(row)
        return row

    def _meet(self, row: Base | None) -> None:
        candidate_id = _related(row, models.Candidate, "candidate_id")
        if candidate_id is not None:
            self.candidate_ids.add(candidate_id)
        job_id = _related(row, models.Job, "job_id")
        if job_id is not None:
            self.job_ids.add(job_id)

    def _all_rights(self) -> dict[str, UUID]:
        return {"organization_id": self.organization_id, "holder_id": self.actor.holder_id}

    def _rights(self, query: Query) -> dict[str, UUID]:
        rights = {"organization_id": self.organization_id}
        if "holder_id" in query.names:
            rights["holder_id"] = self.actor.holder_id
        return rights


def _related(row: Any, model: type[Base], column: str) -> UUID | None:
    """The id of the job, candidate or application that `row` is or belongs to."""
    found: UUID | None = getattr(row, "id" if isinstance(row, model) else column, None)
    return found


def _plain(value: Any) -> str | None:
    """A changed value as the feed shows it: the text that it is in JSON."""
    if isinstance(value, Untold):
        return None
    simple = msgspec.to_builtins(value)
    return simple if simple is None or isinstance(simple, str) else msgspec.json.encode(simple).decode()
