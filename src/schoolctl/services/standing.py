"""Where the season stands: for each school what is done, what is due, and the command to type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from schoolctl.domain.checklist import InviteState, Standing, Step, checklist
from schoolctl.domain.closing import find_next
from schoolctl.domain.school import Schedule, School
from schoolctl.services import clock
from schoolctl.services.invite_issue import begin_issue
from schoolctl.services.telling import old_start, outdated_channels
from schoolctl.services.workspace import Workspace
from schoolctl.store.announcement_ledger import AnnouncementLedger
from schoolctl.store.database import Database, open_database
from schoolctl.store.invite_ledger import InviteLedger
from schoolctl.store.question_store import QuestionStore


@dataclass(frozen=True, slots=True)
class SchoolChecklist:
    """A school with its steps, in the order in which they are done."""

    school: School
    status: str
    steps: tuple[Step, ...]


def standing_of(workspace: Workspace, school_id: str | None) -> list[SchoolChecklist]:
    """The list of one school, or (None) of every school that is still to come or has something left to do."""
    schedule = workspace.schedule()
    now = clock.now()
    wanted = [schedule.school(school_id)] if school_id else sorted(schedule.schools, key=lambda school: school.starts)
    with open_database(workspace.database_path, for_writing=False) as database:
        topics = cache(partial(_read_topics, workspace, schedule))
        look = _Look(workspace, schedule, database, now, QuestionStore(database).counts(), topics)
        lists = [SchoolChecklist(school, school.status(now), tuple(checklist(look.at(school)))) for school in wanted]
    if school_id:
        return lists
    return [one for one in lists if one.school.ends > now or any(step.state == "due" for step in one.steps)]


@dataclass(frozen=True, slots=True)
class _Look:
    """What all schools are looked at with; `counts` are their questions by status, `topics` tells their diseases."""

    workspace: Workspace
    schedule: Schedule
    database: Database
    now: datetime
    counts: Mapping[str | None, Mapping[str, int]]
    topics: Callable[[], Mapping[str, frozenset[str]]]

    def at(self, school: School) -> Standing:
        folder = self.workspace.root / "out" / school.id
        ledger = AnnouncementLedger(self.database)
        return Standing(
            school=school,
            now=self.now,
            languages=self.schedule.languages,
            statuses=self.counts.get(school.id, {}),
            waiting=QuestionStore(self.database).waiting(school.id),
            written=ledger.written(school.id),
            outdated=outdated_channels(school, self.schedule.languages, ledger.announcements(school.id)),
            old_start=old_start(self.database, school),
            invite=_invite_state(self.workspace, self.schedule, school, self.database),
            has_agenda=any(folder.glob("agenda.*.*")) if folder.is_dir() else False,
            left_over=(left := QuestionStore(self.database).left_over(school.id)),
            next_school=self._next_school(school) if left and school.status(self.now) != "planned" else None,
        )

    def _next_school(self, school: School) -> str | None:
        following = find_next(school, self.schedule.schools, self.now, self.topics())
        return following.id if following else None


def _read_topics(workspace: Workspace, schedule: Schedule) -> Mapping[str, frozenset[str]]:
    # Only where something is left over: the list of diseases takes longer to read than the whole schedule.
    from schoolctl.store.cue_files import read_screening_rules

    return read_screening_rules(workspace.templates).topics_by_school(schedule.schools)


def _invite_state(workspace: Workspace, schedule: Schedule, school: School, database: Database) -> InviteState:
    ledger = InviteLedger(database)
    holders = ledger.holders(school.id)
    if not holders.are_any:
        # The season's calendar alone invites nobody.
        return "none"
    # By that calendar a school may be in a newer revision than those invited have.
    due = begin_issue(workspace, schedule, school, ledger).revision
    if holders.is_public_behind(due.sequence):
        return "outdated"
    return "behind" if holders.people_behind(due.sequence) else "current"
