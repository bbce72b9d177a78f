"""Retention: who is due by a policy, and what becomes of them. The rule stands in the contract, at `list_retention_policies`."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from generated.enums import RetentionAction, RetentionOutcome
from impl import models
from impl.core.context import Context
from impl.db.query import Query
from impl.lib import clock
from impl.models.candidate import CandidateErased
from impl.models.legal_hold import LegalHoldStands
from impl.services.privacy import forgetting

NOBODY: Final = UUID(int=0)

# Days are those of the organization's own calendar: its shortest and its longest count as one, as any other.
DUE = Query(
    text(
        """
        SELECT c.id FROM candidates c
        LEFT JOIN LATERAL (
            SELECT a.status, a.ended_at FROM applications a
            WHERE a.organization_id = c.organization_id AND a.candidate_id = c.id
            ORDER BY a.ended_at DESC NULLS FIRST, a.id DESC LIMIT 1
        ) last ON true
        WHERE c.organization_id = CAST(:organization_id AS uuid) AND c.status = 'active'
          AND c.id > CAST(:after AS uuid) AND (CAST(:only AS uuid) IS NULL OR c.id = CAST(:only AS uuid))
          AND coalesce(last.status, 'no_application') = CAST(:outcome AS text)
          AND CAST(greatest(
              c.updated_at,
              last.ended_at,
              (SELECT max(n.updated_at) FROM notes n WHERE n.organization_id = c.organization_id AND n.candidate_id = c.id),
              (SELECT max(m.updated_at) FROM messages m WHERE m.organization_id = c.organization_id AND m.candidate_id = c.id)
          ) AT TIME ZONE CAST(:time_zone AS text) AS date) + CAST(:after_days AS integer) <= CAST(:today AS date)
          AND NOT EXISTS (
              SELECT 1 FROM legal_holds h
              WHERE h.organization_id = c.organization_id AND h.candidate_id = c.id AND h.released_at IS NULL
          )
        ORDER BY c.id LIMIT CAST(:batch AS integer)
        """
    )
)


class Rule:
    """One policy on one day."""

    def __init__(self, policy: models.RetentionPolicy, time_zone: str) -> None:
        self.outcome: RetentionOutcome = policy.outcome
        self.action: RetentionAction = policy.action
        self._values: Mapping[str, Any] = {
            "outcome": policy.outcome.value,
            "after_days": policy.after_days,
            "time_zone": time_zone,
            "today": clock.now().astimezone(ZoneInfo(time_zone)).date(),
        }

    async def due(self, ctx: Context, *, batch: int, after: UUID = NOBODY, only: UUID | None = None) -> list[UUID]:
        """Who is due, in the order of their ids, behind `after`."""
        rows = await ctx.connection.rows(
            DUE, organization_id=ctx.organization_id, after=after, only=only, batch=batch, **self._values
        )
        return [UUID(str(row["id"])) for row in rows]

    async def apply(self, ctx: Context, candidate_id: UUID) -> bool:
        """Do to one candidate what the policy says, if it is still due once nobody else can change it; whether it was."""

        async def is_due() -> bool:
            return await self.due(ctx, batch=1, only=candidate_id) == [candidate_id]

        try:
            return await forgetting.forget_if(ctx, candidate_id, self.action, is_due)
        except (LegalHoldStands, CandidateErased):
            return False


async def rule_of(ctx: Context, policy: models.RetentionPolicy) -> Rule:
    """The policy as it is today."""
    organization = await ctx.load(models.Organization, ctx.organization_id)
    return Rule(policy, organization.time_zone)


async def policies(ctx: Context, *clauses: Any, lock: bool = False) -> list[models.RetentionPolicy]:
    """The organization's policies, in the order of their outcomes in the contract."""
    order = list(RetentionOutcome)
    found = await ctx.all(models.RetentionPolicy, *clauses, lock=lock)
    return sorted(found, key=lambda policy: order.index(policy.outcome))
