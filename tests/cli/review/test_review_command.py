"""`schoolctl questions review` from outside: at a terminal, without one, with strangers' signs, after a fault."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from schoolctl.cli.review import run_review
from schoolctl.cli.review.app import ReviewApp
from schoolctl.cli.review.facts import FACTS, Sight, facts_of
from schoolctl.cli.review.keys import COMMANDS, bar_lines
from schoolctl.domain.question import Sender
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services.workspace import Workspace

from .sample import LEUKEMIA, NARROW, TEA, WIDE, drive, everything, press_keys, stored

if TYPE_CHECKING:
    from textual.pilot import Pilot

PATIENCE = 30.0
HOSTILE = "[bold]x[/] [/] [@click=app.quit]y[/] \x1b]52;c;AAAA\x07 \x9b31m \u202e\u2066z $error ${a} \\[b] {0}"


def at_a_terminal(folder: os.PathLike[str], *keys: str, color: bool = True) -> tuple[int, str]:
    """Run the review at a pseudo-terminal of 80x24 and press keys, a moment apart; exit code and what was shown."""
    leader, follower = pty.openpty()
    environment = os.environ | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLUMNS": "80",
        "LINES": "24",
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "schoolctl", "questions", "review"],
        cwd=folder,
        env=environment | ({} if color else {"NO_COLOR": "1"}),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    waiting, shown, deadline = list(keys), b"", time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([leader], [], [], 0.5)
        try:
            read = os.read(leader, 65536) if ready else b""
        except OSError:  # Linux reports the end of a terminal as an error
            break
        shown += read
        if not ready and waiting and b"reviewed" in shown:
            os.write(leader, waiting.pop(0).encode())
    os.close(leader)
    return process.wait(PATIENCE), shown.decode("utf-8", "replace")


def test_an_evening_at_a_terminal_ends_with_what_was_done(season: Workspace) -> None:
    code, shown = at_a_terminal(season.root, "a", "ф", "q")
    assert (code, shown.rpartition("\x1b[?1006l")[2]) == (0, "decided 2, 9 left\r\n")
    assert [stored(season, number).status for number in (1, 2, 3)] == ["accepted", "accepted", "new"]


def test_without_colours_nothing_is_coloured(season: Workspace) -> None:
    code, shown = at_a_terminal(season.root, "q", color=False)
    assert (code, shown.rpartition("\x1b[?1006l")[2]) == (0, "decided 0, 11 left\r\n")
    greys = {piece.partition("m")[0] for piece in shown.split("\x1b[") if "38;2;" in piece.partition("m")[0]}
    assert greys
    for grey in greys:
        red, green, blue = grey.split("38;2;")[1].split(";")[:3]
        assert red == green == blue


def test_without_a_terminal_it_says_what_to_use(season: Workspace) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "schoolctl", "questions", "review"],
        cwd=season.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    error = b"error: questions review needs a terminal; use questions list and questions set\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", error)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("schoolctl.cli.review.is_interactive", lambda: True)
    monkeypatch.setattr("schoolctl.cli.review.is_terminal", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_a_dumb_terminal_is_none(season: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(WrongUsageError, match="needs a terminal"):
        run_review(season, None)


@pytest.mark.usefixtures("terminal")
def test_where_there_is_no_question_nothing_opens(season: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    run_review(season, LEUKEMIA)
    assert capsys.readouterr().out.startswith("No questions of this kind. Import some")
    with pytest.raises(SchoolctlError, match="2026-12-10-anaemia"):
        run_review(season, "2026-12-10-anaemia")


@pytest.mark.usefixtures("terminal")
def test_a_fault_is_told_by_the_command_without_a_patients_words(
    season: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ReviewApp, "run", lambda app: app._handle_exception(ZeroDivisionError("a fault")))  # noqa: SLF001
    with pytest.raises(ZeroDivisionError, match="a fault"):
        run_review(season, None)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("decided 0, 11 left\n", "")


def test_strangers_signs_reach_no_terminal_and_are_no_markup(season: Workspace) -> None:
    question = replace(
        TEA,
        id=1,
        text=HOSTILE,
        original_text=f"{HOSTILE}\r{HOSTILE}",
        redacted_text=f"{HOSTILE} [имя]",
        sender=Sender(HOSTILE, "", ""),
        repairs=(HOSTILE,),
        themes=(HOSTILE,),
        school=HOSTILE,
    )
    facts = facts_of(question, Sight([question], 1, season.schedule().zone))
    assert set(facts) <= set(FACTS)
    told = "".join(fact.plain for fact in facts.values())
    assert "[@click=app.quit]y[/]" in told
    assert not set(told) & set("\x1b\x07\x9b\r\u202e\u2066")


def test_the_schools_at_which_a_question_was_not_answered_are_told() -> None:
    carried = replace(TEA, id=1, school="november", carried_from=("may", "june"))
    told = facts_of(carried, Sight([carried], 1, UTC))["School"].plain
    assert told == "november\nnot answered at may\nnot answered at june"


@pytest.mark.parametrize("size", [NARROW, WIDE, (40, 12), (109, 24), (110, 30), (300, 100)])
def test_every_part_is_drawn_at_any_size_with_any_text(season: Workspace, size: tuple[int, int]) -> None:
    from schoolctl.services.questions import Decision, set_questions

    long = ("слово " * 3000).strip()
    set_questions(season, [1], Decision(text=f"{HOSTILE} {long}"), dry_run=False)
    set_questions(season, [2], Decision(text="漢字🚗" * 200), dry_run=False)

    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        for keys in (("m",), ("down", "d", "escape"), ("e", "escape"), ("t", "escape"), ("?", "q"), ("enter", "enter")):
            await press_keys(app, pilot, *keys)
        assert "漢字" in app.export_screenshot()
        assert not set(app.export_screenshot()) & set("\x1b\x07\x9b\u202e\u2066")

    drive(season, driver, size)
    assert len(everything(season)) == 12


@pytest.mark.parametrize(
    ("background", "theme"), [("15;0", "textual-dark"), ("0;15", "textual-light"), ("", "textual-dark")]
)
def test_the_colours_begin_as_the_terminals_are(
    season: Workspace, monkeypatch: pytest.MonkeyPatch, background: str, theme: str
) -> None:
    monkeypatch.setenv("COLORFGBG", background)
    assert ReviewApp(season, None, everything(season)).theme == theme
    monkeypatch.setenv("TEXTUAL_THEME", "nord")
    assert ReviewApp(season, None, everything(season)).theme == "textual-dark"


def test_the_bar_holds_every_key_where_there_is_room_and_the_main_ones_at_80_columns() -> None:
    assert [len(line) for line in bar_lines(110)] == [10, 10]
    narrow = [[one.key for one in line] for line in bar_lines(78)]
    assert narrow == [list("apordts"), list("egzmf/n?q")]
    assert len({one.key for one in COMMANDS}) == len(COMMANDS) == 20
