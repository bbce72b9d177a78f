"""Which text of a Word document a person does not see: by its styles, its own properties, and what holds it."""

import re
from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

from impl.resumes.visible.colours import WHITE, Colour, colour_of, is_lost
from impl.resumes.visible.hidden import Reason
from impl.resumes.visible.look import Look, Place, why

_OFF = {"0", "false", "off"}
_THINNEST = 60  # twentieths of a point: a line of text that is lower is cut off
_FAR_LEFT, _FAR_RIGHT = -11_000, 16_000  # twentieths of a point, from the margin
_EMU = 12_700  # in a point
_PAGE_END = 1_300  # points: no page reaches so far
_BACKDROP = 40_000.0  # square points: a bar across a page, or more
_DEFAULT_THEME = {"lt1": (255, 255, 255), "dk1": (0, 0, 0), "lt2": (231, 230, 230), "dk2": (68, 84, 106)}
_THEME_NAMES = {"background1": "lt1", "bg1": "lt1", "light1": "lt1", "background2": "lt2", "bg2": "lt2", "light2": "lt2",
                "text1": "dk1", "tx1": "dk1", "dark1": "dk1", "text2": "dk2", "tx2": "dk2", "dark2": "dk2"}  # fmt: skip
_HIGHLIGHTS = {"darkblue": "00008b", "darkcyan": "008b8b", "darkgreen": "006400", "darkmagenta": "8b008b",
               "darkred": "8b0000", "lightgray": "c0c0c0", "darkgray": "808080"}  # fmt: skip

Properties = dict[str, Any]


def name_of(element: Any) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, *names: str) -> Any:
    """The first child of that name, of that its first child, and so on; None when there is none."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def attribute(element: Any, name: str) -> str | None:
    """An attribute whatever its namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


