"""Files and what was read out of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.factories import V1, Factories
from tests.support.world.recipes.kinds import Fitting, OneMore, Recipe

if TYPE_CHECKING:
    from tests.support.world.scene import Scene


async def _attachment(scene: "Scene", state: str | None) -> str:
    """A resume; one that was read, where it is to be read again."""
    if scene.operation is not None and scene.operation.operation_id == "create_resume_parse":
        return str((await scene.make.parse())["attachment_id"])
    return str((await scene.make.attachment())["id"])


async def _resume_parse(scene: "Scene", state: str | None) -> str:
    return str((await scene.make.parse(status=state or "parsed"))["id"])


async def _file_on(make: Factories, path: Mapping[str, str]) -> None:
    await make.attachment(await make.application(candidate={"id": path["candidate_id"]}))


async def _link(scene: "Scene") -> str:
    attachment = await scene.make.attachment()
    link = await scene.make.admin.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    return str(link["token"])


RECIPES: Mapping[str, Recipe] = {
    "attachment": _attachment,
    "resume_parse": _resume_parse,
}
LISTED_BELOW: Mapping[str, OneMore] = {
    "list_attachments": _file_on,
    "list_resume_parses": _file_on,
}
NAMED: Mapping[str, Fitting] = {
    "link_token": _link,
}
