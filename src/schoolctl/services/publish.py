"""Publishing: the schedule and the accepted questions -> announcement posts, invites and agendas on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from schoolctl.domain.agenda import build_agenda
from schoolctl.domain.announcement import Kind, check_kind, languages_of, organizer_facts
from schoolctl.domain.invite import Method, Revision, content_fingerprint, next_revision
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.local_time import parse_moment
from schoolctl.domain.question import Question
from schoolctl.domain.school import Schedule, School, email_fault
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.renderers.invite import InviteRequest, invite_templates, render_invite
from schoolctl.renderers.registry import AGENDA_FORMATS
from schoolctl.renderers.site_post import earlier_post, post_folder, publication_of, render_post
from schoolctl.services import clock
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_copy, open_database
from schoolctl.store.invite_ledger import InviteLedger
from schoolctl.store.output_files import refuse_to_overwrite, write_files
from schoolctl.store.question_store import QuestionFilter, QuestionStore


@dataclass(frozen=True, slots=True)
class Destination:
    """Where documents go: a folder (None: `out/SCHOOL-ID/`), to standard output, or nowhere in a rehearsal.

    `force` allows replacing files that differ.
    """

    folder: Path | None = None
    to_stdout: bool = False
    force: bool = False
    dry_run: bool = False

    def folder_for(self, workspace: Workspace, school: School) -> Path:
        """The folder to write to."""
        return self.folder if self.folder is not None else workspace.root / "out" / school.id

    def check(self, files: Mapping[Path, bytes]) -> None:
        """Refuse before anything is recorded or written."""
        if not self.to_stdout:
            refuse_to_overwrite(files, force=self.force)
        elif len(files) != 1:
            message = f"--out - shows one document, this would be {len(files)}: choose one with --lang"
            raise WrongUsageError(message)

    def deliver(self, files: Mapping[Path, bytes], notes: Sequence[str] = ()) -> Documents:
        """Write the files (unless they go to standard output or this is a rehearsal) and say what they are."""
        if not (self.to_stdout or self.dry_run):
            write_files(files)
        return Documents(dict(files), tuple(notes))


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents a command made, with their contents, and what the organiser should know about them."""

    files: Mapping[Path, bytes]
    notes: tuple[str, ...] = ()


def announce(
    workspace: Workspace,
    school_ids: Sequence[str],
    kind: Kind,
    language: str,
    destination: Destination,
    *,
    publish_at: str | None = None,
    news_dir: Path | None = None,
) -> Documents:
    """One post about one or several schools, a page for each language, in a folder as the Center's site wants it."""
    schedule = workspace.schedule()
    schools = sorted((schedule.school(school_id) for school_id in dict.fromkeys(school_ids)), key=lambda s: s.starts)
    check_kind(kind, schools)
    target = news_dir or destination.folder_for(workspace, schools[0])
    existing = sorted(folder.name for folder in target.iterdir()) if target.is_dir() else []
    published = _publication(schedule, target, earlier_post(existing, kind, schools), publish_at)
    folder = target / post_folder(existing, kind, schools, published)
    files = {
        folder / f"item.{code}.md": render_post(
            workspace.templates, kind, code, schedule.organizer, schools, published
        ).encode()
        for code in languages_of(schedule, language)
    }
    destination.check(files)
    return destination.deliver(files, _past_schools(schools, published))


def invite(
    workspace: Workspace,
    school_id: str,
    language: str,
    destination: Destination,
    *,
    attendees: Sequence[str] = (),
    is_cancellation: bool = False,
) -> Documents:
    """The calendar files of a school: for everybody, or one for each attendee; a cancelled school gives CANCEL.

    The revision is recorded before the files are written: a command killed in between gives the same files next time.
    """
    schedule = workspace.schedule()
    school = schedule.school(school_id)
    school = replace(school, is_cancelled=school.is_cancelled or is_cancellation)
    languages = languages_of(schedule, language)
    invited = _checked_attendees(attendees, schedule)
    sources = invite_templates(workspace.templates, schedule.languages)
    fingerprint = content_fingerprint(school, schedule.organizer, sources)
    with _database(workspace, destination) as database, database.transaction():
        ledger = InviteLedger(database)
        last = ledger.last_revision(school.id)
        if school.is_cancelled and last is None:
            message = f"no invite of {school.id} was ever issued, so there is nothing to cancel in calendars"
            raise SchoolctlError(message)
        revision = next_revision(last, fingerprint, clock.now())
        recipients = _recipients(ledger.recipients(school.id), invited, school)
        folder = destination.folder_for(workspace, school)
        files = {
            folder / _invite_name(code, number): render_invite(
                workspace.templates,
                InviteRequest(school, schedule.organizer, revision, code, _method(school, attendee), attendee),
            )
            for code in languages
            for attendee, number in recipients
        }
        destination.check(files)
        ledger.record_revision(school.id, revision)
        ledger.record_recipients(school.id, {email: number for email, number in recipients if email})
    return destination.deliver(files, [_revision_note(last, revision)])


