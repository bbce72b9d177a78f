"""Characters without a shape: what is spelt in them is marked as hidden, what they turn around is turned back."""

import re

from impl.resumes.visible.hidden import Reason, mark

_TAGS = re.compile("(\U0001f3f4?)([\U000e0000-\U000e007f]+)")
_LONGEST_FLAG = 7  # the tag characters of the flag of a part of a country
_SHAPELESS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef"
_RUNS = re.compile(f"[{_SHAPELESS}]{{8,}}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{{3,}}")
_BETWEEN_LETTERS = re.compile("(?<=[A-Za-z])[\u200b-\u200d\u2060-\u2064\ufeff]+(?=[A-Za-z])")
_MANY_BETWEEN_LETTERS = 8
_OVERRIDE = re.compile("\u202e([^\u202c\u202d\u202e\n\r\u2029]*)\u202c?")
_LEFT_TO_RIGHT = re.compile("[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]{2}")
_ANY = re.compile(f"[{_SHAPELESS}\u202e\U000e0000-\U000e007f]")


def with_marks(text: str) -> str:
    """The text as it is seen, with marks where characters without a shape say something."""
    if not _ANY.search(text):
        return text
    text = _OVERRIDE.sub(_turned, _RUNS.sub(_run, _TAGS.sub(_tags, text)))
    between = list(_BETWEEN_LETTERS.finditer(text))
    if len(between) >= _MANY_BETWEEN_LETTERS:
        at = between[0].start()
        text = text[:at] + mark(f"{len(between)} × {_named(between[0].group())}", Reason.ZERO_WIDTH) + text[at:]
    return text


def _tags(found: re.Match[str]) -> str:
    if found.group(1) and len(found.group(2)) <= _LONGEST_FLAG:
        return found.group(1)
    said = "".join(chr(ord(each) - 0xE0000) for each in found.group(2) if 0x20 <= ord(each) - 0xE0000 < 0x7F)
    return found.group(1) + mark(said, Reason.TAG_CHARACTERS)


def _run(found: re.Match[str]) -> str:
    run = found.group()
    return mark(_selected(run) or _binary(run) or _named(run), Reason.ZERO_WIDTH)


def _selected(run: str) -> str:
    """What a run of variation selectors says when each stands for a byte."""
    values = [ord(each) - (0xFE00 if ord(each) < 0x10000 else 0xE0100 - 16) for each in run]
    return _printable(bytes(value for value in values if 0 <= value < 256)) if all(v < 256 for v in values) else ""


def _binary(run: str) -> str:
    """What a run of two different characters says when they stand for 0 and 1."""
    symbols = sorted(set(run))
    if len(symbols) != 2 or len(run) < 16:
        return ""
    for zero in symbols:
        bits = "".join("0" if each == zero else "1" for each in run)
        said = _printable(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)))
        if said:
            return said
    return ""


def _printable(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return text if text.isprintable() and "\ufffd" not in text else ""


def _named(run: str) -> str:
    names = dict.fromkeys(f"U+{ord(each):04X}" for each in run)
    return f"{len(run)} × {' '.join(names)}" if len(run) > 1 else next(iter(names))


def _turned(found: re.Match[str]) -> str:
    inside = found.group(1)
    if not _LEFT_TO_RIGHT.search(inside) or "\ufdd0" in inside:
        return inside
    return mark(inside, Reason.BIDI_OVERRIDE) + inside[::-1]
