"""Sending a mailing through a mail server: to each person once, however often it is run and whenever it was killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from schoolctl.domain.mailing import MailingKey, MailState, mailing_key
from schoolctl.domain.recipient import Recipient
from schoolctl.errors import SchoolctlError
from schoolctl.renderers.mail_draft import Letter, render_sent
from schoolctl.services import clock
from schoolctl.services.audience import Audience, MailingOrder, audience_of
from schoolctl.services.letters import LetterWriter
from schoolctl.services.workspace import Workspace
from schoolctl.store.atomic_file import locked
from schoolctl.store.database import Database, open_for_change
from schoolctl.store.mailing_log import MailingLog
from schoolctl.store.smtp_password import smtp_password
from schoolctl.store.smtp_server import Reply, SmtpServer
from schoolctl.store.smtp_settings import SmtpSettings, needed_smtp_settings, smtp_settings

Progress = Callable[[int, int], None]  # mails done, mails in all

# Who is not taken now is tried again when all others were: greylisting wants some minutes.
_PAUSES_BETWEEN_ROUNDS = (60.0, 180.0, 300.0)
_PAUSES_BEFORE_RECONNECTING = (2.0, 10.0, 30.0)


class Timer(NamedTuple):
    """The passing of time, in seconds; a test's timer does not wait."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


_CLOCK_ON_THE_WALL = Timer()


@dataclass(frozen=True, slots=True)
class SendingPlan:
    """What would be sent: to whom, who has it already, of whom nobody knows, and the first letter.

    `server` is None when sessions.toml names none yet.
    """

    server: SmtpSettings | None
    audience: Audience
    waiting: tuple[Recipient, ...]
    already: int
    unknown: tuple[str, ...]
    first: Letter | None
    notes: tuple[str, ...]


@dataclass(slots=True)
class SendingAccount:
    """What became of the mails; refused and deferred ones by address, with the server's words.

    `unknown` are those that were on their way when the connection or the computer failed. `stopped` says why sending
    ended early; who is not named anywhere then was not written to.
    """

    sent: int = 0
    already: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    deferred: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unsent: int = 0
    stopped: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everybody has the mail."""
        return not (self.refused or self.deferred or self.unknown or self.unsent)


def plan_sending(workspace: Workspace, order: MailingOrder, *, resend_unknown: bool, is_rehearsal: bool) -> SendingPlan:
    """What would be sent now; nothing is recorded and no server is spoken to.

    SchoolctlError when there is no server in the schedule, unless it is only for a rehearsal.
    """
    file = workspace.schedule_file()
    settings = (smtp_settings if is_rehearsal else needed_smtp_settings)(file.raw, file.path.name)
    with open_for_change(workspace.database_path, is_rehearsal=True) as database, database.transaction():
        work = _begin(workspace, database, order, resend_unknown=resend_unknown)
        first = work.letter(work.waiting[0]) if work.waiting else None
        notes = tuple(work.writer.notes)
        return SendingPlan(settings, work.audience, work.waiting, work.already, work.unknown, first, notes)


def send_mailing(
    workspace: Workspace,
    order: MailingOrder,
    progress: Progress,
    *,
    resend_unknown: bool,
    timer: Timer = _CLOCK_ON_THE_WALL,
) -> SendingAccount:
    """Send to everybody who does not have the mail yet; what became of each is on the disk before the next one."""
    file = workspace.schedule_file()
    settings = needed_smtp_settings(file.raw, file.path.name)
    # Two runs side by side would both find that somebody has no mail yet; the lock ends with the process.
    with locked(workspace.root / "mailing"), open_for_change(workspace.database_path, is_rehearsal=False) as database:
        work = _begin(workspace, database, order, resend_unknown=resend_unknown, sender=settings.sender)
        # Nobody is asked for a password when there is nothing to send.
        password = smtp_password(settings) if work.waiting else ""
        with SmtpServer(settings, password, settings.sender or work.writer.own_address) as server:
            return _Sending(work, database, server, timer, 60 / settings.per_minute, progress).run()


@dataclass(frozen=True, slots=True)
class _Work:
    """A mailing: who is still to be written to, and how a letter is made."""

    log: MailingLog
    key: MailingKey
    writer: LetterWriter
    audience: Audience
    states: dict[str, MailState]
    resend_unknown: bool
    sender: str

    @property
    def waiting(self) -> tuple[Recipient, ...]:
        """Those who have no mail of it; whoever was refused is tried again, for the server said that it is not sent."""
        done = {"sent"} if self.resend_unknown else {"sent", "sending"}
        return tuple(one for one in self.audience.recipients.values() if self.states.get(one.email) not in done)

    @property
    def already(self) -> int:
        return len(self._emails_in("sent"))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Those of whom nobody knows whether they have it, as far as they are not written to again."""
        return () if self.resend_unknown else tuple(self._emails_in("sending"))

    def letter(self, recipient: Recipient) -> Letter:
        """The letter to one person, with an invite; to be called in a transaction, for the invite is recorded."""
        issued = self.writer.issue_invites([(recipient.email, recipient.language)])
        invite = issued.files.get(recipient.email) if issued else None
        return self.writer.letter(recipient, invite, issued.method if issued else "REQUEST", self.sender)

    def _emails_in(self, state: MailState) -> list[str]:
        emails = (one.email for one in self.audience.recipients.values())
        return [email for email in emails if self.states.get(email) == state]


