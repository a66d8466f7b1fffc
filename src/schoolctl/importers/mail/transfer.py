"""Content-Transfer-Encoding undone, also where it is broken: base64, quoted-printable, uuencode."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

_NOT_BASE64 = bytes(byte for byte in range(256) if not (chr(byte).isascii() and (chr(byte).isalnum() or byte in b"+/")))
_UUENCODED = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_FIRST_LINE = re.compile(rb"\s*([^\r\n]{0,200})")
_PIECE = re.compile(rb"[^=]+")
_ONLY_BASE64 = re.compile(rb"[A-Za-z0-9+/_\s-]*")
_MOST_PIECES = 1_000


def decode_transfer(body: bytes, encoding: str) -> tuple[bytes, str]:
    """Undo `encoding` (a header's value): the bytes that it hides, and what was mended (empty for nothing)."""
    if encoding == "base64":
        # Some gateways declare base64 and send the text as it is.
        if _begins_as_text(body):
            return body, "declared as base64, but it is plain text"
        return decode_base64(body), ""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body), ""
    return (_decode_by_stdlib(body, encoding) if encoding in _UUENCODED else body), ""


def _begins_as_text(body: bytes) -> bool:
    start = _FIRST_LINE.match(body)
    line = start[1].strip() if start else b""
    return b" " in line or not line.isascii()


def decode_base64(data: bytes) -> bytes:
    """Base64 with line ends, stray characters, missing padding, or several padded pieces one after the other."""
    clean = data.rstrip()
    if b"=" not in clean[:-2] and b"-" not in clean and b"_" not in clean:
        try:
            return binascii.a2b_base64(clean)
        except binascii.Error:
            # The padding is missing or too short: read piece by piece.
            pass
    return b"".join(_decoded_pieces(data))


def _decoded_pieces(data: bytes) -> Iterator[bytes]:
    for number, piece in enumerate(islice(_PIECE.finditer(data), _MOST_PIECES)):
        # After the padding there may be a further piece, or a footer that a mailing list added: that is no base64.
        if number and not _ONLY_BASE64.fullmatch(piece[0]):
            return
        yield _decode_piece(piece[0])


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
