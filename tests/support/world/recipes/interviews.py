"""Interviews and scorecards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.factories import V1
from tests.support.world.recipes.kinds import Recipe

if TYPE_CHECKING:
    from tests.support.world.scene import Scene


async def _interview(scene: "Scene", state: str | None) -> str:
    interview = await scene.make.interview(await scene.its_application())
    if state in ("completed", "cancelled", "no_show"):
        command = {"completed": "complete", "cancelled": "cancel"}.get(state, state)
        body = {"reason": "other"} if state == "cancelled" else None
        await scene.make.admin.data("POST", f"{V1}/interviews/{interview['id']}/{command}", json=body)
    return str(interview["id"])


async def _scorecard(scene: "Scene", state: str | None) -> str:
    return str((await scene.make.scorecard(status=state or "draft"))["id"])


RECIPES: Mapping[str, Recipe] = {
    "interview": _interview,
    "scorecard": _scorecard,
}
