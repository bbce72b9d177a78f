"""The lines that head an entry, cut into the names that stand in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from impl.resumes.parsing import likeness
from impl.resumes.parsing.lexicon import places, plain_list, region_codes, tokens, vocabulary
from impl.resumes.parsing.pieces import Piece

STRONG = re.compile(
    r"\t+|\s+[|•·●▪◦;/]\s+|\s*[|•·●▪◦]\s*|\s+[–—―-]+\s+|\s+@\s+|\s{3,}|;\s+|"
    r"\s+(?:at|bei|chez|presso|bij)\s+(?=[A-ZÀ-Ý])|(?<=[^\W\d_])@(?=[A-ZÀ-Ý])|(?<=[^\s:]):\s+|(?<=[a-zß-ÿ]{4})\.\s+(?=[A-ZÀ-Ý])"
)
_JOINTS = frozenset(
    ["of", "for", "and", "de", "du", "des", "für", "und", "et", "di", "da", "do", "van", "voor", "en", "in", "&", "/"]
)
_INSIDE = frozenset(["in", "en", "na", "no", "em", "im", "bij", "al", "alla", "au", "à"])  # an employer, perhaps
_SCHOOL_BEHIND = re.compile(
    r"(?<=\w )(?:University of|Universität|Universidad|Università|Université|Universidade|Universiteit|Hochschule|Lycée|Institute of|"
    r"Institut|Politecnico|École|Ecole|Escuela|IES|Instituto|Liceo|Hogeschool|School of|Fachhochschule|Technische)\b"
)
_BRACKETS = re.compile(r"\s*[()]\s*")
_COMMA = re.compile(r",\s+(?![^()]*\))|,$")  # not inside brackets
_BRACKETED = re.compile(r"\s*\(([^()]{2,60})\)\s*$")
_LABEL = re.compile(
    r"^(?:position|role|title|job title|designation|position held|period|qualification|course|company|employer|location|location|date|dates|duration|organization|organisation|institution|"
    r"degree|university|school|arbeitgeber|firma|ort|zeitraum|tätigkeit|poste|entreprise|lieu|puesto|empresa|cargo|lugar|fecha|"
    r"azienda|ruolo|sede|functie|bedrijf|werkgever|plaats|função|local|datore di lavoro|abschluss|schulabschluss|studiengang|"
    r"hochschule|schule|diplôme|établissement|école|título|titulación|centro|titolo|istituto|curso|instituição|school)\s*:\s*",
    re.IGNORECASE,
)
_LONGEST_TOWN = 3  # words
_CITY_AT_END = re.compile(r"^(.*?\S)\s+((?:\S+\s+){0,2}\S+)$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A name in a header: its piece, its line's number in the header, and whether only a comma parts it from the one before."""

    piece: Piece
    line: int
    after_comma: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return self.piece.text


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a line is cut into names."""

    at_commas: bool
    at_brackets: bool = False
    doubts_places: bool = False  # "Acme, Ireland" is a name with its country rather than a place
    behind_heads: bool = False  # "Project Manager European Commission" are two names
    guesses_places: bool = False  # "Acme, Nowhere" ends with a place though nobody knows it
    behind_schools: bool = False  # and so are "Bachelor of Arts University of Leeds"


_CUTS = (
    Cut(True),
    Cut(False),
    Cut(True, at_brackets=True),
    Cut(True, doubts_places=True),
    Cut(True, guesses_places=True),
    Cut(True, at_brackets=True, guesses_places=True),
    Cut(True, behind_heads=True, behind_schools=True),
)


@dataclass(frozen=True, slots=True)
class Header:
    """The names that head an entry, and the places among them."""

    segments: tuple[Segment, ...]
    locations: tuple[Piece, ...]


def headers(lines: Sequence[Sequence[Piece]], has_titles: bool = True) -> list[Header]:
    """The ways to cut the lines (each without its dates); behind a job's title only where jobs may stand."""
    cuts = _CUTS if has_titles else (*_CUTS[:-1], Cut(True, behind_schools=True))
    return list(dict.fromkeys(_header(lines, cut) for cut in cuts))


