"""Closing a school after the event: what was answered there, and what goes over to the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from schoolctl.domain.closing import Closing, Told, close, find_next, groups_to_answer, wrong_ids
from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.groups import Group
from schoolctl.domain.question import Draft, ImportAccount
from schoolctl.domain.school import Schedule, School
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.importers.registry import importer_for
from schoolctl.importers.source import Source
from schoolctl.services import clock
from schoolctl.services.decisions import DecisionDesk
from schoolctl.services.drafts import cleaned
from schoolctl.services.id_lists import read_ids
from schoolctl.services.intake import IntakeRequest, Progress, import_into, import_options
from schoolctl.services.judgement import Rules, read_rules
from schoolctl.services.source_files import files_in
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_database, open_for_change
from schoolctl.store.question_store import QuestionFilter, QuestionStore

ALL, NONE = "all", "none"


@dataclass(frozen=True, slots=True)
class ClosingOrder:
    """Which school is closed, and what is told of its questions.

    `answered` is `all`, `none`, a list of IDs or the name of a file of them, `unanswered` one of the last two; `live`
    are files of what was asked at the school, read as `format` and `date_order` say. The rest goes to the school `to`
    (None: the next one about the same), or stays when `is_kept`.
    """

    school_id: str
    answered: str | None = None
    unanswered: str | None = None
    live: Sequence[Path] = ()
    format: str = "auto"
    date_order: DateOrder | None = None
    to: str | None = None
    is_kept: bool = False
    dry_run: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says which questions were answered."""
        return self.answered is not None or self.unanswered is not None or bool(self.live)


@dataclass(frozen=True, slots=True)
class ClosedSchool:
    """What closing made of the questions, where the rest went, and the account of the live files.

    `answered` are the IDs of all that became answered, those among them that came with the live files; `live` are
    those that a report told of.
    """

    school: School
    closing: Closing
    to: School | None
    account: ImportAccount
    answered: tuple[int, ...]
    live: tuple[int, ...]


def questions_to_answer(workspace: Workspace, school_id: str) -> list[Group]:
    """The accepted questions of a school that is over, as groups; none of a cancelled one. Raises SchoolctlError."""
    school = workspace.schedule().school(school_id)
    _check_over(school)
    if school.is_cancelled:
        return []
    with open_database(workspace.database_path, for_writing=False) as database:
        return groups_to_answer(school_id, QuestionStore(database).find(QuestionFilter(school=school_id)))


