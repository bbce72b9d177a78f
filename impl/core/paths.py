"""Which methods a path takes, as the contract says: the `Allow` of a 405."""

import functools
import re

from generated.operations import OPERATIONS


def allowed_methods(path: str) -> str | None:
    """The value of `Allow` for a path of the contract; None for any other."""
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
