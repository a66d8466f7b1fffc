"""Intake: sources -> drafts -> cleaned and screened questions -> store; every message is accounted for."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from schoolctl import __version__
from schoolctl.domain.question import Draft, FileAccount, ImportAccount, Refusal, SetAside, SetAsideNote
from schoolctl.domain.school import Schedule
from schoolctl.errors import SchoolctlError, UnreadableSourceError
from schoolctl.importers.registry import importer_for
from schoolctl.importers.source import DateOrder, ImportOptions, Source
from schoolctl.renderers.question_json import account_view
from schoolctl.services.drafts import Desk, cleaned, question_of
from schoolctl.services.workspace import Workspace
from schoolctl.store.cue_files import read_cues
from schoolctl.store.database import Database, open_for_change
from schoolctl.store.imported_files import ImportedFiles
from schoolctl.store.output_files import write_files
from schoolctl.store.question_store import QuestionStore
from schoolctl.store.set_aside_store import SetAsideStore

Progress = Callable[[str, int, int], None]  # file name, bytes read, size
_PROGRESS_EVERY = 32
_LARGE_FILE = 64 * 1024 * 1024
_LARGE_FILE_END = 1024 * 1024


@dataclass(frozen=True, slots=True)
class IntakeRequest:
    """What to import and how: see ImportOptions for `columns` and `date_order`; `format` is `auto` or an importer's."""

    paths: Sequence[Path]
    school: str | None = None
    format: str = "auto"
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    dry_run: bool = False


def import_questions(
    workspace: Workspace, request: IntakeRequest, progress: Progress, report: Path | None = None
) -> ImportAccount:
    """Import every file; one that cannot be read is refused by name and the others go on.

    `report` is a file to write the whole account into, as JSON; SchoolctlError, before anything is imported, when it
    is there already.
    """
    _refuse_old_report(report)
    schedule = workspace.schedule()
    if request.school:
        schedule.school(request.school)
    options = _import_options(schedule, request)
    cues = read_cues(workspace.templates)
    account = ImportAccount()
    with open_for_change(workspace.database_path, is_rehearsal=request.dry_run) as database:
        for path in _files(request.paths):
            intake = _FileIntake(Source(path), request.format, options, Desk(path.name, request.school, cues))
            try:
                with database.transaction():
                    part, is_unchanged = intake.run(database, progress)
            except (UnreadableSourceError, OSError) as error:
                account.refused.append(Refusal(path.name, _reason(path.name, error)))
                continue
            part.files.append(
                FileAccount(path.name, part.imported, part.duplicates, part.updated, len(part.set_aside), is_unchanged)
            )
            account.add(part)
    if report is not None and not request.dry_run:
        write_files({report: (json.dumps(account_view(account), ensure_ascii=False, indent=2) + "\n").encode()})
    return account


def _refuse_old_report(report: Path | None) -> None:
    if report is not None and report.exists():
        message = f"{report} is there already. Name another file for the report, or remove that one"
        raise SchoolctlError(message)


@dataclass(frozen=True, slots=True)
class _FileIntake:
    """The import of one file."""

    source: Source
    format: str
    options: ImportOptions
    desk: Desk

    def run(self, database: Database, progress: Progress) -> tuple[ImportAccount, bool]:
        """The account of the file's messages, and whether it was known: an unchanged file is not read again."""
        files = ImportedFiles(database)
        digest = self._digest()
        known = files.account_of(digest)
        if known is not None:
            return known, True
        account = self._read(QuestionStore(database), SetAsideStore(database), progress)
        files.record(digest, account)
        return account, False

    def _read(self, store: QuestionStore, set_aside: SetAsideStore, progress: Progress) -> ImportAccount:
        source, account = self.source, ImportAccount()
        for count, item in enumerate(self._items()):
            if count % _PROGRESS_EVERY == 0:
                progress(source.name, source.consumed, source.size)
            self._account_for(item, store, set_aside, account)
        progress(source.name, source.size, source.size)
        if not account.seen:
            account.warnings.append(f"{source.name} holds no messages")
        return account

    def _items(self) -> Iterator[Draft | SetAside]:
        """What the importer reads; whatever goes wrong in it refuses this file and lets the others be imported."""
        try:
            yield from importer_for(self.source, self.format).read(self.source, self.options)
        except (UnreadableSourceError, OSError):
            raise
        except Exception as error:
            message = f"it could not be read to its end ({type(error).__name__}); nothing of it was imported"
            raise UnreadableSourceError(message) from error

    def _account_for(
        self, item: Draft | SetAside, store: QuestionStore, set_aside: SetAsideStore, account: ImportAccount
    ) -> None:
        """Store one item and count it; every item ends in exactly one column of the account."""
        if isinstance(item, Draft):
            item = cleaned(item)
        if isinstance(item, SetAside):
            set_aside.add(self.desk.file, item, self.desk.school)
            account.set_aside.append(SetAsideNote(self.desk.file, item.position, item.reason))
            return
        outcome = store.add(question_of(item, self.desk))
        if outcome == "imported":
            account.imported += 1
        elif outcome == "duplicate":
            account.duplicates += 1
        else:
            account.updated += 1

    def _digest(self) -> str:
        """What a file's account depends on: its bytes and name, how it is read, and for which school."""
        digest = _content_digest(self.source.path)
        options = self.options
        told = (
            __version__,
            self.source.name,
            self.format,
            self.desk.school,
            str(options.zone),
            sorted(options.own_names),
            sorted(options.own_addresses),
            sorted(options.columns.items()),
            options.date_order,
        )
        digest.update(repr(told).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def _content_digest(path: Path) -> hashlib._Hash:
    """A digest of a file's bytes; of a large file its size, time and ends, or telling it would cost half the import."""
    with path.open("rb") as stream:
        status = path.stat()
        if status.st_size <= _LARGE_FILE:
            return hashlib.file_digest(stream, "sha256")
        digest = hashlib.sha256(f"{status.st_size} {status.st_mtime_ns}".encode())
        digest.update(stream.read(_LARGE_FILE_END))
        stream.seek(-_LARGE_FILE_END, os.SEEK_END)
        digest.update(stream.read())
        return digest


def _import_options(schedule: Schedule, request: IntakeRequest) -> ImportOptions:
    organizer = schedule.organizer
    return ImportOptions(
        zone=schedule.zone,
        own_names=frozenset((*organizer.chat_names, *organizer.name.values())),
        own_addresses=frozenset(address for address in (organizer.email, organizer.whatsapp) if address),
        columns=request.columns,
        date_order=request.date_order,
    )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and the files inside the folders named (hidden ones left out), in a stable order."""
    for path in paths:
        # A file that is not there is yielded too: it is refused by name, the others go on.
        yield from _inside(path) if path.is_dir() else (path,)


def _inside(folder: Path) -> Iterator[Path]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return (file for file in files if not file.name.startswith("."))


def _reason(name: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError):
        return f"the file cannot be opened ({error.strerror or error})"
    # The name stands before the reason already.
    return str(error).removeprefix(f"{name}: ").removeprefix(f"{name} ")
