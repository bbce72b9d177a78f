"""Which characters of a PDF page a person does not see.

Most pages hold nothing suspicious and cost no more than a look at what is painted. A text is suspicious when its colour is
pale, when something is painted over it or lies behind it in a like colour, when it is said not to be drawn, or belongs to
a layer. Then the page is drawn with it and without it: what makes no difference is not seen.

A page that is nothing but a picture, with text that is not drawn, is a scan and what OCR read in it: a person sees the
words in the picture. That text is kept where there is ink behind it, and the document says that it was so.
"""

from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from impl.resumes.formats.glyphs import Glyph
from impl.resumes.visible.hidden import Reason
from impl.resumes.visible.paint import Box, Colour, Painted, address, box_of, is_cut, lightness, painted
from impl.resumes.visible.pixels import Picture, without
from impl.resumes.visible.spelling import squeezed

_TINY = 3.0  # points, on a page of the usual size
_USUAL = (595.0, 842.0)
_PALE = 200  # of 255: the lightness from which a colour may be lost on white
_ALIKE = 70  # two colours that are not further apart may be hard to tell
_FAINT = 60  # of 255: less opacity than this is suspicious
_BANDS = 60
_CELL = 20  # points: the grid in which texts at the same place are found
_MANY_KINDS = 4  # of suspicious texts that are tried one by one
_INK = 0.08  # the least share of its box that a character inks
_SAMPLED = 5  # characters of a word
_FEWEST = 3  # letters and digits: fewer say nothing
_PICTURE_OF_PAGE = 0.6  # of a page's area
_CAPTION = 0.2  # of the text of a scan may be drawn beside the picture


@dataclass(slots=True)
class Seen:
    """What is not seen of a page, by the index of the character, and what of that nobody needs to be told of.

    Also whether the page's text is what OCR read in a picture.
    """

    unseen: dict[int, Reason] = field(default_factory=dict)
    untold: set[int] = field(default_factory=set)
    is_scan: bool = False
    is_drawn: bool = False
    is_unsure: bool = False  # it was not drawn though it should have been


