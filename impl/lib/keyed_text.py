"""Full-text search over words that the database never sees.

Every word is folded, stemmed and replaced by a keyed hash of 72 bits; positions and weights are kept. PostgreSQL then indexes and
ranks hashes as it would words: `document` makes the text of a `tsvector`, `query` that of a `tsquery`.

    insert … values ($1::tsvector)          with KeyedText(key).document([("Ada Lovelace", "A"), ("Head of Analysis", "B")])
    … where text_index @@ $1::tsquery       with KeyedText(key).query('"ada love*" analysis -intern')

What a query may hold: words (all must occur), `"phrases"`, `prefix*`, `-not`, `this OR that` (weaker than "and", as in
`websearch_to_tsquery`). Compounds such as `full-stack`, `node.js` or an e-mail address are phrases of their parts; `C++`, `C#` and `.NET`
are words; Chinese and Japanese are indexed by character, so that any part of a run is found. Words that carry nothing
("of", "the") are left out on both sides. A prefix has 2 to 12 characters: a longer one is cut, a single character is a word.
Hits and `ts_rank_cd` are those of the same search over plain words; only a query that names one word twice over ("ann ann*") ranks higher.
A query of unwanted words alone is allowed, and as slow as in any full-text search.

What leaks to whoever reads the table without the key: nothing of a word itself, and no guess can be checked; but within one organization
that two documents share a word or a prefix, how often each occurs and where, and so how long a word is, up to 12 characters.
Who knows how frequent names are can guess at frequent ones. With another key (another organization) no hash is equal.
"""

import re
from binascii import b2a_base64
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final, Literal

import Stemmer

from impl.lib.normalize import fold

Weight = Literal["A", "B", "C", "D"]

# PostgreSQL's own limits: the last position, the positions of one lexeme, and a megabyte (less a margin) for a document.
_POSITION_MAX: Final = 16_383
_POSITIONS_PER_LEXEME_MAX: Final = 256
_DOCUMENT_BYTES_MAX: Final = 1_000_000
_BYTES_PER_LEXEME: Final = 12 + 4

_HASH_BYTES: Final = 9
_PREFIX_MIN: Final = 2
_PREFIX_MAX: Final = 12
_WORD_MAX: Final = 64
# Wider than the left-out words of a real phrase, so that none is found across two parts.
_GAP: Final = 16
_QUERY_WORDS_MAX: Final = 64
_QUERY_CHARACTERS_MAX: Final = 4_096
_CACHED_WORDS: Final = 20_000

