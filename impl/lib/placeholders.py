"""Texts with placeholders, `{{ group.name }}`: Jinja's syntax with everything but substitution taken away.

What stands between braces must be two names with a dot, and a known pair of them; a filter, a call, a condition or a loop is a
fault. So a text can read nothing but what it is given, and rendering it costs what its length costs.
"""

import functools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Final, Literal

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

Rule = Literal["syntax", "not_a_placeholder", "undeclared_variable"]

_environment: Final = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False, cache_size=0
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, on which line (from 1)."""

    rule: Rule
    line: int
    message: str


def faults(text: str, known: Collection[str]) -> list[Fault]:
    """Everything that keeps a text from being rendered with values for the `known` names (`group.name`)."""
    try:
        parsed = _environment.parse(text)
    except TemplateSyntaxError as error:
        return [Fault("syntax", error.lineno, error.message or "The braces do not match.")]
    except (RecursionError, ValueError, OverflowError):
        return [Fault("syntax", 1, "What stands between the braces is too involved.")]
    return list(_faults(parsed, known))


def names(text: str) -> set[str]:
    """The names that a text without faults uses."""
    return {name for node in _outputs(_environment.parse(text)) if (name := _name(node)) is not None}


def render(text: str, values: Mapping[str, str]) -> str:
    """A text without faults with `values` (by `group.name`) in place of its placeholders; each one must have a value."""
    groups: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        group, _, field = name.partition(".")
        groups.setdefault(group, {})[field] = value
    return _compiled(text).render({group: SimpleNamespace(**fields) for group, fields in groups.items()})


@functools.lru_cache(maxsize=256)
def _compiled(text: str) -> Template:
    return _environment.from_string(text)


def _faults(parsed: nodes.Template, known: Collection[str]) -> Iterator[Fault]:
    for statement in parsed.body:
        if not isinstance(statement, nodes.Output):
            yield Fault("not_a_placeholder", statement.lineno, "Only {{ group.name }} may be used, no {% … %}.")
    for node in _outputs(parsed):
        name = _name(node)
        if name is None:
            yield Fault("not_a_placeholder", node.lineno, "Only {{ group.name }} may stand between the braces.")
        elif name not in known:
            yield Fault("undeclared_variable", node.lineno, f"{name} is not declared.")


def _outputs(parsed: nodes.Template) -> Iterator[nodes.Expr]:
    for statement in parsed.body:
        if isinstance(statement, nodes.Output):
            yield from (node for node in statement.nodes if not isinstance(node, nodes.TemplateData))


def _name(node: nodes.Expr) -> str | None:
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return None
