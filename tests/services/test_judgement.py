"""A person's decision stays: no import, no rule and no edited file undoes it; and what decisions teach is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.domain.question import Question
from schoolctl.domain.theme_model import MINIMUM_DECISIONS
from schoolctl.services.groups import group_questions, ungroup_questions
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.questions import Decision, list_questions, set_questions
from schoolctl.services.reasons import reasons_for
from schoolctl.services.screening import Rescreening, screen_anew
from schoolctl.services.similar import find_similar
from schoolctl.services.splitting import split_question
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter

SCHEDULE = """\
languages = ["ru"]

[organizer]
name = { ru = "Центр" }
email = "school@example.kz"
whatsapp = "+7 700 000 00 00"

[[school]]
id = "anemia"
topic = { ru = "анемия" }
starts = 2026-12-10 18:30:00
ends = 2026-12-10 20:30:00

[[school]]
id = "myeloma"
topic = { ru = "множественная миелома" }
starts = 2026-12-17 18:30:00
ends = 2026-12-17 20:30:00
"""
FORM = """\
Имя,Email,Вопрос
Асель Примерова,asel@example.kz,Можно ли при анемии пить зелёный чай?
Ерлан Образцов,erlan@example.kz,можно ли при анемии пить зеленый чай
Айгуль Омарова,aigul@example.kz,"Мне 56 лет, гемоглобин 90, какие таблетки мне пить?"
Берик Тестов,berik@example.kz,Как лечат множественную миелому?
Дана Тестова,dana@example.kz,"Можно ли пить кофе? И сколько длится лечение железом?"
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796101200")
    (tmp_path / "sessions.toml").write_text(SCHEDULE, "utf-8")
    (tmp_path / "form.csv").write_text(FORM, "utf-8")
    workspace = Workspace(tmp_path)
    imported(workspace, "form.csv")
    return workspace


def imported(workspace: Workspace, name: str, school: str | None = "anemia") -> None:
    import_questions(workspace, IntakeRequest([workspace.root / name], school=school), lambda *_: None)


def every(workspace: Workspace) -> list[Question]:
    return list_questions(workspace, QuestionFilter())


def decided(workspace: Workspace, number: int, decision: Decision) -> Question:
    return set_questions(workspace, [number], decision, dry_run=False)[0]


def own(workspace: Workspace, name: str, old: str, new: str) -> None:
    """An own copy of a template, edited."""
    shipped = (Path(__file__).parents[2] / "templates" / name).read_text("utf-8")
    assert old in shipped
    path = workspace.templates / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(shipped.replace(old, new), "utf-8")


def edit_all_rules(workspace: Workspace) -> None:
    own(workspace, "themes/ru.toml", 'theme = "diet"', 'theme = "lifestyle"')
    own(workspace, "screening/ru.toml", 'label = "personal"', 'label = "logistics"')
    own(workspace, "privacy/names.txt", "Абай\n", "Абай\nЧай\n")


def test_what_the_rules_thought_at_first(workspace: Workspace) -> None:
    assert [(one.screening.label, one.group, one.status) for one in every(workspace)] == [
        ("general", 1, "new"),
        ("general", 1, "new"),
        ("personal", None, "new"),
        ("off_topic", None, "new"),
        ("general", None, "new"),
    ]
    assert [one.themes for one in every(workspace)][:2] == [("diet",), ("diet",)]


