"""The same file says the same, byte for byte: a hundred times, and in processes that order their sets differently."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date

import msgspec
import pytest

from impl.resumes import understanding
from tests.resumes.hiding import opendocument, pdf, rich_text, web, word

TODAY = date(2026, 11, 1)
FILES = {
    "pdf": pdf.ATTACKS["one point"].content,
    "docx": word.ATTACKS["white by the theme"].content,
    "odt": opendocument.ATTACKS["white by a style of a style"].content,
    "rtf": rich_text.ATTACKS["dark in a dark cell"].content,
    "html": web.ATTACKS["by the stronger rule"].content,
}
DRAWN = {"pdf, drawn": pdf.ATTACKS["white below what is seen"].content}
_HASHES = "import json; from tests.resumes.test_determinism import hashes; print(json.dumps(hashes()))"


def _said(content: bytes) -> bytes:
    return msgspec.json.encode(understanding.understand(content, today=TODAY).understood)


def hashes() -> dict[str, str]:
    """What each of the files says, in short."""
    return {kind: hashlib.sha256(_said(content)).hexdigest() for kind, content in (FILES | DRAWN).items()}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_says_the_same_a_hundred_times(kind: str) -> None:
    assert len({_said(FILES[kind]) for _ in range(100)}) == 1


def test_a_page_that_is_drawn_says_the_same() -> None:
    assert len({_said(DRAWN["pdf, drawn"]) for _ in range(10)}) == 1


def test_four_processes_say_the_same() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _HASHES],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(1, 5)
    ]

    said = [json.loads(process.communicate(timeout=120)[0]) for process in running]

    assert said == [hashes()] * 4
