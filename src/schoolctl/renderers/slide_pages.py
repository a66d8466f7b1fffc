"""What goes on which slide, and in which size: measured, so that nothing runs off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from schoolctl.renderers.text_width import LINE_HEIGHT, cut, wrapped

SMALLEST = 16  # points: what the last row of a hall can read
MOST_QUESTIONS, MOST_ROWS = 4, 9
# Several questions share a slide only in letters of a good size; one alone may be set smaller.
_SIZES = (28, 26, 24, 22, 20)
_SMALL_SIZES = (18, SMALLEST)
_TABLE_SIZES = (20, 18, SMALLEST)
_TITLE_SIZES = (30, 28, 26, 24, 22, 20)
_COVER_SIZES = (40, 36, 32)
_BELOW_COVER = (24, 22, 20, 18, SMALLEST)
_TITLE_LINES, _COVER_LINES, _CELL_LINES = 2, 4, 3
_GAP = 0.5  # between paragraphs, as a part of the letters' size
# No slide holds more: what comes after it need not be measured.
_MOST_LETTERS = 5_000
CELL_INSETS = (14.4, 7.2)  # points across and along


class Area(NamedTuple):
    """The room for a text, in points."""

    width: float
    height: float


class Page(NamedTuple):
    """The texts of one slide, from number `first` (of the texts, from 0), and the size in which they fit."""

    first: int
    texts: tuple[str, ...]
    size: int


def pages_of(texts: Sequence[str], area: Area, most: int = MOST_QUESTIONS) -> list[Page]:
    """Paragraphs on slides, at most `most` on each; one that no slide can hold is cut with "…"."""
    pages: list[Page] = []
    at = 0
    while at < len(texts):
        page = next(page for count in range(most, 0, -1) if (page := _page(texts, at, count, area)))
        pages.append(page)
        at += len(page.texts)
    return pages


def _page(texts: Sequence[str], at: int, count: int, area: Area) -> Page | None:
    """The page of so many paragraphs, or None when they do not fit; one always does."""
    chosen = tuple(text[:_MOST_LETTERS] for text in texts[at : at + count])
    sizes = _SIZES if len(chosen) > 1 else _SIZES + _SMALL_SIZES
    for size in sizes:
        if _height(chosen, size, area.width) <= area.height:
            return Page(at, chosen, size)
    if len(chosen) > 1:
        return None
    lines = max(int(area.height / (SMALLEST * LINE_HEIGHT)), 1)
    return Page(at, (cut(chosen[0], SMALLEST, area.width, lines),), SMALLEST)


def _height(texts: Sequence[str], size: int, width: float) -> float:
    lines = sum(len(wrapped(text, size, width)) for text in texts)
    return size * (lines * LINE_HEIGHT + _GAP * len(texts))


def title_of(text: str, area: Area, below: float = 0, *, is_cover: bool = False) -> tuple[str, int]:
    """A title and its size, on two lines at most (on a cover: four), with room `below` for a small line."""
    most = _COVER_LINES if is_cover else _TITLE_LINES
    for size in (_COVER_SIZES if is_cover else ()) + _TITLE_SIZES:
        lines = len(wrapped(text, size, area.width, bold=True))
        if lines <= most and lines * size * LINE_HEIGHT + below <= area.height:
            return text, size
    size = _TITLE_SIZES[-1]
    lines = max(min(int((area.height - below) / (size * LINE_HEIGHT)), most), 1)
    return cut(text[:_MOST_LETTERS], size, area.width, lines, bold=True), size


def cover_lines(lines: Sequence[str], note: str, area: Area) -> list[tuple[str, int]]:
    """The lines below the title of a cover with their sizes, the note as the last and smallest one.

    Where they do not fit in any size, long ones are cut with "…", the note only when that is not enough.
    """
    lines = [line[:_MOST_LETTERS] for line in lines]
    for size in _BELOW_COVER:
        if _height(lines, size, area.width) + _height([note], SMALLEST, area.width) <= area.height:
            return [*((line, size) for line in lines), (note, SMALLEST)]
    for most, of_note in ((4, 4), (3, 4), (2, 4), (1, 4), (1, 1)):
        shown = [cut(line, SMALLEST, area.width, most) for line in lines]
        shown.append(cut(note, SMALLEST, area.width, of_note))
        if _height(shown, SMALLEST, area.width) <= area.height:
            break
    return [(line, SMALLEST) for line in shown]


class TablePage(NamedTuple):
    """The rows of a table on one slide, their heights in points, and the size of their letters."""

    rows: tuple[tuple[str, ...], ...]
    heights: tuple[float, ...]
    size: int


def table_pages(
    head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], height: float
) -> list[TablePage]:
    """A table on as few slides as can be, nine rows on each at most, the head on every one (the first of its rows)."""
    fewest = math.ceil(len(rows) / MOST_ROWS)
    for size in _TABLE_SIZES:
        pages = _table_pages([head, *rows], widths, height, size)
        if len(pages) == fewest:
            break
    return pages


def _table_pages(rows: Sequence[Sequence[str]], widths: Sequence[float], height: float, size: int) -> list[TablePage]:
    columns = [max(width - CELL_INSETS[0], 1) for width in widths]
    texts = [
        tuple(cut(cell[:_MOST_LETTERS], size, room, _CELL_LINES) for cell, room in zip(row, columns, strict=True))
        for row in rows
    ]
    heights = [_row_height(row, columns, size) for row in texts]
    # Two slides of seven rows look better than one of nine and one of five.
    most = math.ceil((len(rows) - 1) / math.ceil((len(rows) - 1) / MOST_ROWS))
    pages, at = [], 1
    while at < len(rows):
        ends = at + 1
        while ends < len(rows) and ends - at < most and heights[0] + sum(heights[at : ends + 1]) <= height:
            ends += 1
        pages.append(TablePage((texts[0], *texts[at:ends]), (heights[0], *heights[at:ends]), size))
        at = ends
    return pages


def _row_height(row: Sequence[str], columns: Sequence[float], size: int) -> float:
    lines = max(len(wrapped(cell, size, room)) for cell, room in zip(row, columns, strict=True))
    return lines * size * LINE_HEIGHT + CELL_INSETS[1]
