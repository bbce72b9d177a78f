"""Writes the shipped resumes and what they say: `python -m scripts.eval.samples`."""

import json
from pathlib import Path

from scripts.eval.samples.layouts import (
    Entry,
    Page,
    dates_at_left,
    dates_last,
    employer_first,
    single,
    title_first,
    with_page_header,
    with_side,
)
from scripts.eval.samples.people import PEOPLE, Person
from scripts.eval.samples.writers import WRITERS

DATA = Path(__file__).parents[3] / "tests" / "resumes" / "data"

_SAMPLES: dict[str, tuple[str, Entry, str]] = {
    "nurse": ("single", title_first, "txt"),
    "backend": ("side", employer_first, "pdf"),
    "teacher": ("header", employer_first, "docx"),
    "mechanic": ("single", dates_at_left, "pdf"),
    "cook": ("header", employer_first, "rtf"),
    "accountant": ("single", employer_first, "pdf"),
    "designer": ("header", employer_first, "odt"),
    "planner": ("single", dates_at_left, "html"),
    "analyst": ("side", dates_last, "docx"),
    "sales": ("single", employer_first, "html"),
}
_PAGES = {"single": single, "side": with_side, "header": with_page_header}


def page(person: Person, layout: str, entry: Entry) -> Page:
    """The person's resume in a layout."""
    return _PAGES[layout](person, entry)


def files() -> dict[str, bytes]:
    """Every shipped file by its name."""
    written = {}
    for key, (layout, entry, kind) in _SAMPLES.items():
        written[f"{key}.{kind}"] = WRITERS[kind](page(PEOPLE[key], layout, entry))
        truth = json.dumps(PEOPLE[key].truth(), ensure_ascii=False, indent=1)
        written[f"{key}.truth.json"] = f"{truth}\n".encode()
    return written


if __name__ == "__main__":
    DATA.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (DATA / name).write_bytes(content)
    print(f"{len(files())} files in {DATA.name}/")
