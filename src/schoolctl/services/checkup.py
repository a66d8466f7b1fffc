"""Checking everything at once: the schedule, the templates, the store and what was issued."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import chain, product
from pathlib import Path

from schoolctl.domain.agenda import build_agenda
from schoolctl.domain.announcement import KINDS, Kind
from schoolctl.domain.invite import Revision
from schoolctl.domain.invite_changes import zone_change
from schoolctl.domain.recap import Recap
from schoolctl.domain.school import Organizer, Schedule, School
from schoolctl.domain.summary import summarise
from schoolctl.errors import FileProblemsError, Problem, SchoolctlError
from schoolctl.renderers.agenda_html import render_agenda as render_agenda_page
from schoolctl.renderers.agenda_markdown import render_agenda
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.environment import template_fault
from schoolctl.renderers.feed import render_feed
from schoolctl.renderers.invite import InviteRequest, render_invite
from schoolctl.renderers.poster import POSTER_SHAPES, Poster, render_poster
from schoolctl.renderers.registry import CHANNEL_FILES
from schoolctl.renderers.season_html import render_season
from schoolctl.renderers.site_post import render_post
from schoolctl.renderers.summary_html import SummaryPage, render_summary
from schoolctl.services import clock, templates
from schoolctl.services.agendas import programme_problems
from schoolctl.services.generated import outdated_documents
from schoolctl.services.generated_pages import outdated_pages
from schoolctl.services.invite_issue import Issue, begin_issue
from schoolctl.services.season import sample_page
from schoolctl.services.workspace import Workspace
from schoolctl.store.cue_files import screening_problems
from schoolctl.store.database import open_database
from schoolctl.store.invite_ledger import InviteLedger
from schoolctl.store.privacy_files import privacy_problems
from schoolctl.store.question_store import QuestionStore
from schoolctl.store.term_files import term_problems
from schoolctl.store.theme_files import theme_problems

Trial = Callable[[], object]

# The files by which questions are judged.
_RULE_FILES: tuple[Callable[[Path], Iterable[Problem]], ...] = (
    screening_problems,
    theme_problems,
    privacy_problems,
    term_problems,
)


def check(workspace: Workspace) -> list[Problem]:
    """Every problem of the workspace, file by file."""
    file = workspace.schedule_file()
    problems = list(file.problems)
    problems += _template_problems(workspace)
    if not any(problem.severity == "error" for problem in problems):
        problems += _trial_problems(workspace, file.schedule)
    # With a schedule that cannot be read everything in the store would look homeless.
    if not any(problem.severity == "error" for problem in problems):
        problems += _store_problems(workspace, file.schedule)
    # A placeholder left in three languages is one thing to do.
    return list(dict.fromkeys(problems))


def _template_problems(workspace: Workspace) -> Iterator[Problem]:
    # The shipped templates are tested with the program: only a copy that was edited can be wrong.
    own = [template.name for template in templates.list_templates(workspace) if template.is_own]
    for name in own:
        if _is_jinja(name) and (problem := template_fault(workspace.templates, name)):
            yield problem
    for rule_problems in _RULE_FILES:
        yield from rule_problems(workspace.templates)


def _is_jinja(name: str) -> bool:
    # Lists of words and rules are read in their own ways, the poster's layout by its engine.
    return not name.endswith((".toml", ".typ")) and not name.startswith("privacy/")


def _trial_problems(workspace: Workspace, schedule: Schedule) -> Iterator[Problem]:
    """What goes wrong when the organiser's own templates are used: an unknown name shows in no other way."""
    if not any(template.is_own for template in templates.list_templates(workspace)):
        return
    texts = (
        trial
        for language, school in product(schedule.languages, schedule.schools)
        for trial in _trials(workspace, schedule.organizer, school, language)
    )
    for trial in chain(texts, _season_trials(workspace, schedule), _poster_trials(workspace, schedule)):
        try:
            trial()
        except FileProblemsError as error:
            yield from error.problems
        except SchoolctlError:
            # A translation or an address that is missing is a fault of the schedule, reported there.
            continue


def _trials(workspace: Workspace, organizer: Organizer, school: School, language: str) -> Iterator[Trial]:
    own = workspace.templates
    for announcement in _announcements(organizer, school):
        yield partial(render_post, own, announcement, language)
        for channel_files in CHANNEL_FILES.values():
            yield partial(channel_files, own, announcement, language)
    revision = Revision(0, school.starts, "")
    request = InviteRequest(school, organizer, revision, language, "PUBLISH")
    yield partial(render_invite, own, request)
    yield partial(render_feed, own, organizer, language, [request])
    yield partial(render_agenda, own, build_agenda(school, (), ()), language)
    yield partial(render_agenda_page, own, build_agenda(school, (), ()), language)
    page = SummaryPage(organizer, school, summarise((), school.zone, 0, is_public=True))
    yield partial(render_summary, own, page, language)


