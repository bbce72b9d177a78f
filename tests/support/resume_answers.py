"""What a model says of a text when it does as it is told: every value with the lines that it stands in."""

import json
import re
from datetime import date
from typing import Any

from impl.resumes.understanding import understand
from impl.resumes.understood import Understood
from tests.support.fake_model import Asked

RESUME = """\
Nadia Okonkwo
Data Engineer
nadia.okonkwo@example.org | +49 30 90182240 | linkedin.com/in/nadiaokonkwo
Lindenstraße 12, 10969 Berlin

Experience
Senior Data Engineer, Harbour Analytics GmbH
March 2021 – Present
Built pipelines for 40 teams.
Data Engineer, Copper Lane Software
2017 – February 2021

Education
University of Ibadan
BSc Computer Science
2012 – 2016

Skills
Python, Kafka, dbt, PostgreSQL, C++

Languages
English (native), German (B2)
"""


def parsed(text: str = RESUME) -> Understood:
    """The parser's reading of a text."""
    return understand(text.encode(), today=date(2026, 11, 1)).understood


def shown_lines(data: str) -> list[str]:
    """The lines of a question without their numbers."""
    found = [re.fullmatch(r"(\d+)\| (.*)", line) for line in data.split("\n")]
    assert [line and int(line[1]) for line in found] == list(range(1, len(found) + 1))
    return [line[2] for line in found if line]


def said(asked: Asked, value: str) -> dict[str, Any] | None:
    """A value with the first line that has it; None when it was not sent."""
    for number, line in enumerate(shown_lines(asked.data), 1):
        if value in line:
            return {"value": value, "first_line": number, "last_line": number}
    return None


def blank(**fields: Any) -> dict[str, Any]:
    """A form with nothing in it but `fields`."""
    lists = ("emails", "phones", "links", "work", "education", "skills", "languages")
    return {"name": None, "label": None, "location": None, **{name: [] for name in lists}, **fields}


def honest(asked: Asked) -> dict[str, Any]:
    """What a good model says of RESUME."""

    def all_of(*values: str) -> list[Any]:
        return [each for each in (said(asked, value) for value in values) if each]

    def position(title: str, name: str, start: str, end: str) -> dict[str, Any]:
        parts = {"position": title, "name": name, "start": start, "end": end}
        return {"location": None, **{field: said(asked, value) for field, value in parts.items()}}

    return blank(
        name=said(asked, "Nadia Okonkwo"),
        label=said(asked, "Data Engineer"),
        emails=all_of("nadia.okonkwo@example.org"),
        phones=all_of("+49 30 90182240"),
        links=all_of("linkedin.com/in/nadiaokonkwo"),
        work=[
            position("Senior Data Engineer", "Harbour Analytics GmbH", "March 2021", "Present"),
            position("Data Engineer", "Copper Lane Software", "2017", "February 2021"),
        ],
        education=[
            {
                "institution": said(asked, "University of Ibadan"),
                "study_type": said(asked, "BSc"),
                "area": said(asked, "Computer Science"),
                "start": said(asked, "2012"),
                "end": said(asked, "2016"),
            }
        ],
        skills=all_of("Python", "Kafka", "dbt", "PostgreSQL", "C++"),
        languages=[
            {"language": said(asked, "English"), "fluency": said(asked, "native")},
            {"language": said(asked, "German"), "fluency": said(asked, "B2")},
        ],
    )


def honestly(asked: Asked) -> str:
    """The same as a model's words."""
    return json.dumps(honest(asked))
