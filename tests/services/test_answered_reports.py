"""What a report of the meeting says was answered, as it is imported; of personal questions a person decides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schoolctl.domain.question import Question
from schoolctl.services.closing import ClosingOrder, close_school
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.questions import Decision, list_questions, set_questions
from schoolctl.services.set_aside import restore
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter

CHECKOUT = Path(__file__).parents[2]
MYELOMA = "2022-05-19-multiple-myeloma"
HEAD = "Topic,Webinar ID\nA,1\n#,Question,Asker Name,Asker Email,Answer(s)\n"


def imported(season: Workspace, rows: str, school: str | None = "2026-12-10-anemia") -> list[Question]:
    path = season.root / "report.csv"
    path.write_text(HEAD + rows, "utf-8")
    import_questions(season, IntakeRequest([path], school=school), lambda *_: None)
    return list_questions(season, QuestionFilter())


@pytest.mark.parametrize(
    ("text", "answer", "status"),
    [
        ("Сколько длится лечение анемии?", "live answered", "answered"),
        ("Сколько длится лечение анемии?", "", "new"),
        ("Где будет запись встречи?", "Пришлём", "answered"),
        ("Мне 56 лет, гемоглобин 90, какие таблетки мне пить?", "Напишите нам", "new"),
        ("Как лечить гипертонию дома?", "Не у нас", "new"),
        ("Спасибо большое!", "И вам", "new"),
    ],
)
def test_what_a_report_calls_answered_is_answered_when_it_is_no_personal_matter(
    season: Workspace, text: str, answer: str, status: str
) -> None:
    (question,) = imported(season, f'1,"{text}",Гость,guest@example.kz,{answer}\n')
    assert (question.status, question.reviewed) == (status, status == "answered")


def test_a_report_imported_again_keeps_what_a_person_decided(season: Workspace) -> None:
    row = "1,Сколько длится лечение анемии?,Гость,guest@example.kz,"
    imported(season, f"{row}\n")
    set_questions(season, [1], Decision(status="rejected"), dry_run=False)
    (question,) = imported(season, f"{row}live answered\n")
    assert question.status == "rejected"


def test_the_sample_report_closes_the_sample_school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(CHECKOUT / "sessions.toml", tmp_path)
    sample, examples = Workspace(tmp_path), CHECKOUT / "examples"
    import_questions(sample, IntakeRequest([examples / "form-answers.csv"], school=MYELOMA), lambda *_: None)
    set_questions(sample, [2, 11], Decision(status="accepted"), dry_run=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1653019200")
    order = ClosingOrder(MYELOMA, live=[examples / "zoom-questions.csv"], is_kept=True)
    closed = close_school(sample, order, lambda *_: None)
    account = closed.account
    assert (account.seen, account.imported, account.duplicates, account.set_aside) == (9, 8, 1, [])
    # The second question of the form came once more, the eleventh one in nearly the same words.
    assert (closed.answered, closed.live) == ((2, 11, 12, 13, 14, 17), (2, 12, 13, 14, 17))
    waiting = [one for one in list_questions(sample, QuestionFilter()) if one.id in {15, 16}]
    assert [(one.screening.label, one.status) for one in waiting] == [("general", "new"), ("personal", "new")]


def test_a_message_restored_by_a_person_is_answered_too(season: Workspace) -> None:
    imported(season, f"1,{'Сколько длится лечение анемии? ' * 1000},Гость,,live answered\n")
    (question,) = restore(season, [1], None, dry_run=False)
    assert question.status == "answered"
