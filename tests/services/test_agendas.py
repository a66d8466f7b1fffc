"""The outline saved as a programme and read back, what `check` says of it, and which documents it finds outdated."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pptx
import pytest

from schoolctl.domain.school import Texts
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.renderers.registry import AGENDA_FORMATS
from schoolctl.services.agendas import AgendaOrder, make_agenda, save_programme, write_agendas
from schoolctl.services.checkup import check
from schoolctl.services.closing import ClosingOrder, close_school
from schoolctl.services.documents import Destination
from schoolctl.services.groups import group_questions
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.questions import Decision, set_questions
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.schedule_file import ScheduleFile

CHECKOUT = Path(__file__).parents[2]
MYELOMA = "2022-05-19-multiple-myeloma"
LEUKEMIA = "2022-06-09-chronic-lymphocytic-leukemia"
HERE, AGAIN = Destination(), Destination(force=True)
DIFFERS = "this agenda says something else than the schedule and the questions"
SPEAKERS = """speakers = [
  { name = { kk = "Берік Мысалов", ru = "Берик Мысалов", en = "Berik Mysalov" }, themes = ["diet", "lifestyle"] },
]
"""
FORM = """\
email,question
a@example.kz,Можно ли при миеломе пить зелёный чай?
b@example.kz,Сколько длится лечение миеломы и из каких этапов оно состоит?
c@example.kz,Миелома кезінде қандай тағам пайдалы?
d@example.kz,Какие анализы нужно сдавать после лечения миеломы?
e@example.kz,Сколько длится лечение миеломы?
"""
THEMES = {1: "diet", 2: "treatment", 3: "diet", 4: "diagnosis", 5: "treatment"}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1652328000")
    shutil.copy(CHECKOUT / "sessions.toml", tmp_path)
    path = tmp_path / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace("# When the Zoom", f"{SPEAKERS}# When the Zoom", 1), "utf-8")
    (tmp_path / "form.csv").write_text(FORM, "utf-8")
    workspace = Workspace(tmp_path)
    import_questions(workspace, IntakeRequest([tmp_path / "form.csv"], school=MYELOMA), lambda *_: None)
    for number, theme in THEMES.items():
        set_questions(workspace, [number], Decision(status="accepted", themes=(theme,)), dry_run=False)
    return workspace


def problems(workspace: Workspace) -> list[tuple[str, int | None, str]]:
    return [(Path(problem.file).name, problem.line, problem.message) for problem in check(workspace)]


def rows_of(workspace: Workspace) -> list[tuple[str, int, str, tuple[str | Texts, ...]]]:
    school = workspace.schedule().school(MYELOMA)
    return [(item.title["ru"], item.minutes, item.theme, item.speakers) for item in school.programme]


SAVED = [
    ("Открытие, приветствие", 10, "", ()),
    ("Лечение и его этапы", 20, "treatment", ()),
    ("Питание", 20, "diet", ("Берік Мысалов",)),
    ("Диагностика и анализы", 15, "diagnosis", ()),
    ("Вопросы участников", 90, "", ()),
    ("Подведение итогов", 10, "", ()),
]


def test_an_outline_is_saved_and_gives_the_same_agenda(workspace: Workspace) -> None:
    before = write_agendas(workspace, AgendaOrder(MYELOMA, ["json", "docx"], "ru"), Destination(dry_run=True))
    old = workspace.schedule_path.read_text("utf-8")
    change = save_programme(workspace, MYELOMA, force=False, dry_run=False)
    assert change.is_change
    assert rows_of(workspace) == SAVED
    assert sum(item.minutes for item in workspace.schedule().school(MYELOMA).programme) == 165
    new = workspace.schedule_path.read_text("utf-8")
    # Every line that was there is there still, in its order.
    kept = iter(new.split("\n"))
    assert all(line in kept for line in old.split("\n"))
    assert (
        '[[school.programme]]\ntitle = { kk = "Тамақтану", ru = "Питание", en = "Diet" }\nminutes = 20\n'
        'theme = "diet"\nspeakers = ["Берік Мысалов"]\n'
    ) in new
    assert problems(workspace) == []
    after = write_agendas(workspace, AgendaOrder(MYELOMA, ["json"], "ru"), Destination(dry_run=True))
    hours = [
        re.findall(rb'"(?:starts|ends|text)": "(.*)"', next(iter(made.files.values()))) for made in (before, after)
    ]
    assert hours[0] == hours[1]
    assert after.notes == ()


def test_a_rehearsal_saves_nothing_and_shows_it(workspace: Workspace) -> None:
    old = workspace.schedule_path.read_bytes()
    assert '+title = { kk = "Қорытынды"' in save_programme(workspace, MYELOMA, force=False, dry_run=True).diff()
    assert workspace.schedule_path.read_bytes() == old


def test_a_programme_is_not_replaced_unless_asked(workspace: Workspace) -> None:
    save_programme(workspace, MYELOMA, force=False, dry_run=False)
    saved = workspace.schedule_path.read_text("utf-8")
    with pytest.raises(SchoolctlError, match="has a programme already"):
        save_programme(workspace, MYELOMA, force=False, dry_run=False)
    edited = saved.replace("minutes = 90", "minutes = 60 # less")
    edited = edited.replace("[[school.programme]]", "# mine\n\n\n[[school.programme]]", 1)
    workspace.schedule_path.write_text(edited, "utf-8")
    assert save_programme(workspace, MYELOMA, force=True, dry_run=False).is_change
    assert rows_of(workspace) == SAVED
    assert "# mine" in workspace.schedule_path.read_text("utf-8")
    assert not save_programme(workspace, MYELOMA, force=True, dry_run=False).is_change


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_programme_written_as_a_list_is_replaced_too(workspace: Workspace, ending: str) -> None:
    path = workspace.schedule_path
    listed = 'programme = [\n  { title = { kk = "б", ru = "Всё", en = "c" }, minutes = 165 }, # all\n]\nmode = "online"'
    text = path.read_text("utf-8").replace('mode = "online"', listed, 1).replace("\n", ending)
    path.write_bytes(text.encode())
    save_programme(workspace, MYELOMA, force=True, dry_run=False)
    assert rows_of(workspace) == SAVED
    assert workspace.schedule().school(MYELOMA).mode == "online"
    raw = path.read_bytes()
    assert (raw.count(b"\r\n") == raw.count(b"\n")) is (ending == "\r\n")


def test_a_table_below_the_old_programme_stays_the_schools(workspace: Workspace) -> None:
    save_programme(workspace, MYELOMA, force=False, dry_run=False)
    path = workspace.schedule_path
    meeting = '\n[school.meeting]\nurl = "https://zoom.example.org/j/1"\n\n[[school]]\nid = "2022-06-09'
    path.write_text(path.read_text("utf-8").replace('\n[[school]]\nid = "2022-06-09', meeting, 1), "utf-8")
    set_questions(workspace, [4], Decision(status="rejected"), dry_run=False)
    save_programme(workspace, MYELOMA, force=True, dry_run=False)
    assert [theme for _, _, theme, _ in rows_of(workspace)] == ["", "treatment", "diet", "", ""]
    school = workspace.schedule().school(MYELOMA)
    assert school.meeting
    assert school.meeting.url == "https://zoom.example.org/j/1"
    assert path.read_text("utf-8").count("[[school.programme]]") == 6  # one is the sample's comment


def test_a_last_school_without_a_line_end_gets_its_programme(workspace: Workspace) -> None:
    path = workspace.schedule_path
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("\n# A programme with times")].rstrip(), "utf-8")
    save_programme(workspace, LEUKEMIA, force=False, dry_run=False)
    assert len(workspace.schedule().school(LEUKEMIA).programme) == 3
    assert len(workspace.schedule().school(MYELOMA).programme) == 0


def test_what_is_wrong_with_an_edited_programme_is_told_with_its_line(workspace: Workspace) -> None:
    save_programme(workspace, MYELOMA, force=False, dry_run=False)
    path = workspace.schedule_path
    text = path.read_text("utf-8").replace('theme = "diet"\n', "").replace("minutes = 90", "minutes = 60")
    path.write_text(text, "utf-8")
    line = text.split("\n").index("[[school.programme]]") + 1
    homeless = 'the programme has no row for the theme "diet": its questions (2) stand under "other"'
    wrong_sum = "the programme adds up to 135 minutes, the school lasts 165"
    assert problems(workspace) == [("sessions.toml", line, wrong_sum), ("sessions.toml", line, homeless)]
    documents = write_agendas(workspace, AgendaOrder(MYELOMA, ["md"], "ru"), HERE)
    assert documents.notes == (homeless, wrong_sum)
    shown = next(iter(documents.files.values())).decode()
    assert "### Другие вопросы" in shown
    assert "зелёный чай" in shown.split("### Другие вопросы")[1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('theme = "diet"', 'theme = "dieta"', 'there is no theme "dieta"'),
        ('theme = "diet"', "theme = 5", "theme must be a text"),
        ('themes = ["diet", "lifestyle"]', 'themes = ["diet", "food"]', 'there is no theme "food"'),
        ('themes = ["diet", "lifestyle"]', 'themes = "diet"', "themes must be a list of texts"),
        ("minutes = 90", "minuts = 90", '"minuts" means nothing here'),
    ],
)
def test_a_mistake_in_a_theme_is_told_with_its_line(workspace: Workspace, old: str, new: str, message: str) -> None:
    save_programme(workspace, MYELOMA, force=False, dry_run=False)
    text = workspace.schedule_path.read_text("utf-8").replace(old, new, 1)
    workspace.schedule_path.write_text(text, "utf-8")
    line = next(number for number, shown in enumerate(text.split("\n"), 1) if new in shown)
    assert (line, message) in [(problem.line, problem.message) for problem in check(workspace)]


def test_only_what_a_person_accepted_stands_in_an_agenda_but_repeats_count(workspace: Workspace) -> None:
    group_questions(workspace, [2, 5], dry_run=False)
    set_questions(workspace, [5], Decision(status="duplicate"), dry_run=False)
    set_questions(workspace, [4], Decision(status="rejected"), dry_run=False)
    with open_database(workspace.database_path, for_writing=False) as database:
        agenda = make_agenda(workspace.schedule().school(MYELOMA), database)
    shown = {one.wording.id: one.asked for block in agenda.blocks for one in block.everything}
    assert shown == {1: 1, 2: 2, 3: 1}


def test_the_agenda_of_a_school_that_is_over_keeps_what_was_answered_or_carried_over(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_programme(workspace, MYELOMA, force=False, dry_run=False)
    set_questions(workspace, [3], Decision(status="answered"), dry_run=False)

    def shown(school: str = MYELOMA) -> list[int]:
        with open_database(workspace.database_path, for_writing=False) as database:
            agenda = make_agenda(workspace.schedule().school(school), database)
        return sorted(one.wording.id for block in agenda.blocks for one in block.everything)

    # What was answered before the school, by mail perhaps, is not to be answered there once more.
    assert shown() == [1, 2, 4, 5]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1653019200")
    report = "Topic,Webinar ID\nA,1\n#,Question,Asker Name,Answer(s)\n1,Болит ли голова?,Гость,Иногда\n"
    report += "2,Где найти ссылку на запись?,Гость,Пришлём\n3,,Гость,\n"
    (workspace.root / "report.csv").write_text(report, "utf-8")
    order = ClosingOrder(MYELOMA, answered="1,2", live=[workspace.root / "report.csv"], to=LEUKEMIA)
    assert close_school(workspace, order, lambda *_: None).answered == (1, 2, 6, 7)
    assert (shown(), shown(LEUKEMIA)) == ([1, 2, 3, 4, 5, 6], [4, 5])
    # Of themes that came up live, and of a programme that is over, nothing is to be told any more.
    assert problems(workspace) == []


@pytest.mark.parametrize("name", AGENDA_FORMATS)
def test_an_outdated_agenda_is_found_in_every_format(workspace: Workspace, name: str) -> None:
    write_agendas(workspace, AgendaOrder(MYELOMA, [name], "kk"), HERE)
    assert problems(workspace) == []
    set_questions(workspace, [4], Decision(status="rejected"), dry_run=False)
    assert problems(workspace) == [(f"agenda.kk.{name}", None, DIFFERS)]
    (problem,) = check(workspace)
    assert problem.hint == f"Write it again: schoolctl agenda {MYELOMA} --format {name} --force"
    write_agendas(workspace, AgendaOrder(MYELOMA, [name], "kk"), AGAIN)
    assert problems(workspace) == []


def test_answers_in_a_document_and_layouts_of_ones_own_are_no_difference(workspace: Workspace) -> None:
    import docx

    own = workspace.root / "own.pptx"
    pptx.Presentation().save(str(own))
    write_agendas(workspace, AgendaOrder(MYELOMA, ["docx", "pptx"], "ru", own), HERE)
    folder = workspace.root / "out" / MYELOMA
    document = docx.Document(str(folder / "agenda.ru.docx"))
    document.add_paragraph("Ответ врача")
    document.save(str(folder / "agenda.ru.docx"))
    assert problems(workspace) == []
    set_questions(workspace, [4], Decision(status="rejected"), dry_run=False)
    assert [name for name, _, _ in problems(workspace)] == ["agenda.ru.docx", "agenda.ru.pptx"]
    # Another program saved it without the note of what it was made of: nothing can be told of it.
    made = io.BytesIO()
    docx.Document().save(made)
    (folder / "agenda.ru.docx").write_bytes(made.getvalue())
    assert [name for name, _, _ in problems(workspace)] == ["agenda.ru.pptx"]


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (AgendaOrder(MYELOMA, ["odt"]), 'an agenda has no format "odt". Formats: md, html, docx, pptx, pdf, json'),
        (AgendaOrder(MYELOMA, ["docx"], template=Path("x.pptx")), "--template is for slides: add --format pptx"),
    ],
)
def test_orders_that_make_no_sense(workspace: Workspace, order: AgendaOrder, message: str) -> None:
    with pytest.raises(WrongUsageError, match=re.escape(message)):
        write_agendas(workspace, order, HERE)


def test_the_lines_of_a_schools_keys(workspace: Workspace) -> None:
    file = ScheduleFile.read(workspace.schedule_path)
    lines = workspace.schedule_path.read_text("utf-8").split("\n")
    assert lines[(file.line_of(LEUKEMIA, "topic") or 0) - 1].startswith('topic = { kk = "созылмалы')
    assert lines[(file.line_of(LEUKEMIA, "programme") or 0) - 1] == "[[school]]"
