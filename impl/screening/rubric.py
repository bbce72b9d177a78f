"""A rubric: what a job asks for, one criterion after the other, and what is wrong with a document that should be one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from impl.screening.canonical import sha256
from impl.screening.predicates import fault_of_predicate, operand_of

WEIGHT_MAX = 10
DEGREES = ("secondary", "vocational", "associate", "bachelor", "master", "doctorate")
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
WORK_MODES = ("remote", "hybrid", "onsite")
WITHIN = ("any", "title", "skill")


class Fault(NamedTuple):
    """What is wrong with a rubric's document, and where."""

    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a job asks for. Which of the fields mean something depends on `kind`:

    `skill` (`name`, `synonyms`, `related`), `years` (`minimum_years`, `within`, `terms`), `education` (`minimum_degree`, `fields`),
    `language` (`language`, `minimum_level`), `location` (`places`), `work_mode` (`modes`), `predicate` (`pointer`, `operator`, and one of
    `text`, `amount` and `texts`).
    """

    key: str
    kind: str
    is_required: bool
    weight: int
    name: str = ""
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    minimum_years: int = 0
    within: str = "any"
    terms: tuple[str, ...] = ()
    minimum_degree: str = ""
    fields: tuple[str, ...] = ()
    language: str = ""
    minimum_level: str = ""
    places: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    pointer: str = ""
    operator: str = ""
    text: str = ""
    amount: int = 0
    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Criterion":
        """The criterion of the contract's document."""
        fields = {name: _frozen(value) for name, value in document.items() if name in cls.__slots__}
        return cls(is_required=document["importance"] == "required", **fields)

    @property
    def operand(self) -> Any:
        """What a predicate compares with."""
        name = operand_of(self.operator)
        return None if name is None else getattr(self, name)

    @property
    def aliases(self) -> tuple[str, ...]:
        """What a skill is called."""
        return tuple(dict.fromkeys((self.name, *self.synonyms)))


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of a job, in the order in which they are shown."""

    criteria: tuple[Criterion, ...]

    @classmethod
    def of(cls, criteria: Sequence[Mapping[str, Any]]) -> "Rubric":
        """The rubric of the contract's documents, in which `faults_of` finds nothing."""
        return cls(tuple(Criterion.of(each) for each in criteria))


def hash_of(criteria: Sequence[Mapping[str, Any]]) -> str:
    """What tells the documents of a rubric from every other rubric's."""
    return sha256(list(criteria))


def faults_of(criteria: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """What the contract's schema cannot say: keys that are not distinct, words that come twice, predicates that ask for what is hidden."""
    found: list[Fault] = []
    keys = [each["key"] for each in criteria]
    for place, each in enumerate(criteria):
        if each["key"] in keys[:place]:
            found.append(Fault(f"/criteria/{place}/key", f"The same as that of criterion {keys.index(each['key'])}."))
        found.extend(Fault(f"/criteria/{place}{pointer}", message) for pointer, message in _faults(each))
    return found


def _faults(criterion: Mapping[str, Any]) -> Iterator[Fault]:
    if criterion["kind"] == "skill":
        yield from _repeated([criterion["name"], *criterion.get("synonyms", ())], "/synonyms", offset=1)
        own = {_folded(each) for each in (criterion["name"], *criterion.get("synonyms", ()))}
        for place, related in enumerate(criterion.get("related", ())):
            if _folded(related) in own:
                yield Fault(f"/related/{place}", "A name of the skill itself.")
    if criterion["kind"] == "years" and (criterion["within"] == "any") != (not criterion.get("terms")):
        yield Fault("/terms", "Needed within titles and skills, and only there.")
    if criterion["kind"] == "predicate":
        fault = fault_of_predicate(criterion)
        if fault is not None:
            yield Fault(*fault)


def _repeated(words: Sequence[str], pointer: str, *, offset: int) -> Iterator[Fault]:
    folded = [_folded(word) for word in words]
    for place, word in enumerate(folded):
        if word in folded[:place]:
            yield Fault(f"{pointer}/{place - offset}", "The same word is there already.")


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