def _header(lines: Sequence[Sequence[Piece]], cut: Cut) -> Header:
    segments: list[Segment] = []
    locations: list[Piece] = []
    for number, pieces in enumerate(lines):
        for piece in pieces:
            for part in _parts(_unlabelled(piece), cut):
                names, found = _names(part, cut)
                locations.extend(found)
                segments.extend(
                    Segment(name, number, index > 0)
                    for index, name in enumerate(names)
                    if not likeness.is_aside(name.text)
                )
    return Header(tuple(segments), tuple(locations))


def _parts(piece: Piece, cut: Cut) -> list[Piece]:
    """What strong signs part; brackets that hold more than a place or an aside too, where the cut is at brackets."""
    parts = piece.split(STRONG)
    if cut.at_brackets:
        return [each for part in parts for each in (part.split(_BRACKETS) if "," in part.text else [part])]
    return parts


def _unlabelled(piece: Piece) -> Piece:
    piece = piece.unbulleted()
    found = _LABEL.match(piece.text)
    return piece.part(found.end(), len(piece.text)) if found else piece


def _names(part: Piece, cut: Cut) -> tuple[list[Piece], list[Piece]]:
    """The names in a part and the places after them."""
    part, locations = _without_bracket(part)
    if likeness.place(part.text) > (0.9 if cut.doubts_places else 0.75):
        return [], [part, *locations]
    parts = _rejoined(part.split(_COMMA), part)
    taken = _places_at_end(parts)
    if taken:
        locations.insert(0, part.part(parts[-taken].start - part.start, len(part.text)).trimmed())
        parts = parts[:-taken]
    elif cut.guesses_places and _ends_with_place(parts):
        taken = 1
        locations.insert(0, parts[-1])
        parts = parts[:-1]
    parts, city = _city_apart(parts, bool(taken))
    if city is not None:
        end = locations[0].end if taken else city.end
        locations[: 1 if taken else 0] = [part.part(city.start - part.start, end - part.start)]
    if parts and not cut.at_commas:
        parts = [part.part(parts[0].start - part.start, parts[-1].end - part.start)]
    return _cut_further(parts, cut), locations


def _without_bracket(part: Piece) -> tuple[Piece, list[Piece]]:
    """A part without the brackets at its end when they hold a place or an aside, and the place."""
    bracketed = _BRACKETED.search(part.text)
    if not bracketed:
        return part, []
    is_place = likeness.place(bracketed[1]) > 0.7
    if not is_place and not likeness.is_aside(bracketed[1]):
        return part, []
    places = [part.part(bracketed.start(1), bracketed.end(1))] if is_place else []
    return part.part(0, bracketed.start()).trimmed(), places


def _cut_further(parts: list[Piece], cut: Cut) -> list[Piece]:
    if cut.at_brackets:
        parts = [each for part in parts for each in part.split(_BRACKETS)]
    if cut.behind_heads:
        parts = [each for part in parts for each in _behind_head(part)]
    if cut.behind_schools:
        parts = [each for part in parts for each in _before_school(part)]
    return [each.trimmed() for each in parts if each.trimmed().text]


def _behind_head(part: Piece) -> list[Piece]:
    """A title and what stands right behind it."""
    words = list(re.finditer(r"\S+", part.text))
    heads = vocabulary("titles", "head").positions([word.group().casefold().strip(",.") for word in words])
    for index in heads[-1:]:
        rest = [word.group() for word in words[index + 1 :]]
        if rest and rest[0].casefold() in _INSIDE and likeness.employer(" ".join(rest[1:])) > 0.75:
            return [part.part(0, words[index].end()), part.part(words[index + 2].start(), len(part.text))]
        if len(rest) >= 2 and rest[0][:1].isupper() and rest[0].casefold() not in _JOINTS:
            return [part.part(0, words[index].end()), part.part(words[index + 1].start(), len(part.text))]
    return [part]


