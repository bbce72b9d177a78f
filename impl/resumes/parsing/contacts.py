"""E-mail addresses, telephone numbers and links."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

from impl.resumes.parsing.dates import periods
from impl.resumes.parsing.lexicon import countries, entries, tokens, towns
from impl.resumes.parsing.pieces import Piece
from impl.resumes.parsing.sections import Section

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?(?:[^\W_](?:[\w-]{0,61}\w)?\.)+[^\W\d_]{2,24}(?![\w-])"
)
_LINK = re.compile(
    r"(?<![\w@./-])(?:https?://|www\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?P<tld>[a-z]{2,12})(?![\w@-])(?::\d+)?"
    r"(?:/[^\s|<>\"”“•·;,()\[\]]*)?",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"^(?:[a-z]{2,3}\.)?(?:linkedin\.com/(?:in|pub)/[^/]+|(?:github|gitlab|bitbucket|twitter|x|medium|behance|dribbble|xing|"
    r"facebook|instagram|kaggle|codepen|dev|about|keybase|hashnode|leetcode|hackerrank|soundcloud|vimeo|youtube|t)\."
    r"(?:com|net|org|io|to|me)/@?[^/]+|xing\.com/profile/[^/]+|stackoverflow\.com/users/.+|orcid\.org/[\dX-]+|"
    r"scholar\.google\.\w+/citations.+|researchgate\.net/profile/[^/]+|youtube\.com/.+)/?$",
    re.IGNORECASE,
)
_TLDS = frozenset(entries("links")["tlds"])
_NOT_LINKS = frozenset(entries("links")["not_links"])
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-/–]{6,22}\d")
_LABELLED = re.compile(
    r"(?<![^\W_])(?:tel|phone|mobile|mob|cell|telefon|telefono|teléfono|telefone|téléphone|handy|mobil|móvil|cellulare|celular|portable|gsm|☎|📞)(?![^\W_])",
    re.IGNORECASE,
)
_USUAL_DIGITS = 9
_MOST_TRIED = 100  # a text of nothing but numbers has thousands; each is looked at for each region
_BY_LANGUAGE = {
    "de": "DE",
    "fr": "FR",
    "es": "ES",
    "it": "IT",
    "nl": "NL",
    "pt": "PT",
    "sv": "SE",
    "da": "DK",
    "pl": "PL",
}
_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "PT", "IN")
_WORDS = {
    "de": "und der die mit bei für von im zur heute kenntnisse berufserfahrung ausbildung deutsch seit",
    "fr": "et de la les des pour avec dans du au français compétences formation langues depuis",
    "es": "y de la los las con para en el del experiencia formación idiomas habilidades inglés",
    "it": "e di della con per il nel del gli esperienza formazione lingue competenze inglese",
    "nl": "en van het een met voor bij de werkervaring opleiding talen vaardigheden engels",
    "pt": "e de da do com para em os das dos experiência formação idiomas habilidades inglês",
    "sv": "och att med för som på en av erfarenhet utbildning språk svenska",
    "da": "og med af til som på erfaring uddannelse sprog dansk",
    "pl": "i w z do na oraz doświadczenie wykształcenie języki umiejętności",
    "en": "and the of to with for in experience education skills english",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A value and the piece of the text that says it; none when only a link behind the text says it."""

    value: str
    piece: Piece | None


def language_of(text: str) -> str:
    """The language that a text is written in, by its commonest words."""
    words = tokens(text[:20_000])
    lists = {code: frozenset(listed.split()) for code, listed in _WORDS.items()}
    votes = {code: sum(word in listed for word in words) for code, listed in lists.items()}
    return max(votes, key=lambda code: (votes[code], code == "en"))


def emails(lines: Sequence[Piece], links: Sequence[str]) -> list[Contact]:
    """Each address once, as it is written, lower case."""
    found: dict[str, Contact] = {}
    for line in lines:
        for match in _EMAIL.finditer(line.text):
            value = re.sub(r"\s?(?:\(at\)|\[at\]|@)\s?", "@", match.group()).casefold()
            value = value.removeprefix("mailto:")
            if value.count("@") == 1 and ".." not in value:
                piece = line.part(match.start(), match.end())
                found.setdefault(value, Contact(value, piece))
    for link in links:
        value = link[7:].partition("?")[0].strip().casefold()
        if link.casefold().startswith("mailto:") and _EMAIL.fullmatch(value):
            found.setdefault(value, Contact(value, None))
    return list(found.values())


