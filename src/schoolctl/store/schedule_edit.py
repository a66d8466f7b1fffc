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
from schoolctl.store.toml_places import KEY, Path, Statement, keys_of, statements

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
    block = _inside(("school", index), statements(text))
    old = _inside(("school", index, key), block)
    lines = text.split("\n")
    if not old:
        return text if value is None else _inserted(lines, _place_for(key, block), statement(key, value))
    if len(old) == 1 and len(old[0].path) == _KEY_PATH and not old[0].is_header:
        _replace(lines, old[0], None if value is None else inline(value))
        return "\n".join(lines)
    _refuse_foreign_shape(old, value)
    return _with_parts(lines, key, old, value if isinstance(value, Mapping) else None)


def _inside(path: Path, places: Sequence[Statement]) -> list[Statement]:
    return [place for place in places if place.path[: len(path)] == path]


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
    if parts is not None:
        _add_parts(lines, key, old, parts)
    for place in reversed(old):
        # A heading stays as long as there is something below it.
        if parts is None or not place.is_header:
            _replace(lines, place, (parts or {}).get(str(place.path[-1])))
    return "\n".join(lines)


def _add_parts(lines: list[str], key: str, old: Sequence[Statement], parts: Mapping[str, str]) -> None:
    known = {place.path[-1] for place in old if len(place.path) == _PART_PATH}
    prefix = "" if old[0].is_header else f"{key}."
    new = "\n".join(statement(f"{prefix}{name}", part) for name, part in parts.items() if name not in known)
    end = old[-1].last
    lines[end:end] = _ended_like(lines[end - 1], new).split("\n") if new else []


def _replace(lines: list[str], place: Statement, value: str | None) -> None:
    """Give a statement another value: its blanks and comments stay; None takes it out."""
    if value is None:
        del lines[place.first - 1 : place.last]
        return
    block = "\n".join(lines[place.first - 1 : place.last])
    # An equal value stays as it was spelt.
    if (match := KEY.match(block)) is None or _value_of(match[1], block) == _value_of("key", f"key = {value}"):
        return
    after_sign = block[match.end() :]
    begins = len(block) - len(after_sign.lstrip(" \t"))
    comments, tail = _comments_of(block, begins)
    # What somebody noted beside the old items is moved above the new ones, not lost.
    if comments and value.startswith("[\n"):
        value = "[\n" + "".join(f"  {comment}\n" for comment in comments) + value.removeprefix("[\n")
    if tail.endswith("\r"):
        value = value.replace("\n", "\r\n")
    lines[place.first - 1 : place.last] = (block[:begins] + value + tail).split("\n")


def _comments_of(block: str, begins: int) -> tuple[list[str], str]:
    """The comments inside the value that begins there, and what stands behind the value."""
    comments = [token for token in _TOKEN.finditer(block, begins) if token["comment"]]
    is_behind = bool(comments) and "\n" not in block[comments[-1].end() :]
    ends = comments.pop().start() if is_behind else len(block)
    return [comment["comment"] for comment in comments], block[len(block[:ends].rstrip()) :]


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
        # Below [[school.programme]] the key would be one of the programme's.
        if place.is_header:
            break
        if place.path[_BLOCK_PATH] not in later_keys:
            at = place.last
    return at
