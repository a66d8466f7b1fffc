"""The questions in figures, for a look before a school or for sending round."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from schoolctl.domain.announcement import languages_of
from schoolctl.domain.school import School
from schoolctl.domain.summary import Summary, summarise
from schoolctl.renderers.summary_html import SummaryPage, render_summary
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore

MOST_GROUPS = 10


def summary_of(workspace: Workspace, school: str | None, *, is_public: bool = False) -> Summary:
    """The summary of a school's questions (None: of all); a public one quotes only what a person has looked at."""
    schedule = workspace.schedule()
    if school:
        schedule.school(school)
    with open_database(workspace.database_path, for_writing=False) as database:
        questions = QuestionStore(database).find(QuestionFilter(school=school))
    return summarise(questions, schedule.zone, MOST_GROUPS, is_public=is_public)


def write_summaries(workspace: Workspace, school: str | None, language: str, destination: Destination) -> Documents:
    """The summary as a page in each language that can be sent round: no sender, no word of a personal question."""
    schedule = workspace.schedule()
    summary = summary_of(workspace, school, is_public=True)
    about: School | None = schedule.school(school) if school else None
    folder = destination.folder_for(workspace, about) if about else destination.folder or workspace.root / "out"
    files: Mapping[Path, bytes] = {
        folder / f"summary.{code}.html": render_summary(
            workspace.templates, SummaryPage(schedule.organizer, about, summary), code
        ).encode()
        for code in languages_of(schedule, language)
    }
    destination.check(files)
    return destination.deliver(files)
