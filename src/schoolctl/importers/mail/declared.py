"""Bytes whose charset the mail declares -> text."""

from __future__ import annotations

import codecs

from schoolctl.importers.charset import decode_text

_UTF_8_NAMES = frozenset({"utf-8", "utf8"})


def decode_declared(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    """The text of `data`, and what was guessed or lost; `declared` may be empty, wrong or unknown."""
    # Nearly all mails: declared as UTF-8, and it is. Everything else is weighed by the ladder of `charset`.
    if declared.lower() in _UTF_8_NAMES and b"\0" not in data and not data.startswith(codecs.BOM_UTF8):
        try:
            return data.decode(), ()
        except UnicodeDecodeError:
            pass
    decoded = decode_text(data, declared)
    return decoded.text, decoded.repairs
