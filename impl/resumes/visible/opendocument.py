"""Which text of an OpenDocument a person does not see: by its styles, and by what holds it."""

import re
from typing import Any

from impl.resumes.visible.colours import WHITE, Colour, colour_of
from impl.resumes.visible.hidden import Reason
from impl.resumes.visible.look import Look, Place, why
from impl.resumes.visible.word import attribute, child, name_of

_LENGTH = re.compile(r"\s*(-?[\d.]+)\s*(pt|cm|mm|in|px|pc|%)?\s*")
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75, "pc": 12.0}
_PAGE_END = 1_300.0  # points: no page reaches so far
_FAMILIES = {"p": "paragraph", "h": "paragraph", "span": "text", "a": "text", "table-cell": "table-cell", "table-row": "table-row",
             "table": "table", "section": "section", "frame": "graphic", "custom-shape": "graphic", "rect": "graphic",
             "text-box": "graphic"}  # fmt: skip
_TRUE = ("true", "1")

Properties = dict[str, str]


def length(said: str | None, otherwise: float, whole: float = 12.0) -> float:
    """A length in points."""
    found = _LENGTH.fullmatch(said or "")
    if found is None:
        return otherwise
    try:
        number = float(found.group(1))
    except ValueError:
        return otherwise
    return number * whole / 100 if found.group(2) == "%" else number * _POINTS.get(found.group(2) or "pt", 1.0)


class OpenSight:
    """What is seen of the texts of one document."""

    def __init__(self, content: Any, styles: Any) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._usual: dict[str, Any] = {}
        self._found: dict[Any, tuple[Place, Look]] = {}
        self._merged: dict[tuple[str, str], Properties] = {}
        self._page: Colour = WHITE
        for root in (styles, content):
            for each in root.iter() if root is not None else ():
                self._learn(each)

    def hides(self, element: Any) -> Reason | None:
        """Why the text right inside an element is not seen."""
        place, look = self._at(element)
        return why(look, place)

    def _learn(self, element: Any) -> None:
        name, family = name_of(element), attribute(element, "family") or ""
        if name == "style":
            self._styles[family, attribute(element, "name") or ""] = element
        elif name == "default-style":
            self._usual[family] = element
        elif name == "page-layout-properties":
            self._page = _fill(dict(_local(element))) or self._page

    def _at(self, element: Any) -> tuple[Place, Look]:
        if element is None:
            return Place(None, (self._page,)), self._look(self._own("paragraph", None), Look())
        if element not in self._found:
            self._found[element] = self._within(element, *self._at(element.getparent()))
        return self._found[element]

    def _within(self, element: Any, place: Place, look: Look) -> tuple[Place, Look]:
        """What holds the texts right inside an element, and their look, given what holds the element."""
        name = name_of(element)
        family = _FAMILIES.get(name)
        if name in ("hidden-text", "hidden-paragraph") and attribute(element, "is-hidden") in _TRUE:
            return Place(Reason.NOT_DRAWN, place.behind), look
        if name.startswith(("header", "footer")) and attribute(element, "display") == "false":
            return Place(Reason.NOT_DRAWN, place.behind), look
        if family is None:
            return place, look
        properties = self._own(family, attribute(element, "style-name"))
        if family == "text":
            return place, self._look(properties, look)
        reason = place.reason or _by_element(element, name) or _by_properties(properties)
        behind = self._behind(properties, family, place)
        if family == "paragraph":
            look = self._look(properties, self._look(self._own("paragraph", None), Look()))
        return Place(reason, behind), look

    def _own(self, family: str, name: str | None) -> Properties:
        """What a style says together with its parents and the family's defaults."""
        key = (family, name or "")
        if key not in self._merged:
            chain: list[Any] = []
            style = self._styles.get(key)
            while style is not None and style not in chain and len(chain) < 20:
                chain.append(style)
                style = self._styles.get((family, attribute(style, "parent-style-name") or ""))
            usual = self._usual.get(family) if family != "text" else None
            merged: Properties = {}
            for each in (usual, *reversed(chain)):
                for part in each if each is not None else ():
                    merged = _over(merged, part)
            self._merged[key] = merged
        return self._merged[key]

    @staticmethod
    def _look(properties: Properties, outer: Look) -> Look:
        size = length(properties.get("text.font-size"), outer.size or 12.0, outer.size or 12.0)
        colour = colour_of(properties.get("text.color")) or outer.colour
        is_automatic = properties.get("text.use-window-font-color") in _TRUE
        if is_automatic:
            colour = None
        reason = outer.reason
        if properties.get("text.display") in ("none", *_TRUE):
            reason = Reason.NOT_DRAWN
        elif not is_automatic and length(properties.get("text.opacity"), 100.0, 100.0) <= 5:
            reason = Reason.TRANSPARENT
        elif length(properties.get("text.text-scale"), 100.0, 100.0) <= 5:
            reason = Reason.TINY
        return Look(reason, colour, colour_of(properties.get("text.background-color")) or outer.behind, size)

    @staticmethod
    def _behind(properties: Properties, family: str, place: Place) -> tuple[Colour | None, ...]:
        if family == "graphic":
            fill, said = properties.get("graphic.fill"), colour_of(properties.get("graphic.background-color"))
            if fill in ("bitmap", "gradient", "hatch"):
                return (None,)
            drawn = colour_of(properties.get("graphic.fill-color")) if fill == "solid" else None
            return (drawn or said,) if drawn or said else place.behind
        said = _fill({key.partition(".")[2]: value for key, value in properties.items() if not key.startswith("text.")})
        return (said,) if said else place.behind


