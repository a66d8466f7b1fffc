"""A person's own data: handed out whole, and erased so that nothing of it is left in the file."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_cli_terminal import Terminal

Run = Callable[..., tuple[int, str, str]]

ANEMIA = "2026-12-10-anemia"
NAMESAKES = (
    'error: 2 people are called "Айгуль Омарова" (А*** a***@example.kz: 4; А*** +7***05: 5). '
    "Name an address; to erase, the numbers of questions will do: schoolctl questions forget ID…\n"
)
AFTER = {"SOURCE_DATE_EPOCH": "1797742800"}  # 20 December 2026, 10:00 in Almaty
COUNTED = "SELECT school, channel, language, status, number FROM erased_number ORDER BY 1, 2, 3, 4"


@pytest.fixture(autouse=True)
def imported(piled: None) -> None:
    """Before all others: what a test must leave alone is there from the beginning."""


def ids(run: Run) -> list[int]:
    return [question["id"] for question in json.loads(run("questions", "list", "--json")[1])]


def counted(workspace: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(workspace / "questions.db")
    try:
        return connection.execute(COUNTED).fetchall()
    finally:
        connection.close()


def found_in_store(workspace: Path, *words: str) -> list[str]:
    """Which of the words are anywhere in the bytes of the store, as they are or as JSON escapes them."""
    raw = (workspace / "questions.db").read_bytes()
    assert [file.name for file in workspace.glob("questions.db?*")] == []
    return [word for word in words if word.encode() in raw or json.dumps(word)[1:-1].encode() in raw]


@pytest.mark.parametrize(
    ("sender", "gone"),
    [
        ("asel@example.kz", 1),
        (" ASEL@Example.KZ ", 1),
        ("+77000000001", 1),
        ("8 (700) 000-00-01", 1),
        ("7 700 000 00 01", 1),
        ("8-700-000-00-02", 2),
        ("+7 700 0000002", 2),
        ("Ерлан  образцов", 2),
        ("БЕРІК ҮЛГІОВ", 3),
        ("aigul@example.kz", 4),
        ("87000000005", 5),
        ("carol sample", 6),
    ],
)
def test_one_person_is_known_by_any_spelling_of_an_address_or_by_the_name(run: Run, sender: str, gone: int) -> None:
    assert run("questions", "forget", "--sender", sender) == (0, "erased: 1 question\n", "")
    assert ids(run) == [number for number in range(1, 10) if number != gone]


def test_who_wrote_twice_is_erased_as_a_whole(run: Run, workspace: Path) -> None:
    run("questions", "set", "7", "--status", "rejected")
    assert run("questions", "forget", "--sender", "Дана Тестова", "--dry-run") == (
        0,
        "would be erased: 2 questions\n",
        "",
    )
    assert len(ids(run)) == 9
    answer = json.loads(run("questions", "forget", "--sender", "Дана Тестова", "--json")[1])
    assert answer == {"questions": 2, "set_aside": 0, "invitations": 0, "mails": 0}
    assert ids(run) == [1, 2, 3, 4, 5, 6, 9]
    assert counted(workspace) == [(ANEMIA, "form", "ru", "new", 1), (ANEMIA, "form", "ru", "rejected", 1)]


@pytest.mark.parametrize("words", [("forget", "--dry-run"), ("forget",), ("export",)])
@pytest.mark.usefixtures("nothing_changes")
def test_two_people_of_one_name_are_not_confused(run: Run, words: tuple[str, ...]) -> None:
    assert run("questions", *words, "--sender", "айгуль омарова") == (
        1,
        "",
        NAMESAKES.replace("Айгуль Омарова", "айгуль омарова"),
    )


def test_people_without_any_address_are_erased_by_the_numbers_of_their_questions(run: Run, workspace: Path) -> None:
    chat = "30/11/2026, 10:00 - Дана Тестова: Как часто сдавать кровь при анемии?\n"
    (workspace / "chat.txt").write_text(chat, "utf-8")
    run("questions", "import", "chat.txt")
    code, out, err = run("questions", "forget", "--sender", "Дана Тестова")
    assert (code, out) == (1, "")
    assert err.startswith('error: 2 people are called "Дана Тестова" (Д***: 7, 8; Д***: 10). Name an address; ')
    assert run("questions", "forget", "8", "7", "7") == (0, "erased: 2 questions\n", "")
    assert run("questions", "forget", "--sender", "Дана Тестова") == (0, "erased: 1 question\n", "")


def test_a_namesake_whose_message_was_set_aside_is_not_confused(run: Run, workspace: Path) -> None:
    mail = (
        "From: Carol Sample <other@example.org>\nTo: school@example.kz\nSubject: Away\nAuto-Submitted: auto-replied\n"
        "Date: Mon, 30 Nov 2026 10:00:00 +0500\nMessage-ID: <1@example.org>\n\nI am away until Monday.\n"
    )
    (workspace / "away.eml").write_text(mail, "utf-8")
    run("questions", "import", "away.eml")
    code, out, err = run("questions", "forget", "--sender", "Carol Sample")
    assert (code, out) == (1, "")
    assert err.startswith(
        'error: 2 people are called "Carol Sample" (C*** c***@example.org: 6; C*** o***@example.org). '
    )
    assert (
        run("questions", "forget", "--sender", "other@example.org")[1] == "erased: 0 questions, 1 message set aside\n"
    )
    assert run("questions", "forget", "--sender", "Carol Sample")[1] == "erased: 1 question\n"


def test_not_a_word_is_left_in_the_file(run: Run, workspace: Path) -> None:
    own = ("Жанар Сынақова", "Жанар", "Сынақова", "Маған 34 жас", "қандай дәрі ішу керек", "Қандай дәрі ішкен жөн")
    run("questions", "set", "9", "--status", "personal", "--text", "Қандай дәрі ішкен жөн? Қанша уақыт ішу керек?")
    run("questions", "group", "9", "4")
    run("questions", "split", "9")
    run("undo")
    run("questions", "split", "9")
    assert found_in_store(workspace, *own) == list(own)
    # The chat is called after her: of its name nothing may be left either.
    assert run("questions", "forget", "--sender", "Жанар Сынақова") == (
        0,
        "erased: 2 questions, 1 message set aside\n",
        "",
    )
    assert found_in_store(workspace, *own) == []
    assert [change["questions"] for change in json.loads(run("history", "--json")[1])] == [[4]]
    assert counted(workspace) == [(ANEMIA, "whatsapp", "kk", "personal", 2)]


def test_what_others_wrote_in_the_same_file_stays(run: Run, workspace: Path) -> None:
    run("questions", "forget", "--sender", "asel@example.kz")
    assert found_in_store(workspace, "Асель", "asel@example.kz", "зелёный чай") == []
    assert found_in_store(workspace, "pile.csv", "Айгуль Омарова", "зеленый чай") == [
        "pile.csv",
        "Айгуль Омарова",
        "зеленый чай",
    ]
    listed = json.loads(run("questions", "set-aside", "list", "--json")[1])
    assert [message["reason"] for message in listed] == ["system message", "picture or voice message without text"]


def test_a_question_restored_from_a_message_takes_that_message_with_it(run: Run, workspace: Path) -> None:
    mail = (
        "From: Max <max@example.org>\nTo: school@example.kz\nSubject: Away\nAuto-Submitted: auto-replied\n"
        "Date: Mon, 30 Nov 2026 10:00:00 +0500\nMessage-ID: <1@example.org>\n\nMay I drink coffee with iron?\n"
    )
    (workspace / "away.eml").write_text(mail, "utf-8")
    run("questions", "import", "away.eml")
    assert run("questions", "set-aside", "restore", "3", "--school", "2026-12-17-thalassemia")[0] == 0
    shown = "erased: 1 question, 1 message set aside\n"
    assert run("questions", "forget", "--school", "2026-12-17-thalassemia") == (0, shown, "")
    assert found_in_store(workspace, "coffee", "max@example.org") == []


def test_a_school_is_forgotten_and_a_mistyped_one_is_told(run: Run, workspace: Path) -> None:
    assert run("questions", "forget", "--school", ANEMIA) == (0, "erased: 9 questions, 2 messages set aside\n", "")
    assert ids(run) == []
    assert sum(number for *_, number in counted(workspace)) == 9  # type: ignore[misc]
    assert found_in_store(workspace, "Омарова", "example.kz", "+7700", "чай", "Жанар", "pile.csv") == []
    assert run("questions", "forget", "--school", ANEMIA) == (0, "erased: 0 questions\n", "")
    code, out, err = run("questions", "forget", "--school", "nope")
    assert (code, out) == (1, "")
    assert err.startswith('error: there is no school "nope" in sessions.toml. Schools there: ')


@pytest.mark.parametrize("command", [("questions", "forget"), ("purge",)])
def test_what_is_old_is_erased_and_what_has_no_date_is_told(
    run: Run, workspace: Path, command: tuple[str, ...]
) -> None:
    (workspace / "note.csv").write_text('"Вопрос"\n"Как готовят печень при анемии?"\n', "utf-8")
    run("questions", "import", "note.csv")
    # Before the school nothing that is to be answered there goes, however old it is.
    code, _, spared = run(*command, "--older-than", "15d", "--dry-run")
    assert (code, spared.splitlines()[0]) == (
        0,
        "note: not erased: 4 questions that a school still to come is to answer",
    )
    # It is 20 December, 10:00, and the school is over: the 16th of November was 34 days ago.
    note = "note: 1 question without a date cannot be told to be old: erase by number\n"
    shown = "would be erased: 8 questions, 1 message set aside\n"
    assert run(*command, "--older-than", "34d", "--dry-run", env=AFTER) == (0, shown, note)
    assert run(*command, "--older-than", "34D", env=AFTER) == (0, "erased: 8 questions, 1 message set aside\n", note)
    assert ids(run) == [9, 10]
    assert run(*command, "--older-than", "34", env=AFTER) == (0, "erased: 0 questions\n", note)
    answer = json.loads(run(*command, "--older-than", "20d", "--json", env=AFTER)[1])
    assert answer == {"questions": 1, "set_aside": 1, "invitations": 0, "mails": 0}


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (
            ("forget",),
            2,
            "say what to erase: --sender, --school, --older-than or numbers of questions (one of them)",
        ),
        (("forget", "--sender", "x", "--school", ANEMIA), 2, "say what to erase: "),
        (("forget", "3", "--sender", "x"), 2, "say what to erase: "),
        (("forget", "3", "99"), 1, "there is no question 99. See: schoolctl questions list"),
        (("forget", "--older-than", "a year"), 2, '"a year" is no number of days. Write it as 365d'),
        (("forget", "--older-than", "0d"), 2, '"0d" is no number of days. Write it as 365d'),
        (
            ("forget", "--sender", "Айгуль"),
            1,
            'nothing is kept of "Айгуль". Name an e-mail address, a phone number or the whole name',
        ),
        (("forget", "--sender", ""), 1, 'nothing is kept of "". '),
        (("forget", "--sender", "example.kz"), 1, 'nothing is kept of "example.kz". '),
        (("export", "--sender", "nobody@example.kz"), 1, 'nothing is kept of "nobody@example.kz". '),
    ],
)
@pytest.mark.usefixtures("nothing_changes")
def test_what_cannot_be_told_apart_is_left_alone(run: Run, words: tuple[str, ...], code: int, error: str) -> None:
    given, out, err = run("questions", *words)
    assert (given, out, err.count("\n")) == (code, "", 1)
    assert err.startswith(f"error: {error}")


def test_a_person_s_own_data_are_handed_out_whole(run: Run, workspace: Path) -> None:
    run("invite", ANEMIA, "--attendee", "asel@example.kz")
    before = (workspace / "questions.db").read_bytes()
    code, out, err = run("questions", "export", "--sender", "8 700 000 00 01", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert [question["sender"] for question in found["questions"]] == ["Асель Примерова, +77000000001, asel@example.kz"]
    assert found["set_aside"] == []
    assert found["invitations"] == [{"school": ANEMIA, "email": "asel@example.kz"}]
    chat = json.loads(run("questions", "export", "--sender", "жанар сынақова")[1])
    assert [question["id"] for question in chat["questions"]] == [9]
    assert [message["reason"] for message in chat["set_aside"]] == ["picture or voice message without text"]
    assert (workspace / "questions.db").read_bytes() == before


@pytest.mark.parametrize("sender", ["8 700 000 00 01", "Асель Примерова"])
def test_an_invitation_is_forgotten_however_the_person_was_named(run: Run, workspace: Path, sender: str) -> None:
    run("invite", ANEMIA, "--attendee", "Asel@example.kz", "--attendee", "guest@example.kz")
    note = "note: calendar files and drafts in out/ may hold the address still: delete them\n"
    assert run("questions", "forget", "--sender", sender) == (0, "erased: 1 question, 1 invitation\n", note)
    assert found_in_store(workspace, "asel@example.kz", "Asel@example.kz") == []
    assert run("questions", "forget", "--sender", "guest@example.kz") == (
        0,
        "erased: 0 questions, 1 invitation\n",
        note,
    )
    assert found_in_store(workspace, "guest@example.kz") == []


FORGET = ("questions", "forget", "--sender", "Дана Тестова")


@pytest.mark.parametrize(("answer", "left"), [("n", 9), ("y", 7)])
def test_at_a_terminal_it_asks(run: Run, workspace: Path, environment: dict[str, str], answer: str, left: int) -> None:
    terminal = Terminal(FORGET, workspace, environment)
    terminal.answer("Erase 2 questions for good? [y/N]:", answer)
    assert terminal.finish() == (1 if answer == "n" else 0)
    assert "Traceback" not in terminal.shown
    assert ("erased: 2 questions" in terminal.shown) == (answer == "y")
    assert len(ids(run)) == left


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ((*FORGET, "--yes"), "erased: 2 questions\r\n"),
        ((*FORGET, "--dry-run"), "would be erased: 2 questions\r\n"),
        (("purge", "--older-than", "365d"), "erased: 0 questions\r\n"),
    ],
    ids=["yes", "rehearsal", "nothing to erase"],
)
def test_at_a_terminal_it_asks_only_what_must_be_asked(
    workspace: Path, environment: dict[str, str], words: tuple[str, ...], shown: str
) -> None:
    terminal = Terminal(words, workspace, environment)
    assert terminal.finish() == 0
    assert terminal.shown == shown


@pytest.mark.parametrize(
    ("words", "code", "shown"),
    [
        (("purge", "--older-than", "1d"), 0, "erased: 0 questions\n"),
        (("questions", "forget", "--older-than", "1d"), 0, "erased: 0 questions\n"),
        (("questions", "forget", "--school", ANEMIA), 0, "erased: 0 questions\n"),
        (("questions", "forget", "--sender", "a@example.kz"), 1, ""),
        (("questions", "forget", "1"), 1, ""),
        (("questions", "export", "--sender", "a@example.kz"), 1, ""),
    ],
)
def test_without_a_store_none_is_made(run: Run, workspace: Path, words: tuple[str, ...], code: int, shown: str) -> None:
    (workspace / "questions.db").unlink()
    assert run(*words)[:2] == (code, shown)
    assert not (workspace / "questions.db").exists()


def test_a_folder_that_may_only_be_read_is_one_line(run: Run, workspace: Path, as_anybody: tuple[str, ...]) -> None:
    (workspace / "questions.db").chmod(0o444)
    workspace.chmod(0o555)
    try:
        assert run("questions", "export", "--sender", "asel@example.kz", before=as_anybody)[0] == 0
        assert run(*FORGET, "--dry-run", before=as_anybody)[0] == 0
        code, out, err = run(*FORGET, before=as_anybody)
    finally:
        workspace.chmod(0o755)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("error: questions.db cannot be used (")
    assert len(ids(run)) == 9


@pytest.mark.parametrize("columns", ["80", "160"])
def test_an_old_console_shows_it(run_bytes: Callable[..., Any], columns: str) -> None:
    environment = {"PYTHONIOENCODING": "cp866", "COLUMNS": columns}
    done = run_bytes("questions", "forget", "--sender", "айгуль омарова", env=environment)
    shown = NAMESAKES.replace("Айгуль Омарова", "айгуль омарова").replace("…", "...")
    assert (done.returncode, done.stdout, done.stderr.decode("cp866")) == (1, b"", shown)


def test_forgetting_while_somebody_else_writes_waits_and_loses_nothing(
    run: Run, workspace: Path, environment: dict[str, str]
) -> None:
    commands = [FORGET, ("questions", "set", "1", "--status", "accepted"), ("questions", "forget", "2")]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "schoolctl", *words],
            cwd=workspace,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for words in commands
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert ids(run) == [1, 3, 4, 5, 6, 9]
    assert json.loads(run("questions", "show", "1", "--json")[1])["status"] == "accepted"
