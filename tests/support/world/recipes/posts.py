"""Posts, and what comes in by them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.factories import MOTIVATION
from tests.support.world.recipes.kinds import Fitting, Recipe

if TYPE_CHECKING:
    from tests.support.world.scene import Scene


async def _post(scene: "Scene", state: str | None) -> str:
    return str((await scene.make.post(await scene.its_job(), status=state or "published"))["id"])


async def _intake(scene: "Scene", state: str | None) -> str:
    return str((await scene.make.intake(state or "received"))["id"])


async def _slug(scene: "Scene") -> str:
    return str((await scene.make.post(await scene.its_job(), questions=[MOTIVATION]))["slug"])


async def _token(scene: "Scene") -> str:
    return str((await scene.make.applied())["token"])


RECIPES: Mapping[str, Recipe] = {
    "post": _post,
    "intake": _intake,
}
NAMED: Mapping[str, Fitting] = {
    "slug": _slug,
    "token": _token,
}
