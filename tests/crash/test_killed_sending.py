"""However a mailing is killed and run again: nobody gets it twice, and whoever may lack it is named.

SCHOOLCTL_KILLS=1000 makes that many kills (60 without it), half of them at random moments.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from .mail_sink import MailSink
from .season import new_workspace

KILLS = int(os.environ.get("SCHOOLCTL_KILLS", "60"))
SIGKILL = -9
PEOPLE = 4
SMTP = '[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nper_minute = 6000\n\n'


class Result(NamedTuple):
    """What the runs' logs say, and how many mails the server has for each address."""

    runs: list[dict[str, Any]]
    received: dict[str, int]


def test_a_mailing_killed_and_run_again(tmp_path: Path) -> None:
    # One test for all that is to be seen in these runs: they take most of a minute.
    result = killed_runs(tmp_path)
    assert_enough_were_killed_in_the_middle(result)
    assert set(result.received.values()) == {1}
    for number, run in enumerate(result.runs):
        assert_nobody_is_forgotten(people(number), run, result.received)
        assert_the_log_is_true(people(number), run["after"], result.received)


def killed_runs(root: Path) -> Result:
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
    return Result(json.loads(done.stdout), sink.received)


def people(number: int) -> list[str]:
    return [f"p{at}@run-{number}.example" for at in range(PEOPLE)]


def assert_enough_were_killed_in_the_middle(result: Result) -> None:
    assert len(result.runs) == KILLS
    assert {run["code"] for run in result.runs} <= {SIGKILL, 0}
    assert sum(run["code"] == SIGKILL for run in result.runs) > KILLS // 2
    assert sum(0 < len(run["after"]) < PEOPLE for run in result.runs) > KILLS // 12


def assert_nobody_is_forgotten(everybody: list[str], run: dict[str, Any], received: dict[str, int]) -> None:
    final = run["final"]
    assert set(final) == set(everybody)
    unknown = [email for email in everybody if final[email] == "sending"]
    # At most the one that was on its way; it is told, and whoever is not told has the mail.
    assert len(unknown) <= 1
    assert run["again"] == (1 if unknown else 0)
    rest = [email for email in everybody if email not in unknown]
    assert [final[email] for email in rest] == ["sent"] * len(rest)
    assert [received.get(email) for email in rest] == [1] * len(rest)


def assert_the_log_is_true(everybody: list[str], after: dict[str, str], received: dict[str, int]) -> None:
    """What the log says before the second run."""
    sent = [email for email in everybody if after.get(email) == "sent"]
    assert [received[email] for email in sent] == [1] * len(sent)
    # In the list's order: all before the one on its way are done.
    assert sent == everybody[: len(sent)]