def _season_trials(workspace: Workspace, schedule: Schedule) -> Iterator[Trial]:
    for language in schedule.languages:
        yield partial(render_season, workspace.templates, sample_page(schedule), language)


def _poster_trials(workspace: Workspace, schedule: Schedule) -> Iterator[Trial]:
    # A picture takes as long as a hundred texts: the last school's stand for all.
    last = max(schedule.schools, key=lambda school: school.starts, default=None)
    if last and (workspace.templates / "poster").is_dir():
        poster = Poster(schedule.organizer, last, last.starts)
        for language, shape in product(schedule.languages, POSTER_SHAPES):
            yield partial(render_poster, workspace.templates, poster, language, shape)


def _announcements(organizer: Organizer, school: School) -> Iterator[Announcement]:
    """An announcement of each kind, about the school as that kind finds it."""
    before = min(school.starts, school.questions_until or school.starts) - timedelta(minutes=1)
    moved = replace(school, moved_from=school.moved_from or school.starts - timedelta(days=7))
    found: dict[Kind, School] = {"move": moved, "cancellation": replace(school, is_cancelled=True)}
    for kind in KINDS:
        published = school.ends if kind == "recap" else before
        recap = Recap(asked=2, people=1, themes=("diet",), answered=1, carried=1)
        yield Announcement(kind, organizer, [found.get(kind, school)], published, recap, school, school)


def _store_problems(workspace: Workspace, schedule: Schedule) -> Iterator[Problem]:
    name = workspace.database_path.name
    try:
        with open_database(workspace.database_path, for_writing=False) as database:
            if fault := database.integrity_fault():
                yield Problem(name, None, f"the store is damaged ({fault})", "Put a copy from your backup in its place")
            yield from _homeless_questions(name, schedule, QuestionStore(database))
            yield from _outdated_invites(workspace, schedule, InviteLedger(database))
            yield from programme_problems(workspace, database)
            yield from outdated_documents(workspace, schedule, database)
            yield from outdated_pages(workspace, schedule, database)
    except SchoolctlError as error:
        # A store that cannot be opened is a finding like any other: the rest of the account is still wanted.
        yield Problem(name, None, str(error))


def _homeless_questions(name: str, schedule: Schedule, store: QuestionStore) -> Iterator[Problem]:
    known = {school.id for school in schedule.schools}
    counts = store.counts()
    if waiting := sum(counts.get(none, {}).get("accepted", 0) for none in (None, "")):
        hint = "Give them one, or they stand in no agenda: schoolctl questions set ID --school …"
        yield Problem(name, None, f"accepted questions without a school: {waiting}", hint, "warning")
    for school_id in counts:
        if school_id and school_id not in known:
            hint = "Give them another school: schoolctl questions set ID --school …"
            yield Problem(name, None, f"questions belong to a school that is gone: {school_id}", hint, "warning")


def _outdated_invites(workspace: Workspace, schedule: Schedule, ledger: InviteLedger) -> Iterator[Problem]:
    # What an invite said is its school, its organiser and its templates: a change of any leaves calendars wrong.
    name = workspace.schedule_path.name
    has_feed = any((workspace.root / "out").glob("season.*.ics"))
    for school in schedule.schools:
        issue = begin_issue(workspace, schedule, school, ledger)
        if issue.last is None or not _is_outdated(issue):
            continue
        message, again = _what_is_outdated(issue)
        if school.ends > clock.now() and (moved := zone_change(ledger.told(school.id, issue.last.sequence), school)):
            message = f"the zone tables changed: {moved}; issue the invite of {school.id} again"
        elif has_feed and not ledger.holders(school.id).are_any:
            # The calendar that lies there is named itself.
            continue
        yield Problem(name, None, message, f"Issue it again: {again} --force", "warning")


def _is_outdated(issue: Issue) -> bool:
    # The season's calendar may have been made anew since, and then tells more than people have.
    return issue.is_change or issue.ledger.holders(issue.school.id).are_all_behind(issue.revision.sequence)


def _what_is_outdated(issue: Issue) -> tuple[str, str]:
    """What of a school that changed people have, and the command that makes it anew."""
    school_id = issue.school.id
    if issue.ledger.holders(school_id).are_any:
        return f"the invite of {school_id} that was issued is outdated", f"schoolctl invite {school_id}"
    return f"the season's calendar shows {school_id} as it was", "schoolctl feed"
