"""How a person is forgotten: every table of `impl.models.subject`, for the candidate and all that was merged into it.

Locked are the applications, then the candidates, the lower id first; while they are, nobody adds a row.
"""

import functools
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, delete, literal_column, select, update

from generated.enums import RetentionAction
from impl import models
from impl.core.context import Context
from impl.db.errors import RETRY_AFTER, Conflict40
from impl.db.query import Query
from impl.lib import clock
from impl.models.base import Resource
from impl.models.legal_hold import LegalHoldStands
from impl.models.subject import HOLDINGS, Holding
from impl.services.intakes.tasks import sweep_files
from impl.services.privacy import queries

Wanted = Callable[[], Awaitable[bool]]
#: What each action does to the candidate's own row, and the event that tells of it.
ENDS = {
    RetentionAction.ANONYMIZE: (models.Candidate.anonymize, "candidate.anonymized"),
    RetentionAction.ERASE: (models.Candidate.erase, "candidate.erased"),
}
FILES = next(holding for holding in HOLDINGS if holding.model is models.File)


async def forget(ctx: Context, candidate_id: UUID, action: RetentionAction) -> models.Candidate:
    """Take the person out of the data and leave the numbers, or leave the id alone."""
    candidate, merged = await _locked(ctx, candidate_id)
    candidate.expect_known()
    return await _forget_all(ctx, candidate, merged, action)


async def forget_if(ctx: Context, candidate_id: UUID, action: RetentionAction, is_wanted: Wanted) -> bool:
    """The same, if that is still wanted once nobody else can change the candidate; whether it was."""
    candidate, merged = await _locked(ctx, candidate_id)
    if wanted := await is_wanted():
        await _forget_all(ctx, candidate, merged, action)
    return wanted


async def purge(ctx: Context, candidate_id: UUID) -> None:
    """Erase a candidate whose quarantine is over. It may have been restored meanwhile; then nothing happens."""
    candidate, merged = await _locked(ctx, candidate_id)
    if candidate.is_overdue:
        await _forget_all(ctx, candidate, merged, RetentionAction.ERASE)


async def _forget_all(
    ctx: Context, candidate: models.Candidate, merged: Sequence[models.Candidate], action: RetentionAction
) -> models.Candidate:
    end, event = ENDS[action]
    before = candidate.status
    end(candidate)
    await _forget(ctx, [candidate, *merged])
    ctx.record(event, candidate, status=(before, candidate.status))
    _follow(ctx, merged, candidate, event)
    return candidate


def _follow(ctx: Context, merged: Sequence[models.Candidate], survivor: models.Candidate, event: str) -> None:
    for each in merged:
        before = each.status
        each.follow(survivor)
        ctx.record(event, each, status=(before, each.status))


async def _locked(ctx: Context, candidate_id: UUID) -> tuple[models.Candidate, list[models.Candidate]]:
    """The candidate and all that was merged into it, locked with their applications. Raises `legal_hold` when one is on any."""
    group = await group_of(ctx, candidate_id)
    await ctx.all(models.Application, models.Application.candidate_id.in_(group), lock=True)
    rows = {each: await ctx.load(models.Candidate, each, lock=True, alone=True) for each in group}
    if await group_of(ctx, candidate_id) != group:
        # Merged or unmerged in the meantime: the next attempt sees how.
        raise Conflict40(headers=RETRY_AFTER)
    hold = models.LegalHold
    rows[candidate_id].expect_not_erased()
    for standing in await ctx.all(hold, hold.candidate_id.in_(group), hold.released_at.is_(None)):
        raise LegalHoldStands("Release the hold first.", conflicting_id=standing.id)
    candidate = rows.pop(candidate_id)
    return candidate, list(rows.values())


async def group_of(ctx: Context, candidate_id: UUID) -> list[UUID]:
    """The candidate and all that was merged into it, however often."""
    found = await ctx.connection.rows(queries.GROUP, organization_id=ctx.organization_id, candidate_id=candidate_id)
    return [UUID(str(row["id"])) for row in found]


async def _forget(ctx: Context, candidates: Sequence[models.Candidate]) -> None:
    """Delete, clear or blank what every table holds about these candidates."""
    candidate_ids = sorted(each.id for each in candidates)
    about = {"organization_id": ctx.organization_id, "ids": candidate_ids}
    # Before the addresses are gone: what came in under them and never became an application names no candidate.
    files_gone = await ctx.connection.execute(queries.FORGET_UNMATCHED_FILES, **about)
    await ctx.connection.execute(queries.FORGET_UNMATCHED_INTAKES, **about)
    await ctx.connection.flush()
    for query in (queries.FORGET_ANSWERS, queries.FORGET_MERGES, queries.FORGET_VALUES):
        await ctx.connection.execute(query, **about)
    if files_gone or await ctx.connection.rows(_rows(FILES), **about):
        await ctx.enqueue(sweep_files)
    for holding in HOLDINGS:
        now = {"now": clock.now()} if issubclass(holding.model, Resource) else {}
        if holding.forget == "delete":
            await ctx.connection.execute(_delete(holding), **about)
        elif holding.blanked:
            await _blank(ctx, holding, about, now)
        elif holding.forget == "clear":
            await ctx.connection.execute(_clear(holding), **about, **now)


async def _blank(ctx: Context, holding: Holding, about: dict[str, Any], now: dict[str, Any]) -> None:
    for row in await ctx.connection.rows(_rows(holding), **about):
        texts = {
            column: ctx.seal(holding.model, column.removesuffix("_sealed"), row["id"], blank)
            for column, blank in holding.blanked.items()
        }
        one = {"organization_id": ctx.organization_id, "row_id": row["id"]}
        await ctx.connection.execute(_blanking(holding), **one, **texts, **now)


@functools.cache
def _delete(holding: Holding) -> Query:
    return Query(delete(holding.model).where(*_of(holding)))


@functools.cache
def _clear(holding: Holding) -> Query:
    return Query(update(holding.model).values(_values(holding)).where(*_of(holding)))


@functools.cache
def _rows(holding: Holding) -> Query:
    return Query(select(holding.model.id).where(*_of(holding)))


@functools.cache
def _blanking(holding: Holding) -> Query:
    table = holding.model
    own = (table.organization_id == bindparam("organization_id"), table.id == bindparam("row_id"))
    return Query(update(table).values(_values(holding)).where(*own))


def _of(holding: Holding) -> tuple[Any, ...]:
    table: Any = holding.model
    these = table.candidate_id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    return table.organization_id == bindparam("organization_id"), these


def _values(holding: Holding) -> dict[str, Any]:
    table: Any = holding.model
    values: dict[str, Any] = dict.fromkeys(holding.cleared)
    values |= {column: bindparam(column) for column in holding.blanked}
    if issubclass(table, Resource):
        values |= {"version": table.version + literal_column("1"), "updated_at": bindparam("now")}
    return values
