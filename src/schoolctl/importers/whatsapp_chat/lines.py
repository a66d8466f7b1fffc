"""A chat's bytes -> lines of text, one at a time, whatever the encoding; memory does not follow the file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import AnyStr, BinaryIO, Final, NamedTuple

from schoolctl.importers.charset import UTF_8, decode_text, detect_encoding

# No question is that long: what follows on the same line is passed over, its message is set aside as too long.
LONGEST_LINE: Final = 128 * 1024


class ChatLine(NamedTuple):
    """One line without its end, and what had to be guessed to read it."""

    text: str
    repairs: tuple[str, ...] = ()


def read_lines(stream: BinaryIO, sample: bytes) -> Iterator[ChatLine]:
    """Every line of `stream`, whose first bytes are `sample`; never raises for bytes that cannot be read."""
    encoding = detect_encoding(sample)
    if encoding.startswith(("utf-16", "utf-32")):
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
        yield from (ChatLine(line.rstrip("\r\n")) for line in _bounded(text.readline, "\n"))
        return
    guessed = "" if encoding.startswith(UTF_8) else encoding
    for line in _bounded(stream.readline, b"\n"):
        yield _decode(line.rstrip(b"\r\n"), guessed)


def _bounded(read_line: Callable[[int], AnyStr], end: AnyStr) -> Iterator[AnyStr]:
    """Lines as `read_line` gives them, each at most LONGEST_LINE long; the rest of a longer one is passed over."""
    while line := read_line(LONGEST_LINE):
        yield line
        while line and not line.endswith(end):
            line = read_line(LONGEST_LINE)


def _decode(line: bytes, guessed: str) -> ChatLine:
    """One line read in the file's one-byte encoding, or as UTF-8 with a guess for the line that is none."""
    if guessed and not line.isascii():
        return ChatLine(line.decode(guessed, "replace"), (f"read as {guessed}",))
    try:
        return ChatLine(line.decode(UTF_8))
    except UnicodeDecodeError:
        decoded = decode_text(line)
        return ChatLine(decoded.text, decoded.repairs)
