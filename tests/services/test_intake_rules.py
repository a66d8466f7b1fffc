"""The rules are read when a file needs them, and judging many questions at once is judging each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from schoolctl.domain.question import Draft, Question, SetAside
from schoolctl.errors import FileProblemsError, SchoolctlError
from schoolctl.services import drafts, intake
from schoolctl.services.drafts import Desk, in_batches, questions_of
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.judgement import judge, judge_all, judge_each, read_rules
from schoolctl.services.questions import list_questions
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter

SCHEDULE = """\
languages = ["ru"]

[organizer]
name = { ru = "Центр" }
email = "school@example.kz"
whatsapp = "+7 700 000 00 00"
"""
TEXTS = (
    "Можно ли при анемии пить зелёный чай?",
    "Меня зовут Асель Примерова, +7 701 234 56 78. Какие таблетки мне пить?",
    "Is it safe to eat meat with myeloma?",
    "Спасибо!",
    "Миелома кезінде қандай тамақ ішуге болады?",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "sessions.toml").write_text(SCHEDULE, "utf-8")
    (tmp_path / "form.csv").write_text("Имя,Вопрос\nАсель,Можно ли при анемии пить кофе?\n", "utf-8")
    (tmp_path / "more.csv").write_text("Имя,Вопрос\nБерик,Как лечат миелому?\n", "utf-8")
    return Workspace(tmp_path)


def imported(workspace: Workspace, *names: str) -> list[tuple[str, int, bool]]:
    request = IntakeRequest([workspace.root / name for name in names])
    account = import_questions(workspace, request, lambda *_: None)
    return [(file.source, file.imported, file.is_unchanged) for file in account.files]


def break_rules(workspace: Workspace) -> None:
    own = workspace.templates / "screening"
    own.mkdir(parents=True)
    (own / "ru.toml").write_text('[[cue]]\nname = "x"\n', "utf-8")


def texts(workspace: Workspace) -> list[str]:
    return [question.text for question in list_questions(workspace, QuestionFilter())]


def draft(position: int, text: str) -> Draft:
    return Draft(position=position, channel="email", text=text, original_text=text)


def test_an_unchanged_file_needs_no_rules(workspace: Workspace) -> None:
    assert imported(workspace, "form.csv") == [("form.csv", 1, False)]
    break_rules(workspace)
    assert imported(workspace, "form.csv") == [("form.csv", 0, True)]


def test_mistakes_in_the_rules_are_told_before_anything_is_imported(workspace: Workspace) -> None:
    imported(workspace, "form.csv")
    break_rules(workspace)
    with pytest.raises(FileProblemsError, match=r"templates/screening/ru\.toml:1"):
        imported(workspace, "form.csv", "more.csv")
    assert texts(workspace) == ["Можно ли при анемии пить кофе?"]


def test_mistakes_in_the_rules_leave_no_empty_store(workspace: Workspace) -> None:
    break_rules(workspace)
    with pytest.raises(FileProblemsError):
        imported(workspace, "form.csv")
    assert not workspace.database_path.exists()


def test_rules_that_cannot_be_read_are_no_fault_of_the_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "templates/themes/ru.toml")

    imported(workspace, "form.csv")
    monkeypatch.setattr(intake, "read_rules", refuse)
    with pytest.raises(SchoolctlError, match=r"^templates/themes/ru\.toml cannot be read \(Permission denied\)$"):
        imported(workspace, "more.csv")
    assert texts(workspace) == ["Можно ли при анемии пить кофе?"]


def test_many_at_once_are_judged_as_each_alone(workspace: Workspace) -> None:
    rules = read_rules(workspace, workspace.schedule())
    desk = Desk("inbox.mbox", None, rules)
    together = questions_of([draft(number, text) for number, text in enumerate(TEXTS, 1)], desk)
    alone = [question for number, text in enumerate(TEXTS, 1) for question in questions_of([draft(number, text)], desk)]
    assert together == alone
    assert [question.language for question in together] == ["ru", "ru", "en", "ru", "kk"]
    assert together[1].redacted_text == "Меня зовут [имя], [телефон]. Какие таблетки мне пить?"
    assert together[3].screening.label == "not_question"
    changed: list[Question] = [replace(question, language="") for question in together]
    assert judge_each(changed, rules) == [judge(question, rules) for question in changed] == together
    assert judge_all([*together[:2], changed[2]], rules) == [(changed[2], together[2])]


def test_batches_keep_the_order_and_end_by_number_and_by_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "AT_ONCE", 3)
    monkeypatch.setattr(drafts, "_MOST_CHARACTERS", 10)
    items: list[Draft | SetAside] = [
        draft(1, "a"),
        SetAside(2, "no text"),
        draft(3, "b"),
        draft(4, "c" * 11),
        draft(5, "d"),
        draft(6, "e"),
    ]
    batches = list(in_batches(items))
    assert [[item.position for item in batch] for batch in batches] == [[1, 2, 3], [4], [5, 6]]
    assert [item for batch in batches for item in batch] == items
    assert list(in_batches([])) == []
