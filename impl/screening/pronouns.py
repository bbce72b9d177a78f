"""Pronouns and forms of address that say a third person's gender, in the languages that resumes are read in; English has its own in `gender`.

A word counts only in a line of its language, because `er` is *he* in German, *is* in Danish and *there* in Dutch. What may mean something else
(`sie` is *they*, too, and `zijn` *to be*) is taken out where the verb beside it says that one person is meant, or, as `gated`, where the text is
known to speak of one. A resume mostly says *I*, and keeps all its words then.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

PRONOUN: Final = "[pronoun]"


class Found(NamedTuple):
    """A stretch of a text, and what is read there."""

    start: int
    end: int
    instead: str


class Forms(NamedTuple):
    """A language: words that every text of it has and its neighbours lack, and patterns whose last group is what is taken out."""

    stop: str
    sure: str
    gated: str = ""
    address: str = ""


# A verb of one person beside `sie`, and what only ends like one.
_GERMAN_VERB = (
    r"(?!(?:nicht|mit|dort|selbst|jetzt|seit|damit|somit|oft|erst|fast|gut|laut|sofort|zuletzt|direkt|heute|erste|letzte|beste|gute|bitte|"
    r"dritte|zweite|fachliche|sonst|meist|weit|bereit)(?!\w))(?:[a-zäöüß]{1,24}(?:te|t)|war|wird|wurde|will|kann|soll|muss|darf|kam|ging|nahm|"
    r"übernahm|unternahm|gab|fand|hielt|schrieb|ließ|trug|half|stieg|begann|gewann|sprach|zog|blieb|schloss|verließ|entwarf|verstand)(?!\w)"
)
_DUTCH_VERB = (
    r"(?!(?:niet|met|dat|het|wat|uit|altijd|de|goed|tijd|beide|goede)(?!\w))(?:[a-z]{1,24}(?:t|de|te|d)|is|was|had|kan|kon|zal|wil|wou|ging|kwam|"
    r"gaf|nam|hielp|schreef|bleef|deed|zag|stond|sprak|begon|won)(?!\w)"
)
_DETERMINERS = r"(?:einen|den|ihren|seinen|keinen|in|an|von|schon|dann|den|eigenen|am|im)(?!\w)"

FORMS: Final[Mapping[str, Forms]] = {
    "en": Forms("the and of to with for by at from was as on in is our my", ""),
    "de": Forms(
        "und mit von für wurde bei auf im zur zum nach nicht über eine einer das ist den dem des dass ich",
        rf"(?<![-\w/])([eE]r|[iI]hn|[iI]hm)(?![-\w/])|(?<!\w)([sS]ie)(?=[ \t]+{_GERMAN_VERB})|(?<![-\w]){_GERMAN_VERB}[ \t]+(sie)(?!\w)",
        rf"(?<!\w)(seine[mnrs]?|ihre[mnrs]?|Seine[mnrs]?)(?!\w)|(?<!\w)(sein|Sein|ihr)(?=[ \t]+(?:[a-zäöüß]{{2,24}}[ \t]+)?[A-ZÄÖÜ])"
        r"|(?:^|(?<=[.!?] ))(Ihre?[mnrs]?)(?=[ \t]+(?:[a-zäöüß]{2,24}[ \t]+)?[A-ZÄÖÜ])"
        rf"|(?<!\w)(sie)(?!\w)(?![ \t]+(?!{_DETERMINERS})[a-zäöüß]{{1,24}}n(?!\w))",
        r"Hrn?|Fr|Frl|Fräulein",
    ),
    "fr": Forms(
        "et les des du une dans pour avec est sur aux par le au je mon ma mes chez ses son sa qui",
        r"(?<![-\w])(elle)(?:-même)?(?![-\w])|(?<![-\w])(il)(?![ \t]+(?:y|n['’]y|faut|faudra|fallait|s['’]agit|s['’]agissait|existe|suffit|convient|"
        r"est[ \t]+(?:possible|nécessaire|important|prévu))(?!\w))(?![-\w])|(?:avec|pour|chez|par|sans|sur|contre|selon)[ \t]+(lui)(?![-\w])|(lui)-même",
        "",
        r"M|Mr|Mme|Mlle|[mM]onsieur|[mM]adame|[mM]ademoiselle",
    ),
    "es": Forms(
        "y los las del con para una por como el su sus más mi desde sobre que",
        r"(?<!\w)(él|ella)(?!\w)",
        "",
        r"Sr|Sra|Srta|D|[dD]on|[dD]oña|[sS]eñor|[sS]eñora|[sS]eñorita",
    ),
    "it": Forms(
        "di della del dei nel per con una che gli alla il sono presso delle nella e mio mia",
        r"(?<!\w)(lui|egli|lei|ella)(?!\w)",
        "",
        r"[sS]ig|[sS]ig\.ra|[sS]ig\.na|[sS]ignor|[sS]ignora|[sS]ignorina|[dD]ott|[dD]ott\.ssa|[dD]r\.ssa",
    ),
    "pt": Forms(
        "os da do das dos em com para uma na no ao pela pelo não são e meu minha",
        r"(?<![-\w])([dn]?el[ea])(?![-\w])",
        "",
        r"Sr|Sra|Srta|D|[dD]ona|[sS]enhor|[sS]enhora",
    ),
    "nl": Forms(
        "het een van met voor aan bij naar door ik mijn de en op onze te",
        rf"(?<![-\w])(hij|hem|hijzelf|zijzelf|haarzelf)(?![-\w])|(?<![-\w])(zij|ze)(?=[ \t]+{_DUTCH_VERB})|(?<![-\w]){_DUTCH_VERB}[ \t]+(zij|ze)(?![-\w])",
        r"(?<![-\w])(haar)(?![-\w])|(?<!\bte )(?<!\bwe )(?<!\bwij )(?<!\bdie )(?<!\bze )(?<!\bzij )(?<!\ber )(?<![-\w])(zijn)(?![-\w])",
        r"dhr|mevr|mw|Dhr|Mevr|Mw|[mM]evrouw|[mM]eneer|[hH]eer",
    ),
    "sv": Forms(
        "och att är som för med på av till ett hos jag den det vid",
        r"(?<![-\w])(han|hon|honom|henne|hennes|hans(?![ \t]+(?-i:[A-ZÅÄÖ])))(?![-\w])",
        "",
        r"[hH]err|[fF]ru|[fF]röken",
    ),
    "da": Forms(
        "og at som med på af til hos jeg det er ved blev har den",
        r"(?<![-\w])(han|hun|ham|hende|hendes|hans(?![ \t]+(?-i:[A-ZÅÆØ])))(?![-\w])",
        "",
        r"Hr|[fF]ru|Frk|[fF]røken",
    ),
    "no": Forms(
        "og at som med på av til hos jeg det er ved ble har den",
        r"(?<![-\w])(han|hun|ham|henne|hennes|hans(?![ \t]+(?-i:[A-ZÅÆØ])))(?![-\w])",
        "",
        r"[hH]err|Hr|[fF]ru|[fF]røken",
    ),
    "pl": Forms(
        "i w z na do oraz od przez dla się jest za że po lub jako",
        r"(?<![-\w])(ona|jej|niej|nią|jego|niego|jemu|niemu)(?![-\w])|(?:(?:^|[.!?,] |[żŻ]e )[ \t]{0,3})((?-i:[oO]n))(?![-\w])",
        "",
        r"[pP]an|[pP]ana|[pP]anu|[pP]anem|[pP]ani|[pP]anią",
    ),
}  # fmt: skip
#: What somebody wants to be called, which is never *they are*: `sie/ihr`, `elle | la`, `ella/she`.
_DECLARED: Final = (
    "she|her|hers|he|him|his|they|them|er|ihn|ihm|sein|sie|ihr|ihre|elle|la|il|le|lui|ella|él|ellos|elle|lei|egli|ela|dela|ele|dele|zij|haar|hij|hem|"
    "zijn|hon|henne|hennes|han|honom|hans|hun|hende|hendes|ham|ona|jej|on|jego|hen|iel|elu|dey|die"
)
_SAYS_GENDER: Final = frozenset(
    ("she", "her", "hers", "he", "him", "his", "er", "sie", "elle", "il", "ella", "él", "lei", "egli", "ela", "ele", "zij", "hij", "hon", "han", "hun", "ona")
)  # fmt: skip
#: Whatever could be one of the words (of Polish, where `on` is *he*, its small words): most texts have none, and cost no more than looking.
_CANDIDATES: Final = frozenset(
    (
        "er", "ihn", "ihm", "sie", "elle", "il", "lui", "él", "ella", "egli", "lei", "ele", "ela", "dele", "dela", "nele", "nela", "hij", "hem", "hijzelf",
        "zij", "zijzelf", "haarzelf", "ze", "han", "hon", "honom", "henne", "hennes", "hun", "ham", "hende", "hendes", "hans", "ona", "jej", "niej", "nią",
        "jego", "niego", "jemu", "niemu", "oraz", "przez", "się", "dla", "hr", "hrn", "fr", "frl", "fräulein", "m", "mr", "mme", "mlle", "monsieur",
        "madame", "mademoiselle", "sr", "sra", "srta", "d", "don", "doña", "dona", "señor", "señora", "señorita", "senhor", "senhora", "sig", "signor",
        "signora", "signorina", "dott", "dr", "dhr", "mevr", "mw", "mevrouw", "meneer", "heer", "herr", "fru", "fröken", "frk", "frøken", "pan", "pana",
        "panu", "panem", "pani", "panią",
    )
)  # fmt: skip
# Articles before a form of address, and what stands for one that is run together with its preposition.
_ARTICLES: Final = "el|la|il|o|a|de|der|den|die|dem"
_CONTRACTED: Final = {
    "del": "de", "de la": "de", "al": "a", "a la": "a", "do": "de", "da": "de", "ao": "a", "à": "a", "della": "di", "dalla": "da", "dal": "da",
    "alla": "a",
}  # fmt: skip


@cache
def _stop_words() -> Mapping[str, tuple[str, ...]]:
    """The languages that each of the words speaks for."""
    found: dict[str, tuple[str, ...]] = {}
    for language, forms in FORMS.items():
        for word in forms.stop.split():
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _pattern(language: str, kind: str) -> re.Pattern[str]:
    flags = re.NOFLAG if language == "de" else re.IGNORECASE
    return re.compile(getattr(FORMS[language], kind) or r"(?!)", flags | re.MULTILINE)


@cache
def _address(language: str) -> re.Pattern[str]:
    titles = FORMS[language].address
    if not titles:
        return re.compile(r"(?!)")
    before = "|".join(sorted(_CONTRACTED, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<before>{before})[ \t]+|(?:(?:{_ARTICLES})[ \t]+)?)(?:{titles})\.?[ \t]+(?=[^\W\d_a-z])"
    )


@cache
def _pairs() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/])(?:{_DECLARED})(?:[ \t]?[/|][ \t]?(?:{_DECLARED})){{1,3}}(?![\w/])", re.IGNORECASE)


_WORD = re.compile(r"[^\W\d_]+")


def found(text: str) -> Iterator[Found]:
    """What is read in place of each of them, in no order."""
    words = frozenset(_WORD.findall(text.lower()))
    for pair in _pairs().finditer(text) if not words.isdisjoint(_SAYS_GENDER) else ():
        if not _SAYS_GENDER.isdisjoint(re.split(r"[ \t]?[/|][ \t]?", pair[0].lower())):
            yield Found(*pair.span(), PRONOUN)
    if words.isdisjoint(_CANDIDATES):
        return
    spoken = _Spoken(text)
    for language in spoken.languages:
        sure = [each for each in _spans(language, "sure", text) if spoken.is_in(language, each[0])]
        gated = _spans(language, "gated", text) if sure else ()
        meant = ((start, end) for start, end in (*sure, *gated) if spoken.is_in(language, start))
        yield from (Found(start, end, PRONOUN) for start, end in meant)
        for each in _address(language).finditer(text):
            if spoken.is_in(language, each.start()):
                before = _CONTRACTED.get(" ".join((each["before"] or "").split()))
                yield Found(*each.span(), f"{before} " if before else "")


def _spans(language: str, kind: str, text: str) -> Iterator[tuple[int, int]]:
    for each in _pattern(language, kind).finditer(text):
        if each.lastindex is not None:
            yield each.span(each.lastindex)


class _Spoken:
    """Which languages a text and its lines are written in, by their small words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[int, frozenset[str]] = {}
        counts = _heard(text)
        self._main = _most(counts)
        self.languages = sorted(language for language, count in counts.items() if count > 1 or language in self._main)

    def is_in(self, language: str, at: int) -> bool:
        """Whether the line around a place is in the language; a line that does not tell is in the text's."""
        start = self._text.rfind("\n", 0, at) + 1
        if start not in self._lines:
            end = self._text.find("\n", at)
            self._lines[start] = _most(_heard(self._text[start : end if end >= 0 else len(self._text)]))
        return language in (self._lines[start] or self._main)


def _heard(text: str) -> dict[str, int]:
    """How many small words of each language are in a text."""
    counts: dict[str, int] = {}
    known = _stop_words()
    for word in _WORD.findall(text):
        for language in known.get(word.lower(), ()):
            counts[language] = counts.get(language, 0) + 1
    return counts


def _most(counts: Mapping[str, int]) -> frozenset[str]:
    """The languages with the most of them, neighbours that cannot be told apart included; none where none is heard."""
    most = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count == most)
