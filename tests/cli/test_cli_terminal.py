from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE = 30.0


class Terminal:
    """schoolctl at a pseudo-terminal: wait for a prompt, type an answer, read the rest."""

    def __init__(self, words: tuple[str, ...], folder: Path, environment: dict[str, str]) -> None:
        self._leader, follower = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "schoolctl", *words],
            cwd=folder,
            env=environment | {"TERM": "xterm-256color"},
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
        )
        os.close(follower)
        self.shown = ""
        self._read = 0

    def answer(self, prompt: str, text: str) -> None:
        self._read_until(prompt)
        os.write(self._leader, f"{text}\n".encode())
        self._read_until("\n")

    def finish(self) -> int:
        self._read_until(None)
        os.close(self._leader)
        return self._process.wait(PATIENCE)

    def _read_until(self, wanted: str | None) -> None:
        deadline = time.monotonic() + PATIENCE
        while wanted is None or wanted not in self.shown[self._read :]:
            ready, _, _ = select.select([self._leader], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{wanted!r} was not shown: {self.shown!r}"
            try:
                raw = os.read(self._leader, 65536)
            except OSError:  # Linux reports the end of a terminal as an error
                raw = b""
            if not raw:
                assert wanted is None, f"{wanted!r} was not shown: {self.shown!r}"
                return
            self.shown += raw.decode()
        self._read = self.shown.index(wanted, self._read) + len(wanted)


LEAP = ("school", "add", "--id", "leap", "--topic", "en=x", "--starts", "2024-02-29 23:30", "--duration", "2h")


@pytest.mark.parametrize(("answer", "offset"), [("y", "+06:00"), ("n", "+05:00")])
def test_an_hour_that_happens_twice_is_asked_about(
    workspace: Path, environment: dict[str, str], answer: str, offset: str
) -> None:
    terminal = Terminal(LEAP, workspace, environment)
    terminal.answer("Do you mean the first, 2024-02-29 23:30+06:00 (no: the second, 2024-02-29 23:30+05:00)?", answer)
    assert terminal.finish() == 0
    assert "2024-02-29 23:30 happens twice: the clocks go back." in terminal.shown
    assert terminal.shown.endswith("added: leap\r\nnote: that hour is in the past\r\n")
    assert f"\nstarts = 2024-02-29 23:30:00{offset}\n" in (workspace / "sessions.toml").read_text("utf-8")


@pytest.mark.parametrize("words", [("cancel",), ("remove",)])
def test_a_destructive_command_asks_and_no_changes_nothing(
    workspace: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    before = (workspace / "sessions.toml").read_bytes()
    terminal = Terminal(("school", *words, "2026-12-10-anemia"), workspace, environment)
    terminal.answer("2026-12-10-anemia", "n")
    assert terminal.finish() == 1
    assert "Traceback" not in terminal.shown
    assert (workspace / "sessions.toml").read_bytes() == before


def test_yes_answers_beforehand(workspace: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(("school", "remove", "2026-12-10-anemia", "--yes"), workspace, environment)
    assert terminal.finish() == 0
    assert terminal.shown == "removed: 2026-12-10-anemia\r\n"


def test_init_asks_for_what_is_missing(tmp_path: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(("init", "new", "--email", "school@example.kz"), tmp_path, environment)
    terminal.answer("Who invites (in Russian)", "Центр «Пример» = наш")
    terminal.answer("WhatsApp for questions, as +7 700 000 00 00", "+7 700 000 00 00")
    assert terminal.finish() == 0
    text = (tmp_path / "new" / "sessions.toml").read_text("utf-8")
    assert '\nname = { kk = "FILL IN", ru = "Центр «Пример» = наш", en = "FILL IN" }\n' in text
    assert '\nemail = "school@example.kz"\nwhatsapp = "+7 700 000 00 00"\n' in text


def test_a_table_at_a_terminal_has_colours_and_no_color_takes_them_away(
    workspace: Path, environment: dict[str, str], stored: bytes
) -> None:
    (workspace / "questions.db").write_bytes(stored)
    coloured = Terminal(("questions", "list"), workspace, environment)
    assert coloured.finish() == 0
    plain = Terminal(("questions", "list"), workspace, environment | {"NO_COLOR": "1"})
    assert plain.finish() == 0
    assert "\x1b[32m" in coloured.shown
    assert "\x1b[32m" not in plain.shown
