"""Degrees by what they are called, from the lowest to the highest."""

import re
from collections.abc import Iterator
from functools import cache

from impl.screening.folding import Folded

# Compared with folded text: no case, no accents.
_NAMES: dict[str, str] = {
    "doctorate": r"ph\.? ?d|d\.? ?phil|doctor(?:ate|al)?|dr\. ?\w+|doktor\w*|promotion|promoviert\w*|doctorat|doctorado|dottorato|doutor\w*",
    "master": (
        r"master(?:'?s|studium|arbeit)?|m\.? ?sc|m\.? ?s|m\.? ?a|m\.? ?eng|m\.?b\.?a|m\.?ed|m\.?phil|ll\.?m|m\.?tech|magister|"
        r"(?:univ\.? ?)?dipl\.?(?:-| )?ing|diplom(?:-?\w+)?|maitrise|maestria|laurea magistrale|mestrado|ingenieur diplome|dea|dess"
    ),
    "bachelor": (
        r"bachelor(?:'?s|studium|arbeit)?|b\.? ?sc|b\.? ?s|b\.? ?a|b\.? ?eng|b\.?tech|b\.?ed|ll\.?b|bba|licence|licenciatura|grado|"
        r"laurea(?: triennale)?|undergraduate degree|hbo"
    ),
    "associate": r"associate(?:'?s)?(?: degree| of \w+)?|a\.?a\.?s|foundation degree|bts|dut|hnd|tecnico superior",
    "vocational": (
        r"apprenticeship|ausbildung|berufsausbildung|lehre|gesell\w+|meister(?:brief|prufung)?|facharbeiter\w*|kaufmann\w*|mbo|"
        r"cap|bep|formacion profesional|diploma professionale|vocational\w*|nvq|trade certificate|certificate iii|journey(?:man|person)"
    ),
    "secondary": (
        r"high school(?: diploma)?|abitur|fachabitur|matura|baccalaureat|bac(?: \w+)?|a-?levels?|gcses?|ged|secondary school|"
        r"bachillerato|maturita|realschulabschluss|mittlere reife|hauptschulabschluss|leaving certificate"
    ),
}
ORDER = tuple(reversed(_NAMES))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])") for name, words in _NAMES.items()}


def degrees(text: Folded) -> Iterator[tuple[int, tuple[int, int]]]:
    """The degrees that a text names, each as its rank (0 is the lowest) and where it stands in the folded text; the highest first."""
    for name, pattern in _patterns().items():
        for found in pattern.finditer(text.text):
            yield ORDER.index(name), found.span()
