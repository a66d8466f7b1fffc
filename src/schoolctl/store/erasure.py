"""Erasing for good: the questions, what was set aside and what was decided of a person go, a number stays."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from schoolctl.domain.question import Question, StoredSetAside
from schoolctl.domain.season import Erased
from schoolctl.store.change_log import ChangeLog
from schoolctl.store.database import Database

_COUNT = (
    "INSERT INTO erased_number (school, carried_from, channel, language, status, number) VALUES (?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (school, carried_from, channel, language, status) DO UPDATE SET number = number + 1"
)
_QUESTION_OF = "SELECT 1 FROM question WHERE source_file = ? LIMIT 1"
_MESSAGE_OF = (
    "SELECT 1 FROM set_aside WHERE source_file = ?"
    """ AND draft NOT LIKE '%"sender": {"email": "", "name": "", "phone": ""}%' LIMIT 1"""
)


class Invitation(NamedTuple):
    """That an e-mail address was invited to a school, or written to about it."""

    school: str
    email: str


class Eraser:
    """Erases in a database that the caller opened; SQLite overwrites what goes (`secure_delete`)."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def erase_questions(self, questions: Sequence[Question]) -> None:
        """Take questions out, and every trace of them in the history; how many there were is kept."""
        log = ChangeLog(self._database)
        for question in questions:
            self._database.execute("DELETE FROM question WHERE id = ?", (question.id,))
            log.drop(question.id)
            way = json.dumps(question.carried_from, ensure_ascii=False)
            counted = (question.school or "", way, question.channel, question.language, question.status)
            self._database.execute(_COUNT, counted)
        self._erase_sources(question.source.file for question in questions)

    def erase_set_aside(self, messages: Sequence[StoredSetAside]) -> None:
        """Take messages out that were set aside."""
        for message in messages:
            self._database.execute("DELETE FROM set_aside WHERE id = ?", (message.id,))
        self._erase_sources(message.source.file for message in messages)

    def invitations(self) -> list[Invitation]:
        """Who was invited or written to, and about what."""
        written_to = self._database.rows("SELECT DISTINCT school, email FROM mail ORDER BY school, email")
        return list(dict.fromkeys((*self.calendar_invitations(), *(Invitation(*row) for row in written_to))))

    def calendar_invitations(self) -> list[Invitation]:
        """Who was invited by a calendar file, and to what."""
        rows = self._database.rows("SELECT school, email FROM invite_recipient ORDER BY school, number")
        return [Invitation(*row) for row in rows]

    def erase_invitations(self, invitations: Sequence[Invitation]) -> None:
        """Take addresses out of the lists of those who were invited, and of the log of mails."""
        for invitation in invitations:
            for table in ("invite_issue", "invite_recipient", "mail"):
                self._database.execute(f"DELETE FROM {table} WHERE school = ? AND email = ?", invitation)  # noqa: S608

    def numbers(self) -> list[Erased]:
        """How many were erased of each sort."""
        rows = self._database.rows("SELECT * FROM erased_number ORDER BY 1, 2, 3, 4, 5")
        return [Erased(row[0], row[2], row[3], row[4], row[5], tuple(json.loads(row[1]))) for row in rows]

    def _erase_sources(self, files: Iterable[str]) -> None:
        """Take out the names of files of which nothing else is kept: a chat is called after the one who wrote."""
        gone = {file for file in set(files) if not self._is_kept(file)}
        if not gone:
            return
        for file in sorted(gone):
            self._database.execute("UPDATE set_aside SET source_file = '' WHERE source_file = ?", (file,))
        for digest, account in list(self._database.rows("SELECT digest, account FROM imported_file")):
            nameless = json.dumps(_without_names(json.loads(account), gone))
            if nameless != account:
                self._database.execute("UPDATE imported_file SET account = ? WHERE digest = ?", (nameless, digest))

    def _is_kept(self, file: str) -> bool:
        """Whether anything that somebody wrote is there still of this file; the notes of a chat are nobody's."""
        return any(self._database.row(sql, (file,)) for sql in (_QUESTION_OF, _MESSAGE_OF))


def _without_names(account: dict[str, list[object]], files: Collection[str]) -> dict[str, list[object]]:
    notes = [note | {"source": ""} if note["source"] in files else note for note in account["set_aside"]]  # type: ignore[index,operator]
    warnings = [warning for warning in account["warnings"] if not any(file in str(warning) for file in files)]
    return account | {"set_aside": notes, "warnings": warnings}
