"""Files that do harm to whoever reads them: small ones that want gigabytes, go round in circles, or keep a parser busy for ever.

Each is made when it is asked for; none takes long to make, and all are the same at each run.
"""

import struct
import zlib
from collections.abc import Callable, Mapping

from tests.support.documents import docx, odt, packed

MEGABYTE = 1 << 20
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN_DOCUMENT = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> %s >> /Contents 4 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def _swollen(block: bytes, times: int) -> bytes:
    """What deflates to a block so many times over, without the work of compressing all of it; its checksum is wrong."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + once * times + packer.flush()


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from one; the first is its catalog."""
    content, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        len(content),
    )
    return bytes(content + head + table + end)


def _page(content: bytes, entries: bytes = b"", resources: bytes = b"") -> bytes:
    return _pdf(CATALOG, PAGES, PAGE % resources, _stream(content, entries))


def _flate() -> bytes:
    return _page(_swollen(b"BT /F1 9 Tf (again and again) Tj ET\n" * 30_000, 1000), b"/Filter /FlateDecode")


def _flate_of_nothing() -> bytes:
    inner = _swollen(bytes(MEGABYTE), 1000)
    return _page(zlib.compress(inner), b"/Filter [/FlateDecode /FlateDecode]")


def _object_stream() -> bytes:
    """The catalog lies in an object stream that unpacks to a gigabyte."""
    first = b"1 0 2 40 3 90 "
    body = first + CATALOG.ljust(40) + PAGES.ljust(50) + (PAGE % b"")
    packed_objects = _swollen(body + b" " * (MEGABYTE - len(body)), 1000)
    entries = b"/Type /ObjStm /N 3 /First %d /Filter /FlateDecode" % len(first)
    head = b"%PDF-1.7\n"
    stream = b"5 0 obj\n" + _stream(packed_objects, entries) + b"\nendobj\n"
    rows = b"".join(
        struct.pack(">BIH", *row)
        for row in [
            (0, 0, 0),
            (2, 5, 0),
            (2, 5, 1),
            (2, 5, 2),
            (0, 0, 0),
            (1, len(head), 0),
            (1, len(head + stream), 0),
        ]
    )
    table = b"6 0 obj\n" + _stream(rows, b"/Type /XRef /W [1 4 2] /Size 7 /Root 1 0 R") + b"\nendobj\n"
    return head + stream + table + b"startxref\n%d\n%%%%EOF\n" % len(head + stream)


def _cyclic_pages() -> bytes:
    loop = b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 1000000 /Parent 3 0 R >>"
    return _pdf(CATALOG, loop, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000000 /Parent 2 0 R >>", _stream(b""))


def _cyclic_tables() -> bytes:
    """Each table of the objects says that another one came before it."""
    document = _pdf(CATALOG, PAGES, PAGE % b"", _stream(b"BT (x) Tj ET"), trailer=b"/Prev 0000")
    return document.replace(b"/Prev 0000", b"/Prev %04d" % document.index(b"xref"))


def _many_pages() -> bytes:
    count = 20_000
    kids = b" ".join(b"%d 0 R" % number for number in range(4, count + 4))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>"
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return _pdf(CATALOG, pages, _stream(b"BT (x) Tj ET"), *[page] * count)


def _deep_objects() -> bytes:
    return _page(b"[" * MEGABYTE + b"<<" * MEGABYTE, resources=b"/Deep " + b"[" * 200_000 + b"]" * 200_000)


def _deep_page_tree() -> bytes:
    depth = 5_000
    levels = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(depth)]
    return _pdf(CATALOG, *levels, PAGE % b"")


def _giant_table() -> bytes:
    """A table of two thousand million objects, and objects with numbers to match."""
    document = _pdf(CATALOG, PAGES, PAGE % b"", _stream(b"BT (x) Tj ET"))
    return document.replace(b"xref\n0 5", b"xref\n0 2147483647").replace(b"/Size 5", b"/Size 2147483647")


