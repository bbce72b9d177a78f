"""What a published table hides follows from nothing that it shows."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from impl.services.demographics.suppression import CELL_MIN, Cell, bridges, hidden, with_totals

COUNTS = st.integers(0, 3).flatmap(lambda kind: st.integers(0, 4) if kind < 2 else st.integers(0, 40))
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def known(table: list[list[int]], gone: set[Cell]) -> set[Cell]:
    """The hidden cells that somebody who adds and subtracts what shows can work out, by elimination."""
    unknowns = sorted(gone)
    height, width = len(table), len(table[0])
    lines = [[(row, column) for column in range(width)] for row in range(height)]
    lines += [[(row, column) for row in range(height)] for column in range(width)]
    equations = []
    for line in lines:
        sign = {cell: Fraction(-1 if cell == line[-1] else 1) for cell in line}
        equations.append([sign.get(cell, Fraction(0)) for cell in unknowns])
    return {unknowns[pivots[0]] for pivots in reduced(equations) if len(pivots) == 1}


def reduced(equations: list[list[Fraction]]) -> list[list[int]]:
    """Which unknowns are left in each equation of the reduced row echelon form."""
    done: list[list[Fraction]] = []
    for column in range(len(equations[0])):
        pivot = next((row for row in equations if row[column]), None)
        if pivot is None:
            continue
        equations.remove(pivot)
        scaled = [value / pivot[column] for value in pivot]
        done = [[a - b * row[column] for a, b in zip(row, scaled, strict=True)] for row in done]
        equations = [[a - b * row[column] for a, b in zip(row, scaled, strict=True)] for row in equations]
        done.append(scaled)
    return [[place for place, value in enumerate(row) if value] for row in done]


@given(TABLES)
def test_nothing_small_shows_and_nothing_hidden_follows(counts: list[list[int]]) -> None:
    table = with_totals(counts)
    gone = hidden(table)
    for row, line in enumerate(table):
        for column, value in enumerate(line):
            assert (row, column) in gone or value == 0 or value >= CELL_MIN
    assert known(table, gone) == set()
    height, width = len(table), len(table[0])
    across = [[(row, at) for at in range(width)] for row in range(height)]
    down = [[(at, column) for at in range(height)] for column in range(width)]
    for cells in [*across, *down]:
        few = [table[row][column] for row, column in cells[:-1] if (row, column) in gone]
        assert not few or cells[-1] in gone or sum(few) >= CELL_MIN


@given(TABLES)
def test_hides_nothing_where_nothing_is_small(counts: list[list[int]]) -> None:
    assert hidden(with_totals([[0 if value < CELL_MIN else value for value in row] for row in counts])) == set()


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_bridges_are_what_no_way_leads_around(edges: set[Cell]) -> None:
    assert set(bridges(edges)) == {edge for edge in edges if not is_connected(edges - {edge}, edge)}


def is_connected(edges: set[Cell], ends: Cell) -> bool:
    """Whether a way leads from the row to the column, by plain search."""
    rows, size = {ends[0]}, -1
    columns: set[int] = set()
    while len(rows) + len(columns) > size:
        size = len(rows) + len(columns)
        columns |= {column for row, column in edges if row in rows}
        rows |= {row for row, column in edges if column in columns}
    return ends[1] in columns


def test_a_single_small_count_takes_others_with_it() -> None:
    table = with_totals([[20, 2, 9], [30, 8, 40]])
    gone = hidden(table)
    assert (0, 1) in gone
    assert len([cell for cell in gone if cell[0] == 0]) > 1
    assert len([cell for cell in gone if cell[1] == 1]) > 1
    assert table[0][0] == 20


def test_a_large_table_is_done_soon() -> None:
    counts = [[(7 * row + 3 * column) % 11 for column in range(8)] for row in range(600)]
    table = with_totals(counts)
    assert set(bridges(hidden(table))) == set()
