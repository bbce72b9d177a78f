"""How much a few words look like a job title, an employer, a place, a degree or a school: numbers from 0 to 1."""

import re
from functools import lru_cache

from impl.resumes.parsing.lexicon import (
    cities,
    countries,
    names,
    places,
    plain_list,
    region_codes,
    tokens,
    towns,
    vocabulary,
)

UNKNOWN = 0.34  # words that nothing is known of

_AFTER_HEAD = frozenset(
    [
        "of",
        "for",
        "&",
        "and",
        "/",
        "-",
        "–",
        "(",
        ",",
        ":",
        "de",
        "für",
        "du",
        "des",
        "di",
        "da",
        "do",
        "d",
        "im",
        "in",
        "en",
        "bei",
        "van",
        "voor",
        "i",
        "ii",
        "iii",
        "iv",
        "1",
        "2",
        "3",
        "level",
    ]
)
_KIND_OF_WORK = re.compile(
    r"^\(?(?:full[- ]?time|part[- ]?time|vollzeit|teilzeit|contract|permanent|temporary|"
    r"cdi|cdd|temps plein|temps partiel|jornada completa|media jornada|tempo pieno|"
    r"part[- ]?time|tempo indeterminato|fulltime|parttime|voltijds|deeltijds|clt|pj|tempo integral|befristet|unbefristet|"
    r"minijob|seasonal|remote|hybrid|on-site)\)?$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:self[- ]employed|freelanc(?:e|er|ing)|selbst(?:st)?ändig|freiberuflich|indépendante?|auto-?entrepreneur|autónom[oa]|"
    r"por cuenta propia|libero professionista|lavoratore autonomo|zzp(?:'er)?|zelfstandig|autônom[oa]|egenföretagare|selvstændig)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:bis|to|until|since|seit|depuis|desde|dal|from|von|von - bis|tot|til|till|à|a|al|au|od|do)", re.IGNORECASE
)
_FEW_WORDS = 6  # of a title that begins with what somebody is: "Specjalistka ds. kadr i płac"
_OWN_BOSS = 0.4  # less than a name that nothing is known of
_LENGTH = re.compile(
    r"^\(?(?:(?:\d+|one|two|three|six)\s*(?:years?|yrs?|y|months?|mos?|m|jahre?|monate?|ans?|mois|años?|meses|mes|anni|anno|mesi|"
    r"jaar|maanden|anos?|weeks?|wochen)\.?[,\s]*(?:and|und|et|y|e)?\s*)+\)?$",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"^(?:c?gpa|grade|final grade|note|abschlussnote|noten?|mention|average|score|moyenne|nota|voto|cijfer|media|result|honou?rs?$|graduated\b|percentage|"
    r"first[- ]class|upper second|lower second|magna|summa|cum laude|with distinction|distinction|thesis|abschlussarbeit|"
    r"relevant coursework|coursework|schwerpunkt|focus|minor|dissertation|mémoire|tesi|votazione|eqf|nqf|isced)\b|^\(?[\d.,]+\s?/\s?[\d.,]+\)?$",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?:&|\band|\bund|\bet|\by|\be|\ben)\s(?:partners?|associates|associés|partner|asociados|associati|associados|partenaires|co\.?|sons|söhne|sohn)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:^|\s)(?:unit|department|dept\.?|division|team|ward|abteilung|service|équipe|reparto|ufficio|afdeling)$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=4096)
def title(text: str) -> float:
    """What somebody is called at work."""
    words = tokens(text)
    if not words or len(words) > 12:
        return 0.0
    heads = vocabulary("titles", "head").positions(words)
    legal = vocabulary("organizations", "legal").positions(words[-1:])
    score = UNKNOWN - 0.04
    if heads:
        is_head = (
            heads[-1] == len(words) - 1
            or heads[0] == 0
            or bool(_AFTER_HEAD & set(words[heads[-1] + 1 : heads[-1] + 2]))
        )
        score = 0.92 if is_head or _follows(text, words[heads[-1]]) else 0.72
    elif vocabulary("titles", "rank").positions(words[:1]):
        score = 0.5
    if legal:
        score -= 0.45
    if _FIRM.search(text):
        score -= 0.5
    odd = _oddity(text) if not heads or heads[0] or len(words) > _FEW_WORDS else 0.0
    return max(0.0, score - 0.06 * max(0, len(words) - 6) - odd)


def _follows(text: str, head: str) -> bool:
    at = text.casefold().rfind(head)
    return text[at + len(head) :].lstrip()[:1] in ("(", "/", "-", "–", ",", ":", "&", "*")