def _before_school(part: Piece) -> list[Piece]:
    """A degree and the school right behind it."""
    school = _SCHOOL_BEHIND.search(part.text)
    if school and likeness.degree(part.text[: school.start()]) > 0.7:
        return [part.part(0, school.start()), part.part(school.start(), len(part.text))]
    return [part]


def _rejoined(parts: list[Piece], whole: Piece) -> list[Piece]:
    """Parts between commas, with "Inc." back at its company."""
    joined: list[Piece] = []
    legal = vocabulary("organizations", "legal")
    for part in parts:
        words = tokens(part.text)
        if (
            joined
            and words
            and len(words) <= 2
            and len(legal.positions(words)) == len(words)
            and part.text not in region_codes()
        ):
            joined[-1] = whole.part(joined[-1].start - whole.start, part.end - whole.start)
        else:
            joined.append(part)
    return joined


def _ends_with_place(parts: Sequence[Piece]) -> bool:
    """Whether the last of several names may be a place; behind a title alone an employer is likelier."""
    is_behind_name = len(parts) > 2 or (
        len(parts) == 2 and max(likeness.title(parts[0].text), likeness.degree(parts[0].text)) < 0.85
    )
    return is_behind_name and _may_be_place(parts[-1].text)


def _may_be_place(text: str) -> bool:
    """Whether words behind a comma may be a town that is in no list: a name, and none of anything else."""
    words = text.split()
    is_name = len(words) <= _LONGEST_TOWN and text[:1].isupper() and not any(map(str.isdigit, text)) and "." not in text
    known = max(likeness.title(text), likeness.employer(text), likeness.school(text), likeness.degree(text))
    return is_name and known < 0.6 and not likeness.qualifies(text)


def _places_at_end(parts: list[Piece]) -> int:
    """How many of the last parts are places; the first part stays a name."""
    taken = 0
    while taken < len(parts) - 1 and likeness.place(parts[-taken - 1].text) > 0.75:
        taken += 1
    if taken and parts[-taken].text.strip(" .").upper() in region_codes() and taken == 1 and len(parts) > 2:
        before = parts[-2].text
        is_name = likeness.title(before) > 0.6 or likeness.employer(before) > 0.6 or likeness.school(before) > 0.6
        taken += 0 if is_name or len(before.split()) > 3 else 1
    return taken


def _city_apart(parts: list[Piece], is_sure: bool) -> tuple[list[Piece], Piece | None]:
    """A known city that follows a name without a comma, when the rest of a place follows it."""
    if not parts or not is_sure:
        return parts, None
    words = parts[-1].text.split()
    for length in (3, 2, 1):
        if length < len(words) and " ".join(words[-length:]).casefold() in places():
            city = parts[-1].part(len(parts[-1].text) - len(" ".join(words[-length:])), len(parts[-1].text))
            before = parts[-1].part(0, len(parts[-1].text) - len(city.text)).trimmed()
            is_whole = len(before.text.split()) == 1 and (
                max(likeness.school(before.text), likeness.employer(before.text)) > 0.7
            )
            if not is_whole and before.text.casefold().split()[-1:] not in (["of"], ["von"], ["de"], ["di"]):
                return [*parts[:-1], before], city
    return parts, None


def degree_apart(segment: Segment) -> list[Segment]:
    """A degree's short form that stands right before a school's name, cut from it."""
    text = segment.text
    words = list(re.finditer(r"\S+", text))
    known = plain_list("degrees")
    count = 0
    while count < min(3, len(words) - 1) and known.positions(tokens(words[count].group())):
        count += 1
    if not count or likeness.school(text[words[count].start() :]) < 0.85:
        return [segment]
    rest = text[words[count].start() :]
    if "(" in rest or re.match(r"(?i:in|of|en|de|di|der|für)\b", rest) or likeness.degree(rest) > 0.8:
        return [segment]
    first = segment.piece.part(0, words[count - 1].end()).trimmed()
    second = segment.piece.part(words[count].start(), len(text)).trimmed()
    return [Segment(first, segment.line, segment.after_comma), Segment(second, segment.line)]
