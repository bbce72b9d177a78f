"""DOCX and OpenDocument: all of the text, page headers, footers and text boxes included."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from impl.resumes.document import Document, Unreadable
from impl.resumes.visible.hidden import Flag, Reason, mark, unmarked
from impl.resumes.visible.opendocument import OpenSight
from impl.resumes.visible.sides import unused_sides
from impl.resumes.visible.word import WordSight

_SKIPPED = {"Fallback", "del", "moveFrom", "instrText", "delText", "annotation", "note", "tracked-changes", "bookmark"}
_BREAKS = {"p": "\n", "h": "\n", "br": "\n", "cr": "\n", "line-break": "\n", "tab": "\t", "tr": "\n", "table-row": "\n"}
_IN_RUNS = {"t": "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CELLS = {"tc", "table-cell"}
_PART = re.compile(r"word/(?:document|header\d*|footer\d*|styles|settings|theme/theme\d*|_rels/\w+\.xml)\.(?:xml|rels)")
_LINK = re.compile(r"^(?:https?://|mailto:|tel:)\S{3,500}$", re.IGNORECASE)

Hides = Callable[[Any], Reason | None]
Walk = Callable[[Any, Hides], Iterator[str]]


def read_docx(content: bytes) -> Document:
    """Page headers, body, footers; the notes at the end are no part of a resume."""
    with _opened(content) as archive:
        names = archive.namelist()
        parts = {name: _parsed(archive, name) for name in names if _PART.fullmatch(name)}
    body = parts["word/document.xml"]
    unused = unused_sides(parts)
    headers, footers = (
        [parts[name] for name in sorted(parts.keys() - unused) if name.startswith(f"word/{kind}")]
        for kind in ("header", "footer")
    )
    relations = [root for name, root in parts.items() if name.endswith(".rels")]
    links = [target for root in relations for target in root.xpath("//@Target") if _LINK.match(target)]
    roots = [*headers, body, *footers]
    theme = next((root for name, root in sorted(parts.items()) if name.startswith("word/theme/")), None)
    sight = WordSight(parts.get("word/styles.xml"), theme, parts.get("word/settings.xml"), roots, body)
    text = _with_unseen(_text_of(roots, _word, sight.hides), [parts[name] for name in sorted(unused)])
    flags = [Flag.UNSURE_VISIBILITY.value] if sight.is_unsure else []
    return _document("application/vnd.openxmlformats-officedocument.wordprocessingml.document", text, links, flags)


def _with_unseen(text: str, roots: list[Any]) -> str:
    """The text with marks for what stands on no page, as far as it says anything else."""
    said = [re.sub(f"[{_CELL}{_ROW_END}]", " ", _text_of([root], _word, lambda _: None)) for root in roots]
    visible = "".join(text.split())
    return "".join(f"{mark(each, Reason.NOT_DRAWN)}\n" for each in said if "".join(each.split()) not in visible) + text


def read_odt(content: bytes) -> Document:
    """The page header of the master page, the body, the footer."""
    with _opened(content) as archive:
        body = _parsed(archive, "content.xml")
        styles = _parsed(archive, "styles.xml") if "styles.xml" in archive.namelist() else None
    sides = [] if styles is None else styles.xpath("//*[local-name()='master-page']/*")
    headers = [side for side in sides if "header" in _name(side)]
    footers = [side for side in sides if "footer" in _name(side)]
    texts = body.xpath("//*[local-name()='body']")
    links = [link for link in body.xpath("//@*[local-name()='href']") if _LINK.match(link)]
    text = _text_of([*headers, *texts, *footers], _open, OpenSight(body, styles).hides)
    return _document("application/vnd.oasis.opendocument.text", text, links, [])


def _text_of(roots: list[Any], walk: Walk, hides: Hides) -> str:
    return "\n".join("".join(walk(root, hides)) for root in roots)


def _document(media_type: str, text: str, links: list[str], flags: list[str]) -> Document:
    rows = _ROW.sub(_as_row, text)
    lines = re.sub(f"[{_CELL}{_ROW_END}]", "\n", text)
    return Document.of(media_type, [("stream", lines), ("columns", rows)], map(str, links), None, flags)


def _shown(text: str, reason: Reason | None) -> str:
    """A text of the file, marked when it is hidden."""
    return mark(text, reason) if reason and text else unmarked(text)


_CELL, _ROW_END = "\ue810", "\ue811"
_ROW = re.compile(f"[^{_ROW_END}]*{_ROW_END}|[{_CELL}]")


def _as_row(found: re.Match[str]) -> str:
    """Cells of one line each stand beside each other, as one sees them; others one below the other."""
    cells = [cell.strip("\n ") for cell in found.group().strip(_ROW_END).split(_CELL)]
    head, newline, first = cells[0].rpartition("\n\n")
    if all("\n" not in cell for cell in [first, *cells[1:]]):
        return head + newline + "\n" + "\t".join(cell for cell in [first, *cells[1:]] if cell) + "\n"
    return "\n".join(cells) + "\n"


def _opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(content))


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError) as error:
        if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise Unreadable("damaged", f"The part {name} of the file is damaged.") from error
    except (RuntimeError, NotImplementedError) as error:
        raise Unreadable("encrypted", "The file is encrypted.") from error


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _events(root: Any) -> Iterator[tuple[str, Any, str]]:
    """Each element as it starts and ends, without the parts that nobody sees."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = _name(element)
        if event == "start" and name in _SKIPPED:
            walker.skip_subtree()
        yield event, element, name if name not in _SKIPPED else ""


def _word(root: Any, hides: Hides) -> Iterator[str]:
    for event, element, name in _events(root):
        if event == "start":
            yield "• " if name == "pPr" and _is_listed(element) else ""
            yield "\n" if name == "txbxContent" else ""
            if name in _IN_RUNS and _name(element.getparent()) == "r":
                said = element.text or "" if name == "t" else _IN_RUNS[name]
                yield _shown(said, hides(element.getparent()))
        elif name in ("p", "txbxContent"):
            yield "\n"
        elif name in _CELLS:
            yield _CELL if element.getnext() is not None else ""
        elif name == "tr":
            yield _ROW_END


def _is_listed(properties: Any) -> bool:
    """Whether a paragraph with these properties is an item of a list."""
    numbers = properties.xpath("./*[local-name()='numPr']/*[local-name()='numId']/@*[local-name()='val']")
    styles = properties.xpath("./*[local-name()='pStyle']/@*[local-name()='val']")
    is_heading = any("heading" in style.lower() or "title" in style.lower() for style in styles)
    return not is_heading and (
        any(number != "0" for number in numbers) or any(style.startswith("List") for style in styles)
    )


def _open(root: Any, hides: Hides) -> Iterator[str]:
    for event, element, name in _events(root):
        if event == "start":
            said = _BREAKS[name] if name in ("tab", "line-break") else " " if name == "s" else ""
            yield _shown(said, hides(element)) if said else ""
            yield "\n" if name == "text-box" else "• " if name == "list-item" else ""
            yield _shown(element.text, hides(element)) if element.text else ""
            continue
        if name in ("p", "h"):
            yield "\n"
        elif name in _CELLS:
            yield _CELL if element.getnext() is not None else ""
        elif name == "table-row":
            yield _ROW_END
        yield _shown(element.tail, hides(element.getparent())) if element.tail else ""
