"""Small documents of several kinds, as honest writers write them."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

WORD_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
WORD_TEXT = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
ODT = b"application/vnd.oasis.opendocument.text"


def pdf(text: str) -> bytes:
    """A document of one page, as small as one can be."""
    return _with_stream(f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET")


def page(*lines: str) -> bytes:
    """A document of one page with these lines, one below the other."""
    return _with_stream(
        "".join(f"BT /F1 11 Tf 72 {760 - 18 * at} Td ({line}) Tj ET\n" for at, line in enumerate(lines))
    )


def _with_stream(shown: str) -> bytes:
    stream = shown.encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    content, offsets = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + head + table + trailer


def packed(members: Mapping[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """A container of these members."""
    made = io.BytesIO()
    with ZipFile(made, "w", method) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return made.getvalue()


def docx(more: Mapping[str, bytes] | None = None) -> bytes:
    """A document of Word's, with further members."""
    return packed({"[Content_Types].xml": WORD_TYPES, "word/document.xml": WORD_TEXT, **(more or {})})


def odt(more: Mapping[str, bytes] | None = None) -> bytes:
    """A document of LibreOffice's, with further members."""
    return packed({"mimetype": ODT, "content.xml": b"<office:document-content/>", **(more or {})})
