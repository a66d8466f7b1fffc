"""Finding a word in the bytes of large mails: attachments are passed over at the speed of memory."""

from __future__ import annotations

import mmap

_STRIDE = 64 * 1024


def find_word(data: mmap.mmap | bytes, word: bytes, sign: bytes, at: int, end: int) -> int:
    """As `data.find(word, at, end)`, for a word with a `sign` in it that attachments hardly ever hold.

    Base64 has neither blanks nor hyphens, and a single byte is found many times faster than a word.
    """
    before = word.index(sign)
    while (place := data.find(sign, at + before, end)) >= 0:
        at = place - before
        found = data.find(word, at, min(end, at + _STRIDE))
        if found >= 0:
            return found
        at += _STRIDE - len(word) + 1
    return -1
