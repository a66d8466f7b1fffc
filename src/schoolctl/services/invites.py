"""Inviting: a school -> calendar files that update and cancel each other, with a ledger of what was issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from schoolctl.domain.announcement import languages_of, organizer_facts
from schoolctl.domain.invite import Method, Revision
from schoolctl.domain.school import Schedule, School, email_fault
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.invite_issue import Issue, begin_issue, older_note
from schoolctl.services.invite_targets import (
    Target,
    everybody,
    known_people,
    named_people,
    oldest_held,
    record_targets,
)
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_for_change
from schoolctl.store.invite_ledger import InviteLedger


@dataclass(frozen=True, slots=True)
class InviteOrder:
    """Whom to invite to which school (nobody by name: a file for everybody), or to tell that it is cancelled.

    `for_everyone`: a file for each person who was invited by name before.
    """

    school_id: str
    language: str = "all"
    attendees: Sequence[str] = ()
    is_cancellation: bool = False
    for_everyone: bool = False


@dataclass(frozen=True, slots=True)
class IssuedInvites:
    """Calendar files for a mailing, recorded as issued.

    `files` holds the file of each recipient under the address as it was given, `public` a file for everybody in each
    language. `words` say what is new for the recipient who holds the oldest revision, nothing when all are new.
    """

    method: Method
    revision: Revision
    files: Mapping[str, bytes]
    public: Mapping[str, bytes]
    words: tuple[str, ...]


def issue_invites(workspace: Workspace, order: InviteOrder, destination: Destination) -> Documents:
    """The calendar files of a school: for everybody, or one for each attendee; a cancelled school gives CANCEL.

    The revision is recorded before the files are written: a command killed in between gives the same files next time.
    """
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    school = replace(school, is_cancelled=school.is_cancelled or order.is_cancellation)
    invited = _checked_order(order, schedule)
    with open_for_change(workspace.database_path, is_rehearsal=destination.dry_run) as database, database.transaction():
        issue = begin_issue(workspace, schedule, school, InviteLedger(database))
        _refuse_untrue_cancellation(issue, invited)
        targets = _targets(issue, order, invited)
        files = _files(issue, targets, destination.folder_for(workspace, school))
        # Refused files must leave the ledger as it was: a SEQUENCE nobody received would be lost.
        destination.check(files)
        notes = [_revision_note(issue, targets)]
        record_targets(issue, targets, keep_languages=order.language != "all")
        notes += older_note(school, issue.ledger, issue.revision.sequence, cancelling=order.is_cancellation)
    return destination.deliver(files, notes)


def invite_files(
    database: Database, workspace: Workspace, schedule: Schedule, school: School, recipients: Sequence[tuple[str, str]]
) -> IssuedInvites:
    """The files for a mailing to (e-mail address, language) each, recorded in the caller's transaction.

    The language given is kept as the recipient's. Without recipients the files for everybody are what is issued. There
    is no file for the organiser's own address and, of a cancelled school, for somebody who was never invited; of one
    that was never issued to anybody there is none at all. WrongUsageError for an address that is none.
    """
    issue = begin_issue(workspace, schedule, school, InviteLedger(database))
    if school.is_cancelled and not issue.ledger.holders(school.id).are_any:
        return IssuedInvites("CANCEL", issue.revision, {}, {}, ())
    addresses = {email: _checked_address(email) for email, _ in recipients}
    mailed = _mailed(issue, {addresses[email]: language for email, language in recipients})
    codes = tuple(dict.fromkeys(language for _, language in recipients)) or schedule.languages
    targets = mailed if recipients else [everybody(codes)]
    words = _news(issue, targets)
    record_targets(issue, targets, keep_languages=True)
    files = _files_by_address(issue, mailed, addresses)
    public = {code: issue.render(code, None) for code in codes}
    return IssuedInvites(issue.method(next(iter(files), None)), issue.revision, files, public, words)


def _mailed(issue: Issue, languages: Mapping[str, str]) -> list[Target]:
    """Who of those a mailing goes to, each with a language, gets a file of their own."""
    known, own = issue.ledger.recipients(issue.school.id), _own_address(issue.schedule)
    invited = [email for email in languages if email != own and (email in known or not issue.school.is_cancelled)]
    return [one._replace(languages=(languages[str(one.email)],)) for one in named_people(issue, invited, "all")]


def _files_by_address(issue: Issue, mailed: Sequence[Target], addresses: Mapping[str, str]) -> dict[str, bytes]:
    """Each person's file under the address as it was given; `addresses` leads from there to the one that is kept."""
    rendered = {target.email: issue.render(target.languages[0], target.email) for target in mailed}
    return {given: rendered[address] for given, address in addresses.items() if address in rendered}


