"""A TOML file made by hand: every syntax mistake with its line, and where each key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from schoolctl.errors import Problem

Path = tuple[str | int, ...]

_MOST_SYNTAX_PROBLEMS = 50
_BOM = "\ufeff"
# Plain strings, compiled when first needed: a schedule without mistakes is read without them.
_POSITION = r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)"
_KEY = r"""\s*((?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'))*)\s*="""
_HEADER = r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$"
_HINTS = (
    (r"\d{4}-\d\d-\d\d[ T]\d\d?:\d\d(?!:?\d)", "Write the hour with its seconds: 2026-12-10 18:30:00"),
    (r"=\s*[“”„«»‘’]", 'Put the text between straight quotes: "…"'),
    (r"=\s*(?:#|$)", "Write a value after the = sign"),
    (r"=\s*[^\W\d_]", 'Put the text between quotes: key = "…"'),
    (r'=\s*"[^"]*(?:#|$)', 'Close the text with a quote: "…"'),
    (r"\{[^}]*$", "Keep { … } on one line and close it with }"),
    (r"^\s*[^\W\d_][^=]*$", "Begin a comment with #, or write it as key = value"),
)


class Statement(NamedTuple):
    """`key = value` (or a `[header]`, with `is_header`) at lines `first`..`last` (from 1); `path` leads to its value.

    Numbers in a path count the elements of an array of tables: `("school", 0, "topic")`.
    """

    path: Path
    first: int
    last: int
    is_header: bool = False


class TomlSource(NamedTuple):
    """What could be read of a file: `text` has broken lines blanked, `broken` gives the keys that stood on them."""

    text: str
    data: dict[str, Any]
    problems: tuple[Problem, ...]
    broken: tuple[tuple[int, str], ...]


def read_toml(raw: bytes, file: str) -> TomlSource:
    """Parse `raw`; a line that is no TOML is reported, left out, and the rest is read all the same."""
    try:
        text = raw.decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        bad = raw.count(b"\n", 0, error.start) + 1
        hint = "Save the file as UTF-8 in your text editor"
        return TomlSource("", {}, (Problem(file, bad, "the file is not in UTF-8", hint),), ())
    # tomllib takes CRLF but no lone CR; lines are counted by LF.
    lines: list[str] = text.split("\n")
    problems: list[Problem] = []
    broken: list[tuple[int, str]] = []
    while len(problems) < _MOST_SYNTAX_PROBLEMS:
        try:
            return TomlSource("\n".join(lines), tomllib.loads("\n".join(lines)), tuple(problems), tuple(broken))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            number = _line_of(error, len(lines))
            line = lines[number - 1]
            problems.append(_syntax_problem(file, number, line, error))
            if not line.strip():
                break  # the mistake is further up (an unclosed text): leaving out more lines would not help
            match = re.match(_KEY, line)
            broken.append((number, match[1] if match else ""))
            lines[number - 1] = "\r" if line.endswith("\r") else ""
    return TomlSource("\n".join(lines), {}, tuple(problems), tuple(broken))


def statements(text: str) -> list[Statement]:
    """Where each header and each key of a valid TOML text stands."""
    found: list[Statement] = []
    arrays: dict[Path, int] = {}
    prefix: Path = ()
    lines = text.split("\n")
    for first, last in _extents(lines):
        line = lines[first - 1]
        if line.lstrip().startswith("["):
            prefix = _header_path(line, arrays)
            found.append(Statement(prefix, first, last, is_header=True))
        else:
            match = re.match(_KEY, line)
            key = _keys(match[1]) if match else ()
            found.append(Statement((*prefix, *key), first, last))
    return found


def line_of(path: Path, places: list[Statement]) -> int | None:
    """The line of the statement that holds `path`, else of the nearest table around it."""
    for length in range(len(path), 0, -1):
        for place in places:
            if place.path == path[:length]:
                return place.first
    # `topic.kk = …` holds `topic` though no statement is called so.
    return next((place.first for place in places if path and place.path[: len(path)] == path), None)


def _extents(lines: list[str]) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(lines):
        stripped = lines[index].strip()
        if not stripped or stripped.startswith("#"):
            index += 1
            continue
        last = index if stripped.startswith("[") else _statement_end(lines, index)
        yield index + 1, last + 1
        index = last + 1


def _statement_end(lines: list[str], first: int) -> int:
    for last in range(first, len(lines)):
        try:
            tomllib.loads("\n".join(lines[first : last + 1]))
        except tomllib.TOMLDecodeError:
            continue
        return last
    return first


def _header_path(line: str, arrays: dict[Path, int]) -> Path:
    match = re.match(_HEADER, line)
    if match is None:
        return ()
    path: Path = ()
    keys = _keys(match[2])
    for depth, key in enumerate(keys, 1):
        path = (*path, key)
        if depth == len(keys) and match[1] == "[[":
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _keys(dotted: str) -> tuple[str, ...]:
    keys: list[str] = []
    value: Any = tomllib.loads(f"{dotted} = 0")
    while isinstance(value, dict):
        ((key, value),) = value.items()
        keys.append(key)
    return tuple(keys)


def _line_of(error: Exception, line_count: int) -> int:
    match = re.search(_POSITION, str(error))
    return min(int(match["line"]), line_count) if match and match["line"] else line_count


def _syntax_problem(file: str, number: int, line: str, error: Exception) -> Problem:
    reason = re.sub(_POSITION, "", str(error))
    if "Cannot overwrite" in reason or "Cannot declare" in reason:
        return Problem(file, number, "this key or heading stands twice", "Keep one of the two")
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, line.rstrip("\r"))), "")
    return Problem(file, number, f"this line is no TOML ({reason[:1].lower()}{reason[1:]})", hint)
