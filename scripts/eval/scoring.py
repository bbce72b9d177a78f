"""Comparing what was parsed with what is true, by rules that forgive spelling and nothing else.

A name counts from a similarity of 92 on; title, employer, school and degree from a similarity of their words of 82 on; a
date when it is at least as precise as the truth and equal to it. Entries are paired by the best assignment first, an
entry counts when both its names are right. What the truth does not mention is not judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz.fuzz import ratio, token_set_ratio

from impl.resumes.parsing.contacts import language_codes, plain_link

NAME = 92
WORDS = 82

_MOST_PAIRED = 14


@dataclass
class Count:
    """How many values are right, how many were said, how many there are."""

    right: int = 0
    said: int = 0
    true: int = 0

    def add(self, other: "Count") -> None:
        """Count another document in."""
        self.right += other.right
        self.said += other.said
        self.true += other.true

    @property
    def precision(self) -> float:
        """How much of what was said is right."""
        return self.right / self.said if self.said else 1.0 if not self.true else 0.0

    @property
    def recall(self) -> float:
        """How much of what is true was said."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Both in one number."""
        total = self.said + self.true
        return 2 * self.right / total if total else 1.0


def scored(truth: Mapping[str, Any], resume: Mapping[str, Any]) -> dict[str, Count]:
    """The counts of every field that the truth judges."""
    basics = resume["basics"]
    counts: dict[str, Count] = {}
    if truth.get("name") is not None:
        said = basics.get("name")
        is_right = said is not None and ratio(said.casefold(), truth["name"].casefold()) >= NAME
        counts["name"] = Count(int(is_right), int(said is not None), 1)
    sets = {
        "emails": basics["emails"],
        "phones": basics["phones"],
        "links": [plain_link(profile["url"]) for profile in basics["profiles"]],
        "skills": [skill["name"] for skill in resume["skills"]],
        "languages": [language["code"] for language in resume["languages"]],
    }
    for name, values in sets.items():
        if truth.get(name) is not None:
            counts[name] = _set(_wanted(name, truth[name]), values)
    counts |= _entries("work", ("title", "position"), ("company", "name"), truth, resume)
    counts |= _entries("education", ("degree", "studyType"), ("institution", "institution"), truth, resume)
    return counts


def _wanted(name: str, values: Sequence[str]) -> list[str]:
    if name == "languages":
        return [language_codes().get(value.casefold(), value) for value in values]
    return [plain_link(value) for value in values] if name == "links" else list(values)


def _set(true: Sequence[str], said: Sequence[str]) -> Count:
    wanted, found = ({value.casefold().rstrip("/") for value in values} for values in (true, said))
    return Count(len(wanted & found), len(found), len(wanted))


def _entries(
    kind: str, first: tuple[str, str], second: tuple[str, str], truth: Mapping[str, Any], resume: Mapping[str, Any]
) -> dict[str, Count]:
    if truth.get(kind) is None:
        return {}
    said = [_flat(entry, first[1], second[1]) for entry in resume[kind]]
    true = [
        {
            "first": entry.get(first[0]),
            "second": entry.get(second[0]),
            "start": entry.get("start", ""),
            "end": entry.get("end", ""),
        }
        for entry in truth[kind]
    ]
    names = {"first": first[0], "second": second[0], "start": "start", "end": "end"}
    counts = {f"{kind}.{name}": Count() for name in (*names.values(), "entry")}
    for key, name in names.items():
        counts[f"{kind}.{name}"] = Count(
            0, sum(_is_given(key, each) for each in said), sum(_is_given(key, each) for each in true)
        )
    counts[f"{kind}.entry"] = Count(0, len(said), len(true))
    for true_entry, said_entry in _paired(true, said):
        hits = {key: _agrees(key, true_entry[key], said_entry[key]) for key in names}
        for key, name in names.items():
            counts[f"{kind}.{name}"].right += hits[key]
        counts[f"{kind}.entry"].right += hits["first"] and hits["second"]
    return counts


def _is_given(key: str, entry: Mapping[str, Any]) -> bool:
    """Whether an entry has a value; an end that is None is one: the present."""
    return entry[key] not in ("", None) or (key == "end" and entry[key] is None)


def _flat(entry: Mapping[str, Any], first: str, second: str) -> dict[str, Any]:
    named = entry.get(first, "")
    if first == "studyType" and entry.get("area"):
        named = f"{named} {entry['area']}"
    return {
        "first": named,
        "second": entry.get(second, ""),
        "start": entry.get("startDate", ""),
        "end": entry.get("endDate", ""),
    }


def _agrees(key: str, true: str | None, said: str | None) -> bool:
    if key in ("first", "second"):
        return bool(true and said) and token_set_ratio(str(true).casefold(), str(said).casefold()) >= WORDS
    if true == "" or said == "":
        return False
    if true is None or said is None:
        return true is said
    return said.startswith(true)


def _paired(true: list[dict[str, Any]], said: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The assignment of entries with the most that agrees."""
    said = said[:_MOST_PAIRED]

    @cache
    def best(index: int, taken: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if index == len(true):
            return 0.0, ()
        results = [best(index + 1, taken)]
        for other in range(len(said)):
            worth = _worth(true[index], said[other])
            if not taken >> other & 1 and worth > 0:
                value, pairs = best(index + 1, taken | 1 << other)
                results.append((value + worth, ((index, other), *pairs)))
        return max(results, key=lambda result: result[0])

    return [(true[one], said[other]) for one, other in best(0, 0)[1]]


def _worth(true: Mapping[str, Any], said: Mapping[str, Any]) -> float:
    names = sum(_agrees(key, true[key], said[key]) for key in ("first", "second"))
    dates = sum(_agrees(key, true[key], said[key]) for key in ("start", "end"))
    return names + 0.2 * dates if names or dates == 2 else 0.0