def _news(issue: Issue, targets: Sequence[Target]) -> tuple[str, ...]:
    held = oldest_held(issue, targets)
    return issue.changes_since(held) if held is not None else ()


def _checked_order(order: InviteOrder, schedule: Schedule) -> list[str]:
    """The attendees' addresses in small letters, each once."""
    if order.for_everyone and order.attendees:
        message = "give --attendee or --everyone, not both"
        raise WrongUsageError(message)
    own = _own_address(schedule)
    checked = [_checked_address(address) for address in order.attendees]
    if own in checked:
        typed = order.attendees[checked.index(own)]
        message = f"{typed} is the organiser: calendars show no invitation to the one who invites"
        raise WrongUsageError(message)
    return list(dict.fromkeys(checked))


def _checked_address(address: str) -> str:
    if fault := email_fault(address):
        raise WrongUsageError(fault)
    return address.lower()


def _own_address(schedule: Schedule) -> str:
    return organizer_facts(schedule.organizer, schedule.languages[0]).email.lower()


def _refuse_untrue_cancellation(issue: Issue, invited: Sequence[str]) -> None:
    school = issue.school
    if not school.is_cancelled:
        return
    if not issue.ledger.holders(school.id).are_any:
        message = f"no invite of {school.id} was ever issued, so there is nothing to cancel in calendars"
        raise SchoolctlError(message)
    known = issue.ledger.recipients(school.id)
    if stranger := next((email for email in invited if email not in known), None):
        message = f"{stranger} was never invited to {school.id}, so there is nothing to cancel in that calendar"
        raise SchoolctlError(message)


def _targets(issue: Issue, order: InviteOrder, invited: Sequence[str]) -> list[Target]:
    """Who gets files. A cancellation reaches everyone ever invited, unless people are named."""
    if invited:
        return named_people(issue, invited, order.language)
    people = known_people(issue, order.language) if order.for_everyone or issue.school.is_cancelled else []
    if not order.for_everyone:
        return [everybody(languages_of(issue.schedule, order.language)), *people]
    if not people:
        message = (
            f"nobody was invited to {issue.school.id} by name yet: schoolctl invite {issue.school.id} --attendee …"
        )
        raise SchoolctlError(message)
    return people


def _files(issue: Issue, targets: Sequence[Target], folder: Path) -> dict[Path, bytes]:
    """The files by their names, a language after the other."""
    codes = dict.fromkeys(code for target in targets for code in target.languages)
    wanted = [(code, target) for code in codes for target in targets if code in target.languages]
    return {folder / _invite_name(code, target.number): issue.render(code, target.email) for code, target in wanted}


def _invite_name(language: str, number: int) -> str:
    return f"invite.{language}.{number}.ics" if number else f"invite.{language}.ics"


def _revision_note(issue: Issue, targets: Sequence[Target]) -> str:
    held, sequence = oldest_held(issue, targets), issue.revision.sequence
    if held is None:
        return f"first issue (SEQUENCE {sequence})"
    if held == sequence:
        return f"unchanged since it was last issued (SEQUENCE {sequence})"
    return f"changed since it was last issued: {', '.join(issue.changes_since(held))} (SEQUENCE is now {sequence})"
