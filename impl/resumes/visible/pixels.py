"""A page as it is seen: whether a place of it looks different without a text, or has anything on it at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ctypes import byref, c_int
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.visible.paint import Box

_SCALE = 2.0
_AWAY = 65_536.0  # points
_MOST_PIXELS = 1800  # of a page's longer side
_SEEN = 20  # of 255: a smaller difference is not noticed in small text


class Picture:
    """The pixels of a page, three bytes each."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        width, height = page.get_size()
        scale = min(_SCALE, _MOST_PIXELS / max(width, height, 1.0))
        bitmap = page.render(scale=scale, draw_annots=True)
        self._page = page
        self.width, self.height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        self._depth = bitmap.n_channels
        self._bytes = bytes(bitmap.buffer)
        bitmap.close()

    def rows(self, box: Box) -> Iterator[bytes]:
        """The rows of pixels in a box of the page."""
        left, top, right, bottom = self._pixels(box)
        for y in range(top, bottom):
            start = y * self._stride
            yield self._bytes[start + left * self._depth : start + right * self._depth]

    def has_ink(self, box: Box) -> bool:
        """Whether there is more than one colour in the box."""
        inside = b"".join(self.rows(box))
        for channel in range(min(3, self._depth)):
            levels = inside[channel :: self._depth]
            if levels and max(levels) - min(levels) > 2 * _SEEN:
                return True
        return False

    def differs(self, other: "Picture", box: Box, share: float) -> bool:
        """Whether one would notice, in that share of the box at least, that this is not the other picture."""
        rows = list(zip(self.rows(box), other.rows(box), strict=True))
        wanted = max(1, int(share * sum(len(row) for row, _ in rows) / self._depth))
        for ours, theirs in rows:
            if ours != theirs:
                wanted -= self._noticed(ours, theirs, wanted)
                if wanted <= 0:
                    return True
        return False

    def _noticed(self, ours: bytes, theirs: bytes, enough: int) -> int:
        count = 0
        for at in range(0, len(ours), self._depth):
            if ours[at : at + 3] != theirs[at : at + 3]:
                count += _distance(ours[at : at + 3], theirs[at : at + 3]) > _SEEN
                if count >= enough:
                    break
        return count

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        across, down = [], []
        x, y = c_int(), c_int()
        for corner in ((box[0], box[1]), (box[2], box[3])):
            raw.FPDF_PageToDevice(
                self._page, 0, 0, self.width, self.height, 0, corner[0], corner[1], byref(x), byref(y)
            )
            across.append(min(max(x.value, 0), self.width))
            down.append(min(max(y.value, 0), self.height))
        left, top = min(across), min(down)
        return left, top, min(max(*across, left + 1), self.width), min(max(*down, top + 1), self.height)


def _distance(ours: bytes, theirs: bytes) -> float:
    """How different two colours look: in lightness most of all, in hue less."""
    if len(ours) < 3:
        return abs(ours[0] - theirs[0])
    blue, green, red = (ours[index] - theirs[index] for index in range(3))
    lighter = abs(0.3 * red + 0.59 * green + 0.11 * blue)
    return max(lighter, 0.3 * max(abs(red), abs(green), abs(blue)))


@contextmanager
def without(handles: Iterable[Any], *, moved: bool = False) -> Iterator[None]:
    """As long as this lasts, the objects are not on the page.

    To read the page they must be moved away as well: PDFium reads no text right where it has just met the same, seen or not.
    """
    handles = list(handles)
    away = _AWAY if moved else 0.0
    for handle in handles:
        raw.FPDFPageObj_SetIsActive(handle, False)
        raw.FPDFPageObj_Transform(handle, 1, 0, 0, 1, away, away)
    try:
        yield
    finally:
        for handle in handles:
            raw.FPDFPageObj_Transform(handle, 1, 0, 0, 1, -away, -away)
            raw.FPDFPageObj_SetIsActive(handle, True)
