"""The inner side of a reader: has the reading code in memory and forks a process for each file."""

import encodings
import gc
import os
import pkgutil
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from importlib import import_module
from typing import IO, NoReturn

import msgspec
from phonenumbers.phonemetadata import PhoneMetadata

from impl.resumes.document import Unreadable
from impl.resumes.formats.scans import picture
from impl.resumes.parsing import lexicon
from impl.resumes.sandbox import frames, walls
from impl.resumes.sandbox.frames import Answer, Cause, End, Limits, Refusal, Request
from impl.resumes.understanding import understand

Work = Callable[[], bytes]

_TICK_SECONDS = 0.0005
_SOURCE = b"Ada Example\nada@example.org\nExperience\nEngineer, Example Ltd\n2019 - 2020\n"

_encoder = msgspec.json.Encoder()


def main(limits: str) -> None:
    """Serve until the other side has ended."""
    inbox, outbox = _pipes()
    _warm_up()
    walls.shut_in()
    os.dup2(0, 2)  # up to here it could say why it does not start
    most = msgspec.json.decode(limits, type=Limits)
    frames.send(outbox, _forked(_standing, Limits(), inbox)[1])
    with suppress(EOFError, BrokenPipeError):
        while True:
            asked = msgspec.json.decode(frames.receive(inbox), type=Request)
            end, said = _forked(partial(_answer, frames.receive(inbox), asked), most, inbox)
            frames.send(outbox, _encoder.encode(end), said)


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the other side; nothing else may read or write them."""
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return inbox, outbox


def _warm_up() -> None:
    """Import everything that is else imported with the first file that needs it: later nothing can be opened."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # those of other systems
            import_module(f"encodings.{module.name}")
    PhoneMetadata.load_all()
    lexicon.load()
    understand(_SOURCE, today=date(2026, 1, 1))
    gc.collect()
    gc.freeze()


def _forked(work: Work, limits: Limits, inbox: IO[bytes]) -> tuple[End, bytes]:
    deadline = time.monotonic() + limits.wall_seconds
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_end(work, limits, writing)
    os.close(writing)
    said, cause = _heard(reading, inbox.fileno(), deadline, limits.answer_bytes)
    os.close(reading)
    return _ended(child, deadline, cause), said


def _heard(reading: int, inbox: int, deadline: float, most: int) -> tuple[bytes, Cause]:
    """What a process says, and why it has to be ended: it takes too long, says too much, or nobody waits for it."""
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    poll.register(inbox, 0)  # tells of nothing but its end
    said = bytearray()
    while len(said) <= most:
        ready = dict(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))
        if reading not in ready:
            return b"", "overdue"
        part = os.read(reading, 1 << 20)
        if not part:
            return bytes(said), ""
        said += part
    return b"", "verbose"


def _ended(child: int, deadline: float, cause: Cause) -> End:
    """Wait for the end of a process, and bring it about for a cause or at the deadline."""
    while True:
        if not cause and time.monotonic() >= deadline:
            cause = "overdue"
        if cause:
            os.kill(child, signal.SIGKILL)
        found, status, usage = os.wait4(child, 0 if cause else os.WNOHANG)
        if found:
            break
        time.sleep(_TICK_SECONDS)
    unit = 1 if sys.platform == "darwin" else 1024
    return End(
        cause,
        os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        usage.ru_maxrss * unit,
        round(usage.ru_utime + usage.ru_stime, 3),
    )


def _work_and_end(work: Work, limits: Limits, writing: int) -> NoReturn:
    """In the process of one file: everything but the way out is closed, nothing can be opened, and no cleaning up follows."""
    status = 1
    gc.disable()
    try:
        walls.end_with_parent()
        os.dup2(writing, 1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        walls.limit(limits)
        rest = memoryview(work())
        while rest:
            rest = rest[os.write(1, rest) :]
        status = 0
    except MemoryError:
        status = frames.OUT_OF_MEMORY
    finally:
        os._exit(status)


def _standing() -> bytes:
    return _encoder.encode(walls.standing())


def _answer(content: bytes, asked: Request) -> bytes:
    try:
        if asked.picture_of is not None:
            return picture(content, asked.picture_of)
        done = understand(content, today=asked.today, recognized=asked.recognized)
    except Unreadable as error:
        return _encoder.encode(Answer(refusal=Refusal(error.code, error.message)))
    except Exception as error:
        if isinstance(error, MemoryError):
            raise
        said = f"Reading the file failed ({type(error).__name__})."
        return _encoder.encode(Answer(refusal=Refusal("crashed", said)))
    return _encoder.encode(Answer(done.understood, None, done.read_ms, done.parse_ms))
