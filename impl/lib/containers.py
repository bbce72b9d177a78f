"""Packed documents (ZIP): what they are, and whether they are packed as an honest writer packs.

Nothing is trusted that the container says about itself: every member is unpacked and counted, and no byte may lie outside of one.
"""

import re
import struct
from collections.abc import Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError

from impl.lib.refusals import FileRefused, Refusal

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: Final = "application/vnd.oasis.opendocument.text"
MEMBERS_MAX: Final = 1000
UNPACKED_BYTES_MAX: Final = 50 * 1024 * 1024
CHUNK: Final = 64 * 1024
#: What stands in front of a member's content, and the lengths of what may stand behind it.
_HEAD: Final = struct.Struct("<4s22xHH")
_TAILS: Final = frozenset({12, 16, 20, 24})
_NO_TAIL: Final = frozenset({0})
_END: Final = struct.Struct("<4sHHHHIIH")
_IS_ENCRYPTED, _HAS_TAIL = 0x1, 0x8
_LINK: Final = 0o120000
_WORD: Final = b"wordprocessingml.document.main+xml"
_MACROS: Final = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|activex[^/]*\.bin)$|^(basic|scripts)/.", re.IGNORECASE)
_DRIVE: Final = re.compile(r"^[A-Za-z]:")


def kind_of(content: bytes) -> str:
    """The media type of a packed document. Raises FileRefused."""
    try:
        with ZipFile(BytesIO(content)) as container:
            members = container.infolist()
            _expect_gapless(content, container, members)
            _expect_honest_names(members)
            _expect_bounded(container, members)
            return _kind(container, {member.filename for member in members})
    except (BadZipFile, DeflateError, struct.error, EOFError, NotImplementedError, ValueError, OverflowError):
        raise FileRefused(Refusal.UNSAFE, "It is packed in a way that does not unpack.") from None


def _kind(container: ZipFile, names: set[str]) -> str:
    """What the members say."""
    if any(_MACROS.search(name) for name in names):
        raise FileRefused(Refusal.MACROS, "Send it without macros.")
    if "mimetype" in names and container.read("mimetype").strip() == ODT.encode() and "content.xml" in names:
        if b"encryption-data" in _part(container, names, "META-INF/manifest.xml"):
            raise FileRefused(Refusal.ENCRYPTED, "Send it without a password.")
        return ODT
    types = _part(container, names, "[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise FileRefused(Refusal.MACROS, "Send it without macros.")
    if _WORD in types:
        return DOCX
    raise FileRefused(Refusal.UNSUPPORTED, "It is packed, and no document of text.")


def _part(container: ZipFile, names: set[str], name: str) -> bytes:
    return container.read(name) if name in names else b""


def _expect_gapless(content: bytes, container: ZipFile, members: Sequence[ZipInfo]) -> None:
    """From the first byte to the last everything belongs to a member or to the directory."""
    signature, *_, size, start, comment = _END.unpack(content[-_END.size :])
    directory = len(content) - _END.size - size
    if signature != b"PK\x05\x06" or comment or start != directory or container.start_dir != directory:
        raise FileRefused(Refusal.UNSAFE, "There is something in front of it or behind it.")
    if not 0 < len(members) <= MEMBERS_MAX:
        raise FileRefused(Refusal.UNSAFE, f"At most {MEMBERS_MAX} members.")
    at, gaps = 0, _NO_TAIL
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset - at not in gaps:
            raise FileRefused(Refusal.UNSAFE, "There is something between its members.")
        _, name_length, extra_length = _HEAD.unpack_from(content, member.header_offset)
        at = member.header_offset + _HEAD.size + name_length + extra_length + member.compress_size
        gaps = _TAILS if member.flag_bits & _HAS_TAIL else _NO_TAIL
    if directory - at not in gaps:
        raise FileRefused(Refusal.UNSAFE, "There is something between its members.")


def _expect_honest_names(members: Sequence[ZipInfo]) -> None:
    """Each name once, none that leads out of the container, none that is a link or unreadable."""
    names = {member.filename.casefold().rstrip("/") for member in members}
    if len(names) != len(members):
        raise FileRefused(Refusal.UNSAFE, "Two of its members have one name.")
    for member in members:
        raw = member.orig_filename.replace("\\", "/")
        if raw.startswith("/") or "\0" in raw or _DRIVE.match(raw) or ".." in raw.split("/"):
            raise FileRefused(Refusal.UNSAFE, "The name of a member leads out of it.")
        if member.external_attr >> 16 & 0o170000 == _LINK:
            raise FileRefused(Refusal.UNSAFE, "A member is a link.")
        if member.flag_bits & _IS_ENCRYPTED:
            raise FileRefused(Refusal.ENCRYPTED, "Send it without a password.")
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise FileRefused(Refusal.UNSAFE, "It is packed in an unusual way.")


def _expect_bounded(container: ZipFile, members: Sequence[ZipInfo]) -> None:
    """Unpack everything once, whatever sizes it claims."""
    left = UNPACKED_BYTES_MAX
    for member in members:
        with container.open(member) as part:
            while piece := part.read(CHUNK):
                left -= len(piece)
                if left < 0:
                    raise FileRefused(Refusal.UNSAFE, f"At most {UNPACKED_BYTES_MAX} bytes unpacked.")
