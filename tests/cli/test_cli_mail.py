"""`schoolctl mail` as it is typed: drafts, the rehearsal of sending, and the question before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from schoolctl.cli.mail_reports import show_account, show_plan
from schoolctl.services.audience import Audience
from schoolctl.services.sending import SendingAccount, SendingPlan

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

THALASSEMIA = "2026-12-17-thalassemia"
FOLDER = f"out/{THALASSEMIA}"
PEOPLE = """\
Эл. почта;Имя;Язык;Согласие
asel@mail.example;Асель;русский;да
berik@mail.example;Берік;қазақша;иә
no@mail.example;Нет;русский;нет
ASEL@mail.example;Асель;русский;да
bad@@mail.example;Плохой;русский;да
"""
NOTES = [
    "note: people.csv:5: asel@mail.example stands already in line 2",
    'note: people.csv:6: "bad@@mail.example" is no e-mail address',
    "note: left out, no consent: 1",
]
PROBLEMS = [
    {"file": "people.csv", "line": 5, "message": "asel@mail.example stands already in line 2", "hint": "",
     "severity": "warning"},
    {"file": "people.csv", "line": 6, "message": '"bad@@mail.example" is no e-mail address', "hint": "",
     "severity": "warning"},
]  # fmt: skip
AUDIENCE = {
    "recipients": 2,
    "by_language": {"ru": 1, "kk": 1},
    "left_out": {"without_consent": 1, "other_language": 0},
    "problems": PROBLEMS,
}
SMTP = '[smtp]\nhost = "smtp.example.kz"\nuser = "school"\n\n'
MAIL = ("mail", THALASSEMIA, "--kind", "invitation", "--recipients", "people.csv")


@pytest.fixture(autouse=True)
def people(workspace: Path) -> None:
    (workspace / "people.csv").write_bytes(PEOPLE.encode())


@pytest.fixture
def with_server(workspace: Path) -> None:
    schedule = workspace / "sessions.toml"
    schedule.write_text(schedule.read_text("utf-8").replace("\n[[school]]\n", f"\n{SMTP}[[school]]\n", 1), "utf-8")


def test_drafts(run: Run, workspace: Path) -> None:
    code, out, err = run(*MAIL)
    assert (code, out.splitlines()) == (0, [f"wrote {FOLDER}/mail.ru.1.eml", f"wrote {FOLDER}/mail.kk.2.eml"])
    assert err.splitlines() == NOTES
    assert (workspace / FOLDER / "mail.kk.2.eml").read_bytes().startswith(b"From: =?utf-8?b?")
    assert run(*MAIL)[1].splitlines()[0] == f"unchanged {FOLDER}/mail.ru.1.eml"


def test_drafts_as_json(run: Run) -> None:
    code, out, err = run(*MAIL, "--json")
    files = [f"{FOLDER}/mail.ru.1.eml", f"{FOLDER}/mail.kk.2.eml"]
    assert (code, json.loads(out)) == (0, {"files": files, **AUDIENCE})
    assert err.splitlines() == NOTES


def test_one_draft_to_standard_output(run: Run, workspace: Path) -> None:
    code, out, _ = run(*MAIL, "--lang", "ru", "--out", "-")
    assert code == 0
    assert "\nTo: =?utf-8?b?0JDRgdC10LvRjA==?= <asel@mail.example>" in out
    assert not (workspace / "out").exists()


def test_everybody_in_bcc(run: Run, workspace: Path) -> None:
    code, out, _ = run(*MAIL, "--bcc", "--out", "drafts")
    assert (code, out.splitlines()) == (0, ["wrote drafts/mail.ru.1.eml", "wrote drafts/mail.kk.1.eml"])
    assert b"\nBcc: asel@mail.example\r\n" in (workspace / "drafts" / "mail.ru.1.eml").read_bytes()


def test_columns_may_be_named(run: Run, workspace: Path) -> None:
    (workspace / "people.csv").write_text("Контакт,Кто\nasel@mail.example,Асель\n", "utf-8")
    assert run(*MAIL, "--map", "email=Контакт", "--map", "name=Кто")[0] == 0


def test_words_to_paste(run: Run) -> None:
    code, out, _ = run("mail", THALASSEMIA, "--kind", "reminder", "--paste", "--lang", "ru")
    assert (code, out.splitlines()[0]) == (0, f"wrote {FOLDER}/reminder.email.ru.txt")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("--bcc", "--send"), 2, "error: --bcc and --send do not go together: choose one"),
        (("--paste", "--send"), 2, "error: --paste and --send do not go together: choose one"),
        (("--map", "text=Имя"), 2, ("error: --map text=… means nothing here. Columns of a list: email, name, language, "
         "consent")),
        (("--lang", "de"), 1, 'error: "de" is no language of the schedule (kk, ru, en) in sessions.toml'),
        (("--kind", "move"), 1, (f"error: school {THALASSEMIA} was not moved. Move it first: "
         f"schoolctl school move {THALASSEMIA} --starts …")),
        (("--recipients", "none.csv"), 1, "error: there is no file none.csv"),
        (("--send",), 1, ("error: sessions.toml names no mail server. Write a line [smtp], and below it "
         'host = "smtp.example.kz"')),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("nothing_changes")
def test_what_cannot_be_done(run: Run, words: tuple[str, ...], code: int, error: str) -> None:
    assert run(*MAIL, *words) == (code, "", f"{error}\n")


def test_to_whom_must_be_said(run: Run) -> None:
    code, _, err = run("mail", THALASSEMIA)
    assert (code, err) == (2, "error: say to whom: --recipients FILE, a table with a column of e-mail addresses\n")


@pytest.mark.usefixtures("with_server")
def test_the_rehearsal_of_sending_changes_nothing_and_calls_nobody(
    run: Run, workspace: Path, contents: Contents
) -> None:
    before = contents(workspace)
    code, out, err = run(*MAIL, "--send", "--dry-run")
    assert code == 0
    lines = out.splitlines()
    assert lines[:5] == [
        "2 mails to send: ru 1, kk 1",
        "through smtp.example.kz, in about 1 minute",
        "the first of them:",
        "",
        "To: asel@mail.example",
    ]
    assert lines[5].startswith("Subject: ")
    assert err.splitlines() == NOTES
    assert contents(workspace) == before


def test_the_rehearsal_as_json_needs_no_server(run: Run) -> None:
    code, out, _ = run(*MAIL, "--send", "--dry-run", "--json")
    said = json.loads(out)
    first = said.pop("first")
    assert (code, said) == (0, {"to_send": 2, "already_sent": 0, "unknown": [], **AUDIENCE})
    assert first["to"] == "asel@mail.example"
    assert set(first) == {"to", "subject", "text"}


@pytest.mark.usefixtures("with_server", "nothing_changes")
def test_without_a_terminal_nothing_is_sent_unasked(run: Run) -> None:
    code, out, err = run(*MAIL, "--send")
    assert (code, out) == (1, "")
    assert err.splitlines()[0] == "2 mails to send: ru 1, kk 1"
    assert err.splitlines()[-1] == "error: nothing was sent. To send 2 mails add --yes"


@pytest.mark.usefixtures("with_server")
def test_a_password_is_needed_before_the_server_is_called(run: Run) -> None:
    code, out, err = run(*MAIL, "--send", "--yes", env={"SCHOOLCTL_SMTP_PASSWORD": ""})
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith("error: there is no password for school. Set SCHOOLCTL_SMTP_PASSWORD")


def test_what_is_said_when_not_everybody_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    account = SendingAccount(sent=1, deferred={"a@mail.example": "451 busy"}, unsent=2, stopped="the line is dead")
    show_account(account)
    out, err = capsys.readouterr()
    assert out == "sent: 1 mail\n"
    assert err.splitlines() == [
        "not taken yet: a@mail.example: 451 busy. Run the command again later",
        "error: the line is dead. Not written to: 2; run the command again to go on",
    ]


def test_what_is_planned_names_those_of_whom_nobody_knows() -> None:
    said: list[str] = []
    audience = Audience({}, (), 0, 0, ())
    show_plan(SendingPlan(None, audience, (), 3, ("a@mail.example",), None, ()), said.append)
    assert said == [
        "0 mails to send",
        "sent before, and not again: 3 mails",
        "unknown: a@mail.example may have it or not; it is not sent again unless you add --resend-unknown",
    ]


@pytest.mark.usefixtures("with_server")
def test_nobody_to_send_to(run: Run, workspace: Path) -> None:
    (workspace / "people.csv").write_text("e-mail,согласие\nno@mail.example,нет\n", "utf-8")
    code, out, err = run(*MAIL, "--send")
    assert (code, out) == (0, "sent: 0 mails\n")
    assert err.splitlines()[0] == "0 mails to send"
