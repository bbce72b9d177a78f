"""Lines of visible text that speak to a machine: they stay text, and people are told."""

import re

from impl.resumes.visible.hidden import Span

MAX_INSTRUCTIONS = 20

_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "aeopcyxijsdhlABEZHIKMNOPTYXo")  # noqa: RUF001
_BEFORE = (  # "the previous instructions" in English, German, French, Spanish, Italian, Dutch, Portuguese
    r"(?:all|any|every|the|your|these|those|of|alle[sn]?|d(?:ie|as|en|eine?)|toutes?|tous|les?|des|vos|tes|todas?|todos?|las?|los|"
    r"tus|sus|tutt[ei]|le|gli|i|de|het|as|os|suas|"
    r"previous(?:ly)?|prior|above|earlier|preceding|existing|other|foregoing|system|"
    r"vorherig\w*|bisherig\w*|obig\w*|vorangegangen\w*|früher\w*|"
    r"précédente?s?|antérieure?s?|ci-dessus|anterior(?:es)?|previ[aoe]s?|precedenti?|"
    r"voorgaande|vorige|eerdere|bovenstaande)"
)
_THINGS = (
    r"(?:instructions?|prompts?|directives?|guidelines|rules|commands?|context|anweisung\w*|instruktion\w*|vorgaben|befehl\w*|"
    r"anleitung\w*|consignes?|instrucciones|indicaciones|órdenes|istruzioni|indicazioni|instructies|opdrachten|aanwijzingen|"
    r"instruç(?:ões|ão)|instrucoes|ordens)"
)
_IGNORE = (
    r"(?:ignore[zr]?|ignorier\w*|disregard|forget|override|bypass|do\s+not\s+follow|missachte\w*|vergiss|vergesst|vergessen\s+sie|"
    r"oublie[zr]?|ne\s+tene?z\s+pas\s+compte|ignora[dr]?|ignore|olvida[rd]?|omite|dimentica(?:re)?|negeer|vergeet|esqueça|desconsidere)"
)
_CANDIDATE = (
    r"(?:candidate|applicant|resume|résumé|cv|person|profile|bewerber(?:in)?|kandidat(?:in|en)?|lebenslauf|candidate?s?|"
    r"candidat[aoe]?s?|candidatur[ae]|currículo|curriculum|kandida(?:at|te))"
)
_PRAISE = (
    r"(?:first|top|highest|best|perfect|ideal|maximum|100|10/10|erste\w*|beste\w*|höchst\w*|perfekt\w*|premi(?:er|ère)|meilleure?|"
    r"parfaite?|primer[oa]?|mejor|primo|prima|migliore|perfetto|eerste|hoogste|primeir[oa]|melhor|perfeit[oa])"
)
_RANK = (
    r"(?:rank|rate|score|place|recommend|select|shortlist|hire|choose|approve|give|assign|bewerte\w*|empfiehl|empfehle\w*|wähle|"
    r"stelle|classe[zr]?|recommande[zr]?|notez|attribuez|clasifica|recomienda|puntúa|valora|classifica|raccomanda|valuta|"
    r"beoordeel|rangschik|classifique|recomende|avalie)"
)
_GAP = r"[^.\n]{0,40}?\b"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_IGNORE}\s+(?:{_BEFORE}\s+){{0,5}}{_THINGS}\b",
        rf"\b{_IGNORE}\s+(?:{_BEFORE}\s+){{0,3}}(?:everything|all|alles|tout|todo|tutto|tudo)\b.{{0,20}}\b(?:above|before|prior|said|oben|précède|anterior|sopra)\b",
        rf"^\W*(?:please\s+|bitte\s+)?{_RANK}\b{_GAP}(?:me|mich|mij|(?:this|the|diese\w*|d(?:en|ie)|ce(?:tte)?|le|la|este|esta|al|"
        rf"questo|questa|deze|dit)\s+{_CANDIDATE})\b{_GAP}{_PRAISE}\b",
        rf"\b(?:rank|rate|score|recommend|shortlist|hire|select|approve)\s+(?:this|the)\s+{_CANDIDATE}\b",
        rf"\b(?:bewerte|empfiehl|empfehlen\s+sie|bewerten\s+sie)\s+(?:diese\w*|den|die)\s+{_CANDIDATE}\b",
        rf"\b(?:class|recommand|not)ez\s+(?:ce|cette|le|la)\s+{_CANDIDATE}\b",
        rf"\b(?:clasifi(?:ca|que)|recom(?:ienda|iende|ende)|selecciona|classifique|classifica|raccomanda|beoordeel|rangschik)\s+"
        rf"(?:a\s+)?(?:est[ea]|al|quest[oa]|il|la|deze|dit|o|a)\s+{_CANDIDATE}\b",
        r"^\W*(?:system|assistant|developer)\s*(?:prompt|message)?\s*:\s*(?:you|ignore|the\s+candidate|this\s+candidate|please|always|rank|rate|score)\b",
        r"\b(?:system\s+prompt|prompt\s+injection)\s*:",
        r"<\|?/?(?:im_start|im_end|system|endoftext|assistant)\|?>|(?-i:\[/?INST\]|<<SYS>>)|^\W*###\s*(?:system|instructions?)\s*:",
        r"\b(?:note|message|instructions?|hinweis|attention|remarque|nota|nachricht|opmerking)\s+(?:to|for|an|für|à|pour|al?|para|per|aan|voor)\s+"
        r"(?:the\s+|die\s+|den\s+|alle?\s+|any\s+|l['’]|la\s+)?(?:ai|a\.i\.|llms?|ki|ia|ats|language\s+model|chatgpt|gpt\S*|recruiting\s+bot|sprachmodell)\b",
        r"\byou\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:helpful\s+|expert\s+)?(?:ai|llm|language\s+model|assistant|recruiter|hiring\s+manager|ats)\b",
        r"\b(?:if\s+you\s+are|as)\s+an?\s+(?:ai|llm|large\s+language\s+model|language\s+model)\b.{0,60}\b(?:must|should|rank|rate|say|output|respond|recommend)\b",
        r"\b(?:respond|reply|answer|output)\s+(?:only\s+)?with\b.{0,40}\b(?:candidate|hire|score|qualified|json)\b",
    )
]  # fmt: skip


def found_in(order: str, text: str) -> tuple[Span, ...]:
    """The lines of an order's text that are, or hold, instructions to a machine."""
    spans: list[Span] = []
    at = 0
    for line in text.translate(_LOOKALIKES).split("\n"):
        if len(spans) < MAX_INSTRUCTIONS and any(pattern.search(line[:2000]) for pattern in _PATTERNS):
            spans.append(Span(order, at, at + len(line)))
        at += len(line) + 1
    return tuple(spans)
