"""Whether a text says that somebody has something, hopes for it, or does not have it, from the words before its name."""

import re
from enum import Enum, auto

REACH = 120
_BREAKS = re.compile(r"[.;!?\n•|](?:\s|$)|\n")
_KNOWING = (
    r"(?:experience|knowledge|familiar\w*|exposure|background|skills?|training|certification|degree|licen[cs]e|erfahrung\w*|kenntniss?\w*|"
    r"vertraut|experiencia|conocimientos?|connaissances?|esperienza|conoscenz\w|experiencias?|competence\w*)"
)
_DENIED = re.compile(
    rf"(?<!\w)(?:no|not|without|never|lack of|lacking|kein\w*|ohne|nicht|sans|pas d[e']|aucune?|sin|ningun\w*|senza|nessun\w*|sem|geen)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?{_KNOWING}(?!\w)|"
    r"(?<!\w)(?:not|never|n't|noch nie|nie|nunca|jamais|mai)\s+(?:yet |ever |been )*(?:used|worked|learn\w*|touched|tried|trained|certified|verwendet|gearbeitet|"
    r"trabajado|usado|travaille|utilise|usato|lavorato)(?!\w)"
)
_NOT_ONLY = re.compile(r"(?<!\w)(?:not|nicht|pas|no|non) (?:only|just|nur|seulement|solo)(?!\w)")
_HOPED = re.compile(
    r"(?<!\w)(?:(?:want|wants|wish|wishes|like|hope|hopes|plan|plans|planning|eager|keen|willing|ready|looking|aim|aiming|excited)(?: forward)? to (?:\w+ ){0,2}?"
    r"(?:learn|study|use|work|get|gain|try|explore|understand|become|move|start)\w*|interested in|interest in|currently (?:learning|studying)|"
    r"(?:still )?learning|curious about|aspir\w+|beginner in|mochte\w* (?:\w+ ){0,4}?lernen|interessiert an|interesse an|lerne (?:gerade|derzeit)|"
    r"souhait\w+ apprendre|envie d'apprendre|interesse par|quiero aprender|interesad[oa] en|vorrei imparare|interessat[oa] a)(?!\w)"
)


class Claim(Enum):
    """How a name is spoken of."""

    HELD = auto()
    HOPED = auto()
    DENIED = auto()


def claim_of(text: str, start: int, end: int) -> Claim:
    """How a folded text speaks of what stands at these offsets, as far as its sentence says so before (and, of denials, right after)."""
    before = _BREAKS.split(text[max(0, start - REACH) : start])[-1]
    after = _BREAKS.split(text[end : end + 40])[0]
    if _DENIED.search(before) and not _NOT_ONLY.search(before):
        return Claim.DENIED
    if re.match(r"\W{0,3}(?:none|no experience|not yet|keine erfahrung|noch nicht)(?!\w)", after):
        return Claim.DENIED
    return Claim.HOPED if _HOPED.search(before) else Claim.HELD
