"""Merging two candidates, and undoing it. Locked are the applications of both, then both candidates, the lower id first."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from generated.enums import ApplicationStatus, CustomFieldTarget
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import clock, ids
from impl.models.application import DuplicateApplication
from impl.models.merge import SameCandidate
from impl.services.applications import actions
from impl.services.candidates import index, profile
from impl.services.candidates.queries import ONE_CANDIDATE
from impl.services.custom_fields import values as custom
from impl.services.duplicates import ledger
from impl.services.duplicates.united import united, without

DUPLICATE_AT = "/duplicate_id"
TABLE = models.Application.__tablename__


class Merged:
    """What a merge did."""

    def __init__(self, survivor: models.Candidate, merge: models.CandidateMerge) -> None:
        self.survivor = survivor
        self.merge = merge
        self.withdrawn: list[UUID] = []
        self.counts: dict[str, int] = {}


async def merge(ctx: Context, survivor_id: UUID, duplicate_id: UUID, *, withdraws: bool) -> Merged:
    """Let the duplicate go over into the survivor."""
    if survivor_id == duplicate_id:
        raise SameCandidate("Name two candidates.")
    survivor, duplicate, applications = await _locked(ctx, survivor_id, duplicate_id)
    survivor.expect_open()
    before = duplicate.status
    duplicate.merge_into(survivor)
    document, added = united(_profile(ctx, survivor), _profile(ctx, duplicate))
    row = await _ledger(ctx, survivor_id, duplicate_id, added)
    done = Merged(survivor, row)
    done.withdrawn = await _withdraw_doubles(ctx, applications, survivor_id, withdraws=withdraws)
    own = [each for each in applications if each.candidate_id == duplicate_id]
    _reassign(ctx, own, survivor_id)
    ctx.record("candidate.merged", duplicate, status=(before, duplicate.status), merged_into_id=(None, survivor_id))
    if added:
        await _write(ctx, survivor, document)
    ctx.record("candidate.updated", survivor)
    await ctx.connection.flush()
    done.counts = await ledger.move_all(ctx, row)
    await index.refresh(ctx, survivor)
    if own:
        await ledger.keep(ctx, row.id, TABLE, [each.id for each in own])
        done.counts[TABLE] = len(own)
    return done


async def unmerge(ctx: Context, duplicate_id: UUID) -> models.Candidate:
    """Undo the merge that the candidate went over in."""
    survivor_id = await _survivor_of(ctx, duplicate_id)
    survivor, duplicate, applications = await _locked(ctx, survivor_id, duplicate_id)
    duplicate.expect_not_erased()
    before = duplicate.status
    duplicate.unmerge(survivor)
    standing = models.CandidateMerge.unmerged_at.is_(None)
    [row] = await ctx.all(models.CandidateMerge, models.CandidateMerge.duplicate_id == duplicate_id, standing)
    went_over = frozenset(await ledger.moved(ctx, row.id, TABLE))
    own = [each for each in applications if each.candidate_id == survivor_id and each.id in went_over]
    _reassign(ctx, own, duplicate_id)
    ctx.record("candidate.unmerged", duplicate, status=(before, duplicate.status), merged_into_id=(survivor_id, None))
    await _take_back(ctx, survivor, row)
    ctx.record("candidate.updated", survivor)
    row.unmerged_at = clock.now()
    await ctx.connection.flush()
    await ledger.move_back(ctx, row, [each.id for each in own])
    for each in (survivor, duplicate):
        await index.refresh(ctx, each)
    return duplicate


async def _survivor_of(ctx: Context, candidate_id: UUID) -> UUID:
    """Where a merged candidate went; its own id, when it did not go anywhere."""
    row = await ctx.row(ONE_CANDIDATE, id=candidate_id)
    if row is None:
        raise NotFound
    return UUID(str(row["merged_into_id"] or candidate_id))


async def _locked(
    ctx: Context, survivor_id: UUID, duplicate_id: UUID
) -> tuple[models.Candidate, models.Candidate, list[models.Application]]:
    """Both candidates and every application of theirs, all locked: nothing is added to either from now on."""
    both = sorted({survivor_id, duplicate_id})
    of_both = models.Application.candidate_id.in_(both)
    await ctx.all(models.Application, of_both, lock=True)
    rows = {}
    for each in both:
        if each == ctx.target_id:
            rows[each] = await ctx.load(models.Candidate, each, lock=True, alone=True)
        else:
            rows[each] = await ctx.refer(models.Candidate, each, DUPLICATE_AT, lock=True, alone=True)
    # Those that were made before the candidates were locked are seen now, and there are no more.
    applications = await ctx.all(models.Application, of_both, lock=True)
    return rows[survivor_id], rows[duplicate_id], applications


async def _withdraw_doubles(
    ctx: Context, applications: Sequence[models.Application], survivor_id: UUID, *, withdraws: bool
) -> list[UUID]:
    """End the duplicate's active applications on jobs where the survivor has one; raises where that is not wanted."""
    active = [each for each in applications if each.status == ApplicationStatus.ACTIVE]
    taken = {each.job_id for each in active if each.candidate_id == survivor_id}
    doubles = [each for each in active if each.candidate_id != survivor_id and each.job_id in taken]
    if doubles and not withdraws:
        raise DuplicateApplication(
            "End one of the two, or merge with `withdraw_duplicates`.", conflicting_id=doubles[0].id
        )
    for each in doubles:
        await actions.withdraw(ctx, each)
    return [each.id for each in doubles]


def _reassign(ctx: Context, applications: Sequence[models.Application], candidate_id: UUID) -> None:
    for each in applications:
        before, each.candidate_id = each.candidate_id, candidate_id
        ctx.record("application.reassigned", each, candidate_id=(before, candidate_id))


async def _ledger(
    ctx: Context, survivor_id: UUID, duplicate_id: UUID, added: dict[str, object]
) -> models.CandidateMerge:
    merge_id = ids.new_id()
    sealed = ctx.seal(models.CandidateMerge, "added", merge_id, msgspec.json.encode(added)) if added else None
    return await ctx.insert(
        models.CandidateMerge, id=merge_id, survivor_id=survivor_id, duplicate_id=duplicate_id, added_sealed=sealed
    )


async def _take_back(ctx: Context, survivor: models.Candidate, row: models.CandidateMerge) -> None:
    """Take what the merge had added to the survivor's profile out of it."""
    if row.added_sealed is None:
        return
    added = msgspec.json.decode(ctx.unseal(models.CandidateMerge, "added", row.id, row.added_sealed))
    row.added_sealed = None
    before = _profile(ctx, survivor)
    after = without(before, added)
    if after != before:
        await _write(ctx, survivor, after)


def _profile(ctx: Context, candidate: models.Candidate) -> dict[str, object]:
    return profile.opened_plain(ctx, candidate.id, candidate.profile_sealed)


async def _write(ctx: Context, candidate: models.Candidate, document: dict[str, object]) -> None:
    organization = await ctx.load(models.Organization, ctx.organization_id)
    stored = profile.columns(ctx, candidate.id, document, is_searchable=organization.full_text_search)
    patch.overwrite(candidate, stored)
    await custom.index(ctx, CustomFieldTarget.CANDIDATE, candidate.id, custom.parts_of(document))
