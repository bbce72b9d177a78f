"""Text that is hidden in a PDF, and text that is not."""

import zlib
from collections.abc import Iterable

import pypdfium2 as pdfium

from impl.resumes.visible.hidden import Reason
from scripts.eval.samples.writers import _pdf_column, _pdf_file
from tests.resumes.hiding import PAGE, PAYLOAD, Attack

_BODY = "\n".join(_pdf_column((*PAGE.header, *PAGE.main), 50))
_FREE = 250  # below the resume's last line
_GREY = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n%s\nendstream"
_RESOURCES = (
    b"/ExtGState<</A0<</ca 0/CA 0>>/A1<</ca 0.02>>/A9<</ca 0.6>>>>/XObject<</White 6 0 R/Dark 7 0 R/Form 8 0 R/Off 9 0 R/Scan 12 0 R>>"
    b"/Properties<</Off 10 0 R/On 11 0 R>>/Shading<</S<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 595 0]/Extend[true true]"
    b"/Function<</FunctionType 2/Domain[0 1]/N 1/C0[0.8 0 0]/C1[0 0 0.8]>>>>>>"
)  # fmt: skip


_MAPPED = (" ".join(PAYLOAD[:2]), *PAYLOAD[2:])
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
    b"1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar %s endbfchar endcmap end end"
) % (
    len(_MAPPED),
    b" ".join(b"<%02x> <%s>" % (65 + number, line.encode("utf-16-be").hex().encode()) for number, line in enumerate(_MAPPED)),
)  # fmt: skip


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _form(content: str, entries: bytes = b"") -> bytes:
    head = b"/Type/XObject/Subtype/Form/BBox[-9999 -9999 9999 9999]/Resources<</Font<</F1 4 0 R>>>>"
    return _stream(head + entries, content.encode("cp1252"))


def _pdf(content: str, page: bytes = b"", form: str = "", scan: bytes = b"") -> bytes:
    return _pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R 11 0 R]/D<</OFF[10 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s/Resources<</Font<</F1 4 0 R/F2 13 0 R>>%s>>/Contents 5 0 R>>" % (page, _RESOURCES),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            _stream(b"", content.encode("cp1252")),
            _GREY % b"\xff",
            _GREY % b"\x20",
            _form(form),
            _form(form, b"/OC 10 0 R"),
            b"<</Type/OCG/Name(off)>>",
            b"<</Type/OCG/Name(on)>>",
            scan or _GREY % b"\xff",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 14 0 R>>",
            _stream(b"", _TO_UNICODE),
        ]
    )  # fmt: skip


def _lines(
    state: str = "", *, size: float = 10, x: float = 50, y: float = _FREE, lines: Iterable[str] = PAYLOAD
) -> str:
    """Lines of text in a state of their own."""
    texts = "\n".join(
        f"BT {state} /F1 {size} Tf {x} {y - 14 * number} Td ({line}) Tj ET" for number, line in enumerate(lines)
    )
    return f"q\n{texts}\nQ"


def _named(words: str, drawn: str) -> str:
    """Drawn text for which the file names words."""
    return f"/Span<</ActualText({words})>>BDC {_lines(lines=(drawn,))} EMC"


def _before(content: str, **options: str | bytes) -> bytes:
    return _pdf(f"{content}\n{_BODY}", **options)  # type: ignore[arg-type]


def _after(content: str, **options: str | bytes) -> bytes:
    return _pdf(f"{_BODY}\n{content}", **options)  # type: ignore[arg-type]


CLEAN = _pdf(_BODY)
_BOX = f"40 {_FREE - 60} 500 80 re f"
_PICTURE = f"q 500 0 0 80 40 {_FREE - 60} cm /{{}} Do Q"

