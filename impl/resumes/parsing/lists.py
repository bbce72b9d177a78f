"""Skills and languages: sections that are lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from impl.resumes.parsing.contacts import is_contact, language_codes
from impl.resumes.parsing.dates import periods
from impl.resumes.parsing.lexicon import entries
from impl.resumes.parsing.pieces import Piece, lines
from impl.resumes.parsing.profile import Entry, Value
from impl.resumes.parsing.sections import Section, heading_kind, is_heading_name

_BORDER = re.compile(r"\s*[,;|•·●▪◦■►✓、，]\s*(?![^()]*\))|\t+|\s+[–—/]\s+|\s{3,}|\s+-\s+")
_CATEGORY = re.compile(r"^[^:,;•|]{2,45}:\s+(?=\S)|^[^:,;•|]{2,45}:$")
_CELL = re.compile(r"^[^\t,;•|]{2,40}\t+(?=[^\t]*[,;•|])")  # a category in the cell before its list
_LABEL = re.compile(
    r"^(?:[^\s:]+\s)?(?:languages?|sprachen|sprachkenntnisse|langues|idiomas|lingue|talen)(?:\s[^\s:]+)?\s*:",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\s*[:(–—-]?\s*\(?\b(?:(?:very |sehr )?(?:basic|beginner|intermediate|advanced|expert|proficient|good|gut|excellent|fluent|"
    r"grundkenntnisse|fortgeschritten|sehr gut|experte|expertin|anfänger|débutant|intermédiaire|avancé|expert|maîtrise|bases|"
    r"básico|intermedio|avanzado|experto|base|intermedio|avanzato|esperto|basis|gevorderd|gemiddeld|intermediário|avançado)|"
    r"(?:less than |more than |over |weniger als |moins d'|menos de |meno di )?\d+\+?\s*(?:years?|yrs?|jahre?|ans?|años?|anni|jaar|anos?)|\d{1,3}\s?%|\d/\d{1,2})\b[^)]*\)?\s*$|\s*[★☆●○⬤▪▫■□✩⭐]{2,}\s*$",
    re.IGNORECASE,
)
_ONLY_LEVEL = re.compile(
    r"(?:also|basic|beginner|intermediate|advanced|expert|proficient|fluent|native|good|master|novice|grundkenntnisse|fortgeschritten|"
    r"gut|sehr gut|experte|débutant|intermédiaire|avancé|básico|intermedio|avanzado|base|avanzato|gevorderd|gemiddeld|avançado)",
    re.IGNORECASE,
)
_CEFR = re.compile(r"\b([ABC][12])(?:\s?[+/–-]\s?[ABC][12])?\b")
_FLUENCY = re.compile(
    r"native|mother tongue|bilingual|fluent|proficient|professional|working|intermediate|advanced|basic|beginner|elementary|conversational|"
    r"muttersprach\w*|verhandlungssicher|fließend|fliessend|grundkenntnisse|gut|sehr gut|langue maternelle|courant|bilingue|notions|"
    r"intermédiaire|avancé|lu, écrit|nativo|nativa|lengua materna|fluido|medio|alto|básico|avanzado|madrelingua|fluente|buono|ottimo|"
    r"scolastico|moedertaal|vloeiend|goed|uitstekend|redelijk|língua materna|fluente|avançado|intermediário|modersmål|flytande",
    re.IGNORECASE,
)
_LONGEST_SKILL = 60
_MOST_OF_LEVEL = 4  # words
_JOINTS = (
    "&",
    " and",
    " und",
    " et",
    " y",
    " e",
    " en",
    " of",
    " de",
    " des",
    " di",
    " für",
    " van",
    " och",
    "/",
    "(",
    "-",
)
_REST_OF_NAME = re.compile(  # what is seldom a skill by itself
    r"(?:management|analysis|development|engineering|planning|administration|processing|reporting|relations|operations|strategy|"
    r"systems?|services?|software|tools|methods|techniques|instruction|documentation|optimi[sz]ation|improvement|modell?ing|"
    r"resolution|solving|thinking|entry|writing|control|assurance|studies|maintenance|procedures|design)",
    re.IGNORECASE,
)


def skills(sections: Sequence[Section], pieces: Sequence[Piece]) -> list[Value]:
    """The skills in their section; where there is none, well-known ones from anywhere."""
    found: dict[str, Value] = {}
    before = Section("top")
    for section in sections:
        is_kind = before.kind == "skills" and section.kind == "languages" and not languages([section])
        before = section if not is_kind else before
        if section.kind == "skills" or is_kind:  # "Languages", of programming
            for piece in _items(section.lines):
                if _is_skill(piece.text):
                    found.setdefault(" ".join(piece.text.split()).casefold(), Value.of(piece, 0.9))
    if not found:
        for piece, name in _known(pieces):
            found.setdefault(name.casefold(), Value.of(piece, 0.6, name))
    return list(found.values())


def languages(sections: Sequence[Section]) -> list[Entry]:
    """The languages in their section, or those that stand with a level among skills, personal data and the like."""
    found: dict[str, Entry] = {}
    for section in sections:
        is_list = section.kind == "languages"
        if is_list or section.kind in ("skills", "other", "contact", "top", "summary", "certificates"):
            for line, below in zip_longest(section.lines, section.lines[1:]):
                is_said = is_list or _LABEL.match(line.text) is not None or _only_names(line)
                for name, code, level in _with_level_below(list(_named(line)), below if is_list else None):
                    if is_said or (level is not None and _is_plain(line, name)):
                        found.setdefault(code, _language(name, code, level))
    return list(found.values())


def _items(lines: Sequence[Piece]) -> Iterator[Piece]:
    for line in _without_categories(list(_joined(lines))):
        if is_contact(line.text) or any(not period.is_single for period in periods(line.text)):
            continue
        bare = line.unbulleted()
        if heading_kind(bare) in ("skills", "languages") and is_heading_name(bare.text):
            continue
        if _is_prose(bare.text):
            yield from (piece for piece, _ in _known([bare]))
            continue
        category = _CATEGORY.match(bare.text) or _CELL.match(bare.text)
        if category:
            bare = bare.part(category.end(), len(bare.text))
        parts = bare.split(_BORDER)
        for part in parts:
            level = _LEVEL.search(part.text)
            is_levelled = level is not None and level.start() >= 2
            yield _without_end(part.part(0, level.start()) if level and is_levelled else part)


def _without_categories(lines: list[Piece]) -> list[Piece]:
    """The lines without those of one item, where each of them stands above a list, as its name."""
    counts = [len(line.unbulleted().split(_BORDER)) for line in lines]
    single = {index for index, count in enumerate(counts) if count == 1 and not lines[index].is_bulleted}
    if 0 in single and all(index + 1 < len(lines) and counts[index + 1] > 1 for index in single):
        return [line for index, line in enumerate(lines) if index not in single]
    return lines


def _is_prose(text: str) -> bool:
    words = text.split()
    small = sum(word[:1].islower() for word in words)
    return (
        len(words) >= 5 and small >= 0.5 * len(words) and text.count(",") <= 1 and ":" not in text and "•" not in text
    )


@dataclass(frozen=True, slots=True)
class _Habits:
    """How the lines of a list are written, by which one knows where an item goes on in the next line."""

    widest: int
    ends_with_signs: bool  # a line whose list goes on ends with the sign that parts its items
    begins_great: bool  # items begin with capitals

    @classmethod
    def of(cls, lines: Sequence[Piece]) -> "_Habits":
        texts = [line.unbulleted().text for line in lines if line.text]
        listed = [text for text in texts if "," in text]
        great = sum(not text[:1].islower() for text in texts)
        return cls(
            max(map(len, texts), default=0),
            len(listed) > 1 and any(text.endswith(",") for text in texts),
            len(texts) > 2 and great >= 0.6 * len(texts),
        )


def _joined(lines: Sequence[Piece]) -> Iterator[Piece]:
    """The lines of lists; an item that goes on in the next line is one item."""
    habits = _Habits.of(lines)
    held: Piece | None = None
    for line in lines:
        if not line.text:
            continue
        if held is not None and _is_continued(held, line, habits):
            held = Piece(held.text + "\n" + line.text, held.start)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _is_continued(held: Piece, line: Piece, habits: _Habits) -> bool:
    if line.is_bulleted or line.start != held.end + 1 or _CATEGORY.match(line.text) or "\t" in held.text + line.text:
        return False
    last = held.text.rpartition("\n")[2].rstrip()
    if last.endswith(_JOINTS) or last.count("(") > last.count(")"):
        return True
    is_list = "," in last and not last.endswith((",", "."))
    if is_list and len(last) > 50 and ("," in line.text or line.text[:1].islower()):
        return True
    if last.endswith((",", ";", ".", ":", "|", "•", "·")):
        return False
    if habits.ends_with_signs and is_list:
        return True
    first = _BORDER.split(line.text, maxsplit=1)[0]
    word = first.split()[0] if first else ""
    is_rest = word.islower() or _REST_OF_NAME.fullmatch(first) is not None
    return habits.begins_great and is_rest and len(last) + len(word) >= habits.widest


def _without_end(piece: Piece) -> Piece:
    piece = piece.trimmed()
    for joint in ("and ", "und ", "et ", "y ", "e ", "en "):
        if piece.text.startswith(joint):
            piece = piece.part(len(joint), len(piece.text))
    return piece.part(0, len(piece.text) - 1) if piece.text.endswith(".") and piece.text.count(".") == 1 else piece


def _is_skill(text: str) -> bool:
    words = text.split()
    if not words or len(words) > 6 or len(text) > _LONGEST_SKILL or not re.search(r"[^\W_]", text):
        return False
    if _ONLY_LEVEL.fullmatch(text) or re.fullmatch(r"[\d\s./%+-]+", text) or text.casefold() in language_codes():
        return False
    small = sum(word[:1].islower() for word in words)
    return not (len(words) > 4 and small >= 4 and text.endswith("."))


def _known(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, str]]:
    pattern, names = _known_pattern(), _known_names()
    for line in pieces:
        for found in pattern.finditer(line.text):
            name = names[found.group().casefold()]
            if len(found.group()) > 2 or found.group() == name:
                yield line.part(found.start(), found.end()), name


def known_skills(text: str) -> list[tuple[str, ...]]:
    """The names of each well-known skill that a text mentions, in the order of the text; what others call it after its own name."""
    mentioned = dict.fromkeys(name for _, name in _known(list(lines(text))))
    return [(name, *_skill_names().get(name, ())) for name in mentioned]


def _skill_names() -> dict[str, tuple[str, ...]]:
    return {
        name.rstrip(":"): tuple(alias.casefold() for alias in aliases) for name, aliases in entries("skills").items()
    }


@cache
def _known_names() -> dict[str, str]:
    return {alias: name for name, aliases in _skill_names().items() for alias in (name.casefold(), *aliases)}


@cache
def _known_pattern() -> re.Pattern[str]:
    words = {word for name, aliases in _skill_names().items() for word in (name.casefold(), *aliases)}
    ordered = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![\w.+#/-])(?:{ordered})(?![\w+#])", re.IGNORECASE)


def _named(line: Piece) -> Iterator[tuple[Piece, str, Piece | None]]:
    """The languages that a line names, each with its code and what is said of its level before the next one."""
    codes = language_codes()
    words = [
        (found.start(), found.end(), codes[found.group().casefold()])
        for found in re.finditer(r"(?<!-)[^\W\d_]+(?:\s(?:indonesia|melayu|creole))?", line.text)
        if found.group().casefold() in codes
    ]
    for index, (start, end, code) in enumerate(words):
        until = words[index + 1][0] if index + 1 < len(words) else len(line.text)
        after = line.part(end, until)
        level = _CEFR.search(after.text) or _FLUENCY.search(after.text)
        yield line.part(start, end), code, after.part(*level.span()) if level else None


def _with_level_below(
    named: list[tuple[Piece, str, Piece | None]], below: Piece | None
) -> list[tuple[Piece, str, Piece | None]]:
    """The one language that a line names, with the level that stands alone in the next line."""
    if below is None or len(named) != 1 or named[0][2] is not None or any(_named(below)):
        return named
    level = _CEFR.search(below.text) or _FLUENCY.search(below.text)
    is_alone = level is not None and len(below.text.split()) <= _MOST_OF_LEVEL
    return [(named[0][0], named[0][1], below.part(*level.span()))] if level and is_alone else named


def _only_names(line: Piece) -> bool:
    """Whether a line, or a cell of it, is a list of nothing but languages."""
    cells = [re.findall(r"[^\s,;/|•·]+", cell) for cell in line.text.split("\t")]
    return any(len(words) >= 2 and all(word.casefold() in language_codes() for word in words) for words in cells)


def _is_plain(line: Piece, name: Piece) -> bool:
    """Whether a line is a list of languages rather than a sentence that names one."""
    return len(line.text.split()) <= 14 and not line.text.rstrip().endswith(".") and name.text[:1].isupper()


def _language(name: Piece, code: str, level: Piece | None) -> Entry:
    entry = Entry({"language": Value.of(name, 0.95 if level else 0.85), "code": Value.of(name, 0.95, code)})
    if level:
        entry.fields["fluency"] = Value.of(level, 0.85)
    return entry
