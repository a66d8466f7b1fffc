"""The header block of a mail or of one of its parts: raw values by name, and encoded words as text."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator

from schoolctl.domain.limits import DEFAULT_LIMITS, KB, Limits
from schoolctl.importers.mail.declared import Decoded, decode_declared, join_decoded
from schoolctl.importers.mail.limits import LimitExceededError
from schoolctl.importers.mail.transfer import decode_base64

# Possessive (`*+`): where a block ends, its lines must not be tried again one by one.
_HEADER_LINES = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|\Z)|[ \t][^\n]*(?:\n|\Z))*+")
_HEADER_START = re.compile(rb"\n[!-9;-~]")
_BLANK_BEFORE_COLON = re.compile(rb"^([!-9;-~]+)[ \t]+:", re.MULTILINE)
_ENVELOPE = (b"From ", b">From ")
_ENCODED_WORD = re.compile(rb"=\?([^?\s]*)\?([bBqQ])\?(.*?)\?=", re.DOTALL)
_SINGLE_WORD = re.compile(rb"=\?([^?\s]*)\?([bBqQ])\?([^?]*)\?=")
_Piece = tuple[str | None, bytes]


class Headers:
    """The header lines of a mail, searched only for what is asked: most mails carry many that nobody needs."""

    __slots__ = ("_lines", "_longest", "_lowered")

    def __init__(self, lines: bytes, longest: int) -> None:
        """Keep the lines of the block; each ends with a line end. Of a value at most `longest` bytes are given."""
        self._longest = longest
        lines = _BLANK_BEFORE_COLON.sub(rb"\1:", lines) if b" :" in lines or b"\t:" in lines else lines
        self._lines = b"\n" + lines
        self._lowered = self._lines.lower()

    def __contains__(self, name: bytes) -> bool:
        """Whether the header occurs; `name` is in lower case."""
        return self._value_start(name, 0) >= 0

    def __bool__(self) -> bool:
        """Whether there is any header."""
        return len(self._lines) > 1

    def has_beginning(self, beginnings: Iterable[bytes]) -> bool:
        r"""Whether a header's lower-case name begins with one of these (each with the `\n` before it)."""
        return any(map(self._lowered.__contains__, beginnings))

    def first(self, name: bytes) -> bytes:
        """The first value of a header, unfolded; empty when the header is absent."""
        start = self._value_start(name, 0)
        return b"" if start < 0 else self._value(start)[0]

    def all(self, name: bytes) -> Iterator[bytes]:
        """The values of a header, unfolded."""
        start = self._value_start(name, 0)
        while start >= 0:
            value, end = self._value(start)
            yield value
            start = self._value_start(name, end)

    def word(self, name: bytes) -> str:
        """The first value in lower case without blanks and parameters: `auto-replied`, `bulk`."""
        value = self.first(name)
        return value.split(b";", 1)[0].strip().lower().decode("ascii", "replace") if value else ""

    def _value_start(self, name: bytes, at: int) -> int:
        found = self._lowered.find(b"\n%b:" % name, at)
        return found + len(name) + 2 if found >= 0 else found

    def _value(self, start: int) -> tuple[bytes, int]:
        """The value that begins at `start`, and where its last line ends."""
        lines = self._lines
        end = lines.find(b"\n", start)
        # Most headers stand on one line, and need no unfolding.
        if lines[end + 1 : end + 2] not in (b" ", b"\t"):
            return lines[start : min(end, start + self._longest)].strip(), end
        while lines[end + 1 : end + 2] in (b" ", b"\t"):
            end = lines.find(b"\n", end + 1)
        value = lines[start : min(end, start + self._longest)]
        return value.replace(b"\r", b"").replace(b"\n", b"").strip(), end


def read_headers(raw: bytes, start: int, end: int, limits: Limits = DEFAULT_LIMITS) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body begins.

    A line that is no header ends the block: nothing that a patient wrote is swallowed. Raises LimitExceededError.
    """
    blocks: list[bytes] = []
    while block := _HEADER_LINES.match(raw, start, end):
        blocks.append(block[0])
        start = block.end()
        if not raw.startswith(_ENVELOPE, start, end):
            break
        # A `From ` line that a mail server left among the headers.
        start = _line_end(raw, start, end)
    lines = b"".join(blocks)
    # The last line of a mail may lack its end, which the search for values counts on.
    lines = lines if lines.endswith(b"\n") or not lines else lines + b"\n"
    _check_limits(lines, limits)
    is_blank = raw.startswith((b"\n", b"\r\n"), start, end)
    headers = Headers(lines, limits.header_line_kb * KB)
    return headers, _line_end(raw, start, end) if is_blank else min(start, end)


def header_text(value: bytes) -> Decoded:
    """A header's value as text, with what was guessed on the way: encoded words and raw 8-bit bytes are read.

    Neighbouring encoded words of one charset are joined before they are decoded: programs split letters between them.
    """
    if b"=?" not in value and value.isascii():
        return value.decode("ascii").strip(), ()
    single = _SINGLE_WORD.fullmatch(value.strip())
    if single:
        text, repairs = decode_declared(_word_bytes(single), _charset(single))
    else:
        text, repairs = join_decoded([decode_declared(data, charset or "") for charset, data in _joined_pieces(value)])
    return text.strip(), repairs


def _joined_pieces(value: bytes) -> list[_Piece]:
    pieces: list[_Piece] = []
    for charset, data in _pieces(value):
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + data)
        else:
            pieces.append((charset, data))
    return pieces


def _pieces(value: bytes) -> list[_Piece]:
    """Encoded words as (charset, bytes), what stands between them as (None, bytes)."""
    pieces: list[_Piece] = []
    at = 0
    # Without a later "?=" a word cannot end: the search stops there instead of running to the end for each beginning.
    for word in _ENCODED_WORD.finditer(value, 0, value.rfind(b"?=") + 2):
        between = value[at : word.start()]
        if between.strip() or (between and not pieces):
            pieces.append((None, between))
        pieces.append((_charset(word), _word_bytes(word)))
        at = word.end()
    return [*pieces, (None, value[at:])] if value[at:].strip() else pieces


def _charset(word: re.Match[bytes]) -> str:
    # A language may follow the charset: `=?utf-8*ru?…`.
    return word[1].partition(b"*")[0].decode("ascii", "replace").lower()


def _word_bytes(word: re.Match[bytes]) -> bytes:
    if word[2] in b"bB":
        return decode_base64(word[3])
    return binascii.a2b_qp(word[3], header=True)


def _line_end(raw: bytes, start: int, end: int) -> int:
    return raw.find(b"\n", start, end) + 1 or end


def _check_limits(lines: bytes, limits: Limits) -> None:
    if lines.count(b"\n") > limits.headers and sum(1 for _ in _HEADER_START.finditer(lines)) >= limits.headers:
        message = f"more than {limits.headers:,} header lines"
        raise LimitExceededError(message)
    longest = limits.header_line_kb * KB
    start = 0
    while len(lines) - start > longest:
        line_end = lines.index(b"\n", start)
        if line_end - start > longest:
            message = f"a header line is longer than {limits.header_line_kb:,} KB"
            raise LimitExceededError(message)
        start = line_end + 1
