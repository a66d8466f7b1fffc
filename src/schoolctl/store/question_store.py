"""The questions and the messages set aside: kept once, found again, changed only by decision."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from schoolctl.domain.duplicates import is_other_reading, is_same_message, text_digest
from schoolctl.domain.groups import Membership
from schoolctl.domain.question import Question, Sender
from schoolctl.domain.vocabulary import Status
from schoolctl.errors import SchoolctlError
from schoolctl.store.database import Database
from schoolctl.store.people import find_person
from schoolctl.store.question_columns import (
    CHANGEABLE,
    COLUMNS,
    changeable_values,
    column_values,
    moment_text,
    question_in,
)

Outcome = Literal["imported", "duplicate", "updated"]

_INSERT = f"INSERT INTO question ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
_SAVE = f"UPDATE question SET {', '.join(f'{column} = ?' for column in CHANGEABLE)} WHERE id = ?"  # noqa: S608


_COMPARED = "id, school, sender_name, sender_email, sender_phone, received_at, message_id"
_ANY_COPY = "SELECT 1 FROM question WHERE text_digest = ? LIMIT 1"
# Of the copies of a text only those that may be the same message: read whole, a thousand thanks took a minute.
_SAME_TEXT = (
    f"SELECT {_COMPARED} FROM question WHERE text_digest = ?1 AND (sender_email = ?2 AND ?2 <> ''"  # noqa: S608
    " OR sender_phone = ?3 AND ?3 <> '' OR received_at BETWEEN ?4 AND ?5"
    " OR sender_email = '' AND sender_phone = '' AND ?2 = '' AND ?3 = '')"
)
# SQLite takes the partial index only when it is told that the value is not empty.
_SAME_MAIL = f"SELECT {_COMPARED} FROM question WHERE message_id = ?1 AND message_id <> ''"  # noqa: S608


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions are wanted; None or empty means any. `search` is looked for in text and original, any case.

    `asked_at` is a school whose questions are wanted together with those that were carried over from it.
    """

    school: str | None = None
    asked_at: str | None = None
    group: int | None = None
    statuses: tuple[Status, ...] = ()
    theme: str | None = None
    channel: str | None = None
    language: str | None = None
    search: str = ""