def phones(lines: Sequence[Piece], links: Sequence[str], regions: Sequence[str]) -> list[Contact]:
    """Each telephone number once, as E.164."""
    found: dict[str, Contact] = {}
    for line, piece in islice(_candidates(lines), _MOST_TRIED):
        for contact in _numbers(piece, regions, _LABELLED.search(line.text) is not None):
            found.setdefault(contact.value, contact)
    for link in links:
        if link.casefold().startswith("tel:") and not found:
            for contact in _numbers(Piece(link[4:].replace("%20", " "), 0), regions, is_labelled=True):
                found.setdefault(contact.value, Contact(contact.value, None))
    return list(found.values())


def _candidates(lines: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """What may be a telephone number, each with its line."""
    for line in lines:
        for candidate in _PHONE.finditer(line.text):
            piece = line.part(candidate.start(), candidate.end())
            if not _is_address(line, candidate) and not _is_date(piece):
                yield line, piece


def says_phone(text: str) -> bool:
    """Whether a line says that it holds a telephone number."""
    return _LABELLED.search(text) is not None or re.search(r"(?<!\w)\+\d", text) is not None


def is_phone(piece: Piece) -> bool:
    """Whether a line is a telephone number and nothing else."""
    found = _PHONE.fullmatch(piece.text)
    return found is not None and sum(map(str.isdigit, piece.text)) >= _USUAL_DIGITS and not _is_date(piece)


def _is_date(piece: Piece) -> bool:
    dated = periods(piece.text)
    if re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3,4}", piece.text):  # the number of a researcher or of a card
        return True
    return sum(period.span[1] - period.span[0] for period in dated) >= len(piece.text) - 4 or any(
        not period.is_single for period in dated
    )


def _is_address(line: Piece, found: re.Match[str]) -> bool:
    before = line.text[: found.start()]
    is_path = before[-2:-1] == "/" and not before[-3:-2].isspace()
    return before[-1:].isalnum() or is_path or before.endswith(("/", "=", "_", "€", "$", "£"))


def _numbers(piece: Piece, regions: Sequence[str], is_labelled: bool) -> Iterator[Contact]:
    for region in [None] if piece.text.startswith("+") else regions:
        is_found = False
        for match in PhoneNumberMatcher(piece.text, region, Leniency.POSSIBLE):
            number = match.number
            digits = len(re.sub(r"\D", "", match.raw_string))
            if digits >= 9 or (digits >= 7 and is_labelled) or phonenumbers.is_valid_number(number):
                value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
                is_found = True
                yield Contact(value, piece.part(match.start, match.end).stripped())
        if is_found:
            return


def regions(text: str, language: str, near: str) -> list[str]:
    """The telephone regions that a text speaks for, the likeliest first; `near` is what stands beside the contacts."""
    spoken = _BY_LANGUAGE.get(language)
    ordered = [
        *[code for pattern, code in _ADDRESSES if re.search(pattern, text[:3000])][:1],
        *(["US"] if _AMERICAN.search(near) else []),
        *_named(near)[:2],
        *([spoken] if spoken else []),
        *_named(text[:3000]),
        *_REGIONS,
    ]
    return list(dict.fromkeys(ordered))


