"""Documents whose items may stand in them once."""

from collections.abc import Hashable, Iterable

from impl.lib.problems import FieldError, Problem


class DuplicateItems(Problem):
    status, code, title = 422, "duplicate_items", "Something is listed twice"


def expect_distinct(values: Iterable[Hashable | None], pointer: str) -> None:
    """Refuse a value that stands twice in a list. `pointer` says where the nth one is (`/stages/{}/id`); None is no value."""
    places: dict[Hashable, int] = {}
    errors: list[FieldError] = []
    for place, value in enumerate(values):
        if value is None:
            continue
        first = places.setdefault(value, place)
        if first != place:
            message = f"The same as {pointer.format(first)}."
            errors.append(FieldError(pointer.format(place), DuplicateItems.code, message))
    if errors:
        raise DuplicateItems("Each one may stand in the list once.", errors=errors)
