"""Keyed search in the real PostgreSQL answers as search over plain words would."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impl.db.embedded import Server
from impl.lib.keyed_text import KeyedText, Weight

EXACT = KeyedText(bytes(range(32)), language=None)
ENGLISH = KeyedText(bytes(range(32)))
GAP = " zz" * 16

WORDS = [
    "r",
    "go",
    "ann",
    "anna",
    "annabel",
    "bob",
    "bo",
    "java",
    "javascript",
    "internationalization",
    "internationalism",
]
PREFIXES = ["an", "ann", "bo", "java", "javas", "internationalizat", "internationali", "go", "r"]

Document = list[tuple[list[str], Weight]]


@dataclass(frozen=True)
class Item:
    """One demand of a query: a word or phrase, perhaps open at its end, perhaps unwanted."""

    words: tuple[str, ...]
    is_prefix: bool
    is_unwanted: bool

    def typed(self) -> str:
        text = " ".join(self.words) + "*" * self.is_prefix
        return "-" * self.is_unwanted + (f'"{text}"' if len(self.words) > 1 else text)

    def plain(self) -> str:
        """The same for plain words; a prefix of one character is a word, a long one is cut to twelve."""
        *head, last = self.words
        opened = f"'{last[:12]}':*" if self.is_prefix and len(last) > 1 else f"'{last}'"
        return "!" * self.is_unwanted + "(" + " <-> ".join([*(f"'{word}'" for word in head), opened]) + ")"

    def holds(self, document: Document) -> bool:
        size = len(self.words)
        found = any(self._fits(words[at : at + size]) for words, _ in document for at in range(len(words) - size + 1))
        return found is not self.is_unwanted

    def _fits(self, words: list[str]) -> bool:
        *head, last = self.words
        open_end = self.is_prefix and len(last) > 1
        return words[:-1] == head and (words[-1].startswith(last[:12]) if open_end else words[-1] == last)


words = st.sampled_from(WORDS)
items = st.builds(Item, st.lists(words, min_size=1, max_size=3).map(tuple), st.just(False), st.booleans()) | st.builds(
    Item,
    st.tuples(st.lists(words, max_size=2), st.sampled_from(PREFIXES)).map(lambda pair: (*pair[0], pair[1])),
    st.just(True),
    st.booleans(),
)
queries = st.lists(st.lists(items, min_size=1, max_size=3), min_size=1, max_size=3)
parts = st.tuples(st.lists(words, max_size=6), st.sampled_from(["A", "B", "C", "D"]))
corpora = st.lists(st.lists(parts, max_size=3), min_size=1, max_size=6)

with_database = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def connection(server: Server, database_name: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.url("ats_owner", database_name), autocommit=True) as opened:
        yield opened


def keyed(document: Document) -> str:
    return EXACT.document([(" ".join(words), weight) for words, weight in document])


def ranks(connection: psycopg.Connection, vectors: list[str], query: str | None) -> dict[int, float]:
    """The hits among the vectors, by number, with their rank."""
    rows = connection.execute(
        "SELECT n - 1, ts_rank_cd(v::tsvector, %(query)s::tsquery) FROM unnest(%(vectors)s::text[]) WITH ORDINALITY AS d(v, n)"
        " WHERE v::tsvector @@ %(query)s::tsquery",
        {"vectors": vectors, "query": query},
    )
    return dict(rows.fetchall())


def plain(connection: psycopg.Connection, document: Document) -> str:
    """The vector that PostgreSQL itself makes of the same words at the same positions."""
    vector = ""
    for words, weight in document:
        row = connection.execute(
            "SELECT (%s::tsvector || setweight(to_tsvector('simple', %s), %s::text::\"char\") || to_tsvector('simple', %s))::text",
            (vector, " ".join(words), weight, GAP),
        ).fetchone()
        assert row is not None
        vector = row[0]
    return vector


def overlap(items: list[Item]) -> bool:
    """Whether two different terms ask for one word ("ann" and "an*"): keyed, these are two lexemes, and count twice in a rank."""
    terms = {
        (word, item.is_prefix and at == len(item.words) - 1) for item in items for at, word in enumerate(item.words)
    }
    matching = [
        sum(Item((term,), is_prefix, False).holds([([word], "A")]) for term, is_prefix in terms) for word in WORDS
    ]
    return max(matching) > 1


@with_database
@given(corpora, queries)
def test_hits_and_ranks_are_those_of_plain_words(
    connection: psycopg.Connection, corpus: list[Document], query: list[list[Item]]
) -> None:
    typed = " OR ".join(" ".join(item.typed() for item in branch) for branch in query)
    plain_query = " | ".join(" & ".join(item.plain() for item in branch) for branch in query)
    hits = ranks(connection, [keyed(document) for document in corpus], EXACT.query(typed))
    expected = ranks(connection, [plain(connection, document) for document in corpus], plain_query)
    model = {
        number
        for number, document in enumerate(corpus)
        if any(all(item.holds(document) for item in branch) for branch in query)
    }
    assert set(hits) == model == set(expected)
    if not overlap([item for branch in query for item in branch]):
        assert hits == pytest.approx(expected, rel=1e-5)


@with_database
@given(st.text(max_size=60))
def test_postgresql_takes_any_document_and_query_and_finds_a_text_by_each_of_its_words(
    connection: psycopg.Connection, text: str
) -> None:
    vector = ENGLISH.document([(text, "A")])
    for word in text.split():
        query = ENGLISH.query(word.lstrip("-").replace("*", " ").replace('"', " "))
        if query is not None and word != "OR":
            assert ranks(connection, [vector], query), f"{word!r} is not found"


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("ada", True),
        ("LOVELACE", True),
        ("engineer", True),
        ("engineers", True),
        ('"head of engineering"', True),
        ('"head engineering"', False),
        ('"lovelace head"', False),
        ("love*", True),
        ("lovelaced*", False),
        ("ada.lovelace@example.org", True),
        ("ada.lovelace@example.com", False),
        ("ada.love*", True),
        ("c++ -java", True),
        ("c", False),
        (".net OR c++", True),
        ("-ada", False),
        ("-nobody", True),
        ("ada the of with", True),
        ("小明", True),
        ("明小", False),
        ("full-stack", True),
        ('"full stack"', True),
    ],
)
def test_a_profile_is_found_as_people_search(connection: psycopg.Connection, query: str, is_found: bool) -> None:
    profile = ENGLISH.document(
        [
            ("Ada Lovelace 王小明", "A"),
            ("Head of Engineering, full stack", "B"),
            ("C++, analysis, ada.lovelace@example.org", "C"),
        ]
    )
    assert bool(ranks(connection, [profile], ENGLISH.query(query))) is is_found


def test_a_hit_in_the_name_ranks_before_one_in_the_text(connection: psycopg.Connection) -> None:
    weights: list[Weight] = ["D", "B", "A", "C"]
    found = ranks(
        connection, [ENGLISH.document([("Ada Lovelace", weight)]) for weight in weights], ENGLISH.query("ada")
    )
    assert sorted(found, key=lambda number: found[number], reverse=True) == [2, 1, 3, 0]


def test_words_phrases_and_prefixes_use_the_index(connection: psycopg.Connection) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute("CREATE TEMP TABLE people (id int, words tsvector)")
        connection.execute("CREATE INDEX ON people USING gin (words)")
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO people VALUES (%s, %s::tsvector)",
                [(n, ENGLISH.document([(f"Person{n} Surname{n % 10}", "A")])) for n in range(500)],
            )
        connection.execute("SET LOCAL enable_seqscan = off")
        for typed, expected in [("person7", [7]), ('"person7 surname7"', [7]), ("person49*", [49, *range(490, 500)])]:
            query = ENGLISH.query(typed)
            found = connection.execute("SELECT id FROM people WHERE words @@ %s::tsquery ORDER BY id", (query,))
            assert [row[0] for row in found] == expected
            plan = connection.execute("EXPLAIN SELECT id FROM people WHERE words @@ %s::tsquery", (query,)).fetchall()
            assert any("Bitmap Index Scan" in row[0] for row in plan)


@pytest.mark.promise("H1")
def test_a_dump_shows_no_word(connection: psycopg.Connection) -> None:
    words = ["Wolkenstein", "Quixotic", "Zanzibar", "Kubernetes"]
    with connection.transaction(force_rollback=True):
        connection.execute("CREATE TEMP TABLE people (words tsvector)")
        vector = ENGLISH.document([(" ".join(words), "A")])
        connection.execute("INSERT INTO people VALUES (%s::tsvector)", (vector,))
        for form in ("text", "binary"):
            with connection.cursor().copy(f"COPY people TO STDOUT (FORMAT {form})") as copy:
                dump = b"".join(bytes(block) for block in copy).lower()
            assert len(dump) > 300
            assert not any(word.lower()[:5].encode() in dump for word in words)


@pytest.mark.parametrize(
    ("text", "prefix_weights", "lexemes_min"),
    [
        (" ".join(f"supercalifragilistic{n}" for n in range(30_000)), "", 16_000),
        (" ".join(f"{n * 7919 % 1_000_003:06}{n:08}" for n in range(30_000)), "A", 40_000),
        ("again " * 30_000, "A", 5),
        ("x" * 100_000 + " " + "ж" * 100_000, "A", 20),
    ],
    ids=["many words", "many prefixes", "one word", "huge words"],
)
def test_the_longest_documents_fit(
    connection: psycopg.Connection, text: str, prefix_weights: str, lexemes_min: int
) -> None:
    document = KeyedText(bytes(32), prefix_weights=prefix_weights).document([(text, "A"), (text, "B")])
    row = connection.execute(
        "SELECT count(*), max(cardinality(positions)), max(positions[cardinality(positions)]) FROM unnest(%s::tsvector)",
        (document,),
    ).fetchone()
    assert row is not None
    lexemes, positions, last = row
    assert lexemes >= lexemes_min
    assert positions <= 256
    assert last <= 16_383
