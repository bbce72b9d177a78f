"""The state machines are the contract's table: what it allows happens, and nothing else does."""

from dataclasses import dataclass
from typing import Any

import pytest

from generated.transitions import TRANSITIONS
from impl.models.states import TransitionRefused, next_status
from tests.support import contract

MACHINES: dict[str, Any] = contract.document()["x-transitions"]


class Refused(TransitionRefused):
    code, title = "refused", "Refused"


@dataclass(frozen=True)
class Step:
    """One command in one state, as the contract has it."""

    machine: str
    command: str
    state: str
    targets: tuple[str, ...]
    is_allowed: bool

    def __str__(self) -> str:
        return f"{self.machine}-{self.state}-{self.command}"


STEPS = [
    Step(name, edge["operation"], state, (edge["to"], *edge.get("or", [])), state in edge["from"])
    for name, machine in MACHINES.items()
    for edge in [*machine["commands"], *machine.get("caused", [])]
    for state in machine["states"]
    if edge["from"] != [None]
]


@pytest.mark.parametrize("step", [step for step in STEPS if step.is_allowed], ids=str)
def test_a_command_leads_where_the_table_says(step: Step) -> None:
    assert next_status(step.machine, step.command, step.state, Refused) == step.targets[0]
    for target in step.targets:
        assert next_status(step.machine, step.command, step.state, Refused, to=target) == target
    with pytest.raises(ValueError, match="does not lead to nowhere"):
        next_status(step.machine, step.command, step.state, Refused, to="nowhere")


@pytest.mark.parametrize("step", [step for step in STEPS if not step.is_allowed], ids=str)
def test_any_other_state_refuses_and_names_what_it_takes(step: Step) -> None:
    commands = MACHINES[step.machine]["commands"]

    with pytest.raises(Refused) as refused:
        next_status(step.machine, step.command, step.state, Refused)

    assert (refused.value.status, refused.value.current_status) == (409, step.state)
    assert refused.value.allowed == tuple(each["operation"] for each in commands if step.state in each["from"])


def test_the_generated_states_are_the_contracts() -> None:
    generated = {name: list(machine.states) for name, machine in TRANSITIONS.items()}
    assert generated == {name: machine["states"] for name, machine in MACHINES.items()}


# Where a machine ends: a seat that was given up is made anew, a message that was told off is written anew.
LAST = {
    "approval": {"approved", "rejected", "cancelled"},
    "consent": {"withdrawn", "expired"},
    "intake": {"withdrawn", "discarded"},
    "interview": {"completed"},
    "message": {"sent", "failed", "cancelled"},
    "offer": {"declined", "expired", "withdrawn", "superseded"},
    "candidate": {"erased"},
    "opening": {"cancelled"},
    "resume_parse": {"needs_ocr", "failed"},
    "scorecard": {"submitted"},
    "task": {"succeeded", "cancelled"},
}


@pytest.mark.parametrize("name", list(MACHINES))
def test_every_state_can_be_reached_and_left(name: str) -> None:
    machine = MACHINES[name]
    edges = [
        *machine["commands"],
        *machine.get("caused", []),
        *machine.get("by_worker", []),
        *machine.get("by_time", []),
    ]
    left = {source for edge in edges for source in edge["from"] if source is not None}
    assert {target for edge in edges for target in (edge["to"], *edge.get("or", []))} == set(machine["states"])
    assert set(machine["states"]) - left == LAST.get(name, set())
