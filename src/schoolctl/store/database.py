"""The SQLite file behind the store: private, durable, migrated step by step, and erased for good when rows go."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from schoolctl.errors import SchoolctlError
from schoolctl.store.migrations import MIGRATIONS

_PRIVATE = 0o600
_BUSY_MILLISECONDS = 10_000
_PRAGMAS = (
    f"busy_timeout = {_BUSY_MILLISECONDS}",
    "journal_mode = DELETE",  # a write-ahead log kept traces of erased rows
    "synchronous = FULL",
    "secure_delete = ON",
    "foreign_keys = ON",
)


class Database:
    """A connection; the one place that knows SQLite, so that another engine can stand in for it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wrap an open connection with `?` parameters and rows addressed by name."""
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query, as they come."""
        return iter(self._connection.execute(sql, parameters))

    def row(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        first: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
        return first

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a change; the number of rows it touched."""
        return self._connection.execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Sequence[object]) -> int:
        """Add a row; its ID."""
        return self._connection.execute(sql, parameters).lastrowid or 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the changes or none; the write lock is taken at once, so that nobody waits half-way."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            # A full disk has SQLite take everything back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @property
    def version(self) -> int:
        """How many migrations the file has gone through."""
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def migrate(self) -> None:
        """Bring the tables up to date, each step in a transaction of its own."""
        while self.version < len(MIGRATIONS):
            with self.transaction():
                # Another command may have migrated while this one waited for the lock.
                version = self.version
                if version < len(MIGRATIONS):
                    for statement in MIGRATIONS[version]:
                        self.execute(statement)
                    self.execute(f"PRAGMA user_version = {version + 1}")

    def integrity_fault(self) -> str | None:
        """What SQLite finds wrong with the file, or None."""
        verdict = str(self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        return None if verdict == "ok" else verdict

    def copy_to(self, connection: sqlite3.Connection) -> None:
        """Copy everything into another, empty database."""
        self._connection.backup(connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def open_database(path: Path, *, for_writing: bool) -> Iterator[Database]:
    """The workspace's database; SQLite's errors are told in the user's words.

    Reading never creates or changes the file: where there is none, or one of an older schoolctl, a copy in memory
    stands in.
    """
    with _explained(path):
        database = _connect(path, for_writing=for_writing)
        try:
            if database.version > len(MIGRATIONS):
                message = f"{path.name} was made by a newer schoolctl. Update schoolctl to use it"
                raise SchoolctlError(message)
            if database.version < len(MIGRATIONS):
                if not for_writing:
                    database = _copy_in_memory(database)
                database.migrate()
            yield database
        finally:
            database.close()


@contextmanager
def _open_copy(path: Path) -> Iterator[Database]:
    """A copy of the workspace's database in memory, for rehearsing a change."""
    with _explained(path):
        with open_database(path, for_writing=False) as database:
            copy = _copy_in_memory(database)
        try:
            yield copy
        finally:
            copy.close()


def open_for_change(path: Path, *, is_rehearsal: bool) -> AbstractContextManager[Database]:
    """The workspace's database for a change; a rehearsal goes the same way to the end, on a copy in memory."""
    return _open_copy(path) if is_rehearsal else open_database(path, for_writing=True)


def _connect(path: Path, *, for_writing: bool) -> Database:
    if for_writing:
        with suppress(FileExistsError):
            # SQLite would create it readable for everybody.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))
        target = path.resolve().as_uri()
    elif path.exists() and path.stat().st_size:
        # What a killed command left half-written can only be taken back by a connection that may write.
        mode = "rw" if path.resolve().with_name(f"{path.resolve().name}-journal").exists() else "ro"
        target = f"{path.resolve().as_uri()}?mode={mode}"
    else:
        target = "file::memory:"
    connection = sqlite3.connect(target, uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return Database(connection)


def _copy_in_memory(database: Database) -> Database:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    memory.row_factory = sqlite3.Row
    database.copy_to(memory)
    database.close()
    return Database(memory)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            message = f"{path.name} is in use by another schoolctl command. Wait for it to finish, then try again"
        else:
            message = f"{path.name} cannot be used ({error}). Check the folder's permissions and free space"
        raise SchoolctlError(message) from error
    except sqlite3.DatabaseError as error:
        message = f"{path.name} is damaged ({error}). Put a copy of it from your backup in its place"
        raise SchoolctlError(message) from error
