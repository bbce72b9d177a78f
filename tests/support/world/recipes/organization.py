"""What belongs to the organization as a whole."""

import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from impl.lib import clock
from tests.support.world.recipes.kinds import Fitting, Recipe, plain

if TYPE_CHECKING:
    from tests.support.world.scene import Scene

_outcomes = itertools.cycle(["rejected", "no_application", "withdrawn", "hired"])


async def _reason(scene: "Scene", state: str | None) -> str:
    return str((await scene.make.rejection_reason(kind=scene.reason_kind))["id"])


async def _fitting_user(scene: "Scene") -> str:
    """For an interview somebody who may hold it, for which roles of single jobs would need a grant; for a policy who may decide."""
    name = scene.operation.operation_id if scene.operation is not None else ""
    is_wide = name.endswith(("_interview", "_approval_policy"))
    return str((await scene.make.user("recruiter" if is_wide else "interviewer"))["id"])


async def _org(scene: "Scene") -> str:
    return scene.make.cast.slug


async def _outcome(scene: "Scene") -> str:
    """One that has a policy, and somebody who is due by it; another one each time."""
    outcome = next(_outcomes)
    await scene.make.retention_policy(outcome)
    with clock.frozen(clock.now() - timedelta(days=400)):
        await scene.make.ended(outcome)
    return outcome


RECIPES: Mapping[str, Recipe] = {
    "api_key": plain("api_key", "jobs:read"),
    "approval_policy": plain("unused_policy"),
    "custom_field": plain("custom_field"),
    "department": plain("department"),
    "office": plain("office"),
    "rejection_reason": _reason,
    "source": plain("source"),
    "retention_policy": plain("retention_policy"),
    "user": plain("user"),
    "message_template": plain("message_template"),
}
RELATED: Mapping[str, Fitting] = {
    "user": _fitting_user,
}
NAMED: Mapping[str, Fitting] = {
    "org": _org,
    "outcome": _outcome,
}
