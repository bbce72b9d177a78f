"""What of a text belongs to which position: from where it begins to where the next one, or the next heading, does."""

import re

from impl.screening.reading import Offsets, Reading

_HEADINGS = (
    r"education|skills|technical skills|key skills|core skills|competenc(?:e|ies)|languages|certifications?|certificates|projects|publications|interests|"
    r"hobbies|references|awards|volunteering|volunteer experience|courses|training|summary|profile|"
    r"ausbildung|bildung|studium|kenntnisse|fähigkeiten|kompetenzen|sprachen|sprachkenntnisse|zertifikate|projekte|interessen|referenzen|weiterbildung|"
    r"formation|compétences|langues|certificats|projets|centres d'intérêt|références|loisirs|"
    r"educación|formación|habilidades|competencias|idiomas|certificaciones|proyectos|intereses|referencias|"
    r"istruzione|formazione|competenze|lingue|certificazioni|progetti|interessi|opleiding|vaardigheden|talen"
)
_HEADING = re.compile(rf"^[^\w\n]*(?:{_HEADINGS})(?: (?:&|and|und|et|y|e) \w+)?[^\w\n]*$", re.IGNORECASE | re.MULTILINE)


def regions_of(reading: Reading) -> list[Offsets | None]:
    """For each position of the profile its stretch of the text; None where the text does not show it."""
    count = len(reading.entries("work"))
    starts = [_start(reading, f"/work/{index}/") for index in range(count)]
    others = [
        _start(reading, f"/{section}/{index}/")
        for section in ("education", "languages")
        for index in range(len(reading.entries(section)))
    ]
    borders = sorted(
        {
            *(found.start() for found in _HEADING.finditer(reading.text)),
            *(at for at in (*starts, *others) if at is not None),
            len(reading.text),
        }
    )
    return [
        None
        if at is None
        else (
            at,
            next(border for border in (*borders, len(reading.text)) if border > at or border == len(reading.text)),
        )
        for at in starts
    ]


def _start(reading: Reading, prefix: str) -> int | None:
    """Where an entry begins: the start of the line of the first of its values."""
    starts = [start for pointer, spans in reading.spans.items() if pointer.startswith(prefix) for start, _ in spans]
    return reading.text.rfind("\n", 0, min(starts)) + 1 if starts else None
