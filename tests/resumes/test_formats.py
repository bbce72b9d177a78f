"""One person's resume says the same in every format."""

from collections.abc import Callable
from datetime import date

import pytest

from impl.resumes.parsing import parse
from impl.resumes.reading import read
from scripts.eval.samples.layouts import Entry, Page, dates_last, employer_first, single, title_first, with_page_header
from scripts.eval.samples.people import PEOPLE, Person
from scripts.eval.samples.writers import WRITERS

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    ("layout", "entry"),
    [(single, title_first), (with_page_header, employer_first), (single, dates_last)],
    ids=["title first", "in a page header", "dates last"],
)
def test_every_format_gives_the_same_facts(person: str, layout: Callable[[Person, Entry], Page], entry: Entry) -> None:
    page = layout(PEOPLE[person], entry)

    documents = {kind: read(write(page)) for kind, write in WRITERS.items()}
    facts = {kind: parse(document, today=TODAY).resume() for kind, document in documents.items()}

    assert [kind for kind, said in facts.items() if said != facts["txt"]] == []
    assert [kind for kind, document in documents.items() if document.flags or document.hidden] == []
    assert facts["txt"]["basics"]["name"] == PEOPLE[person].name
    assert [job["name"] for job in facts["txt"]["work"]] == [stay.where for stay in PEOPLE[person].work]
