"""How a status changes: by the contract's table of transitions, and not otherwise."""

from generated.transitions import TRANSITIONS
from impl.lib.problems import Problem


class TransitionRefused(Problem):
    """A command that the row's status does not allow. Each machine has its own class, which carries the stable code."""

    status = 409


def next_status(
    machine: str, command: str, current: str, refusal: type[TransitionRefused], *, to: str | None = None
) -> str:
    """The status that `command` leads to from `current`, or `refusal` naming the commands that are allowed instead. `to` chooses
    where the table has several; ValueError for one that it does not have."""
    table = TRANSITIONS[machine]
    for edge in (*table.commands, *table.caused):
        if edge.operation == command and current in edge.sources:
            if to not in (None, edge.target, *edge.alternatives):
                raise ValueError(f"{command} does not lead to {to}")
            return to or edge.target
    allowed = [edge.operation for edge in table.commands if current in edge.sources]
    raise refusal(
        f"The {machine.replace('_', ' ')} is {current}; {command} is not possible.",
        current_status=current,
        allowed=allowed,
    )
