"""Building a response from a row, by name."""

from typing import Any, TypeVar

import msgspec

Struct = TypeVar("Struct", bound=msgspec.Struct)


def shaped(kind: type[Struct], source: Any, **given: Any) -> Struct:
    """A `kind` whose fields are `given`, or the attributes of `source` with the same names; what neither has stays absent."""
    values = {
        name: getattr(source, name) for name in kind.__struct_fields__ if name not in given and hasattr(source, name)
    }
    return kind(**values, **given)
