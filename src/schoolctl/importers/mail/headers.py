"""The header block of a mail or of one of its parts: raw values by name, and encoded words as text."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from schoolctl.importers.charset import decode_text
from schoolctl.importers.mail.limits import HEADER_COUNT, HEADER_LINE_BYTES, LimitExceededError
from schoolctl.importers.mail.transfer import decode_base64

_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?")
_LINE = re.compile(rb"([^\n]*)\n?")
_ENVELOPE = (b"From ", b">From ")
_ENCODED_WORD = re.compile(rb"=\?([^?\s]*)\?([bBqQ])\?(.*?)\?=", re.DOTALL)
_Piece = tuple[str | None, bytes]


@dataclass(frozen=True, slots=True)
class Headers:
    """Raw header values by lower-case name, in the order of the mail."""

    fields: dict[bytes, list[bytes]] = field(default_factory=dict)

    def __contains__(self, name: bytes) -> bool:
        """Whether the header occurs."""
        return name in self.fields

    def first(self, name: bytes) -> bytes:
        """The first value of a header, unfolded, at most 64 KB of it; empty when the header is absent."""
        values = self.fields.get(name)
        return _unfolded(values[0]) if values else b""

    def all(self, name: bytes) -> list[bytes]:
        """All values of a header, unfolded, each at most 64 KB."""
        return [_unfolded(value) for value in self.fields.get(name, ())]

    def word(self, name: bytes) -> str:
        """The first value in lower case without blanks and parameters: `auto-replied`, `bulk`."""
        value = self.first(name)
        return value.split(b";", 1)[0].strip().lower().decode("ascii", "replace") if value else ""


def read_headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body begins.

    A line that is no header ends the block: nothing that a patient wrote is swallowed. Raises LimitExceededError.
    """
    fields: dict[bytes, list[bytes]] = {}
    count = 0
    while header := _HEADER.match(raw, start, end) or _envelope_line(raw, start, end):
        start = header.end()
        if header.re is _HEADER:
            count += 1
            _check_limits(header[0], count)
            fields.setdefault(header[1].lower(), []).append(header[2])
    blank = _LINE.match(raw, start, end)
    if blank and not blank[1].strip(b"\r"):
        start = blank.end()
    return Headers(fields), start


def header_text(value: bytes) -> tuple[str, tuple[str, ...]]:
    """A header's value as text, with what was guessed on the way: encoded words and raw 8-bit bytes are read.

    Neighbouring encoded words of one charset are joined before they are decoded: programs split letters between them.
    """
    if b"=?" not in value and value.isascii():
        return value.decode("ascii").strip(), ()
    pieces: list[_Piece] = []
    for charset, data in _pieces(value):
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + data)
        else:
            pieces.append((charset, data))
    decoded = [decode_text(data, charset or "") for charset, data in pieces]
    repairs = dict.fromkeys(repair for part in decoded for repair in part.repairs)
    return "".join(part.text for part in decoded).strip(), tuple(repairs)


def _pieces(value: bytes) -> list[_Piece]:
    """Encoded words as (charset, bytes), what stands between them as (None, bytes)."""
    pieces: list[_Piece] = []
    at = 0
    # Without a later "?=" a word cannot end: the search stops there instead of running to the end for each beginning.
    for word in _ENCODED_WORD.finditer(value, 0, value.rfind(b"?=") + 2):
        between = value[at : word.start()]
        if between.strip() or (between and not pieces):
            pieces.append((None, between))
        pieces.append((word[1].split(b"*", 1)[0].decode("ascii", "replace").lower(), _word_bytes(word)))
        at = word.end()
    return [*pieces, (None, value[at:])] if value[at:].strip() else pieces


def _word_bytes(word: re.Match[bytes]) -> bytes:
    if word[2] in b"bB":
        return decode_base64(word[3])
    return binascii.a2b_qp(word[3], header=True)


def _envelope_line(raw: bytes, start: int, end: int) -> re.Match[bytes] | None:
    """A `From ` line that a mail server left among the headers."""
    return _LINE.match(raw, start, end) if raw.startswith(_ENVELOPE, start, end) else None


def _check_limits(header: bytes, count: int) -> None:
    if count > HEADER_COUNT:
        message = f"more than {HEADER_COUNT:,} header lines"
        raise LimitExceededError(message)
    if len(header) > HEADER_LINE_BYTES and max(map(len, header.split(b"\n"))) > HEADER_LINE_BYTES:
        message = "a header line is longer than 64 KB"
        raise LimitExceededError(message)


def _unfolded(value: bytes) -> bytes:
    return value[:HEADER_LINE_BYTES].replace(b"\r", b"").replace(b"\n", b"").strip()
