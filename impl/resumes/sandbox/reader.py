"""The outer side of a reader: starts it, hands it files, and judges what comes back."""

import json
import signal
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import IO

import msgspec

from impl.resumes.document import Unreadable
from impl.resumes.ocr import NOTHING, PICTURE, Recognized
from impl.resumes.sandbox import frames
from impl.resumes.sandbox.frames import Answer, End, Limits, Request
from impl.resumes.understood import Understood

START_SECONDS = 60.0
# A reader that says nothing for so long after the time of a file is up is hung itself.
GRACE_SECONDS = 10.0

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from impl.resumes.sandbox.zygote import main; main(sys.argv[2])"
)

_NO_MORE_TIME = {signal.SIGXCPU}
_NO_MORE_MEMORY = {signal.SIGKILL}  # by the kernel, when the machine or the container has none
_PERHAPS_NO_MORE_MEMORY = {
    signal.SIGABRT,
    signal.SIGILL,
    signal.SIGTRAP,
    signal.SIGSEGV,
    signal.SIGBUS,
}  # what libraries do then

_encoder = msgspec.json.Encoder()
_answers = msgspec.json.Decoder(Answer)
_walls = msgspec.json.Decoder(list[str])
_ends = msgspec.json.Decoder(End)


class ReaderUnavailable(RuntimeError):
    """No reader can be started: nothing is said about the file, which may be tried again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a file says, and what it took."""

    understood: Understood
    read_ms: float
    parse_ms: float
    end: End


class Reader:
    """Reads one file at a time in processes of its own; for one thread. It is started with the first file, and anew when it has died."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.end = End()
        self.walls: list[str] = []
        self.is_closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._end_of_process: weakref.finalize[..., Reader] | None = None

    def read(self, content: bytes, *, today: date, recognized: Recognized = NOTHING) -> Done:
        """What the file says; raises `Unreadable` when it cannot be read within the limits."""
        lines = {number: list(page) for number, page in recognized.items()}
        said = self._asked(content, Request(today, lines))
        return _judged(self.end, said, self.limits)

    def picture(self, content: bytes, number: int, *, today: date) -> bytes:
        """The picture of page `number` of the file; raises `Unreadable` as `read` does."""
        said = self._asked(content, Request(today, picture_of=number))
        if not said.startswith(PICTURE):
            _judged(self.end, said, self.limits)
            raise Unreadable("crashed", "The picture of a page came to nothing.")
        return said

    def _asked(self, content: bytes, request: Request) -> bytes:
        for _ in range(2):
            try:
                self.end, said = self._exchange(content, request)
            except (EOFError, OSError):
                self._drop()
                continue
            return said
        raise Unreadable("crashed", "Reading the file ended the process that read it, and the one that watched it.")

    def start(self) -> None:
        """Start the process, unless it runs; raises `ReaderUnavailable` when it cannot be started."""
        self._running()

    def close(self) -> None:
        """End the process, also in the middle of a file; from any thread."""
        self.is_closed = True
        self._drop()

    def _drop(self) -> None:
        if self._end_of_process is not None:
            self._end_of_process()
        self._process = None

    def _exchange(self, content: bytes, request: Request) -> tuple[End, bytes]:
        process = self._running()
        inbox, outbox = _pipes(process)
        watch = threading.Timer(self.limits.wall_seconds + GRACE_SECONDS, process.kill)
        watch.start()
        try:
            frames.send(inbox, _encoder.encode(request), content)
            return _ends.decode(frames.receive(outbox)), frames.receive(outbox)
        finally:
            watch.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.is_closed:
            raise ReaderUnavailable("the reader is closed")
        if self._process is None:
            self._process = self._started()
            self._end_of_process = weakref.finalize(self, _ended, self._process)
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-B", "-c", _BOOT, json.dumps(sys.path), _encoder.encode(self.limits).decode()]
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code, no shell
                command, stdin=pipe, stdout=pipe, stderr=pipe, env={}, close_fds=True, start_new_session=True
            )
        except OSError as error:
            raise ReaderUnavailable(f"the process that reads files cannot be started: {error.strerror}") from error
        watch = threading.Timer(START_SECONDS, process.kill)
        watch.start()
        try:
            self.walls = _walls.decode(frames.receive(_pipes(process)[1]))
        except (EOFError, msgspec.DecodeError):
            process.kill()
            reason = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
            _ended(process)
            raise ReaderUnavailable(f"the process that reads files does not start: {reason[-500:]}") from None
        finally:
            watch.cancel()
        return process


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):  # what was not sent yet goes nowhere
                pipe.close()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None  # noqa: S101 - it was started with pipes  # nosec B101
    assert process.stdout is not None  # noqa: S101 - the same  # nosec B101
    return process.stdin, process.stdout


def _judged(end: End, said: bytes, limits: Limits) -> Done:
    if end.cause == "overdue" or end.signal in _NO_MORE_TIME:
        raise Unreadable("timed_out", "Reading the file takes too long.")
    if end.cause == "verbose":
        raise Unreadable("too_large", "The file says more than a resume can.")
    is_large = end.signal in _PERHAPS_NO_MORE_MEMORY and end.peak_bytes > limits.memory_bytes // 4
    if end.status == frames.OUT_OF_MEMORY or end.signal in _NO_MORE_MEMORY or is_large:
        raise Unreadable("out_of_memory", "Reading the file takes too much memory.")
    try:
        answer = _answers.decode(said)
    except (msgspec.DecodeError, RecursionError):
        raise Unreadable("crashed", "Reading the file ended the process that read it.") from None
    if answer.understood is None:
        refusal = answer.refusal or frames.Refusal("crashed", "Reading the file came to nothing.")
        raise Unreadable(refusal.code, refusal.message)
    return Done(answer.understood, answer.read_ms, answer.parse_ms, end)
