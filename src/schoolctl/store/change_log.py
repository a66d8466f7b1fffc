"""What the last commands decided about questions, so that it can be told and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolctl.domain.question import Question
from schoolctl.errors import SchoolctlError
from schoolctl.store.database import Database
from schoolctl.store.question_columns import CHANGEABLE, changeable_values, moment_text

# The log is for mending a slip of today or yesterday, not a second place where patients' words are kept.
_KEPT = 500
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """One command's decisions: when, what in a few words (never a patient's), which questions, and if it was undone."""

    id: int
    made_at: datetime
    summary: str
    questions: tuple[int, ...]
    is_undone: bool


class ChangeLog:
    """The log in a database that the caller opened; changes belong inside the database's transaction."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def record(self, summary: str, made_at: datetime, pairs: Iterable[tuple[Question | None, Question]]) -> int | None:
        """Keep what questions were before and after (None before: they were made); the change's ID, or None."""
        rows = [(new.id, *_difference(old, new)) for old, new in pairs if old != new]
        if not rows:
            return None
        change = self._database.insert(
            "INSERT INTO change (made_at, summary) VALUES (?, ?)", (moment_text(made_at), summary)
        )
        for question, before, after in rows:
            self._database.execute(
                "INSERT INTO changed_question (change, question, before, after) VALUES (?, ?, ?, ?)",
                (change, question, json.dumps(before), json.dumps(after)),
            )
        for table, column in (("changed_question", "change"), ("change", "id")):
            self._database.execute(f"DELETE FROM {table} WHERE {column} <= ?", (change - _KEPT,))  # noqa: S608
        return change

    def find(self, limit: int) -> list[Change]:
        """The last changes, newest first; those whose questions were all erased are passed over."""
        rows = self._database.rows(
            "SELECT * FROM change WHERE id IN (SELECT change FROM changed_question) ORDER BY id DESC LIMIT ?",
            (min(limit, _KEPT),),
        )
        return [
            Change(
                row["id"],
                datetime.fromisoformat(row["made_at"]),
                row["summary"],
                self._questions(row["id"]),
                bool(row["is_undone"]),
            )
            for row in rows
        ]

    def undo(self, change_id: int | None = None) -> Change:
        """Take back a change (None: the last one that still stands); SchoolctlError when it cannot be."""
        change = self._standing(change_id)
        rows = list(
            self._database.rows("SELECT question, before, after FROM changed_question WHERE change = ?", (change.id,))
        )
        for row in rows:
            self._check_unchanged(row["question"], json.loads(row["after"]))
        for row in rows:
            self._restore(row["question"], json.loads(row["before"]))
        self._database.execute("UPDATE change SET is_undone = 1 WHERE id = ?", (change.id,))
        return change

    def drop(self, question: int) -> None:
        """Take a question that was removed out of the log: its words must go, and its number may be given again."""
        self._database.execute("DELETE FROM changed_question WHERE question = ?", (question,))

    def _standing(self, change_id: int | None) -> Change:
        for change in self.find(_KEPT):
            if not change.is_undone and change_id in {None, change.id}:
                return change
        message = "there is no change to take back. See: schoolctl history"
        raise SchoolctlError(message)

    def _questions(self, change: int) -> tuple[int, ...]:
        rows = self._database.rows(
            "SELECT question FROM changed_question WHERE change = ? ORDER BY question", (change,)
        )
        return tuple(row[0] for row in rows)

    def _check_unchanged(self, question: int, after: Values) -> None:
        row = self._database.row("SELECT * FROM question WHERE id = ?", (question,))
        if row is None or any(row[column] != value for column, value in after.items()):
            message = f"question {question} was changed since: it stays as it is. Set it anew: schoolctl questions set"
            raise SchoolctlError(message)

    def _restore(self, question: int, before: Values | None) -> None:
        if before is None:
            self._database.execute("DELETE FROM question WHERE id = ?", (question,))
            self.drop(question)
            return
        columns = ", ".join(f"{column} = ?" for column in before)
        self._database.execute(
            f"UPDATE question SET {columns} WHERE id = ?",  # noqa: S608 - names of columns
            (*before.values(), question),
        )


def _difference(old: Question | None, new: Question) -> tuple[Values | None, Values]:
    """The columns that differ, as they were and as they are."""
    after = _values(new)
    if old is None:
        return None, after
    before = _values(old)
    differing = [column for column in CHANGEABLE if before[column] != after[column]]
    return {column: before[column] for column in differing}, {column: after[column] for column in differing}


def _values(question: Question) -> Values:
    values: Sequence[object] = changeable_values(question)
    return dict(zip(CHANGEABLE, values, strict=True))
