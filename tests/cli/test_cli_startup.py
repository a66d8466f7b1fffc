from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """\
import sys
sys.argv = ["schoolctl", *{words!r}]
from schoolctl.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
loaded = sorted(set({heavy!r}) & set(sys.modules))
print(loaded, file=sys.stderr)
"""
GARBAGE_PROBE = """\
import gc, sys
sys.argv = ["schoolctl", "--help"]
from schoolctl.__main__ import main
try:
    main()
finally:
    print(gc.isenabled(), gc.get_freeze_count() > 10_000, file=sys.stderr)
"""
HEAVY = (
    "rich", "jinja2", "tomlkit", "icalendar", "yaml", "lxml", "phonenumbers", "chardet", "ftfy", "sqlite3", "pydantic",
)  # fmt: skip
HELPS = (
    (), ("init",), ("demo",), ("check",), ("templates",), ("templates", "list"), ("templates", "copy"),
    ("school",), ("school", "list"), ("school", "show"), ("school", "add"), ("school", "edit"), ("school", "move"),
    ("school", "link"), ("school", "cancel"), ("school", "remove"),
    ("questions",), ("questions", "import"), ("questions", "list"), ("questions", "show"), ("questions", "set"),
    ("announce",), ("invite",), ("agenda",),
)  # fmt: skip


def loaded_by(words: tuple[str, ...], heavy: tuple[str, ...], folder: Path) -> str:
    return told_by(PROBE.format(words=words, heavy=heavy), folder)


def told_by(probe: str, folder: Path) -> str:
    # Measured coverage would load sqlite3 by itself.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=folder, env=plain, capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout
    return done.stderr


@pytest.mark.parametrize("words", [("--version",), *((*words, "--help") for words in HELPS)], ids=" ".join)
def test_version_and_help_load_nothing_heavy(words: tuple[str, ...], tmp_path: Path) -> None:
    assert loaded_by(words, HEAVY, tmp_path) == "[]\n"


def test_listing_schools_for_a_script_loads_no_rich_and_no_renderer(workspace: Path) -> None:
    heavy = ("rich", "jinja2", "tomlkit", "icalendar", "yaml", "lxml", "phonenumbers", "chardet", "ftfy", "pydantic")
    assert loaded_by(("school", "list", "--json"), heavy, workspace) == "[]\n"


def test_a_table_of_schools_loads_no_emoji(workspace: Path) -> None:
    heavy = ("rich", "rich._emoji_codes", "rich.pretty", "rich.progress", "rich.traceback", "tomlkit", "jinja2")
    assert loaded_by(("school", "list"), heavy, workspace) == "['rich']\n"


def test_what_start_up_imports_is_not_looked_through_for_garbage(tmp_path: Path) -> None:
    assert told_by(GARBAGE_PROBE, tmp_path) == "True True\n"