class WordSight:
    """What is seen of the texts of one document."""

    def __init__(self, styles: Any, theme: Any, settings: Any, roots: list[Any], body: Any) -> None:
        self.is_unsure = False
        self._theme = _DEFAULT_THEME | _theme(theme)
        self._styles = {
            key: each
            for each in (styles if styles is not None else ())
            if (key := attribute(each, "styleId")) is not None
        }
        self._places: dict[Any, Place] = {}
        self._chains: dict[str, Properties] = {}
        self._defaults = self._properties(child(styles, "docDefaults", "rPrDefault", "rPr"))
        self._usual = {
            attribute(each, "type"): attribute(each, "styleId")
            for each in self._styles.values()
            if attribute(each, "default") in ("1", "true")
        }
        self._backdrop = sum(self._area(each) for root in roots for each in root.iter() if name_of(each) == "anchor")
        page = child(body, "background")
        shown = child(settings, "displayBackgroundShape")
        self._page = self.colour(page, "color", "themeColor") if page is not None and is_on(shown) else None

    def hides(self, run: Any) -> Reason | None:
        """Why the texts of a run are not seen."""
        paragraph = next((each for each in run.iterancestors() if name_of(each) == "p"), None)
        place, look = self._place(run.getparent()), self._look(run, paragraph)
        reason = why(look, place)
        if (
            reason is Reason.NO_CONTRAST
            and self._backdrop >= _BACKDROP
            and place.behind == (WHITE,)
            and not look.behind
        ):
            self.is_unsure = True
            return None
        return reason

    def _area(self, anchor: Any) -> float:
        """How much of a page a drawing behind the text covers with something on which pale text can be read."""
        fills = [self._shape(each, Place()) for each in anchor.iter() if name_of(each) == "wsp"]
        has_picture = any(name_of(each) == "pic" for each in anchor.iter())
        if not has_picture and all(
            fill is not None and is_lost(WHITE, fill) for fills_of in fills for fill in fills_of
        ):
            return 0.0
        extent = child(anchor, "extent")
        width, height = (_number(attribute(extent, side), 0) / _EMU for side in ("cx", "cy"))
        return min(width, _PAGE_END) * min(height, _PAGE_END)

    def _look(self, run: Any, paragraph: Any) -> Look:
        own = child(run, "rPr")
        style = attribute(child(paragraph, "pPr", "pStyle"), "val") or self._usual.get("paragraph")
        of_paragraph = self._chain(style)
        of_characters = self._chain(attribute(child(own, "rStyle"), "val"))
        merged = {**self._table_text(run), **self._defaults, **of_paragraph, **of_characters}
        merged["vanish"] = self._defaults.get("vanish", False) or (
            of_paragraph.get("vanish", False) != of_characters.get("vanish", False)
        )
        merged |= self._properties(own)
        reason = Reason.NOT_DRAWN if merged["vanish"] else Reason.TRANSPARENT if merged.get("clear") else None
        if merged.get("width", 100) <= 5:
            reason = reason or Reason.TINY
        return Look(reason, merged.get("colour"), merged.get("marked") or merged.get("behind"), merged.get("size"))

    def _properties(self, element: Any) -> Properties:
        """What an rPr says."""
        found: Properties = {}
        for each in element if element is not None else ():
            said = _SAID.get(name_of(each))
            if said is not None:
                key, read = said
                value = read(self, each)
                if value is not None or key == "colour":
                    found[key] = value
        return found

    def _chain(self, style: str | None) -> Properties:
        """What a style says together with those that it is based on."""
        chain: list[Any] = []
        key = style
        while key in self._styles and self._styles[key] not in chain and len(chain) < 20:
            chain.append(self._styles[key])
            key = attribute(child(chain[-1], "basedOn"), "val")
        if style is None or not chain:
            return {}
        if style not in self._chains:
            parts = [self._properties(child(each, "rPr")) for each in reversed(chain)]
            self._chains[style] = reduce(lambda one, other: one | other, parts)
        return self._chains[style]

    def _table_text(self, run: Any) -> Properties:
        table = next((each for each in run.iterancestors() if name_of(each) == "tbl"), None)
        return self._chain(attribute(child(table, "tblPr", "tblStyle"), "val")) if table is not None else {}

    def _place(self, element: Any) -> Place:
        if element is None:
            return Place(None, (self._page or WHITE,))
        if element not in self._places:
            self._places[element] = self._placed(element, self._place(element.getparent()))
        return self._places[element]

    def _placed(self, element: Any, outer: Place) -> Place:
        """What holds the texts of an element, given what holds the element."""
        name = name_of(element)
        if name == "p":
            return self._paragraph(element, outer)
        if name in ("tc", "tbl"):
            return self._table(element, name, outer)
        if name == "tr":
            reason = Reason.NOT_DRAWN if is_on(child(element, "trPr", "hidden")) else None
            height = child(element, "trPr", "trHeight")
            if attribute(height, "hRule") == "exact" and _number(attribute(height, "val"), 999) < _THINNEST:
                reason = reason or Reason.COVERED
            return Place(outer.reason or reason, outer.behind)
        if name in ("anchor", "inline"):
            return Place(outer.reason or _by_anchor(element), outer.behind)
        if name == "wsp":
            return Place(outer.reason, self._shape(element, outer))
        if name in ("shape", "rect", "roundrect", "oval"):
            return self._old_shape(element, outer)
        return outer

    def _paragraph(self, element: Any, outer: Place) -> Place:
        properties = child(element, "pPr")
        chain = [properties, *self._paragraph_styles(properties)]
        shade = next((fill for each in chain if (fill := self.fill(child(each, "shd")))), None)
        indent, frame, spacing = (child(properties, name) for name in ("ind", "framePr", "spacing"))
        left = _number(attribute(indent, "left") or attribute(indent, "start"), 0)
        places = [_number(attribute(frame, axis), 0) for axis in ("x", "y")]
        reason = None
        if not _FAR_LEFT < left < _FAR_RIGHT or any(not _FAR_LEFT < place < 2 * _FAR_RIGHT for place in places):
            reason = Reason.OFF_PAGE
        elif attribute(spacing, "lineRule") == "exact" and _number(attribute(spacing, "line"), 999) < _THINNEST:
            reason = Reason.COVERED
        return Place(outer.reason or reason, (shade,) if shade else outer.behind)

    def _paragraph_styles(self, properties: Any) -> Iterator[Any]:
        key = attribute(child(properties, "pStyle"), "val") or self._usual.get("paragraph")
        for _ in range(20):
            if key not in self._styles:
                return
            yield child(self._styles[key], "pPr")
            key = attribute(child(self._styles[key], "basedOn"), "val")

    def _table(self, element: Any, name: str, outer: Place) -> Place:
        own = self.fill(child(element, f"{name}Pr", "shd"))
        if own:
            return Place(outer.reason, (own,))
        if name == "tc":
            return outer
        style = self._styles.get(attribute(child(element, "tblPr", "tblStyle"), "val") or "")
        shades = [] if style is None else [self.fill(each) for each in style.iter() if name_of(each) == "shd"]
        return Place(outer.reason, (*outer.behind, *(each for each in shades if each)))

    def _shape(self, element: Any, outer: Place) -> tuple[Colour | None, ...]:
        properties = child(element, "spPr")
        for each in properties if properties is not None else ():
            kind = name_of(each)
            if kind == "solidFill":
                return (self._drawn(each),)
            if kind == "noFill":
                return outer.behind
            if kind in ("gradFill", "blipFill", "pattFill", "grpFill"):
                return (None,)
        reference = child(element, "style", "fillRef")
        return (self._drawn(reference),) if attribute(reference, "idx") not in (None, "0") else outer.behind

    def _drawn(self, fill: Any) -> Colour | None:
        plain, themed = child(fill, "srgbClr"), child(fill, "schemeClr")
        if plain is not None:
            return colour_of(attribute(plain, "val"))
        if themed is None or len(themed):
            return None
        said = attribute(themed, "val") or ""
        return self._theme.get(_THEME_NAMES.get(said, said))

    def _old_shape(self, element: Any, outer: Place) -> Place:
        """A shape of VML, which styles it like a page of the web."""
        style = dict(
            part.strip().lower().partition(":")[::2] for part in (attribute(element, "style") or "").split(";")
        )
        reason = outer.reason
        if style.get("visibility") == "hidden" or style.get("display") == "none":
            reason = reason or Reason.NOT_DRAWN
        elif any(0 <= _points(style.get(side), 99) < 3 for side in ("width", "height")):
            reason = reason or Reason.COVERED
        elif any(not -_PAGE_END / 2 < _points(style.get(f"margin-{side}"), 0) < _PAGE_END for side in ("left", "top")):
            reason = reason or Reason.OFF_PAGE
        fill = attribute(element, "fillcolor")
        if child(element, "fill") is not None and attribute(child(element, "fill"), "type") not in (None, "solid"):
            return Place(reason, (None,))
        is_filled = fill and attribute(element, "filled") not in ("f", "false")
        return Place(reason, (colour_of((fill or "").split(" ")[0]),) if is_filled else outer.behind)

    def fill(self, shade: Any) -> Colour | None:
        """The colour of a shading."""
        if shade is None:
            return None
        if attribute(shade, "val") == "solid":
            return self.colour(shade, "color", "themeColor") or (0, 0, 0)
        return self.colour(shade, "fill", "themeFill")

    def colour(self, element: Any, plain: str, themed: str) -> Colour | None:
        """The colour that an element says, by the theme before anything else; None for one that is seen anywhere."""
        said = attribute(element, themed)
        base = self._theme.get(_THEME_NAMES.get((said or "").lower(), said or ""))
        if base is None:
            return colour_of(attribute(element, plain))
        tint, shade = (attribute(element, f"{themed}{name}") for name in ("Tint", "Shade"))
        if tint:
            return _mixed(base, tint, 255)
        return _mixed(base, shade, 0) if shade else base


