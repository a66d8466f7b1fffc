"""Mailings as drafts: one for each person, or one for each language, to open and send in a mail program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path

from schoolctl.domain.invite import Method
from schoolctl.domain.school import Schedule
from schoolctl.renderers.mail_draft import Letter, render_draft
from schoolctl.services.announce import AnnouncementOrder, announce
from schoolctl.services.audience import Audience, MailingOrder, audience_of
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.invites import IssuedInvites
from schoolctl.services.letters import LetterWriter
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_for_change

_DATE = re.compile(rb"(?m)^Date: ([^\r\n]{1,60})\r$")
# Many mail servers take no more in one mail.
_MANY = 100


@dataclass(frozen=True, slots=True)
class DraftedMailing:
    """The drafts of a mailing, and who it is for."""

    documents: Documents
    audience: Audience


@dataclass(frozen=True, slots=True)
class _Drafting:
    """What the drafts are made of."""

    writer: LetterWriter
    audience: Audience
    issued: IssuedInvites | None

    @property
    def method(self) -> Method:
        return self.issued.method if self.issued else "REQUEST"

    def each(self) -> Iterator[tuple[str, Letter]]:
        """A letter for each recipient, by file name."""
        files = self.issued.files if self.issued else {}
        for number, recipient in self.audience.recipients.items():
            letter = self.writer.letter(recipient, files.get(recipient.email), self.method)
            yield f"mail.{recipient.language}.{number}.eml", letter

    def for_all(self) -> Iterator[tuple[str, Letter]]:
        """A letter for each language with everybody in Bcc; its invite names nobody."""
        files = self.issued.public if self.issued else {}
        method: Method = "CANCEL" if self.method == "CANCEL" else "PUBLISH"
        for language in self.audience.by_language:
            emails = [one.email for one in self.audience.recipients.values() if one.language == language]
            letter = self.writer.letter_to_all(language, emails, files.get(language), method)
            yield f"mail.{language}.1.eml", letter


def draft_mails(
    workspace: Workspace, order: MailingOrder, destination: Destination, *, is_bcc: bool = False
) -> DraftedMailing:
    """A draft for each recipient (`is_bcc`: for each language), recorded as far as calendars must be updated later."""
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    folder = destination.folder_for(workspace, school)
    with open_for_change(workspace.database_path, is_rehearsal=destination.dry_run) as database, database.transaction():
        drafting = _begin(workspace, database, schedule, order, is_bcc=is_bcc)
        letters = drafting.for_all() if is_bcc else drafting.each()
        files = {folder / name: _kept_or_new(folder / name, letter) for name, letter in letters}
        # Refused files must leave the ledger of invites as it was.
        destination.check(files)
    notes = [
        *drafting.writer.notes,
        *_changed(drafting.issued),
        *_bcc_notes(drafting.audience, is_bcc=is_bcc),
        *_older_drafts(folder, files),
    ]
    return DraftedMailing(destination.deliver(files, notes), drafting.audience)


def paste_texts(workspace: Workspace, order: MailingOrder, destination: Destination) -> Documents:
    """The words alone, to paste into a mail written on a web page: what `announce --channel email` writes."""
    wanted = AnnouncementOrder([order.school_id], order.kind, order.language, ("email",))
    return announce(workspace, wanted, destination)


def _begin(
    workspace: Workspace, database: Database, schedule: Schedule, order: MailingOrder, *, is_bcc: bool
) -> _Drafting:
    school = schedule.school(order.school_id)
    writer = LetterWriter(workspace, database, schedule, school, order.kind)
    audience = audience_of(database, schedule, school, order)
    people = [] if is_bcc else [(one.email, one.language) for one in audience.recipients.values()]
    # Without people by name it would be a file for everybody that is issued.
    is_for_anybody = is_bcc or people
    issued = writer.issue_invites(people) if is_for_anybody else None
    return _Drafting(writer, audience, issued)


def _kept_or_new(path: Path, letter: Letter) -> bytes:
    """The draft; one that lies there already and says the same keeps its date."""
    try:
        old = path.read_bytes()
    except FileNotFoundError:
        return render_draft(letter)
    if date := _DATE.search(old):
        try:
            kept = render_draft(replace(letter, moment=parsedate_to_datetime(date[1].decode("ascii"))))
        except ValueError:
            return render_draft(letter)
        if kept == old:
            return old
    return render_draft(letter)


def _changed(issued: IssuedInvites | None) -> Iterator[str]:
    if issued and issued.words:
        yield f"changed since the invite was last issued: {', '.join(issued.words)}"


def _bcc_notes(audience: Audience, *, is_bcc: bool) -> Iterator[str]:
    for language, number in audience.by_language.items():
        if is_bcc and number > _MANY:
            yield f"mail.{language}.1.eml has {number} recipients: many servers take {_MANY} at most in one mail"


def _older_drafts(folder: Path, files: dict[Path, bytes]) -> Iterator[str]:
    if folder.is_dir():
        names = {path.name for path in files}
        older = sorted(path.name for path in folder.glob("mail.*.eml") if path.name not in names)
        if older:
            # Whoever opens all drafts of the folder would send an older mailing once more.
            yield f"{len(older)} drafts of another mailing lie there too: {older[0]} …"
