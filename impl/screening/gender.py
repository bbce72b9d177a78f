"""Words that say somebody's gender, and what stands for them: `Bäckerin` and `Bäcker` read the same, and so do `she` and `he`."""

import re
from functools import lru_cache

_PRONOUNS = "he|she|him|her|his|hers|himself|herself"
PRONOUNS = re.compile(rf"(?<![\w/])(?:{_PRONOUNS})(?:\s?/\s?(?:{_PRONOUNS}|they|them|their))*(?![\w/])", re.IGNORECASE)
# Before a name, and as titles are written: "MS" is a company, and "Sr." somebody senior.
TITLES = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mister|Madam|Herr|Herrn|Frau|Monsieur|Madame|Mademoiselle|Mme|Mlle|Señor|Señora|Señorita|Sra|Srta|Signor|"
    r"Signora|Signorina)(?!\w)\.?[ \t]+(?=[^\W\d_a-z])"
)
# "Ausbildung zur Kauffrau" and "zum Kaufmann".
ARTICLES = re.compile(r"(?<!\w)[zZ]ur(?!\w)")
# "(m/w/d)" and the like say nothing; a bare word of it does.
SEXES = re.compile(
    r"(?<!\w)(?:male|female|woman|women|man|men|girl|boy|lady|ladies|gentleman|gentlemen|männlich|weiblich|masculin|féminin|"
    r"masculino|femenino|maschio|femmina|husband|wife|mother|father|mum|mom|dad|daughter|son|ehefrau|ehemann|mutter|vater)(?!\w)",
    re.IGNORECASE,
)
# Bäcker/in, Bäcker*in, Bäcker:innen, Bäcker(in), BäckerIn.
PAIRED = re.compile(
    r"(?:(?<=er)|(?<=or)|(?<=ist)|(?<=ent)|(?<=ant)|(?<=eur)|(?<=oge))(?:[*:_·/]-?in(?:nen)?|\(in\)|In(?:nen)?)\b"
)
_PERSON = re.compile(r"(?<=\w\w)(?:wo)?m[ae]n$")
_JOBS_OF_PEOPLE = frozenset(
    ("chair", "spokes", "sales", "business", "crafts", "trades", "fire", "police", "camera", "anchor", "watch")
)
#: Feminine forms that no ending tells.
WORDS = {
    "waitress": "waiter",
    "actress": "actor",
    "stewardess": "steward",
    "hostess": "host",
    "headmistress": "headmaster",
    "seamstress": "tailor",
    "kauffrau": "kaufmann",
    "fachfrau": "fachmann",
    "hausfrau": "hausmann",
    "kamerafrau": "kameramann",
    "krankenschwester": "krankenpfleger",
    "köchin": "koch",
    "ärztin": "arzt",
    "anwältin": "anwalt",
    "ingenieure": "ingénieur",
    "ingénieure": "ingénieur",
    "ingeniera": "ingeniero",
    "enfermera": "enfermero",
    "camarera": "camarero",
    "cocinera": "cocinero",
    "cajera": "cajero",
    "panadera": "panadero",
    "peluquera": "peluquero",
    "consejera": "consejero",
    "abogada": "abogado",
    "médica": "médico",
    "arquitecta": "arquitecto",
    "licenciada": "licenciado",
    "graduada": "graduado",
    "encargada": "encargado",
    "secretaria": "secretario",
    "infirmière": "infirmier",
    "boulangère": "boulanger",
    "cuisinière": "cuisinier",
    "caissière": "caissier",
    "pâtissière": "pâtissier",
    "serveuse": "serveur",
    "avocate": "avocat",
    "consultante": "consultant",
    "assistante": "assistant",
    "étudiante": "étudiant",
    "diplômée": "diplômé",
}
_ENDINGS = (
    (re.compile(r"(?<=[a-zäöüß]{2}(?:er|or))in(?:nen)?$"), ""),  # Bäckerin, Doktorin
    (re.compile(r"(?:(?<=eur)|(?<=ist)|(?<=ent)|(?<=ant)|(?<=oge)|(?<=wirt))in(?:nen)?$"), ""),  # Juristin
    (re.compile(r"(?<=[a-zäöü]{4})frau$"), "mann"),
    (re.compile(r"(?<=[a-zé]{4})trice$"), "teur"),  # directrice
    (re.compile(r"(?<=[a-zé]{4})euse$"), "eur"),  # développeuse
    (re.compile(r"(?<=[a-zé]{3})icienne$"), "icien"),
    (re.compile(r"(?<=[a-zé]{3}(?:ad|ed|id))ora$"), "or"),  # desarrolladora
    (re.compile(r"(?<=[a-ząćęńóśźż]{3})łam$"), "łem"),  # pracowałam: a Pole's "I worked" says who worked
)


@lru_cache(maxsize=8192)
def neutral(word: str) -> str:
    """The word itself, or the form of it that stands for everybody."""
    lower = word.lower()
    known = WORDS.get(lower)
    if known is None and (person := _PERSON.search(lower)) and lower[: person.start()] in _JOBS_OF_PEOPLE:
        known = lower[: person.start()] + ("person" if person[0].endswith("man") else "people")
    for ending, instead in _ENDINGS if known is None else ():
        shorter, count = ending.subn(instead, lower)
        if count:
            known = shorter
            break
    return word if known is None else _cased(known, word)


def _cased(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