class QuestionStore:
    """Questions in a database that the caller opened; changes belong inside the database's transaction."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def add(self, question: Question) -> Outcome:
        """Keep a question once: a message already there is a duplicate, the same mail read anew is an update."""
        digest = text_digest(question.text)
        # Nearly every text is new: one look into the index spares the comparing.
        if self._database.row(_ANY_COPY, (digest,)):
            for row in self._database.rows(_SAME_TEXT, (digest, *_whereabouts(question))):
                if is_same_message(old := _compared(row, question), question):
                    return self._fill_in(old, question)
        if question.message_id:
            for row in self._database.rows(_SAME_MAIL, (question.message_id,)):
                if is_other_reading(old := _compared(row, question), question):
                    return self._read_anew(old, question)
        self._insert(question, digest)
        return "imported"

    def insert(self, question: Question) -> int:
        """Keep a question as a new one, whatever is there already; its ID."""
        return self._insert(question, text_digest(question.text))

    def _insert(self, question: Question, digest: str) -> int:
        person = find_person(self._database, question.sender, question.channel)
        # A part of a message of nobody known is that same person's.
        return self._database.insert(_INSERT, column_values(question, digest, person or question.person or None))

    def _fill_in(self, old: Question, new: Question) -> Outcome:
        """A duplicate may tell the school that was not known before; decisions stay."""
        if old.school is not None or new.school is None:
            return "duplicate"
        self._database.execute("UPDATE question SET school = ? WHERE id = ?", (new.school, old.id))
        # Another disease than this school's may be off topic only now.
        screening = new.screening
        self._database.execute(
            "UPDATE question SET screening_label = ?, screening_reasons = ?, screening_score = ?"
            " WHERE id = ? AND NOT reviewed AND decided NOT LIKE '%text%'",
            (screening.label, json.dumps(screening.reasons, ensure_ascii=False), screening.score, old.id),
        )
        return "updated"

    def _read_anew(self, old: Question, new: Question) -> Outcome:
        # A wording that a person chose, or translated, is not taken back by another reading of the mail.
        stored = self.get([old.id])[0]
        if stored.decided & {"text", "redaction"} or stored.translations:
            return "duplicate"
        read = replace(
            stored, text=new.text, redacted_text=new.redacted_text, redactions=new.redactions, language=new.language
        )
        read = replace(read, screening=new.screening)
        if "themes" not in stored.decided:
            read = replace(read, themes=new.themes, theme_reasons=new.theme_reasons)
        self.save(read)
        self._database.execute(
            "UPDATE question SET original_text = ?, text_digest = ?, repairs = ? WHERE id = ?",
            (new.original_text, text_digest(new.text), json.dumps(new.repairs, ensure_ascii=False), old.id),
        )
        return "updated"

    def find(self, wanted: QuestionFilter) -> list[Question]:
        """The questions that fit, oldest ID first."""
        conditions, parameters = _conditions(wanted)
        sql = f"SELECT * FROM question{conditions} ORDER BY id"  # noqa: S608 - conditions hold column names only
        questions: Iterable[Question] = map(question_in, self._database.rows(sql, parameters))
        return [question for question in questions if _fits(question, wanted)]

    def get(self, ids: Sequence[int]) -> list[Question]:
        """The questions with these IDs, in the order given; SchoolctlError names the IDs that are not there."""
        found: list[Question] = []
        missing: list[int] = []
        for question_id in ids:
            # By its words: a number that is too long for SQLite is nobody's either.
            row = self._database.row("SELECT * FROM question WHERE id = CAST(? AS INTEGER)", (str(question_id),))
            if row is None or row["id"] != question_id:
                missing.append(question_id)
            else:
                found.append(question_in(row))
        if missing:
            message = f"there is no question {', '.join(map(str, missing))}. See: schoolctl questions list"
            raise SchoolctlError(message)
        return found

    def save(self, question: Question) -> None:
        """Write back what rules or a person changed about a question."""
        self._database.execute(_SAVE, (*changeable_values(question), question.id))

    def remove(self, question_id: int) -> None:
        """Take a question out for good."""
        self._database.execute("DELETE FROM question WHERE id = ?", (question_id,))

    def memberships(self, school: str | None, most: int) -> list[Membership]:
        """What grouping needs of the newest questions of a school (None: of those without one), at most so many.

        Thanks and greetings are left out.
        """
        rows = self._database.rows(
            "SELECT id, text, group_id, decided LIKE '%group%' FROM question"
            " WHERE school IS ? AND (screening_label <> 'not_question' OR reviewed) ORDER BY id DESC LIMIT ?",
            (school, most),
        )
        return [Membership(row[0], row[1], row[2], bool(row[3])) for row in rows][::-1]

    def has_more(self, school: str | None, most: int) -> bool:
        """Whether a school (None: none) has more than so many questions."""
        row = self._database.row("SELECT count(*) > ? FROM question WHERE school IS ?", (most, school))
        return bool(row and row[0])

    def group_numbers(self) -> set[int]:
        """The numbers of all groups."""
        rows = self._database.rows("SELECT DISTINCT group_id FROM question WHERE group_id IS NOT NULL")
        return {row[0] for row in rows}

    def put_into_groups(self, groups: Mapping[int, int]) -> None:
        """Give questions (by ID) their groups."""
        for question, group in groups.items():
            self._database.execute("UPDATE question SET group_id = ? WHERE id = ?", (group, question))

    def with_texts(self, school: str, texts: Iterable[str]) -> frozenset[int]:
        """The IDs of what was asked at a school with one of these texts, in whatever case and punctuation."""
        digests = {text_digest(text) for text in texts}
        conditions, parameters = _conditions(QuestionFilter(asked_at=school))
        rows = self._database.rows(f"SELECT id, text_digest FROM question{conditions}", parameters)  # noqa: S608 - as above
        return frozenset(row["id"] for row in rows if row["text_digest"] in digests)

    def theme_decisions(self) -> list[tuple[str, tuple[str, ...]]]:
        """The texts whose themes a person decided, with those themes, in the order of their IDs."""
        rows = self._database.rows("SELECT text, themes FROM question WHERE decided LIKE '%themes%' ORDER BY id")
        return [(row[0], tuple(json.loads(row[1]))) for row in rows]

    def counts(self) -> dict[str | None, dict[str, int]]:
        """For each school (None: without one) how many questions have each status."""
        counts: dict[str | None, dict[str, int]] = {}
        for row in self._database.rows("SELECT school, status, count(*) FROM question GROUP BY school, status"):
            counts.setdefault(row[0], {})[row[1]] = row[2]
        return counts

    def waiting(self, school_id: str) -> int:
        """How many of a school's questions no person has decided about yet."""
        row = self._database.row(
            "SELECT count(*) FROM question WHERE school = ? AND NOT reviewed AND screening_label <> 'not_question'",
            (school_id,),
        )
        return int(row[0]) if row else 0

    def left_over(self, school_id: str) -> int:
        """How many questions are left over at a school (`domain.closing`), without those a person kept there."""
        row = self._database.row(
            "SELECT count(*) FROM question WHERE school = ? AND decided NOT LIKE '%stays%'"
            " AND (status = 'accepted' OR status = 'new' AND screening_label = 'general')",
            (school_id,),
        )
        return int(row[0]) if row else 0

    def count_for(self, school_id: str) -> int:
        """How many questions belong to a school."""
        row = self._database.row("SELECT count(*) FROM question WHERE school = ?", (school_id,))
        return int(row[0]) if row else 0


