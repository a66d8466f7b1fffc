"""From a pile of questions to what matters: similar, groups, parts, reasons, screening, figures, answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA = "2026-12-10-anemia"
# Who wrote, as nothing but --reveal may show it: `similar` and `why` tell words in small letters.
NAMES = ("омаров", "айгуль", "асель", "жанар", "сынақова", "aigul@", "+7700000")
CP866 = {"PYTHONIOENCODING": "cp866"}


@pytest.fixture(autouse=True)
def imported(piled: None) -> None:
    """Before all others: what a test must leave alone is there from the beginning."""


def groups_of(run: Run) -> dict[int, int | None]:
    return {question["id"]: question["group"] for question in json.loads(run("questions", "list", "--json")[1])}


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def test_groups_are_listed_by_how_many_asked(run: Run) -> None:
    code, out, err = run("questions", "list", "--grouped")
    assert (code, err) == (0, "")
    assert lines_of(out) == [
        "Asked   Question                                                 Theme       IDs",
        "─" * 80,
        "    2   можно ли при анемии пить зеленый чай                     diet        1 2",
        "    1   Анемия кезінде жасыл шай ішуге бола ма?                  diet        3",
        "    1   Меня зовут [имя], мне 56 лет, гемоглобин 90, какие       treatment   4",
        "        таблетки мне пить?",
        "    1   Пишет [имя]. Можно ли пить железо с гранатовым соком?    diet        5",
        "        И можно ли заниматься спортом при гемоглобине 95?        lifestyle",
        "    1   How is hypertension treated at home?                     treatment   6",
        "    1   Спасибо большое!                                                     7",
        "    1   Скажите, где ссылка на зум?                                          8",
        "    1   Маған 34 жас, гемоглобинім 80, маған қандай дәрі ішу     treatment   9",
        "        керек?",
        "9 questions in 8 groups.",
    ]
    assert json.loads(run("questions", "list", "--grouped", "--json", "--limit", "1")[1]) == [
        {
            "group": 1,
            "demand": 2,
            "wording": {"id": 2, "text": "можно ли при анемии пить зеленый чай"},
            "questions": [1, 2],
        }
    ]
    assert run("questions", "list", "--grouped", "--csv") == (
        2,
        "",
        "error: --csv is a table of questions, not of groups: leave out --csv or --grouped\n",
    )


def test_similar_questions_are_told_with_what_both_speak_of(run: Run) -> None:
    code, out, err = run("questions", "similar", "1", "4")
    assert (code, err) == (0, "")
    assert lines_of(out) == [
        "ID   Score   Question                           Both speak of",
        "─" * 80,
        " 1           Можно ли при анемии пить зелёный",
        "             чай?",
        " 2    1.00   можно ли при анемии пить зеленый   one group already; anaemia, tea,",
        "             чай                                allowed, зеленый, анемии",
        " 3    0.76   Анемия кезінде жасыл шай ішуге     anaemia, tea, allowed, анемии",
        "             бола ма?",
        " 5    0.27   Пишет [имя]. Можно ли пить         allowed, можно",
        "             железо с гранатовым соком? И",
        "             можно ли заниматься спортом при",
        "             гемоглобине 95?",
        " 4           Меня зовут [имя], мне 56 лет,",
        "             гемоглобин 90, какие таблетки",
        "             мне пить?",
        " 9    0.83   Маған 34 жас, гемоглобинім 80,     medicine, haemoglobin,",
        "             маған қандай дәрі ішу керек?       гемоглобин",
        " 5    0.60   Пишет [имя]. Можно ли пить         haemoglobin, гемоглобин",
        "             железо с гранатовым соком? И",
        "             можно ли заниматься спортом при",
        "             гемоглобине 95?",
        "The same? schoolctl questions group ID ID",
    ]
    assert json.loads(run("questions", "similar", "3", "--limit", "1", "--json")[1]) == [
        {"id": 3, "similar": [{"id": 1, "score": 0.763, "why": ["anaemia", "tea", "allowed", "анемия"]}]}
    ]
    assert "Айгуль Омарова" in run("questions", "similar", "4", "--reveal")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("similar",),
        ("similar", "--json"),
        ("why", "4", "5", "9"),
        ("why", "4", "5", "9", "--json"),
        ("summary",),
        ("summary", "--json"),
        ("summary", "--html", "--lang", "ru", "--out", "-"),
        ("list", "--grouped"),
        ("list", "--grouped", "--json"),
        ("split", "5", "--dry-run"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("nothing_changes")
def test_looking_tells_of_nobody_who_it_was(run: Run, words: tuple[str, ...]) -> None:
    code, out, _ = run("questions", *words)
    assert code == 0
    assert [name for name in NAMES if name in out.lower()] == []


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("similar", "99"), 1, "there is no question 99. See: schoolctl questions list"),
        (("similar", "--school", "nope"), 1, f'there is no school "nope" in sessions.toml. Schools there: {ANEMIA}, '),
        (("group", "6"), 2, "name at least two questions that ask the same: schoolctl questions group 12 15"),
        (("group", "6", "6"), 2, "name at least two questions that ask the same: schoolctl questions group 12 15"),
        (("group", "1", "98", "99"), 1, "there is no question 98, 99. See: schoolctl questions list"),
        (("ungroup", "1", "99"), 1, "there is no question 99. See: schoolctl questions list"),
        (("split", "99"), 1, "there is no question 99. See: schoolctl questions list"),
        (
            ("split", "1"),
            1,
            "question 1 seems to hold one question only. To change its wording: schoolctl questions set 1 --text …",
        ),
        (("why", "99"), 1, "there is no question 99. See: schoolctl questions list"),
        (("screen", "--school", "nope"), 1, 'there is no school "nope" in sessions.toml. Schools there: '),
        (("summary", "--school", "nope"), 1, 'there is no school "nope" in sessions.toml. Schools there: '),
        (("summary", "--html", "--lang", "de"), 1, '"de" is no language of the schedule (kk, ru, en) in sessions.toml'),
        (("summary", "--out", "-"), 2, "--out - shows one document, this would be 3: choose one with --lang"),
        (("reply", "4", "99"), 1, "there is no question 99. See: schoolctl questions list"),
        (("reply", "4", "--lang", "de"), 2, 'there is no language "de". Languages: kk, ru, en'),
        (
            ("reply", "4", "1"),
            1,
            "question 1 is neither personal nor off topic nor about the School itself (general): no ready answer fits ",
        ),
    ],
)
@pytest.mark.usefixtures("nothing_changes")
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    run: Run, words: tuple[str, ...], code: int, error: str
) -> None:
    given, out, err = run("questions", *words)
    assert (given, out, err.count("\n")) == (code, "", 1)
    assert err.startswith(f"error: {error}")


def test_a_person_joins_questions_and_the_groups_they_are_in(run: Run) -> None:
    words = ("questions", "group", "3", "1", "3")
    assert run(*words, "--dry-run") == (0, "would be grouped: 3, 1, 2 (group 1, asked by 3 people)\n", "")
    assert groups_of(run)[3] is None
    assert run(*words) == (0, "grouped: 3, 1, 2 (group 1, asked by 3 people)\n", "")
    shown = "Анемия кезінде жасыл шай ішуге бола ма?"
    assert json.loads(run("questions", "list", "--grouped", "--json")[1])[0] == {
        "group": 1,
        "demand": 3,
        "wording": {"id": 3, "text": shown},
        "questions": [1, 2, 3],
    }
    # One of a group: its words stand for all from now on.
    assert json.loads(run("questions", "group", "2", "--json")[1])["wording"]["id"] == 2
    assert run("questions", "group", "7", "8") == (0, "grouped: 7, 8 (group 7, asked by 1 person)\n", "")


def test_who_was_taken_out_of_a_group_stays_out(run: Run) -> None:
    assert run("questions", "ungroup", "2", "2") == (0, "ungrouped: 2\n", "")
    assert run("questions", "screen")[1] == "9 questions: 0 changed, 0 put into groups\n"
    assert (groups_of(run)[1], groups_of(run)[2]) == (1, None)
    assert run("questions", "ungroup", "2") == (0, "ungrouped: 2\n", "")
    assert json.loads(run("questions", "ungroup", "1", "6", "--json")[1]) == {"questions": [1, 6]}
    assert set(groups_of(run).values()) == {None}


def test_the_next_wording_stands_when_the_one_that_stood_is_forgotten(run: Run) -> None:
    run("questions", "group", "2", "3")
    assert run("questions", "forget", "--sender", "+77000000002")[0] == 0
    first = json.loads(run("questions", "list", "--grouped", "--json")[1])[0]
    assert (first["group"], first["wording"]["id"], first["questions"]) == (1, 1, [1, 3])


def test_a_message_with_several_questions_becomes_several(run: Run) -> None:
    parts = (
        "5: Пишет [имя]. Можно ли пить железо с гранатовым соком?\n"
        "10: И можно ли заниматься спортом при гемоглобине 95?\n"
    )
    assert run("questions", "split", "5", "--dry-run") == (0, f"would be split into 2 questions:\n{parts}", "")
    assert run("questions", "split", "5") == (0, f"split into 2 questions:\n{parts}", "")
    error = (
        "error: question 5 seems to hold one question only. To change its wording: schoolctl questions set 5 --text …\n"
    )
    assert run("questions", "split", "5") == (1, "", error)
    assert run("questions", "show", "10")[1].splitlines()[1:] == [
        "Text:     И можно ли заниматься спортом при гемоглобине 95?",
        "From:     А*** +7***05",
        "Received: 05.11.2026 09:15 (zone assumed)",
        "Channel:  form, pile.csv, message 5",
        "Language: ru",
        f"School:   {ANEMIA}",
        "Status:   new",
        'Themes:   lifestyle (lifestyle: "спортом")',
        "Seems:    general",
        "Part of:  question 5",
        "",
    ]
    first, part = json.loads(run("questions", "show", "5", "10", "--json")[1])
    assert first["original_text"] == part["original_text"]
    assert first["original_text"].startswith("Пишет Айгуль Омарова. Можно ли")
    assert (first["person"], part["person"]) == (5, 5)


def test_parts_of_nobody_known_are_one_person_s_and_may_be_grouped(run: Run, workspace: Path) -> None:
    text = '"Вопрос"\n"Можно ли пить кофе при анемии? Сколько длится лечение анемии железом?"\n'
    (workspace / "note.csv").write_text(text, "utf-8")
    assert run("questions", "import", "note.csv", "--school", ANEMIA)[0] == 0
    run("questions", "group", "10", "1")
    made = json.loads(run("questions", "split", "10", "--json")[1])
    assert made == {"questions": [10, 11]}
    first, part = json.loads(run("questions", "show", "10", "11", "--json")[1])
    assert (first["person"], part["person"]) == (10, 10)
    assert (first["group"], first["decided"]) == (1, ["group", "text", "wording"])
    assert (part["group"], part["decided"]) == (None, ["text"])


def test_why_gives_every_judgement_its_reasons(run: Run) -> None:
    assert run("questions", "why", "4") == (
        0,
        (
            "Question:  4: Меня зовут [имя], мне 56 лет, гемоглобин 90, какие таблетки мне пить?\n"
            "Language:  ru\n"
            "           - words: меня мне лет какие таблетки\n"
            "           - endings: зовут\n"
            "Screening: personal (score 9)\n"
            "           - one patient within the question\n"
            "           - names one patient\n"
            "           - tells an age or a date of birth\n"
            "           - gives a laboratory value\n"
            "           - asks what to do about a treatment\n"
            "Status:    new\n"
            "Themes:    treatment\n"
            '           - treatment: "таблетки"\n'
            "Group:     none\n"
            "Redaction: 1 replaced\n"
            "           - name: the sender's own name\n"
            "\n"
        ),
        "",
    )
    run("questions", "set", "2", "--status", "accepted", "--theme", "diet")
    assert run("questions", "why", "2")[1].splitlines()[6:] == [
        "Status:    accepted (decided by a person)",
        "Themes:    diet (decided by a person)",
        "Group:     1",
        "           - with question 1",
        "           - words of both: можно при анемии пить зеленый",
        "Redaction: nothing personal found",
        "",
    ]
    judged = json.loads(run("questions", "why", "2", "--json")[1])[0]
    assert judged["themes"] == {"verdict": "diet", "why": [], "decided": True}
    assert set(judged) == {"id", "language", "screening", "status", "themes", "group", "redaction"}


def test_a_name_in_two_questions_is_no_reason_to_be_told(run: Run, workspace: Path) -> None:
    text = (
        "Имя,Вопрос\n"
        "Тимур Исмаилов,Пишет Тимур Исмаилов: как часто сдавать кровь при анемии?\n"
        "Тимур Исмаилов,Тимур Исмаилов благодарит и спрашивает: как долго пить железо при анемии?\n"
    )
    (workspace / "note.csv").write_text(text, "utf-8")
    run("questions", "import", "note.csv", "--school", ANEMIA)
    run("questions", "group", "10", "11")
    for words in (("why", "10", "11"), ("similar", "10"), ("show", "10")):
        out = run("questions", *words)[1].lower()
        assert "анемии" in out
        assert "исмаилов" not in out
        assert "тимур" not in out


def test_screening_anew_follows_the_edited_files_and_no_decision_is_lost(run: Run, workspace: Path) -> None:
    own = workspace / "templates" / "themes" / "ru.toml"
    own.write_text(own.read_text("utf-8").replace('theme = "diet"', 'theme = "lifestyle"'), "utf-8")
    run("questions", "set", "1", "--theme", "treatment")
    counted = "9 questions: 2 changed, 0 put into groups\n"
    note = "note: your decisions about themes will count once there are 39 more\n"
    would = "9 questions: 2 would be changed, 0 would be put into groups\n"
    themes = {question["id"]: question["themes"] for question in json.loads(run("questions", "list", "--json")[1])}
    assert run("questions", "screen", "--dry-run")[1:] == (would, note)
    assert run("questions", "screen") == (0, counted, note)
    after = {question["id"]: question["themes"] for question in json.loads(run("questions", "list", "--json")[1])}
    assert after[1] == themes[1] == ["treatment"]
    assert (themes[2], after[2]) == (["diet"], ["lifestyle"])
    assert (themes[5], after[5]) == (["diet", "lifestyle"], ["lifestyle"])
    assert {number for number in after if after[number] != themes[number]} == {2, 5}
    assert json.loads(run("questions", "screen", "--json")[1]) == {"questions": 9, "changed": 0, "grouped": 0}


def test_the_summary_at_80_and_at_160_columns(run: Run) -> None:
    code, out, err = run("questions", "summary", "--school", ANEMIA)
    assert (code, err) == (0, "")
    lines = lines_of(out)
    assert lines[:16] == [
        "9 questions from 8 people; 8 still to be looked at",
        "",
        "Themes (of questions for the School)",
        "─" * 79,
        f"diet                                     4   {'█' * 34}",
        "",
        "Seems",
        "─" * 79,
        f"general                                  4   {'█' * 34}",
        f"personal                                 2   {'█' * 17}",
        f"logistics                                1   {'█' * 8}",
        f"not_question                             1   {'█' * 8}",
        f"off_topic                                1   {'█' * 8}",
        "",
        "Status",
        "─" * 79,
    ]
    assert lines[-4:] == [
        "What most people ask",
        "  2 x можно ли при анемии пить зеленый чай",
        "  1 x Анемия кезінде жасыл шай ішуге бола ма?",
        "  1 x Пишет [имя]. Можно ли пить железо с гранатовым соком? И можно ли заниматься спортом при гемоглобине 95?",
    ]
    wide = lines_of(run("questions", "summary", env={"COLUMNS": "160"})[1])
    assert wide[4] == f"diet                                     4   {'█' * 74}"


def test_the_summary_for_scripts(run: Run) -> None:
    summary = json.loads(run("questions", "summary", "--json")[1])
    assert {name: summary[name] for name in ("questions", "people", "waiting", "statuses", "channels", "themes")} == {
        "questions": 9,
        "people": 8,
        "waiting": 8,
        "statuses": {"new": 9},
        "channels": {"form": 8, "whatsapp": 1},
        "themes": {"diet": 4},
    }
    assert list(summary["days"])[:2] == ["2026-11-01", "2026-11-02"]
    assert [group["wording"]["id"] for group in summary["groups"]] == [2, 3, 5]


def test_pages_to_send_round_quote_only_what_a_person_looked_at(run: Run, workspace: Path) -> None:
    files = [f"out/{ANEMIA}/summary.{code}.html" for code in ("kk", "ru", "en")]
    words = ("questions", "summary", "--html", "--school", ANEMIA)
    assert run(*words, "--dry-run") == (0, "".join(f"would write {file}\n" for file in files), "")
    assert not (workspace / "out").exists()
    assert json.loads(run(*words, "--json")[1]) == {"files": files}
    page = (workspace / files[2]).read_text("utf-8")
    assert '<p class="about">The Example Center · anemia · December 10, 2026</p>' in page
    assert '<tr><td class="label">Diet</td><td class="number">4</td>' in page
    assert '<tr><td class="label">November 1, 2026</td><td class="number">1</td>' in page
    assert "Asked most often" not in page
    run("questions", "set", "2", "--status", "accepted")
    run("questions", "set", "4", "--status", "personal")
    # The old pages differ now: they are not overwritten unasked.
    assert run(*words)[0] == 1
    assert run(*words, "--force") == (0, "".join(f"wrote {file}\n" for file in files), "")
    page = (workspace / files[2]).read_text("utf-8")
    assert '<li>можно ли при анемии пить зеленый чай<br><span class="asked">People who asked: 1</span></li>' in page
    assert "какие таблетки" not in page
    russian = run("questions", "summary", "--lang", "ru", "--out", "-")[1]
    assert '<html lang="ru">' in russian
    assert '<td class="label">1 ноября 2026 года</td>' in russian


@pytest.mark.parametrize(
    ("question", "language", "greeting", "end"),
    [
        ("4", "ru", "Здравствуйте!\n", "С уважением,\nЦентр «Пример»\n"),
        ("9", "kk", "Сәлеметсіз бе!\n", "Құрметпен,\nМысал орталығы\n"),
        ("6", "en", "Hello,\n", "With kind regards,\nThe Example Center\n"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(
    run: Run, question: str, language: str, greeting: str, end: str
) -> None:
    code, out, err = run("questions", "reply", question)
    assert (code, err) == (0, "")
    assert out.startswith(greeting)
    assert out.endswith(end)
    assert "WhatsApp +7 700 000 00 00" in out
    assert "school@example.kz" in out
    # The ambulance is told to those who ask about a patient; another disease is no reason for it.
    assert ("103" in out) == (question != "6")
    answered = json.loads(run("questions", "reply", question, "--json")[1])
    assert answered == [{"id": int(question), "language": language, "text": out.rstrip("\n")}]


def test_answers_are_parted_and_another_language_can_be_asked_for(run: Run) -> None:
    one = run("questions", "reply", "4", "--lang", "en")[1]
    assert one.startswith("Hello,\n")
    assert run("questions", "reply", "4", "9", "4", "--lang", "en") == (0, f"{one}\n---\n\n{one}", "")


def test_a_person_s_word_on_a_question_decides_about_its_answer(run: Run) -> None:
    run("questions", "set", "6", "--status", "personal")
    assert "103" in run("questions", "reply", "6")[1]
    run("questions", "set", "4", "--status", "accepted")
    code, out, err = run("questions", "reply", "4")
    assert (code, out) == (1, "")
    assert err.startswith("error: question 4 is neither personal nor off topic nor about the School itself (accepted)")


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--grouped"),
        ("similar",),
        ("why", "3", "9"),
        ("summary",),
        ("reply", "9"),
        ("split", "5", "--dry-run"),
        ("screen", "--dry-run"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("columns", ["80", "160"])
def test_an_old_console_of_any_width_shows_it(
    run_bytes: Callable[..., object], words: tuple[str, ...], columns: str
) -> None:
    done = run_bytes("questions", *words, env=CP866 | {"COLUMNS": columns})
    shown = done.stdout.decode("cp866")  # type: ignore[attr-defined]
    assert (done.returncode, b"Traceback" in done.stderr, "?" * 3 in shown) == (0, False, False)  # type: ignore[attr-defined]
    if words[0] in {"list", "similar", "summary"}:
        tables = [line for line in shown.splitlines() if " x " not in line]
        assert max(map(len, tables)) <= int(columns)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("list", "--grouped"), "No questions of this kind. Import some: schoolctl questions import PATH\n"),
        (("list", "--grouped", "--json"), "[]\n"),
        (("similar",), "Nothing similar found.\n"),
        (("similar", "--json"), "[]\n"),
        (("summary",), "0 questions from 0 people; 0 still to be looked at\n"),
        (("screen",), "0 questions: 0 changed, 0 put into groups\n"),
    ],
)
def test_without_a_store_there_is_nothing_and_none_is_made(
    run: Run, workspace: Path, words: tuple[str, ...], shown: str
) -> None:
    (workspace / "questions.db").unlink()
    assert run("questions", *words)[:2] == (0, shown)
    assert not (workspace / "questions.db").exists()


@pytest.mark.parametrize(
    "words", [("group", "1", "2"), ("ungroup", "1"), ("split", "1"), ("set", "1", "--theme", "diet")]
)
def test_a_decision_about_nothing_makes_no_store(run: Run, workspace: Path, words: tuple[str, ...]) -> None:
    (workspace / "questions.db").unlink()
    assert run("questions", *words)[0] == 1
    assert not (workspace / "questions.db").exists()


def test_a_folder_that_may_only_be_read_can_be_looked_at(
    run: Run, workspace: Path, contents: Contents, as_anybody: tuple[str, ...]
) -> None:
    (workspace / "questions.db").chmod(0o444)
    workspace.chmod(0o555)
    before = contents(workspace)
    try:
        for words in (("similar", "1"), ("why", "1"), ("summary",), ("list", "--grouped"), ("split", "5", "--dry-run")):
            assert run("questions", *words, before=as_anybody)[::2] == (0, "")
        for decision in (("group", "1", "3"), ("split", "5"), ("set", "1", "--status", "accepted")):
            code, out, err = run("questions", *decision, before=as_anybody)
            assert (code, out, err.count("\n")) == (1, "", 1)
            assert err.startswith("error: questions.db cannot be used (")
    finally:
        workspace.chmod(0o755)
    assert contents(workspace) == before
