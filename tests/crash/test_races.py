"""Several people at once: each change is wholly there or was refused, and every question is there once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore
from schoolctl.store.schedule_file import ScheduleFile

from .season import MYELOMA, mailbox, new_workspace

LEUKEMIA = "2022-06-09-chronic-lymphocytic-leukemia"
# An edit, and the line of the schedule that shows it.
EDITS = {
    (MYELOMA, "--topic", "en=myeloma in 2022"): 'en = "myeloma in 2022"',
    (MYELOMA, "--ends", "2022-05-19 21:21"): "ends = 2022-05-19 21:21:00",
    (MYELOMA, "--questions-until", "2022-05-16 09:09"): "questions_until = 2022-05-16 09:09:00",
    (MYELOMA, "--speaker", "Асан Асанов"): '{ name = "Асан Асанов" }',
    (LEUKEMIA, "--topic", "en=leukemia in 2022"): 'en = "leukemia in 2022"',
    (LEUKEMIA, "--ends", "2022-06-09 21:22"): "ends = 2022-06-09 21:22:00",
    (LEUKEMIA, "--questions-until", "2022-06-06 08:08"): "questions_until = 2022-06-06 08:08:00",
    (LEUKEMIA, "--venue", "ru=Алматы, зал 4"): 'ru = "Алматы, зал 4"',
}


def started(workspace: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "schoolctl", "-C", str(workspace), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_eight_people_edit_the_schedule_at_once(tmp_path: Path) -> None:
    path = new_workspace(tmp_path) / "sessions.toml"
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    commands = {edit: started(tmp_path, "school", "edit", *edit) for edit in EDITS}
    said = {edit: command.communicate(timeout=60) for edit, command in commands.items()}
    text = path.read_text("utf-8")
    for edit, command in commands.items():
        assert command.returncode in {0, 1}
        assert (EDITS[edit] in text) == (command.returncode == 0)
        if command.returncode:
            assert "was changed meanwhile" in said[edit][1] or "is in use by another" in said[edit][1]
    assert any(command.returncode == 0 for command in commands.values())
    assert ScheduleFile.read(path).problems == ()
    assert [line for line in text.splitlines() if line.startswith("#")] == comments
    assert not (tmp_path / ".sessions.toml.new").exists()


def test_four_people_import_the_same_mails_at_once(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    (tmp_path / "inbox.mbox").write_bytes(mailbox(40))
    commands = [started(workspace, "questions", "import", str(tmp_path / "inbox.mbox"), "--json") for _ in range(4)]
    accounts: list[dict[str, Any]] = []
    for command in commands:
        out, complaints = command.communicate(timeout=60)
        assert command.returncode == 0, complaints
        accounts.append(json.loads(out))
    assert sorted(account["imported"] for account in accounts) == [0, 0, 0, 40]
    assert [account["seen"] for account in accounts] == [40] * 4
    with open_database(tmp_path / "questions.db", for_writing=False) as database:
        kept = [question.message_id for question in QuestionStore(database).find(QuestionFilter())]
        assert database.integrity_fault() is None
    assert sorted(kept) == sorted(f"{at}@example.kz" for at in range(1, 41))


@pytest.mark.parametrize("people", [4])
def test_several_people_issue_the_same_invite_at_once(tmp_path: Path, people: int) -> None:
    workspace = new_workspace(tmp_path)
    commands = [started(workspace, "invite", MYELOMA, "--lang", "ru", "--force") for _ in range(people)]
    codes = []
    for command in commands:
        _, complaints = command.communicate(timeout=60)
        codes.append(command.returncode)
        assert command.returncode == 0 or "was changed meanwhile" in complaints
    assert 0 in codes
    with open_database(tmp_path / "questions.db", for_writing=False) as database:
        assert [row[0] for row in database.rows("SELECT sequence FROM invite_revision")] == [0]
    (file,) = (tmp_path / "out" / MYELOMA).glob("*.ics")
    assert file.read_bytes().count(b"SEQUENCE:0\r\n") == 1
