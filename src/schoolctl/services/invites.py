"""Inviting: a school -> calendar files that update and cancel each other, with a ledger of what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from schoolctl.domain.announcement import languages_of, organizer_facts
from schoolctl.domain.invite import Method, Revision, content_fingerprint, next_revision
from schoolctl.domain.school import Schedule, School, email_fault
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.renderers.invite import InviteRequest, invite_templates, render_invite
from schoolctl.services import clock
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_for_change
from schoolctl.store.invite_ledger import InviteLedger


@dataclass(frozen=True, slots=True)
class InviteOrder:
    """Whom to invite to which school (nobody by name: a file for everybody), or to tell that it is cancelled."""

    school_id: str
    language: str = "all"
    attendees: Sequence[str] = ()
    is_cancellation: bool = False


def issue_invites(workspace: Workspace, order: InviteOrder, destination: Destination) -> Documents:
    """The calendar files of a school: for everybody, or one for each attendee; a cancelled school gives CANCEL.

    The revision is recorded before the files are written: a command killed in between gives the same files next time.
    """
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    school = replace(school, is_cancelled=school.is_cancelled or order.is_cancellation)
    languages = languages_of(schedule, order.language)
    invited = _checked_attendees(order.attendees, schedule)
    sources = invite_templates(workspace.templates, schedule.languages)
    fingerprint = content_fingerprint(school, schedule.organizer, sources)
    with open_for_change(workspace.database_path, is_rehearsal=destination.dry_run) as database, database.transaction():
        ledger = InviteLedger(database)
        last = ledger.last_revision(school.id)
        if school.is_cancelled and last is None:
            message = f"no invite of {school.id} was ever issued, so there is nothing to cancel in calendars"
            raise SchoolctlError(message)
        revision = next_revision(last, fingerprint, clock.now())
        recipients = _recipients(ledger.recipients(school.id), invited, school)
        requests = {
            _invite_name(code, number): _request(schedule, school, revision, code, attendee)
            for code in languages
            for attendee, number in recipients
        }
        folder = destination.folder_for(workspace, school)
        files = {folder / name: render_invite(workspace.templates, request) for name, request in requests.items()}
        # Refused files must leave the ledger as it was: a SEQUENCE nobody received would be lost.
        destination.check(files)
        ledger.record_revision(school.id, revision)
        ledger.record_recipients(school.id, {email: number for email, number in recipients if email})
    return destination.deliver(files, [_revision_note(last, revision)])


def _request(
    schedule: Schedule, school: School, revision: Revision, language: str, attendee: str | None
) -> InviteRequest:
    return InviteRequest(school, schedule.organizer, revision, language, _method(school, attendee), attendee)


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
    if invited:
        numbers = _numbered(known, invited)
        return [(email, numbers[email]) for email in invited]
    # A cancellation reaches everyone ever invited, whoever of them is named this time.
    return [(None, 0), *(known.items() if school.is_cancelled else ())]


def _numbered(known: dict[str, int], invited: Sequence[str]) -> dict[str, int]:
    # A person keeps the number for ever: it is the name of the file that updates the earlier one.
    following = max(known.values(), default=0) + 1
    new = [email for email in invited if email not in known]
    return known | {email: following + index for index, email in enumerate(new)}


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
