"""A page written as plain text, HTML, RTF, DOCX, ODT or PDF; the same page always gives the same bytes."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from html import escape
from io import BytesIO

from scripts.eval.samples.layouts import Page, Row

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_O = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT = "application/vnd.oasis.opendocument.text"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def text(page: Page) -> bytes:
    """Plain text; headings in capitals, a blank line before them."""
    lines = []
    for row in page.rows():
        line = "\t".join(part for part in (row.left, _bulleted(row), row.right) if part)
        lines.extend(["", line.upper(), ""] if row.style == "heading" else [line])
    return ("\n".join(lines) + "\n").encode()


def html(page: Page) -> bytes:
    """HTML with headings, lists, and dates that float to the right or stand in a cell."""
    body = "\n".join(map(_html_row, page.rows()))
    return f'<!doctype html>\n<html><head><meta charset="utf-8"><title>CV</title></head><body>\n{body}\n</body></html>\n'.encode()


def _html_row(row: Row) -> str:
    said = escape(row.text)
    if row.left:
        return f"<table><tr><td>{escape(row.left)}</td><td>{said}</td></tr></table>"
    if row.right:
        return f'<div><strong>{said}</strong><span style="float:right">{escape(row.right)}</span></div>'
    opening, closing = {
        "name": ("<h1>", "</h1>"),
        "heading": ("<h2>", "</h2>"),
        "bullet": ("<ul><li>", "</li></ul>"),
    }.get(row.style, ("<p>", "</p>"))
    return opening + said + closing


def rtf(page: Page) -> bytes:
    """RTF; the page header is a header group."""
    header = "".join(f"{_rtf_text(row.text)}\\par " for row in page.header)
    rows = "".join(_rtf_row(row) for row in (*page.side, *page.main))
    group = f"{{\\header {header}}}" if header else ""
    return f"{{\\rtf1\\ansi\\ansicpg1252\\uc1{{\\fonttbl{{\\f0 Arial;}}}}{group}{rows}}}".encode("ascii")


def _rtf_row(row: Row) -> str:
    return "\\tab ".join(_rtf_text(part) for part in (row.left, _bulleted(row), row.right) if part) + "\\par\n"


def _rtf_text(said: str) -> str:
    said = said.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    return "".join(character if character.isascii() else f"\\u{ord(character)}?" for character in said)


def docx(page: Page) -> bytes:
    """Word; the side column is a cell of a table, the page header a part of its own."""
    header = f"<w:hdr {_W}>{''.join(map(_word_row, page.header))}</w:hdr>"
    main = "".join(map(_word_row, page.main))
    if page.side:
        side = "".join(map(_word_row, page.side))
        main = f"<w:tbl><w:tr><w:tc>{side}</w:tc><w:tc>{main}</w:tc></w:tr></w:tbl>"
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{_WORD_TYPE}.header+xml"/></Types>',
        "_rels/.rels": _relationship("officeDocument", "word/document.xml"),
        "word/document.xml": f'<w:document {_W} xmlns:r="{_RELATIONSHIPS}"><w:body>{main}{section}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relationship("header", "header1.xml"),
        "word/header1.xml": header,
    }
    return _zipped(parts)


def _relationship(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/></Relationships>'
    )


def _word_row(row: Row) -> str:
    if row.left:
        cells = "".join(f"<w:tc>{_word_paragraph([said])}</w:tc>" for said in (row.left, row.text))
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    return _word_paragraph([part for part in (row.text, row.right) if part])


def _word_paragraph(parts: Iterable[str]) -> str:
    runs = "<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{escape(part)}</w:t></w:r>" for part in parts)
    return f"<w:p>{runs}</w:p>"


def odt(page: Page) -> bytes:
    """OpenDocument; the page header belongs to the master page."""
    names = f'xmlns:office="{_O}office:1.0" xmlns:text="{_O}text:1.0" xmlns:style="{_O}style:1.0"'
    body = "".join(map(_open_row, (*page.side, *page.main)))
    header = "".join(map(_open_row, page.header))
    parts = {
        "mimetype": _ODT,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_O}manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        "content.xml": f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {names}><office:master-styles><style:master-page><style:header>{header}"
        "</style:header></style:master-page></office:master-styles></office:document-styles>",
    }
    return _zipped(parts)


def _open_row(row: Row) -> str:
    return f"<text:p>{'<text:tab/>'.join(escape(part) for part in (row.left, row.text, row.right) if part)}</text:p>"


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def _bulleted(row: Row) -> str:
    return f"• {row.text}" if row.style == "bullet" else row.text


def pdf(page: Page) -> bytes:
    """PDF with a font that every reader has; the side column at the left, dates at the right margin."""
    left = 220 if page.side else 50
    content = "\n".join([*_pdf_column((*page.header, *page.main), left), *_pdf_column(page.side, 40)])
    stream = content.encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    return _pdf_file(objects)


def _pdf_column(rows: Iterable[Row], left: int) -> Iterator[str]:
    y = 800
    for row in rows:
        size = {"name": 18, "heading": 13}.get(row.style, 10)
        y -= {"name": 24, "heading": 26}.get(row.style, 14)
        yield _pdf_text(row.left, 50, y, 10)
        yield _pdf_text(_bulleted(row), left + (130 if row.left else 0), y, size)
        yield _pdf_text(row.right, 550 - int(5.2 * len(row.right)), y, 10)


def _pdf_text(said: str, x: int, y: int, size: int) -> str:
    said = said.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({said}) Tj ET" if said else ""


def _pdf_file(objects: list[bytes]) -> bytes:
    file, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return file + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(file),
    )  # fmt: skip


WRITERS: dict[str, Callable[[Page], bytes]] = {
    "txt": text, "html": html, "rtf": rtf, "docx": docx, "odt": odt, "pdf": pdf,
}  # fmt: skip
