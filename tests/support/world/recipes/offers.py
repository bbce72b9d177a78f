"""Offers and approvals."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.world.recipes.applications import an_application
from tests.support.world.recipes.kinds import Fitting, Recipe

if TYPE_CHECKING:
    from tests.support.world.scene import Scene


async def _offer(scene: "Scene", state: str | None) -> str:
    application = {"id": await an_application(scene, None)}
    return str((await scene.make.offer(application, status=state or "draft"))["id"])


async def _approval(scene: "Scene", state: str | None) -> str:
    return str((await scene.make.approval(status=state or "pending"))["id"])


async def _accepted_offer(scene: "Scene") -> str:
    """Of the application that the call is about, if it is about one."""
    application = scene.application or {"id": await an_application(scene, None)}
    return str((await scene.make.offer(application, status="accepted"))["id"])


RECIPES: Mapping[str, Recipe] = {
    "offer": _offer,
    "approval": _approval,
}
RELATED: Mapping[str, Fitting] = {
    "offer": _accepted_offer,
}
