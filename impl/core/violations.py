"""Which problem a broken rule of the database is. Each rule that a caller can break is named here once, or beside its row."""

import functools
from collections.abc import Callable

from impl.core.problems import ReferenceNotFound
from impl.db.errors import ConstraintViolated
from impl.lib.problems import Problem
from impl.models.base import Base


def problem_of(violated: ConstraintViolated) -> BaseException:
    """The problem behind a violated constraint; the violation itself when no caller should have been able to cause it."""
    make = _known().get(violated.constraint)
    return violated if make is None else make()


@functools.cache
def _known() -> dict[str, Callable[[], Problem]]:
    known: dict[str, Callable[[], Problem]] = {}
    for mapper in Base.registry.mappers:
        for constraint in mapper.local_table.foreign_key_constraints:  # type: ignore[attr-defined]  # every mapper's local_table is a Table
            if isinstance(constraint.name, str):
                known[constraint.name] = functools.partial(ReferenceNotFound.at, f"/{constraint.column_keys[-1]}")
        known.update(getattr(mapper.class_, "refusals", {}))
    return known
