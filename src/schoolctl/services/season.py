"""The season in figures, for the head of the centre and the organisers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schoolctl.domain.announcement import languages_of
from schoolctl.domain.local_time import parse_day
from schoolctl.domain.school import Schedule
from schoolctl.domain.season import NO_SCHOOL, Erased, Period, Season
from schoolctl.domain.season_counts import measure
from schoolctl.errors import WrongUsageError
from schoolctl.renderers.season_csv import render_season as render_table
from schoolctl.services import clock
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.erasure import Eraser
from schoolctl.store.question_store import QuestionFilter, QuestionStore

if TYPE_CHECKING:
    from schoolctl.renderers.season_html import SeasonPage


class Report(NamedTuple):
    """The season as it stands at the moment `made`, in the zone of the schedule."""

    season: Season
    made: datetime


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Which files are wanted: the pages in a language (or `all`), the table, or both."""

    language: str = "all"
    has_pages: bool = True
    has_table: bool = False


def period_between(since: str | None, until: str | None) -> Period:
    """The period from one day to another, as they were typed; WrongUsageError when it is none."""
    period = Period(parse_day(since) if since else None, parse_day(until) if until else None)
    if period.since and period.until and period.until < period.since:
        message = f"--until {period.until} is before --since {period.since}: turn the two round"
        raise WrongUsageError(message)
    return period


def report_of(workspace: Workspace, period: Period) -> Report:
    """The figures of the schools that lie in a period, those that were erased counted in."""
    schedule = workspace.schedule()
    with open_database(workspace.database_path, for_writing=False) as database:
        questions = QuestionStore(database).find(QuestionFilter())
        erased = Eraser(database).numbers()
    made = clock.now().astimezone(schedule.zone)
    return Report(measure(schedule, questions, erased, period, made), made)


def write_report(workspace: Workspace, period: Period, wanted: ReportFiles, destination: Destination) -> Documents:
    """The figures as files: `report.LANG.html` in each language, `report.csv`."""
    from schoolctl.renderers.season_html import SeasonPage, render_season  # Jinja2: not loaded for figures alone

    schedule = workspace.schedule()
    report = report_of(workspace, period)
    folder = destination.folder or workspace.root / "out"
    files: dict[Path, bytes] = {}
    if wanted.has_pages:
        page = SeasonPage(schedule.organizer, report.season, report.made)
        for code in languages_of(schedule, wanted.language):
            files[folder / f"report.{code}.html"] = render_season(workspace.templates, page, code).encode()
    if wanted.has_table:
        files[folder / "report.csv"] = render_table(report.season)
    destination.check(files)
    return destination.deliver(files)


def sample_page(schedule: Schedule) -> SeasonPage:
    """A page that has something in each of its parts, to try a template on."""
    from schoolctl.renderers.season_html import SeasonPage

    made = clock.now().astimezone(schedule.zone)
    season = measure(schedule, (), [Erased(NO_SCHOOL, "email", "kk", "answered", 1)], Period(), made)
    return SeasonPage(schedule.organizer, replace(season, themes={"diet": 1}, months={"2026-12": 1}, undated=1), made)
