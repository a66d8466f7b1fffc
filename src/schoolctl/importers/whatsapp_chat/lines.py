"""A chat's bytes -> lines of text, one at a time, whatever the encoding; memory does not follow the file."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from schoolctl.importers.charset import UTF_8, decode_text, detect_encoding
from schoolctl.importers.source import SAMPLE_BYTES

# No question may be that long: what follows on the same line is passed over, its message is set aside as too long.
LONGEST_LINE: Final = 512 * 1024


class ChatLine(NamedTuple):
    """One line without its end, and what had to be guessed to read it."""

    text: str
    repairs: tuple[str, ...] = ()


def read_lines(stream: BinaryIO, sample: bytes) -> Iterator[ChatLine]:
    """Every line of `stream`, whose first bytes are `sample`; never raises for bytes that cannot be read."""
    encoding = detect_encoding(sample)
    if encoding.startswith(("utf-16", "utf-32")):
        yield from _wide_lines(stream, encoding)
        return
    guessed = "" if encoding.startswith(UTF_8) else encoding
    while line := stream.readline(LONGEST_LINE):
        yield _decode(line.rstrip(b"\r\n"), guessed)
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)


def _wide_lines(stream: BinaryIO, encoding: str) -> Iterator[ChatLine]:
    """Lines of UTF-16 or UTF-32, whose line ends cannot be searched for in the bytes."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest = ""
    while data := stream.read(SAMPLE_BYTES):
        *lines, rest = (rest + decoder.decode(data)).split("\n")
        yield from (ChatLine(line.rstrip("\r")) for line in lines)
        rest = rest[:LONGEST_LINE]
    yield ChatLine(rest + decoder.decode(b"", final=True))


def _decode(line: bytes, guessed: str) -> ChatLine:
    """One line read in the file's one-byte encoding, or as UTF-8 with a guess for the line that is none."""
    if guessed and not line.isascii():
        return ChatLine(line.decode(guessed, "replace"), (f"read as {guessed}",))
    # Line by line, so that one damaged message does not cast doubt on all the others.
    try:
        return ChatLine(line.decode(UTF_8))
    except UnicodeDecodeError:
        decoded = decode_text(line)
        return ChatLine(decoded.text, decoded.repairs)
