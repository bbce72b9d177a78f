"""Sets of resumes with what is true of them."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_KINDS = {".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".txt"}


@dataclass(frozen=True)
class Sample:
    """A file, what is true of it, and its kind of file."""

    path: Path
    truth: dict[str, Any]

    @property
    def kind(self) -> str:
        """The kind of file, as its name says."""
        return self.path.suffix.lstrip(".")


def samples(folder: Path) -> Iterator[Sample]:
    """The resumes of a folder that have a truth: by its MANIFEST.tsv, else `NAME.truth.json` beside NAME.* or NAME__*."""
    manifest = folder / "MANIFEST.tsv"
    if manifest.is_file():
        with manifest.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["truth"] and Path(row["file"]).suffix in _KINDS:
                    yield Sample(folder / row["file"], _truth(folder / row["truth"]))
        return
    for path in sorted(folder.rglob("*")):
        truth = path.with_name(path.name.partition("__")[0].removesuffix(path.suffix) + ".truth.json")
        if path.suffix in _KINDS and truth.is_file():
            yield Sample(path, _truth(truth))


def _truth(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
