"""The messages set aside: kept once with their reason, so that they can be looked at and restored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from schoolctl.domain.question import Draft, Sender, SetAside, SourceRef, StoredSetAside
from schoolctl.errors import SchoolctlError
from schoolctl.store.database import Database
from schoolctl.store.question_columns import set_aside_values


class SetAsideStore:
    """Messages set aside in a database that the caller opened."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def add(self, file: str, item: SetAside, school: str | None = None) -> None:
        """Keep a message, with the school its source was imported for; one that is there already stays as it is."""
        self._database.execute(
            "INSERT INTO set_aside (digest, source_file, source_position, reason, draft, school)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING",
            (*set_aside_values(file, item), school),
        )

    def find(self) -> list[StoredSetAside]:
        """All of them, oldest first."""
        return [_stored(row) for row in self._database.rows("SELECT * FROM set_aside ORDER BY id")]

    def get(self, ids: Sequence[int]) -> list[StoredSetAside]:
        """Those with these IDs; SchoolctlError names the IDs that are not there."""
        # By its words: a number that is too long for SQLite is nobody's either.
        sql = "SELECT * FROM set_aside WHERE id = CAST(? AS INTEGER)"
        rows = {number: self._database.row(sql, (str(number),)) for number in ids}
        if missing := [str(number) for number, row in rows.items() if row is None or row["id"] != number]:
            message = f"there is no message {', '.join(missing)} set aside. See: schoolctl questions set-aside list"
            raise SchoolctlError(message)
        return [_stored(row) for row in rows.values() if row is not None]

    def mark_restored(self, set_aside_id: int, question_id: int) -> None:
        """Note which question a message became."""
        self._database.execute("UPDATE set_aside SET question = ? WHERE id = ?", (question_id, set_aside_id))


def _stored(row: sqlite3.Row) -> StoredSetAside:
    draft = _draft(json.loads(row["draft"])) if row["draft"] else None
    source = SourceRef(row["source_file"], row["source_position"])
    return StoredSetAside(row["id"], source, row["reason"], draft, row["question"], row["school"])


def _draft(stored: dict[str, object]) -> Draft:
    received = stored["received_at"]
    values = stored | {
        "sender": Sender(**stored["sender"]),  # type: ignore[arg-type]
        "received_at": datetime.fromisoformat(str(received)) if received else None,
        "repairs": tuple(stored["repairs"]),  # type: ignore[arg-type]
    }
    return Draft(**values)  # type: ignore[arg-type]