def _begin(
    workspace: Workspace, database: Database, order: MailingOrder, *, resend_unknown: bool, sender: str = ""
) -> _Work:
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    key = mailing_key(order.kind, school)
    writer = LetterWriter(workspace, database, schedule, school, order.kind)
    audience, log = audience_of(database, schedule, school, order), MailingLog(database)
    return _Work(log, key, writer, audience, log.states(key), resend_unknown, sender)


class _StoppedError(Exception):
    """No more mails can be sent in this run; the message says why."""


@dataclass(slots=True)
class _Sending:
    """One run."""

    work: _Work
    database: Database
    server: SmtpServer
    timer: Timer
    seconds_a_mail: float
    progress: Progress
    account: SendingAccount = field(default_factory=SendingAccount)
    _next: float = 0.0
    _total: int = 0
    _ended: int = 0

    def run(self) -> SendingAccount:
        work, account = self.work, self.account
        account.already, account.unknown = work.already, list(work.unknown)
        waiting = work.waiting
        self._total = len(waiting)
        try:
            for pause in (0.0, *_PAUSES_BETWEEN_ROUNDS):
                if waiting:
                    self.timer.wait(pause)
                    waiting = self._round(waiting)
        except (_StoppedError, SchoolctlError) as error:
            account.stopped = str(error)
        account.unsent = self._total - self._ended - len(account.deferred)
        return account

    def _round(self, waiting: Iterable[Recipient]) -> tuple[Recipient, ...]:
        """Write to each; those whom the server wants to hear of again later."""
        return tuple(recipient for recipient in waiting if not self._send(recipient))

    def _send(self, recipient: Recipient) -> bool:
        """Write to one person; whether that has come to an end."""
        with self.database.transaction():
            content = render_sent(self.work.letter(recipient))
        reply = self._deliver(recipient, content)
        self._note(recipient, reply)
        if reply.outcome != "later":
            self._ended += 1
            self.progress(self._ended, self._total)
        return reply.outcome != "later"

    def _deliver(self, recipient: Recipient, content: bytes) -> Reply:
        """Hand the mail over, over a new connection when the old one is lost."""
        for pause in (0.0, *_PAUSES_BEFORE_RECONNECTING):
            self.timer.wait(max(pause, self._next - self.timer.now()))
            self._next = self.timer.now() + self.seconds_a_mail
            # On the disk before the server has it: after a power cut it is the one of which nobody knows.
            before = partial(self._record, recipient, "sending")
            reply = self.server.deliver(recipient.email, content, before)
            if reply.outcome != "lost":
                return reply
        message = f"the connection to the mail server fails again and again ({reply.words})"
        raise _StoppedError(message)

    def _note(self, recipient: Recipient, reply: Reply) -> None:
        """Record what became of a mail."""
        account, email = self.account, recipient.email
        account.deferred.pop(email, None)
        if reply.outcome == "sent":
            account.sent += 1
            self._record(recipient, "sent")
        elif reply.outcome == "refused":
            account.refused[email] = reply.words
            self._record(recipient, "refused")
        elif reply.outcome == "later":
            account.deferred[email] = reply.words
            self.work.log.take_back(self.work.key, email)
        else:
            account.unknown.append(email)

    def _record(self, recipient: Recipient, state: MailState) -> None:
        work, language = self.work, recipient.language
        work.log.record(work.key, recipient.email, language, state, clock.now(), told=work.writer.told(language))
