"""The day's tokens of an organization: reserved before a model is asked, settled afterwards, so that the budget is never exceeded.

What a worker had reserved when it died stays reserved until the day is over.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from impl.core.context import Context
from impl.db.query import Query
from impl.lib import clock, ids
from impl.lib.language_model import Spent

RESERVE = Query(
    text(
        """
        INSERT INTO model_usage AS usage (organization_id, id, day, calls_count, tries_count, failed_count, cache_hits_count,
                                          input_tokens, output_tokens, reserved_tokens)
        SELECT CAST(:organization_id AS uuid), CAST(:id AS uuid), CAST(:day AS date), 0, 0, 0, 0, 0, 0, CAST(:tokens AS integer)
        WHERE CAST(:tokens AS integer) <= CAST(:budget AS integer)
        ON CONFLICT (organization_id, day) DO UPDATE SET reserved_tokens = usage.reserved_tokens + excluded.reserved_tokens
        WHERE usage.input_tokens + usage.output_tokens + usage.reserved_tokens + excluded.reserved_tokens <= CAST(:budget AS integer)
        RETURNING input_tokens + output_tokens + reserved_tokens
        """
    )
)
SETTLE = Query(
    text(
        """
        UPDATE model_usage SET
            calls_count = calls_count + 1,
            tries_count = tries_count + CAST(:tries AS integer),
            failed_count = failed_count + CAST(:failed AS integer),
            input_tokens = input_tokens + CAST(:input_tokens AS integer),
            output_tokens = output_tokens + CAST(:output_tokens AS integer),
            reserved_tokens = greatest(reserved_tokens - CAST(:reserved AS integer), 0)
        WHERE organization_id = CAST(:organization_id AS uuid) AND day = CAST(:day AS date)
        """
    )
)
COUNT_HIT = Query(
    text(
        """
        INSERT INTO model_usage AS usage (organization_id, id, day, calls_count, tries_count, failed_count, cache_hits_count,
                                          input_tokens, output_tokens, reserved_tokens)
        VALUES (CAST(:organization_id AS uuid), CAST(:id AS uuid), CAST(:day AS date), 0, 0, 0, 1, 0, 0, 0)
        ON CONFLICT (organization_id, day) DO UPDATE SET cache_hits_count = usage.cache_hits_count + 1
        """
    )
)


@dataclass(frozen=True, slots=True)
class Cost:
    """The most that one try can take."""

    input_tokens: int
    output_tokens: int

    def of(self, tries: int) -> int:
        """The most that so many tries can take."""
        return tries * (self.input_tokens + self.output_tokens)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Tokens held back."""

    day: date
    tokens: int
    cost: Cost


async def reserve(ctx: Context, cost: Cost, *, tries_max: int, budget: int) -> tuple[Reserved | None, float]:
    """Hold back what so many tries can take, None when that is more than the day has left; and how much of the budget is used and held
    then, of 1 (more than that stands for all that there is no room for)."""
    reserved = Reserved(clock.now().date(), cost.of(tries_max), cost)
    values = {"id": ids.new_id(), "day": reserved.day, "tokens": reserved.tokens, "budget": budget}
    held = await ctx.connection.value(RESERVE, organization_id=ctx.organization_id, **values)
    return (None, 2.0) if held is None else (reserved, held / max(budget, 1))


async def settle(ctx: Context, reserved: Reserved, spent: Spent, *, has_failed: bool) -> None:
    """Give back what was held, and count what was taken; of a try that was broken off, the most that it can have taken."""
    await ctx.connection.execute(
        SETTLE,
        organization_id=ctx.organization_id,
        day=reserved.day,
        reserved=reserved.tokens,
        tries=spent.tries,
        failed=int(has_failed),
        input_tokens=spent.input_tokens + spent.unknown_tries * reserved.cost.input_tokens,
        output_tokens=spent.output_tokens + spent.unknown_tries * reserved.cost.output_tokens,
    )


async def count_hit(ctx: Context) -> None:
    """An answer was there already."""
    await ctx.connection.execute(
        COUNT_HIT, organization_id=ctx.organization_id, id=ids.new_id(), day=clock.now().date()
    )