ATTACKS = {
    "white": Attack(_after(_lines("1 g")), Reason.NO_CONTRAST),
    "white, first of all": Attack(_before(_lines("1 g")), Reason.NO_CONTRAST),
    "nearly white": Attack(_after(_lines("0.97 g")), Reason.NO_CONTRAST),
    "pale yellow": Attack(_after(_lines("1 1 0.9 rg")), Reason.NO_CONTRAST),
    "white by CMYK": Attack(_after(_lines("0 0 0 0 k")), Reason.NO_CONTRAST),
    "white outlines": Attack(_after(_lines("1 Tr 1 G")), Reason.NO_CONTRAST),
    "white below what is seen": Attack(_before(_lines("1 g", y=735)), Reason.NO_CONTRAST),
    "small white among what is seen": Attack(_after(_lines("1 g", size=3.5, y=735)), Reason.NO_CONTRAST),
    "white between rules": Attack(_after(_lines("1 g") + "".join(f"50 {_FREE + 3 - 14 * n} 300 0.5 re f " for n in range(4))), Reason.NO_CONTRAST),
    "dark on dark": Attack(_after(f"q 0.1 g {_BOX} Q {_lines('0.13 g')}"), Reason.NO_CONTRAST),
    "white in a form": Attack(_after("/Form Do", form=_lines("1 g")), Reason.NO_CONTRAST),
    "white on a page that lies": Attack(
        _after(_lines("1 g"), page=b"/Rotate 90"), Reason.NO_CONTRAST, _pdf(_BODY, page=b"/Rotate 90")
    ),
    "black below a white box": Attack(_after(f"{_lines()} q 1 g {_BOX} Q"), Reason.COVERED),
    "black below a black box": Attack(_after(f"{_lines()} q 0 g {_BOX} Q"), Reason.COVERED),
    "black below a broad line": Attack(_after(f"{_lines()} q 1 G 90 w 40 {_FREE - 20} m 540 {_FREE - 20} l S Q"), Reason.COVERED),
    "black below a white picture": Attack(_after(f"{_lines()} {_PICTURE.format('White')}"), Reason.COVERED),
    "black below a dark picture": Attack(_after(f"{_lines()} {_PICTURE.format('Dark')}"), Reason.COVERED),
    "cut off": Attack(_after(f"q 0 0 5 5 re W n {_lines()} Q"), Reason.COVERED),
    "one point": Attack(_after(_lines(size=1)), Reason.TINY),
    "scaled down": Attack(_after(f"q 0.1 0 0 0.1 50 {_FREE} cm {_lines(x=0, y=0)} Q"), Reason.TINY),
    "squeezed": Attack(_after(_lines("0.5 Tz")), Reason.TINY),
    "left of the page": Attack(_after(_lines(x=-900)), Reason.OFF_PAGE),
    "right of the page": Attack(_after(_lines(x=700)), Reason.OFF_PAGE),
    "above the page": Attack(_after(_lines(y=1000)), Reason.OFF_PAGE),
    "beyond the crop box": Attack(_after(_lines(), page=b"/CropBox[0 290 595 842]"), Reason.OFF_PAGE),
    "opacity 0": Attack(_after(_lines("/A0 gs")), Reason.TRANSPARENT),
    "opacity 2 %": Attack(_after(_lines("/A1 gs")), Reason.TRANSPARENT),
    "render mode 3": Attack(_after(_lines("3 Tr")), Reason.NOT_DRAWN),
    "render mode 7": Attack(_after(_lines("7 Tr")), Reason.NOT_DRAWN),
    "a layer that is off": Attack(_after(f"/OC /Off BDC {_lines()} EMC"), Reason.NOT_DRAWN),
    "many letters drawn as one": Attack(
        _after("".join(f"BT /F2 10 Tf 50 {_FREE - 14 * n} Td ({chr(65 + n)}) Tj ET " for n in range(len(_MAPPED)))), Reason.NOT_DRAWN
    ),
    "other words for a sign": Attack(_after(_named(" ".join(PAYLOAD), "x")), Reason.NOT_DRAWN, _after(_named("x", "x"))),
    "other words for words": Attack(
        _after(_named(" ".join(PAYLOAD), "Nine times winner")), Reason.NOT_DRAWN, _after(_named("Nine times winner", "Nine times winner"))
    ),
    "a form on a layer that is off": Attack(_after("/Off Do", form=_lines()), Reason.COVERED),
}  # fmt: skip


