"""What becomes of words: tokens, literals, limits. What PostgreSQL makes of them stands in `test_keyed_text_search.py`."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impl.lib.keyed_text import KeyedText, Weight

KEY = bytes(range(32))
KEYED = KeyedText(KEY)
EXACT = KeyedText(KEY, language=None)

LEXEME = r"'[A-Za-z0-9+/]{12}'"
PLACE = r"[1-9][0-9]{0,4}[ABCD]"
DOCUMENT = re.compile(rf"(?:{LEXEME}:{PLACE}(?:,{PLACE})*(?: (?!$)|$))*")
PHRASE = rf"{LEXEME}(?: <[0-9]+> {LEXEME})*"
ITEM = rf"(?:{PHRASE}|!\({PHRASE}\))"
QUERY = re.compile(rf"{ITEM}(?: [&|] {ITEM})*")

weights = st.sampled_from(["A", "B", "C", "D"])


def only(text: str, keyed: KeyedText = EXACT) -> str | None:
    """The one lexeme of a query of one word."""
    query = keyed.query(text)
    assert query is None or re.fullmatch(LEXEME, query), f"{text} is not one word: {query}"
    return query


@given(st.lists(st.tuples(st.text(), weights)), st.sampled_from(["english", "german", None]))
def test_any_text_makes_a_document_of_hashes_places_and_nothing_else(
    parts: list[tuple[str, Weight]], language: str | None
) -> None:
    assert DOCUMENT.fullmatch(KeyedText(KEY, language).document(parts))


@given(st.text() | st.text("ab \"'*-|&!()<>:\\OR\0+#."))
def test_any_text_makes_a_query_of_hashes_and_our_operators_or_none(text: str) -> None:
    query = KEYED.query(text)
    assert query is None or QUERY.fullmatch(query)


@pytest.mark.promise("H1")
@given(st.lists(st.from_regex(r"[a-z]{6,14}", fullmatch=True), min_size=1))
def test_no_word_and_no_part_of_it_is_in_a_document_or_a_query(words: list[str]) -> None:
    text = " ".join(words)
    shown = (KEYED.document([(text, "A")]) + (KEYED.query(text) or "")).lower()
    assert not any(word[:6] in shown for word in words)


@pytest.mark.promise("H4")
def test_another_key_gives_other_hashes_and_the_same_key_the_same() -> None:
    other = KeyedText(bytes(32))
    text = "Ada Lovelace wrote the first program"
    hashes, others = (set(re.findall(LEXEME, keyed.document([(text, "A")]))) for keyed in (KEYED, other))
    assert not hashes & others
    assert KEYED.document([(text, "A")]) == KeyedText(KEY).document([(text, "A")])


def test_a_word_and_a_prefix_of_the_same_letters_have_unrelated_hashes() -> None:
    assert only("ann") != only("ann*")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("MÜLLER", "muller"),
        ("Łukasz", "lukasz"),
        ("O'Brien", "o\u2019brien"),
        ("O'Brien", "obrien"),
        ("straße", "STRASSE"),
        ("C++", "c++"),
        ("c#", "C#"),
        (".NET", ".net"),
        ("Ёлкин", "елкин"),
        ("jose\u0301", "José"),
    ],
)
def test_equal_words(left: str, right: str) -> None:
    assert only(left) == only(right) is not None


@pytest.mark.parametrize(
    "words", [("c", "c++", "c#"), ("net", ".net"), ("ada", "ad"), ("हिन्दी", "हन्द"), ("ぱ", "ば", "は")]
)
def test_different_words(words: tuple[str, ...]) -> None:
    assert len({only(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("compound", "phrase"),
    [
        ("full-stack", '"full stack"'),
        ("node.js", '"node js"'),
        ("ada.lovelace@example.com", '"ada lovelace example com"'),
        ("CI/CD", '"ci cd"'),
        ("C++17", '"c++ 17"'),
        ("snake_case", '"snake case"'),
        ("王小明", '"王 小 明"'),
    ],
)
def test_a_compound_is_the_phrase_of_its_parts(compound: str, phrase: str) -> None:
    assert EXACT.query(compound) == EXACT.query(phrase)
    assert EXACT.document([(compound, "A")]) == EXACT.document([(phrase, "A")])


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("ada lovelace", "1 & 2"),
        ("ada OR lovelace byron", "1 | 2 & 3"),
        ('"ada lovelace"', "1 <1> 2"),
        ('"ada lovelace', "1 <1> 2"),
        ("\u201cada lovelace\u201d byron", "1 <1> 2 & 3"),
        ("-ada", "!(1)"),
        ("ada --byron", "1 & !(2)"),
        ('-"ada byron"', "!(1 <1> 2)"),
        ("-full-stack", "!(1 <1> 2)"),
        ("full - stack", "1 & 2"),
        ("head of the department", "1 & 2"),
        ('"head of the department"', "1 <3> 2"),
        ("OR ada OR OR byron OR", "1 | 2"),
        ("ada & !byron | (cyd) <-> :*", "1 & 2 & 3"),
        ("ada\0byron", "1 <1> 2"),
        ("a*", None),
        ("the of", None),
        ("", None),
        ('- -- "" \' * \\ \ud800', None),
    ],
)
def test_shapes_of_queries(text: str, shape: str | None) -> None:
    query = KEYED.query(text)
    numbers: dict[str, str] = {}
    shown = query and re.sub(LEXEME, lambda match: numbers.setdefault(match[0], str(len(numbers) + 1)), query)
    assert shown == shape


def test_words_are_found_by_their_stem_in_the_language_asked_for() -> None:
    assert only("engineering", KEYED) == only("Engineers", KEYED) != only("engineering", EXACT)
    assert only("häuser", KeyedText(KEY, "german")) == only("haus", KeyedText(KEY, "german"))


def test_prefixes_only_where_asked_for() -> None:
    keyed = KeyedText(KEY, prefix_weights="A")
    found = only("lovel*", keyed)
    assert found is not None
    assert found in keyed.document([("Lovelace", "A")])
    assert found not in keyed.document([("Lovelace", "B")])


def test_positions_stay_within_the_limits_of_postgresql() -> None:
    one = EXACT.document([("x " * 40_000, "A")])
    assert [int(place) for place in re.findall(r"(\d+)A", one)] == list(range(1, 257))
    many = KeyedText(KEY, None, prefix_weights="").document([(" ".join(map(str, range(40_000))), "A"), ("after", "B")])
    assert max(int(place) for place in re.findall(r":(\d+)A", many)) == many.count(":") == 16_383


def test_long_texts_end_cleanly_and_in_time() -> None:
    started = time.process_time()
    queries = [
        KEYED.query(text) for text in ("a-" * 500_000, "-" * 500_000, '"' * 500_000, "x" * 500_000, "word " * 100_000)
    ]
    assert [query and len(re.findall(LEXEME, query)) for query in queries] == [None, None, None, 1, 64]
    assert KEYED.document([("'" * 200_000 + "x'" * 100_000, "A")])
    assert time.process_time() - started < 5


@pytest.mark.parametrize("key", [b"", b"short", bytes(65)])
def test_a_key_of_wrong_length_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="16 to 64"):
        KeyedText(key)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        KeyedText(KEY, "klingon")


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("engineer", "Senior Engineers, and an engineer", ["Engineers", "engineer"]),
        ("Lukasz", "Łukasz Émile", ["Łukasz"]),
        ("emile", "Łukasz E\u0301mile", ["E\u0301mile"]),
        ("strasse", "Große Straße", ["Straße"]),
        ("eng*", "Head of Engineering", ["Engineering"]),
        ('"head of engineering"', "Head of Engineering, engineering", ["Head", "Engineering"]),
        ('"head engineering"', "Head of Engineering", []),
        ("full-stack", "Full stack, stack", ["Full", "stack"]),
        ("ada OR grace", "Grace and Ada", ["Grace", "Ada"]),
        ("ada -grace", "Grace and Ada", ["Ada"]),
        ("C++", "C and C++", ["C++"]),
        ("a*", "Ada", []),
        ("明", "田中明子", ["明"]),
        ("", "Ada", []),
        ("ﬁnance", "Finance", ["Finance"]),
        ("¼", "¼", ["¼"]),
        ("0¼", "0¼", ["0¼"]),
    ],
)
def test_ranges_are_of_the_text_itself(query: str, text: str, found: list[str]) -> None:
    ranges = KeyedText(bytes(16)).ranges(query, text)
    assert [text[start:end] for start, end in ranges] == found


@given(st.text(max_size=60), st.text(max_size=60))
def test_ranges_are_in_order_and_within(query: str, text: str) -> None:
    ends = [end for each in KeyedText(bytes(16)).ranges(query, text) for end in each]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(text) for end in ends)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("ada", None),
        ('"ada lovelace" OR grace -hopper', None),
        ('ada "love', "A quotation mark is open."),
        ("", "A word that is wanted is missing."),
        ("-ada", "A word that is wanted is missing."),
        ("of the", "A word that is wanted is missing."),
        ("ada OR -grace", "Each side of OR needs a word that is wanted."),
        ("OR", "Each side of OR needs a word that is wanted."),
        ("w " * 65, "At the most 64 words."),
    ],
)
def test_faults(query: str, fault: str | None) -> None:
    keyed = KeyedText(bytes(16))
    assert keyed.fault(query) == fault
    assert fault is not None or keyed.query(query) is not None


def test_any_of_several_texts_is_asked_for_as_phrases_at_words_of_a_weight() -> None:
    parts = [EXACT.query(word) for word in ("machine", "learning", "ml")]
    assert EXACT.any_of(["Machine learning", "ML", "!", "", "ml"], "BD") == (
        f"{parts[0]}:BD <1> {parts[1]}:BD | {parts[2]}:BD"
    )
    assert EXACT.any_of(["-ml*"]) == parts[2]
    assert KEYED.any_of(["of", "!"]) is None
