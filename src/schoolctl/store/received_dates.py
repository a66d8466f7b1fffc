"""Dates that were read in a wrong order of day and month, put right when their file is imported with another order."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from typing import Literal

from schoolctl.domain.duplicates import is_other_date_order, text_digest
from schoolctl.domain.question import Question, SetAside
from schoolctl.store.database import Database
from schoolctl.store.question_columns import moment_text, set_aside_values, storable

_SAME_PLACE = (
    "SELECT id, received_at FROM question WHERE text_digest = ? AND source_file = ? AND source_position = ?"
    " AND sender_name = ? AND sender_email = ? AND sender_phone = ? ORDER BY id"
)


class ReceivedDates:
    """The dates of one source's messages, for an import whose order of day and month a person told."""

    def __init__(self, database: Database, file: str) -> None:
        """Work on an open database, inside its transaction; `file` is the name of the source."""
        self._database = database
        self._file = storable(file)

    def mend(self, question: Question) -> Literal["updated", "duplicate"] | None:
        """Give the question that was read from the same place its date in the order told now.

        None when nothing is there to be mended; a duplicate when the order told leaves the question without a date.
        """
        stored = self._stored_dates(question)
        moment = question.received_at
        if moment is None:
            return "duplicate" if stored else None
        if moment in stored.values():
            return None
        for question_id, old in stored.items():
            if old is None or is_other_date_order(old, moment):
                self._database.execute(
                    "UPDATE question SET received_at = ?, zone_assumed = ?, repairs = ? WHERE id = ?",
                    (
                        moment_text(moment),
                        question.zone_assumed,
                        json.dumps(question.repairs, ensure_ascii=False),
                        question_id,
                    ),
                )
                return "updated"
        return None

    def mend_set_aside(self, item: SetAside) -> None:
        """Give the message that was set aside from the same place its date; else it would be set aside once more."""
        digest, *_, draft = set_aside_values(self._file, item)
        same = (str(item.position), item.reason, _undated(str(draft)) if draft else "")
        if number := self._set_aside.get(same):
            self._database.execute(
                "UPDATE OR IGNORE set_aside SET digest = ?, draft = ? WHERE id = ?", (digest, draft, number)
            )

    def _stored_dates(self, question: Question) -> dict[int, datetime | None]:
        """When the questions of the same words, sender and place were received, by their IDs."""
        sender, place = question.sender, question.source
        wanted = (text_digest(question.text), self._file, place.position, sender.name, sender.email, sender.phone)
        rows = self._database.rows(_SAME_PLACE, wanted)
        return {row[0]: datetime.fromisoformat(row[1]) if row[1] else None for row in rows}

    @cached_property
    def _set_aside(self) -> dict[tuple[str, str, str], int]:
        """The messages set aside from the source, by all that does not depend on the order of dates."""
        rows = self._database.rows(
            "SELECT source_position, reason, draft, id FROM set_aside WHERE source_file = ? AND draft IS NOT NULL",
            (self._file,),
        )
        return {(str(row[0]), row[1], _undated(row[2])): row[3] for row in rows}


def _undated(draft: str) -> str:
    """A stored draft without its date, and without the repairs, which tell of dates that were not understood."""
    values = json.loads(draft)
    return json.dumps({key: value for key, value in values.items() if key not in {"received_at", "repairs"}})
