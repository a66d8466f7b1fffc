from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA = "2026-12-10-anemia"
ACCOUNT = "4 messages seen: 3 {}imported, {} duplicates, 0 updated, 1 set aside\n"
SET_ASIDE = "  set aside: 1 x no text in this row (form.csv)\n"


def test_the_account_adds_up_and_a_second_import_adds_nothing(run: Run, form: Path) -> None:
    assert run("questions", "import", str(form)) == (0, ACCOUNT.format("", 0) + SET_ASIDE, "")
    first = run("questions", "list", "--json")
    code, out, err = run("questions", "import", str(form), "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "seen": 4,
        "imported": 0,
        "duplicates": 3,
        "updated": 0,
        "set_aside": [{"source": "form.csv", "position": 4, "reason": "no text in this row"}],
        "refused": [],
        "warnings": [],
        "sources": [
            {"source": "form.csv", "imported": 0, "duplicates": 3, "updated": 0, "set_aside": 1, "unchanged": True}
        ],
    }
    assert run("questions", "list", "--json") == first


def test_importing_again_keeps_every_decision(run: Run, form: Path) -> None:
    run("questions", "import", str(form))
    run("questions", "set", "1", "--status", "rejected", "--text", "Можно ли пить зелёный чай?")
    run("questions", "set", "2", "--status", "accepted", "--theme", "diet", "--school", ANEMIA)
    decided = run("questions", "list", "--json")
    assert run("questions", "import", str(form))[0] == 0
    assert run("questions", "list", "--json") == decided


def test_importing_for_a_school_fills_in_only_the_school(run: Run, form: Path) -> None:
    run("questions", "import", str(form))
    run("questions", "set", "1", "--school", "2026-12-17-thalassemia")
    code, out, _ = run("questions", "import", str(form), "--school", ANEMIA, "--json")
    account = json.loads(out)
    assert (code, account["imported"], account["duplicates"], account["updated"]) == (0, 0, 1, 2)
    schools = [question["school"] for question in json.loads(run("questions", "list", "--json")[1])]
    assert schools == ["2026-12-17-thalassemia", ANEMIA, ANEMIA]


def test_a_rehearsed_import_changes_no_byte(run: Run, workspace: Path, form: Path, contents: Contents) -> None:
    before = contents(workspace)
    assert run("questions", "import", str(form), "--dry-run") == (0, ACCOUNT.format("would be ", 0) + SET_ASIDE, "")
    assert contents(workspace) == before
    run("questions", "import", str(form))
    before = contents(workspace)
    code, out, _ = run("questions", "import", str(form), "--dry-run")
    assert (code, out.splitlines()[0]) == (
        0,
        "4 messages seen: 0 would be imported, 3 duplicates, 0 updated, 1 set aside",
    )
    assert contents(workspace) == before


def test_a_refused_file_is_named_and_the_others_are_imported(run: Run, tmp_path: Path, form: Path) -> None:
    picture = tmp_path / "scan.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    code, out, err = run("questions", "import", "missing.csv", str(picture), str(form))
    assert (code, out) == (1, ACCOUNT.format("", 0) + SET_ASIDE)
    first, second = err.splitlines()
    assert first == "error: missing.csv: there is no such file"
    assert second.startswith("error: scan.csv: ")
    assert len(json.loads(run("questions", "list", "--json")[1])) == 3


def test_a_folder_is_imported_without_its_hidden_files(run: Run, tmp_path: Path, form: Path) -> None:
    folder = tmp_path / "inbox" / "week"
    folder.mkdir(parents=True)
    form.rename(folder / "form.csv")
    (tmp_path / "inbox" / ".DS_Store").write_bytes(b"\x00\x01")
    assert run("questions", "import", str(tmp_path / "inbox")) == (0, ACCOUNT.format("", 0) + SET_ASIDE, "")


def test_an_empty_file_is_a_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "chat.csv").write_text("Вопрос\n", "utf-8")
    code, out, err = run("questions", "import", str(tmp_path / "chat.csv"))
    assert (code, out) == (0, "0 messages seen: 0 imported, 0 duplicates, 0 updated, 0 set aside\n")
    assert err == "warning: chat.csv holds no messages\n"


