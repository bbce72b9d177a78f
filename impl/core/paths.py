"""What a path means and which methods it takes, as the contract says. A path that stands there literally is never an id's."""

import functools
import re
from typing import Final

from generated.operations import OPERATIONS

LITERAL: Final = frozenset(operation.path for operation in OPERATIONS.values() if "{" not in operation.path)


def allowed_methods(path: str) -> str | None:
    """The value of `Allow` for a path of the contract; None for any other."""
    if path in LITERAL:
        methods = {operation.method for operation in OPERATIONS.values() if operation.path == path}
    else:
        methods = {method for pattern, method in _patterns() if pattern.fullmatch(path)}
    if not methods:
        return None
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods))


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(operation.path))), operation.method)
        for operation in OPERATIONS.values()
    ]
