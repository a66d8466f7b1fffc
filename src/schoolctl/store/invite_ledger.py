"""What invites were issued: the revisions of each school's event and the people who got one by name."""

from __future__ import annotations

from datetime import datetime

from schoolctl.domain.invite import Revision
from schoolctl.store.database import Database


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

    def record_revision(self, school_id: str, revision: Revision) -> None:
        """Keep a revision; one that is there already stays as it is."""
        self._database.execute(
            "INSERT INTO invite_revision (school, sequence, stamp, fingerprint) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (school_id, revision.sequence, revision.stamp.isoformat(), revision.fingerprint),
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
                "INSERT INTO invite_recipient (school, number, email) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (school_id, number, email),
            )
