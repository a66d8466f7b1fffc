"""Where each heading and each key of a TOML text stands, by line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
HEADING = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
# A heading, whole or with a bracket too few: no list inside a statement looks like it.
_LIKE_HEADING = re.compile(r"\s*\[\[?[^\[\]{}\"',=]*(?:\]\]?)?\s*(?:#.*)?$")
# Only such a line can end a statement of several lines.
_ENDING = re.compile(r"""[\]}"']\s*(?:#.*)?$""")
_AT_THE_END = "(at end of document)"


@dataclass(frozen=True, slots=True)
class Statement:
    """`key = value` (or a `[heading]`, with `is_header`) at lines `first`..`last` (from 1); `path` leads to its value.

    Numbers in a path count the elements of an array of tables: `("school", 0, "topic")`. `items` gives the lines at
    which the elements of a list of several lines begin.
    """

    path: Path
    first: int
    last: int
    is_header: bool = False
    items: tuple[int, ...] = ()


def statements(text: str) -> list[Statement]:
    """Where each heading and each key of a valid TOML text stands."""
    found: list[Statement] = []
    arrays: dict[Path, int] = {}
    prefix: Path = ()
    lines = text.split("\n")
    for first, last in _extents(lines):
        line = lines[first - 1]
        if line.lstrip().startswith("["):
            prefix = _heading_path(line, arrays)
            found.append(Statement(prefix, first, last, is_header=True))
        else:
            match = KEY.match(line)
            path = (*prefix, *keys_of(match[1])) if match else prefix
            found.append(Statement(path, first, last, items=_item_lines(lines, first, last)))
    return found


def line_of(path: Path, places: Sequence[Statement]) -> int | None:
    """The line of the statement that holds `path`, else of the nearest table around it."""
    lines = (_line_at(path, length, places) for length in range(len(path), 0, -1))
    return next((line for line in lines if line is not None), None)


def _line_at(path: Path, length: int, places: Sequence[Statement]) -> int | None:
    place = next((place for place in places if place.path == path[:length]), None)
    if place is None:
        # `topic.kk = …` and `[[school.programme]]` hold a table though no statement is called like it.
        return next((place.first for place in places if place.path[:length] == path[:length]), None)
    index = path[length] if length < len(path) else None
    return place.items[index] if isinstance(index, int) and index < len(place.items) else place.first


def statement_end(lines: Sequence[str], first: int) -> tuple[int, Exception | None]:
    """The index of the last line of the statement that begins at index `first`, and why it cannot be read, if so.

    A statement goes on as long as only its end is missing, up to the next line that can only be a new one.
    """
    last, error = first, parse_error(lines[first])
    while error is not None and is_open(error) and _goes_on(lines, first, last):
        last += 1
        # Parsing at every line would take long in a long list.
        if _ENDING.search(lines[last].rstrip("\r")):
            error = parse_error("\n".join(lines[first : last + 1]))
    return last, error


def _goes_on(lines: Sequence[str], first: int, last: int) -> bool:
    if last + 1 >= len(lines):
        return False
    so_far = "\n".join(lines[first : last + 1])
    # A text of several lines may hold what looks like a key or a heading.
    return '"""' in so_far or "'''" in so_far or not begins_statement(lines[last + 1])


def begins_statement(line: str) -> bool:
    """Whether a line can only be the beginning of a statement (outside a long text)."""
    return bool(KEY.match(line) or _LIKE_HEADING.match(line.rstrip("\r")))


def parse_error(text: str) -> Exception | None:
    """Why a piece of TOML cannot be read, or None."""
    try:
        # Cut off from its LF, a CR would be a mistake.
        tomllib.loads(text.removesuffix("\r"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return error
    return None


def is_open(error: Exception) -> bool:
    """Whether the text was right as far as it went."""
    return _AT_THE_END in str(error)


def keys_of(dotted: str) -> tuple[str, ...]:
    """The names in a key: `topic."kk"` gives `topic` and `kk`."""
    keys: list[str] = []
    value: Any = tomllib.loads(f"{dotted} = 0")
    while isinstance(value, dict):
        ((key, value),) = value.items()
        keys.append(key)
    return tuple(keys)


def _extents(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(lines):
        stripped = lines[index].strip()
        if stripped and not stripped.startswith("#"):
            last = index if stripped.startswith("[") else statement_end(lines, index)[0]
            yield index + 1, last + 1
            index = last
        index += 1


def _heading_path(line: str, arrays: dict[Path, int]) -> Path:
    match = HEADING.match(line)
    if match is None:
        return ()
    path: Path = ()
    keys = keys_of(match[2])
    for depth, key in enumerate(keys, 1):
        path = (*path, key)
        if depth == len(keys) and match[1] == "[[":
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _item_lines(lines: Sequence[str], first: int, last: int) -> tuple[int, ...]:
    """At which lines the elements of a list begin, when it takes several."""
    found: list[int] = []
    for number in range(first + 1, last):
        # Closed behind this line, the list tells how many elements it has up to here.
        try:
            value: Any = tomllib.loads("\n".join([*lines[first - 1 : number], "]"]))
        except tomllib.TOMLDecodeError:
            continue
        while isinstance(value, dict):
            value = next(iter(value.values()))
        found += [number] * (len(value) - len(found))
    return tuple(found)
