"""One command on many applications: each succeeds or fails by itself, inside one transaction."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from generated import requests, responses
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.violations import problem_of
from impl.db.errors import Conflict40, ConstraintViolated, DatabaseUnavailable, DeadlineExceeded
from impl.lib.problems import Problem
from impl.services.applications import actions
from impl.services.applications.responses import of_model

ACTIONS: dict[str, Callable[..., Awaitable[None]]] = {
    "move": actions.move,
    "reject": actions.reject,
    "withdraw": actions.withdraw,
    "reopen": actions.reopen,
}
# These end the whole request, whichever item met them.
FATAL = (Conflict40, DatabaseUnavailable, DeadlineExceeded)
REFERENCES = {"to_stage_id": models.Stage, "reason_id": models.RejectionReason}


async def run(ctx: Context, body: requests.BulkApplications) -> list[responses.BulkItem]:
    """The result of each application, in the order asked for. Rows are locked in the order of their ids."""
    values = patch.given(body)
    action, application_ids = ACTIONS[values.pop("action")], values.pop("application_ids")
    for name, model in REFERENCES.items():
        if values.get(name) is not None:
            await ctx.refer(model, values[name], f"/{name}")
    done = {id_: await _one(ctx, id_, action, values) for id_ in sorted(application_ids)}
    return [done[id_] for id_ in application_ids]


async def _one(
    ctx: Context, application_id: UUID, action: Callable[..., Awaitable[None]], values: dict[str, Any]
) -> responses.BulkItem:
    recorded = len(ctx.events)
    try:
        async with ctx.connection.savepoint():
            application = await ctx.load(models.Application, application_id, lock=True)
            await action(ctx, application, **values)
            await ctx.connection.flush()
            return responses.BulkItem(
                application_id=application_id, status=200, application=of_model(ctx, application), problem=None
            )
    except FATAL:
        raise
    except (Problem, ConstraintViolated) as error:
        problem = problem_of(error) if isinstance(error, ConstraintViolated) else error
        if not isinstance(problem, Problem):
            raise
        del ctx.events[recorded:]
        document = msgspec.convert(msgspec.to_builtins(problem.document(ctx.request_id)), responses.Problem)
        return responses.BulkItem(
            application_id=application_id, status=problem.status, application=None, problem=document
        )
