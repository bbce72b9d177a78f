"""Whatever bytes come, reading gives a document or says why not, and parsing gives a profile."""

import re
import zipfile
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impl.resumes.document import MAX_CHARACTERS, Document, Text, Unreadable
from impl.resumes.parsing import parse
from impl.resumes.reading import read
from impl.resumes.sources import MAX_BYTES
from scripts.eval.samples.__main__ import DATA
from scripts.fuzz_files.altering import altered

TODAY = date(2026, 11, 1)
SEEDS = {path.suffix: path.read_bytes() for path in sorted(DATA.iterdir()) if path.suffix != ".json"}

changes = st.lists(st.tuples(st.integers(0, 100_000), st.binary(min_size=0, max_size=6)), min_size=1, max_size=12)


@pytest.mark.parametrize("suffix", SEEDS)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(changes=changes)
def test_damaged_files_are_read_or_refused(suffix: str, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(SEEDS[suffix])
    for place, patch in changes:
        at = place % len(content)
        content[at : at + max(1, len(patch))] = patch

    outcome = _outcome(bytes(content))

    if isinstance(outcome, Unreadable):
        assert outcome.code in ("damaged", "encrypted", "too_large", "unsupported_format")
        return
    assert parse(outcome, today=TODAY).resume().keys() == {"basics", "work", "education", "skills", "languages"}


def _outcome(content: bytes) -> Document | Unreadable:
    try:
        return read(content)
    except Unreadable as refusal:
        return refusal


words = st.sampled_from(
    ["Experience", "Education", "Skills:", "Languages", "2019 - 2020", "Jan 2019 –", "present", "\t", "\n", "•", "Engineer,", "Acme Inc.",
     "(", ")", "B.Sc.", "University", "+49 170", "555", "a@b.co", "http://", ",", "|", "at", "Berlin", "99/99/2019", "2019-13", "’99", "年"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(words, st.text(max_size=5)), max_size=60), st.sampled_from([" ", "\n", "\t"]))
def test_any_text_gives_a_profile_whose_evidence_is_in_the_text(parts: list[str], joint: str) -> None:
    text = joint.join(parts)

    profile = parse(Document("text/plain", (Text("plain", text),), ("mailto:", "tel:x", "https://")), today=TODAY)

    for found in profile.evidence(text).values():
        assert all(0 <= span["start"] < span["end"] <= len(text) for span in found["spans"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unsupported_format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 40, "unsupported_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "unsupported_format"),
        (b"%PDF-1.7\nnothing of the kind", "damaged"),
        (b"PK\x03\x04 but no archive", "damaged"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
    ],
    ids=["nothing", "picture", "old word", "no pdf", "no zip", "too large"],
)
def test_what_is_no_resume_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def _archive(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = _archive({"word/document.xml": b"<w/>", "word/media/a": bytes(60 * 1024 * 1024)})

    with pytest.raises(Unreadable) as refused:
        read(bomb)

    assert refused.value.code == "too_large"


def test_entities_of_a_document_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read me")
    source = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><w:document xmlns:w="w"><w:p><w:r><w:t>Hi &x;</w:t></w:r></w:p></w:document>'

    document = read(_archive({"word/document.xml": source.encode()}))

    assert "do not read me" not in document.orders[0].text


def test_a_long_text_is_cut() -> None:
    document = read(b"word " * 200_000)

    assert len(document.orders[0].text) <= MAX_CHARACTERS
    assert parse(document, today=TODAY).work == []


def test_the_name_of_a_file_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "resume.docx"
    path.write_bytes((DATA / "backend.pdf").read_bytes())

    assert read(path).media_type == "application/pdf"


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf"])
def test_the_fuzzer_alters_what_lies_inside_packed_files(suffix: str) -> None:
    """Else it would alter nothing but checksums that no longer fit."""
    content = SEEDS[suffix] if suffix != ".pdf" else _packed_pdf()

    def alter(inner: bytes, longest: int) -> bytes:
        return (inner + b"<!-- altered -->")[:longest]

    found = [altered(content, 1 << 20, seed, alter) for seed in range(40)]

    assert found == [altered(content, 1 << 20, seed, alter) for seed in range(40)], "repeatable"
    assert content not in found
    assert sum(not each.endswith(b"<!-- altered -->") for each in found) > 20
    texts = [outcome.orders[0].text for each in found if isinstance(outcome := _outcome(each), Document)]
    assert len(texts) > 20


def _packed_pdf() -> bytes:
    content = SEEDS[".pdf"]
    start, end = content.index(b"stream\n") + len(b"stream\n"), content.index(b"\nendstream")
    packed = zlib.compress(content[start:end])
    head = re.sub(rb"/Length \d+", b"/Filter /FlateDecode /Length %d" % len(packed), content[:start])
    return head + packed + content[end:]
