"""A TOML file made by hand: what can be read of it, and every syntax mistake with its line."""

from __future__ import annotations

import tomllib
from typing import Any, NamedTuple

from schoolctl.errors import Problem

_BOM = "\ufeff"


class TomlSource(NamedTuple):
    """What could be read of a file: `text` has broken lines blanked, `broken` gives the keys that stood on them."""

    text: str
    data: dict[str, Any]
    problems: tuple[Problem, ...]
    broken: tuple[tuple[int, str], ...]
    is_readable: bool = True


def read_toml(raw: bytes, file: str) -> TomlSource:
    """Parse `raw`; a line that is no TOML is reported, left out, and the rest is read all the same."""
    try:
        text = raw.decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        bad = raw.count(b"\n", 0, error.start) + 1
        hint = "Save the file as UTF-8: in Notepad, Save as…, Encoding: UTF-8"
        return TomlSource("", {}, (Problem(file, bad, "the file is not in UTF-8", hint),), (), is_readable=False)
    if "\r" in text and "\n" not in text:
        hint = "Save the file with the line ends of Windows or Unix"
        problem = Problem(file, None, "the file has line ends that only old Macs knew", hint)
        return TomlSource("", {}, (problem,), (), is_readable=False)
    try:
        return TomlSource(text, tomllib.loads(text), (), ())
    except (tomllib.TOMLDecodeError, RecursionError):
        from schoolctl.store.toml_recovery import recover

        rest, data, problems, broken = recover(file, text)
        if data is None:
            return TomlSource("", {}, problems, (), is_readable=False)
        return TomlSource(rest, data, problems, broken)
