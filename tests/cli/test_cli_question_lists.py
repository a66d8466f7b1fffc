from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA = "2026-12-10-anemia"
KEYS = {
    "id", "school", "channel", "received_at", "zone_assumed", "language", "text", "original_text", "redacted_text",
    "person", "sender", "status", "reviewed", "screening", "themes", "theme_reasons", "redactions", "group", "decided",
    "split_from", "carried_from", "translations", "source", "repairs",
}  # fmt: skip


@pytest.fixture(autouse=True)
def imported(workspace: Path, stored: bytes) -> None:
    (workspace / "questions.db").write_bytes(stored)


def test_the_table_masks_senders_and_addresses(run: Run) -> None:
    code, out, err = run("questions", "list")
    assert (code, err) == (0, "")
    assert [line.rstrip() for line in out.splitlines()] == [
        "ID   From         Question                                              Status",
        "─" * 80,
        " 1   30.11 form   Можно ли при анемии пить зелёный чай?                 new",
        "     А***                                                               diet",
        " 2   30.11 form   Анемия кезінде қандай тағам пайдалы? Маған            accepted",
        "     Б***         [телефон] нөміріне жазыңыз.                           diet",
        " 3   30.11 form   Does anemia always need iron tablets?                 new",
        "     C***                                                               diet",
        "3 questions. In full: schoolctl questions show ID",
    ]


def test_json_has_the_promised_keys_and_a_masked_sender(run: Run) -> None:
    code, out, err = run("questions", "list", "--json")
    questions = json.loads(out)
    assert (code, err, [set(question) for question in questions]) == (0, "", [KEYS] * 3)
    assert questions[1] == {
        "id": 2,
        "school": ANEMIA,
        "channel": "form",
        "received_at": "2026-11-30T10:20:00+05:00",
        "zone_assumed": True,
        "language": "kk",
        "text": "Анемия кезінде қандай тағам пайдалы? Маған +7 700 000 00 02 нөміріне жазыңыз.",
        "original_text": "Анемия кезінде қандай тағам пайдалы? Маған +7 700 000 00 02 нөміріне жазыңыз.",
        "redacted_text": "Анемия кезінде қандай тағам пайдалы? Маған [телефон] нөміріне жазыңыз.",
        "person": 2,
        "sender": "Б*** +7***02",
        "status": "accepted",
        "reviewed": True,
        "screening": {"label": "general", "reasons": [], "score": 0},
        "themes": ["diet"],
        "theme_reasons": [],
        "redactions": [{"kind": "phone", "rule": "digits grouped as a phone number"}],
        "group": None,
        "decided": ["themes"],
        "split_from": None,
        "carried_from": [],
        "translations": {},
        "source": {"file": "form.csv", "position": 2},
        "repairs": [],
    }


def test_reveal_shows_the_sender(run: Run) -> None:
    senders = [question["sender"] for question in json.loads(run("questions", "list", "--reveal", "--json")[1])]
    assert senders == ["Асель Примерова, +77000000001", "Берік Үлгіов, +77000000002", "Carol Sample"]
    assert "Асель" in run("questions", "list", "--reveal")[1]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ((), [1, 2, 3]),
        (("--school", ANEMIA), [1, 2, 3]),
        (("--status", "new"), [1, 3]),
        (("--status", "new", "--status", "accepted"), [1, 2, 3]),
        (("--theme", "diet"), [1, 2, 3]),
        (("--theme", "treatment"), []),
        (("--channel", "form"), [1, 2, 3]),
        (("--channel", "email"), []),
        (("--language", "ru"), [1]),
        (("--search", "ЗЕЛЁНЫЙ"), [1]),
        (("--search", "anemia", "--limit", "1"), [3]),
        (("--limit", "2"), [1, 2]),
    ],
)
def test_filters(run: Run, words: tuple[str, ...], ids: list[int]) -> None:
    code, out, _ = run("questions", "list", "--json", *words)
    assert (code, [question["id"] for question in json.loads(out)]) == (0, ids)


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("list", "--status", "open"), 2, 'there is no status "open". Statuses: new, accepted, personal, off_topic, '),
        (("list", "--theme", "dieat"), 2, 'there is no theme "dieat". Themes: causes_risk, symptoms, '),
        (("list", "--school", "nope"), 1, 'there is no school "nope" in sessions.toml. Schools there: '),
        (("show", "3", "8", "9"), 1, "there is no question 8, 9. See: schoolctl questions list\n"),
        (("set", "1", "9", "--status", "new"), 1, "there is no question 9. See: schoolctl questions list\n"),
        (("set", "1"), 2, "say what to set: --status, --theme, --school, --text, --redacted-text or --translation\n"),
        (("set", "1", "2", "--text", "x"), 2, "--text sets the wording of one question: give one ID\n"),
        (("set", "1", "--text", "\u200b "), 2, "--text must hold some words\n"),
        (("set", "1", "--theme", "food"), 2, 'there is no theme "food". Themes: causes_risk, '),
        (("set", "1", "--school", "nope"), 1, 'there is no school "nope" in sessions.toml. Schools there: '),
    ],
)
@pytest.mark.usefixtures("nothing_changes")
def test_what_is_not_there_is_named_and_nothing_changes(
    run: Run, words: tuple[str, ...], code: int, error: str
) -> None:
    given, out, err = run("questions", *words)
    assert (given, out, err.count("\n")) == (code, "", 1)
    assert err.startswith(f"error: {error}")


