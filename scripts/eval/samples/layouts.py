"""How a resume is laid out: rows of text, in a page header, a side column and a main column."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from scripts.eval.samples.people import Person, Stay

Style = Literal["name", "heading", "plain", "bullet"]


@dataclass(frozen=True)
class Row:
    """A row; `left` stands in a narrow column before it, `right` at the right margin."""

    text: str
    style: Style = "plain"
    left: str = ""
    right: str = ""


@dataclass(frozen=True)
class Page:
    """What is written where."""

    header: tuple[Row, ...]
    side: tuple[Row, ...]
    main: tuple[Row, ...]

    def rows(self) -> Iterator[Row]:
        """All rows, as one reads them."""
        yield from (*self.header, *self.side, *self.main)


Entry = Callable[[Stay], tuple[Row, ...]]


def employer_first(stay: Stay) -> tuple[Row, ...]:
    """The employer with the dates at the right margin, the title below."""
    return Row(stay.where, right=stay.dates), Row(stay.what)


def title_first(stay: Stay) -> tuple[Row, ...]:
    """Title and employer in a row, the dates below."""
    return Row(f"{stay.what}, {stay.where}"), Row(stay.dates)


def dates_at_left(stay: Stay) -> tuple[Row, ...]:
    """The dates in a column of their own."""
    return (Row(f"{stay.what} | {stay.where}", left=stay.dates),)


def dates_last(stay: Stay) -> tuple[Row, ...]:
    """Title, then the employer with the dates in the same row."""
    return Row(stay.what), Row(f"{stay.where}, {stay.dates}")


def single(person: Person, entry: Entry) -> Page:
    """One column; the contact line below the name."""
    line = " | ".join((person.email, person.phone, person.place, *person.links))
    top = (Row(person.name, "name"), Row(person.label), Row(line))
    return Page((), (), (*top, *_main(person, entry), *_skills(person), *_languages(person)))


def with_page_header(person: Person, entry: Entry) -> Page:
    """One column; name and contact only in the page header."""
    header = (
        Row(person.name, "name"),
        Row(f"{person.email} · {person.phone} · {person.place}"),
        *map(Row, person.links),
    )
    return Page(header, (), (Row(person.label), *_main(person, entry), *_skills(person), *_languages(person)))


def with_side(person: Person, entry: Entry) -> Page:
    """Contact, skills and languages in a side column."""
    contact = (Row(person.email), Row(person.phone), Row(person.place), *map(Row, person.links))
    side = (*contact, *_skills(person, "bullet"), *_languages(person))
    return Page((), side, (Row(person.name, "name"), Row(person.label), *_main(person, entry)))


def _main(person: Person, entry: Entry) -> Iterator[Row]:
    yield Row(person.headings[0], "heading")
    yield Row(person.summary)
    for heading, stays in ((person.headings[1], person.work), (person.headings[2], person.education)):
        yield Row(heading, "heading")
        for stay in stays:
            yield from entry(stay)
            yield from (Row(told, "bullet") for told in stay.tells)


def _skills(person: Person, style: Style = "plain") -> Iterator[Row]:
    yield Row(person.headings[3], "heading")
    if style == "bullet":
        yield from (Row(skill, "bullet") for skill in person.skills)
    else:
        yield Row(", ".join(person.skills))


def _languages(person: Person) -> Iterator[Row]:
    yield Row(person.headings[4], "heading")
    yield from (Row(f"{name} ({level})") for name, level in person.languages.values())
