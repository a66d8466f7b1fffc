"""Looking at the schedule: which schools there are, and how their questions stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from schoolctl.domain.school import School
from schoolctl.services import clock
from schoolctl.services.workspace import Workspace

When = Literal["upcoming", "past", "all"]


class SchoolStanding(NamedTuple):
    """A school with the number of its questions by status, at the moment `now`."""

    school: School
    questions: Mapping[str, int]
    now: datetime


def list_schools(workspace: Workspace, when: When) -> list[SchoolStanding]:
    """The schools in order of their beginning: those still to come (or going on), those over, or all."""
    schedule = workspace.schedule()
    now = clock.now()
    counts = _counts(workspace)
    schools = sorted(schedule.schools, key=lambda school: school.starts)
    return [
        SchoolStanding(school, counts.get(school.id, {}), now)
        for school in schools
        if when == "all" or (school.ends <= now) == (when == "past")
    ]


def show_school(workspace: Workspace, school_id: str) -> SchoolStanding:
    """One school."""
    school = workspace.schedule().school(school_id)
    return SchoolStanding(school, _counts(workspace).get(school_id, {}), clock.now())


def _counts(workspace: Workspace) -> dict[str | None, dict[str, int]]:
    if not workspace.database_path.exists():
        return {}
    # Loaded here: a schedule can be listed before there is any question.
    from schoolctl.store.database import open_database
    from schoolctl.store.question_store import QuestionStore

    with open_database(workspace.database_path, for_writing=False) as database:
        return QuestionStore(database).counts()