def _images() -> bytes:
    image = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    draw = (
        b"q 612 0 0 792 0 0 cm /I Do Q BT /F1 9 Tf 1 1 1 rg (a white word before a picture of ten gigabytes) Tj ET "
        * 20
    )
    return _pdf(
        CATALOG,
        PAGES,
        PAGE % b"/XObject << /I 5 0 R >>",
        _stream(draw),
        _stream(_swollen(bytes(MEGABYTE), 5000), image),
    )


def _vast_page() -> bytes:
    content = b"BT /F1 9 Tf 1 1 1 rg 1000000000 1000000000 Td (a white word far away) Tj ET"
    return _page(content).replace(b"[0 0 612 792]", b"[0 0 2000000000 2000000000]")


def _forms_in_forms() -> bytes:
    """Forms of which each draws the next one ten times, nine deep, the last one a word, and one itself."""
    levels = 9
    forms = [
        _stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X %d 0 R >> >>"
            % (number + 6),
        )
        for number in range(levels)
    ]
    word = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 5 0 R >> >>"
    return _pdf(
        CATALOG,
        PAGES,
        PAGE % b"/XObject << /X 5 0 R >>",
        _stream(b"/X Do"),
        *forms,
        _stream(b"BT (a) Tj ET /X Do", word),
    )


def _much_text() -> bytes:
    line = b"BT /F1 9 Tf 1 0 0 1 50 700 Tm (January 2019 - 2020, +49 170 5550123, a@example.org) Tj ET\n"
    return _page(_swollen(line * 1000, 20), b"/Filter /FlateDecode")


def _word(body: str, before: str = "") -> bytes:
    return docx(
        {"word/document.xml": f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()}
    )


def _open(body: str, before: str = "") -> bytes:
    text = f"<office:document-content {OPEN_DOCUMENT}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return odt({"content.xml": (before + text).encode()})


def _laughs(root: str) -> str:
    lines = "".join(f'<!ENTITY l{number + 1} "{f"&l{number};" * 10}">' for number in range(12))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "ha">{lines}]>'


def _blowup(root: str) -> str:
    return f'<!DOCTYPE {root} [<!ENTITY long "{"x" * 60_000}">]>'


def _lying_archive() -> bytes:
    """The directory says a hundred bytes where there is a gigabyte."""
    content = packed({"word/document.xml": bytes(100)})
    small = zlib.compressobj(-1, zlib.DEFLATED, -15)
    return content.replace(small.compress(bytes(100)) + small.flush(), _swollen(bytes(MEGABYTE), 1000)[2:-4], 1)


def _overlapping_archive() -> bytes:
    """Twenty thousand members that share the bytes of one of a few megabytes."""
    body = zlib.compress(bytes(2 * MEGABYTE), 9, -15)
    size, checksum = 2 * MEGABYTE, zlib.crc32(bytes(2 * MEGABYTE))
    name = b"word/document.xml"
    fields = struct.pack("<5H3I2H", 20, 0, 8, 0, 0, checksum, len(body), size, len(name), 0)
    content = b"PK\x03\x04" + fields + name + body
    entries = b""
    for number in range(20_000):
        called = name if not number else b"word/header%d.xml" % number
        fields = struct.pack("<6H3I5H2I", 20, 20, 0, 8, 0, 0, checksum, len(body), size, len(called), 0, 0, 0, 0, 0, 0)
        entries += b"PK\x01\x02" + fields + called
    return (
        content + entries + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 20_000, 20_000, len(entries), len(content), 0)
    )


