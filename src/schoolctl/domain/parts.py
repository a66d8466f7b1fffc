"""Several questions in one message: where each begins and ends."""

from __future__ import annotations

import re

# "1." or "2)" or "- " at the beginning of a line, and "2)" within one.
_ITEM = re.compile(r"(?m)^[ \t]*(?:\d{1,2}[.)](?!\d)|[-*•–—])[ \t]*|(?<=[\s.?!;])\d{1,2}\)[ \t]*")
# A point inside a number or an address ends nothing; every sign belongs to some sentence, so that none is lost.
_SENTENCE = re.compile(r"(?:[^.?!\n]++|[.?!]++(?!\s|\Z))*+(?:[.?!]++|\n|\Z)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 3


def parts_of(text: str) -> list[str]:
    """The questions that a message holds, each in the sender's own words; one part: it holds but one.

    A list is parted at its numbers or dashes, else every sentence with a question mark ends a part; what is told
    before a question belongs to it, what comes after the last one to the last. No word is lost.
    """
    return _items(text) or _asked(text) or [text]


def _items(text: str) -> list[str]:
    marks = list(_ITEM.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    # A text without a list has one end and no beginning.
    pieces = [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=False)]
    if len(pieces) < 2 or not all(map(_is_worded, pieces)):  # noqa: PLR2004 - one item is no list
        return []
    before = text[: marks[0].start()].strip()
    # What is told before the list is needed to understand it, and must not be lost: it stays with the first.
    return [f"{before}\n{pieces[0]}".strip(), *pieces[1:]]


def _asked(text: str) -> list[str]:
    parts, current = [], ""
    for sentence in _SENTENCE.findall(text):
        current += sentence
        if "?" in sentence and _is_worded(current):
            parts.append(current.strip())
            current = ""
    if len(parts) < 2:  # noqa: PLR2004 - one question needs no parting
        return []
    if current.strip():
        parts[-1] = f"{parts[-1]}{current}".strip()
    return parts


def _is_worded(piece: str) -> bool:
    return len(_WORD.findall(piece)) >= _FEWEST_WORDS
