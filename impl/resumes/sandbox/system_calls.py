"""Linux: the few system calls that are left to a process that reads a file; every other one is refused with EPERM.

No maintained package offers this, and it is short: a seccomp filter is a list of comparisons. What is allowed can use the memory, the
clock and the pipes that the process has already, and end it.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator

# Per processor: what the kernel calls it, and the numbers that write, close, lseek, fstat, mmap, mprotect, munmap, mremap, madvise, brk,
# rt_sigaction, rt_sigprocmask, rt_sigreturn, sigaltstack, futex, sched_yield, getpid, gettid, gettimeofday, clock_gettime, getrusage,
# getrandom, rseq, exit and exit_group have there.
_CALLS = {
    "x86_64": (0xC000003E, (1, 3, 8, 5, 9, 10, 11, 25, 28, 12, 13, 14, 15, 131, 202, 24, 39, 186, 96, 228, 98, 318, 334, 60, 231)),
    "aarch64": (0xC00000B7, (64, 57, 62, 80, 222, 226, 215, 216, 233, 214, 134, 135, 139, 132, 98, 124, 172, 178, 169, 113, 165, 278, 293, 93, 94)),
}  # fmt: skip
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _PROCESSOR = 0, 4  # where they stand in what a filter looks at
_REFUSE, _ALLOW = 0x00050000 | errno.EPERM, 0x7FFF0000
_SET_FILTER = (22, 2)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def _steps(processor: int, allowed: tuple[int, ...]) -> Iterator[bytes]:
    def step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
        return struct.pack("HBBI", code, then, otherwise, value)

    yield step(_LOAD, _PROCESSOR)
    yield step(_IF_EQUAL, processor, 0, len(allowed) + 1)
    yield step(_LOAD, _NUMBER)
    for index, number in enumerate(allowed):
        yield step(_IF_EQUAL, number, len(allowed) - index)
    yield step(_RETURN, _REFUSE)
    yield step(_RETURN, _ALLOW)


def _program() -> _Program | None:
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return None
    steps = list(_steps(*_CALLS[platform.machine()]))
    return _Program(len(steps), b"".join(steps))


# Made once: the process that needs it can open nothing any more.
_program_here = _program()
_control = ctypes.CDLL(None, use_errno=True).prctl if _program_here else None


def narrow() -> None:
    """Leave this process what reading needs, for good; it has given up new privileges before."""
    if _control is None or _program_here is None:
        return
    operation, mode = _SET_FILTER
    if _control(operation, ctypes.c_ulong(mode), ctypes.byref(_program_here), ctypes.c_ulong(0), ctypes.c_ulong(0)):
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
