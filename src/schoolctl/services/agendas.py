"""Agendas: a school and its accepted questions -> documents for the doctors, and a programme to edit by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from schoolctl.domain.agenda import OTHER_THEME, Agenda, AgendaRow, build_agenda
from schoolctl.domain.announcement import languages_of, school_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question
from schoolctl.domain.school import ProgrammeItem, Schedule, School, Texts
from schoolctl.errors import Problem, SchoolctlError, WrongUsageError
from schoolctl.renderers import agenda_pptx
from schoolctl.renderers.agenda_view import agenda_view, agenda_words
from schoolctl.renderers.office_package import fingerprint_in
from schoolctl.renderers.registry import AGENDA_FORMATS, EDITED_FORMATS
from schoolctl.services import clock
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.plan import ScheduleChange
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore

AGENDA_FILE = re.compile(rf"agenda\.(?P<language>{'|'.join(LANGUAGES)})\.(?P<format>{'|'.join(AGENDA_FORMATS)})")


@dataclass(frozen=True, slots=True)
class AgendaOrder:
    """Which school's agenda, in which formats and language (or `all`); `template`: a .pptx whose layouts are used."""

    school_id: str
    formats: Sequence[str] = ("md",)
    language: str = "all"
    template: Path | None = None


def write_agendas(workspace: Workspace, order: AgendaOrder, destination: Destination) -> Documents:
    """The agenda of a school with its accepted questions, one file for each format and language."""
    _check_order(order)
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    with open_database(workspace.database_path, for_writing=False) as database:
        made = make_agenda(school, database)
    folder = destination.folder_for(workspace, school)
    formats = dict(AGENDA_FORMATS)
    if order.template:
        template = (order.template.name, order.template.read_bytes())
        formats["pptx"] = partial(agenda_pptx.render_agenda, template=template)
    files = {
        folder / f"agenda.{code}.{name}": formats[name](workspace.templates, made, code)
        for code in languages_of(schedule, order.language)
        # A format named twice is one file.
        for name in dict.fromkeys(order.formats)
    }
    # All files or none: half an agenda in new words and half in old ones would be sent to the doctors.
    destination.check(files)
    return destination.deliver(files, tuple(_notes(made)))


def _check_order(order: AgendaOrder) -> None:
    if unknown := next((name for name in order.formats if name not in AGENDA_FORMATS), None):
        message = f'an agenda has no format "{unknown}". Formats: {", ".join(AGENDA_FORMATS)}'
        raise WrongUsageError(message)
    if order.template and "pptx" not in order.formats:
        message = "--template is for slides: add --format pptx"
        raise WrongUsageError(message)


def make_agenda(school: School, database: Database) -> Agenda:
    """The agenda of a school with the questions that a person accepted for it.

    Of a school that is over they may have been answered or carried over since: they stand in it all the same.
    """
    wanted = QuestionFilter(school=school.id, statuses=("accepted", "duplicate"))
    if school.status(clock.now()) != "planned":
        wanted = QuestionFilter(asked_at=school.id, statuses=(*wanted.statuses, "answered"))
    found = QuestionStore(database).find(wanted)
    reviewed = [question for question in found if question.reviewed and not _is_about_the_link(question)]
    accepted = [question for question in reviewed if question.status != "duplicate"]
    return build_agenda(school, accepted, tuple(LANGUAGES["en"].themes), reviewed)


def _is_about_the_link(question: Question) -> bool:
    """Whether a question was answered in the meeting's chat and never stood in an agenda: about the link, the time."""
    is_asked_live = question.channel in {"zoom", "chat"} and question.status == "answered"
    return is_asked_live and question.screening.label == "logistics"


def is_current(path: Path, own_templates: Path, agenda: Agenda, language: str, name: str) -> bool:
    """Whether a document that lies there says what the schedule and the questions say."""
    content = path.read_bytes()
    if name in EDITED_FORMATS:
        # Of a document that another program saved without its mark nothing can be told.
        made_of = fingerprint_in(content)
        return made_of is None or made_of == agenda_view(own_templates, agenda, language).fingerprint
    return content == AGENDA_FORMATS[name](own_templates, agenda, language)


def save_programme(workspace: Workspace, school_id: str, *, force: bool, dry_run: bool) -> ScheduleChange:
    """Write the outline made of the questions into sessions.toml as the school's programme, to be edited by hand."""
    file = workspace.schedule_file()
    school = file.schedule.school(school_id)
    if school.programme and not force:
        message = f"school {school_id} has a programme already. Add --force to put the outline in its place"
        raise SchoolctlError(message)
    with open_database(workspace.database_path, for_writing=False) as database:
        agenda = make_agenda(replace(school, programme=()), database)
    titles = _Titles(workspace.templates, file.schedule, agenda)
    new = file.with_programme(school_id, [titles.item(row) for row in agenda.rows])
    if new != file.raw and not dry_run:
        file.write(new)
    return ScheduleChange(school_id, file.raw.decode("utf-8", "replace"), new.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class _Titles:
    """The words for the rows of an outline, in every language of the schedule."""

    own_templates: Path
    schedule: Schedule
    agenda: Agenda

    def item(self, row: AgendaRow) -> ProgrammeItem:
        """A row as one of a programme; rows keep their minutes, not their hours."""
        minutes = round(row.ends.timestamp() - row.starts.timestamp()) // 60
        title = {language: self._title(row, language) for language in self.schedule.languages}
        return ProgrammeItem(title, minutes, tuple(map(self._name, row.speakers)), row.theme)

    def _title(self, row: AgendaRow, language: str) -> str:
        if row.theme:
            return LANGUAGES[language].themes[row.theme]
        school = school_facts(self.agenda.school, language, self.agenda.school.starts)
        return agenda_words(self.own_templates, school, language)[row.kind]

    def _name(self, name: str | Texts) -> str:
        # A programme names a speaker once; documents find the name in their language among the school's speakers.
        return name if isinstance(name, str) else next(iter(name.values()))


def programme_problems(workspace: Workspace, database: Database) -> Iterator[Problem]:
    """Accepted questions for which a school's programme has no row, with the line of the programme."""
    file, now = workspace.schedule_file(), clock.now()
    for school in file.schedule.schools:
        # Once a school is over nobody changes its programme any more.
        if school.status(now) != "planned" or not any(item.theme for item in school.programme):
            continue
        for note in _homeless(make_agenda(school, database)):
            hint = 'Give a row theme = "…", or leave them to the questions at the end'
            yield Problem(workspace.schedule_path.name, file.line_of(school.id, "programme"), note, hint, "warning")


def _notes(agenda: Agenda) -> Iterator[str]:
    if agenda.school.is_cancelled:
        yield f"school {agenda.school.id} is cancelled, and the agenda says so"
    yield from _homeless(agenda)
    planned, lasts = sum(item.minutes for item in agenda.school.programme), agenda.school.minutes
    if agenda.school.programme and planned != lasts:
        yield f"the programme adds up to {planned} minutes, the school lasts {lasts}"


def _homeless(agenda: Agenda) -> Iterator[str]:
    count = dict.fromkeys(agenda.homeless, 0)
    for block in agenda.blocks:
        for question in block.everything:
            if block.theme == OTHER_THEME and question.theme in count:
                count[question.theme] += 1
    for theme, number in count.items():
        yield f'the programme has no row for the theme "{theme}": its questions ({number}) stand under "{OTHER_THEME}"'