@pytest.mark.parametrize(
    "decision",
    [
        Decision(status="accepted"),
        Decision(themes=("other",)),
        Decision(school="myeloma"),
        Decision(school=""),
        Decision(text="Вредит ли зелёный чай?"),
        Decision(redacted_text="Чай при анемии?"),
        Decision(status="personal", themes=("prognosis",), redacted_text="Чай?"),
    ],
)
@pytest.mark.parametrize("number", [1, 3])
def test_no_import_and_no_rule_undoes_a_decision(workspace: Workspace, number: int, decision: Decision) -> None:
    kept = decided(workspace, number, decision)
    edit_all_rules(workspace)
    # Another file with the same questions and one more: every one of them is looked at anew.
    text = FORM + "Новый Человек,new@example.kz,Как часто сдавать кровь при анемии?\n"
    (workspace.root / "form2.csv").write_text(text, "utf-8")
    imported(workspace, "form.csv")
    imported(workspace, "form2.csv")
    screen_anew(workspace, None, dry_run=False)
    after = every(workspace)[number - 1]
    assert len(every(workspace)) == 6
    assert (after.status, after.reviewed, after.decided) == (kept.status, kept.reviewed, kept.decided)
    for value, column in ((decision.themes, "themes"), (decision.school, "school"), (decision.text, "text")):
        if value is not None:
            assert getattr(after, column) == value
    if decision.status is not None:
        assert after.screening == kept.screening
    if decision.redacted_text is not None:
        assert after.redacted_text == decision.redacted_text


def test_what_a_person_parted_and_joined_stays_so(workspace: Workspace) -> None:
    ungroup_questions(workspace, [2], dry_run=False)
    group_questions(workspace, [5, 3], dry_run=False)
    edit_all_rules(workspace)
    text = FORM + "Новый Человек,new@example.kz,Можно ли при анемии пить зелёный чай??\n"
    (workspace.root / "form2.csv").write_text(text, "utf-8")
    imported(workspace, "form2.csv")
    screen_anew(workspace, None, dry_run=False)
    assert [question.group for question in every(workspace)] == [1, None, 3, None, 3, 1]


def test_a_chosen_wording_never_lets_an_address_out_and_is_judged_the_same_ever_after(workspace: Workspace) -> None:
    chosen = decided(workspace, 3, Decision(redacted_text="Что пить? Ответ: 8 700 000 00 05"))
    assert chosen.redacted_text == "Что пить? Ответ: [телефон]"
    assert [mark.kind for mark in chosen.redactions] == ["phone"]
    assert screen_anew(workspace, None, dry_run=False).changed == 0
    assert every(workspace)[2] == chosen
    again = decided(workspace, 3, Decision(redacted_text="Что пить?"))
    assert (again.redacted_text, again.redactions) == ("Что пить?", ())


def test_a_new_wording_takes_the_place_of_one_that_was_chosen(workspace: Workspace) -> None:
    decided(workspace, 3, Decision(redacted_text="Что пить?"))
    after = decided(workspace, 3, Decision(text="Пишет Айгуль Омарова: какие таблетки пьют при анемии?"))
    assert after.redacted_text == "Пишет [имя]: какие таблетки пьют при анемии?"
    assert after.decided == {"text"}


def test_a_question_is_judged_from_the_topic_of_its_school(workspace: Workspace) -> None:
    myeloma = every(workspace)[3]
    assert (myeloma.screening.label, myeloma.screening.reasons) == ("off_topic", ("another matter: myeloma",))
    assert decided(workspace, 4, Decision(school="myeloma")).screening.label == "general"
    assert decided(workspace, 4, Decision(school="anemia")).screening == myeloma.screening
    assert decided(workspace, 4, Decision(school="")).screening.label == "general"
    # Where a person decided already, the point of view is that person's.
    decided(workspace, 4, Decision(status="accepted"))
    assert decided(workspace, 4, Decision(school="anemia")).screening.label == "general"


def many(workspace: Workspace, count: int, themes: tuple[str, ...] = ("social_support", "diet")) -> None:
    """So many questions of their own, half of them decided to be of each theme."""
    rows = "".join(f'Человек {n},p{n}@example.kz,"Фрукт{n % 2} абракадабра номер {n}?"\n' for n in range(count))
    (workspace.root / "many.csv").write_text("Имя,Email,Вопрос\n" + rows, "utf-8")
    imported(workspace, "many.csv")
    for question in every(workspace)[5:]:
        wanted = themes[("Фрукт1" in question.text) % len(themes)]
        decided(workspace, question.id, Decision(themes=(wanted,)))


