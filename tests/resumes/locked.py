"""PDFs with passwords: the standard handler of PDF 1.4, with RC4 and 40 bits, as old programs still write it."""

import hashlib

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
ID = bytes(range(16))
PERMISSIONS = -44  # printing alone


def locked(text: str, *, user: str = "", owner: str = "the owner's") -> bytes:
    """A page that says `text`; with an empty `user` password it opens, and only what may be done with it is restricted."""
    owner_entry = _rc4(hashlib.md5(_padded(owner), usedforsecurity=False).digest()[:5], _padded(user))
    permissions = PERMISSIONS.to_bytes(4, "little", signed=True)
    key = hashlib.md5(_padded(user) + owner_entry + permissions + ID, usedforsecurity=False).digest()[:5]
    shown = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode()
    stream = _rc4(hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2), usedforsecurity=False).digest()[:10], shown)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (owner_entry.hex().encode(), _rc4(key, PADDING).hex().encode(), PERMISSIONS),
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    named = ID.hex().encode()
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R /Encrypt 5 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n"
    return content + table + trailer % (named, named, len(content))


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + PADDING)[:32]


def _rc4(key: bytes, content: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    result, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        result.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(result)
