"""The little of CSS that can hide text: rules, which of them hold for an element, and what their values mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from impl.resumes.visible.colours import Colour, blended, colour_of

MAX_RULES = 2_000
_HIDING = re.compile(
    "--.*|display|visibility|content-visibility|opacity|filter|color|-webkit-text-fill-color|background(?:-color|-image|-clip)?|"
    "-webkit-background-clip|font|font-size|text-indent|position|left|right|top|bottom|margin-(?:left|top)|transform|translate|"
    "scale|clip|clip-path|overflow(?:-[xy])?|(?:max-)?(?:width|height)"
)
_BRACKETS = re.compile(r"\[[^\]]*\]|:[-\w]+\([^()]*(?:\([^()]*\)[^()]*)*\)|::?[-\w]+")
_COMMA = re.compile(r",(?![^()]*\))")
_GENERATED = re.compile("::|:(?:before|after|hover|focus|active|visited|first-line|first-letter)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_DECLARATION = re.compile(r"\s*([-\w]+)\s*:\s*((?:[^;\"'(]|\"[^\"]*\"|'[^']*'|\((?:[^()]|\([^()]*\))*\))*)")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)
_FUNCTION = re.compile(r"(rgba?|hsla?)\(([^)]*)\)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)\s*(px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in|pc|deg)?", re.IGNORECASE
)
_VARIABLE = re.compile(r"var\(\s*(--[-\w]+)\s*(?:,([^()]*))?\)")
_PIXELS = {
    "px": 1.0,
    "pt": 4 / 3,
    "cm": 37.8,
    "mm": 3.78,
    "in": 96.0,
    "pc": 16.0,
    "vw": 12.8,
    "vh": 8.0,
    "ex": 8.0,
    "ch": 8.0,
}
_SCREEN = 1_280  # pixels: how wide the window is taken to be

Declarations = dict[str, tuple[str, bool]]  # a property's value, and whether it is important


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector and what it declares."""

    selector: str
    declarations: Declarations
    weight: tuple[int, int, int]

    @property
    def key(self) -> str:
        """An id, a class or a tag, written as in a selector, that every element has for which the rule holds; else *."""
        last = _BRACKETS.sub("", self.selector).strip()
        last = re.split(r"[\s>+~]+", last)[-1]
        for pattern in (r"#[-\w]+", r"\.[-\w]+", r"^[a-zA-Z][-\w]*"):
            if (found := re.search(pattern, last)) is not None:
                return found.group() if pattern[0] != "^" else found.group().lower()
        return "*"


def rules(sheet: str) -> list[Rule]:
    """The rules of a style sheet that hold on a screen."""
    found: list[Rule] = []
    for selectors, body in _blocks(_COMMENT.sub(" ", sheet), 0):
        declared = {name: said for name, said in declarations(body).items() if _HIDING.fullmatch(name)}
        for selector in _COMMA.split(selectors) if declared else ():
            if selector.strip() and not _GENERATED.search(selector) and len(found) <= MAX_RULES:
                found.append(Rule(selector.strip(), declared, _weight(selector)))
    return found


def declarations(text: str) -> Declarations:
    """What a block, or a style attribute, declares."""
    text = _ESCAPE.sub(_unescaped, _COMMENT.sub(" ", text))
    found: Declarations = {}
    for each in _DECLARATION.finditer(text):
        name, value = each.group(1).lower(), each.group(2).strip()
        is_important = _IMPORTANT.search(value) is not None
        if is_important or not found.get(name, ("", False))[1]:
            found[name] = (_IMPORTANT.sub("", value), is_important)
    return found


