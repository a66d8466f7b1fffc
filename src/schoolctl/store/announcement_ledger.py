"""Which announcements were written, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from schoolctl.store.database import Database
from schoolctl.store.question_columns import moment_text


class AnnouncementLedger:
    """The record of announcements in a database that the caller opened."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def record(
        self, school_ids: Iterable[str], kind: str, channels: Iterable[str], languages: Iterable[str], moment: datetime
    ) -> None:
        """Keep that an announcement was written; of several times the last one counts."""
        languages, channels = tuple(languages), tuple(channels)
        for school in school_ids:
            for channel in channels:
                for language in languages:
                    self._database.execute(
                        "INSERT INTO announcement (school, kind, channel, language, written_at) VALUES (?, ?, ?, ?, ?)"
                        " ON CONFLICT (school, kind, channel, language) DO UPDATE SET written_at = excluded.written_at",
                        (school, kind, channel, language, moment_text(moment)),
                    )

    def written(self, school_id: str) -> dict[str, dict[str, datetime]]:
        """For each kind the channels it was written for, with the last moment."""
        rows = self._database.rows(
            "SELECT kind, channel, max(written_at) FROM announcement WHERE school = ? GROUP BY kind, channel",
            (school_id,),
        )
        written: dict[str, dict[str, datetime]] = {}
        for kind, channel, moment in rows:
            written.setdefault(kind, {})[channel] = datetime.fromisoformat(moment)
        return written
