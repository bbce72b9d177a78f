"""What the parser says of a resume: JSON Resume's fields, and for each value how sure it is and where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from impl.resumes.parsing.pieces import Piece


@dataclass(frozen=True, slots=True)
class Value:
    """A value; `spans` are offsets into the text that was read, none when a link behind the text says it."""

    value: str
    confidence: float
    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, piece: Piece, confidence: float, value: str | None = None) -> "Value":
        """The value that a piece of the text says."""
        text = " ".join(piece.text.split()) if value is None else value
        return cls(text, round(min(max(confidence, 0.0), 1.0), 2), ((piece.start, piece.end),))


@dataclass(slots=True)
class Entry:
    """A position or a course of studies, by the names that JSON Resume gives its fields."""

    fields: dict[str, Value] = field(default_factory=dict)
    present: Value | None = None  # what says that it has not ended

    def said(self, name: str) -> str:
        """What a field says, in lower case."""
        return self.fields[name].value.casefold() if name in self.fields else ""


@dataclass(slots=True)
class Profile:
    """Everything that was understood, and which reading order of the document it points into."""

    order: str = "plain"
    language: str = "en"
    basics: dict[str, Value] = field(default_factory=dict)
    emails: list[Value] = field(default_factory=list)
    phones: list[Value] = field(default_factory=list)
    links: list[Value] = field(default_factory=list)
    work: list[Entry] = field(default_factory=list)
    education: list[Entry] = field(default_factory=list)
    skills: list[Value] = field(default_factory=list)
    languages: list[Entry] = field(default_factory=list)
    score: float = 0.0

    def resume(self) -> dict[str, Any]:
        """The profile as JSON Resume; what it has no field for stands beside its own fields."""
        basics: dict[str, Any] = {name: value.value for name, value in self.basics.items() if name != "location"}
        if "location" in self.basics:
            basics["location"] = {"address": self.basics["location"].value}
        for name, values in (("email", self.emails), ("phone", self.phones)):
            if values:
                basics[name] = values[0].value
        basics["emails"] = [value.value for value in self.emails]
        basics["phones"] = [value.value for value in self.phones]
        basics["profiles"] = [_profile(value.value) for value in self.links]
        return {
            "basics": basics,
            "work": [_entry(entry) for entry in self.work],
            "education": [_entry(entry) for entry in self.education],
            "skills": [{"name": skill.value} for skill in self.skills],
            "languages": [_plain(entry) for entry in self.languages],
        }

    def evidence(self, text: str) -> dict[str, dict[str, Any]]:
        """By JSON pointer into `resume()`: the confidence, the offsets and the source of each value."""
        return {
            pointer: {
                "confidence": value.confidence,
                "spans": [{"start": start, "end": end, "text": text[start:end]} for start, end in value.spans],
            }
            for pointer, value in self._values()
        }

    def _values(self) -> Iterator[tuple[str, Value]]:
        for name, value in self.basics.items():
            yield f"/basics/{name}" + ("/address" if name == "location" else ""), value
        yield from _listed("/basics/emails/{}", self.emails)
        yield from _listed("/basics/phones/{}", self.phones)
        yield from _listed("/basics/profiles/{}/url", self.links)
        for name, entries in (("work", self.work), ("education", self.education), ("languages", self.languages)):
            for index, entry in enumerate(entries):
                for inner, value in entry.fields.items():
                    yield f"/{name}/{index}/{inner}", value
                if entry.present is not None:
                    yield f"/{name}/{index}/endDate", entry.present
        yield from _listed("/skills/{}/name", self.skills)


def _listed(pointer: str, values: Sequence[Value]) -> Iterator[tuple[str, Value]]:
    return ((pointer.format(index), value) for index, value in enumerate(values))


def _plain(entry: Entry) -> dict[str, Any]:
    return {name: value.value for name, value in entry.fields.items()}


def _entry(entry: Entry) -> dict[str, Any]:
    plain = _plain(entry)
    if entry.present is not None:
        plain["endDate"] = None
    return plain


def _profile(link: str) -> dict[str, str]:
    host, _, rest = link.partition("/")
    network = host.removesuffix(".com").rpartition(".")[2] if rest else "website"
    return {"network": network, "url": link, "username": rest.rpartition("/")[2].lstrip("@")}
