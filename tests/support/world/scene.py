"""The rows that one call needs."""

from typing import Any

from tests.support import contract
from tests.support.contract import Documented
from tests.support.factories import Data, Factories
from tests.support.world import recipes
from tests.support.world.calls import Slot, path_slots


class Scene:
    """The rows of one call: its target in the state that the operation starts from, and what fits to it."""

    def __init__(self, make: Factories, operation: Documented | None, body: Any) -> None:
        self.make = make
        self.operation = operation
        self.body = body
        self.job: Data | None = None
        self.application: Data | None = None
        self.target: dict[str, str] = {}
        self._used: dict[str, int] = {}

    async def set_up(self) -> None:
        """Make the row that the path names."""
        assert self.operation is not None
        for slot in path_slots(self.operation):
            if slot.place == "path":
                self.target[slot.resource] = await self._made(slot.resource, self.state_of(slot.resource))

    async def id_of(self, slot: Slot) -> str:
        """The id for one slot: the target in the path; elsewhere another row of that resource that fits to the target."""
        if slot.place == "path":
            return self.target[slot.resource]
        if slot.resource in self.target or slot.resource not in recipes.RELATED:
            return await self._made(slot.resource, self.state_of(slot.resource))
        return await recipes.RELATED[slot.resource](self)

    async def any_row(self, resource: str) -> str:
        """A new row of a resource, in its usual state."""
        return await (recipes.RELATED[resource](self) if resource in recipes.RELATED else self._made(resource, None))

    def next(self, resource: str, of: int) -> int:
        """0, 1, 2 … for each use of a resource in this call, so that arrays get distinct rows."""
        self._used[resource] = self._used.get(resource, -1) + 1
        return min(self._used[resource], of - 1)

    async def its_job(self) -> Data:
        """The job of the call."""
        if self.job is None:
            self.job = await self.make.job(openings=2)
        return self.job

    async def its_application(self) -> Data:
        """An application of the call's job, whose candidate can be reached."""
        return await self.make.application(job=await self.its_job(), candidate=await self.make.reachable())

    async def _made(self, resource: str, state: str | None) -> str:
        if resource not in recipes.RECIPES:
            raise LookupError(f"no recipe for x-resource: {resource}; write one under tests/support/world/recipes/")
        return await recipes.RECIPES[resource](self, state)

    def state_of(self, resource: str) -> str | None:
        """Where the operation's transition starts from."""
        command = self.operation.operation_id if self.operation else ""
        if isinstance(self.body, dict) and command.startswith("bulk_"):
            command = f"{self.body['action']}_application"
        machine = contract.document()["x-transitions"].get(resource, {"commands": []})
        for edge in machine["commands"]:
            if edge["operation"] == command:
                return next((source for source in edge["from"] if source is not None), None)
        return None

    @property
    def reason_kind(self) -> str:
        action = self.body.get("action", "") if isinstance(self.body, dict) else ""
        name = self.operation.operation_id if self.operation else ""
        is_candidates = "withdraw" in f"{name} {action}" or name == "respond_to_offer"
        return "withdrawn_by_candidate" if is_candidates else "rejected_by_organization"
