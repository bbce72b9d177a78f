"""The spec world: for every operation of the contract a call that works, made from the spec's own examples.

Paths, query and body are those of the examples; every `x-resource` slot holds the id of a row that was made for this call, in the
state that the operation's transition asks for. A new operation is covered as soon as its resources have a recipe under `recipes/`.
"""

from tests.support.world.calls import Call, Pointer, Slot, body_slots, examples, path_slots, slots, variant, with_value
from tests.support.world.making import World, holds, named_in_path
from tests.support.world.standing import Standing, standing

__all__ = [
    "Call",
    "Pointer",
    "Slot",
    "Standing",
    "World",
    "body_slots",
    "examples",
    "holds",
    "named_in_path",
    "path_slots",
    "slots",
    "standing",
    "variant",
    "with_value",
]
