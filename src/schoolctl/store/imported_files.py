"""Files that were read to their end: an unchanged one need not be read again."""

from __future__ import annotations

import json
from dataclasses import asdict

from schoolctl.domain.question import ImportAccount, SetAsideNote
from schoolctl.store.database import Database


class ImportedFiles:
    """The accounts of imported files in a database that the caller opened."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def account_of(self, digest: str) -> ImportAccount | None:
        """What importing the file once more would account for: all duplicates; None for a file that is new."""
        row = self._database.row("SELECT account FROM imported_file WHERE digest = ?", (digest,))
        if row is None:
            return None
        stored = json.loads(row[0])
        return ImportAccount(
            duplicates=stored["kept"],
            set_aside=[SetAsideNote(**note) for note in stored["set_aside"]],
            warnings=stored["warnings"],
        )

    def record(self, digest: str, account: ImportAccount) -> None:
        """Keep the account of a file, so that it need not be read again while it stays the same."""
        stored = {
            "kept": account.imported + account.duplicates + account.updated,
            "set_aside": [asdict(note) for note in account.set_aside],
            "warnings": account.warnings,
        }
        self._database.execute(
            "INSERT INTO imported_file (digest, account) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
            (digest, json.dumps(stored)),
        )
