"""What a reader can still do: next to nothing. Each wall goes up where the system lets it; `standing` tries what they hold."""

import ctypes
import os
import resource
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

from impl.resumes.sandbox import system_calls
from impl.resumes.sandbox.frames import Limits

_NICENESS = 10
_NOBODY = 65534
_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_SIGNAL_WHEN_PARENT_DIES, _NO_NEW_PRIVILEGES = 1, 38
_CAPABILITIES = (0x20080522, 0)  # the third version of this call, for this process


def shut_in() -> None:
    """Give up, for this process and all that it will start, what reading files does not need."""
    for wall in (
        _from_nowhere,
        _last_in_turn,
        _first_to_go,
        _no_network,
        _nobody,
        _no_capabilities,
        _no_new_privileges,
    ):
        with suppress(OSError, AttributeError):  # not on this system, or not for this user
            wall()


def end_with_parent() -> None:
    """Let the kernel end this process when the one that has started it is gone."""
    with suppress(OSError, AttributeError):
        _called("prctl", _SIGNAL_WHEN_PARENT_DIES, *map(ctypes.c_ulong, (signal.SIGKILL, 0, 0, 0)))


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
    with suppress(OSError):
        system_calls.narrow()


def standing() -> list[str]:
    """What is tried from within and cannot be done."""
    return [name for name, deed in _DEEDS.items() if _is_refused(deed)]


def _is_refused(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except OSError:
        return True
    return False


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


_DEEDS: dict[str, Callable[[], object]] = {
    "files": lambda: os.open("/", os.O_RDONLY),
    "network": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "processes": _fork,
    "signals": lambda: os.kill(os.getppid(), 0),
    "system_calls": os.getcwd,
}


def _from_nowhere() -> None:
    os.chdir("/")


def _last_in_turn() -> None:
    os.nice(_NICENESS)


def _first_to_go() -> None:
    """Where memory is short, the kernel ends this process before the one that it reads for."""
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


def _no_network() -> None:
    more = 0 if os.geteuid() == 0 else _NEW_USER
    _called("unshare", ctypes.c_int(more | _NEW_NETWORK | _NEW_IPC))


def _nobody() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _no_capabilities() -> None:
    _called("capset", (ctypes.c_uint32 * 2)(*_CAPABILITIES), (ctypes.c_uint32 * 6)())


def _no_new_privileges() -> None:
    _called("prctl", _NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))


def _called(name: str, *arguments: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
