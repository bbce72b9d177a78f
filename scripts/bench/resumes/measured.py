"""One subject in a process of its own: told its name, its seconds and its files, it says what they took, as JSON."""

import gc
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.bench import procfs
from scripts.bench.resumes.subjects import SUBJECTS, Reading


@dataclass(frozen=True, slots=True)
class Measured:
    """What reading files took: the processor time of this process and of those that it has started, and the largest of them."""

    files: int
    failed: int
    characters: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def measure(reading: Reading, contents: list[bytes], least_seconds: float) -> Measured:
    """Read all files over and over for so long; they have been read once before, so that nothing is done for the first time."""
    failed, characters = _passed(reading, contents)
    gc.collect()
    started, cpu, passes = time.perf_counter(), procfs.cpu_seconds(os.getpid()), 0
    while not passes or time.perf_counter() - started < least_seconds:
        _passed(reading, contents)
        passes += 1
    seconds = time.perf_counter() - started
    used = procfs.cpu_seconds(os.getpid()) - cpu
    largest = max(map(procfs.high_water_bytes, procfs.descendants(os.getpid())))
    return Measured(passes * len(contents), failed, characters, seconds, used, largest)


def _passed(reading: Reading, contents: list[bytes]) -> tuple[int, int]:
    failed = characters = 0
    for content in contents:
        try:
            characters += reading(content)
        except Exception:  # whatever a library raises
            failed += 1
    return failed, characters


def main() -> None:
    name, least_seconds, *paths = sys.argv[1:]
    reading = SUBJECTS[name][0]()
    contents = [Path(path).read_bytes() for path in paths]
    print(json.dumps(asdict(measure(reading, contents, float(least_seconds)))))


if __name__ == "__main__":
    main()