_FILLERS: Final = {
    "english": frozenset(
        ["a", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"]
    )
}

# Letters and digits of any script except ideographs; of the Indic and South-East Asian blocks also the marks, which Python does not
# count as letters. Possessive, so that no text makes the search slow.
_IDEOGRAPHS: Final = (
    r"\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTERS: Final = rf"(?: [^\W_{_IDEOGRAPHS}]++ | [\u0900-\u0963\u0966-\u109f\u1780-\u17d3] )++"
_WORD: Final = re.compile(
    rf"""( {_LETTERS} (?: ' {_LETTERS} )*+  (?: \+\+ | \# (?![^\W_]) )?    # also O'Brien, C++, C#
         | (?<![^\W_]) \.net (?![^\W_])
         | [{_IDEOGRAPHS}]
         )(\*?)""",
    re.VERBOSE,
)
_ITEM: Final = re.compile(r'(-*)(?:"([^"]*)"?|([^\s"]+))')
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


class KeyedText:
    """Documents and queries under one key. Keep the object as long as the key: the hashes of frequent words are cached with it.

    Args:
        key: 16 to 64 secret bytes.
        language: a Snowball algorithm ("english", "german", …), or None not to stem.
        prefix_weights: of which weights words can be found by a prefix; each such word costs up to eleven more lexemes.
    """

    def __init__(self, key: bytes, language: str | None = "english", prefix_weights: str = "ABCD") -> None:
        if not 16 <= len(key) <= 64:
            raise ValueError("a text key has 16 to 64 bytes")
        if language is not None:
            Stemmer.Stemmer(language)  # refuses an unknown language now, not at the first word
        self._language: Final = language
        self._prefix_weights: Final = frozenset(prefix_weights)
        self._fillers: Final = _FILLERS.get(language or "", frozenset())
        # Different "persons": the hash of the word "an" says nothing about the hash of the prefix "an".
        self._of_word: Final = blake2b(key=key, digest_size=_HASH_BYTES, person=b"word")
        self._of_prefix: Final = blake2b(key=key, digest_size=_HASH_BYTES, person=b"prefix")

    def document(self, parts: Iterable[tuple[str, Weight]]) -> str:
        """The text of a `tsvector` for weighted parts (A is the heaviest), in order; empty when they hold no word.

        What exceeds PostgreSQL's limits (position 16 383, 256 positions of one word, one megabyte) is left out, at the end of a word.
        """
        found: defaultdict[str, list[str]] = defaultdict(list)
        position, places = 0, 0
        for text, weight in parts:
            lexemes_max = None if weight in self._prefix_weights else 1
            for word, _ in _words(text):
                position += 1
                if position > _POSITION_MAX or len(found) * _BYTES_PER_LEXEME + places * 2 > _DOCUMENT_BYTES_MAX:
                    return _literal(found)
                if word in self._fillers:
                    continue
                place = f"{position}{weight}"
                for lexeme in (lexemes := _lexemes(self, word)[:lexemes_max]):
                    found[lexeme].append(place)
                places += len(lexemes)
            position += _GAP
        return _literal(found)

    def query(self, text: str) -> str | None:
        """The text of a `tsquery` for what a user typed, or None when it holds nothing to search for. Never raises."""
        branches: list[list[str]] = [[]]
        budget = _QUERY_WORDS_MAX
        for minus, quoted, plain in _items(text):
            if plain == "OR" and not minus:
                branches.append([])
                continue
            words = _words(quoted or plain)[:budget]
            budget -= len(words)
            if phrase := self._phrase(words):
                branches[-1].append(f"!({phrase})" if minus else phrase)
        return " | ".join(" & ".join(branch) for branch in branches if branch) or None

    def any_of(self, texts: Iterable[str], weights: str = "") -> str | None:
        """The text of a `tsquery` for documents with one of these texts as a phrase, at words of these weights (of any, when none is
        given); None when none of them holds a word. Unlike in `query`, no sign in a text means anything."""
        phrases = (self._phrase([(word, False) for word, _ in _words(text)], weights) for text in texts)
        return " | ".join(dict.fromkeys(phrase for phrase in phrases if phrase)) or None

    def ranges(self, query: str, text: str) -> list[tuple[int, int]]:
        """Where `text` has what `query` wants: start and end of each found word in characters of `text`, in order.

        A word of a phrase counts only where the whole phrase stands. What a query does not want is not looked for.
        """
        found = _placed(text)
        stems = [_lexemes(self, word)[0] for word, _, _ in found]
        hit: set[int] = set()
        for wanted in self._wanted(query):
            for first in range(len(found)):
                places = [first + offset for offset, _, _ in wanted]
                if places[-1] < len(found) and all(
                    found[place][0].startswith(word) if is_prefix else stems[place] == _lexemes(self, word)[0]
                    for place, (_, word, is_prefix) in zip(places, wanted, strict=True)
                ):
                    hit.update(places)
        return _apart(sorted({found[place][1:] for place in hit}))

    def _wanted(self, query: str) -> list[list[tuple[int, str, bool]]]:
        """The phrases that a query wants, each word with its distance from the first one and whether it is a prefix."""
        phrases = []
        for minus, quoted, plain in _items(query):
            words = [
                (at, word, star and len(word) >= _PREFIX_MIN) for at, (word, star) in enumerate(_words(quoted or plain))
            ]
            kept = [(at, word, star) for at, word, star in words if star or word not in self._fillers]
            if kept and not minus and plain != "OR":
                phrases.append([(at - kept[0][0], word, star) for at, word, star in kept])
        return phrases

    def _phrase(self, words: Sequence[tuple[str, bool]], weights: str = "") -> str:
        """Consecutive words as a `<->` chain; words left out of documents widen the distance."""
        chain, label = "", f":{weights}" if weights else ""
        distance = 1
        for word, is_prefix in words:
            by_prefix = is_prefix and len(word) >= _PREFIX_MIN
            if word in self._fillers and not by_prefix:
                distance += 1
                continue
            lexeme = self._prefix_lexeme(word) if by_prefix else _lexemes(self, word)[0]
            chain += f" <{distance}> '{lexeme}'{label}" if chain else f"'{lexeme}'{label}"
            distance = 1
        return chain

    def fault(self, text: str) -> str | None:
        """What is wrong with a query, for whoever typed it; None when it can be searched for. `query` copes with any."""
        if text.translate(_QUOTES).count('"') % 2:
            return "A quotation mark is open."
        if sum(len(_words(quoted or plain)) for _, quoted, plain in _items(text)) > _QUERY_WORDS_MAX:
            return f"At the most {_QUERY_WORDS_MAX} words."
        wanted = [False]
        for minus, quoted, plain in _items(text):
            if plain == "OR" and not minus:
                wanted.append(False)
            elif not minus and self._phrase(_words(quoted or plain)):
                wanted[-1] = True
        if all(wanted):
            return None
        return (
            "Each side of OR needs a word that is wanted." if len(wanted) > 1 else "A word that is wanted is missing."
        )

    def _word_lexeme(self, word: str) -> str:
        # A new stemmer costs less than a lock, and one must not be shared by threads.
        stem = Stemmer.Stemmer(self._language, 0).stemWord(word) if self._language else word
        return _hash(self._of_word, stem)

    def _prefix_lexeme(self, prefix: str) -> str:
        return _hash(self._of_prefix, prefix[:_PREFIX_MAX])


@lru_cache(maxsize=_CACHED_WORDS)
def _lexemes(keyed: KeyedText, word: str) -> tuple[str, ...]:
    """The word's own lexeme, then one for each of its prefixes. One bounded cache serves all keys of the process."""
    lengths = range(_PREFIX_MIN, min(len(word), _PREFIX_MAX) + 1)
    return keyed._word_lexeme(word), *[keyed._prefix_lexeme(word[:length]) for length in lengths]


def _items(query: str) -> list[tuple[str, str, str]]:
    """What a query consists of: minus signs, and what is quoted or a plain word."""
    found: list[tuple[str, str, str]] = _ITEM.findall(query[:_QUERY_CHARACTERS_MAX].translate(_QUOTES))
    return found


def _placed(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text, each with its start and end in the text itself, whose characters fold to none, one or more."""
    folded, origins = [], []
    for place, character in enumerate(text):
        parts = fold(character).replace("\u2019", "'")
        folded.append(parts)
        origins += [place] * len(parts)
    origins.append(len(text))
    return [
        (match[1].replace("'", "")[:_WORD_MAX], origins[match.start(1)], origins[match.end(1) - 1] + 1)
        for match in _WORD.finditer("".join(folded))
    ]


def _apart(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges without overlaps: one character may fold to two words (¼), or to the end of one and the beginning of the next."""
    kept: list[tuple[int, int]] = []
    for start, end in ranges:
        begin = max(start, kept[-1][1]) if kept else start
        if begin < end:
            kept.append((begin, end))
    return kept


def _words(text: str) -> list[tuple[str, bool]]:
    """The folded words of a text, each with whether an asterisk follows it."""
    found = _WORD.findall(fold(text).replace("\u2019", "'"))
    return [(word.replace("'", "")[:_WORD_MAX], star == "*") for word, star in found]


def _hash(keyed: "blake2b", text: str) -> str:
    state = keyed.copy()
    state.update(text.encode())
    return b2a_base64(state.digest(), newline=False).decode()


def _literal(found: dict[str, list[str]]) -> str:
    # Base 64 holds neither quote nor backslash, so a quoted lexeme needs no escape.
    return " ".join(
        [
            f"'{lexeme}':{at[0] if len(at) == 1 else ','.join(at[:_POSITIONS_PER_LEXEME_MAX])}"
            for lexeme, at in found.items()
        ]
    )
