"""Setting one key of one school in the text of a sessions.toml; every other line stays as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from schoolctl.errors import SchoolctlError
from schoolctl.store import SCHEDULE_FILE
from schoolctl.store.schedule_keys import SCHOOL_KEYS
from schoolctl.store.toml_places import KEY, Statement, keys_of, statements

# A value in TOML, or the parts of a table, each in TOML; None takes the key out.
Rendered = str | Mapping[str, str] | None
_BLOCK_PATH = 2  # ("school", index): the path of a [[school]] line itself
_KEY_PATH = 3
_PART_PATH = 4  # ("school", index, "topic", "kk")
# Comments and, so that a # inside one begins no comment, texts.
_TOKEN = re.compile(
    r'"""[\s\S]*?"""' + r"|'''[\s\S]*?'''" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'|(?P<comment>#[^\r\n]*)"
)


def with_key(text: str, index: int, key: str, value: Rendered) -> str:
    """The text with `key` of the school number `index` set to `value`, or taken out."""
    block = [place for place in statements(text) if place.path[:_BLOCK_PATH] == ("school", index)]
    old = [place for place in block if place.path[:_KEY_PATH] == ("school", index, key)]
    lines = text.split("\n")
    if not old:
        return text if value is None else _inserted(lines, _place_for(key, block), statement(key, value))
    if len(old) == 1 and len(old[0].path) == _KEY_PATH and not old[0].is_header:
        _replace(lines, old[0], None if value is None else inline(value))
        return "\n".join(lines)
    _refuse_foreign_shape(old, value)
    return _with_parts(lines, key, old, value if isinstance(value, Mapping) else None)


def statement(key: str, value: str | Mapping[str, str]) -> str:
    """`key = value`."""
    return f"{key} = {inline(value)}"


def inline(value: str | Mapping[str, str]) -> str:
    """A value on one line; the parts of a table in braces."""
    if isinstance(value, str):
        return value
    return "{ " + ", ".join(f"{key} = {part}" for key, part in value.items()) + " }" if value else "{}"


def _refuse_foreign_shape(old: Sequence[Statement], value: Rendered) -> None:
    """Only tables of plain values are changed part by part, whether written `topic.kk = …` or below a heading."""
    is_plain = all(len(place.path) <= _PART_PATH and not isinstance(place.path[-1], int) for place in old)
    if isinstance(value, str) or not is_plain:
        key = old[0].path[_BLOCK_PATH]
        message = f"{SCHEDULE_FILE}:{old[0].first}: {key} takes several blocks or lines; change it there by hand"
        raise SchoolctlError(message)


def _with_parts(lines: list[str], key: str, old: Sequence[Statement], parts: Mapping[str, str] | None) -> str:
    """Set every part where it stands, take out those not wanted, and put new ones behind the last."""
    has_heading = old[0].is_header
    known = {place.path[-1] for place in old if len(place.path) == _PART_PATH}
    new = [] if parts is None else [(name, part) for name, part in parts.items() if name not in known]
    end = old[-1].last
    for name, part in reversed(new):
        lines[end:end] = [_ended_like(lines[end - 1], statement(name if has_heading else f"{key}.{name}", part))]
    for place in reversed(old):
        if parts is None or not place.is_header:
            _replace(lines, place, (parts or {}).get(str(place.path[-1])))
    return "\n".join(lines)


def _replace(lines: list[str], place: Statement, value: str | None) -> None:
    """Give a statement another value: its blanks and comments stay; None takes it out."""
    if value is None:
        del lines[place.first - 1 : place.last]
        return
    block = "\n".join(lines[place.first - 1 : place.last])
    if (match := KEY.match(block)) is None or _value_of(match[1], block) == _value_of("key", f"key = {value}"):
        return
    begins = match.end() + len(block[match.end() :]) - len(block[match.end() :].lstrip(" \t"))
    comments = [token for token in _TOKEN.finditer(block, begins) if token["comment"]]
    tail_begins = comments.pop().start() if comments and "\n" not in block[comments[-1].end() :] else len(block)
    tail = block[len(block[:tail_begins].rstrip()) :]
    if comments and value.startswith("[\n"):
        value = "[\n" + "".join(f"  {comment['comment']}\n" for comment in comments) + value.removeprefix("[\n")
    if tail.endswith("\r"):
        value = value.replace("\n", "\r\n")
    lines[place.first - 1 : place.last] = (block[:begins] + value + tail).split("\n")


def _value_of(dotted: str, block: str) -> object:
    value: Any = tomllib.loads(block.removesuffix("\r"))
    for key in keys_of(dotted):
        value = value[key]
    return value


def _inserted(lines: list[str], at: int, new: str) -> str:
    return "\n".join([*lines[:at], _ended_like(lines[at - 1], new), *lines[at:]])


def _ended_like(neighbour: str, new: str) -> str:
    """The new lines with the line ends of the line above (a file may mix them)."""
    return new.replace("\n", "\r\n") + "\r" if neighbour.endswith("\r") else new


def _place_for(key: str, block: Sequence[Statement]) -> int:
    """After which line a new key goes: behind the last key that comes before it in the usual order."""
    later_keys = SCHOOL_KEYS[SCHOOL_KEYS.index(key) :]
    at = block[0].last
    for _, place in pairwise(block):
        if place.is_header:
            break
        if place.path[_BLOCK_PATH] not in later_keys:
            at = place.last
    return at
