"""The ways in which resumes write an entry: each is understood, whatever the employer is called."""

from collections.abc import Callable
from datetime import date

import pytest

from impl.resumes.document import Document, Text, normalized
from impl.resumes.parsing import parse

TODAY = date(2026, 11, 1)

JOBS = (
    (
        "Head of Growth",
        "Quillmark",
        "Portland, OR",
        "Apr 2021 – Present",
        "2021-04",
        None,
        "Tripled sign-ups in a year",
    ),
    (
        "Growth Marketing Lead",
        "Oddfellow & Pine",
        "Boise, ID",
        "06/2018 - 03/2021",
        "2018-06",
        "2021-03",
        "Ran a hundred experiments",
    ),
    ("Consultant", "Bramblethwaite", "Austin, TX", "2015 – 2018", "2015", "2018", "Advised small breweries"),
)

Layout = Callable[[str, str, str, str], list[str]]

LAYOUTS: dict[str, Layout] = {
    "all in a line": lambda title, firm, place, dates: [f"{title} | {firm} | {place} | {dates}"],
    "commas": lambda title, firm, place, dates: [f"{title}, {firm}, {place}, {dates}"],
    "firm and place, title": lambda title, firm, place, dates: [f"{firm}, {place} — {title}\t{dates}"],
    "title at firm": lambda title, firm, _, dates: [f"{title} at {firm} ({dates})"],
    "firm in brackets": lambda title, firm, _, dates: [f"{title} ({firm}), {dates}"],
    "dates first": lambda title, firm, _, dates: [f"{dates}: {title}, {firm}"],
    "dates in a cell": lambda title, firm, place, dates: [f"{dates}\t{title}", f"{firm}, {place}"],
    "dates on top": lambda title, firm, _, dates: [dates, firm, title],
    "dates below": lambda title, firm, _, dates: [f"{title} - {firm}", dates],
    "four lines": lambda title, firm, place, dates: [firm, place, title, dates],
    "two by two": lambda title, firm, place, dates: [f"{firm}\t{place}", f"{title}\t{dates}"],
    "two by two, title first": lambda title, firm, place, dates: [f"{title}\t{dates}", f"{firm}\t{place}"],
    "labels": lambda title, firm, _, dates: [f"Company: {firm}", f"Position: {title}", f"Period: {dates}"],
    "wide gaps": lambda title, firm, _, dates: [f"{firm}      {dates}", title],
}


def _resume(layout: Layout, told: Callable[[str], list[str]]) -> str:
    lines = ["Ottoline Fairweather", "ottoline@fairweather.example", "", "EXPERIENCE"]
    for title, firm, place, dates, _, _, telling in JOBS:
        lines += [*layout(title, firm, place, dates), *told(telling), ""]
    return "\n".join([*lines, "SKILLS", "Copywriting, SQL"])


@pytest.mark.parametrize("told", [lambda text: [f"• {text}"], lambda _: []], ids=["told about", "bare"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_entry_is_understood(layout: str, told: Callable[[str], list[str]]) -> None:
    text = normalized(_resume(LAYOUTS[layout], told))

    resume = parse(Document("text/plain", (Text("plain", text),)), today=TODAY).resume()

    assert [(job["position"], job["name"], job["startDate"], job["endDate"]) for job in resume["work"]] == [
        (title, firm, start, end) for title, firm, _, _, start, end, _ in JOBS
    ]
    assert resume["basics"]["name"] == "Ottoline Fairweather"
    assert [skill["name"] for skill in resume["skills"]] == ["Copywriting", "SQL"]


def _parsed(*lines: str) -> dict[str, list[dict[str, str | None]]]:
    text = normalized("\n".join(lines))
    found: dict[str, list[dict[str, str | None]]] = parse(
        Document("text/plain", (Text("plain", text),)), today=TODAY
    ).resume()
    return found


def test_positions_under_one_employer_inherit_it() -> None:
    work = _parsed(
        "Experience",
        "Larkspur Freight, Denver, CO\t2012 – Present",
        "Director of Operations (2018 – Present)",
        "• Runs four terminals",
        "Dispatch Supervisor (2012 – 2018)",
        "• Scheduled 120 drivers",
    )["work"]

    assert [(job["position"], job["name"], job["startDate"]) for job in work] == [
        ("Director of Operations", "Larkspur Freight", "2018"),
        ("Dispatch Supervisor", "Larkspur Freight", "2012"),
    ]


@pytest.mark.parametrize(
    "referees",
    [
        "Tom Reed, tom@reed.example, +44 20 7946 0018",
        "Tom Reed\nAddress Quay Road 12\nContact tom@reed.example\nWill Ott\nAddress Mill Lane 3\nwill@ott.example, wott.example",
    ],
    ids=["lines", "labels"],
)
def test_the_referees_are_not_the_candidate(referees: str) -> None:
    text = f"Ann Hollis\nann@hollis.example\n\nReferences\n{referees}"
    basics = parse(Document("text/plain", (Text("plain", text),)), today=TODAY).resume()["basics"]

    assert basics["emails"] == ["ann@hollis.example"]
    assert (basics["phones"], basics["profiles"]) == ([], [])


def test_programming_languages_are_skills() -> None:
    found = _parsed("Skills", "Languages: Python, Rust", "Tools: Git", "Languages", "English (native), Welsh (basic)")

    assert [skill["name"] for skill in found["skills"]] == ["Python", "Rust", "Git"]
    assert [language["code"] for language in found["languages"]] == ["en", "cy"]


def test_entries_are_found_without_a_heading_that_is_known() -> None:
    found = _parsed(
        "Ann Hollis",
        "ann@hollis.example",
        "QWERTY",
        "Marketing Manager, Quillmark",
        "01/2019 - 12/2022",
        "ASDFGH",
        "Master of Arts, Masaryk University",
        "2011 - 2016",
    )

    assert [(job["position"], job["name"]) for job in found["work"]] == [("Marketing Manager", "Quillmark")]
    assert [study["institution"] for study in found["education"]] == ["Masaryk University"]
