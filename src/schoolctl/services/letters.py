"""The letters of a mailing: the announcement's words in a recipient's language, with the invite."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from schoolctl.domain.announcement import Kind, check_kind, kind_notes, organizer_facts
from schoolctl.domain.announcement_changes import Told, told_by, told_fingerprint
from schoolctl.domain.invite import Method
from schoolctl.domain.mailing import KINDS_WITH_INVITE
from schoolctl.domain.recipient import Recipient
from schoolctl.domain.school import Schedule, School
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.mail import Mail, render_mail
from schoolctl.renderers.mail_draft import CalendarPart, Letter, MadeOf, Mailbox
from schoolctl.services import clock
from schoolctl.services.invites import IssuedInvites, invite_files
from schoolctl.services.recaps import recap_announcement
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database


class LetterWriter:
    """Writes the letters of one mailing; `moment` is when, `notes` what an organiser should know of the texts."""

    def __init__(
        self, workspace: Workspace, database: Database, schedule: Schedule, school: School, kind: Kind
    ) -> None:
        """Gather what is announced; SchoolctlError when it would not be true."""
        self.moment = clock.now().astimezone(schedule.zone).replace(second=0, microsecond=0)
        check_kind(kind, [school], self.moment)
        self.notes: Sequence[str] = kind_notes(kind, [school], self.moment)
        self._workspace, self._database, self._schedule, self._school = workspace, database, schedule, school
        self._kind = kind
        self._announcement = _announcement(database, schedule, school, kind, self.moment)
        self._mail = cache(lambda language: _mail(workspace, self._announcement, language))

    def issue_invites(self, people: Sequence[tuple[str, str]]) -> IssuedInvites | None:
        """The invites that go to (address, language) each, or for nobody by name to everybody; None without any.

        To be called in a transaction: they are recorded as issued.
        """
        if self._kind not in KINDS_WITH_INVITE:
            return None
        return invite_files(self._database, self._workspace, self._schedule, self._school, people)

    def letter(self, recipient: Recipient, invite: bytes | None, method: Method, sender: str = "") -> Letter:
        """The letter to one person; `sender` is the address it comes from when it is not the organiser's."""
        own = self._organizer(recipient.language)
        reply_to = own.email if sender and sender.lower() != own.email.lower() else ""
        return Letter(
            mail=self._mail(recipient.language),
            sender=Mailbox(own.name, sender or own.email),
            to=Mailbox(recipient.name, recipient.email),
            moment=self.moment,
            calendar=self._calendar(invite, method),
            reply_to=reply_to,
            made_of=self._made_of(recipient.language),
        )

    def told(self, language: str) -> Told:
        """What a letter in this language tells."""
        return told_by(self._kind, self._school, language)

    def letter_to_all(self, language: str, emails: Sequence[str], invite: bytes | None, method: Method) -> Letter:
        """One letter to many who do not see each other: it is addressed to the organiser."""
        own = self._organizer(language)
        calendar = self._calendar(invite, method)
        made_of = self._made_of(language)
        return Letter(self._mail(language), own, own, self.moment, calendar, bcc=emails, made_of=made_of)

    @property
    def own_address(self) -> str:
        """The organiser's address."""
        return self._organizer(self._schedule.languages[0]).email

    def _made_of(self, language: str) -> MadeOf:
        return MadeOf(self._kind, told_fingerprint(self.told(language)))

    def _organizer(self, language: str) -> Mailbox:
        facts = organizer_facts(self._schedule.organizer, language)
        return Mailbox(facts.name, facts.email)

    def _calendar(self, invite: bytes | None, method: Method) -> CalendarPart | None:
        # In Latin letters: badly encoded names become "noname" on their way.
        name = f"invite-{self._school.starts:%Y-%m-%d}.ics"
        return CalendarPart(method, name, invite) if invite else None


def _announcement(database: Database, schedule: Schedule, school: School, kind: Kind, moment: datetime) -> Announcement:
    if kind == "recap":
        return recap_announcement(database, schedule, [school], moment)
    return Announcement(kind, schedule.organizer, [school], moment)


def _mail(workspace: Workspace, announcement: Announcement, language: str) -> Mail:
    return render_mail(workspace.templates, announcement, language)