@lru_cache(maxsize=4096)
def employer(text: str) -> float:
    """What a company, an office or another employer is called."""
    words = tokens(text)
    if not words or len(words) > 12:
        return 0.0
    if _OWN.fullmatch(text):
        return _OWN_BOSS
    if vocabulary("organizations", "legal").positions(words[1:]):
        return 0.97
    parts = vocabulary("organizations", "parts").positions(words)
    has_part = bool(parts) and (text.islower() or any(names(text)[at][:1].isupper() for at in parts))
    is_title = title(text) > 0.85
    if has_part and words[0] in vocabulary("organizations", "departments") and len(words) == 1:
        return 0.2
    if has_part:
        return 0.4 if is_title else 0.55 if _UNIT.search(text) else 0.8
    if is_title:
        return 0.12
    if not _LETTERS.search(text):
        return 0.0
    return max(0.0, UNKNOWN + (0.08 if text[:1].isupper() else -0.2) - 0.05 * max(0, len(words) - 5) - _oddity(text))


@lru_cache(maxsize=4096)
def place(text: str) -> float:
    """Where something is: a city, a country, both, or from home."""
    bare = text.strip(" ()[].")
    if bare in region_codes():
        return 0.9
    parts = [part.strip(" ().") for part in re.split(r"[,|]|\s[–/-]\s", bare) if part.strip(" ().")]
    parts = [half for part in parts for half in _halves(part)]
    known = [part.casefold() in places() or part in region_codes() for part in parts]
    if known and all(known):
        return 0.97
    if parts and all(sure or part.casefold() in towns() for sure, part in zip(known, parts, strict=True)):
        return 0.85 if bare[:1].isupper() else 0.0
    if (
        len(parts) == 2
        and known[1]
        and parts[1].casefold() not in cities()
        and len(bare) < 45
        and "/" not in bare
        and "@" not in bare
        and title(parts[0]) < 0.6
        and employer(bare.split(",")[0]) < 0.6
    ):
        return 0.8
    if re.match(r"^\d{4,5}\s+[^\W\d]", bare):
        return 0.85
    return 0.0


def _halves(text: str) -> list[str]:
    """A place and the country or the state that follows it without a comma: "Leeds United Kingdom", "Chicago IL"."""
    words = text.split()
    for length in (1, 2, 3):
        last, first = " ".join(words[-length:]), " ".join(words[:-length])
        is_wider = last in region_codes() or last.casefold() in countries()
        is_place = first in region_codes() or first.casefold() in places() or first.casefold() in towns()
        if first and is_wider and is_place:
            return [first, last]
    return [text]


@lru_cache(maxsize=4096)
def degree(text: str) -> float:
    """What a course of studies ends with."""
    words = tokens(text)
    found = plain_list("degrees").positions(words)
    if not words or len(words) > 18:
        return 0.0
    if found and found[0] <= 2:
        return 0.93 if found[0] == 0 else 0.85
    return 0.7 if found else max(0.0, UNKNOWN - 0.06 - _oddity(text))


@lru_cache(maxsize=4096)
def school(text: str) -> float:
    """Where one studies."""
    words = tokens(text)
    if not words or len(words) > 14:
        return 0.0
    if plain_list("institutions").positions(words):
        return 0.9 if degree(text) < 0.8 else 0.7
    if degree(text) >= 0.85:
        return 0.1
    return max(0.0, UNKNOWN - (0 if text[:1].isupper() else 0.2) - _oddity(text))


def qualifies(text: str) -> bool:
    """Whether a text says more about a title before it: which unit, which field, which type."""
    words = tokens(text)
    known = vocabulary("organizations", "departments").positions(words) or vocabulary("titles", "rank").positions(words)
    is_more = bool(_UNIT.search(text) or re.search(r"\d", text)) or len(known) == len(words)
    return is_more and not vocabulary("organizations", "legal").positions(words[-1:])


def is_aside(text: str) -> bool:
    """Whether a text only says how much, how long or how well."""
    if _KIND_OF_WORK.match(text) or _LENGTH.match(text) or _GRADE.match(text) or _JOINT.fullmatch(text):
        return True
    return not _LETTERS.search(text)


def _oddity(text: str) -> float:
    """What names and titles seldom have: many words in lower case, a full stop, digits."""
    words = text.split()
    small = sum(word[:1].islower() and len(word) > 3 for word in words)
    odd = 0.25 if text.rstrip().endswith((".", ":", ";")) and len(words) > 4 else 0.0
    odd += 0.2 if len(words) > 4 and small > 0.6 * len(words) else 0.0
    odd += 0.12 if 2 < len(words) <= 4 and small >= 0.5 * len(words) else 0.0
    return odd + (0.1 if re.search(r"\d", text) else 0.0)
