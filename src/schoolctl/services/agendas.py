"""Agendas: a school and its accepted questions -> outlines for the doctors."""

from __future__ import annotations

from collections.abc import Sequence

from schoolctl.domain.agenda import Agenda, build_agenda
from schoolctl.domain.announcement import languages_of
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import School
from schoolctl.errors import WrongUsageError
from schoolctl.renderers.registry import AGENDA_FORMATS
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore


def write_agendas(
    workspace: Workspace, school_id: str, formats: Sequence[str], language: str, destination: Destination
) -> Documents:
    """The agenda of a school with its accepted questions, one file for each format and language."""
    if unknown := next((name for name in formats if name not in AGENDA_FORMATS), None):
        message = f'an agenda has no format "{unknown}". Formats: {", ".join(AGENDA_FORMATS)}'
        raise WrongUsageError(message)
    schedule = workspace.schedule()
    school = schedule.school(school_id)
    with open_database(workspace.database_path, for_writing=False) as database:
        made = make_agenda(school, database)
    folder = destination.folder_for(workspace, school)
    files = {
        folder / f"agenda.{code}.{name}": AGENDA_FORMATS[name](workspace.templates, made, code)
        for code in languages_of(schedule, language)
        for name in formats
    }
    # All files or none: half an agenda in new words and half in old ones would be sent to the doctors.
    destination.check(files)
    return destination.deliver(files)


def make_agenda(school: School, database: Database) -> Agenda:
    """The agenda of a school with the questions that are accepted for it."""
    accepted = QuestionStore(database).find(QuestionFilter(school=school.id, statuses=("accepted",)))
    return build_agenda(school, accepted, tuple(LANGUAGES["en"].themes))
