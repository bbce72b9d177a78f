"""What atheris runs, in a process of its own: `python -m scripts.fuzz_files.target libFuzzer's arguments`."""

import resource
import sys
from datetime import date

import atheris

with atheris.instrument_imports(include=["impl.resumes", "striprtf"]):
    from impl.resumes.document import Unreadable
    from impl.resumes.parsing import lexicon
    from impl.resumes.understanding import understand

from scripts.fuzz_files.altering import altered

TODAY = date(2026, 11, 1)
_MEMORY = 4 << 30  # what libFuzzer's own limit is too slow to notice


def one_input(content: bytes) -> None:
    """Read and parse a file; whatever is raised but `Unreadable` is a finding."""
    try:
        understand(content, today=TODAY)
    except (Unreadable, MemoryError):  # the sandbox ends what wants too much memory
        return


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    lexicon.load()
    atheris.Setup(sys.argv, one_input, custom_mutator=_mutated)
    atheris.Fuzz()


def _mutated(content: bytes, longest: int, seed: int) -> bytes:
    return altered(content, longest, seed, atheris.Mutate)


if __name__ == "__main__":
    main()
