"""Numbers of questions as people write them: `12, 14-18 20`."""

from __future__ import annotations

import re

# Nobody means a thousand questions by one range: a digit slipped in.
_WIDEST = 1_000
_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
_DASH = re.compile(r"\s*[-\u2013\u2014]\s*")
# As in a list that a person numbered: "№5", "2)", "10.".
_GAP = re.compile(r"[\s,;№]+|[).](?=[\s,;]|$)")
_LIST = re.compile(r"[\s,;\d\u2013\u2014-]*\d[\s,;\d\u2013\u2014-]*")


class IdListError(ValueError):
    """Something in a list is no number of a question; the message says what."""


def is_id_list(text: str) -> bool:
    """Whether a text is a list of numbers, right or wrong, and not a word or the name of a file."""
    return _LIST.fullmatch(text) is not None


def parse_ids(text: str) -> tuple[int, ...]:
    """The numbers of a list in their order, each once; IdListError names what is none."""
    pieces = filter(None, _GAP.split(_DASH.sub("-", text)))
    return tuple(dict.fromkeys(number for piece in pieces for number in _numbers(piece)))


def _numbers(piece: str) -> range:
    found = _RANGE.fullmatch(piece)
    if found is None:
        message = f'"{piece}" is no number of a question. Write them as 12, 14-18 20'
        raise IdListError(message)
    first, last = int(found[1]), int(found[2] or found[1])
    if not 0 <= last - first < _WIDEST:
        message = f'"{piece}" is no range of questions: write the lower number first, {_WIDEST:,} at most'
        raise IdListError(message)
    return range(first, last + 1)
