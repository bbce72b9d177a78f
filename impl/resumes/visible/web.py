"""Which text of an HTML page a person does not see: by its attributes, its styles and its style sheets."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from resiliparse.parse.html import HTMLTree, NodeType

from impl.resumes.visible import css
from impl.resumes.visible.colours import WHITE, Colour
from impl.resumes.visible.hidden import Reason, mark, unmarked
from impl.resumes.visible.look import Look, Place, why

MAX_NODES = 100_000
_MOST_WORK = 100_000  # selectors that are tried
_MAX_SHEETS = 50
_MAX_SHEET = 500_000  # characters
_UNSEEN_TAGS = {"template", "datalist", "noframes"}
_NEVER_TEXT = {"script", "style", "head", "title", "nav"}
_FAR = 1_000.0  # pixels: what is moved so far to the left or up is off the page
_FAINT = 0.06
_OURS = re.compile("[\ue800-\ue8ff]")  # what the reader has put between cells

Styles = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of an element: what it hands down to what is in it."""

    gone: Reason | None = None  # of everything in it
    is_visible: bool = True  # what is in it may say otherwise
    colour: Colour | None = None
    opacity: float = 1.0  # of the colour
    behind: tuple[Colour | None, ...] = (WHITE,)
    size: float = 16.0
    shown: float = 1.0  # the opacity of everything in it
    indent: float = 0.0
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> Reason | None:
        """Why a text right in the element is not seen."""
        reason = None if self.is_visible else Reason.NOT_DRAWN
        if self.shown <= _FAINT or (self.colour is not None and self.opacity <= _FAINT):
            reason = reason or Reason.TRANSPARENT
        if self.indent <= -_FAR / 2 or self.indent >= 4 * _FAR:
            reason = reason or Reason.OFF_PAGE
        return why(Look(reason, self.colour, None, self.size * 0.75), Place(self.gone, self.behind))


def mark_hidden(tree: HTMLTree) -> bool:
    """Mark the hidden texts of the tree in their places; false when it is too much to look at all of it."""
    document: Any = tree.document
    cascade = _Cascade(document)
    waiting: list[tuple[Any, _Seen]] = [(document.first_child, _Seen())] if document.first_child else []
    count = 0
    while waiting and count < MAX_NODES:
        node, outer = waiting.pop()
        count += 1
        if node.next is not None:
            waiting.append((node.next, outer))
        if node.type == NodeType.TEXT:
            _mark(node, outer.reason)
        elif node.first_child is not None and (node.type != NodeType.ELEMENT or node.tag not in _NEVER_TEXT):
            seen = _within(outer, node, cascade.of(node)) if node.type == NodeType.ELEMENT else outer
            waiting.append((node.first_child, seen))
    return not waiting and cascade.is_whole


def _mark(node: Any, reason: Reason | None) -> None:
    value = node.value
    if reason is not None and value.strip():
        node.value = f" {mark(_OURS.sub(' ', value), reason)} "
    elif value != unmarked(value):
        node.value = unmarked(value)


class _Cascade:
    """Which declarations of the page's style sheets hold for which element."""

    def __init__(self, document: Any) -> None:
        sheets = [each.text for each in itertools.islice(document.query_selector_all("style"), _MAX_SHEETS)]
        rules = css.rules("\n".join(sheets)[:_MAX_SHEET])
        self.is_whole = len(rules) <= css.MAX_RULES
        self._work = _MOST_WORK
        self._rules: dict[str, list[tuple[int, css.Rule]]] = {}
        for order, rule in enumerate(rules):
            self._rules.setdefault(rule.key, []).append((order, rule))

    def of(self, element: Any) -> Styles:
        """The value of each property that is declared for an element."""
        keys = ["*", element.tag, *(f".{name}" for name in element.class_list)]
        if element.id:
            keys.append(f"#{element.id}")
        own = css.declarations(element.getattr("style") or "")
        said = [((important, (9, 0, 0), 0), name, value) for name, (value, important) in own.items()]
        for order, rule in (each for key in dict.fromkeys(keys) for each in self._rules.get(key, ())):
            if rule.selector == rule.key or self._matches(element, rule.selector):
                held = rule.declarations.items()
                said.extend(((important, rule.weight, order), name, value) for name, (value, important) in held)
        styles = dict(_attributes(element))
        styles.update({name: value for _, name, value in sorted(said)})
        return styles

    def _matches(self, element: Any, selector: str) -> bool:
        self._work -= 1
        if self._work < 0:
            self.is_whole = False
            self._rules.clear()
            return False
        try:
            return bool(element.matches(selector))
        except Exception:  # a selector that it does not know; the library has no error of its own to name here
            return False


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    """What attributes say that older pages use in place of styles, and `hidden`."""
    if (
        element.tag in _UNSEEN_TAGS
        or element.hasattr("hidden")
        or (element.tag == "dialog" and not element.hasattr("open"))
    ):
        yield "display", "none"
    if element.tag == "font" and element.hasattr("color"):
        yield "color", element.getattr("color")
    if element.hasattr("bgcolor"):
        yield "background-color", element.getattr("bgcolor")
    if element.tag == "body" and element.hasattr("text"):
        yield "color", element.getattr("text")
    if element.tag == "mark":
        yield "background-color", "yellow"


