"""However a mailing is killed and run again: nobody gets it twice, and whoever may lack it is named.

SCHOOLCTL_KILLS=1000 makes that many kills (60 without it), half of them at random moments.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .mail_sink import MailSink
from .season import new_workspace

KILLS = int(os.environ.get("SCHOOLCTL_KILLS", "60"))
SIGKILL = -9
PEOPLE = 4
SMTP = '[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nper_minute = 6000\n\n'


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, int]]:
    """What the runs' logs say, and how many mails the server has for each address."""
    root = tmp_path_factory.mktemp("sending")
    (root / "template").mkdir()
    schedule = new_workspace(root / "template") / "sessions.toml"
    with MailSink() as sink:
        smtp = SMTP.format(port=sink.port)
        text = schedule.read_text("utf-8").replace("\n[[school]]\n", f"\n{smtp}[[school]]\n", 1)
        schedule.write_text(text, "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "crash.killed_sending"],
            input=json.dumps({"root": str(root), "number": KILLS, "people": PEOPLE, "seed": 11}),
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[1],
            env=os.environ | {"SOURCE_DATE_EPOCH": "1652330000", "SCHOOLCTL_WORKSPACE": ""},
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), sink.received


def people(number: int) -> list[str]:
    return [f"p{at}@run-{number}.example" for at in range(PEOPLE)]


def test_enough_of_the_runs_were_killed_in_the_middle_of_sending(
    result: tuple[dict[str, Any], dict[str, int]],
) -> None:
    runs = result[0]["runs"]
    assert len(runs) == KILLS
    assert {run["code"] for run in runs} <= {SIGKILL, 0}
    assert sum(run["code"] == SIGKILL for run in runs) > KILLS // 2
    assert sum(0 < len(run["after"]) < PEOPLE for run in runs) > KILLS // 6


def test_nobody_gets_it_twice(result: tuple[dict[str, Any], dict[str, int]]) -> None:
    assert set(result[1].values()) == {1}


def test_nobody_is_forgotten(result: tuple[dict[str, Any], dict[str, int]]) -> None:
    received = result[1]
    for number, run in enumerate(result[0]["runs"]):
        everybody = people(number)
        assert set(run["final"]) == set(everybody)
        unknown = [email for email in everybody if run["final"][email] == "sending"]
        # At most the one that was on its way; it is told, and whoever is not told has the mail.
        assert len(unknown) <= 1
        assert run["again"] == (1 if unknown else 0)
        assert [email for email in everybody if run["final"][email] == "sent"] == [
            email for email in everybody if email not in unknown
        ]
        assert all(received.get(email) == 1 for email in everybody if email not in unknown)


def test_what_the_log_says_before_the_second_run_is_true(result: tuple[dict[str, Any], dict[str, int]]) -> None:
    for number, run in enumerate(result[0]["runs"]):
        sent = [email for email in people(number) if run["after"].get(email) == "sent"]
        assert all(result[1][email] == 1 for email in sent)
        # Sent in the list's order: all before the one on its way are done.
        assert sent == people(number)[: len(sent)]
