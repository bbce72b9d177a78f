"""What a reader can still do: next to nothing. Each wall stands where the system lets it; `raised` tells which do."""

import ctypes
import os
from collections.abc import Callable
from contextlib import suppress

from impl.resumes.sandbox.frames import Limits

with suppress(ImportError):  # Windows has none of this
    import resource

_NICENESS = 10
_NOBODY = 65534
_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_NO_NEW_PRIVILEGES = 38


def raised() -> list[str]:
    """Shut this process in, with all that it will start; the names of the walls that stand."""
    walls = [name for name, wall in _WALLS.items() if _stands(wall)]
    with suppress(OSError):
        os.nice(_NICENESS)
    return walls


def limit(limits: Limits) -> None:
    """The limits of the process that reads one file. No descriptor is ever opened in it: no file, no pipe, no socket."""
    for name, soft, hard in (
        ("RLIMIT_AS", limits.memory_bytes, limits.memory_bytes),
        ("RLIMIT_CPU", limits.cpu_seconds, limits.cpu_seconds + 1),  # the hard one ends a process without saying why
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_NPROC", 0, 0),
        ("RLIMIT_NOFILE", 0, 0),
    ):
        if hasattr(resource, name):
            with suppress(OSError, ValueError):  # macOS knows some of them and takes none of their values
                resource.setrlimit(getattr(resource, name), (soft, hard))


def _stands(wall: Callable[[], None]) -> bool:
    try:
        wall()
    except (OSError, AttributeError):
        return False
    return True


def _network() -> None:
    more = 0 if os.geteuid() == 0 else _NEW_USER
    _called("unshare", more | _NEW_NETWORK | _NEW_IPC)


def _privileges() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    _called("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _called(name: str, *arguments: int) -> None:
    function = getattr(ctypes.CDLL(None, use_errno=True), name)
    if function(*map(ctypes.c_ulong, arguments)) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def _first_to_go() -> None:
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


_WALLS = {"first_to_go": _first_to_go, "network": _network, "privileges": _privileges}
