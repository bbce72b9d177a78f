"""What recipes are."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from tests.support.factories import Factories

if TYPE_CHECKING:
    from tests.support.world.scene import Scene

#: How a row of a resource comes to be, in a state of its machine.
Recipe = Callable[["Scene", str | None], Awaitable[str]]
#: A row that fits to the call, beside its target; or what a path names otherwise than by an id.
Fitting = Callable[["Scene"], Awaitable[str]]
#: Another row of a list that belongs to the row that its path names.
OneMore = Callable[[Factories, Mapping[str, str]], Awaitable[None]]


def plain(name: str, *arguments: str) -> Recipe:
    """A row that its factory makes without more ado."""

    async def made(scene: "Scene", state: str | None) -> str:
        return str((await getattr(scene.make, name)(*arguments))["id"])

    return made
