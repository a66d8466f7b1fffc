"""Whenever a command dies, nothing is torn, and typing it again gives what it would have given.

SCHOOLCTL_KILLS=1000 makes that many kills at random moments for each command (60 without it).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .season import MYELOMA, mailbox, new_workspace

CHECKOUT = Path(__file__).parents[2]
LATER = ("--starts", "2022-05-19 19:00", "--ends", "2022-05-19 21:45")
KILLS = int(os.environ.get("SCHOOLCTL_KILLS", "60"))
SIGKILL, SIGXFSZ = -9, -25
EDIT = ["school", "edit", MYELOMA, *LATER]
IMPORT = ["questions", "import", "inbox.mbox", "--school", MYELOMA]
INVITE = ["invite", MYELOMA, "--force", "--lang", "ru", "--attendee", "b@example.kz", "--attendee", "a@example.kz"]
# What stands in the workspace when the command is typed: an older invite that the command updates.
ISSUED = [["invite", MYELOMA, "--lang", "ru", "--attendee", "a@example.kz"], EDIT]
COMMANDS = pytest.mark.parametrize(
    ("command", "before"),
    [
        pytest.param(EDIT, [], id="edit"),
        pytest.param(IMPORT, [], id="import"),
        pytest.param(INVITE, ISSUED, id="invite"),
    ],
)


def runs(root: Path, command: list[str], before: list[list[str]], way: str) -> dict[str, Any]:
    template = root / "template"
    template.mkdir()
    (new_workspace(template) / "inbox.mbox").write_bytes(mailbox(6))
    plan = {"root": str(root), "command": command, "before": before, "way": way, "seed": 7, "number": KILLS}
    # The schedule is small, the store is written in pages of 4,096 bytes.
    plan["step"] = 256 if command is EDIT else 3_000
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1652330000", "SCHOOLCTL_WORKSPACE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.killed_runs"],
        cwd=CHECKOUT,
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["code"] == 0
    assert result["before"] != result["wanted"]
    return result


def assert_nothing_is_torn_or_lost(result: dict[str, Any]) -> None:
    before, wanted = result["before"], result["wanted"]
    for run in result["runs"]:
        after = run["after"]
        assert after["fault"] is None
        assert after["schedule"] in {before["schedule"], wanted["schedule"]}
        # A transaction is there wholly or not at all.
        assert after["rows"] in (before["rows"], wanted["rows"])
        assert run["again"] == 0
        assert run["final"] == wanted


@COMMANDS
def test_killed_at_every_event(tmp_path: Path, command: list[str], before: list[list[str]]) -> None:
    result = runs(tmp_path, command, before, "events")
    codes = [run["code"] for run in result["runs"]]
    assert codes == [SIGKILL] * (len(codes) - 1) + [0]
    assert len(codes) >= 15
    assert_nothing_is_torn_or_lost(result)


@COMMANDS
def test_killed_in_the_middle_of_a_write(tmp_path: Path, command: list[str], before: list[list[str]]) -> None:
    result = runs(tmp_path, command, before, "bytes")
    codes = [run["code"] for run in result["runs"]]
    assert codes == [SIGXFSZ] * (len(codes) - 1) + [0]
    assert len(codes) >= 5
    assert_nothing_is_torn_or_lost(result)


@COMMANDS
def test_a_full_disk(tmp_path: Path, command: list[str], before: list[list[str]]) -> None:
    result = runs(tmp_path, command, before, "full")
    codes = [run["code"] for run in result["runs"]]
    assert codes == [1] * (len(codes) - 1) + [0]
    assert_nothing_is_torn_or_lost(result)


@COMMANDS
def test_killed_at_random_moments(tmp_path: Path, command: list[str], before: list[list[str]]) -> None:
    result = runs(tmp_path, command, before, "random")
    codes = [run["code"] for run in result["runs"]]
    assert len(codes) == KILLS
    assert set(codes) <= {SIGKILL, 0}
    assert codes.count(SIGKILL) > KILLS // 4
    assert_nothing_is_torn_or_lost(result)
