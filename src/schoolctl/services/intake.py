"""Intake: sources -> drafts -> cleaned and screened questions -> store; every message is accounted for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from schoolctl import __version__
from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.question import Draft, FileAccount, ImportAccount, Refusal, SetAside
from schoolctl.domain.school import Schedule
from schoolctl.errors import SchoolctlError, UnreadableSourceError
from schoolctl.importers.date_order import UndecidedDatesError
from schoolctl.importers.registry import importer_for
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.renderers.question_json import account_view
from schoolctl.services.drafts import Desk, cleaned, in_batches, questions_of
from schoolctl.services.groups import MOST_COMPARED, group_repeats
from schoolctl.services.judgement import Rules, read_rules, with_learning
from schoolctl.services.message_stores import MessageStores
from schoolctl.services.source_files import content_digest, files_in
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_for_change
from schoolctl.store.imported_files import ImportedFiles
from schoolctl.store.output_files import write_files
from schoolctl.store.question_store import QuestionStore
from schoolctl.store.received_dates import ReceivedDates
from schoolctl.store.set_aside_store import SetAsideStore

Progress = Callable[[str, int, int], None]  # file name, bytes read, size
RulesReader = Callable[[], Rules]


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
    rules = cache(partial(_read_rules, workspace, schedule))
    if not workspace.database_path.exists():
        # Mistakes in the rules are told before there is an empty store.
        rules()
    with open_for_change(workspace.database_path, is_rehearsal=request.dry_run) as database:
        account = import_into(database, schedule, rules, request, progress)
    write_report(account, request, report)
    return account


def import_into(
    database: Database, schedule: Schedule, rules: RulesReader, request: IntakeRequest, progress: Progress
) -> ImportAccount:
    """Import every file into a store that the caller opened, each in a transaction of its own; what became of them.

    `rules` is asked when the first file is read: while all are unchanged, no rule is needed.
    """
    options = import_options(schedule, request)
    learnt = cache(lambda: with_learning(rules(), database))
    account = ImportAccount()
    for path in files_in(request.paths):
        intake = _FileIntake(Source(path), request.format, options, request.school, learnt)
        try:
            with database.transaction():
                part, is_unchanged = intake.run(database, progress)
        except (UnreadableSourceError, OSError) as error:
            account.refused.append(_refusal(path, error))
            continue
        part.files.append(
            FileAccount(path.name, part.imported, part.duplicates, part.updated, len(part.set_aside), is_unchanged)
        )
        account.add(part)
    if account.imported or account.updated:
        _group(database, request.school, account)
    return account


def _read_rules(workspace: Workspace, schedule: Schedule) -> Rules:
    try:
        return read_rules(workspace, schedule)
    except OSError as error:
        # Not to be taken for a fault of the file that is imported.
        message = f"{error.filename} cannot be read ({error.strerror or error})"
        raise SchoolctlError(message) from error


def _group(database: Database, school: str | None, account: ImportAccount) -> None:
    with database.transaction():
        store = QuestionStore(database)
        group_repeats(store, (school,))
        if store.has_more(school, MOST_COMPARED):
            account.warnings.append(f"only the newest {MOST_COMPARED:,} questions were looked through for repeats")


def import_answered(
    workspace: Workspace,
    request: IntakeRequest,
    answers: Mapping[str, DateOrder],
    account: ImportAccount,
    progress: Progress,
) -> None:
    """Import those files that `account` lists as refused once more, now that a person told the order of their dates.

    `answers` has the order by the path of a refusal; what becomes of the files is added to `account`.
    """
    account.refused = [refusal for refusal in account.refused if refusal.path not in answers]
    for path, order in answers.items():
        account.add(import_questions(workspace, replace(request, paths=(Path(path),), date_order=order), progress))


def write_report(account: ImportAccount, request: IntakeRequest, report: Path | None) -> None:
    """Write the account of an import into a file (None: into none), in place of what is there; not of a rehearsal."""
    if report is not None and not request.dry_run:
        write_files({report: (json.dumps(account_view(account), ensure_ascii=False, indent=2) + "\n").encode()})


def _refusal(path: Path, error: SchoolctlError | OSError) -> Refusal:
    example = error.example if isinstance(error, UndecidedDatesError) else None
    return Refusal(path.name, _reason(path.name, error), str(path), example)


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
    school: str | None
    rules: RulesReader

    def run(self, database: Database, progress: Progress) -> tuple[ImportAccount, bool]:
        """The account of the file's messages, and whether it was known: an unchanged file is not read again."""
        files = ImportedFiles(database)
        digest = self._digest()
        # Whoever tells the order of the dates may be mending an earlier reading of the very same file.
        known = None if self.options.date_order else files.account_of(digest)
        if known is not None:
            return known, True
        desk = Desk(self.source.name, self.school, self.rules())
        dates = ReceivedDates(database, desk.file) if self.options.date_order else None
        account = self._read(MessageStores(QuestionStore(database), SetAsideStore(database), dates), desk, progress)
        files.record(digest, account)
        return account, False

    def _read(self, stores: MessageStores, desk: Desk, progress: Progress) -> ImportAccount:
        source, account = self.source, ImportAccount()
        for batch in in_batches(self._items()):
            progress(source.name, source.consumed, source.size)
            items = [cleaned(item, self.options.limits) if isinstance(item, Draft) else item for item in batch]
            questions = iter(questions_of([item for item in items if isinstance(item, Draft)], desk))
            for item in items:
                stores.keep(item if isinstance(item, SetAside) else next(questions), desk, account)
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

    def _digest(self) -> str:
        """What a file's account depends on: its bytes and name, how it is read, and for which school."""
        digest = content_digest(self.source.path)
        options = self.options
        told = (
            __version__,
            self.source.name,
            self.format,
            self.school,
            str(options.zone),
            sorted(options.own_names),
            sorted(options.own_addresses),
            sorted(options.columns.items()),
            options.date_order,
            options.limits,
        )
        digest.update(repr(told).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def import_options(schedule: Schedule, request: IntakeRequest) -> ImportOptions:
    """How the files are read: what the schedule tells of the organisers, and what the request says."""
    organizer = schedule.organizer
    return ImportOptions(
        zone=schedule.zone,
        own_names=frozenset((*organizer.chat_names, *organizer.name.values(), *_doctors(schedule))),
        own_addresses=frozenset(address for address in (organizer.email, organizer.whatsapp) if address),
        columns=request.columns,
        date_order=request.date_order,
        limits=schedule.limits,
    )


def _doctors(schedule: Schedule) -> Iterator[str]:
    """The names of those who speak and lead: what they write in a meeting's chat is no patient's question."""
    for school in schedule.schools:
        for who in (*school.speakers, *([school.moderator] if school.moderator else [])):
            yield from [who.name] if isinstance(who.name, str) else who.name.values()


def _reason(name: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError):
        return f"the file cannot be opened ({error.strerror or error})"
    # The name stands before the reason already.
    return str(error).removeprefix(f"{name}: ").removeprefix(f"{name} ")
