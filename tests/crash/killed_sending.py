"""Sends mailings in forked processes, each of them killed at another point, then sends each of them to the end.

Reads a plan (JSON) from standard input, writes what each run's log says to standard output. A process of its own, so
that the forks hold nothing but schoolctl. Run as `python -m crash.killed_sending` in the folder of the tests.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from .killed_runs import Killer, ended, in_fork, run_command
from .season import MYELOMA

COMMAND = ["mail", MYELOMA, "--kind", "invitation", "--recipients", "people.csv", "--send", "--yes"]


class SendingKiller(Killer):
    """Knows the points between two commands to the mail server, too."""

    def audit(self, name: str, details: tuple[Any, ...]) -> None:
        if name.startswith(("smtplib.", "socket.")):
            self.event()
        else:
            super().audit(name, details)


class Counter(SendingKiller):
    """Kills nothing, and tells at which point the server is first spoken to, and how many points there are."""

    first = 0

    def audit(self, name: str, details: tuple[Any, ...]) -> None:
        if name == "smtplib.send" and not self.first:
            self.first = self.seen
        super().audit(name, details)

    def event(self, *_details: object) -> None:
        self.seen += 1
        (Path(self.workspace).parent / "points").write_text(f"{self.first} {self.seen}", "utf-8")


def log(workspace: Path) -> dict[str, str]:
    """What the log says of each mail, looked at in a copy."""
    from schoolctl.store.database import open_database

    copy = workspace.with_name("looked-at")
    shutil.copytree(workspace, copy)
    try:
        with open_database(copy / "questions.db", for_writing=False) as database:
            return {row[0]: row[1] for row in database.rows("SELECT email, state FROM mail")}
    finally:
        shutil.rmtree(copy)


def new_run(plan: dict[str, Any], number: int) -> Path:
    """A workspace whose people are told from those of all other runs by their addresses."""
    workspace = Path(plan["root"]) / f"run-{number}"
    shutil.copytree(Path(plan["root"]) / "template", workspace)
    emails = "".join(f"p{at}@run-{number}.example\n" for at in range(plan["people"]))
    (workspace / "people.csv").write_text(f"e-mail\n{emails}", "utf-8")
    return workspace


def killers(
    plan: dict[str, Any], first: int, last: int, seconds: float
) -> Iterator[tuple[SendingKiller | None, float]]:
    """How each run is killed: at one of the points, most of them after the server was spoken to, or after a while."""
    chance = random.Random(plan["seed"])  # noqa: S311 - no secret
    for number in range(plan["number"]):
        if number % 2:
            yield None, chance.random() * seconds
        else:
            yield SendingKiller(chance.randint(first if number % 4 else 1, last), Path(plan["root"])), 0.0


def kill(workspace: Path, killer: SendingKiller | None, seconds: float) -> int:
    """Run the command until it is killed; how it ended."""
    if killer:
        killer.workspace = str(workspace)
        return ended(in_fork(workspace, COMMAND, killer.install))
    pid = in_fork(workspace, COMMAND, lambda: None)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    return ended(pid)


def nothing() -> None:
    """No preparation."""


def once(workspace: Path, prepare: Callable[[], None] = nothing) -> float:
    """Send to the end; how many seconds that takes."""
    began = time.perf_counter()
    if code := ended(in_fork(workspace, COMMAND, prepare)):
        sys.exit(f"the run that nobody killed ended with {code}")
    return time.perf_counter() - began


def main() -> NoReturn:
    plan = json.load(sys.stdin)
    # Here and not in a fork: what the command imports is there for all forks.
    warm = new_run(plan, -3)
    os.chdir(warm)
    run_command(warm, [*COMMAND, "--dry-run"])
    run_command(warm, COMMAND)
    seconds = once(new_run(plan, -2))
    counted = new_run(plan, -1)
    once(counted, Counter(0, counted).install)
    first, last = map(int, (counted.parent / "points").read_text("utf-8").split())
    runs = []
    for number, (killer, delay) in enumerate(killers(plan, first, last, seconds)):
        workspace = new_run(plan, number)
        code = kill(workspace, killer, delay)
        after = log(workspace) if (workspace / "questions.db").exists() else {}
        again = ended(in_fork(workspace, COMMAND, nothing))
        runs.append({"code": code, "after": after, "again": again, "final": log(workspace)})
        shutil.rmtree(workspace)
    json.dump(runs, sys.stdout)
    sys.exit(0)


if __name__ == "__main__":
    main()