@dataclass(slots=True)
class _Run:
    """The characters of a word that belong to one text of the page."""

    glyphs: list[Glyph]
    text: Painted | None = None
    reason: Reason | None = None
    is_entangled: bool = False

    @property
    def weight(self) -> int:
        return sum(glyph.text.isalnum() for glyph in self.glyphs)

    @property
    def box(self) -> Box:
        lefts, rights = [glyph.left for glyph in self.glyphs], [glyph.right for glyph in self.glyphs]
        bottoms, tops = [glyph.bottom for glyph in self.glyphs], [glyph.top for glyph in self.glyphs]
        return min(lefts), min(bottoms), max(rights), max(tops)

    @property
    def kind(self) -> tuple[object, ...]:
        if self.text is None:
            return ()
        colour = self.text.colour and tuple(level // 64 for level in self.text.colour)
        return colour, self.text.is_unpainted, self.text.opacity < _FAINT

    def cells(self) -> Iterator[tuple[int, int]]:
        left, bottom, right, top = (int(min(max(side, -1000.0), 20_000.0)) // _CELL for side in self.box)
        return (
            (x, y) for x in range(left, min(right, left + 60) + 1) for y in range(bottom, min(top, bottom + 60) + 1)
        )


def seen(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, glyphs: Sequence[Glyph], *, draws: bool = True) -> Seen:
    """What a person does not see of the page's characters; without drawing it, as far as that can be told."""
    bounds = page.get_bbox()
    things = painted(page)
    suspicious = _suspicious(things, bounds)
    by_address = {each.address: each for each in suspicious}
    runs = list(_runs(textpage, glyphs, by_address))
    extra, names = squeezed(glyphs)
    smallest = _smallest(page)
    for run in runs:
        run.reason = _by_spelling(run, extra) or _by_place(run, bounds, smallest, textpage)
    found = Seen()
    in_doubt = [run for run in runs if run.reason is None and run.text is not None]
    if sum(run.weight for run in in_doubt) >= _FEWEST:
        found.is_drawn, found.is_unsure = draws, not draws
        if draws:
            with without(_pictures_elsewhere(things, in_doubt)):
                found.is_scan = _look(page, runs, in_doubt, things, bounds)
    hidden = [run for run in runs if run.reason is not None]
    if sum(run.weight for run in hidden) >= _FEWEST:
        found.unseen = {glyph.index: run.reason for run in hidden for glyph in run.glyphs if run.reason}
        found.untold = names & found.unseen.keys()
    return found


def _suspicious(things: list[Painted], bounds: Box) -> list[Painted]:
    """The texts that may not be seen."""
    areas = _Areas((each for each in things if not each.is_text), bounds)
    return [each for each in things if each.is_text and (_is_odd(each) or areas.may_hide(each))]


class _Areas:
    """What is painted beside texts, by the height at which it stands."""

    def __init__(self, areas: Iterable[Painted], bounds: Box) -> None:
        self._bottom, self._step = bounds[1], max(bounds[3] - bounds[1], 1.0) / _BANDS
        self._bands: dict[int, list[Painted]] = {}
        self._last = 0
        self._colours: set[Colour | None] = set()
        self._alike: dict[Colour | None, bool] = {}
        for area in areas:
            self._last = max(self._last, area.turn)
            self._colours.add(area.colour)
            for band in self._bands_of(area.box):
                self._bands.setdefault(band, []).append(area)

    def may_hide(self, text: Painted) -> bool:
        """Whether something is painted over the text, or lies behind it in a like colour."""
        if text.turn > self._last and not self._has_like(text.colour):
            return False
        box = box_of(text.handle)
        return any(
            _meet(box, area.box) and (area.turn > text.turn or _are_alike(area.colour, text.colour))
            for band in self._bands_of(box)
            for area in self._bands.get(band, ())
        )

    def _has_like(self, colour: Colour | None) -> bool:
        if colour not in self._alike:
            self._alike[colour] = any(_are_alike(each, colour) for each in self._colours)
        return self._alike[colour]

    def _bands_of(self, box: Box) -> range:
        first, last = (int(min(max((y - self._bottom) / self._step, -1.0), _BANDS)) for y in (box[1], box[3]))
        return range(first, last + 1)


def _is_odd(text: Painted) -> bool:
    return (
        text.is_unpainted
        or text.is_nested
        or text.is_layered
        or text.opacity < _FAINT
        or text.colour is None
        or lightness(text.colour) > _PALE
        or bool(raw.FPDFPageObj_HasTransparency(text.handle))
        or is_cut(text.handle)
    )


def _are_alike(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None:
        return True
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(one[2] - other[2])) < _ALIKE


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _runs(textpage: pdfium.PdfTextPage, glyphs: Sequence[Glyph], texts: dict[int, Painted]) -> Iterator[_Run]:
    run, last = _Run([]), 0
    for glyph in glyphs:
        owner = last if not texts or not glyph.is_drawn else address(raw.FPDFText_GetTextObject(textpage, glyph.index))
        if (not glyph.is_drawn or owner != last) and run.glyphs:
            yield run
            run = _Run([])
        if glyph.is_drawn:
            run.glyphs.append(glyph)
            run.text = texts.get(owner)
        last = owner
    if run.glyphs:
        yield run


def _by_spelling(run: _Run, extra: set[int]) -> Reason | None:
    return (
        Reason.NOT_DRAWN if extra and 2 * sum(glyph.index in extra for glyph in run.glyphs) > len(run.glyphs) else None
    )


def _smallest(page: pdfium.PdfPage) -> float:
    width, height = page.get_size()
    return float(_TINY * min(max(min(width / _USUAL[0], height / _USUAL[1]), 0.3), 1.0))


def _by_place(run: _Run, bounds: Box, smallest: float, textpage: pdfium.PdfTextPage) -> Reason | None:
    """Why a word is not seen, by its place and its size alone."""
    left, bottom, right, top = bounds
    off = sum(
        not (left <= (glyph.left + glyph.right) / 2 <= right and bottom <= (glyph.bottom + glyph.top) / 2 <= top)
        for glyph in run.glyphs
    )
    if 2 * off > len(run.glyphs):
        return Reason.OFF_PAGE
    largest = max(run.glyphs, key=lambda glyph: glyph.size)
    if largest.size < 1.6 * smallest and _font_size(textpage, largest) < smallest:
        return Reason.TINY
    if all(glyph.right - glyph.left < smallest / 12 for glyph in run.glyphs):
        return Reason.TINY
    return None


def _font_size(textpage: pdfium.PdfTextPage, glyph: Glyph) -> float:
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(textpage, glyph.index)
    if not raw.FPDFText_GetMatrix(textpage, glyph.index, byref(matrix)):
        return glyph.size
    return float(min(abs(size) * (matrix.c**2 + matrix.d**2) ** 0.5, glyph.size))


def _look(page: pdfium.PdfPage, runs: list[_Run], in_doubt: list[_Run], things: list[Painted], bounds: Box) -> bool:
    """Draw the page and decide on the words that are in doubt; true when it is a scan whose text is seen as a picture."""
    kinds = _kinds(in_doubt, runs)
    whole = Picture(page)
    with without(_handles(in_doubt)):
        rest = Picture(page)
    for run in in_doubt:
        run.reason = _by_sight(run, whole, rest, things)
    _look_apart(page, kinds, things)
    hidden = [run for run in in_doubt if run.reason]
    if not _is_picture(things, bounds) or not _is_caption(runs, hidden):
        return False
    return _keep_what_is_in_the_picture(hidden, whole)


def _pictures_elsewhere(things: list[Painted], in_doubt: list[_Run]) -> list[Any]:
    """The pictures, dear to draw, that are nowhere near a word in doubt."""
    boxes = [run.box for run in in_doubt]
    pictures = [each for each in things if each.is_picture]
    return [each.handle for each in pictures if not any(_meet(each.box, box) for box in boxes)]


def _look_apart(page: pdfium.PdfPage, kinds: list[list[_Run]], things: list[Painted]) -> None:
    """Judge words that stand where others stand without those, which would vouch for them."""
    tangled = [[run for run in kind if run.is_entangled and run.reason is None] for kind in kinds]
    if not any(tangled):
        return
    texts = {each.address: each.handle for each in things if each.is_text}
    with without(texts.values()):
        bare = Picture(page)
    for kind in filter(None, tangled):
        own = {run.text.address for run in kind if run.text}
        with without(handle for key, handle in texts.items() if key not in own):
            alone = Picture(page)
        for run in kind:
            run.reason = _by_sight(run, alone, bare, things)


def _handles(runs: list[_Run]) -> list[Any]:
    return list({run.text.address: run.text.handle for run in runs if run.text}.values())


def _kinds(in_doubt: list[_Run], runs: list[_Run]) -> list[list[_Run]]:
    """The words in doubt by how they are painted, after those have been noted that stand where others stand.

    What is seen of the others must not vouch for them.
    """
    cells: dict[tuple[int, int], list[_Run]] = {}
    for run in runs:
        for cell in run.cells():
            for other in cells.get(cell, ()):
                if other.kind != run.kind and _meet(run.box, other.box):
                    run.is_entangled = other.is_entangled = True
            cells.setdefault(cell, []).append(run)
    kinds: dict[tuple[object, ...], list[_Run]] = {}
    for run in in_doubt:
        kinds.setdefault(run.kind, []).append(run)
    ordered = sorted(kinds.values(), key=lambda kind: -_lightness(kind[0].text))
    rest = [run for kind in ordered[_MANY_KINDS:] for run in kind]
    return [*ordered[:_MANY_KINDS], *([rest] if rest else [])]


def _lightness(text: Painted | None) -> float:
    return lightness(text.colour or (255, 255, 255)) if text else 0.0


def _by_sight(run: _Run, whole: Picture, rest: Picture, things: list[Painted]) -> Reason | None:
    letters = [glyph for glyph in run.glyphs if glyph.text.isalnum()] or run.glyphs
    sample = letters[:: max(1, len(letters) // _SAMPLED)][:_SAMPLED]
    text = run.text
    if text is not None and text.is_clipping:
        visible = sum(whole.has_ink(_box(glyph)) for glyph in sample)
    else:
        visible = sum(whole.differs(rest, _box(glyph), _INK) for glyph in sample)
    return None if 2 * visible >= len(sample) else _why(run, things)


def _why(run: _Run, things: list[Painted]) -> Reason:
    text = run.text
    if text is None or text.is_unpainted or text.is_layered:
        return Reason.NOT_DRAWN
    if text.opacity < _FAINT:
        return Reason.TRANSPARENT
    box = _box(run.glyphs[0])
    if any(not each.is_text and each.turn > text.turn and _meet(each.box, box) for each in things):
        return Reason.COVERED
    behind = [each.colour for each in things if not each.is_text and each.turn < text.turn and _meet(each.box, box)]
    return Reason.NO_CONTRAST if _are_alike(behind[-1] if behind else (255, 255, 255), text.colour) else Reason.COVERED


def _box(glyph: Glyph) -> Box:
    return glyph.left, glyph.bottom, glyph.right, glyph.top


def _is_picture(things: Iterable[Painted], bounds: Box) -> bool:
    area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
    pictures = [each.box for each in things if each.is_picture]
    return sum((right - left) * (top - bottom) for left, bottom, right, top in pictures) >= _PICTURE_OF_PAGE * area


def _is_caption(runs: list[_Run], hidden: list[_Run]) -> bool:
    """Whether what is drawn as text is no more than a line beside the picture."""
    weight = sum(run.weight for run in hidden)
    return sum(run.weight for run in runs if run.reason is None) <= _CAPTION * weight


def _keep_what_is_in_the_picture(hidden: list[_Run], whole: Picture) -> bool:
    kept = 0
    for run in hidden:
        can_be_read_by_ocr = run.reason in (Reason.NOT_DRAWN, Reason.COVERED) and not (run.text and run.text.is_layered)
        if can_be_read_by_ocr and all(whole.has_ink(_box(glyph)) for glyph in (run.glyphs[0], run.glyphs[-1])):
            run.reason = None
            kept += 1
    return kept > 0
