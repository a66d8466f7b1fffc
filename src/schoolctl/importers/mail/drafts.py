"""One mail's bytes -> a draft of a question, or the reason why it is none."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.importers.mail import subjects
from schoolctl.importers.mail.addresses import read_sender
from schoolctl.importers.mail.dates import read_date
from schoolctl.importers.mail.headers import Headers
from schoolctl.importers.mail.limits import LimitExceededError
from schoolctl.importers.mail.message import MailMessage, read_message
from schoolctl.importers.mail.own_words import IN_FORWARDED, KEPT_WHOLE, OwnWords, find_own_words
from schoolctl.importers.mail.set_aside import OWN_MESSAGE, reason_to_set_aside, reason_without_text
from schoolctl.importers.source import ImportOptions

NO_HEADERS = "no mail headers"
IN_SUBJECT = "the question stood in the subject"
FORWARDED_BY_OFFICE = "forwarded by the organisers: who asked is not known"

# The net under the reading of one mail: whatever a strange mail provokes costs this mail only, never the rest.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError, AssertionError)


class RawMail(NamedTuple):
    """One mail as it stands in the file. `separator` is its `From ` line; `is_cut` when it was too large to read."""

    position: int
    content: bytes
    separator: bytes = b""
    is_cut: bool = False


class DraftReader:
    """Reads mails with the options of one import."""

    def __init__(self, options: ImportOptions) -> None:
        """Keep the zone, the limits and the organisers' addresses."""
        self._zone, self._limits = options.zone, options.limits
        self._own_addresses = frozenset(address.strip().lower() for address in options.own_addresses) - {""}

    def read(self, mail: RawMail) -> Draft | SetAside:
        """The draft of a mail; never raises."""
        try:
            message = read_message(mail.content, self._limits)
            return self._judge(mail, message)
        except LimitExceededError as error:
            return SetAside(mail.position, str(error))
        except _FAULTS as error:
            return SetAside(mail.position, f"could not be read ({type(error).__name__})")

    def _judge(self, mail: RawMail, message: MailMessage) -> Draft | SetAside:
        sender, name_repairs = read_sender(message.headers.first(b"from"))
        draft = self._draft(mail, message, sender, name_repairs)
        reason = self._reason(mail, message, sender)
        if reason == OWN_MESSAGE and IN_FORWARDED in draft.repairs:
            # A colleague hands a patient's question on: the words are not the office's.
            reason = ""
            draft = replace(draft, sender=Sender(), repairs=(*draft.repairs, FORWARDED_BY_OFFICE))
        if not reason and not draft.text.strip():
            reason = reason_without_text(message)
        return SetAside(mail.position, reason, draft) if reason else draft

    def _reason(self, mail: RawMail, message: MailMessage, sender: Sender) -> str:
        if not message.headers:
            return NO_HEADERS
        if mail.is_cut:
            return f"larger than {self._limits.message_mb:,} MB: only its beginning was read"
        return message.limit or reason_to_set_aside(message, sender, self._own_addresses)

    def _draft(self, mail: RawMail, message: MailMessage, sender: Sender, name_repairs: tuple[str, ...]) -> Draft:
        date = read_date(message.headers, mail.separator, self._zone)
        text, original, word_repairs = _question(message)
        repairs = message.repairs + word_repairs + date.repairs
        if name_repairs:
            repairs += tuple(f"sender's name {repair}" for repair in name_repairs)
        return Draft(
            position=mail.position,
            channel="email",
            text=text,
            original_text=original,
            sender=sender,
            received_at=date.moment,
            zone_assumed=date.zone_assumed,
            message_id=message.message_id,
            repairs=repairs,
        )


def _question(message: MailMessage) -> tuple[str, str, tuple[str, ...]]:
    """The sender's own words, the whole text, and what was done; a question in the subject comes first."""
    words = find_own_words(message.text, is_forward=lambda: subjects.is_forward(message.subject))
    if (words.are_own and not subjects.is_greeting(words.text)) or not subjects.is_question(message.subject):
        return words.text, message.text, words.repairs
    return _with_subject(message.subject, message.text, words)


def _with_subject(subject: str, text: str, words: OwnWords) -> tuple[str, str, tuple[str, ...]]:
    # What was kept only so that something is left is not needed beside the subject.
    is_needed = KEPT_WHOLE not in words.repairs
    own = f"{subject}\n\n{words.text}".strip() if is_needed else subject
    return own, f"{subject}\n\n{text}".strip(), (*(words.repairs if is_needed else ()), IN_SUBJECT)


def has_mail_headers(headers: Headers) -> bool:
    """Whether a header block is a mail's: at least two of the headers that mails carry."""
    # One alone may begin a line of a letter or a list: `To: …`, `Date: …`.
    return sum(name in headers for name in _MAIL_HEADERS) > 1


_MAIL_HEADERS = frozenset(
    {b"from", b"to", b"subject", b"date", b"message-id", b"received", b"return-path", b"mime-version", b"delivered-to"}
    | {b"content-type", b"x-mozilla-status", b"envelope-to", b"x-gmail-labels", b"cc", b"reply-to", b"sender"}
)