def _scan(more: str = "") -> bytes:
    """The resume as a picture, with the text that OCR would put over it."""
    page = pdfium.PdfDocument(CLEAN)[0]
    bitmap = page.render(scale=2, grayscale=True)
    rows = bytes(bitmap.buffer)
    grey = b"".join(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    picture = _stream(head % (bitmap.width, bitmap.height), zlib.compress(grey))
    layer = _BODY.replace("BT ", "BT 3 Tr ")
    return _pdf(f"q 595 0 0 842 0 0 cm /Scan Do Q\n{layer}\n{more}", scan=picture)


SCAN = _scan()
SCAN_WITH_MORE = _scan(_lines("3 Tr"))

_SEEN = ("Nine times winner", "of the regional fair")
_BAR = "q {} 0 700 595 142 re f Q"

DESIGNS = {
    "white on a dark bar": _pdf(f"{_BAR.format('0.1 0.2 0.4 rg')} q 1 g\n{_BODY}\nQ".replace("BT /F1 10", "BT 0 g /F1 10")
                                .replace("BT /F1 18", "BT 1 g /F1 18")),
    "white in dark cells": _after(f"q 0.2 g {_BOX} Q {_lines('1 g', lines=_SEEN)}"),
    "white on a dark picture": _after(f"{_PICTURE.format('Dark')} {_lines('1 g', lines=_SEEN)}"),
    "a dark page": _pdf(f"0 g 0 0 595 842 re f 1 g\n{_BODY}"),
    "a white page": _pdf(f"1 g 0 0 595 842 re f 0 g\n{_BODY}"),
    "a picture behind everything": _pdf(f"q 595 0 0 842 0 0 cm /White Do Q\n{_BODY}"),
    "light grey small print": _after(_lines("0.78 g", size=6, lines=_SEEN)),
    "a small sign at a word": _after(f"BT /F1 2.5 Tf 50 {_FREE} Td (*) Tj /F1 11 Tf (Nine times winner) Tj ET"),
    "superscript": _after(_lines("5 Ts", size=5, lines=_SEEN)),
    "a tinted column": _pdf(f"q 0.88 0.93 1 rg 0 0 595 842 re f Q\n{_BODY}"),
    "dark grey on grey": _after(f"q 0.6 g {_BOX} Q {_lines('0.25 g', lines=_SEEN)}"),
    "red on green": _after(f"q 0 0.5 0 rg {_BOX} Q {_lines('0.9 0 0 rg', lines=_SEEN)}"),
    "a shadow": _after(_lines("0.6 g", x=50.8, y=_FREE - 0.8, lines=_SEEN) + _lines("0 g", lines=_SEEN)),
    "bold by printing twice": _after(_lines(lines=_SEEN) + _lines(x=50.3, lines=_SEEN)),
    "outlines on a dark box": _after(f"q 0.2 g {_BOX} Q {_lines('1 Tr 1 G', lines=_SEEN)}"),
    "letters filled with a gradient": _after(f"q BT 7 Tr /F1 20 Tf 50 {_FREE} Td (Nine times winner) Tj ET /S sh Q"),
    "half transparent": _after(_lines("/A9 gs", lines=_SEEN)),
    "a layer that is on": _after(f"/OC /On BDC {_lines(lines=_SEEN)} EMC"),
    "words that are named": _after(_named("Nine times winner", "Nine times winner")),
    "a ligature that is named": _after(_named("ffi", "x")),
    "a sign that is named": _after(_named("Telephone:", "x")),
    "a link that is named": _after(_named("https://example.org/nine-times-winner", "nine-times-winner")),
    "printed in another colour": _pdf(f"{_BODY}\n/OC /Off BDC q 0.3 g\n{_BODY}\nQ EMC"),
    "a form": _after("/Form Do", form=_lines(lines=_SEEN)),
    "a small page": _pdf(f"0.5 0 0 0.5 0 0 cm\n{_BODY}", page=b"/CropBox[0 0 298 421]"),
    "boxes beside the text": _after(f"{_lines(lines=_SEEN)} q 0.5 g 300 {_FREE - 40} 200 80 re f Q"),
    "an underline": _after(f"{_lines(lines=_SEEN)} q 1 0 0 rg 50 {_FREE - 2} 90 1 re f Q"),
    "a marker over the text": _after(f"{_lines(lines=_SEEN)} q /A9 gs 1 1 0 rg {_BOX} Q"),
}  # fmt: skip

_KIDS = b"/Kids[%s]/Count 18" % b" ".join([b"3 0 R"] * 18)
MANY_PAGES = _after(_lines("1 g")).replace(b"/Kids[3 0 R]/Count 1", _KIDS)
