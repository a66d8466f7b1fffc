"""What invites were issued: the revisions of each school's event, what they told, and who got which."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from schoolctl.domain.invite import Holders, Method, Revision, Told
from schoolctl.store.database import Database

Way = Literal["invite", "feed"]


@dataclass(frozen=True, slots=True)
class Copy:
    """One file as it was handed out: to whom (None: for everybody), in which language, and by which way."""

    email: str | None
    language: str
    method: Method
    way: Way = "invite"


class IssuedCopy(NamedTuple):
    """When a file was handed out, to whom (empty: for everybody), and what it told (empty when that was not kept)."""

    moment: datetime
    email: str
    told: Told


class InviteLedger:
    """The record of issued invites in a database that the caller opened."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def last_revision(self, school_id: str) -> Revision | None:
        """The newest revision issued of a school's event, or None before the first."""
        row = self._database.row(
            "SELECT sequence, stamp, fingerprint FROM invite_revision WHERE school = ? ORDER BY sequence DESC",
            (school_id,),
        )
        return Revision(row[0], datetime.fromisoformat(row[1]), row[2]) if row else None

    def told(self, school_id: str, sequence: int) -> Told:
        """What a revision told; empty when that was not kept."""
        row = self._database.row(
            "SELECT told FROM invite_revision WHERE school = ? AND sequence = ?", (school_id, sequence)
        )
        told: Told = json.loads(row[0]) if row and row[0] else {}
        return told

    def issues(self, school_id: str) -> list[IssuedCopy]:
        """All that was handed out of a school, in the season's calendar as well."""
        rows = self._database.rows(
            "SELECT issued_at, email, told FROM invite_issue JOIN invite_revision USING (school, sequence)"
            " WHERE school = ?",
            (school_id,),
        )
        return [IssuedCopy(datetime.fromisoformat(row[0]), row[1], json.loads(row[2] or "{}")) for row in rows]

    def record_revision(self, school_id: str, revision: Revision, told: Told | None = None) -> None:
        """Keep a revision; one that is there already stays as it is."""
        self._database.execute(
            "INSERT INTO invite_revision (school, sequence, stamp, fingerprint, told) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (
                school_id,
                revision.sequence,
                revision.stamp.isoformat(),
                revision.fingerprint,
                json.dumps(told, ensure_ascii=False, sort_keys=True) if told else "",
            ),
        )

    def recipients(self, school_id: str) -> dict[str, int]:
        """Everybody ever invited by name: e-mail address -> the number used in file names."""
        rows = self._database.rows(
            "SELECT email, number FROM invite_recipient WHERE school = ? ORDER BY number", (school_id,)
        )
        return {row[0]: row[1] for row in rows}

    def record_recipients(self, school_id: str, recipients: dict[str, int]) -> None:
        """Keep recipients and their numbers; those that are there already stay as they are."""
        for email, number in recipients.items():
            self._database.execute(
                "INSERT INTO invite_recipient (school, number, email, language)"
                " VALUES (?, ?, ?, coalesce((SELECT max(language) FROM invite_recipient WHERE email = ?), ''))"
                " ON CONFLICT DO NOTHING",
                (school_id, number, email, email),
            )

    def languages(self) -> dict[str, str]:
        """The language of each person who has one, whatever the school."""
        rows = self._database.rows("SELECT DISTINCT email, language FROM invite_recipient WHERE language <> ''")
        return {row[0]: row[1] for row in rows}

    def record_language(self, email: str, language: str) -> None:
        """Keep the language of a person, for every school the person is invited to."""
        self._database.execute("UPDATE invite_recipient SET language = ? WHERE email = ?", (language, email))

    def record_copy(self, school_id: str, revision: Revision, copy: Copy, moment: datetime) -> None:
        """Keep that a file was handed out; of the same one handed out again the first time counts."""
        self._database.execute(
            "INSERT INTO invite_issue (school, email, language, way, sequence, method, issued_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                school_id,
                copy.email or "",
                copy.language,
                copy.way,
                revision.sequence,
                copy.method,
                moment.isoformat(timespec="seconds"),
            ),
        )

    def holders(self, school_id: str, way: Way = "invite") -> Holders:
        """Who holds which SEQUENCE of a school's event, the newest each."""
        rows = self._database.rows(
            "SELECT email, language, max(sequence) FROM invite_issue WHERE school = ? AND way = ? GROUP BY 1, 2",
            (school_id, way),
        )
        people: dict[str, int] = {}
        public: dict[str, int] = {}
        for email, language, sequence in rows:
            if email:
                # Whatever the language it is one entry in the person's calendar.
                people[email] = max(sequence, people.get(email, 0))
            else:
                public[language] = sequence
        if len(public) > 1:
            # Issued before languages were kept: what came later tells more.
            public.pop("", None)
        return Holders(people, public)
