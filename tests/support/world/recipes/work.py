"""Messages and tasks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.factories import V1
from tests.support.world.recipes.kinds import Recipe

if TYPE_CHECKING:
    from tests.support.world.scene import Scene


async def _message(scene: "Scene", state: str | None) -> str:
    message = await scene.make.message()
    if state == "cancelled":
        await scene.make.admin.data("POST", f"{V1}/messages/{message['id']}/cancel")
    return str(message["id"])


async def _task(scene: "Scene", state: str | None) -> str:
    return str((await scene.make.task(state or "queued"))["id"])


RECIPES: Mapping[str, Recipe] = {
    "message": _message,
    "task": _task,
}
