"""Recognising the text of pages that are pictures, where the program tesseract is installed.

The pictures are made where the file is read; only their pixels come here, and go to tesseract through a pipe. It runs with
limits and a clock of its own, because it may start no process where files are read.
"""

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from impl.resumes.document import Unreadable
from impl.resumes.formats.columns import Word
from impl.settings_sections import OcrSettings

Line = tuple[Word, ...]
#: What stands on pages that are pictures, by their numbers from 0.
Recognized = Mapping[int, Sequence[Line]]
NOTHING: Recognized = {}
PICTURE = b"P5 "  # how a picture begins: a portable grey map
#: What tesseract calls the languages that the parser knows.
LANGUAGES: Mapping[str, str] = {
    "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld", "pt": "por", "sv": "swe", "da": "dan", "pl": "pol",
}  # fmt: skip
MAX_PAGES = 10
MAX_SECONDS = 60.0  # for one page, however busy the machine is
MAX_SECONDS_TOGETHER = 180.0  # after which no further page of a document is begun
_CPU_SECONDS = 20
_MEMORY = 1 << 30
_LIMITS = {
    resource.RLIMIT_AS: _MEMORY, resource.RLIMIT_CPU: _CPU_SECONDS, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 32,
}  # fmt: skip
_NICE = 10  # whoever waits for an answer comes first
A4_POINTS = 842.0  # the height that every page is taken to have
_COLUMNS = 12  # level, four numbers of page, block, paragraph and line, that of the word, its box, how sure, its text
_PAGE, _WORD = "1", "5"  # levels
_UNSURE = 20.0  # of a hundred; below it are the lines and spots of a picture
_REACHING_DOWN, _BELOW = frozenset("gjpqyQçşţ,;()[]{}|/"), 0.22
_SIGNS = "Q©®"
_MISREAD = re.compile(rf"([a-z0-9._+-]+)\(?[{_SIGNS}]([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,}})")
_MOST_WORDS = 20_000
_SETTINGS = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")


class Unrecognized(Exception):
    """A picture that tesseract did not read in its time, or not at all."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program, and which of its languages it is to read."""

    program: str
    languages: tuple[str, ...]
    seconds: float = MAX_SECONDS

    def lines(self, pixels: bytes) -> tuple[Line, ...]:
        """What stands in a picture, as from the top of a page of A4. Raises Unrecognized."""
        command = [self.program, "stdin", "stdout", "-l", "+".join(self.languages), "--dpi", "300", "tsv"]
        with subprocess.Popen(  # noqa: S603 - the program that was found or is set, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_environment(),
        ) as process:
            try:
                _limit(process.pid)  # it waits for the picture meanwhile
                answer, _ = process.communicate(pixels, timeout=self.seconds)
            except subprocess.TimeoutExpired as error:
                raise Unrecognized("It took too long.") from error
            finally:
                process.kill()
        if process.returncode != 0:
            raise Unrecognized(f"It ended with {process.returncode}.")
        return tuple(_lines(answer.decode("utf-8", "replace")))


@cache
def found(program: Path | None = None) -> Tesseract | None:
    """tesseract, when it is installed with at least one language that the parser knows."""
    path = shutil.which(program or "tesseract")
    if path is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603 - as above
            [path, "--list-langs"], capture_output=True, timeout=10, check=False, env=_environment(), text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    installed = {*asked.stdout.split(), *asked.stderr.split()}
    languages = tuple(code for code in LANGUAGES.values() if code in installed)
    return Tesseract(path, languages) if languages else None


def chosen(settings: OcrSettings | None) -> Tesseract | None:
    """The program that the settings ask for; none when there are none."""
    return found(settings.program) if settings and settings.mode == "auto" else None


def recognized_by(tesseract: Tesseract, pages: Sequence[int], picture_of: Callable[[int], bytes]) -> Recognized:
    """What stands on those pages, as far as tesseract reads them in the time that a document has."""
    lines, until = {}, time.monotonic() + MAX_SECONDS_TOGETHER
    for number in pages[:MAX_PAGES]:
        if time.monotonic() < until:
            with suppress(Unrecognized, Unreadable):
                lines[number] = tesseract.lines(picture_of(number))
    return lines


def _environment() -> dict[str, str]:
    own = {name: os.environ[name] for name in _SETTINGS if name in os.environ}
    return {**own, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}


def _limit(pid: int) -> None:
    try:
        for which, most in _LIMITS.items():
            resource.prlimit(pid, which, (most, most))
        os.setpriority(os.PRIO_PROCESS, pid, _NICE)
    except (ProcessLookupError, AttributeError):
        return  # it has ended already, or the system sets no limits of another process


def _lines(table: str) -> Iterator[Line]:
    """The words of tesseract's table by their lines, as large as on a page of A4."""
    rows = [cells for row in table.splitlines()[1:] if len(cells := row.split("\t", _COLUMNS - 1)) == _COLUMNS]
    scale = next((A4_POINTS / max(int(row[9]), 1) for row in rows if row[0] == _PAGE), 1.0)
    words = [row for row in rows if row[0] == _WORD and row[11].strip() and float(row[10]) >= _UNSURE]
    for _, line in groupby(words[:_MOST_WORDS], key=lambda row: row[1:5]):
        yield _with_signs(_word(row, scale) for row in line)


def _with_signs(words: Iterable[Word]) -> Line:
    """A line whose e-mail addresses have the @ that was taken for a letter that looks like it."""
    line: list[Word] = []
    for word in words:
        # Before such a letter there often seems to be a gap.
        start = line.pop() if line and word.text[0] in _SIGNS and "." in line[-1].text else None
        found = _MISREAD.fullmatch(f"{start.text if start else ''}{word.text}")
        if found:
            line.append(replace(word, text=f"{found[1]}@{found[2]}", left=(start or word).left))
        else:
            line.extend(each for each in (start, word) if each)
    return tuple(line)


def _word(row: list[str], scale: float) -> Word:
    """Its box ends where its letters end; its baseline is above that when some of them reach below it."""
    left, top, width, height = (scale * int(cell) for cell in row[6:10])
    text = row[11].strip()
    below = _BELOW * height if _REACHING_DOWN & set(text) else 0.0
    return Word(text, left, left + width, A4_POINTS - top - height + below, height)
