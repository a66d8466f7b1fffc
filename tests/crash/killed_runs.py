"""Runs a schoolctl command again and again in forked processes, each of them killed at another point.

Reads a plan (JSON) from standard input, writes what became of each run to standard output. A process of its own, so
that the forks hold nothing but schoolctl.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

VM_STEPS = 300
# Whatever the command fails of beyond this, it is not the size.
LARGEST_FILE = 2_000_000


def run_command(workspace: Path, words: list[str]) -> int:
    """The command as it is typed; its exit code."""
    from schoolctl.__main__ import main

    sys.argv = ["schoolctl", "-C", str(workspace), *words]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def in_fork(workspace: Path, words: list[str], prepare: Callable[[], None]) -> int:
    """Run the command in a fork; its process ID."""
    if pid := os.fork():
        return pid
    try:
        os.chdir(workspace)
        prepare()
        os._exit(run_command(workspace, words))
    finally:
        os._exit(99)


def ended(pid: int) -> int:
    """The exit code of a fork, or the signal that killed it, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Killer:
    """Ends its own process, as a power cut would, at the event number `at`."""

    def __init__(self, at: int, workspace: Path) -> None:
        self.at = at
        self.seen = 0
        self.workspace = str(workspace)

    def event(self, *_details: object) -> None:
        self.seen += 1
        if self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, name: str, details: tuple[Any, ...]) -> None:
        is_ours = bool(details) and str(details[0]).startswith(self.workspace)
        if name == "fcntl.flock" or (is_ours and name.split(".", maxsplit=1)[0] in {"open", "os", "sqlite3"}):
            self.event()

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - it stands for any call
            self.event()
            result = call(*arguments, **options)
            self.event()
            return result

        return wrapped

    def connect(self, *arguments: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - as above
        connection = sqlite3.Connection(*arguments, **options)
        connection.set_trace_callback(self.event)
        connection.set_progress_handler(self.event, VM_STEPS)
        return connection

    def install(self) -> None:
        sys.addaudithook(self.audit)
        os.fsync = self.around(os.fsync)
        os.close = self.around(os.close)
        sqlite3.connect = self.connect  # type: ignore[assignment]


def limit_files(limit: int, *, is_killed: bool) -> None:
    """No file may grow beyond `limit`: the process dies in the middle of the write, or is told that it failed."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if is_killed else signal.SIG_IGN)


def state(workspace: Path) -> dict[str, object]:
    """All that matters of a workspace: the schedule, what the store holds, and the documents."""
    from schoolctl.store.database import open_database

    with open_database(workspace / "questions.db", for_writing=False) as database:
        fault = database.integrity_fault()
        rows = {
            table: [list(row) for row in database.rows(f"SELECT * FROM {table}")]  # noqa: S608 - names of our own
            for table in ("question", "set_aside", "invite_revision", "invite_recipient")
        }
    documents = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted((workspace / "out").rglob("*"))
        if file.is_file() and not file.name.endswith(".lock")
    }
    schedule = (workspace / "sessions.toml").read_bytes()
    return {"schedule": hashlib.sha256(schedule).hexdigest(), "fault": fault, "rows": rows, "documents": documents}


class Runs:
    """A series of killed runs, each in a workspace of its own."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.root = Path(plan["root"])
        self.words: list[str] = plan["command"]
        self.step: int = plan["step"]
        self.folders = count(1)

    def workspace(self) -> Path:
        folder = self.root / f"run-{next(self.folders)}"
        shutil.copytree(self.root / "template", folder)
        return folder

    def outcome(self, workspace: Path, code: int) -> dict[str, object]:
        """What stands there after the kill (looked at in a copy), and after the command was run once more."""
        shutil.copytree(workspace, workspace.with_name("looked-at"), symlinks=True)
        after = state(workspace.with_name("looked-at"))
        shutil.rmtree(workspace.with_name("looked-at"))
        again = ended(in_fork(workspace, self.words, lambda: None))
        final = state(workspace)
        shutil.rmtree(workspace)
        return {"code": code, "after": after, "again": again, "final": final}

    def at_every_event(self) -> Iterator[dict[str, object]]:
        for at in count(1):
            workspace = self.workspace()
            code = ended(in_fork(workspace, self.words, Killer(at, workspace).install))
            yield self.outcome(workspace, code)
            if code != -signal.SIGKILL:
                return

    def at_every_size(self, *, is_killed: bool) -> Iterator[dict[str, object]]:
        for limit in range(0, LARGEST_FILE, self.step):
            workspace = self.workspace()
            code = ended(in_fork(workspace, self.words, partial(limit_files, limit, is_killed=is_killed)))
            yield self.outcome(workspace, code)
            if code == 0:
                return

    def at_random(self, seed: int, number: int) -> Iterator[dict[str, object]]:
        chance = random.Random(seed)  # noqa: S311 - no secret
        workspace = self.workspace()
        began = time.perf_counter()
        ended(in_fork(workspace, self.words, lambda: None))
        lasts = time.perf_counter() - began
        for _ in range(number):
            workspace = self.workspace()
            pid = in_fork(workspace, self.words, lambda: None)
            time.sleep(chance.random() * lasts)
            os.kill(pid, signal.SIGKILL)
            yield self.outcome(workspace, ended(pid))


def main() -> NoReturn:
    from tests.lists_read_once import read_lists_once

    # The forks have them from here.
    read_lists_once(setattr)
    plan = json.load(sys.stdin)
    runs = Runs(plan)
    template = runs.root / "template"
    for words in plan["before"]:
        if code := ended(in_fork(template, words, lambda: None)):
            sys.exit(f"{words} ended with {code}")
    reference = runs.workspace()
    # Here and not in a fork: what the command imports is there for all forks.
    os.chdir(reference)
    code = run_command(reference, plan["command"])
    series: dict[str, Callable[[], Iterator[dict[str, object]]]] = {
        "events": runs.at_every_event,
        "bytes": partial(runs.at_every_size, is_killed=True),
        "full": partial(runs.at_every_size, is_killed=False),
        "random": partial(runs.at_random, plan["seed"], plan["number"]),
    }
    result = {"code": code, "before": state(template), "wanted": state(reference), "runs": list(series[plan["way"]]())}
    json.dump(result, sys.stdout)
    sys.exit(0)


if __name__ == "__main__":
    main()
