"""An oracle for the state machines: what a command may do is what the contract's table says, whatever the service believes."""

from typing import Any, Final

from generated.operations import OPERATIONS
from generated.transitions import TRANSITIONS, Transition

#: Which machine the command belongs to, and its edge.
COMMANDS: Final[dict[str, tuple[str, Transition]]] = {
    edge.operation: (name, edge)
    for name, machine in TRANSITIONS.items()
    for edge in machine.commands
    if edge.sources != (None,)
}
#: Operations that change rows beside the one that they answer with: afterwards nothing is known of those machines.
FAR_REACHING: Final = frozenset(
    {edge.operation for machine in TRANSITIONS.values() for edge in machine.caused}
    | {"close_job", "bulk_applications", "delete_candidate"}
)


class States:
    """The status of each row, as far as the answers so far have told it."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def wrong(self, operation_id: str, row_id: str, status: int, body: Any) -> str | None:
        """What a command's answer says against the table; None when it agrees, or nothing is known of the row."""
        if operation_id not in COMMANDS:
            return None
        machine, edge = COMMANDS[operation_id]
        before = self._known.get(row_id)
        if status == OPERATIONS[operation_id].success_status:
            shown = body["data"] if isinstance(body, dict) and "data" in body else {}
            # What a command answers with may be another row than the one that it was for.
            after = shown["status"] if shown.get("id") == row_id else edge.target
            if before is not None and before not in edge.sources:
                return f"{operation_id} took an {machine} that was {before}"
            if after not in (edge.target, *edge.alternatives):
                return f"{operation_id} led to {after}, not to {edge.target}"
        elif isinstance(body, dict) and body.get("code") == edge.refused_with and before in edge.sources:
            return f"{operation_id} refused an {machine} that was {before}"
        return None

    def learn(self, operation_id: str, row_id: str, status: int, body: Any) -> None:
        """Take over what an answer that was not a dry run says."""
        if status >= 300:
            return
        if operation_id in FAR_REACHING:
            self._known.clear()
        if status == 204:
            if operation_id in COMMANDS:
                self._known[row_id] = COMMANDS[operation_id][1].target
            return
        data = body.get("data") if isinstance(body, dict) else None
        for row in data if isinstance(data, list) else [data]:
            if isinstance(row, dict) and isinstance(row.get("status"), str) and isinstance(row.get("id"), str):
                self._known[row["id"]] = row["status"]
        if operation_id in COMMANDS and isinstance(data, dict) and data.get("id") != row_id:
            self._known[row_id] = COMMANDS[operation_id][1].target