def _within(outer: _Seen, element: Any, styles: Styles) -> _Seen:
    """What an element hands down, given what is handed to it."""
    if not styles:
        return outer
    variables = outer.variables | {name: value for name, value in styles.items() if name.startswith("--")}
    styles = {name: css.resolved(value, variables) for name, value in styles.items()}
    said = {name: value.lower() for name, value in styles.items()}
    size = _size(said, outer.size)
    seen = replace(
        outer,
        gone=outer.gone or _gone(said, size),
        is_visible=_visible(said, outer.is_visible),
        size=size,
        shown=outer.shown * _opacity(said),
        indent=_length(said.get("text-indent"), size) or (0.0 if "text-indent" in said else outer.indent),
        variables=variables,
    )
    return _coloured(seen, said)


def _visible(said: Styles, outer: bool) -> bool:
    value = said.get("visibility", "")
    return outer if value in ("", "inherit") else value not in ("hidden", "collapse")


def _size(said: Styles, outer: float) -> float:
    value = said.get("font-size")
    if value is None and "font" in said:
        value = next(
            (word.partition("/")[0] for word in said["font"].split() if word[0].isdigit() or word[0] == "."), None
        )
    found = css.pixels(value, outer, outer) if value else None
    return outer if found is None else found


def _opacity(said: Styles) -> float:
    shown = 1.0
    for number, unit in css.numbers(said.get("opacity", ""))[:1]:
        shown *= number / 100 if unit == "%" else number
    if "opacity(" in said.get("filter", ""):
        for number, unit in css.numbers(said["filter"].partition("opacity(")[2])[:1]:
            shown *= number / 100 if unit == "%" else number
    return max(shown, 0.0)


def _coloured(seen: _Seen, said: Styles) -> _Seen:
    behind = seen.behind
    for name in ("background", "background-color"):
        if name in said:
            behind = _background(said[name], behind)
    if said.get("background-image", "none") != "none":
        behind = _background(said["background-image"], behind)
    base = next((each for each in behind if each), WHITE)
    colour, opacity = seen.colour, seen.opacity
    for name in ("color", "-webkit-text-fill-color"):
        if said.get(name, "inherit") not in ("inherit", "currentcolor"):
            colour, opacity = css.colour(said[name], base)
    if "text" in said.get("background-clip", said.get("-webkit-background-clip", "")):
        colour = None  # the background is seen through the letters
    return replace(seen, behind=behind, colour=colour, opacity=opacity)


def _background(value: str, behind: tuple[Colour | None, ...]) -> tuple[Colour | None, ...]:
    if "gradient(" in value or "url(data:" in value or "url('data:" in value or 'url("data:' in value:
        return (None,)
    for word in _words(value):
        found, opacity = css.colour(word, next((each for each in behind if each), WHITE))
        if found is not None and opacity > 0:
            return (found,)
    return behind


def _words(value: str) -> list[str]:
    """The words of a value; what stands in brackets stays together."""
    words, depth, word = [], 0, ""
    for character in f"{value} ":
        depth += (character == "(") - (character == ")")
        if character.isspace() and depth <= 0:
            words.append(word)
            word = ""
        else:
            word += character
    return [word for word in words if word]


def _length(value: str | None, em: float) -> float | None:
    return css.pixels(value, em, 1_280.0) if value else None


def _gone(said: Styles, size: float) -> Reason | None:
    """Why nothing in an element is seen, whatever the elements in it say."""
    if said.get("display") == "none" or said.get("content-visibility") == "hidden":
        return Reason.NOT_DRAWN
    if _is_far(said, size):
        return Reason.OFF_PAGE
    if _is_cut(said, size):
        return Reason.COVERED
    return None


def _is_far(said: Styles, size: float) -> bool:
    moved = said.get("position") in ("absolute", "fixed", "relative")
    sides = ["margin-left", "margin-top", *(["left", "top"] if moved else [])]
    lengths = [_length(said.get(side), size) for side in sides]
    if any(length is not None and length <= -_FAR / 2 for length in lengths):
        return True
    beyond = [_length(said.get(side), size) for side in ("right", "bottom")] if moved else []
    far = [_length(said.get(side), size) for side in ("left",)] if moved else []
    if any(length is not None and length <= -_FAR / 2 for length in beyond) or any(
        length is not None and length >= 4 * _FAR for length in far
    ):
        return True
    transform = f"{said.get('transform', '')} {said.get('translate', '')}"
    return "translate" in transform and any(
        number <= -_FAR / 2 or number >= 4 * _FAR
        for number, unit in css.numbers(transform)
        if unit in ("px", "pt", "", "em", "rem")
    )


def _is_cut(said: Styles, size: float) -> bool:
    transform = said.get("transform", "").replace(" ", "")
    if said.get("scale") == "0" or (
        any(f"scale{axis}(0" in transform for axis in ("", "x", "y")) and "scale(0." not in transform
    ):
        return True
    clip = said.get("clip", "")
    if clip.startswith("rect(") and said.get("position") in ("absolute", "fixed"):
        edges = [number for number, _ in css.numbers(clip)]
        if len(edges) == 4 and (edges[2] - edges[0] <= 2 or edges[1] - edges[3] <= 2):
            return True
    path = said.get("clip-path", "").replace(" ", "")
    if path.startswith("circle(0") or (
        path.startswith("inset(") and any(n >= 50 and u == "%" for n, u in css.numbers(path)[:1])
    ):
        return True
    hides = any(said.get(name, "") in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y"))
    sides = [_length(said.get(side), size) for side in ("width", "height", "max-width", "max-height")]
    return hides and any(side is not None and side <= 2 for side in sides)
