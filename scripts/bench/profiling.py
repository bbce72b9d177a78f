"""Where the CPU of our service goes: py-spy where it is installed, cProfile otherwise."""

import io
import pstats
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LINES = 45


def launcher(output: Path) -> Sequence[str]:
    """What to put before `-m uvicorn …` so that the server's profile is written to `output` when it ends."""
    return [sys.executable, "-m", "cProfile", "-o", str(output)]


def table(profile: Path) -> str:
    """The functions with the most time of their own."""
    text = io.StringIO()
    pstats.Stats(str(profile), stream=text).strip_dirs().sort_stats("tottime").print_stats(LINES)
    return text.getvalue()


class Spy:
    """py-spy on a running server, as a context manager; writes a speedscope file."""

    def __init__(self, pid: int, output: Path) -> None:
        self._command = [
            _py_spy() or "py-spy",
            "record",
            "--pid",
            str(pid),
            "--format",
            "speedscope",
            "--output",
            str(output),
        ]

    def __enter__(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)


def has_py_spy() -> bool:
    return _py_spy() is not None


def _py_spy() -> str | None:
    beside = Path(sys.executable).with_name("py-spy")
    return str(beside) if beside.exists() else shutil.which("py-spy")