def _highlight(element: Any) -> Colour | None:
    said = attribute(element, "val") or ""
    return colour_of(_HIGHLIGHTS.get(said.lower(), said))


_SAID: dict[str, tuple[str, Callable[[WordSight, Any], Any]]] = {
    "vanish": ("vanish", lambda _, each: is_on(each)),
    "specVanish": ("vanish", lambda _, each: is_on(each)),
    "color": ("colour", lambda sight, each: sight.colour(each, "val", "themeColor")),
    "sz": ("size", lambda _, each: _number(attribute(each, "val"), 24) / 2),
    "w": ("width", lambda _, each: _number((attribute(each, "val") or "").rstrip("%"), 100)),
    "shd": ("behind", lambda sight, each: sight.fill(each)),
    "highlight": ("marked", lambda _, each: _highlight(each)),
    "textFill": ("clear", lambda _, each: _is_clear(each)),
}


def _mixed(base: Colour, share: str, other: int) -> Colour:
    part = int(share, 16) / 255 if re.fullmatch("[0-9a-fA-F]{1,2}", share) else 1.0
    red, green, blue = (round(level * part + other * (1 - part)) for level in base)
    return red, green, blue


def _theme(theme: Any) -> dict[str, Colour]:
    found = {}
    scheme = next((each for each in theme.iter() if name_of(each) == "clrScheme"), ()) if theme is not None else ()
    for each in scheme:
        value = next((attribute(inner, "lastClr") or attribute(inner, "val") for inner in each), None)
        colour = colour_of(value)
        if colour:
            found[name_of(each)] = colour
    return found


def is_on(element: Any) -> bool:
    """Whether a switch is there and not switched off."""
    return element is not None and (attribute(element, "val") or "1").lower() not in _OFF


def _is_clear(fill: Any) -> bool:
    """Whether a fill of letters lets everything through."""
    if child(fill, "noFill") is not None:
        return True
    alphas = [attribute(each, "val") for each in fill.iter() if name_of(each) == "alpha"]
    return child(fill, "solidFill") is not None and any(_number(alpha, 0) >= 95_000 for alpha in alphas)


def _by_anchor(element: Any) -> Reason | None:
    """Why nothing of a drawing is seen, by its size and place."""
    if attribute(child(element, "docPr"), "hidden") in ("1", "true"):
        return Reason.NOT_DRAWN
    extent = child(element, "extent")
    width, height = (_number(attribute(extent, side), 99 * _EMU) / _EMU for side in ("cx", "cy"))
    grows = any(name_of(each) == "spAutoFit" for each in element.iter())
    if min(width, height) < 3 and not grows:
        return Reason.COVERED
    for axis, size in (("positionH", width), ("positionV", height)):
        offset = child(element, axis, "posOffset")
        place = _number(offset.text if offset is not None else None, 0) / _EMU
        if place > _PAGE_END or place + size < -150:
            return Reason.OFF_PAGE
    return None


def _number(said: str | None, otherwise: float) -> float:
    try:
        return float(said) if said is not None else otherwise
    except ValueError:
        return otherwise


def _points(said: str | None, otherwise: float) -> float:
    found = re.fullmatch(r"\s*(-?[\d.]+)\s*(pt|in|cm|mm|px)?\s*", said or "")
    if found is None:
        return otherwise
    return _number(found.group(1), otherwise) * {"in": 72, "cm": 28.35, "mm": 2.835, "px": 0.75}.get(
        found.group(2) or "pt", 1
    )
