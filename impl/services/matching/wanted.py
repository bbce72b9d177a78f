"""What a job wants, in words: those of its rubric, or else of its title and description."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from impl.lib.keyed_text import KeyedText
from impl.lib.normalize import fold
from impl.screening import Criterion, Rubric
from impl.screening.wording import texts_of

#: So many things a job wants at the most, the foremost first.
WANTS_MAX: Final = 60
REQUIRED: Final = 2
#: The weights of the index at which stands what somebody does: titles, skills and the headline, and the rest of the resume.
FRONT, REST = "B", "D"
_OF_TITLE, _OF_SKILL, _OF_WORD = 3, 2, 1
_TITLE_WORD: Final = re.compile(r"[^\W_](?:[\w+#.]{0,39}[\w+#])?")
# Of a description only words that are long enough to mean something.
_WORD: Final = re.compile(r"[^\W\d_]{4,40}")


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that a job wants. Any of `texts` says it; those in `near` say something like it."""

    texts: tuple[str, ...]
    weight: int
    near: tuple[str, ...] = ()
    #: Whether somebody is found by it; else it counts for those who are.
    finds: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the index, one item a want."""

    wants: tuple[Want, ...]
    doing: tuple[str, ...]
    anywhere: tuple[str, ...]

    @property
    def weights(self) -> list[int]:
        return [want.weight for want in self.wants]

    @property
    def points_max(self) -> int:
        """What somebody has who does everything that is wanted."""
        return 2 * sum(self.weights)

    @property
    def found_by(self) -> str:
        """Whoever has any of what finds."""
        finding = [anywhere for want, anywhere in zip(self.wants, self.anywhere, strict=True) if want.finds]
        return " | ".join(finding or self.anywhere)

    @property
    def ranked_by(self) -> str:
        """Whoever has any of it."""
        return " | ".join(self.anywhere)

    def finds(self, hits: Sequence[int]) -> bool:
        """Whether somebody is found who has these of the wants."""
        is_choosy = any(want.finds for want in self.wants)
        return any(hit and (want.finds or not is_choosy) for want, hit in zip(self.wants, hits, strict=True))


def of_rubric(rubric: Rubric) -> list[Want]:
    """What the criteria want that words can say: not where somebody lives, nor how many years something took."""
    wants = [_of_criterion(criterion) for criterion in rubric.criteria]
    return [want for want in wants if want.texts]


def of_words(title: str, description: str | None) -> list[Want]:
    """The words of the title, the well-known skills that are mentioned, and the words of the description, each once. The last are
    words of every day: they tell apart those who are found, and find nobody by themselves."""
    # The parser of resumes costs every start 60 ms; a process that serves needs its lists for this alone.
    from impl.resumes.parsing.lists import known_skills  # noqa: PLC0415

    text = description or ""
    groups = [
        *(((word,), _OF_TITLE) for word in _TITLE_WORD.findall(title)),
        *((names, _OF_SKILL) for names in known_skills(f"{title}\n{text}")),
        *(((word,), _OF_WORD) for word in _WORD.findall(text)),
    ]
    wants = (Want(texts, weight, finds=weight > _OF_WORD) for texts, weight in _distinct(groups))
    return list(islice(wants, WANTS_MAX))


def asked(words: KeyedText, wants: Iterable[Want]) -> Asked:
    """The wants as the index is asked for them; what holds no word is left out."""
    rows = [
        (want, words.any_of(want.texts, FRONT), words.any_of((*want.texts, *want.near), FRONT + REST)) for want in wants
    ]
    kept = [(want, doing, anywhere) for want, doing, anywhere in rows if doing and anywhere]
    return Asked(
        tuple(want for want, _, _ in kept),
        tuple(doing for _, doing, _ in kept),
        tuple(anywhere for _, _, anywhere in kept),
    )


def by_rarity(given: Asked, counts: Sequence[int], among: int) -> Asked:
    """The wants with weights that are the greater the fewer people have them, as BM25 has it: what everybody says tells nobody
    from anybody."""
    wants = (
        replace(want, weight=want.weight * round(10 * math.log1p(among / (count + 0.5))))
        for want, count in zip(given.wants, counts, strict=True)
    )
    return replace(given, wants=tuple(wants))


def _of_criterion(criterion: Criterion) -> Want:
    weight = criterion.weight * (REQUIRED if criterion.is_required else 1)
    return Want(texts_of(criterion), weight, criterion.related)


def _distinct(groups: Iterable[tuple[tuple[str, ...], int]]) -> Iterator[tuple[tuple[str, ...], int]]:
    seen: set[str] = set()
    for texts, weight in groups:
        if fold(texts[0]) not in seen:
            seen.update(fold(text) for text in texts)
            yield texts, weight
