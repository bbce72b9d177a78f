"""A file is read in a process of its own: the same result as here, or the reason why there is none."""

import asyncio
import os
import platform
import signal
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from impl.resumes import understanding
from impl.resumes.document import Unreadable
from impl.resumes.sandbox import Reader, understood
from impl.resumes.sandbox.frames import End, Limits
from impl.resumes.sandbox.reader import ReaderUnavailable, _judged
from scripts.eval.samples.__main__ import DATA
from tests.support.documents import docx

TODAY = date(2026, 11, 1)
RESUMES = sorted(path for path in DATA.iterdir() if path.suffix != ".json")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.mark.promise("C3")
@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_a_process_of_its_own_says_what_this_one_says(reader: Reader, path: Path) -> None:
    content = path.read_bytes()

    assert reader.read(content, today=TODAY).understood == understanding.understand(content, today=TODAY).understood


async def test_many_at_once() -> None:
    contents = [path.read_bytes() for path in RESUMES] * 2

    found = await asyncio.gather(*(understood(content, today=TODAY) for content in contents))

    assert found == [understanding.understand(content, today=TODAY).understood for content in contents]
    assert all(msgspec.json.decode(msgspec.json.encode(each), type=type(each)) == each for each in found)


def test_what_cannot_be_read_says_why(reader: Reader) -> None:
    with pytest.raises(Unreadable, match="The PDF is damaged") as refused:
        reader.read(b"%PDF-1.7 nothing", today=TODAY)

    assert refused.value.code == "damaged"


LARGE = docx({"word/document.xml": b"<d>" + b"<p/>" * 5_000_000 + b"</d>"})


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"wall_seconds": 0.2}, "timed_out"),
        ({"cpu_seconds": 1, "memory_bytes": 10 << 30}, "timed_out"),
        ({"memory_bytes": 100 << 20}, "out_of_memory"),
        ({"answer_bytes": 10}, "too_large"),
    ],
    ids=["time", "work", "memory", "words"],
)
def test_what_takes_too_much_says_so(limits: dict[str, Any], code: str) -> None:
    reader = Reader(msgspec.structs.replace(Limits(), **limits))

    with pytest.raises(Unreadable) as refused:
        reader.read(LARGE if "answer_bytes" not in limits else b"Ada", today=TODAY)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    reader.close()


def test_a_reader_that_was_killed_is_started_anew(reader: Reader) -> None:
    for _ in range(2):
        assert reader.read(b"ada@example.org", today=TODAY).understood.text == "ada@example.org"
        assert reader._process is not None
        os.kill(reader._process.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("path", [], "ModuleNotFoundError"), ("executable", "/nowhere/python", "No such file")],
    ids=["code", "interpreter"],
)
def test_a_reader_that_cannot_be_started_blames_no_file(
    monkeypatch: pytest.MonkeyPatch, name: str, value: Any, reason: str
) -> None:
    monkeypatch.setattr(sys, name, value)

    with pytest.raises(ReaderUnavailable, match=reason):
        Reader().read(b"ada@example.org", today=TODAY)


def test_from_within_nothing_can_be_done(reader: Reader) -> None:
    reader.read(b"ada@example.org", today=TODAY)

    assert {"files", "network", "processes"} <= set(reader.walls)
    if sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64"):
        assert reader.walls == ["files", "network", "processes", "signals", "system_calls"]


def test_what_a_process_answers_is_believed_as_far_as_it_has_the_right_form() -> None:
    refused = {
        b"": "crashed",
        b"{}": "crashed",
        b'{"understood": {"text": 1}}': "crashed",
        b"[" * 100_000: "crashed",
        b'{"refusal": {"code": "Robert\'); DROP TABLE", "message": "x"}}': "crashed",
        b'{"refusal": {"code": "damaged", "message": "The PDF is damaged."}}': "damaged",
    }

    for said, code in refused.items():
        with pytest.raises(Unreadable) as refusal:
            _judged(End(), said, Limits())
        assert refusal.value.code == code
