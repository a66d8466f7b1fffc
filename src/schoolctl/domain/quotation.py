"""Quotation marks: which of a text have no partner."""

from __future__ import annotations

# “ closes what „ opened; elsewhere it opens.
_OPENED_BY = {"»": "«", "”": "“", "“": "„"}
_ONLY_CLOSE = frozenset("»”")
_MARKS = frozenset("«»„“”")


def quotes_are_paired(text: str) -> bool:
    """Whether every «, „ and “ is closed, in the right order."""
    return not _unpaired(text)


def without_unpaired_quotes(text: str) -> str:
    """`text` without the quotation marks that have no partner."""
    lost = set(_unpaired(text))
    return "".join(sign for place, sign in enumerate(text) if place not in lost) if lost else text


def _unpaired(text: str) -> list[int]:
    """The places of the marks without a partner."""
    if _MARKS.isdisjoint(text):
        return []
    opened: list[tuple[str, int]] = []
    lost = []
    for place, sign in enumerate(text):
        if sign not in _MARKS:
            continue
        if opened and opened[-1][0] in _OPENED_BY.get(sign, ""):
            opened.pop()
        elif sign in _ONLY_CLOSE:
            lost.append(place)
        else:
            opened.append((sign, place))
    return [*lost, *(place for _, place in opened)]
