"""Translations of questions by the organiser: typed, shown, used in agendas, taken back, handed out and erased."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
ANEMIA = "2026-12-10-anemia"
IN_RUSSIAN = "Какая пища полезна при анемии?"
SET = ("questions", "set", "2", "--translation", f"ru={IN_RUSSIAN}")


@pytest.fixture(autouse=True)
def imported(workspace: Path, stored: bytes) -> None:
    (workspace / "questions.db").write_bytes(stored)


def question(run: Run, number: int = 2) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("questions", "show", str(number), "--json")[1])
    return found


def test_a_translation_is_set_shown_and_taken_out(run: Run) -> None:
    assert run(*SET, "--translation", "EN=Which food is good?") == (
        0,
        f"set: 2 accepted, diet\ntranslation ru: {IN_RUSSIAN}\ntranslation en: Which food is good?\n",
        "",
    )
    assert question(run)["translations"] == {"ru": IN_RUSSIAN, "en": "Which food is good?"}
    lines = run("questions", "show", "2")[1].splitlines()
    assert lines[1:4] == [
        "Text:      Анемия кезінде қандай тағам пайдалы? Маған [телефон] нөміріне жазыңыз.",
        "Text (en): Which food is good?",
        f"Text (ru): {IN_RUSSIAN}",
    ]
    assert run("questions", "set", "2", "--translation", "en=") == (0, "set: 2 accepted, diet\n", "")
    assert question(run)["translations"] == {"ru": IN_RUSSIAN}


def test_a_rehearsal_shows_it_and_sets_nothing(run: Run) -> None:
    said = f"would be set: 2 accepted, diet\ntranslation ru: {IN_RUSSIAN}\n"
    assert run(*SET, "--dry-run") == (0, said, "")
    assert question(run)["translations"] == {}


def test_it_is_in_the_history_without_its_words_and_taken_back(run: Run) -> None:
    before = question(run)
    run(*SET)
    assert run("history")[1].splitlines()[0].endswith("set 2: translation ru")
    assert run("undo") == (0, "taken back: set 2: translation ru (1 question)\n", "")
    assert question(run) == before


def test_only_the_translation_changes(run: Run) -> None:
    before = question(run)
    run(*SET)
    assert question(run) == before | {"translations": {"ru": IN_RUSSIAN}}


def test_nothing_personal_comes_back_by_a_translation(run: Run) -> None:
    text = "ru=Что есть? Пишите Берику, Берік Үлгіов, +7 700 000 00 02, b@example.kz"
    assert run("questions", "set", "2", "--translation", text)[1].splitlines()[1] == (
        "translation ru: Что есть? Пишите [имя], [имя], [телефон], [почта]"
    )
    shown = run("questions", "list", "--json", "--reveal")[1]
    assert "b@example.kz" not in shown


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("2", "--translation", "ru"), 2, '--translation "ru" lacks a part: write it as --translation ru="…"'),
        (("2", "--translation", "=Что"), 2, '--translation "=Что" lacks a part: write it as --translation ru="…"'),
        (("2", "--translation", "ru=а", "--translation", "RU=б"), 2, "--translation ru=… is given twice: keep one"),
        (
            ("2", "--translation", "kz=Не"),
            2,
            '--translation kz=…: there is no language "kz". Known: kk, ru, en',
        ),
        (("1", "2", "--translation", "en=What"), 2, "--translation sets the wording of one question: give one ID"),
    ],
)
@pytest.mark.usefixtures("nothing_changes")
def test_what_makes_no_sense_is_wrong_usage(run: Run, words: tuple[str, ...], code: int, error: str) -> None:
    assert run("questions", "set", *words) == (code, "", f"error: {error}\n")


@pytest.mark.parametrize("option", ["--text", "--redacted-text"])
def test_other_words_do_not_leave_an_old_translation_behind(run: Run, option: str) -> None:
    run(*SET, "--translation", "en=Which food is good?")
    before = question(run)
    assert run("questions", "set", "2", option, "Қандай тағам пайдалы?") == (
        1,
        "",
        (
            "error: question 2 has a translation of the words as they were (en, ru). Give it anew with them: "
            'schoolctl questions set 2 … --translation en="…" --translation ru="…" ("" takes it out)\n'
        ),
    )
    assert question(run) == before
    words = (option, "Қандай тағам пайдалы?", "--translation", "ru=Какая пища полезна?", "--translation", "en=")
    assert run("questions", "set", "2", *words)[0] == 0
    assert question(run)["translations"] == {"ru": "Какая пища полезна?"}
    assert question(run)["redacted_text"] == "Қандай тағам пайдалы?"


def test_parts_of_a_message_have_no_translation_of_the_whole(run: Run, workspace: Path) -> None:
    text = '"Вопрос"\n"Можно ли пить кофе при анемии? Сколько длится лечение анемии железом?"\n'
    (workspace / "note.csv").write_text(text, "utf-8")
    run("questions", "import", "note.csv", "--school", ANEMIA)
    run("questions", "set", "4", "--translation", "en=May I drink coffee? How long does it take?")
    assert run("questions", "split", "4")[0] == 0
    assert [question(run, number)["translations"] for number in (4, 5)] == [{}, {}]
    run("undo")
    assert question(run, 4)["translations"] == {"en": "May I drink coffee? How long does it take?"}


def test_rules_that_know_more_names_look_at_translations_too(run: Run, workspace: Path) -> None:
    run("questions", "set", "2", "--translation", "en=Ask Zhulduzaiym about food")
    assert question(run)["translations"] == {"en": "Ask Zhulduzaiym about food"}
    (workspace / "templates" / "privacy").mkdir(parents=True)
    run("templates", "copy", "privacy/names.txt")
    own = workspace / "templates" / "privacy" / "names.txt"
    own.write_text(own.read_text("utf-8") + "\nzhulduzaiym\n", "utf-8")
    assert run("questions", "screen")[0] == 0
    assert question(run)["translations"] == {"en": "Ask [name] about food"}


def test_agendas_show_it_with_where_it_is_from(run: Run) -> None:
    run(*SET)
    in_russian = run("agenda", ANEMIA, "--lang", "ru", "--out", "-")[1]
    assert f"1. {IN_RUSSIAN} (перевод с казахского) — спросили: 1\n" in in_russian
    assert "Анемия кезінде" not in in_russian
    own = "1. Анемия кезінде қандай тағам пайдалы? Маған \\[телефон\\] нөміріне жазыңыз."
    assert f"{own} — сұрағандар: 1\n" in run("agenda", ANEMIA, "--lang", "kk", "--out", "-")[1]
    assert f"{own} \\[kk\\] — asked by 1\n" in run("agenda", ANEMIA, "--lang", "en", "--out", "-")[1]
    both = json.loads(run("agenda", ANEMIA, "--lang", "ru", "--format", "json", "--out", "-")[1])
    (asked,) = both["blocks"][0]["questions"]
    assert (asked["language"], asked["translation"]) == ("kk", IN_RUSSIAN)
    assert asked["text"].startswith("Анемия кезінде қандай тағам пайдалы? Маған [телефон]")


def test_a_table_has_a_column_of_them(run: Run) -> None:
    run(*SET, "--translation", "en=+Which food is good?")
    rows = list(csv.DictReader(io.StringIO(run("questions", "list", "--csv")[1].removeprefix("\ufeff"))))
    assert [row["translations"] for row in rows] == ["", f"en: +Which food is good?\nru: {IN_RUSSIAN}", ""]


def test_importing_again_keeps_it(run: Run, form: Path) -> None:
    run(*SET)
    before = question(run)
    assert run("questions", "import", str(form), "--school", ANEMIA)[0] == 0
    assert question(run) == before


def test_it_is_handed_out_and_erased_with_its_question(run: Run, workspace: Path) -> None:
    run(*SET)
    found = json.loads(run("questions", "export", "--sender", "Берік Үлгіов")[1])
    assert [one["translations"] for one in found["questions"]] == [{"ru": IN_RUSSIAN}]
    assert IN_RUSSIAN.encode() in (workspace / "questions.db").read_bytes()
    assert run("questions", "forget", "--sender", "Берік Үлгіов", "--yes")[1] == "erased: 1 question\n"
    raw = (workspace / "questions.db").read_bytes()
    assert [text for text in (IN_RUSSIAN, "полезна") if text.encode() in raw] == []
    assert json.dumps("полезна")[1:-1].encode() not in raw