def _named(text: str) -> list[str]:
    """The countries that a text names or whose towns it names; what may as well be a language names none."""
    words = re.findall(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*", text)
    found: list[str] = []
    for index, word in enumerate(words):
        if word[:1].isupper():
            for length in (3, 2, 1):
                name = " ".join(words[index : index + length]).casefold()
                code = countries().get(name) or towns().get(name)
                if code and len(name) > 3 and name not in language_codes():
                    found.append(code)
                    break
    return list(dict.fromkeys(found))


_ADDRESSES = (
    (r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|@[\w.-]+\.uk\b|\b07\d{3}[ ]?\d{6}\b", "GB"),
    (r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \d{5}\b", "US"),
    (r"@[\w.-]+\.de\b", "DE"), (r"@[\w.-]+\.fr\b", "FR"), (r"@[\w.-]+\.es\b", "ES"), (r"@[\w.-]+\.it\b", "IT"),
    (r"@[\w.-]+\.nl\b", "NL"), (r"@[\w.-]+\.pt\b", "PT"), (r"@[\w.-]+\.br\b", "BR"), (r"@[\w.-]+\.at\b", "AT"),
    (r"@[\w.-]+\.ch\b", "CH"), (r"@[\w.-]+\.be\b", "BE"), (r"@[\w.-]+\.ie\b", "IE"), (r"@[\w.-]+\.pl\b", "PL"),
    (r"@[\w.-]+\.se\b", "SE"), (r"@[\w.-]+\.dk\b", "DK"), (r"@[\w.-]+\.au\b", "AU"), (r"@[\w.-]+\.mx\b", "MX"),
    (r"@[\w.-]+\.in\b", "IN"), (r"@[\w.-]+\.ca\b", "CA"), (r"@[\w.-]+\.ng\b", "NG"), (r"@[\w.-]+\.za\b", "ZA"),
)  # fmt: skip
_AMERICAN = re.compile(
    r"(?<![\d+])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?!\d)|,\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|"
    r"O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\b"
)


def links(found: Sequence[Section], behind: Sequence[str], addresses: Sequence[Contact]) -> list[Contact]:
    """The person's own addresses on the web: those at the top and among the contacts, and profiles anywhere."""
    result: dict[str, Contact] = {}
    names = _name_parts(addresses)
    near = beside(found, addresses)
    for section in found:
        is_own = section.kind in ("top", "contact")
        for line in section.lines:
            for contact in _links_of(line):
                if (
                    is_own
                    or line.start in near
                    or (_is_profile(contact.value) and section.kind not in ("work", "projects", "education"))
                ):
                    result.setdefault(contact.value.casefold(), contact)
    for link in behind:
        value = plain_link(link)
        is_own = any(part in value.partition("/")[0].replace("-", "") for part in names)
        if re.match("https?:|www", link) and (_is_profile(value) or is_own):
            host = value.partition("/")[0].casefold()
            if value.casefold() not in result and not any(key.partition("/")[0] == host for key in result):
                result[value.casefold()] = Contact(value, None)
    return list(result.values())


def beside(found: Sequence[Section], addresses: Sequence[Contact]) -> set[int]:
    """Where the lines near an e-mail address begin, in whatever section a reading put them."""
    written = {each.piece.start for each in addresses if each.piece}
    near: set[int] = set()
    for section in found:
        for index, line in enumerate(section.lines):
            if any(line.start <= start < max(line.end, line.start + 1) for start in written):
                near.update(each.start for each in section.lines[max(0, index - 3) : index + 4])
    return near


def _links_of(line: Piece) -> Iterator[Contact]:
    addresses = [each.span() for each in _EMAIL.finditer(line.text)] if "@" in line.text else []
    for found in _LINK.finditer(line.text):
        if any(start < found.end() and found.start() < end for start, end in addresses):
            continue
        text = found.group().rstrip(".,:;/")
        is_explicit = re.match("https?://|www", text, re.IGNORECASE)
        if found["tld"].casefold() not in _TLDS and not is_explicit:
            continue
        value = plain_link(text)
        if line.text[found.end() : found.end() + 1] == "@" or value.casefold() in _NOT_LINKS:
            continue
        if is_explicit or "/" in value or len(value.partition(".")[0]) > 2:
            yield Contact(value, line.part(found.start(), found.start() + len(text)))


def plain_link(link: str) -> str:
    """A link without what need not be said."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.strip(), flags=re.IGNORECASE).rstrip("/")


def _is_profile(value: str) -> bool:
    return _PROFILE.match(value) is not None


def _name_parts(addresses: Sequence[Contact]) -> list[str]:
    return [
        part for each in addresses for part in re.split(r"[._\-+\d]", each.value.partition("@")[0]) if len(part) > 3
    ]


def is_contact(text: str) -> bool:
    """Whether a text is an address, a number or a link rather than a name or a title."""
    return bool(
        _EMAIL.search(text)
        or re.search(r"https?://|www\.", text)
        or _PHONE.search(text)
        or any(_links_of(Piece(text, 0)))
    )


@cache
def language_codes() -> dict[str, str]:
    """The names of languages with their codes."""
    return {name: code for code, names in entries("languages").items() for name in names}


def said(line: Piece) -> Iterator[tuple[str, Piece]]:
    """Every e-mail address, link and telephone number in a line, each time that it stands there, with its kind."""
    for match in _EMAIL.finditer(line.text):
        yield "email", line.part(match.start(), match.end())
    for contact in _links_of(line):
        if contact.piece is not None:
            yield "link", contact.piece
    for match in _PHONE.finditer(line.text):
        number = line.part(match.start(), match.end())
        is_amount = _GROUPED.fullmatch(number.text) is not None
        if not _is_date(number) and (not is_amount or says_phone(line.text)):
            yield "phone", number


_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3})+")  # how amounts are written
