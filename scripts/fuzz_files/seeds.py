"""What the fuzzer begins with: the shipped resumes, and those in which text is hidden in every way that a format knows."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scripts.eval.samples.__main__ import DATA

#: By format: the module of `tests.resumes.hiding` with more of its kind, if there is one.
FORMATS: Mapping[str, str] = {
    "pdf": "pdf",
    "docx": "word",
    "odt": "opendocument",
    "rtf": "rich_text",
    "html": "web",
    "txt": "",
}
_FAMILIES = DATA.parent / "families"
_LONGEST = 200_000


def seeds_of(kind: str, folders: Sequence[Path] = ()) -> Iterator[bytes]:
    """The files of a format, those in more folders as well."""
    for folder in (DATA, _FAMILIES, *folders):
        for path in sorted(folder.rglob(f"*.{kind}")):
            if path.stat().st_size <= _LONGEST:
                yield path.read_bytes()
    if FORMATS[kind]:
        hiding = importlib.import_module(f"tests.resumes.hiding.{FORMATS[kind]}")
        yield from (attack.content for attack in hiding.ATTACKS.values())
        yield from (each if isinstance(each, bytes) else each.content for each in hiding.DESIGNS.values())
