"""Languages and how well somebody speaks them, on the scale of the CEFR."""

import re
from functools import cache

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
NATIVE = len(LEVELS)
# Compared with folded text: no case, no accents.
NAMES: dict[str, str] = {
    "ar": "arabic|arabisch|arabe|arabo|العربية",
    "bg": "bulgarian|bulgarisch|bulgare|bulgaro",
    "cs": "czech|tschechisch|tcheque|checo|ceco",
    "da": "danish|danisch|danois|danes|danese|dansk",
    "de": "german|deutsch|allemand|aleman|tedesco|duits|alemao|tyska|tysk|niemiecki",
    "el": "greek|griechisch|grec|griego|greco",
    "en": "english|englisch|anglais|ingles|inglese|engels|engelska|engelsk|angielski",
    "es": "spanish|spanisch|espagnol|espanol|castellano|spagnolo|spaans|espanhol|spanska|spansk",
    "fa": "persian|farsi|persisch|persan|persa",
    "fi": "finnish|finnisch|finnois|fines|finlandese|suomi",
    "fr": "french|franzosisch|franzoesisch|francais|frances|francese|frans|franska|fransk|francuski",
    "he": "hebrew|hebraisch|hebreu|hebreo|ebraico",
    "hi": "hindi",
    "hr": "croatian|kroatisch|croate|croata",
    "hu": "hungarian|ungarisch|hongrois|hungaro|ungherese|magyar",
    "id": "indonesian|indonesisch|bahasa",
    "it": "italian|italienisch|italien|italiano|italiaans|italienska|wloski",
    "ja": "japanese|japanisch|japonais|japones|giapponese|日本語",
    "ko": "korean|koreanisch|coreen|coreano|한국어",
    "nl": "dutch|niederlandisch|neerlandais|neerlandes|olandese|nederlands|hollandisch|flemish",
    "no": "norwegian|norwegisch|norvegien|noruego|norvegese|norsk",
    "pl": "polish|polnisch|polonais|polaco|polacco|polski",
    "pt": "portuguese|portugiesisch|portugais|portugues|portoghese|portugees",
    "ro": "romanian|rumanisch|roumain|rumano|rumeno",
    "ru": "russian|russisch|russe|ruso|russo|русский",
    "sk": "slovak|slowakisch|slovaque|eslovaco",
    "sr": "serbian|serbisch|serbe|serbio",
    "sv": "swedish|schwedisch|suedois|sueco|svedese|svenska",
    "tr": "turkish|turkisch|turc|turco|turkce",
    "uk": "ukrainian|ukrainisch|ukrainien|ucraniano|ucraino|українська",
    "ur": "urdu",
    "vi": "vietnamese|vietnamesisch|vietnamien|vietnamita",
    "zh": "chinese|mandarin|chinesisch|chinois|chino|cinese|cantonese|中文",
}
# From the best to the weakest, so that "near native" is not read as native, nor "very good" as good.
_WORDS = (
    (4, r"near[- ]native|full professional|professional(?: working)? proficiency|proficient|fluent\w*|fliessend|verhandlungssicher|courant|"
        r"bilingue? professionnel|fluido|fluente|fluency|vloeiend|advanced|fortgeschritten|avance|avanzado|avanzato|sehr gut\w*|very good|"
        r"excellent|ausgezeichnet"),
    (NATIVE, r"native\w*|mother tongue|muttersprach\w*|langue maternelle|maternelle|nativ[oa]|lengua materna|madrelingua|moedertaal|"
        r"bilingual|zweisprachig|bilingue|modersmal|first language"),
    (3, r"upper[- ]intermediate|limited working|good|gut\w*|bon(?:ne)?|bien|buon[oa]|goed|working knowledge|conversational"),
    (2, r"intermediate|mittelstufe|intermediaire|intermedio|konversation\w*"),
    (1, r"elementary|basic\w*|grundkenntniss?\w*|notions|basico|base|scolastico|scolaire|school|schulkenntniss\w*|beginner|debutant|anfanger\w*"),
)  # fmt: skip
_CEFR = re.compile(r"(?<![^\W_])([abc][12])(?![^\W_])")


@cache
def pattern_of_language(code: str) -> re.Pattern[str]:
    """What finds a language's name in a folded text; of a language without names here, its code."""
    return re.compile(rf"(?<![^\W_])(?:{NAMES.get(code, re.escape(code))})(?![^\W_])")


@cache
def _levels() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((rank, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")) for rank, words in _WORDS)


def rank_of(said: str) -> int | None:
    """How well, from what a folded text says: 0 is A1, 5 is C2, 6 is a native speaker; None when it says nothing."""
    cefr = _CEFR.search(said)
    if cefr is not None:
        return LEVELS.index(cefr[1].upper())
    return next((rank for rank, pattern in _levels() if pattern.search(said)), None)
