"""The shipped resumes: what the parser finds in them never gets worse, and it says where it found it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from impl.resumes.batch import all_parsed
from impl.resumes.parsing import parse
from impl.resumes.reading import read
from impl.resumes.understanding import text_of, understand
from scripts.eval.__main__ import BASELINE, GOALS, SHIPPED, worsened
from scripts.eval.measure import measure
from scripts.eval.samples.__main__ import DATA, files
from scripts.eval.samples.layouts import (
    Entry,
    Page,
    dates_at_left,
    employer_first,
    single,
    title_first,
    with_page_header,
)
from scripts.eval.samples.people import PEOPLE, Person
from scripts.eval.samples.writers import WRITERS
from scripts.eval.sets import samples

TODAY = date(2026, 11, 1)
RESUMES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".json"))


def test_the_shipped_files_are_what_the_script_writes() -> None:
    assert {path.name: path.read_bytes() for path in DATA.iterdir()} == files()


@pytest.mark.parametrize("name", SHIPPED)
def test_no_field_is_worse_than_the_baseline(name: str) -> None:
    result = measure(samples(SHIPPED[name]))

    assert result.files >= 10
    assert set(json.loads(BASELINE.read_text())[name]) == set(result.fields) >= set(GOALS)
    assert worsened(name, result) == [], result.misses
    assert result.wrong_spans == 0


def test_a_field_that_got_worse_is_named() -> None:
    result = measure(list(samples(DATA))[:1])
    result.fields["work.entry"].right = 0

    assert "work.entry: 0.0 was 1.0" in worsened("people", result)


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.name)
def test_each_value_points_to_where_it_stands(path: Path) -> None:
    document = read(path)
    profile = parse(document, today=TODAY)
    text = text_of(document, profile)
    evidence = profile.evidence(text)

    for pointer, found in evidence.items():
        said = _at(profile.resume(), pointer)
        assert 0.0 < found["confidence"] <= 1.0, pointer
        assert found["spans"], pointer
        for span in found["spans"]:
            assert text[span["start"] : span["end"]] == span["text"]
        source = " ".join(span["text"] for span in found["spans"])
        if not pointer.endswith(("Date", "/code")) and "/phones/" not in pointer:
            assert _letters(said) in _letters(source), pointer
    for kind in ("work", "education", "languages"):
        for index, entry in enumerate(profile.resume()[kind]):
            for name, value in entry.items():
                assert value is None or f"/{kind}/{index}/{name}" in evidence


def test_the_same_file_gives_the_same_bytes_a_hundred_times() -> None:
    document = read(DATA / "teacher.docx")

    said = {json.dumps(parse(document, today=TODAY).resume()) for _ in range(100)}

    assert len(said) == 1


def test_several_processes_say_what_one_says() -> None:
    paths = RESUMES[:4]

    together = list(all_parsed(paths, TODAY, jobs=2))
    alone = [understand(path.read_bytes(), today=TODAY).understood for path in paths]

    assert [each.path for each in together] == [str(path) for path in paths]
    assert [each.understood for each in together] == alone


def test_four_processes_give_the_same_bytes_as_one() -> None:
    path = DATA / "teacher.docx"

    said = {json.dumps(asdict(each.understood)) for each in all_parsed([path] * 60, TODAY, jobs=4) if each.understood}

    assert said == {json.dumps(asdict(understand(path.read_bytes(), today=TODAY).understood))}


@pytest.mark.parametrize(
    ("person", "entry"),
    [("sales", title_first), ("nurse", employer_first), ("cook", employer_first), ("teacher", dates_at_left)],
)
@pytest.mark.parametrize("layout", [single, with_page_header])
def test_every_format_gives_the_same_facts(person: str, entry: Entry, layout: Callable[[Person, Entry], Page]) -> None:
    page: Page = layout(PEOPLE[person], entry)

    facts = {kind: parse(read(write(page)), today=TODAY).resume() for kind, write in WRITERS.items()}

    assert all(said == facts["txt"] for said in facts.values()), facts
    assert facts["txt"]["basics"]["name"] == PEOPLE[person].name
    assert [job["name"] for job in facts["txt"]["work"]] == [stay.where for stay in PEOPLE[person].work]


def _at(resume: Any, pointer: str) -> str:
    value = resume
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return str(value)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
