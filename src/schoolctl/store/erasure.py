"""Erasing for good: the questions, what was set aside and what was decided of a person go, a number stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schoolctl.domain.question import Question, StoredSetAside
from schoolctl.store.database import Database

_COUNT = (
    "INSERT INTO erased (school, channel, language, status, number) VALUES (?, ?, ?, ?, 1)"
    " ON CONFLICT (school, channel, language, status) DO UPDATE SET number = number + 1"
)


class Eraser:
    """Erases in a database that the caller opened; SQLite overwrites what goes (`secure_delete`)."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def erase_questions(self, questions: Sequence[Question]) -> None:
        """Take questions out, and every trace of them in the history; how many there were is kept."""
        for question in questions:
            self._database.execute("DELETE FROM question WHERE id = ?", (question.id,))
            self._database.execute("DELETE FROM changed_question WHERE question = ?", (question.id,))
            counted = (question.school or "", question.channel, question.language, question.status)
            self._database.execute(_COUNT, counted)

    def erase_set_aside(self, messages: Sequence[StoredSetAside]) -> None:
        """Take messages out that were set aside."""
        for message in messages:
            self._database.execute("DELETE FROM set_aside WHERE id = ?", (message.id,))

    def erase_recipients(self, fits: Callable[[str], bool]) -> int:
        """Take addresses out of all lists of those who were invited or written to; in how many schools' lists."""
        everybody = self._database.rows(
            "SELECT school, email FROM invite_recipient UNION SELECT school, email FROM mail"
        )
        found = [row[1] for row in everybody if fits(row[1])]
        for email in set(found):
            self._erase_recipient(email)
        return len(found)

    def numbers(self) -> list[tuple[str, str, str, str, int]]:
        """How many were erased: school, channel, language, status, number."""
        rows = self._database.rows("SELECT school, channel, language, status, number FROM erased ORDER BY 1, 2, 3, 4")
        return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]

    def _erase_recipient(self, email: str) -> None:
        for table in ("invite_issue", "invite_recipient", "mail"):
            self._database.execute(f"DELETE FROM {table} WHERE email = ?", (email,))  # noqa: S608 - names of our own