def _conditions(wanted: QuestionFilter) -> tuple[str, list[object]]:
    columns = (
        ("school", wanted.school),
        ("group_id", wanted.group),
        ("channel", wanted.channel),
        ("language", wanted.language),
    )
    conditions = [f"{column} = ?" for column, value in columns if value is not None]
    parameters: list[object] = [value for _, value in columns if value is not None]
    if wanted.asked_at is not None:
        # Stored as JSON; an ID holds no sign that means anything to JSON or to LIKE.
        conditions.append("(school = ? OR carried_from LIKE ?)")
        parameters += [wanted.asked_at, f'%"{wanted.asked_at}"%']
    if wanted.statuses:
        conditions.append(f"status IN ({', '.join('?' * len(wanted.statuses))})")
        parameters += wanted.statuses
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), parameters


def _fits(question: Question, wanted: QuestionFilter) -> bool:
    # SQLite folds the case of Latin letters only, so the search is done here.
    needle = wanted.search.casefold()
    has_text = needle in question.text.casefold() or needle in question.original_text.casefold()
    return has_text and (wanted.theme is None or wanted.theme in question.themes)


def _whereabouts(question: Question) -> tuple[str, str, str | None, str | None]:
    """The sender's addresses, and the earliest and latest moment at which another copy may be the same message."""
    moment = question.received_at
    span = timedelta(minutes=1)
    earliest, latest = (moment_text(moment - span), moment_text(moment + span)) if moment else (None, None)
    return question.sender.email, question.sender.phone, earliest, latest


def _compared(row: sqlite3.Row, new: Question) -> Question:
    """As much of a stored question as it takes to tell whether `new` is the same one."""
    return replace(
        new,
        id=row[0],
        school=row[1],
        sender=Sender(row[2], row[3], row[4]),
        received_at=datetime.fromisoformat(row[5]) if row[5] else None,
        message_id=row[6],
    )
