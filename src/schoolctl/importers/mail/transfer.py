"""Content-Transfer-Encoding undone, also where it is broken: base64, quoted-printable, uuencode."""

from __future__ import annotations

import binascii
import re
from email.message import Message

_NOT_BASE64 = bytes(byte for byte in range(256) if not (chr(byte).isascii() and (chr(byte).isalnum() or byte in b"+/")))
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_FIRST_LINE = re.compile(rb"\s*([^\r\n]{0,200})")
_ONLY_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*$")


def decode_transfer(body: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes that `encoding` (a header's value) hides, and what was mended (empty for nothing)."""
    if encoding == "base64":
        first_line = body_start[1].strip() if (body_start := _FIRST_LINE.match(body)) else b""
        # Some gateways declare base64 and send the text as it is.
        if b" " in first_line or not first_line.isascii():
            return body, "declared as base64, but it is plain text"
        return decode_base64(body), ""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body), ""
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _decode_by_stdlib(body, encoding), ""
    return body, ""


def decode_base64(data: bytes) -> bytes:
    """Base64 with line ends, stray characters, missing padding, or several padded pieces one after the other."""
    clean = data.rstrip()
    if len(clean.rstrip(b"=")) >= len(clean) - 2 and b"=" not in clean[:-2] and not (b"-" in clean or b"_" in clean):
        try:
            return binascii.a2b_base64(clean)
        except binascii.Error:
            # The padding is missing or too short: read piece by piece.
            pass
    head, padding, tail = data.partition(b"=")
    tail = tail.lstrip(b"=")
    decoded = _decode_piece(head)
    # After the padding there may be a further piece, or a footer that a mailing list added: that is no base64.
    while padding and tail.strip() and _ONLY_BASE64.match(tail):
        head, padding, tail = tail.partition(b"=")
        tail = tail.lstrip(b"=")
        decoded += _decode_piece(head)
    return decoded


def _decode_piece(piece: bytes) -> bytes:
    letters = piece.translate(_URL_SAFE).translate(None, _NOT_BASE64)
    # One letter too many holds no whole byte: it goes, so that the rest is readable.
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _decode_by_stdlib(body: bytes, encoding: str) -> bytes:
    message = Message()
    message["Content-Transfer-Encoding"] = encoding
    message.set_payload(body.decode("ascii", "surrogateescape"))
    decoded = message.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else body