PDF: Mapping[str, Callable[[], bytes]] = {
    "flate": _flate,
    "flate_of_nothing": _flate_of_nothing,
    "object_stream": _object_stream,
    "cyclic_pages": _cyclic_pages,
    "cyclic_tables": _cyclic_tables,
    "many_pages": _many_pages,
    "deep_objects": _deep_objects,
    "deep_page_tree": _deep_page_tree,
    "giant_table": _giant_table,
    "images": _images,
    "vast_page": _vast_page,
    "forms_in_forms": _forms_in_forms,
    "much_text": _much_text,
}
OFFICE: Mapping[str, Callable[[], bytes]] = {
    "word_large_member": lambda: docx({"word/media/a": bytes(60 * MEGABYTE)}),
    "word_lying_archive": _lying_archive,
    "word_overlapping_archive": _overlapping_archive,
    "word_laughs": lambda: _word("<w:p><w:r><w:t>&l12;</w:t></w:r></w:p>", _laughs("w:document")),
    "word_blowup": lambda: _word("<w:p><w:r><w:t>" + "&long;" * 60_000 + "</w:t></w:r></w:p>", _blowup("w:document")),
    "word_depth": lambda: _word("<w:p>" * 500_000 + "</w:p>" * 500_000),
    "word_huge_run": lambda: _word("<w:p><w:r><w:t>" + "2019 - 2020 " * 3_500_000 + "</w:t></w:r></w:p>"),
    "word_many_elements": lambda: _word("<w:p/>" * 7_000_000),
    "word_many_hidden": lambda: _word("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>" * 500_000),
    "word_many_cells": lambda: _word("<w:tbl>" + f"<w:tr>{'<w:tc><w:p/></w:tc>' * 1000}</w:tr>" * 1000 + "</w:tbl>"),
    "open_laughs": lambda: _open("<text:p>&l12;</text:p>", _laughs("office:document-content")),
    "open_blowup": lambda: _open("<text:p>" + "&long;" * 60_000 + "</text:p>", _blowup("office:document-content")),
    "open_depth": lambda: _open("<text:p>" * 500_000 + "</text:p>" * 500_000),
    "open_many_spaces": lambda: _open('<text:p>a<text:s text:c="2000000000"/>b</text:p>' * 1000),
}
MARKUP: Mapping[str, Callable[[], bytes]] = {
    "rtf_groups": lambda: b"{\\rtf1 " + b"{" * 3_000_000 + b"}" * 3_000_000 + b"}",
    "rtf_open_groups": lambda: b"{\\rtf1 " + b"{\\header " * 500_000,
    "rtf_binary": lambda: b"{\\rtf1 \\bin2147483647 " + b"x" * 1000 + b"\\u-32768 \\ucbin99999999999 }",
    "rtf_words": lambda: b"{\\rtf1 " + b"\\b0\\i1 a\\par " * 600_000 + b"}",
    "html_depth": lambda: b"<html>" + b"<div>" * 200_000 + b"deep" + b"</div>" * 200_000,
    "html_spans": lambda: b"<html>" + b"<span style='float:right'" * 300_000,
    "html_links": lambda: b"<html>" + b"<a " * 1_500_000 + b"href='https://example.org'>",
    "html_table": lambda: b"<html><table>" + b"<tr><td>a<td>b<table>" * 100_000,
    "html_styles": lambda: b"<html><style>" + b".a{display:none}" * 300_000 + b"</style>" + b"<p class=a>x" * 100_000,
}
TEXTS: Mapping[str, Callable[[], bytes]] = {
    "digits": lambda: b"0123456789" * 20_000,
    "numbers": lambda: b"+1 202 555 01 " * 15_000,
    "dates": lambda: b"01/2019 - 02/2020 - " * 10_000,
    "date_lines": lambda: b"Engineer, Example Ltd, January 2019 - 2020\n" * 5_000,
    "addresses": lambda: b"a@b.c." * 40_000,
    "at_signs": lambda: b"@" * 200_000,
    "links": lambda: b"https://www.example.org/a?b=c" * 7_000,
    "white_space": lambda: b"a" + b" \t" * 100_000 + b"b",
    "line_ends": lambda: b"a\n" * 100_000,
    "brackets": lambda: b"(" * 100_000 + b")" * 100_000,
    "headings": lambda: b"EXPERIENCE\nEDUCATION\nSKILLS\n" * 7_000,
    "capitals": lambda: b"Ada Lovelace Grace Hopper " * 8_000,
    "commas": lambda: b"Skills\n" + b"SQL, " * 40_000,
    "bullets": lambda: b"Experience\n2019 - 2020\n" + "• x\n".encode() * 60_000,
    "marks": ("e" + "\u0301" * 200_000).encode,
    "ligatures": lambda: "\ufdfa".encode() * 200_000,  # each becomes eighteen characters
}
ALL: Mapping[str, Callable[[], bytes]] = {**PDF, **OFFICE, **MARKUP, **TEXTS}
