"""Deciding about questions: every decision is kept in the history, from which it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from schoolctl.domain.question import Question
from schoolctl.services import clock
from schoolctl.services.workspace import Workspace
from schoolctl.store.change_log import Change, ChangeLog
from schoolctl.store.database import Database, open_database, open_for_change
from schoolctl.store.question_store import QuestionStore

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class DecisionDesk:
    """The store, opened for one decision."""

    database: Database
    questions: QuestionStore

    def save(self, summary: str, pairs: Sequence[tuple[Question, Question]]) -> int | None:
        """Write back what changed and keep it in the history under `summary`; the change's number, if there is one."""
        for old, new in pairs:
            if old != new:
                self.questions.save(new)
        return self.record(summary, pairs)

    def record(self, summary: str, pairs: Iterable[tuple[Question | None, Question]]) -> int | None:
        """Keep in the history what was written back already (None before: it was made); the change's number."""
        return ChangeLog(self.database).record(summary, clock.now(), pairs)


@contextmanager
def deciding(workspace: Workspace, *, dry_run: bool) -> Iterator[DecisionDesk]:
    """The store for a decision that is made as a whole or not at all; in a rehearsal it is a copy."""
    path = workspace.database_path
    # Where nothing is kept yet there is nothing to decide: the refusal leaves no empty store behind.
    with open_for_change(path, is_rehearsal=dry_run or not path.exists()) as database, database.transaction():
        yield DecisionDesk(database, QuestionStore(database))


def history(workspace: Workspace, limit: int) -> list[Change]:
    """The last decisions, newest first."""
    with open_database(workspace.database_path, for_writing=False) as database:
        return ChangeLog(database).find(limit)


def undo(workspace: Workspace, change: int | None = None, *, dry_run: bool = False) -> Change:
    """Take back a decision (None: the last that still stands); SchoolctlError when something was decided since."""
    with deciding(workspace, dry_run=dry_run) as desk:
        return ChangeLog(desk.database).undo(change)


def shown_ids(ids: Sequence[int]) -> str:
    """`12, 14, 15`, or the first of many and how many more."""
    shown = ", ".join(map(str, ids[:_SHOWN]))
    return shown if len(ids) <= _SHOWN else f"{shown} and {len(ids) - _SHOWN} more"
