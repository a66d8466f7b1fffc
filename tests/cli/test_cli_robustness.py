"""Whatever lies in the workspace and whatever is typed: one line in the user's words and the right exit code."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import typer

from schoolctl.cli.app import app

RunBytes = Callable[..., subprocess.CompletedProcess[bytes]]
Spoiler = Callable[[Path], None]

ANEMIA = "2026-12-10-anemia"
# How each command is typed, so that it has something to do. What is asked for at a terminal is not tried here.
TYPED: dict[str, tuple[str, ...]] = {
    "init": ("new",),
    "demo": ("form.csv",),
    "check": (),
    "status": (),
    "school list": (),
    "school show": (ANEMIA,),
    "school add": ("--topic", "ru=x", "--starts", "2026-12-20 18:30", "--duration", "2h"),
    "school edit": (ANEMIA, "--topic", "ru=x"),
    "school move": (ANEMIA, "--starts", "2026-12-11 17:00"),
    "school link": (ANEMIA, "--url", "https://zoom.example.org/j/1"),
    "school cancel": (ANEMIA,),
    "school remove": (ANEMIA, "--force"),
    "school close": (ANEMIA, "--dry-run"),
    "questions import": ("form.csv", "--school", ANEMIA),
    "questions list": (),
    "questions show": ("2",),
    "questions set": ("1", "--status", "accepted"),
    "questions set-aside list": (),
    "questions set-aside restore": ("1",),
    "questions review": (),
    "questions similar": (),
    "questions group": ("1", "2"),
    "questions ungroup": ("1",),
    "questions split": ("1",),
    "questions why": ("1",),
    "questions screen": (),
    "questions summary": ("--html", "--lang", "ru"),
    "questions reply": ("1",),
    "questions forget": ("1",),
    "questions export": ("--sender", "+7 700 000 00 01"),
    "announce": (ANEMIA, "--channel", "all", "--lang", "ru"),
    "mail": (ANEMIA, "--recipients", "people.csv"),
    "invite": (ANEMIA, "--lang", "ru"),
    "feed": ("--lang", "ru"),
    "poster": (ANEMIA, "--lang", "ru", "--dry-run"),
    "preview": (ANEMIA, "--no-open", "--kind", "call", "--lang", "ru"),
    "agenda": (ANEMIA, "--lang", "ru"),
    "report": (),
    "history": (),
    "undo": (),
    "purge": ("--older-than", "365d"),
    "templates list": (),
    "templates copy": ("screening/ru.toml",),
}


def commands(command: Any, *words: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - Typer keeps its types to itself
    for name in getattr(command, "commands", ()):
        inner = command.get_command(None, name)
        if getattr(inner, "commands", None):
            yield from commands(inner, *words, name)
        else:
            yield " ".join((*words, name)), inner


ALL = dict(commands(typer.main.get_command(app)))
OPTIONS = {name: {option for one in command.params for option in one.opts} for name, command in ALL.items()}
VALUED = {
    name: [one.opts[-1] for one in command.params if one.opts[-1].startswith("--") and not one.is_flag]
    for name, command in ALL.items()
}


def assert_in_users_words(done: subprocess.CompletedProcess[bytes], *codes: int) -> None:
    said = done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in said
    assert "a fault in schoolctl itself" not in said
    assert done.returncode in codes, said
    if done.returncode == 1:
        assert said, done.stdout


def test_every_command_is_tried() -> None:
    assert list(TYPED) == list(ALL)


def no_workspace(folder: Path) -> None:
    (folder / "sessions.toml").unlink()


def schedule_is_a_folder(folder: Path) -> None:
    (folder / "sessions.toml").unlink()
    (folder / "sessions.toml").mkdir()


def schedule_is_empty(folder: Path) -> None:
    (folder / "sessions.toml").write_bytes(b"")


def schedule_is_binary(folder: Path) -> None:
    (folder / "sessions.toml").write_bytes(bytes(range(256)) * 8)


def store_is_a_text(folder: Path) -> None:
    (folder / "questions.db").write_text("These are my questions. " * 100, "utf-8")


def store_is_a_folder(folder: Path) -> None:
    (folder / "questions.db").unlink()
    (folder / "questions.db").mkdir()


def out_is_a_file(folder: Path) -> None:
    (folder / "out").write_text("x", "utf-8")


def templates_are_a_file(folder: Path) -> None:
    (folder / "templates").write_text("x", "utf-8")


# For every command: they differ in what they do first.
ALWAYS: tuple[Spoiler, ...] = (no_workspace, schedule_is_binary, store_is_a_text)
# For some of those that go the same way.
SOMETIMES: tuple[Spoiler, ...] = (
    schedule_is_a_folder, schedule_is_empty, store_is_a_folder, out_is_a_file, templates_are_a_file,
)  # fmt: skip
SOME = (
    "check", "status", "school list", "school edit", "questions import", "questions list", "questions set",
    "questions screen", "questions summary", "announce", "mail", "invite", "feed", "agenda", "report", "purge",
    "templates copy",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spoil"),
    [*product(ALL, ALWAYS), *product(SOME, SOMETIMES)],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_spoilt_workspace_is_told_in_the_user_s_words(
    run_bytes: RunBytes, workspace: Path, stored: bytes, name: str, spoil: Spoiler
) -> None:
    (workspace / "questions.db").write_bytes(stored)
    (workspace / "form.csv").write_text('"Вопрос"\n"Можно ли пить чай?"\n', "utf-8")
    (workspace / "people.csv").write_text("email\nanna@example.kz\n", "utf-8")
    spoil(workspace)
    codes = (0, 1, 3) if name == "check" else (0, 1, 2) if name == "questions review" else (0, 1)
    assert_in_users_words(run_bytes(*name.split(), *TYPED[name]), *codes)


WORDS = {"bytes": "\udcff\udcfe", "long": "x" * 10_000, "none": "", "odd": "\u202e[/]{{ 7 }}"}


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("name", ["school show", "questions set", "questions forget", "announce", "templates copy"])
def test_odd_names_are_told_in_the_user_s_words(run_bytes: RunBytes, name: str, word: str) -> None:
    done = run_bytes(*name.split(), word)
    assert_in_users_words(done, 1, 2)
    assert len(done.stderr) < 12_000


@pytest.mark.parametrize("word", [WORDS["bytes"], WORDS["long"]], ids=["bytes", "long"])
@pytest.mark.parametrize("name", [name for name, options in VALUED.items() if options])
def test_odd_values_of_options_are_told_in_the_user_s_words(run_bytes: RunBytes, name: str, word: str) -> None:
    words = [part for option in VALUED[name] for part in (option, word)]
    assert_in_users_words(run_bytes(*name.split(), *TYPED[name][:1], *words), 0, 1, 2)


@pytest.mark.parametrize("name", [name for name, options in OPTIONS.items() if {"--out", "--json"} <= options])
def test_a_document_and_its_name_cannot_both_be_shown(run_bytes: RunBytes, workspace: Path, name: str) -> None:
    (workspace / "people.csv").write_text("email\nanna@example.kz\n", "utf-8")
    done = run_bytes(*name.split(), *TYPED[name], "--out", "-", "--json")
    message = b"error: --out - shows the document itself, --json the names of files: choose one\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", message)
    assert not (workspace / "questions.db").exists()


BASH = shutil.which("bash") or "bash"
FULL = "error: standard output: No space left on device\n"
LOST = "error: questions review needs a terminal; use questions list and questions set\n"


@pytest.mark.parametrize(
    ("line", "code", "error"),
    [
        ("school list >&-", 0, ""),
        ("school list --json >&-", 0, ""),
        ("check >&-", 0, ""),
        ("--version >&-", 0, ""),
        ("--help >&-", 0, ""),
        ("school list <&-", 0, ""),
        ("questions review <&-", 2, LOST),
        ("questions list >&- <&- 2>&-", 0, ""),
        ("school show nope >&-", 1, "error: there is no school"),
        ("school show nope 2>&-", 1, ""),
        ("school show nope 2>/dev/full", 1, ""),
        ("--nope 2>/dev/full", 2, ""),
        ("school list >/dev/full", 1, FULL),
        ("school list --json >/dev/full", 1, FULL),
        ("status >/dev/full", 1, FULL),
        ("check >/dev/full", 1, FULL),
        ("--help >/dev/full", 1, FULL),
        ("--version >/dev/full", 1, FULL),
        ("announce 2026-12-10-anemia --lang ru --out - >/dev/full", 1, FULL),
        ("announce 2026-12-10-anemia | true", 0, ""),
        ("history | true", 0, ""),
        ("--help | true", 0, ""),
        ("PYTHONUNBUFFERED=1 school list --json >/dev/full", 1, FULL),
        ("PYTHONUNBUFFERED=1 --version >/dev/full", 1, FULL),
        ("PYTHONUNBUFFERED=1 questions list | true", 0, ""),
    ],
)  # fmt: skip
def test_streams_that_are_closed_full_or_read_no_further(
    workspace: Path, environment: dict[str, str], line: str, code: int, error: str
) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("this system has no full device")
    buffering = {"PYTHONUNBUFFERED": "1"} if line.startswith("PYTHONUNBUFFERED") else {}
    words, _, target = line.removeprefix("PYTHONUNBUFFERED=1 ").partition(" | ")
    command = f'"{sys.executable}" -m schoolctl {words}'
    # The shell's pipefail is not everywhere; the reader is gone before anything is written.
    script = f"{{ {command}; echo $? >code; }} | {target}; exit $(cat code)" if target else command
    done = subprocess.run(
        [BASH, "-c", script],
        cwd=workspace,
        # Without a buffer each write fails by itself, with one it is the last that fails.
        env={name: value for name, value in environment.items() if name != "PYTHONUNBUFFERED"} | buffering,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (code, 1 if error else 0), said
    assert said.startswith(error)


def test_a_reader_that_went_away_stops_no_work(workspace: Path, environment: dict[str, str]) -> None:
    script = f'"{sys.executable}" -m schoolctl school cancel {ANEMIA} | true'
    subprocess.run([BASH, "-c", script], cwd=workspace, env=environment, check=True)
    assert 'status = "cancelled"' in (workspace / "sessions.toml").read_text("utf-8")


def test_a_store_in_use_is_waited_for_and_then_told(run_bytes: RunBytes, workspace: Path, stored: bytes) -> None:
    path = workspace / "questions.db"
    path.write_bytes(stored)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    ran: dict[str, subprocess.CompletedProcess[bytes]] = {}

    def run(name: str) -> None:
        ran[name] = run_bytes(*name.split(), *TYPED[name], fresh=True)

    # Each waits ten seconds: all at once.
    threads = [threading.Thread(target=run, args=(name,)) for name in ("questions set", "questions list", "status")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    holder.close()
    message = "error: questions.db is in use by another schoolctl command. Wait for it to finish, then try again\n"
    assert {name: (done.returncode, done.stdout, done.stderr.decode()) for name, done in ran.items()} == dict.fromkeys(
        ran, (1, b"", message)
    )


WRITING = (
    "init", "school add", "school edit", "questions import", "announce", "invite", "feed", "templates copy",
)  # fmt: skip


@pytest.mark.parametrize("name", WRITING)
def test_a_folder_that_may_only_be_read(
    run_bytes: RunBytes, workspace: Path, as_anybody: tuple[str, ...], name: str
) -> None:
    (workspace / "form.csv").write_text('"Вопрос"\n"Можно ли пить чай?"\n', "utf-8")
    workspace.chmod(0o555)
    try:
        done = run_bytes(*name.split(), *TYPED[name], before=as_anybody)
    finally:
        workspace.chmod(0o755)
    assert_in_users_words(done, 1)
    assert done.stderr.count(b"\n") == 1
