"""The questions in figures, for a look before a school or for sending round."""

from __future__ import annotations

from collections.abc import Sequence

from schoolctl.domain.announcement import languages_of
from schoolctl.domain.school import Schedule, School
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
    about: School | None = schedule.school(school) if school else None
    folder = destination.folder_for(workspace, about) if about else destination.folder or workspace.root / "out"
    pages = summary_pages(workspace, schedule, about, languages_of(schedule, language))
    files = {folder / f"summary.{code}.html": page for code, page in pages.items()}
    destination.check(files)
    return destination.deliver(files)


def summary_pages(
    workspace: Workspace, schedule: Schedule, school: School | None, languages: Sequence[str]
) -> dict[str, bytes]:
    """The page about a school's questions (None: all) in each language, as it is now."""
    page = SummaryPage(schedule.organizer, school, summary_of(workspace, school.id if school else None, is_public=True))
    return {code: render_summary(workspace.templates, page, code).encode() for code in languages}
