"""What is painted on a PDF page, in its order: the texts, and what may stand behind or in front of them."""

from collections.abc import Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

MAX_OBJECTS = 50_000
MAX_DEPTH = 8
_MOST_CLIPS = 8
_UNCUT = 0.75  # of a text's box: fonts have room around their letters
_THIN = 3.0  # points: what is thinner hides no text

Box = tuple[float, float, float, float]  # left, bottom, right, top
Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]

_AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_CLIPPING_MODE = raw.FPDF_TEXTRENDERMODE_CLIP
_STROKED_MODES = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_UNPAINTED_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, _CLIPPING_MODE)


@dataclass(slots=True)
class Painted:
    """A text or an area, at its turn. An area without a colour may have any: a picture, a gradient."""

    turn: int
    handle: Any
    is_text: bool
    box: Box
    colour: Colour | None
    opacity: int = 255
    mode: int = 0
    is_nested: bool = False  # in a form, which may be a layer of its own
    is_layered: bool = False
    is_picture: bool = False

    @property
    def address(self) -> int:
        """What tells a text from others."""
        return address(self.handle)

    @property
    def is_unpainted(self) -> bool:
        """Whether its render mode says that it is not painted."""
        return self.mode in _UNPAINTED_MODES

    @property
    def is_clipping(self) -> bool:
        """Whether it is the shape through which something else is seen."""
        return bool(self.mode == _CLIPPING_MODE)


def lightness(colour: Colour) -> float:
    """How light a colour looks, up to 255."""
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def address(handle: Any) -> int:
    """Where PDFium keeps an object, 0 for none."""
    return addressof(handle.contents) if handle else 0


def painted(page: pdfium.PdfPage) -> list[Painted]:
    """Everything that can matter to whether a text is seen, in the order in which it is painted."""
    found = list(_objects(page))
    found.extend(_annotations(page, len(found)))
    return found


def _objects(page: pdfium.PdfPage) -> Iterator[Painted]:
    turn = 0
    waiting: list[tuple[Any, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, index), _AS_IT_IS, 0)
        for index in reversed(range(raw.FPDFPage_CountObjects(page)))
    ]
    while waiting and turn < MAX_OBJECTS:
        handle, matrix, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(handle)
        turn += 1
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield _text(handle, turn, depth)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = _times(_matrix(handle), matrix)
            count = raw.FPDFFormObj_CountObjects(handle)
            waiting.extend(
                (raw.FPDFFormObj_GetObject(handle, index), inner, depth + 1) for index in reversed(range(max(count, 0)))
            )
        else:
            yield from _area(handle, kind, turn, matrix)


def _text(handle: Any, turn: int, depth: int) -> Painted:
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    colour, opacity = _paint(handle, stroked=mode in _STROKED_MODES)
    layered = raw.FPDFPageObj_CountMarks(handle) > 0 and _is_layered(handle)
    return Painted(turn, handle, True, (0, 0, 0, 0), colour, opacity, mode, depth > 0, layered)


def _area(handle: Any, kind: int, turn: int, matrix: Matrix) -> Iterator[Painted]:
    colour, opacity = None, 255
    if kind == raw.FPDF_PAGEOBJ_PATH:
        filling, stroked = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(handle, byref(filling), byref(stroked))
        if not filling.value and not (stroked.value and _width(handle) > _THIN):
            return
        colour, opacity = _paint(handle, stroked=not filling.value)
    box = _box(handle, matrix)
    if box[2] - box[0] > _THIN and box[3] - box[1] > _THIN and opacity > 8:
        shown = colour if opacity > 240 else None
        yield Painted(turn, handle, False, box, shown, opacity, is_picture=kind == raw.FPDF_PAGEOBJ_IMAGE)


def _annotations(page: pdfium.PdfPage, turn: int) -> Iterator[Painted]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 500)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        box = raw.FS_RECTF()
        subtype = raw.FPDFAnnot_GetSubtype(annotation)
        if subtype not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP) and raw.FPDFAnnot_GetRect(annotation, byref(box)):
            yield Painted(MAX_OBJECTS + turn + index, None, False, (box.left, box.bottom, box.right, box.top), None)
        raw.FPDFPage_CloseAnnot(annotation)


def _paint(handle: Any, *, stroked: bool) -> tuple[Colour | None, int]:
    red, green, blue, opacity = c_uint(), c_uint(), c_uint(), c_uint()
    get = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    if not get(handle, byref(red), byref(green), byref(blue), byref(opacity)):
        return None, 255
    return (red.value, green.value, blue.value), opacity.value


def _width(handle: Any) -> float:
    width = c_float()
    return float(width.value) if raw.FPDFPageObj_GetStrokeWidth(handle, byref(width)) else 0.0


def _is_layered(handle: Any) -> bool:
    for index in range(raw.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, index)
        buffer, length = (raw.FPDF_WCHAR * 16)(), raw.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, buffer, 32, byref(length))
        if bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "OC":
            return True
    return False


def box_of(handle: Any) -> Box:
    """The box of an object in the space of the page or form that it stands in."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    raw.FPDFPageObj_GetBounds(handle, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def is_cut(handle: Any) -> bool:
    """Whether a path that clips the object may leave much of it out."""
    clip = raw.FPDFPageObj_GetClipPath(handle)
    count = raw.FPDFClipPath_CountPaths(clip)
    if count <= 0:
        return False
    box = box_of(handle)
    return count > _MOST_CLIPS or not all(_holds(clip, index, box) for index in range(count))


def _holds(clip: Any, index: int, box: Box) -> bool:
    x, y = c_float(), c_float()
    across, upwards = [], []
    count = raw.FPDFClipPath_CountPathSegments(clip, index)
    if not 4 <= count <= 5:  # else it is no rectangle
        return False
    for number in range(count):
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, index, number), byref(x), byref(y))
        across.append(x.value)
        upwards.append(y.value)
    width = min(max(across), box[2]) - max(min(across), box[0])
    height = min(max(upwards), box[3]) - max(min(upwards), box[1])
    return min(width, height) > 0 and width * height >= _UNCUT * (box[2] - box[0]) * (box[3] - box[1])


def _box(handle: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = box_of(handle)
    if matrix is _AS_IT_IS:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    across, upwards = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(upwards), max(across), max(upwards)


def _matrix(handle: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, byref(matrix)):
        return _AS_IT_IS
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
