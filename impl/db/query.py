"""SQL that SQLAlchemy Core writes once and the driver runs: the way of hot reads."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BindParameter, Executable
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.sql.compiler import SQLCompiler


def dumps(value: object) -> str:
    """JSON text of a value for json and jsonb columns."""
    return orjson.dumps(value).decode()


DIALECT = PGDialect_asyncpg(json_serializer=dumps, json_deserializer=orjson.loads)  # type: ignore[no-untyped-call]  # it has no annotations

_REQUIRED = object()


class _Slot(NamedTuple):
    """One `$n` of the compiled text."""

    name: str
    convert: Callable[[Any], Any] | None
    default: object


class Query:
    """A Core statement (or `text()`), compiled at its first use and then kept; make it once, at module level.

    Values are given by the names of its bindparams when it runs. Lists go as `column == any_(bindparam("ids",
    type_=ARRAY(Uuid)))`; `in_()` is refused, because its text changes with the list. In a `text()` give the type of what
    the server cannot infer, as `CAST(:x AS uuid)`. An insert or update without `.values()` names its columns:
    `Query(insert(Job), columns=["organization_id", "id", "title"])`. Rows come as the driver reads them: the result side
    of a TypeDecorator does not run.
    """

    def __init__(self, statement: Executable, *, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self._columns = columns

    @cached_property
    def sql(self) -> str:
        """The compiled text with `$1, $2 …`. Raises TypeError for what cannot be compiled once."""
        return str(self._compiled)

    @cached_property
    def _compiled(self) -> SQLCompiler:
        compiled = self.statement.compile(dialect=DIALECT, column_keys=self._columns)  # type: ignore[attr-defined]  # every Executable that is a clause can
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only queries and data changes can be a Query, not DDL")
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise TypeError(
                "in_() and literal_execute change the text at each call: write column == any_(bindparam(...))"
            )
        computed = [*compiled.insert_prefetch, *compiled.update_prefetch]
        if computed:
            names = ", ".join(column.name for column in computed)
            raise TypeError(f"a Query runs no Python defaults: give {names} by a bindparam or a server default")
        return compiled

    @cached_property
    def _slots(self) -> list[_Slot]:
        compiled = self._compiled
        return [_slot(name, compiled.binds[name]) for name in compiled.positiontup or ()]

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters that it takes."""
        return frozenset(slot.name for slot in self._slots)

    def arguments(self, values: Mapping[str, object]) -> list[object]:
        """The driver's positional arguments. Raises TypeError for a missing or unknown name."""
        out: list[object] = []
        for name, convert, default in self._slots:
            value = values.get(name, default)
            if value is _REQUIRED:
                raise TypeError(f"the query needs a value for :{name}")
            out.append(value if convert is None else convert(value))
        if len(values) > len(out) or not self.names.issuperset(values):
            unknown = ", ".join(sorted(set(values) - self.names))
            if unknown:
                raise TypeError(f"the query has no parameter {unknown}")
        return out


def _slot(name: str, bind: BindParameter[Any]) -> _Slot:
    convert = bind.type.dialect_impl(DIALECT).bind_processor(DIALECT)
    default = _REQUIRED if bind.required else bind.effective_value
    return _Slot(name, convert, default)
