"""What of a text belongs to which position: from where it begins to where the next one, or the next heading, does."""

import re
from bisect import bisect_right

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
    begun = _starts(reading)
    starts = [begun.get(("work", str(index))) for index in range(len(reading.entries("work")))]
    others = [
        begun.get((section, str(index)))
        for section in ("education", "languages")
        for index in range(len(reading.entries(section)))
    ]
    headings = (found.start() for found in _HEADING.finditer(reading.text))
    borders = sorted({*headings, *(at for at in (*starts, *others) if at is not None)})
    ends = [*borders, len(reading.text)]
    return [None if at is None else (at, ends[bisect_right(borders, at)]) for at in starts]


def _starts(reading: Reading) -> dict[tuple[str, str], int]:
    """Where each entry begins, by its section and number: the start of the line of the first of its values."""
    found: dict[tuple[str, str], int] = {}
    for pointer, spans in reading.spans.items():
        parts = pointer.split("/", 3)
        if len(parts) == len(("", "section", "index", "field")) and spans:
            first = min(start for start, _ in spans)
            found[parts[1], parts[2]] = min(first, found.get((parts[1], parts[2]), first))
    return {entry: reading.text.rfind("\n", 0, start) + 1 for entry, start in found.items()}
