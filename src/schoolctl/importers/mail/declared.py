"""Bytes whose charset the mail declares -> text."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from itertools import chain

from schoolctl.importers.charset import decode_text

# A text, and what was guessed or lost while it was read.
Decoded = tuple[str, tuple[str, ...]]

_UTF_8_NAMES = frozenset({"utf-8", "utf8"})


def decode_declared(data: bytes, declared: str) -> Decoded:
    """The text of `data`, and what was guessed or lost; `declared` may be empty, wrong or unknown."""
    # Nearly all mails: declared as UTF-8, and it is. Everything else is weighed by the ladder of `charset`.
    if declared.lower() in _UTF_8_NAMES and b"\0" not in data and not data.startswith(codecs.BOM_UTF8):
        try:
            return data.decode(), ()
        except UnicodeDecodeError:
            pass
    decoded = decode_text(data, declared)
    return decoded.text, decoded.repairs


def join_decoded(pieces: Sequence[Decoded], between: str = "") -> Decoded:
    """The texts that are not empty, one after the other, and every repair once."""
    repairs = dict.fromkeys(chain.from_iterable(repairs for _, repairs in pieces))
    return between.join([text for text, _ in pieces if text]), tuple(repairs)