def _unescaped(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else 0
    return chr(code) if 0x20 <= code < 0x110000 else found.group(2) or " "


def _blocks(sheet: str, depth: int) -> Iterator[tuple[str, str]]:
    """Selectors and bodies, also those within groups that hold on a screen."""
    at = 0
    while depth < 4 and (opened := sheet.find("{", at)) >= 0:
        head = sheet[at:opened].rpartition(";")[2].strip()
        end = _end(sheet, opened)
        body = sheet[opened + 1 : end]
        if not head.startswith("@"):
            yield head, body
        elif _holds(head.lower()):
            yield from _blocks(body, depth + 1)
        at = end + 1


def _end(sheet: str, opened: int) -> int:
    depth = 0
    for found in re.compile("[{}]").finditer(sheet, opened):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return found.start()
    return len(sheet)


def _holds(head: str) -> bool:
    if head.startswith(("@supports", "@layer", "@scope")):
        return True
    if not head.startswith("@media"):
        return False
    queries = [query.strip() for query in head.removeprefix("@media").split(",")]
    return any(_matches(query) for query in queries)


def _matches(query: str) -> bool:
    if any(word in query for word in ("print", "speech", "dark", "reduce", "portrait")) and not query.startswith(
        "not "
    ):
        return False
    for bound, pixels in re.findall(r"(min|max)-width\s*:\s*([\d.]+)", query):
        if (bound == "min") == (float(pixels) > _SCREEN):
            return False
    return True


def _weight(selector: str) -> tuple[int, int, int]:
    bare = re.sub(r"::[-\w]+", " ", selector)
    ids, classes = len(re.findall(r"#[-\w]+", bare)), len(re.findall(r"\.[-\w]+|\[[^\]]*\]|:[-\w]+", bare))
    return ids, classes, len(re.findall(r"(?:^|[\s>+~(])[a-zA-Z][-\w]*", bare))


def resolved(value: str, variables: dict[str, str]) -> str:
    """A value with its variables put in."""
    for _ in range(4):
        if "var(" not in value:
            break
        value = _VARIABLE.sub(lambda found: variables.get(found.group(1), found.group(2) or ""), value)
    return value


def pixels(value: str, em: float, whole: float) -> float | None:
    """A length in pixels; None for what is none."""
    found = _NUMBER.fullmatch(value.strip())
    if found is None:
        return None
    number, unit = float(found.group(1)), (found.group(2) or "px").lower()
    scale = {"em": em, "rem": 16.0, "%": whole / 100}.get(unit, _PIXELS.get(unit, 1.0))
    return number * scale


def numbers(value: str) -> list[tuple[float, str]]:
    """The numbers in a value with their units."""
    return [(float(number), unit.lower()) for number, unit in _NUMBER.findall(value)]


def colour(value: str, background: Colour) -> tuple[Colour | None, float]:
    """The colour that a value begins with and how opaque it is; None when it says none."""
    text = value.strip().lower()
    found = _FUNCTION.match(text)
    if found:
        return _function(found.group(1), found.group(2), background)
    word = re.split(r"[\s,/]", text, maxsplit=1)[0]
    if word == "transparent":
        return background, 0.0
    if re.fullmatch("#[0-9a-f]{8}|#[0-9a-f]{4}", word):
        digits = word[1:] if len(word) == 9 else "".join(digit * 2 for digit in word[1:])
        opacity = int(digits[6:], 16) / 255
        seen = colour_of(digits[:6]) or background
        return blended(seen, opacity, background), opacity
    said = colour_of(word) if word.startswith("#") or word.isalpha() else None
    return said, 1.0 if said else 0.0


def _function(name: str, inside: str, background: Colour) -> tuple[Colour | None, float]:
    said = numbers(inside)
    if len(said) < 3:
        return None, 0.0
    opacity = min(said[3][0] / (100 if said[3][1] == "%" else 1), 1.0) if len(said) > 3 else 1.0
    if name.startswith("rgb"):
        levels = [number * 2.55 if unit == "%" else number for number, unit in said[:3]]
    else:
        levels = _of_hue(said[0][0], said[1][0] / 100, said[2][0] / 100)
    red, green, blue = (min(max(round(level), 0), 255) for level in levels)
    return blended((red, green, blue), opacity, background), opacity


def _of_hue(hue: float, saturation: float, light: float) -> list[float]:
    reach = saturation * min(light, 1 - light)

    def level(offset: float) -> float:
        turn = (offset + hue / 30) % 12
        return 255 * (light - reach * max(-1.0, min(turn - 3, 9 - turn, 1.0)))

    return [level(0), level(8), level(4)]
