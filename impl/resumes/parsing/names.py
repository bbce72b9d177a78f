"""Whose resume it is: the name, what they call themselves, where they live."""

import re
from collections.abc import Sequence

from impl.resumes.parsing import likeness
from impl.resumes.parsing.contacts import Contact, is_contact
from impl.resumes.parsing.headers import STRONG
from impl.resumes.parsing.lexicon import tokens, without_marks
from impl.resumes.parsing.pieces import Piece
from impl.resumes.parsing.profile import Value
from impl.resumes.parsing.sections import Section, is_letterspaced

_NO_LETTER = re.compile(r"[^\w]|[\d_]")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "ł": "l", "æ": "ae"})
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "vom",
        "zu",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ben",
        "ibn",
        "y",
        "e",
        "und",
        "of",
        "ter",
        "ten",
        "du",
        "af",
    ]
)
_TITLES = re.compile(
    r"^(?:dr|prof|mr|mrs|ms|herr|frau|m|mme|sr|sra|dott(?:\.ssa)?|dipl|ing|ir|drs)\b\.?[\s-]*", re.IGNORECASE
)
_AFTER = re.compile(
    r",?\s*\(?(?:ph\.?\s?d\.?|m\.?d\.?|mba|msc|bsc|cpa|cfa|pmp|rn|bsn|msn|esq\.?|ll\.?m\.?|m\.?\s?ed\.?|he/him|she/her|they/them)\)?\s*$",
    re.IGNORECASE,
)
_LETTERS_AFTER = re.compile(r",\s*(?:[A-Z][a-z]{0,3}\.?){2,4}(?:-[A-Z]{1,3})?\s*$")  # "LL.M.", "PHR", "CCRN"
_NOT_NAMES = frozenset(
    [
        "curriculum",
        "vitae",
        "résumé",
        "resume",
        "cv",
        "lebenslauf",
        "page",
        "seite",
        "currículum",
        "curriculo",
        "currículo",
        "profile",
        "profil",
        "contact",
        "kontakt",
        "email",
        "phone",
        "address",
        "gpa",
        "cumulative",
        "summary",
        "updated",
        "last",
        "bewerbung",
        "bewerbungsunterlagen",
        "home",
        "print",
        "name",
        "skills",
        "about",
        "experience",
        "education",
    ]
)
_LABEL = re.compile(
    r"^(?:(?:curriculum vitae|cv|lebenslauf|resume|résumé)(?: of| von| de)?\s*[:–-]\s*|(?:name|full name|vor- und nachname|nom|nombre|nome|naam|nom et prénom|nombre y apellidos|nome e cognome)\s*:\s*)",
    re.I,
)
_LOOSE_LABEL = re.compile(
    r"^(?:(?:first|last|sur|family|given)\s?name(?:\(s\))?s?|vorname|nachname|nom|prénom|/|\s)+\s+", re.I
)
_DEPTH = 60
_OF_OTHERS = ("skills", "work", "education", "languages", "projects", "certificates")  # what else is named there


def name(found: Sequence[Section], addresses: Sequence[Contact], links: Sequence[Contact]) -> Value | None:
    """The line that most looks like a name, by its words, its place and the e-mail address."""
    local = [each.value.partition("@")[0] for each in addresses]
    keys = [_letters(each.value.partition("@")[0]) for each in addresses] + [_letters(each.value) for each in links]
    best: tuple[float, Piece] | None = None
    filled = [(line, section.kind) for section in found for line in section.lines if line.text]
    for position, (line, kind) in enumerate([*filled[:_DEPTH], *filled[-8:]] if len(filled) > _DEPTH else filled):
        distance = min(position, 40) * 0.015 + (0.0 if kind in ("top", "contact") else 0.3)
        for piece in [*_candidates(line), *_with_next(line, filled[position + 1 : position + 2])]:
            score = _score(piece, keys) - distance - 0.4 * line.is_bulleted
            if score > 0:
                score -= 0.5 * (kind in _OF_OTHERS and not _agrees(piece.text.split(), keys))
            if score > 0 and (best is None or score > best[0] + 1e-9):
                best = (score, piece)
    if best is None:
        return None
    value = _cased(best[1].text, local)
    return Value.of(best[1], 0.45 + 0.3 * best[0], value)


def _with_next(line: Piece, following: Sequence[tuple[Piece, str]]) -> list[Piece]:
    """A name that stands in two lines."""
    for after, _ in following:
        is_spaced = is_letterspaced(line.text) and is_letterspaced(after.text)
        words = [word for text in (line.text, after.text) for word in (_spelled(text) if is_spaced else text.split())]
        ends = after.start - line.end
        is_near = 1 <= ends <= 2 and 2 <= len(words) <= 6 and (is_spaced or "\t" not in line.text + after.text)
        if is_near and all(_is_name_word(word) for word in words):
            return [Piece(line.text + "\n" * ends + after.text, line.start)]
    return []


def _spelled(text: str) -> list[str]:
    """The words of a text that is written l i k e  t h i s."""
    return [word.replace(" ", "") for word in re.split(r"\s{2,}|[\t\n]", text)]


