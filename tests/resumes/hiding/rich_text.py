"""Text that is hidden in an RTF, and text that is not."""

from impl.resumes.visible.hidden import Reason
from scripts.eval.samples.writers import _rtf_text, rtf
from tests.resumes.hiding import PAGE, PAYLOAD, Attack

_COLOURS = (
    r"{\colortbl;\red255\green255\blue255;\red250\green250\blue250;\red31\green56\blue100;\red31\green56\blue96;"
    r"\red191\green191\blue191;\red222\green234\blue246;}"
)
_SEEN = ("Nine times winner", "of the – regional fair")


def _file(extra: str = "", before: str = "") -> bytes:
    """The resume with more in its body."""
    head, rest = rtf(PAGE).decode("ascii").split(r"{\fonttbl{\f0 Arial;}}", 1)
    return f"{head}{{\\fonttbl{{\\f0 Arial;}}}}{_COLOURS}{before}{rest.removesuffix('}')}{extra}}}".encode("ascii")


def _lines(words: str, lines: tuple[str, ...] = PAYLOAD, after: str = "") -> str:
    return "".join(f"{{\\pard{words} {_rtf_text(line)}{after}\\par}}\n" for line in lines)


def _row(definition: str, words: str, lines: tuple[str, ...] = PAYLOAD) -> str:
    return "".join(
        f"\\trowd{definition}\\cellx9000\\pard\\intbl{words} {_rtf_text(line)}\\cell\\row\n" for line in lines
    )


def _box(place: str) -> str:
    return f"{{\\shp{{\\*\\shpinst{place}{{\\shptxt {_lines('')}}}}}}}"


CLEAN = _file()

ATTACKS = {
    "hidden": Attack(_file(_lines(r"\v")), Reason.NOT_DRAWN),
    "hidden, first of all": Attack(_file(before=_lines(r"\v")), Reason.NOT_DRAWN),
    "hidden from a group outside": Attack(_file(rf"{{\v1 {_lines('')}}}"), Reason.NOT_DRAWN),
    "hidden in a header": Attack(_file(before=rf"{{\header {_lines(chr(92) + 'v')}}}"), Reason.NOT_DRAWN),
    "white": Attack(_file(_lines(r"\cf1")), Reason.NO_CONTRAST),
    "nearly white": Attack(_file(_lines(r"\cf2")), Reason.NO_CONTRAST),
    "white, as numbers": Attack(
        _file("".join(f"{{\\pard\\cf1 {''.join(f'{chr(92)}u{ord(each)}?' for each in line)}\\par}}" for line in PAYLOAD)), Reason.NO_CONTRAST
    ),
    "white, without a fallback": Attack(
        _file("".join(f"{{\\pard\\uc0\\cf1 {''.join(f'{chr(92)}u{ord(each)} ' for each in line)}\\par}}" for line in PAYLOAD)), Reason.NO_CONTRAST
    ),
    "white, as bytes": Attack(
        _file("".join(f"{{\\pard\\cf1 {''.join(f'{chr(92)}{chr(39)}{ord(each):02x}' for each in line)}\\par}}" for line in PAYLOAD)), Reason.NO_CONTRAST
    ),
    "dark on dark": Attack(_file(_lines(r"\cbpat3\cf4")), Reason.NO_CONTRAST),
    "dark on a dark marker": Attack(_file(_lines(r"\highlight3\cf4")), Reason.NO_CONTRAST),
    "dark in a dark cell": Attack(_file(_row(r"\clcbpat3", r"\cf4")), Reason.NO_CONTRAST),
    "white after a dark cell": Attack(_file(_row(r"\clcbpat3\cellx100", r"\intbl\cell\cf1")), Reason.NO_CONTRAST),
    "one point": Attack(_file(_lines(r"\fs2")), Reason.TINY),
    "squeezed": Attack(_file(_lines(r"\charscalex1")), Reason.TINY),
    "indented off the page": Attack(_file(_lines(r"\li30000")), Reason.OFF_PAGE),
    "lines without height": Attack(_file(_lines(r"\sl-10\slmult0")), Reason.COVERED),
    "a box off the page": Attack(_file(_box(r"\shpleft-30000\shptop0\shpright-20000\shpbottom3000")), Reason.OFF_PAGE),
    "a box without height": Attack(_file(_box(r"\shpleft0\shptop0\shpright3000\shpbottom0")), Reason.COVERED),
}  # fmt: skip

DESIGNS = {
    "white in a dark paragraph": _file(_lines(r"\cbpat3\cf1", _SEEN)),
    "white on a dark marker": _file(_lines(r"\highlight3\cf1", _SEEN)),
    "white in a dark run": _file(_lines(r"\chcbpat3\cf1", _SEEN)),
    "white in a dark cell": _file(_row(r"\clcbpat3", r"\cf1", _SEEN)),
    "light grey small print": _file(_lines(r"\cf5\fs12", _SEEN)),
    "superscript": _file(_lines(r"\super\fs12", _SEEN)),
    "a tinted paragraph": _file(_lines(r"\cbpat6", _SEEN)),
    "hidden no more": _file(_lines(r"\v\v0", _SEEN)),
    "plain again": _file(_lines(r"\v\cf1\fs2\plain", _SEEN)),
    "outside the group": _file(r"{\v\cf1\fs2 }" + _lines("", _SEEN)),
    "a white page": _file(r"\viewbksp1{\*\background {\shp}}" + _lines(r"\cf1", _SEEN)),
    "not seen in a browser": _file(_lines(r"\webhidden", _SEEN)),
    "a box": _file(_box(r"\shpleft0\shptop0\shpright3000\shpbottom3000").replace(_lines(""), _lines("", _SEEN))),
}  # fmt: skip
