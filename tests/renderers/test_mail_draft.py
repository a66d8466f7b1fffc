"""Mails as bytes: nothing in a name or a topic becomes a header, everything is read back as it was written."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.text import clean_line
from schoolctl.renderers.mail import Mail
from schoolctl.renderers.mail_draft import (
    CalendarPart,
    Letter,
    MadeOf,
    Mailbox,
    draft_made_of,
    render_draft,
    render_sent,
)

PAGE = "<!DOCTYPE html>\n<html><body>\n<p>Сәлеметсіз бе!</p>\n</body></html>\n"
ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:\xd1\x88\xd0\xba\xd0\xbe\xd0\xbb\xd0\xb0\r\nEND:VCALENDAR\r\n"
LETTER = Letter(
    mail=Mail("Школа пациента: анемия", "Здравствуйте!\n\n.\nFrom 18:30 = начало\n", PAGE),
    sender=Mailbox("Центр «Пример»", "school@example.kz"),
    to=Mailbox("Асель Примерова", "asel@mail.example"),
    moment=datetime(2026, 12, 1, 5, tzinfo=UTC),
    calendar=CalendarPart("REQUEST", "invite-2026-12-10.ics", ICS),
)
HOSTILE = [
    "=?utf-8?q?a=0ABcc=3A_x=40evil.example?=",
    "=?utf-8?b?YQpCY2M6IHhAZXZpbC5leGFtcGxl?=",
    "a\r\nBcc: x@evil.example",
    "a\nBcc: x@evil.example\n\nbody",
    "a\rBcc: x@evil.example",
    "a\u2028Bcc: x@evil.example",
    "a\u0085Bcc: x@evil.example\x0b\x0c\x1c",
    "a\x00b",
    "\u202egnirts\u2066",
    "Ұзақ " * 2500,
    "long " * 2500,
    "x" * 10_000,
    'Иванова, Анна "Аня" <x@evil.example>; (тест)',
    "a, b@evil.example,",
    "\\\"'`,;:<>()[]@.",
    "🩸" * 60,
    "\ud800",
    "",
    " ",
]
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"]


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def types(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def content(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def parts(raw: bytes) -> Sequence[EmailMessage]:
    return [part for part in parsed(raw).walk() if isinstance(part, EmailMessage) and not part.is_multipart()]


def test_a_draft_is_known_for_one_of_ours_and_what_is_sent_is_not() -> None:
    ours = replace(LETTER, made_of=MadeOf("move", "0123456789abcdef" * 2))
    draft, sent = render_draft(ours), render_sent(ours)
    assert_in_form(draft)
    assert parsed(draft)["X-Schoolctl-Draft"] == "move 0123456789abcdef0123456789abcdef"
    assert draft_made_of(draft) == ours.made_of
    assert draft_made_of(render_draft(LETTER)) is None
    assert sent == render_sent(LETTER)


def assert_in_form(raw: bytes) -> None:
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 100
    # No header begins with an empty line of its own.
    assert not re.search(rb"(?m)^[!-9;-~]+:[ \t]*\r?\n[ \t]", raw.split(b"\r\n\r\n")[0])
    for word in re.findall(rb"=\?utf-8\?b\?[^?]*\?=", raw):
        assert len(word) <= 75


def test_a_draft() -> None:
    raw = render_draft(LETTER)
    assert_in_form(raw)
    message = parsed(raw)
    assert list(message.keys()) == HEADERS
    assert message["From"].addresses[0].display_name == "Центр «Пример»"
    assert message["From"].addresses[0].addr_spec == "school@example.kz"
    assert message["To"].addresses[0].display_name == "Асель Примерова"
    assert message["Subject"] == "Школа пациента: анемия"
    assert message["Date"].datetime == LETTER.moment
    assert message["X-Unsent"] == "1"
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.kz>", message["Message-ID"])
    assert types(message) == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]
    text, page, calendar = parts(raw)
    assert content(text).decode() == LETTER.mail.text.replace("\n", "\r\n")
    assert content(page).decode() == PAGE.replace("\n", "\r\n")
    assert content(calendar) == ICS
    assert calendar.get_content_disposition() == "attachment"
    assert calendar.get_filename() == "invite-2026-12-10.ics"
    assert calendar.get_param("method") == "REQUEST"


def test_what_is_sent() -> None:
    raw = render_sent(replace(LETTER, reply_to="other@example.kz"))
    assert_in_form(raw)
    message = parsed(raw)
    assert [name for name in message if name not in HEADERS] == ["Reply-To"]
    assert message["Reply-To"] == "other@example.kz"
    assert "X-Unsent" not in message
    assert types(message)[-4:] == ["text/plain", "text/html", "text/calendar", "application/ics"]
    inline, attached = parts(raw)[2:]
    assert inline.get_content_disposition() is None
    assert (inline.get_param("method"), inline.get_content_charset()) == ("REQUEST", "utf-8")
    assert content(inline) == content(attached) == ICS
    assert attached.get_filename() == "invite-2026-12-10.ics"


@pytest.mark.parametrize("render", [render_draft, render_sent])
def test_without_an_invite(render: object) -> None:
    assert callable(render)
    raw = render(replace(LETTER, calendar=None))
    assert types(parsed(raw)) == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"]


def test_a_draft_to_many() -> None:
    everybody = [f"patient{number}@a-long-name-of-a-server.example" for number in range(200)]
    raw = render_draft(replace(LETTER, to=LETTER.sender, bcc=everybody))
    assert_in_form(raw)
    message = parsed(raw)
    assert [address.addr_spec for address in message["Bcc"].addresses] == everybody
    # Elsewhere none of them is named.
    assert raw.count(b"@a-long-name-of-a-server.example") == 200


def test_the_same_letter_gives_the_same_bytes_and_another_one_another_id() -> None:
    assert render_draft(LETTER) == render_draft(replace(LETTER))
    others = [
        replace(LETTER, to=Mailbox("", "berik@mail.example")),
        replace(LETTER, mail=LETTER.mail._replace(text="Другое\n")),
        replace(LETTER, calendar=None),
        replace(LETTER, bcc=["x@mail.example"]),
    ]
    ids = [parsed(render_draft(letter))["Message-ID"] for letter in [LETTER, *others]]
    assert len(set(ids)) == len(ids)
    # Sent again on another day it is still the same mail: a server that has it may drop it.
    later = replace(LETTER, moment=datetime(2026, 12, 2, tzinfo=UTC))
    assert parsed(render_sent(later))["Message-ID"] == ids[0]


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ("Patient School: anemia on December 10", b"Subject: Patient School: anemia on December 10\r\n"),
        ("Школа", b"Subject: =?utf-8?b?0KjQutC+0LvQsA==?=\r\n"),
        ("a =?utf-8?q?b?= c", b"Subject: =?utf-8?b?YSA9P3V0Zi04P3E/Yj89IGM=?=\r\n"),
    ],
)
def test_subjects(subject: str, line: bytes) -> None:
    assert line in render_sent(replace(LETTER, mail=LETTER.mail._replace(subject=subject)))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("", b"To: asel@mail.example\r\n"),
        ("Asel Example-Smith", b"To: Asel Example-Smith <asel@mail.example>\r\n"),
        ("Асель", b"To: =?utf-8?b?0JDRgdC10LvRjA==?= <asel@mail.example>\r\n"),
        ("J. Smith", b"To: =?utf-8?b?Si4gU21pdGg=?= <asel@mail.example>\r\n"),
        ('"x", y', b"To: =?utf-8?b?IngiLCB5?= <asel@mail.example>\r\n"),
        ("A" * 60, b"To: " + b"A" * 60 + b" <asel@mail.example>\r\n"),
    ],
)
def test_names(name: str, line: bytes) -> None:
    assert line in render_sent(replace(LETTER, to=Mailbox(name, "asel@mail.example")))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [render_draft, render_sent])
def test_nothing_gets_out_of_its_header(render: object, text: str) -> None:
    assert callable(render)
    letter = replace(
        LETTER,
        mail=LETTER.mail._replace(subject=text),
        sender=Mailbox(text, "school@example.kz"),
        to=Mailbox(text, "asel@mail.example"),
    )
    raw = render(letter)
    assert_in_form(raw)
    assert_reads_back(raw, text)


@given(st.text(max_size=300) | st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))
def test_whatever_the_words_are_they_stay_in_their_header(text: str) -> None:
    letter = replace(
        LETTER,
        mail=Mail(text, text.replace("\ud800", ""), PAGE),
        sender=Mailbox(text, "school@example.kz"),
        to=Mailbox(text, "asel@mail.example"),
    )
    raw = render_sent(letter)
    assert_in_form(raw)
    assert_reads_back(raw, text)


def assert_reads_back(raw: bytes, text: str) -> None:
    message = parsed(raw)
    assert set(message.keys()) <= set(HEADERS)
    assert len(message.keys()) == len(set(message.keys()))
    plain = email.message_from_bytes(raw)
    for header, address in (("From", "school@example.kz"), ("To", "asel@mail.example")):
        (found,) = message[header].addresses
        assert found.addr_spec == address
        # The newer parser sets a blank between two encoded words of one name, against RFC 2047, 6.2.
        name, address_only = parseaddr(plain[header])
        assert address_only == address
        assert str(make_header(decode_header(name))) == clean_line(text)[:100].strip()
    assert str(make_header(decode_header(plain["Subject"]))) == clean_line(text)[:250].strip()
    assert len(parts(raw)) >= 3