def close_school(workspace: Workspace, order: ClosingOrder, progress: Progress) -> ClosedSchool:
    """Import what was asked live, mark what was answered, and carry the rest over.

    The decisions are one change in the history, made as a whole or not at all; SchoolctlError before any of them is
    made when the school is not over, an ID is wrong or a file cannot be read.
    """
    work = _begin(workspace, order)
    told = _told(order)
    path = workspace.database_path
    # Where nothing is kept yet and nothing comes in there is nothing to close: no empty store is left behind.
    is_rehearsal = order.dry_run or not (path.exists() or order.live)
    with open_for_change(path, is_rehearsal=is_rehearsal) as database:
        store = QuestionStore(database)
        _check_ids(store, order.school_id, told)
        before = work.answered(store)
        account, live = work.import_live(database, progress)
        with database.transaction():
            closing = work.close(database, replace(told, live=live))
        answered = sorted(work.answered(store) - before)
    return ClosedSchool(
        work.school, closing, work.to, account, tuple(answered), tuple(one for one in answered if one in live)
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """What a closing is made with; `to` is where the rest goes, None: it stays."""

    order: ClosingOrder
    schedule: Schedule
    school: School
    rules: Rules
    to: School | None

    def answered(self, store: QuestionStore) -> frozenset[int]:
        """The IDs of the school's questions that are answered now."""
        found = store.find(QuestionFilter(school=self.school.id, statuses=("answered",)))
        return frozenset(question.id for question in found)

    def import_live(self, database: Database, progress: Progress) -> tuple[ImportAccount, frozenset[int]]:
        """The account of the live files, and the IDs of the questions that they tell to be answered."""
        order = self.order
        if not order.live:
            return ImportAccount(), frozenset()
        request = IntakeRequest(order.live, self.school.id, order.format, date_order=order.date_order)
        account = import_into(database, self.schedule, lambda: self.rules, request, progress)
        if account.refused:
            # Without it what it answers would count as unanswered, and be asked again at the next school.
            lines = [f"{refusal.source}: {refusal.reason}" for refusal in account.refused]
            raise SchoolctlError("\n".join([*lines, f"school {self.school.id} was not closed"]))
        # Read once more: of a question that was there already the account does not tell which one it is.
        told = (one.text for one in self._drafts(request) if one.is_answered)
        return account, QuestionStore(database).with_texts(self.school.id, told)

    def _drafts(self, request: IntakeRequest) -> Iterator[Draft]:
        options = import_options(self.schedule, request)
        for path in files_in(request.paths):
            source = Source(path)
            for item in importer_for(source, request.format).read(source, options):
                draft = cleaned(item, options.limits) if isinstance(item, Draft) else item
                if isinstance(draft, Draft):
                    yield draft

    def close(self, database: Database, told: Told) -> Closing:
        """Make the decisions, as one change."""
        store = QuestionStore(database)
        questions = store.find(QuestionFilter(asked_at=self.school.id))
        closing = close(self.school.id, questions, told, self.to.id if self.to else None, is_kept=self.order.is_kept)
        said = f"close {self.school.id}: {len(closing.answered)} answered, {len(closing.carried)} carried over"
        DecisionDesk(database, store).save(said, closing.changes)
        return closing


def _begin(workspace: Workspace, order: ClosingOrder) -> _Work:
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    _check_over(school)
    _check_order(order, school)
    named = None if order.to is None else _named_school(order, schedule)
    rules = read_rules(workspace, schedule)
    to = named or find_next(school, schedule.schools, clock.now(), rules.topics)
    return _Work(order, schedule, school, rules, None if order.is_kept else to)


def _check_over(school: School) -> None:
    if not school.is_cancelled and school.ends > clock.now():
        message = f"school {school.id} is not over yet: it ends {school.ends:%d.%m.%Y %H:%M} ({school.zone})"
        raise SchoolctlError(message)


def _check_order(order: ClosingOrder, school: School) -> None:
    """SchoolctlError when the order does not fit the school, WrongUsageError when it does not fit itself."""
    if order.is_kept and order.to is not None:
        message = "give --to or --keep, not both"
        raise WrongUsageError(message)
    if order.answered is not None and order.unanswered is not None:
        message = "give --answered or --unanswered, not both"
        raise WrongUsageError(message)
    if school.is_cancelled:
        _check_cancelled(order)
    elif not order.tells:
        message = (
            "say which questions were answered: --answered all|none|IDS|FILE, --unanswered IDS|FILE or --live FILE"
        )
        raise WrongUsageError(message)


def _check_cancelled(order: ClosingOrder) -> None:
    if order.tells and (order.answered != NONE or order.live):
        message = (
            f"school {order.school_id} is cancelled: nothing was answered there. "
            f"To carry its questions over: schoolctl school close {order.school_id}"
        )
        raise SchoolctlError(message)


def _named_school(order: ClosingOrder, schedule: Schedule) -> School:
    to = schedule.school(order.to or "")
    faults = (
        ("the very school", to.id == order.school_id),
        ("cancelled", to.is_cancelled),
        ("not to come any more", to.starts <= clock.now()),
    )
    if fault := next((name for name, is_so in faults if is_so), None):
        message = f"--to {to.id}: it is {fault}. Name a school still to come: schoolctl school list --upcoming"
        raise SchoolctlError(message)
    return to


def _told(order: ClosingOrder) -> Told:
    if order.unanswered is not None:
        return Told(unanswered=read_ids(order.unanswered, "--unanswered"), others=True)
    word = NONE if order.answered is None else order.answered.strip().casefold()
    if word in {ALL, NONE}:
        return Told(others=word == ALL)
    return Told(answered=read_ids(order.answered or "", "--answered"))


def _check_ids(store: QuestionStore, school_id: str, told: Told) -> None:
    """SchoolctlError naming every ID that is not one of the school's accepted questions."""
    ids = sorted(told.answered | told.unanswered)
    if faults := wrong_ids(school_id, {one.id: one for one in store.find(QuestionFilter())} if ids else {}, ids):
        message = (
            f"not accepted questions of {school_id}: {', '.join(faults)}. "
            f"See: schoolctl questions list --school {school_id} --status accepted"
        )
        raise SchoolctlError(message)
