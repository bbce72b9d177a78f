"""Legal holds, and forgetting a person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.privacy import PrivacyOperations
from generated.enums import ActorType, RetentionAction, RetentionOutcome
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.core.shape import shaped
from impl.lib import ids
from impl.services.candidates.responses import shown
from impl.services.privacy import exporting, forgetting, queries, retention

RUN_MAX = 50
# No version that a row has: what is not there fits no If-Match.
NOT_THERE = 0


class Privacy(PrivacyOperations[Context]):
    """What keeps a candidate's data, and what ends it."""

    async def anonymize_candidate(
        self, ctx: Context, candidate_id: UUID, query: requests.AnonymizeCandidateQuery
    ) -> responses.Candidate:
        return await shown(ctx, await forgetting.forget(ctx, candidate_id, RetentionAction.ANONYMIZE))

    async def erase_candidate(
        self, ctx: Context, candidate_id: UUID, query: requests.EraseCandidateQuery
    ) -> responses.Candidate:
        return await shown(ctx, await forgetting.forget(ctx, candidate_id, RetentionAction.ERASE))

    async def export_candidate(self, ctx: Context, candidate_id: UUID) -> responses.CandidateExport:
        return await exporting.export(ctx, candidate_id)

    async def list_retention_policies(self, ctx: Context) -> list[responses.RetentionPolicy]:
        return [shaped(responses.RetentionPolicy, policy) for policy in await retention.policies(ctx)]

    async def get_retention_policy(self, ctx: Context, outcome: RetentionOutcome) -> responses.RetentionPolicy:
        return shaped(responses.RetentionPolicy, await _policy(ctx, outcome))

    async def put_retention_policy(
        self, ctx: Context, outcome: RetentionOutcome, body: requests.RetentionPolicyPut
    ) -> responses.RetentionPolicy:
        values = {"after_days": body.after_days, "action": body.action, "is_enabled": body.is_enabled is True}
        # One after the other: an outcome has one policy.
        await ctx.load(models.Organization, ctx.organization_id, lock=True)
        found = await retention.policies(ctx, models.RetentionPolicy.outcome == outcome, lock=True)
        if found or ctx.expected_versions is not None:
            ctx.expect_version(found[0].version if found else NOT_THERE)
        if not found:
            policy = await ctx.insert(models.RetentionPolicy, outcome=outcome, **values)
            ctx.record("retention_policy.created", policy, **{name: (None, value) for name, value in values.items()})
            return shaped(responses.RetentionPolicy, policy)
        [policy] = found
        if changes := patch.apply(policy, values):
            ctx.record("retention_policy.updated", policy, **changes)
        return shaped(responses.RetentionPolicy, policy)

    async def run_retention_policy(
        self, ctx: Context, outcome: RetentionOutcome, query: requests.RunRetentionPolicyQuery
    ) -> responses.RetentionRun:
        rule = await retention.rule_of(ctx, await _policy(ctx, outcome))
        due = await rule.due(ctx, batch=RUN_MAX + 1)
        touched = [each for each in due[:RUN_MAX] if await rule.apply(ctx, each)]
        return responses.RetentionRun(
            outcome=outcome, action=rule.action, candidate_ids=touched, has_more=len(due) > RUN_MAX
        )

    async def list_legal_holds(
        self, ctx: Context, candidate_id: UUID, query: requests.ListLegalHoldsQuery
    ) -> responses.LegalHoldList:
        candidate = await ctx.load(models.Candidate, candidate_id)
        candidate.expect_known()
        rows, page = await ctx.page(queries.HOLDS, query, candidate_id=candidate_id)
        return responses.LegalHoldList(data=[_hold(ctx, row) for row in rows], page=page)

    async def place_legal_hold(
        self, ctx: Context, candidate_id: UUID, body: requests.LegalHoldCreate
    ) -> responses.LegalHold:
        candidate = await ctx.load(models.Candidate, candidate_id, lock=True)
        candidate.expect_known()
        candidate.expect_kept()
        hold_id = ids.new_id()
        hold = await ctx.insert(
            models.LegalHold,
            id=hold_id,
            candidate_id=candidate_id,
            reason_sealed=ctx.seal(models.LegalHold, "reason", hold_id, body.reason.encode()),
            placed_by_type=ActorType(ctx.actor.type),
            placed_by_id=ctx.actor.recorded_id,
        )
        ctx.record("legal_hold.placed", hold)
        return _hold(ctx, vars(hold))

    async def get_legal_hold(self, ctx: Context, legal_hold_id: UUID) -> responses.LegalHold:
        row = await ctx.row(queries.ONE_HOLD, id=legal_hold_id)
        if row is None:
            raise NotFound
        return _hold(ctx, row)

    async def release_legal_hold(
        self, ctx: Context, legal_hold_id: UUID, query: requests.ReleaseLegalHoldQuery
    ) -> responses.LegalHold:
        hold = await ctx.load(models.LegalHold, legal_hold_id, lock=True)
        hold.release()
        ctx.record("legal_hold.released", hold, released_at=(None, hold.released_at))
        return _hold(ctx, vars(hold))


async def _policy(ctx: Context, outcome: RetentionOutcome) -> models.RetentionPolicy:
    found = await retention.policies(ctx, models.RetentionPolicy.outcome == outcome)
    if not found:
        raise NotFound("The outcome has no policy.")
    return found[0]


def _hold(ctx: Context, row: Mapping[str, Any]) -> responses.LegalHold:
    return responses.LegalHold(
        id=row["id"],
        candidate_id=row["candidate_id"],
        reason=ctx.unseal(models.LegalHold, "reason", row["id"], row["reason_sealed"]).decode(),
        placed_by=responses.Actor(type=ActorType(row["placed_by_type"]), id=row["placed_by_id"]),
        released_at=row["released_at"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )
