"""One mail as bytes: a draft to open in a mail program, or what goes to a mail server (RFC 5322, 2045, 2047, 6047).

Written sign by sign, not by the standard library's classes: they read encoded words in a value as if they were its
own and let a line break out of them, fold long names differently from one version to the next, and part multipart
mails by random numbers, while a draft made anew must be the same file.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64encode, encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Final, NamedTuple, cast

from schoolctl.domain.announcement import KINDS, Kind
from schoolctl.domain.text import clean_line
from schoolctl.renderers.mail import Mail

# Header lines: 78 are asked for (RFC 5322, 2.1.1), 100 hold a name and an address without a fold behind the colon.
MAX_LINE_LENGTH: Final = 100
_LONGEST_NAME = 100
_LONGEST_SUBJECT = 250
_WORD_BYTES = 42  # as Base64, with what stands around it, below 75 letters (RFC 2047, 2)
# Letters that mean nothing in a header; whatever holds others becomes encoded words.
_PLAIN = re.compile(r"[A-Za-z0-9 .'!-]{1,60}")
_PLAIN_SUBJECT = re.compile(r"(?!.*=\?)[!-~]+(?: [!-~]+)*")
_MADE_OF = "X-Schoolctl-Draft"
_MARK = re.compile(rf"(?m)^{_MADE_OF}: ({'|'.join(KINDS)}) ([0-9a-f]{{32}})\r?$".encode("ascii"))
_LINE_END = re.compile(rb"\r\n|\r|\n")
_CRLF: Final = b"\r\n"


class Mailbox(NamedTuple):
    """A name (empty when not known; whatever stands in it is shown as it is) and an address that was checked."""

    name: str
    email: str


class CalendarPart(NamedTuple):
    """A calendar file as it is mailed: by which METHOD, under which ASCII name."""

    method: str
    file_name: str
    content: bytes


class MadeOf(NamedTuple):
    """What a draft says: its kind, and a fingerprint (32 hexadecimal digits) of the facts in it."""

    kind: Kind
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail from one to one; `moment` is aware, `reply_to` empty when it is the sender.

    For drafts only: `bcc`, and `made_of`, the kind of mail and the fingerprint of what it tells, by which it is known
    for a draft of ours (`draft_made_of`).
    """

    mail: Mail
    sender: Mailbox
    to: Mailbox
    moment: datetime
    calendar: CalendarPart | None = None
    reply_to: str = ""
    bcc: Sequence[str] = ()
    made_of: MadeOf | None = None


def render_draft(letter: Letter) -> bytes:
    """The `.eml` file of a draft: `X-Unsent: 1` opens it for editing, the invite is an attachment."""
    # A calendar part among the alternatives would become an attachment without a METHOD in Thunderbird.
    parts = [_alternative(letter, ())]
    if letter.calendar:
        parts.append(_attachment(letter.calendar, f"text/calendar; method={letter.calendar.method}; charset=UTF-8"))
    bcc = [("Bcc", f",{_FOLD}".join(letter.bcc))] if letter.bcc else []
    mark = [(_MADE_OF, " ".join(letter.made_of))] if letter.made_of else []
    return _whole(letter, [*bcc, ("X-Unsent", "1"), *mark], parts)


def draft_made_of(draft: bytes) -> MadeOf | None:
    """What a draft was made of; None for a file that is no draft of ours."""
    found = _MARK.search(draft.partition(b"\r\n\r\n")[0])
    return MadeOf(cast("Kind", found[1].decode("ascii")), found[2].decode("ascii")) if found else None


def render_sent(letter: Letter) -> bytes:
    """The mail as it goes to a server: mail programs find the invite among the alternatives, others as a file."""
    calendar = letter.calendar
    if not calendar:
        return _whole(letter, [], [_alternative(letter, ())])
    inline = _part(f"text/calendar; method={calendar.method}; charset=UTF-8", calendar.content)
    return _whole(letter, [], [_alternative(letter, [inline]), _attachment(calendar, "application/ics")])


_FOLD: Final = "\r\n "


def _whole(letter: Letter, more: Sequence[tuple[str, str]], parts: Sequence[bytes]) -> bytes:
    key = _key(letter)
    domain = letter.sender.email.rpartition("@")[2]
    headers = [
        ("From", _mailbox("From", letter.sender)),
        ("To", _mailbox("To", letter.to)),
        *([("Reply-To", letter.reply_to)] if letter.reply_to else []),
        ("Subject", _subject(letter.mail.subject)),
        ("Date", format_datetime(letter.moment.replace(microsecond=0))),
        ("Message-ID", f"<{key}@{domain}>"),
        *more,
        ("MIME-Version", "1.0"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return head.encode("ascii") + _multipart("mixed", f"=_{key}.1", parts) + _CRLF


def _key(letter: Letter) -> str:
    """A digest of what is said to whom: the same mail keeps its Message-ID, so that no server delivers it twice."""
    calendar = letter.calendar.content.hex() if letter.calendar else ""
    told = (letter.sender.email, letter.to.email, sorted(letter.bcc), letter.mail, calendar)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _alternative(letter: Letter, more: Sequence[bytes]) -> bytes:
    mail = letter.mail
    forms = [
        _part("text/plain; charset=UTF-8", mail.text.encode()),
        _part("text/html; charset=UTF-8", mail.page.encode()),
    ]
    return _multipart("alternative", f"=_{_key(letter)}.2", [*forms, *more])


def _attachment(calendar: CalendarPart, content_type: str) -> bytes:
    named = f'{content_type};{_FOLD}name="{calendar.file_name}"'
    return _part(named, calendar.content, f'Content-Disposition: attachment; filename="{calendar.file_name}"')


def _multipart(kind: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    # Neither Base64 nor quoted-printable text can hold "=_", with which a boundary begins.
    head = f'Content-Type: multipart/{kind};{_FOLD}boundary="{boundary}"\r\n\r\n'
    separated = b"".join(f"--{boundary}\r\n".encode() + part + _CRLF for part in parts)
    return head.encode() + separated + f"--{boundary}--".encode()


def _part(content_type: str, content: bytes, *more: str) -> bytes:
    """A part with its text in the shorter of the two encodings that every server lets through."""
    lines = _LINE_END.sub(_CRLF, content)
    encodings = {
        "quoted-printable": binascii.b2a_qp(lines.replace(_CRLF, b"\n"), istext=True, header=False),
        "base64": encodebytes(lines).rstrip(b"\n"),
    }
    name = min(encodings, key=lambda encoding: len(encodings[encoding]))
    head = [f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {name}", *more]
    return "".join(f"{line}\r\n" for line in head).encode("ascii") + _CRLF + _LINE_END.sub(_CRLF, encodings[name])


def _mailbox(header: str, mailbox: Mailbox) -> str:
    name = clean_line(mailbox.name)[:_LONGEST_NAME].strip()
    if not name:
        return mailbox.email
    shown = name if _PLAIN.fullmatch(name) and "." not in name else _encoded(name)
    last = shown.rpartition(_FOLD)[2]
    is_short = len(f"{header}: {last} <{mailbox.email}>") <= MAX_LINE_LENGTH
    return f"{shown}{' ' if is_short else _FOLD}<{mailbox.email}>"


def _subject(text: str) -> str:
    line = clean_line(text)[:_LONGEST_SUBJECT].strip()
    is_plain = _PLAIN_SUBJECT.fullmatch(line) and len(f"Subject: {line}") <= MAX_LINE_LENGTH
    return line if is_plain else _encoded(line)


def _encoded(text: str) -> str:
    """Text as encoded words, each of whole letters; what looks like an encoded word in it is text as well."""
    words, word = [], b""
    for letter in text:
        encoded = letter.encode("utf-8", "replace")
        if len(word) + len(encoded) > _WORD_BYTES:
            words.append(word)
            word = b""
        word += encoded
    return _FOLD.join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in [*words, word] if word)
