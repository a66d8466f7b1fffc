"""How wide a text is and how many lines it takes: measured with the shipped font, the widest that will be used."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from schoolctl.resources import shipped_fonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LINE_HEIGHT = 1.37  # of Noto Sans, as a part of the letters' size
_UNITS = 100
_CUT = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text on one line, in points at `size` points."""
    return sum(_advance(letter, bold) for letter in text) * size / _UNITS


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines of a text in a column `room` points wide; a word that is wider is broken where it must be."""
    lines, line, used = [], "", 0.0
    blank = width(" ", size, bold=bold)
    for word in filter(None, text.split(" ")):
        for piece in _pieces(word, size, room, bold):
            wide = width(piece, size, bold=bold)
            if line and used + blank + wide > room:
                lines.append(line)
                line, used = piece, wide
            else:
                line, used = (f"{line} {piece}", used + blank + wide) if line else (piece, wide)
    return [*lines, line]


def cut(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> str:
    """The text as far as it fits into `lines`, with "…" where it was cut; the text itself when it fits."""
    found = wrapped(text, size, room, bold=bold)
    if len(found) <= lines:
        return text
    last = found[lines - 1]
    while last and width(last + _CUT, size, bold=bold) > room:
        last = last[:-1].rstrip()
    return " ".join([*found[: lines - 1], last]) + _CUT


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:  # noqa: FBT001 - handed on
    """A word, or its pieces when it is wider than the column."""
    pieces, begins, used = [], 0, 0.0
    for at, letter in enumerate(word):
        wide = _advance(letter, bold) * size / _UNITS
        if used + wide > room and at > begins:
            pieces.append(word[begins:at])
            begins, used = at, 0.0
        used += wide
    return [*pieces, word[begins:]]


@cache
def _advance(letter: str, bold: bool) -> float:  # noqa: FBT001 - handed on
    return _font(bold).getlength(letter)


@cache
def _font(bold: bool) -> FreeTypeFont:  # noqa: FBT001 - handed on
    from PIL.ImageFont import Layout, truetype

    # Letter by letter, without the system's shaping library: the same lines on every machine.
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return truetype(shipped_fonts() / name, _UNITS, layout_engine=Layout.BASIC)