def _local(element: Any) -> list[tuple[str, str]]:
    return [(key.rpartition("}")[2], value) for key, value in element.attrib.items()]


def _over(merged: Properties, part: Any) -> Properties:
    """The properties with those of one group of them over them, by the group's name."""
    group = name_of(part).removesuffix("-properties")
    own = {f"{group}.{key}": value for key, value in _local(part)}
    outer = merged.get("text.font-size")
    if group == "text" and outer and (own.get("text.font-size") or "").endswith("%"):
        own["text.font-size"] = f"{length(own['text.font-size'], 12.0, length(outer, 12.0))}pt"
    if "text.color" in own and "text.use-window-font-color" not in own:
        own["text.use-window-font-color"] = "false"
        if merged.get("text.use-window-font-color") in _TRUE:  # LibreOffice gives the automatic colour an opacity of 0
            own.setdefault("text.opacity", "100%")
    return merged | own


def _fill(properties: Properties) -> Colour | None:
    return colour_of(properties.get("background-color")) or (
        colour_of(properties.get("fill-color")) if properties.get("fill") == "solid" else None
    )


def _by_element(element: Any, name: str) -> Reason | None:
    """Why nothing in an element is seen, by what it says of itself."""
    if name == "section" and attribute(element, "display") == "none":
        return Reason.NOT_DRAWN
    if name in ("p", "h") and any(
        name_of(each) == "hidden-paragraph" and attribute(each, "is-hidden") in _TRUE for each in element
    ):
        return Reason.NOT_DRAWN
    if name == "table-row" and attribute(element, "visibility") in ("collapse", "filter"):
        return Reason.NOT_DRAWN
    if name not in ("frame", "custom-shape", "rect"):
        return None
    width, height = (length(attribute(element, side), 99.0) for side in ("width", "height"))
    grows = attribute(child(element, "text-box"), "min-height") is not None and height >= 3
    if min(width, height) < 3 and not grows:
        return Reason.COVERED
    for axis, size in (("x", width), ("y", height)):
        place = length(attribute(element, axis), 0.0)
        if place > _PAGE_END or place + size < -150:
            return Reason.OFF_PAGE
    return None


def _by_properties(properties: Properties) -> Reason | None:
    """Why nothing of a paragraph or a row is seen, by its measures."""
    if not -_PAGE_END / 2 < length(properties.get("paragraph.margin-left"), 0.0) < _PAGE_END / 2:
        return Reason.OFF_PAGE
    lines = properties.get("paragraph.line-height", "")
    row = properties.get("table-row.row-height")
    if (not lines.endswith("%") and length(lines, 99.0) < 3) or length(row, 99.0) < 3:
        return Reason.COVERED
    return None
