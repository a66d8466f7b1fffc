"""Which mail went to whom: what keeps a second run, or one after a power cut, from sending it twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from schoolctl.domain.announcement import Kind
from schoolctl.domain.announcement_changes import Told
from schoolctl.domain.mailing import MailingKey, MailState
from schoolctl.store.database import Database


class LoggedMail(NamedTuple):
    """That a mailing went, or did not go, to an address."""

    key: MailingKey
    email: str


class DeliveredMail(NamedTuple):
    """A mail that somebody has, or may have; `told` is empty when that was not kept."""

    kind: Kind
    email: str
    told: Told
    moment: datetime


class MailingLog:
    """The record of sent mails in a database that the caller opened; what becomes of each is on the disk at once."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def states(self, key: MailingKey) -> dict[str, MailState]:
        """What is known of each mail of a mailing, by address."""
        rows = self._database.rows(
            "SELECT email, state FROM mail WHERE school = ? AND kind = ? AND fingerprint = ? ORDER BY email", key
        )
        return {row[0]: row[1] for row in rows}

    def record(  # noqa: PLR0913 - all that is kept of one mail
        self,
        key: MailingKey,
        email: str,
        language: str,
        state: MailState,
        moment: datetime,
        *,
        told: Told | None = None,
    ) -> None:
        """Keep what became of a mail, before anything else happens: when this returns, it is on the disk."""
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO mail (school, kind, fingerprint, email, language, state, changed_at, told)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (school, kind, fingerprint, email) DO UPDATE SET"
                " language = excluded.language, state = excluded.state, changed_at = excluded.changed_at,"
                " told = excluded.told",
                (*key, email, language, state, moment.isoformat(), json.dumps(told, sort_keys=True) if told else ""),
            )

    def take_back(self, key: MailingKey, email: str) -> None:
        """Forget a mail of which the server said that it did not take it, so that it is tried again."""
        with self._database.transaction():
            self._database.execute(
                "DELETE FROM mail WHERE school = ? AND kind = ? AND fingerprint = ? AND email = ?", (*key, email)
            )

    def before(self, moment: datetime, needed: Collection[str]) -> list[LoggedMail]:
        """The mails that nothing became of since then, but for those about the schools that are `needed` still."""
        rows = self._database.rows("SELECT school, kind, fingerprint, email, changed_at FROM mail ORDER BY 1, 2, 3, 4")
        return [
            LoggedMail(MailingKey(*row[:3]), row[3])
            for row in rows
            if row[0] not in needed and datetime.fromisoformat(row[4]) < moment
        ]

    def erase(self, mails: Iterable[LoggedMail]) -> None:
        """Take mails out of the log, in the transaction of the caller."""
        for mail in mails:
            self._database.execute(
                "DELETE FROM mail WHERE school = ? AND kind = ? AND fingerprint = ? AND email = ?",
                (*mail.key, mail.email),
            )

    def delivered(self, school_id: str) -> list[DeliveredMail]:
        """The mails about a school that arrived, as far as is known, the earliest first."""
        rows = self._database.rows(
            "SELECT kind, email, told, changed_at FROM mail WHERE school = ? AND state <> 'refused'"
            " ORDER BY changed_at, kind, email",
            (school_id,),
        )
        return [
            DeliveredMail(row[0], row[1], json.loads(row[2] or "{}"), datetime.fromisoformat(row[3])) for row in rows
        ]

    def written_to(self, school_id: str) -> dict[str, str]:
        """The language of everybody who may have got a mail about a school, by address."""
        rows = self._database.rows(
            "SELECT email, language FROM mail WHERE school = ? AND state <> 'refused' ORDER BY email, changed_at",
            (school_id,),
        )
        return {row[0]: row[1] for row in rows}
