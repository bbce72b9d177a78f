"""Applications."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.world.recipes.kinds import Fitting, Recipe

if TYPE_CHECKING:
    from tests.support.world.scene import Scene


async def an_application(scene: "Scene", state: str | None) -> str:
    application = await scene.make.application(job=await scene.its_job(), candidate=await scene.make.reachable())
    if state == "rejected":
        reason = await scene.make.rejection_reason()
        await scene.make.command(application, "reject", {"reason_id": reason["id"]})
    elif state in ("withdrawn", "hired"):
        await scene.make.command(application, {"withdrawn": "withdraw", "hired": "hire"}[state])
    scene.application = scene.application or application
    return str(application["id"])


async def _its_application(scene: "Scene") -> str:
    """Of the candidate that the call is about, if it is about one."""
    candidate_id = scene.target.get("candidate")
    if candidate_id is None:
        return await an_application(scene, scene.state_of("application"))
    made = await scene.make.application(job=await scene.its_job(), candidate={"id": candidate_id})
    return str(made["id"])


RECIPES: Mapping[str, Recipe] = {
    "application": an_application,
}
RELATED: Mapping[str, Fitting] = {
    "application": _its_application,
}