def test_learning_begins_at_the_minimum_and_says_so(workspace: Workspace) -> None:
    assert MINIMUM_DECISIONS == 40
    many(workspace, 39)
    before = screen_anew(workspace, None, dry_run=True)
    assert before == Rescreening(questions=44, changed=0, grouped=0, decisions=39, is_learning=False)
    assert before.missing == 1
    decided(workspace, 4, Decision(themes=("treatment",)))
    after = screen_anew(workspace, None, dry_run=False)
    assert (after.decisions, after.is_learning, after.missing) == (40, True, 0)
    (workspace.root / "late.csv").write_text('Вопрос\n"Абракадабра фрукт?"\n', "utf-8")
    imported(workspace, "late.csv")
    late = every(workspace)[-1]
    assert late.theme_reasons[-1].startswith("learnt from your decisions: ")
    # A wording that is set later, and a part, are judged by what was learnt as well.
    assert decided(workspace, late.id, Decision(text="Абракадабра фрукт!")).theme_reasons == late.theme_reasons
    decided(workspace, late.id, Decision(text="Абракадабра номер фрукт? Абракадабра номер фрукт?"))
    parts = split_question(workspace, late.id, dry_run=False)
    assert [part.theme_reasons[-1].startswith("learnt from your decisions: ") for part in parts] == [True, True]


def test_decisions_of_one_theme_alone_teach_nothing(workspace: Workspace) -> None:
    many(workspace, 41, ("diet",))
    done = screen_anew(workspace, None, dry_run=False)
    assert (done.decisions, done.is_learning, done.missing) == (41, False, 0)


def test_what_was_learnt_of_a_name_is_not_told(workspace: Workspace) -> None:
    rows = "".join(f'Человек {n},p{n}@example.kz,"Айгүл Фрукт{n % 2} не дейді номер {n}?"\n' for n in range(44))
    (workspace.root / "many.csv").write_text("Имя,Email,Вопрос\n" + rows, "utf-8")
    imported(workspace, "many.csv")
    for question in every(workspace)[5:]:
        theme = "social_support" if "Фрукт1" in question.text else "diet"
        decided(workspace, question.id, Decision(themes=(theme,)))
    (workspace.root / "late.csv").write_text('Вопрос\n"Менің атым Айгүл, Айгүл не дейді?"\n', "utf-8")
    imported(workspace, "late.csv")
    late = every(workspace)[-1]
    assert "Айгүл" not in late.redacted_text
    assert "айгүл" not in " ".join(late.theme_reasons)
    told = [why for _, reasons in reasons_for(workspace, [late.id]) for reason in reasons for why in reason.why]
    assert "айгүл" not in " ".join(told)


def test_screening_anew_of_one_school_leaves_the_others(workspace: Workspace) -> None:
    decided(workspace, 2, Decision(school="myeloma"))
    own(workspace, "themes/ru.toml", 'theme = "diet"', 'theme = "lifestyle"')
    assert screen_anew(workspace, "myeloma", dry_run=False).questions == 1
    assert [question.themes for question in every(workspace)][:2] == [("diet",), ("lifestyle",)]


def test_similar_ones_leave_out_what_is_no_question(workspace: Workspace) -> None:
    rows = "Имя,Email,Вопрос\nКто То,k@example.kz,Спасибо большое!\nКто Ещё,e@example.kz,Спасибо большое вам!\n"
    (workspace.root / "thanks.csv").write_text(rows, "utf-8")
    imported(workspace, "thanks.csv")
    assert [one.question.id for one in find_similar(workspace, None, (), 3)] == [1, 2, 3, 4, 5]
    assert find_similar(workspace, None, (6,), 3) == []
    # A person said that it is one.
    decided(workspace, 6, Decision(status="accepted"))
    assert [one.question.id for one in find_similar(workspace, "anemia", (6,), 3)] == [6]


def test_a_rehearsal_decides_nothing(workspace: Workspace) -> None:
    before = every(workspace)
    edit_all_rules(workspace)
    assert screen_anew(workspace, None, dry_run=True).changed > 0
    split_question(workspace, 5, dry_run=True)
    group_questions(workspace, [1, 3], dry_run=True)
    ungroup_questions(workspace, [1], dry_run=True)
    set_questions(workspace, [1], Decision(status="accepted"), dry_run=True)
    assert every(workspace) == before