def test_columns_and_the_order_of_dates_are_told(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("a;b\nIs anemia inherited?;03/04/2026 10:00\n", "utf-8")
    words = ("questions", "import", str(table), "--from", "csv", "--map", "text=a", "--map", "received_at=b")
    assert run(*words, "--date-order", "mdy")[0] == 0
    question = json.loads(run("questions", "show", "1", "--json")[1])
    assert (question["text"], question["received_at"]) == ("Is anemia inherited?", "2026-03-04T10:00:00+05:00")


UNDECIDED = "error: {}: its dates can be read in two ways (03/04/2026). \
Add --date-order dmy if the day comes first, --date-order mdy if the month does\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chat.txt", "03/04/2026, 10:00 - Aliya: May I eat honey?\n"),
        ("form.csv", "date,question,name\n03/04/2026 10:00,May I eat honey?,Aliya\n"),
    ],
)
def test_without_a_terminal_undecided_dates_are_a_refusal(run: Run, tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    nothing = "0 messages seen: 0 imported, 0 duplicates, 0 updated, 0 set aside\n"
    assert run("questions", "import", str(path)) == (1, nothing, UNDECIDED.format(name))
    refused = json.loads(run("questions", "import", str(path), "--json")[1])["refused"]
    assert refused == [{"source": name, "reason": UNDECIDED.format(name).removeprefix(f"error: {name}: ").strip()}]


def received(run: Run) -> list[str]:
    return [question["received_at"] for question in json.loads(run("questions", "list", "--json")[1])]


def outcome(run: Run, path: Path, *words: str) -> tuple[int, int, int, int]:
    account = json.loads(run("questions", "import", str(path), "--json", *words)[1])
    return account["imported"], account["duplicates"], account["updated"], len(account["set_aside"])


@pytest.mark.parametrize("name", ["Aliya", ""])
def test_a_wrong_order_of_dates_is_mended_by_importing_again(run: Run, tmp_path: Path, name: str) -> None:
    form = tmp_path / "form.csv"
    rows = f"03/04/2026 10:00,May I eat honey?,{name}\n05/05/2026 11:00,And sugar?,{name}\n06/07/2026 12:00,,{name}\n"
    form.write_text(f"date,question,name\n{rows}", "utf-8")
    assert outcome(run, form, "--date-order", "mdy") == (2, 0, 0, 1)
    run("questions", "set", "1", "--status", "accepted", "--text", "Is honey allowed?")
    assert outcome(run, form, "--date-order", "dmy", "--dry-run") == (0, 1, 1, 1)
    assert received(run) == ["2026-03-04T10:00:00+05:00", "2026-05-05T11:00:00+05:00"]
    for order, day in (("dmy", "2026-04-03"), ("mdy", "2026-03-04"), ("dmy", "2026-04-03")):
        assert outcome(run, form, "--date-order", order) == (0, 1, 1, 1)
        assert received(run) == [f"{day}T10:00:00+05:00", "2026-05-05T11:00:00+05:00"]
        assert outcome(run, form, "--date-order", order) == (0, 2, 0, 1)
    (question,) = json.loads(f"[{run('questions', 'show', '1', '--json')[1]}]")
    assert (question["status"], question["text"]) == ("accepted", "Is honey allowed?")
    assert len(json.loads(run("questions", "set-aside", "list", "--json")[1])) == 1


def test_a_wrong_order_decided_by_a_chat_itself_is_mended(run: Run, tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("12/5/25, 10:00 - Aliya: May I eat honey?\n1/6/25, 10:00 - Marat: And sugar?\n", "utf-8")
    assert outcome(run, chat) == (2, 0, 0, 0)
    assert received(run) == ["2025-05-12T10:00:00+05:00", "2025-06-01T10:00:00+05:00"]
    assert outcome(run, chat, "--date-order", "mdy", "--school", ANEMIA) == (0, 0, 2, 0)
    assert received(run) == ["2025-12-05T10:00:00+05:00", "2025-01-06T10:00:00+05:00"]
    # Told nothing, the import leaves what a person told before.
    assert outcome(run, chat) == (0, 2, 0, 0)
    assert received(run) == ["2025-12-05T10:00:00+05:00", "2025-01-06T10:00:00+05:00"]


def test_a_limit_set_in_the_schedule_counts_at_once(run: Run, workspace: Path, tmp_path: Path, form: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text("From: a@example.kz\nDate: Mon, 30 Nov 2026 10:00:00 +0500\n\n" + "May I eat honey? " * 3, "utf-8")
    schedule = workspace / "sessions.toml"
    usual = schedule.read_text("utf-8")
    schedule.write_text(f"{usual}\n[limits]\nquestion_characters = 40\n", "utf-8")
    assert outcome(run, form) == (2, 0, 0, 2)
    assert "  set aside: 1 x longer than 40 characters (form.csv)\n" in run("questions", "import", str(form))[1]
    assert outcome(run, mail) == (0, 0, 0, 1)
    schedule.write_text(usual, "utf-8")
    assert outcome(run, form) == (1, 2, 0, 1)
    assert outcome(run, mail) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (
            ("--school", "nope"),
            1,
            f'error: there is no school "nope" in sessions.toml. Schools there: {ANEMIA}, 2026-12-17-thalassemia\n',
        ),
        (("--map", "text"), 2, 'error: --map "text" lacks a part: write it as --map text="Ваш вопрос"\n'),
        (("--map", "text=a", "--map", "text=b"), 2, "error: --map text=… is given twice: keep one\n"),
    ],
)
@pytest.mark.usefixtures("nothing_changes")
def test_an_import_that_cannot_be_meant_changes_nothing(
    run: Run, form: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    assert run("questions", "import", str(form), *words) == (code, "", error)


@pytest.mark.parametrize("words", [("--from", "docx"), ("--date-order", "xyz"), ()])
def test_a_mistyped_choice_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run("questions", "import", *words, *(["x.csv"] if words else []))
    assert (code, out) == (2, "")
    assert err.splitlines()[0].startswith("Usage: schoolctl questions import ")
