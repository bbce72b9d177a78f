"""How a text looks in a document that flows: what hides it, its colour, what is behind it, its size."""

from dataclasses import dataclass

from impl.resumes.visible.colours import WHITE, Colour, is_lost
from impl.resumes.visible.hidden import Reason

TINY = 3.0  # points


@dataclass(frozen=True, slots=True)
class Place:
    """What holds a text: why nothing in it is seen, if so, and the colours that may be behind it, None for any."""

    reason: Reason | None = None
    behind: tuple[Colour | None, ...] = (WHITE,)


@dataclass(frozen=True, slots=True)
class Look:
    """A text's own looks; without a colour it has one that is seen on whatever is behind."""

    reason: Reason | None = None
    colour: Colour | None = None
    behind: Colour | None = None
    size: float | None = None


def why(look: Look, place: Place) -> Reason | None:
    """Why a text of this look is not seen at this place, if it is not."""
    if place.reason or look.reason:
        return place.reason or look.reason
    if look.size is not None and look.size < TINY:
        return Reason.TINY
    behind = (look.behind,) if look.behind else place.behind
    lost = look.colour is not None and all(each is not None and is_lost(look.colour, each) for each in behind)
    return Reason.NO_CONTRAST if lost else None
