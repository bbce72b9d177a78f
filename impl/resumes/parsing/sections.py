"""The sections of a resume: which lines stand under which heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from impl.resumes.parsing.lexicon import entries, tokens, without_marks
from impl.resumes.parsing.pieces import Piece

_ADJECTIVES = re.compile(
    r"^(?:relevant|selected|top|core|professional|recent|key|additional|other|my|personal|main|further|previous|past|current|"
    r"research|teaching|clinical|industry|industrial|international|general|latest|"
    r"weitere|meine|principales|otras|altre|overige|outras)\s+"
)
_JOINT = re.compile(r"\s*(?:&|\+|/|,|\||·|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s*")
_INLINE = re.compile(r"^([^:\t]{3,40}?)\s*(?::\s*|\t+)(?=\S)")
_TRIMMED = " \t:;.-–—_|•·●▪■►▸*#=~()[]<>»«0123456789"
_CORE = {
    "experience": "work", "employment": "work", "berufserfahrung": "work", "expérience": "work", "expériences": "work",
    "experiencia": "work", "esperienza": "work", "esperienze": "work", "werkervaring": "work", "experiência": "work",
    "education": "education", "ausbildung": "education", "formation": "education", "formación": "education",
    "istruzione": "education", "formazione": "education", "opleidingen": "education", "formação": "education",
    "skills": "skills", "kenntnisse": "skills", "compétences": "skills", "competencias": "skills", "competenze": "skills",
    "vaardigheden": "skills", "competências": "skills", "technologies": "skills",
    "projects": "projects", "projekte": "projects", "projets": "projects", "proyectos": "projects",
    "certifications": "certificates", "awards": "other", "publications": "other", "references": "other",
}  # fmt: skip


@dataclass(slots=True)
class Section:
    """The lines under one heading; those before the first heading are of the kind `top`."""

    kind: str
    lines: list[Piece] = field(default_factory=list)
    heading: Piece | None = None


@cache
def _headings() -> dict[str, str]:
    names = [(name, kind) for kind, all_names in entries("sections").items() for name in all_names]
    return {without_marks(name): kind for name, kind in reversed(names)} | dict(names)


@cache
def _language_labels() -> frozenset[str]:
    return frozenset(entries("labels")["languages"])


@cache
def _spaceless() -> dict[str, str]:
    return {name.replace(" ", ""): kind for name, kind in _headings().items()}


def hung(lines: Sequence[Piece]) -> tuple[list[Piece], frozenset[int]]:
    """The lines with the headings that stand before them, in a column of their own, cut off; and where those begin."""
    result: list[Piece] = []
    starts = set()
    for line in lines:
        at = _hangs(line)
        if at:
            starts.add(line.start)
            result.append(line.part(0, at).stripped())
        result.append(line.part(at, len(line.text)).stripped())
    return result, frozenset(starts)


def _hangs(line: Piece) -> int:
    """Where the heading before a line ends; 0 when there is none."""
    if line.is_bulleted or not line.text[:1].isupper() or heading_kind(line) is not None:
        return 0
    words = list(re.finditer(r"\S+", line.text))
    for count in range(min(len(words) - 1, 4), 0, -1):
        end = words[count - 1].end()
        name = re.sub(r"\s+", " ", line.text[:end]).casefold()
        kind = "languages" if name in _language_labels() else _headings().get(name)
        if kind is not None and not words[count].group()[:1].islower():
            return end if kind != "languages" or _names_languages(line.part(end, len(line.text))) else 0
    return 0


def sections(lines: Sequence[Piece], cut_off: frozenset[int] = frozenset()) -> list[Section]:
    """The lines of a text, each in the section under whose heading it stands; `cut_off` tells where sure headings begin."""
    found = [Section("top")]
    kinds = _kinds(lines, cut_off)
    for line, kind in zip(lines, kinds, strict=True):
        if kind is None:
            _add(found, line)
        else:
            found.append(Section(kind, [], line))
    return found


def _add(found: list[Section], line: Piece) -> None:
    current = found[-1]
    inline = _inline(line)
    if inline is None or line.is_bulleted:
        current.lines.append(line)
        return
    kind, label, rest = inline
    is_loud = label.text.isupper() and len(label.text) > 3
    if kind == "languages" and not _names_languages(rest):
        current.lines.append(line)
    elif is_loud or current.kind in ("top", "contact", "summary", "other", "languages", "certificates"):
        found.append(Section(kind, [rest], label))
    elif kind in ("languages", "skills") and current.kind != kind:
        before = current.kind
        found.append(Section(kind, [rest], label))
        found.append(Section(before) if before in ("work", "education", "projects") else Section(kind))
    else:
        current.lines.append(line)


def _kinds(lines: Sequence[Piece], cut_off: frozenset[int]) -> list[str | None]:
    """The kind that each line is the heading of; where headings are shouted, what is not shouted is none."""
    kinds = [heading_kind(line) for line in lines]
    loud = [line.text.isupper() for line, kind in zip(lines, kinds, strict=True) if kind and line.start not in cut_off]
    if len(loud) >= 4 and sum(loud) >= 0.7 * len(loud):
        kinds = [
            kind if line.text.isupper() or line.start in cut_off else None
            for line, kind in zip(lines, kinds, strict=True)
        ]
    return kinds


def heading_kind(line: Piece) -> str | None:
    """What a line is the heading of, if it is one."""
    text = line.text.strip(_TRIMMED)
    if not 3 <= len(text) <= 60 or (line.is_bulleted and not line.text.isupper()) or line.text.rstrip().endswith(","):
        return None
    if is_letterspaced(text):
        return _spaceless().get(re.sub(r"\s", "", text).casefold())
    key = re.sub(r"\s+", " ", text).casefold()
    is_label = re.sub(r"\s+", " ", line.text.strip(" :")).casefold() in _language_labels()
    kind = "languages" if is_label else _known(key)
    if kind is None and len(key.split()) <= 4 and (line.text.isupper() or line.text.rstrip().endswith(":")):
        words = tokens(key)
        kind = next((_CORE[word] for word in (words[-1:] + words[:1]) if word in _CORE), None)
    return kind


def is_heading_name(text: str) -> bool:
    """Whether a text is exactly what a section is called."""
    words = re.sub(r"\s+", "" if is_letterspaced(text) else " ", text).casefold()
    return words in (_spaceless() if is_letterspaced(text) else _headings())


def _known(key: str) -> str | None:
    key = key.removesuffix("(s)").strip()
    for candidate in (key, _ADJECTIVES.sub("", key), f"{key}s", key.removesuffix("s")):
        if candidate in _headings():
            return _headings()[candidate]
    halves = [half for half in _JOINT.split(key) if half]
    kinds = [_headings().get(_ADJECTIVES.sub("", half)) or _headings().get(half) for half in halves]
    return kinds[0] if len(kinds) > 1 and all(kinds) else None


def is_letterspaced(text: str) -> bool:
    """Whether a text is written l i k e  t h i s."""
    words = text.split()
    return len(words) >= 4 and sum(len(word) == 1 for word in words) >= 0.75 * len(words)


def _inline(line: Piece) -> tuple[str, Piece, Piece] | None:
    found = _INLINE.match(line.text)
    if found is None:
        return None
    label = line.part(found.start(1), found.end(1))
    kind = _known(re.sub(r"\s+", " ", label.text.strip(_TRIMMED)).casefold())
    return None if kind is None else (kind, label, line.part(found.end(), len(line.text)))


def _names_languages(piece: Piece) -> bool:
    return any(word in _languages() for word in tokens(piece.text))


@cache
def _languages() -> frozenset[str]:
    return frozenset(name for names in entries("languages").values() for name in names)
