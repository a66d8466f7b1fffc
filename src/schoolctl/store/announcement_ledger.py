"""Which announcements were written, when, and what they told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from schoolctl.domain.announcement import Kind
from schoolctl.domain.announcement_changes import Told
from schoolctl.store.database import Database
from schoolctl.store.question_columns import moment_text


class Written(NamedTuple):
    """An announcement about a school as it was written last; `told` is empty when that was not kept."""

    kind: Kind
    channel: str
    language: str
    told: Told
    moment: datetime


class AnnouncementLedger:
    """The record of announcements in a database that the caller opened."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def record(self, school_id: str, announcements: Iterable[Written]) -> None:
        """Keep that announcements were written; of several times the last one counts."""
        for written in announcements:
            told = json.dumps(written.told, ensure_ascii=False, sort_keys=True)
            self._database.execute(
                "INSERT INTO announcement (school, kind, channel, language, written_at, told) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (school, kind, channel, language)"
                " DO UPDATE SET written_at = excluded.written_at, told = excluded.told",
                (school_id, written.kind, written.channel, written.language, moment_text(written.moment), told),
            )
            if written.told:
                self._database.execute(
                    "INSERT INTO announced_start (school, starts, timezone) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (school_id, written.told["starts"], written.told["timezone"]),
                )

    def announcements(self, school_id: str) -> list[Written]:
        """The announcements about a school, the earliest first."""
        rows = self._database.rows(
            "SELECT kind, channel, language, told, written_at FROM announcement WHERE school = ?"
            " ORDER BY written_at, kind, channel, language",
            (school_id,),
        )
        return [
            Written(row[0], row[1], row[2], json.loads(row[3] or "{}"), datetime.fromisoformat(row[4])) for row in rows
        ]

    def starts_told(self, school_id: str) -> list[Told]:
        """Every start that was announced, also by texts that were written anew since; empty when it was not kept."""
        rows = self._database.rows(
            "SELECT starts, timezone FROM announced_start WHERE school = ? ORDER BY starts, timezone", (school_id,)
        )
        kept: list[Told] = [{"starts": row[0], "timezone": row[1]} for row in rows]
        return kept + [one.told for one in self.announcements(school_id) if not one.told]

    def written(self, school_id: str) -> dict[str, dict[str, datetime]]:
        """For each kind the channels it was written for, with the last moment."""
        written: dict[str, dict[str, datetime]] = {}
        for one in self.announcements(school_id):
            written.setdefault(one.kind, {})[one.channel] = one.moment
        return written
