"""How a file is altered so that more of it than its wrapping changes: inside the members of an archive, inside packed streams."""

import random
import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

Alter = Callable[[bytes, int], bytes]

_MOST_MEMBERS, _LONGEST_MEMBER = 50, 1 << 20
_ROOM = 4096  # bytes by which a member may grow
_WRAPPING = 0.15  # how often the file itself is altered, packed or not
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def altered(content: bytes, longest: int, seed: int, alter: Alter) -> bytes:
    """The file with one place altered by `alter`, which takes bytes and their greatest length; repeatable by the seed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable is the point
    inside = None
    if chance.random() > _WRAPPING:
        inside = _archive(content, chance, alter) if content.startswith(b"PK") else _stream(content, chance, alter)
    return inside if inside is not None and len(inside) <= longest else alter(content, longest)


def _archive(content: bytes, chance: random.Random, alter: Alter) -> bytes | None:
    members = _members(content)
    if not members:
        return None
    name = chance.choice(sorted(members, key=lambda each: (-len(members[each]), each))[:4])
    members[name] = alter(members[name], len(members[name]) + _ROOM)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, inner in members.items():
            archive.writestr(zipfile.ZipInfo(each), inner)
    return target.getvalue()


def _members(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_MEMBERS or any(each.file_size > _LONGEST_MEMBER for each in entries):
                return {}
            return {each.filename: archive.read(each) for each in entries}
    except Exception:  # an archive that was altered may fail in any way
        return {}


def _stream(content: bytes, chance: random.Random, alter: Alter) -> bytes | None:
    """A PDF with one of its packed streams altered; where its objects stand then, readers find out themselves."""
    found = [each for each in _STREAM.finditer(content) if each[1][:1] == b"x"] if content.startswith(b"%PDF") else []
    if not found:
        return None
    stream = chance.choice(found)
    try:
        inner = zlib.decompressobj().decompress(stream[1], _LONGEST_MEMBER)
    except zlib.error:
        return None
    packed = zlib.compress(alter(inner, len(inner) + _ROOM))
    return content[: stream.start(1)] + packed + content[stream.end(1) :]
