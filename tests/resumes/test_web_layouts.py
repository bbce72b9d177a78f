"""HTML whose parts only their styles set apart: pills, dates that float, rows of a language and its level."""

from datetime import date
from typing import Any

import pytest

from impl.resumes.document import Document
from impl.resumes.formats.web import read
from impl.resumes.parsing import parse


def _resume(body: str) -> dict[str, Any]:
    document: Document = read(
        f"<html><meta charset=utf-8><h1>Orla Quist</h1><p>orla@quist.example</p>{body}</html>".encode()
    )
    return parse(document, today=date(2026, 11, 1)).resume()


@pytest.mark.parametrize(
    ("style", "between"),
    [("", ""), (" class=tag", ""), (' class="pill small"', " "), (" style='top:0' class='tag'", "\n")],
)
def test_pills_are_skills_each(style: str, between: str) -> None:
    pills = between.join(f"<span{style}>{skill}</span>" for skill in ("Kubernetes", "C++", "Google Cloud", "Bash"))

    assert [skill["name"] for skill in _resume(f"<h2>Skills</h2><div>{pills}</div>")["skills"]] == [
        "Kubernetes",
        "C++",
        "Google Cloud",
        "Bash",
    ]


def test_a_word_of_several_spans_stays_whole() -> None:
    assert _resume("<h2>Skills</h2><p><b>Type</b><b>script</b>, <span>Ku</span><span>bernetes</span></p>")[
        "skills"
    ] == [
        {"name": "Typescript"},
        {"name": "Kubernetes"},
    ]


def test_a_date_that_floats_stands_apart_from_the_employer() -> None:
    jobs = "".join(
        f"<p><span class=right>{dates}</span><b>{firm}</b>, Austin, TX<br><i>{title}</i></p><ul><li>Told at length</li></ul>"
        for dates, firm, title in (
            ("08/2016 – Present", "Quux Glass", "Planner"),
            ("09/2014 – 05/2016", "Vexley", "Clerk"),
        )
    )
    work = _resume(f"<h2>Experience</h2>{jobs}")["work"]

    assert [(job["position"], job["name"], job["startDate"]) for job in work] == [
        ("Planner", "Quux Glass", "2016-08"),
        ("Clerk", "Vexley", "2014-09"),
    ]


def test_a_language_and_its_level_share_a_row() -> None:
    rows = "".join(
        f"<div class=row><span>{name}</span><span>{level}</span></div>"
        for name, level in (("Dutch", "native"), ("English", "C1"))
    )

    assert [(said["code"], said["fluency"]) for said in _resume(f"<h2>Languages</h2>{rows}")["languages"]] == [
        ("nl", "native"),
        ("en", "C1"),
    ]
