"""Which page headers and footers of a Word document stand on some page."""

from collections.abc import Mapping
from typing import Any

from impl.resumes.visible.word import attribute, child, is_on, name_of

_REFERENCES = ("headerReference", "footerReference")


def unused_sides(parts: Mapping[str, Any]) -> set[str]:
    """The names of the parts that no section shows; none where the file does not say how its parts belong together."""
    relations = parts.get("word/_rels/document.xml.rels")
    if relations is None:
        return set()
    targets = {attribute(each, "Id"): (attribute(each, "Target") or "").rpartition("/")[2] for each in relations}
    shown = {targets.get(reference) for reference in _shown(parts["word/document.xml"], parts.get("word/settings.xml"))}
    sides = {name for name in parts if name.startswith(("word/header", "word/footer"))}
    return {name for name in sides if name.rpartition("/")[2] not in shown}


def _shown(body: Any, settings: Any) -> set[str | None]:
    """The references to parts of a kind that is in use: first pages and even pages may have none of their own."""
    kinds = {None, "default"}
    sections = [each for each in body.iter() if name_of(each) == "sectPr"]
    if any(is_on(child(section, "titlePg")) for section in sections):
        kinds.add("first")
    if is_on(child(settings, "evenAndOddHeaders")):
        kinds.add("even")
    return {
        attribute(each, "id")
        for section in sections
        for each in section
        if name_of(each) in _REFERENCES and attribute(each, "type") in kinds
    }
