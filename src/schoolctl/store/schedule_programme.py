"""Putting a programme into one school of a sessions.toml's text; every other line stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from schoolctl.store.schedule_edit import statement
from schoolctl.store.toml_places import Statement, statements

_HEADING = "[[school.programme]]"


def with_programme(text: str, index: int, rows: Sequence[Mapping[str, str | Mapping[str, str]]]) -> str:
    """The text with `rows` (their values in TOML) as the programme of school number `index`, in place of an old one.

    Comments between the rows of an old programme stay, above the new one.
    """
    old, kept = _parted(text, index)
    lines = text.split("\n")
    # Behind the school's last own line: above it, what follows would become a part of the programme.
    at = max(place.last for place in kept)
    end = max([at, *(place.last for place in old)])
    dropped = _lines_of(old, lines)
    before, between = _without(dropped, lines, 0, at), _without(dropped, lines, at, end)
    made = [line for row in rows for line in _block(row)]
    # A file need not end in a line break.
    return "\n".join([*before, *_without_blank_end(between), *made, *(lines[end:] or [""])])


def _parted(text: str, index: int) -> tuple[list[Statement], list[Statement]]:
    """What there is of a programme in a school, and the school's other statements."""
    own = [place for place in statements(text) if place.path[:2] == ("school", index)]
    old = [place for place in own if place.path[2:3] == ("programme",)]
    return old, [place for place in own if place not in old]


def _without(dropped: Collection[int], lines: Sequence[str], begin: int, end: int) -> list[str]:
    return [line for number, line in enumerate(lines[begin:end], begin + 1) if number not in dropped]


def _lines_of(old: Sequence[Statement], lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that go: those of the old programme and the blank ones above its headings."""
    numbers = {number for place in old for number in range(place.first, place.last + 1)}
    blank = {place.first - 1 for place in old if place.is_header and not lines[place.first - 2].strip()}
    return numbers | blank


def _without_blank_end(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _block(row: Mapping[str, str | Mapping[str, str]]) -> list[str]:
    return ["", _HEADING, *(statement(key, value) for key, value in row.items())]