def test_csv_is_masked_and_opens_in_a_spreadsheet(run: Run) -> None:
    code, out, _ = run("questions", "list", "--csv", "--limit", "2")
    assert code == 0
    assert out == (
        "\ufeffid,school,channel,received_at,language,status,screening,themes,text,sender,source_file,source_position,"
        "translations\r\n"
        f"1,{ANEMIA},form,2026-11-30T09:15:00+05:00,ru,new,general,diet,Можно ли при анемии пить зелёный чай?,"
        "А*** +7***01,form.csv,1,\r\n"
        f"2,{ANEMIA},form,2026-11-30T10:20:00+05:00,kk,accepted,general,diet,"
        "Анемия кезінде қандай тағам пайдалы? Маған [телефон] нөміріне жазыңыз.,Б*** +7***02,form.csv,2,\r\n"
    )


def test_show_tells_everything_but_who_it_was(run: Run) -> None:
    assert run("questions", "show", "2") == (
        0,
        (
            "Question: 2\n"
            "Text:     Анемия кезінде қандай тағам пайдалы? Маған [телефон] нөміріне жазыңыз.\n"
            "From:     Б*** +7***02\n"
            "Received: 30.11.2026 10:20 (zone assumed)\n"
            "Channel:  form, form.csv, message 2\n"
            "Language: kk\n"
            f"School:   {ANEMIA}\n"
            "Status:   accepted, reviewed\n"
            "Themes:   diet\n"
            "Seems:    general\n"
            "Replaced: phone: digits grouped as a phone number\n"
            "\n"
        ),
        "",
    )
    revealed = run("questions", "show", "2", "--reveal")[1].splitlines()
    assert revealed[1].endswith("Маған +7 700 000 00 02 нөміріне жазыңыз.")
    assert revealed[2] == "From:     Берік Үлгіов, +77000000002"


def test_show_answers_one_object_or_a_list(run: Run) -> None:
    assert json.loads(run("questions", "show", "3", "--json")[1])["id"] == 3
    assert [one["id"] for one in json.loads(run("questions", "show", "3", "1", "--json")[1])] == [3, 1]


def test_a_decision_is_shown_and_counts_as_reviewed(run: Run) -> None:
    words = ("questions", "set", "1", "3", "--status", "personal", "--theme", "diet", "--theme", "lifestyle")
    assert run(*words) == (0, "set: 1 personal, diet, lifestyle\nset: 3 personal, diet, lifestyle\n", "")
    answered = json.loads(run("questions", "set", "3", "--school", "", "--json")[1])
    assert [(one["id"], one["school"], one["status"], one["reviewed"]) for one in answered] == [
        (3, None, "personal", True)
    ]
    shown = json.loads(run("school", "show", ANEMIA, "--json")[1])["questions"]
    assert shown == {
        "total": 2, "new": 0, "accepted": 1, "personal": 1, "off_topic": 0, "duplicate": 0, "answered": 0,
        "rejected": 0,
    }  # fmt: skip


def test_a_better_wording_is_redacted_too_and_keeps_the_original(run: Run) -> None:
    run("questions", "set", "2", "--text", "Что есть? Пишите Берік, +7 700 000 00 02")
    question = json.loads(run("questions", "show", "2", "--json")[1])
    assert question["redacted_text"] == "Что есть? Пишите [имя], [телефон]"
    assert question["original_text"].startswith("Анемия кезінде")


def test_a_rehearsed_decision_changes_no_byte(run: Run, workspace: Path, contents: Contents) -> None:
    before = contents(workspace)
    words = ("questions", "set", "1", "--status", "accepted", "--theme", "diet", "--dry-run")
    assert run(*words) == (0, "would be set: 1 accepted, diet\n", "")
    assert contents(workspace) == before


def test_without_a_store_there_is_nothing_to_list_and_none_is_made(run: Run, workspace: Path) -> None:
    (workspace / "questions.db").unlink()
    assert run("questions", "list") == (
        0,
        "No questions of this kind. Import some: schoolctl questions import PATH\n",
        "",
    )
    assert run("questions", "list", "--json") == (0, "[]\n", "")
    assert not (workspace / "questions.db").exists()


def test_accepting_a_question_without_a_school_says_so(run: Run) -> None:
    assert run("questions", "set", "1", "--school", "")[0] == 0
    code, out, err = run("questions", "set", "1", "--status", "accepted")
    assert (code, out) == (0, "set: 1 accepted, diet\n")
    assert err == "note: question 1 belongs to no school yet: add --school ID\n"
