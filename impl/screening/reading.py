"""What of a resume is read for screening: everything that says what somebody can do, and nothing that says who it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from impl.screening.canonical import canonical, sha256

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A resume without its person. `profile` is JSON Resume; `spans` say where its values stand in `text`, by their JSON pointers."""

    profile: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    spans: Mapping[str, tuple[Offsets, ...]] = field(default_factory=dict)
    #: Where the person lives, for criteria of location alone; None where nobody may know.
    places: tuple[str, ...] | None = ()
    #: What was odd about the text, as `instruction_like_text`.
    flags: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The reading as JSON has it."""
        return {
            "profile": self.profile,
            "text": self.text,
            "spans": {pointer: [list(span) for span in spans] for pointer, spans in self.spans.items()},
            "places": None if self.places is None else list(self.places),
            "flags": list(self.flags),
        }

    def canonical(self) -> bytes:
        return canonical(self.plain())

    def sha256(self) -> str:
        """What tells this input of a score from every other one."""
        return sha256(self.plain())

    def entries(self, section: str) -> list[Mapping[str, Any]]:
        """The entries of a section of the profile."""
        found = self.profile.get(section)
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