def agenda(
    workspace: Workspace, school_id: str, formats: Sequence[str], language: str, destination: Destination
) -> Documents:
    """The agenda of a school with its accepted questions, one file for each format and language."""
    if unknown := next((name for name in formats if name not in AGENDA_FORMATS), None):
        message = f'an agenda has no format "{unknown}". Formats: {", ".join(AGENDA_FORMATS)}'
        raise WrongUsageError(message)
    schedule = workspace.schedule()
    school = schedule.school(school_id)
    made = build_agenda(school, _accepted(workspace, school_id), tuple(LANGUAGES["en"].themes))
    folder = destination.folder_for(workspace, school)
    files = {
        folder / f"agenda.{code}.{name}": AGENDA_FORMATS[name](workspace.templates, made, code)
        for code in languages_of(schedule, language)
        for name in formats
    }
    destination.check(files)
    return destination.deliver(files)


def _accepted(workspace: Workspace, school_id: str) -> list[Question]:
    with open_database(workspace.database_path, for_writing=False) as database:
        return QuestionStore(database).find(QuestionFilter(school=school_id, statuses=("accepted",)))


def _publication(schedule: Schedule, target: Path, earlier: str | None, publish_at: str | None) -> datetime:
    """The moment of publication: as told, else as the post that is there already says, else now."""
    told = parse_moment(publish_at, schedule.zone) if publish_at else None
    before = None
    if earlier is not None:
        pages = sorted((target / earlier).glob("item.*.md"))
        before = publication_of(pages[0].read_text("utf-8")) if pages else None
    if told and before and told.date() != before.date():
        message = (
            f"this post is there already, for {before:%Y-%m-%d}: {target / earlier if earlier else target}. "
            "Leave --publish-at out to keep its day, or remove that folder first"
        )
        raise SchoolctlError(message)
    if told is None and before is not None:
        return before.replace(tzinfo=schedule.zone)
    return told or clock.now().astimezone(schedule.zone).replace(second=0, microsecond=0)


def _past_schools(schools: Sequence[School], published: datetime) -> list[str]:
    return [f"school {school.id} is over on the day of publication" for school in schools if school.ends <= published]


def _database(workspace: Workspace, destination: Destination) -> AbstractContextManager[Database]:
    if destination.dry_run:
        return open_copy(workspace.database_path)
    return open_database(workspace.database_path, for_writing=True)


def _checked_attendees(attendees: Sequence[str], schedule: Schedule) -> list[str]:
    own = organizer_facts(schedule.organizer, schedule.languages[0]).email
    checked: list[str] = []
    for address in attendees:
        if fault := email_fault(address):
            raise WrongUsageError(fault)
        if address.lower() == own.lower():
            message = f"{address} is the organiser: calendars show no invitation to the one who invites"
            raise WrongUsageError(message)
        checked.append(address.lower())
    return list(dict.fromkeys(checked))


def _recipients(known: dict[str, int], invited: Sequence[str], school: School) -> list[tuple[str | None, int]]:
    """Who gets a file, with the number in its name; (None, 0) is the file for everybody."""
    if not invited:
        everyone: list[tuple[str | None, int]] = [(None, 0)]
        return everyone + (list(known.items()) if school.is_cancelled else [])
    following = max(known.values(), default=0) + 1
    new = [email for email in invited if email not in known]
    numbers = known | {email: following + index for index, email in enumerate(new)}
    return [(email, numbers[email]) for email in invited]


def _method(school: School, attendee: str | None) -> Method:
    if school.is_cancelled:
        return "CANCEL"
    return "REQUEST" if attendee else "PUBLISH"


def _invite_name(language: str, number: int) -> str:
    return f"invite.{language}.{number}.ics" if number else f"invite.{language}.ics"


def _revision_note(last: Revision | None, revision: Revision) -> str:
    if last is None:
        return f"first issue (SEQUENCE {revision.sequence})"
    if last == revision:
        return f"unchanged since it was last issued (SEQUENCE {revision.sequence})"
    return f"changed since it was last issued: SEQUENCE is now {revision.sequence}"
