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
    probe = PROBE.format(words=words, heavy=heavy)
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
