"""What is issued now of a school: the revision that is due, its files, and its record in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolctl.domain.invite import Method, Revision, Told, content_fingerprint, next_revision, told_of
from schoolctl.domain.invite_changes import described
from schoolctl.domain.school import Schedule, School
from schoolctl.renderers.invite import InviteRequest, invite_templates, render_invite
from schoolctl.services import clock
from schoolctl.services.workspace import Workspace
from schoolctl.store.invite_ledger import Copy, InviteLedger


@dataclass(frozen=True, slots=True)
class Issue:
    """A school's invite as it would be issued now: `revision` is the last one when nothing changed since."""

    workspace: Workspace
    schedule: Schedule
    school: School
    ledger: InviteLedger
    last: Revision | None
    revision: Revision
    told: Told

    @property
    def is_change(self) -> bool:
        """Whether this is another revision than the last one."""
        return self.revision != self.last

    def method(self, attendee: str | None) -> Method:
        """REQUEST for a person, PUBLISH for everybody, CANCEL for a school that is off."""
        if self.school.is_cancelled:
            return "CANCEL"
        return "REQUEST" if attendee else "PUBLISH"

    def request(self, language: str, attendee: str | None) -> InviteRequest:
        """The entry for one person, or (None) for everybody."""
        organizer = self.schedule.organizer
        return InviteRequest(self.school, organizer, self.revision, language, self.method(attendee), attendee)

    def render(self, language: str, attendee: str | None) -> bytes:
        """The `.ics` file for one person, or (None) for everybody."""
        return render_invite(self.workspace.templates, self.request(language, attendee))

    def record(self, copies: Iterable[Copy]) -> None:
        """Keep the revision and who got it."""
        self.ledger.record_revision(self.school.id, self.revision, self.told)
        for copy in copies:
            self.ledger.record_copy(self.school.id, self.revision, copy, clock.now())

    def changes_since(self, sequence: int) -> tuple[str, ...]:
        """What is new for somebody who holds an earlier revision, in an organiser's words."""
        if sequence >= self.revision.sequence:
            return ()
        before = self.ledger.told(self.school.id, sequence)
        return tuple(described(before, self.told))


def begin_issue(workspace: Workspace, schedule: Schedule, school: School, ledger: InviteLedger) -> Issue:
    """Compare a school with what the ledger says was issued of it; nothing is recorded yet."""
    sources = invite_templates(workspace.templates, schedule.languages)
    last = ledger.last_revision(school.id)
    revision = next_revision(last, content_fingerprint(school, schedule.organizer, sources), clock.now())
    told = told_of(school, schedule.organizer, sources)
    return Issue(workspace, schedule, school, ledger, last, revision, told)


def older_note(school: School, ledger: InviteLedger, sequence: int, *, cancelling: bool = False) -> list[str]:
    """Who by name holds an older revision than `sequence`, and how to send them the new one."""
    behind = len(ledger.holders(school.id).people_behind(sequence))
    if not behind:
        return []
    people = "1 person has" if behind == 1 else f"{behind} people have"
    option = " --cancel" if cancelling else ""
    return [f"{people} an older one: schoolctl invite {school.id}{option} --everyone --force"]