def _is_name_word(word: str) -> bool:
    letters = re.sub("[-'’.\"]", "", word)
    return letters.isalpha() and (letters[:1].isupper() or word.casefold() in _PARTICLES)


def _candidates(line: Piece) -> list[Piece]:
    label = _LABEL.match(line.text)
    if label:
        return [line.part(label.end(), len(line.text)).trimmed()]
    pieces = [line.trimmed()] if is_letterspaced(line.text) else line.split(STRONG)
    pieces = [
        part
        for piece in pieces
        for part in ([piece, *piece.split(re.compile(r",\s"))[:1]] if "," in piece.text else [piece])
    ]
    return [_bare(_unlabelled(piece)) for piece in pieces[:3]]


def _unlabelled(piece: Piece) -> Piece:
    found = _LOOSE_LABEL.match(piece.text)
    return piece.part(found.end(), len(piece.text)) if found else piece


def _bare(piece: Piece) -> Piece:
    for _ in range(3):
        whole = piece
        before, after = _TITLES.match(piece.text), _AFTER.search(piece.text)
        if after is None and not piece.text.isupper():
            after = _LETTERS_AFTER.search(piece.text)
        if after and after.start() > 3:
            piece = piece.part(0, after.start())
        if (
            before
            and before.end() < len(piece.text)
            and (before.group().endswith((". ", ".", " ")) and "." in before.group())
        ):
            piece = piece.part(before.end(), len(piece.text))
        if piece is whole:
            break
    return piece.stripped()


def _score(piece: Piece, keys: Sequence[str]) -> float:
    text = piece.text
    words = [word for word in re.split(r"\s+", text) if word]
    if is_letterspaced(text):
        words = _spelled(text)
    plain = [word.strip("\"“”'()„.,") for word in words]
    if not 1 <= len(words) <= 6 or len(text) > 50 or re.search(r"[\d@/:|+=<>•]", text):
        return 0.0
    strange = sum(word.casefold() in _NOT_NAMES for word in plain)
    if 2 * strange > len(plain) or plain[0].casefold() in _NOT_NAMES or is_contact(text):
        return 0.0
    if not all(word[:1].isupper() or word[:1] > "\u2e80" or word.casefold() in _PARTICLES for word in plain if word):
        return 0.0
    score = 0.75 if len(words) > 1 else 0.3
    score -= 0.4 * text[:1].islower()
    score -= 0.3 * (plain[-1].casefold() in _PARTICLES) + 0.15 * ("\n" in text) + 0.3 * (len({*plain}) < len(plain))
    score += 0.9 * _agrees(plain, keys) - 0.4 * strange
    if likeness.title(text) > 0.6:
        score -= 0.6
    if likeness.place(text) > 0.7 or likeness.employer(text) > 0.7 or likeness.school(text) > 0.8:
        score -= 0.5
    return score


def _agrees(words: Sequence[str], keys: Sequence[str]) -> float:
    """How much of the name stands in an address."""
    if not keys:
        return 0.0
    parts = [letters for word in words for part in word.split("-") if len(letters := _letters(part)) > 1]
    if not parts:
        return 0.0
    best = 0.0
    long = [(part, _plain(part)) for part in parts if len(part) > 2]
    for key in keys:
        hits = sum(part in key or plain in key for part, plain in long)
        initials = any(key.startswith(parts[0][:1]) and part[:5] in key for part in parts[1:])
        best = max(best, 1.0 if hits >= 2 else 0.75 if hits and initials else 0.6 * bool(hits))
    return best


def _letters(text: str) -> str:
    return without_marks(_NO_LETTER.sub("", text.casefold()).translate(_SPELT))


def _plain(text: str) -> str:
    return text.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _cased(text: str, local: Sequence[str]) -> str:
    """A name as it is written in a letter: not shouted, not letterspaced."""
    if is_letterspaced(text):
        text = " ".join(_spelled(text))
        for parts in (re.split(r"[._-]", each) for each in local):
            if len(parts) > 1 and "".join(parts) == text.casefold():
                text = " ".join(part.title() for part in parts)
    words = []
    for word in text.split():
        words.append(word.title() if word.isupper() and len(word) > 2 else word)
    return " ".join(words)


def label(near: Sequence[Piece], found: Value | None) -> Value | None:
    """What the person calls themselves: a title near the name."""
    for line in [line for line in near if line.text][:5]:
        for piece in line.split(STRONG)[:3]:
            is_name = found is not None and (piece.start, piece.end) == found.spans[0]
            if (
                not is_name
                and likeness.title(piece.text) > 0.7
                and len(tokens(piece.text)) <= 8
                and not is_contact(piece.text)
            ):
                return Value.of(piece, 0.75)
    return None


def location(sections: Sequence[Section]) -> Value | None:
    """Where the person lives: the first place at the top or among the contacts."""
    for section in sections:
        if section.kind in ("top", "contact"):
            for line in section.lines:
                for piece in line.split(STRONG):
                    if likeness.place(piece.text) > 0.7 and len(piece.text) > 2:
                        return Value.of(piece, 0.8)
    return None
