"""What a run found as JSON Lines, for records and audits: numbers, rules, hashes and what became of it. No name, no quotation."""

from typing import Any, Final
from uuid import UUID

import msgspec
from starlette.responses import Response

from impl.core.context import Context
from impl.core.problems import NotFound
from impl.services.screening import queries

JSON_LINES: Final = "application/jsonl"
RENAMED: Final = {"id": "result_id"}


async def export(ctx: Context, run_id: UUID) -> Response:
    """Each result of a run as a line."""
    if await ctx.row(queries.ONE_RUN, id=run_id) is None:
        raise NotFound
    rows = await ctx.rows(queries.AUDITED, run_id=run_id)
    return Response(b"".join(_line(row) for row in rows), media_type=JSON_LINES)


def _line(row: Any) -> bytes:
    return msgspec.json.encode({RENAMED.get(name, name): value for name, value in row.items()}, enc_hook=str) + b"\n"
