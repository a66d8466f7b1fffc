from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
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

    def press(self, prompt: str, key: bytes) -> None:
        self._read_until(prompt)
        os.write(self._leader, key)

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


ASK = "03/04/2026: 3 April or 4 March? Type d if the day comes first, m if the month comes first; Enter leaves it out: "
END_OF_INPUT = b"\x04"
CHAT = "03/04/2026, 10:00 - Aliya: May I eat honey?\n"


def imported_dates(folder: Path, environment: dict[str, str]) -> list[str]:
    words = [sys.executable, "-m", "schoolctl", "questions", "list", "--json"]
    shown = subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True).stdout
    return [question["received_at"][:10] for question in json.loads(shown)]


@pytest.mark.parametrize(("answers", "day"), [(["d"], "2026-04-03"), (["month", " M "], "2026-03-04")])
def test_dates_that_can_be_read_in_two_ways_are_asked_about(
    workspace: Path, environment: dict[str, str], form: Path, answers: list[str], day: str
) -> None:
    (workspace / "chat.txt").write_text(CHAT, "utf-8")
    words = ("questions", "import", str(form), "chat.txt", "--report", "report.json")
    terminal = Terminal(words, workspace, environment)
    for answer in answers:
        terminal.answer(ASK, answer)
    assert terminal.finish() == 0
    # On a slow machine the progress bar is drawn before it.
    assert "chat.txt: its dates can be read in several ways.\r\n" in terminal.shown
    assert "5 messages seen: 4 imported, 0 duplicates, 0 updated, 1 set aside\r\n" in terminal.shown
    assert "error" not in terminal.shown
    assert imported_dates(workspace, environment)[-1] == day
    report = json.loads((workspace / "report.json").read_bytes())
    assert (report["imported"], report["refused"]) == (4, [])
    assert [source["source"] for source in report["sources"]] == ["form.csv", "chat.txt"]


def test_each_file_has_its_own_answer_and_one_passed_over_stays_refused(
    workspace: Path, environment: dict[str, str]
) -> None:
    for name in ("a", "b", "c"):
        (workspace / name).mkdir()
        (workspace / name / "form.csv").write_text(f"date,question\n12/05/10,May I {name}?\n", "utf-8")
    terminal = Terminal(("questions", "import", "a", "b", "c"), workspace, environment)
    question = "12/05/10: 12 May 2010, 5 December 2010 or 10 May 2012? Type d if the day comes first, m if the month"
    for answer in ("y", "", "m"):
        terminal.answer(question, answer)
    assert terminal.finish() == 1
    assert terminal.shown.count("error: form.csv: its dates can be read in two ways (12/05/10).") == 1
    assert imported_dates(workspace, environment) == ["2012-05-10", "2010-12-05"]


def test_whoever_breaks_off_the_question_keeps_what_was_imported(
    workspace: Path, environment: dict[str, str], form: Path
) -> None:
    (workspace / "chat.txt").write_text(CHAT, "utf-8")
    terminal = Terminal(("questions", "import", str(form), "chat.txt"), workspace, environment)
    terminal.press(ASK, END_OF_INPUT)
    assert terminal.finish() == 1
    assert "4 messages seen: 3 imported, 0 duplicates, 0 updated, 1 set aside\r\n" in terminal.shown
    assert "error: chat.txt: its dates can be read in two ways (03/04/2026)." in terminal.shown
    assert "Traceback" not in terminal.shown


def test_what_no_answer_could_help_is_not_asked_about(workspace: Path, environment: dict[str, str]) -> None:
    (workspace / "form.csv").write_text("date,question\n13/05/2022,One?\n05/13/2022,Two?\n", "utf-8")
    terminal = Terminal(("questions", "import", "form.csv", "missing.csv"), workspace, environment)
    assert terminal.finish() == 1
    assert "several ways" not in terminal.shown
    assert terminal.shown.count("error: ") == 2


CLOSE = ("school", "close", "2026-12-10-anemia")
AFTER = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 11, 5, tzinfo=UTC).timestamp()))}


@pytest.mark.usefixtures("piled")
def test_a_person_is_asked_what_was_answered(run: Run, workspace: Path, environment: dict[str, str]) -> None:
    run("questions", "set", "1", "2", "3", "5", "--status", "accepted")
    terminal = Terminal(CLOSE, workspace, environment | AFTER)
    prompt = "Which were answered? (all, none, or IDs as 12,14-18): "
    terminal.answer(prompt, "1, seven")
    terminal.answer(prompt, "1,4")
    terminal.answer(prompt, "1")
    assert terminal.finish() == 0
    shown = terminal.shown.replace("\r\n", "\n")
    assert shown.startswith(
        "   1 2  можно ли при анемии пить зеленый чай (2 people)\n"
        "     3  Анемия кезінде жасыл шай ішуге бола ма?\n"
        "     5  Пишет [имя]. Можно ли пить железо с гранатовым соком? И …\n"
        "One of those in a line stands for all. To tick them one by one (key y):\n"
        "  schoolctl questions review --school 2026-12-10-anemia\n"
    )
    assert '"seven" is no number of a question. Write them as 12, 14-18 20\n' in shown
    assert "not among the questions above: 4\n" in shown
    assert "answered: 2 questions\n" in shown


@pytest.mark.usefixtures("piled")
@pytest.mark.parametrize(
    "words",
    [("school", "show", CLOSE[2]), ("school", "cancel", CLOSE[2]), ("questions", "set", "1", "--status", "answered")],
)
def test_where_nothing_can_have_been_answered_nobody_is_asked(
    run: Run, workspace: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    run(*words)
    terminal = Terminal(CLOSE, workspace, environment | AFTER)
    assert terminal.finish() == 0
    assert terminal.shown.startswith("answered: 0 questions\r\n")
