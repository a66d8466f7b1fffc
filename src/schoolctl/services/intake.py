"""Intake: sources -> drafts -> cleaned and screened questions -> store; every message is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from schoolctl.domain.language_guess import guess_language
from schoolctl.domain.privacy import redact
from schoolctl.domain.question import (
    Draft,
    ImportAccount,
    Question,
    Refusal,
    SetAside,
    SetAsideNote,
    SourceRef,
)
from schoolctl.domain.school import Schedule
from schoolctl.domain.screening import Cue, screen
from schoolctl.domain.text import clean_line, clean_text
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.mojibake import repair_mojibake
from schoolctl.importers.registry import importer_for
from schoolctl.importers.source import DateOrder, ImportOptions, Source
from schoolctl.services.workspace import Workspace
from schoolctl.store.cue_files import read_cues
from schoolctl.store.database import open_copy, open_database
from schoolctl.store.question_store import QuestionStore

LONGEST_QUESTION = 20_000  # characters
Progress = Callable[[str, int, int], None]  # file name, bytes read, size
_PROGRESS_EVERY = 32


@dataclass(frozen=True, slots=True)
class IntakeRequest:
    """What to import and how: see ImportOptions for `columns` and `date_order`; `format` is `auto` or an importer's."""

    paths: Sequence[Path]
    school: str | None = None
    format: str = "auto"
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    dry_run: bool = False


def import_questions(workspace: Workspace, request: IntakeRequest, progress: Progress) -> ImportAccount:
    """Import every file; one that cannot be read is refused by name and the others go on."""
    schedule = workspace.schedule()
    if request.school:
        schedule.school(request.school)
    options = _import_options(schedule, request)
    cues = read_cues(workspace.templates)
    account = ImportAccount()
    # A rehearsal works on a copy in memory: the same path to the end, and nothing to take back.
    opened = (
        open_copy(workspace.database_path)
        if request.dry_run
        else open_database(workspace.database_path, for_writing=True)
    )
    with opened as database:
        for path in _files(request.paths):
            desk = _Desk(QuestionStore(database), path.name, request.school, cues)
            try:
                with database.transaction():
                    account.add(_import_file(Source(path), request.format, options, desk, progress))
            except (UnreadableSourceError, OSError) as error:
                account.refused.append(Refusal(path.name, _reason(error)))
    return account


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every draft of one file is worked on with."""

    store: QuestionStore
    file: str
    school: str | None
    cues: Sequence[Cue]


def _import_file(
    source: Source, format_name: str, options: ImportOptions, desk: _Desk, progress: Progress
) -> ImportAccount:
    account = ImportAccount()
    importer = importer_for(source, format_name)
    for count, item in enumerate(importer.read(source, options)):
        if count % _PROGRESS_EVERY == 0:
            progress(source.name, source.consumed, source.size)
        _account_for(item, desk, account)
    progress(source.name, source.size, source.size)
    if not account.seen:
        account.warnings.append(f"{source.name} holds no messages")
    return account


def _account_for(item: Draft | SetAside, desk: _Desk, account: ImportAccount) -> None:
    """Store one item and count it; every item ends in exactly one column of the account."""
    if isinstance(item, Draft):
        item = _cleaned(item)
    if isinstance(item, SetAside):
        desk.store.add_set_aside(desk.file, item)
        account.set_aside.append(SetAsideNote(desk.file, item.position, item.reason))
        return
    outcome = desk.store.add(_question(item, desk))
    if outcome == "imported":
        account.imported += 1
    elif outcome == "duplicate":
        account.duplicates += 1
    else:
        account.updated += 1


def _cleaned(draft: Draft) -> Draft | SetAside:
    """The draft with its texts mended and normalised, or set aside when no words are left or far too many."""
    text, repairs = repair_mojibake(draft.text)
    original, _ = repair_mojibake(draft.original_text)
    name, _ = repair_mojibake(draft.sender.name)
    clean = replace(
        draft,
        text=clean_text(text),
        original_text=clean_text(original),
        sender=replace(draft.sender, name=clean_line(name), email=clean_line(draft.sender.email).lower()),
        message_id=clean_line(draft.message_id),
        repairs=tuple(clean_line(repair) for repair in (*draft.repairs, *repairs)),
    )
    if not clean.text:
        return SetAside(draft.position, "no text", clean)
    if len(clean.text) > LONGEST_QUESTION:
        return SetAside(draft.position, f"longer than {LONGEST_QUESTION:,} characters", clean)
    return clean


def _question(draft: Draft, desk: _Desk) -> Question:
    language = guess_language(draft.text)
    return Question(
        id=0,
        channel=draft.channel,
        text=draft.text,
        original_text=draft.original_text,
        redacted_text=redact(draft.text, language, draft.sender),
        language=language,
        sender=draft.sender,
        received_at=draft.received_at,
        zone_assumed=draft.zone_assumed,
        source=SourceRef(desk.file, draft.position),
        screening=screen(draft.text, desk.cues),
        message_id=draft.message_id,
        school=desk.school,
        repairs=draft.repairs,
    )


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


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError):
        return f"the file cannot be opened ({error.strerror or error})"
    return str(error)
