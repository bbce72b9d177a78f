"""Files as people and their programs leave them: locked, cut off, in old formats and encodings. Each is read, or says why not."""

import zipfile
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from impl.resumes.document import Unreadable
from impl.resumes.formats.pdf import MAX_PAGES
from impl.resumes.reading import read
from tests.resumes.locked import locked
from tests.resumes.scans import saved
from tests.support.documents import docx, odt, packed, pdf

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORDS = b"".join(b"<w:p><w:r><w:t>Line %d of a resume</w:t></w:r></w:p>" % number for number in range(400))
LONG = docx({"word/document.xml": b'<w:document xmlns:w="w"><w:body>' + WORDS + b"</w:body></w:document>"})
SECRET = b'<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'


def _flagged_as_encrypted(content: bytes) -> bytes:
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            changed[at + offset] |= 1
    return bytes(changed)


def _bent(content: bytes) -> bytes:
    at = content.index(b"word/document.xml") + 40
    return content[:at] + bytes(each ^ 0xFF for each in content[at : at + 8]) + content[at + 8 :]


@pytest.mark.parametrize(
    ("content", "code", "why"),
    [
        (locked("Ada", user="secret"), "encrypted", "password"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (odt({"META-INF/manifest.xml": SECRET, "content.xml": bytes(range(256))}), "encrypted", "password"),
        (_flagged_as_encrypted(docx()), "encrypted", "encrypted"),
        (OLD, "unsupported_format", "before 2007"),
        (packed({"notes.txt": b"hello"}), "unsupported_format", "neither"),
        (b"", "unsupported_format", "empty"),
        (b"\xef\xbb\xbf \r\n", "unsupported_format", "empty"),
        (bytes(100), "unsupported_format", "empty"),
        (LONG[:-40], "damaged", "archive"),
        (LONG[:200], "damaged", "archive"),
        (_bent(LONG), "damaged", "word/document.xml"),
        (docx({"word/document.xml": b"<w:document><w:p>"}), "damaged", "word/document.xml"),
        (docx({"word/document.xml": b""}), "damaged", "word/document.xml"),
        (pdf("Ada")[:60], "damaged", "damaged"),
    ],
    ids=["pdf", "docx", "odt", "zip", "word 97", "other zip", "nothing", "spaces", "zeros", "cut", "cut short", "bent", "xml", "no xml",
         "pdf cut"],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, code: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        read(content)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_a_pdf_that_may_only_be_printed_is_read() -> None:
    assert read(locked("Ada Lovelace")).orders[0].text == "Ada Lovelace"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1250"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    text = (
        "Zoë Müller, Ingenieurin\nErfahrung im Gerätebau für Prüfstände"
        if encoding != "cp1250"
        else "Łukasz Żółć, inżynier"
    )

    assert read(text.encode(encoding)).orders[0].text == text


def test_a_zero_in_a_text_is_passed_over() -> None:
    assert read(b"Ada Lovelace\x00, engineer of engines").orders[0].text == "Ada Lovelace , engineer of engines"


@pytest.mark.parametrize("group", [r"\header", r"\headerf", r"\headerl", r"\headerr"])
def test_contact_lines_in_a_page_header_of_an_rtf_come_first(group: str) -> None:
    content = rf"{{\rtf1\ansi{{{group}\pard Ada\par ada@example.org\par}}{{\footer\pard 1\par}}\pard Experience\par}}"

    assert read(content.encode()).orders[0].text.split() == ["Ada", "ada@example.org", "Experience", "1"]


def test_an_rtf_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert read(rb"{\rtf1\ansi{\header\pard Ada").orders[0].text == "Ada"
    assert read(rb"{\rtf1}").flags == ("no_text",)


def test_of_very_many_pages_the_first_are_read() -> None:
    long = pdfium.PdfDocument.new()
    long.import_pages(pdfium.PdfDocument(pdf("Ada")))
    for _ in range(2_000):
        long.new_page(10, 10)

    document = read(saved(long))

    assert (document.pages, document.orders[0].text) == (2_001, "Ada")
    assert document.flags == ("too_many_pages",)
    assert MAX_PAGES < 2_001


def test_what_stands_behind_a_pdf_is_passed_over() -> None:
    assert read(pdf("Ada") + b"\n\n<html>" + bytes(3000)).orders[0].text == "Ada"


def test_an_archive_that_is_an_archive_of_archives_is_no_document() -> None:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("resume.docx", LONG)

    with pytest.raises(Unreadable, match="neither"):
        read(inner.getvalue())
