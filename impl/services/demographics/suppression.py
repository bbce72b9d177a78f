"""Hiding small counts of a table with totals, so that none follows from the others.

A table with its totals is a network: each row and each column is a node, each cell an edge between its two. Every row and every
column adds up, so a hidden cell follows from the visible ones exactly when it is a bridge among the hidden ones: when nothing else
that is hidden connects its row with its column.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

CELL_MIN = 5

Cell = tuple[int, int]
Node = tuple[bool, int]
Table = Sequence[Sequence[int]]


def with_totals(counts: Table) -> list[list[int]]:
    """The counts with the total of each row behind it, and the totals of the columns in a last row."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def hidden(table: Table, also: Iterable[Cell] = ()) -> set[Cell]:
    """The cells of a table with totals that nobody may see; `also` are hidden in any case."""
    cells = {(row, column) for row, line in enumerate(table) for column, _ in enumerate(line)}
    found = {cell for cell in cells if 0 < _value(table, cell) < CELL_MIN} | set(also)
    while telling := [*_rows_and_columns_of_bridges(table, found), *_lines_of_few(table, found)]:
        seen: set[Cell] = set()
        for group in telling:
            if seen.isdisjoint(group):
                found.add(_next_to_hide(table, cells - found, group))
                seen.update(group)
    return found


def bridges(edges: set[Cell]) -> Iterator[Cell]:
    """The edges that no other way leads around (Schmidt's chains: what no back edge closes a circle over)."""
    ways: defaultdict[Node, list[Node]] = defaultdict(list)
    for line, at in sorted(edges):
        ways[True, line].append((False, at))
        ways[False, at].append((True, line))
    order, parents = _walk(ways)
    place = {node: number for number, node in enumerate(order)}
    circled: set[Node] = set(ways.keys() - parents.keys())
    for node in order:
        for other in ways[node]:
            if place[other] > place[node] and parents[other] != node:
                _close(other, node, parents, circled)
    for node in order:
        if node not in circled and node in parents:
            (_, row), (_, column) = sorted([node, parents[node]], reverse=True)
            yield row, column


def _walk(ways: dict[Node, list[Node]]) -> tuple[list[Node], dict[Node, Node]]:
    """The nodes depth first, and where each was come to from; the first of each part has nothing before it."""
    order: list[Node] = []
    parents: dict[Node, Node] = {}
    met: set[Node] = set()
    for start in ways:
        pending = [(start, start)]
        while pending:
            node, before = pending.pop()
            if node not in met:
                met.add(node)
                order.append(node)
                if node != before:
                    parents[node] = before
                pending += [(other, node) for other in ways[node] if other not in met]
    return order, parents


def _close(node: Node, end: Node, parents: dict[Node, Node], circled: set[Node]) -> None:
    """The tree's edges from `node` up to `end` lie on a circle; each is known by its lower node."""
    while node != end and node not in circled:
        circled.add(node)
        node = parents[node]


def _rows_and_columns_of_bridges(table: Table, found: set[Cell]) -> Iterator[list[Cell]]:
    for row, column in bridges(found):
        yield [*_row_of(table, row), *_column_of(table, column)]


def _lines_of_few(table: Table, found: set[Cell]) -> Iterator[list[Cell]]:
    """The lines whose total shows that very few people are behind all that is hidden of them."""
    for line, total in _lines(table):
        gone = [cell for cell in line if cell in found]
        if gone and total not in found and sum(_value(table, cell) for cell in gone) < CELL_MIN:
            yield line


def _next_to_hide(table: Table, visible: set[Cell], group: Sequence[Cell]) -> Cell:
    """The smallest count of the group that still shows, a zero last; any other one when nothing of it shows any more."""
    choice = [cell for cell in group if cell in visible] or list(visible)
    return min(choice, key=lambda cell: (_value(table, cell) == 0, _value(table, cell), cell))


def _lines(table: Table) -> Iterator[tuple[list[Cell], Cell]]:
    """Each row and each column without its total, and the total."""
    for line in [
        *(_row_of(table, row) for row, _ in enumerate(table)),
        *(_column_of(table, at) for at, _ in enumerate(table[0])),
    ]:
        yield line[:-1], line[-1]


def _row_of(table: Table, row: int) -> list[Cell]:
    return [(row, column) for column, _ in enumerate(table[row])]


def _column_of(table: Table, column: int) -> list[Cell]:
    return [(row, column) for row, _ in enumerate(table)]


def _value(table: Table, cell: Cell) -> int:
    row, column = cell
    return table[row][column]
