"""Which mails are no questions, and that a patient's careless headers do not cost the question."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.question import Draft, SetAside
from schoolctl.importers.mail.drafts import DraftReader, RawMail
from schoolctl.importers.source import ImportOptions

OWN = frozenset({"School@Example.kz ", "group@example.kz", ""})
READER = DraftReader(ImportOptions(ZoneInfo("Asia/Almaty"), own_addresses=OWN))
PATIENT = "From: Aigul <a@example.kz>"
ANSWER = (
    "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n{}\n--b\n"
    "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n--b--"
)


def _read(headers: str, body: str = "Can I eat honey?") -> Draft | SetAside:
    return READER.read(RawMail(1, f"{headers}\n\n{body}".encode()))


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ("From: School <school@EXAMPLE.kz>", "the organisers' own message"),
        (f"{PATIENT}\nX-Mozilla-Status: 0008", "deleted in the mail program"),
        (
            f"{PATIENT}\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
            "delivery failure report",
        ),
        (
            f"{PATIENT}\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b",
            "read receipt",
        ),
        ("From: MAILER-DAEMON@example.kz (Mail Delivery System)", "delivery failure report"),
        ("From: Mail Delivery Subsystem <x@example.kz>", "delivery failure report"),
        ("From: postmaster@example.kz", "delivery failure report"),
        ("From: MAILER-DAEMON", "delivery failure report"),
        (f"{PATIENT}\nX-Failed-Recipients: b@example.kz", "delivery failure report"),
        (f"{PATIENT}\nAuto-Submitted: auto-replied", "automatic reply"),
        (f"{PATIENT}\nAuto-Submitted: auto-generated (x)", "automatic reply"),
        (f"{PATIENT}\nAuto-Submitted: auto-generated\nReply-To: a@example.kz", "automatic reply"),
        (f"{PATIENT}\nX-Autoreply: yes", "automatic reply"),
        (f"{PATIENT}\nPrecedence: auto_reply", "automatic reply"),
        (f"{PATIENT}\nX-Auto-Response-Suppress: All\nSubject: Автоматический ответ: Школа", "automatic reply"),
        (f"{PATIENT}\nPrecedence: bulk\nSubject: Out of office", "automatic reply"),
        (f"{PATIENT}\nX-Auto-Response-Suppress: OOF\nSubject: Автоматты жауап: Мектеп", "automatic reply"),
        (f"{PATIENT}\nList-Id: <news.example.org>\nPrecedence: bulk", "list mail"),
        (
            f"{PATIENT}\nList-Unsubscribe: <mailto:u@example.org>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "list mail",
        ),
    ],
)
def test_mails_that_are_no_questions(headers: str, reason: str) -> None:
    found = _read(headers)
    assert isinstance(found, SetAside)
    assert found.reason == reason
    assert found.draft is not None
    assert found.draft.text == ("Can I eat honey?")


@pytest.mark.parametrize(
    "headers",
    [
        PATIENT,
        f"{PATIENT}\nAuto-Submitted: no",
        f"{PATIENT}\nX-Autoreply: no",
        f"{PATIENT}\nX-Auto-Response-Suppress: All",
        f"{PATIENT}\nPrecedence: bulk",
        f"{PATIENT}\nList-Unsubscribe: <mailto:u@example.org>",
        f"{PATIENT}\nList-Id: <group.example.kz>\nPrecedence: list",
        f"{PATIENT}\nList-Id: x\nList-Post: <mailto:group@example.kz>\nPrecedence: list",
        f"{PATIENT}\nSubject: Автоматический ответ",
        f"{PATIENT}\nX-Mozilla-Status: 0001",
        f"{PATIENT}\nX-Mozilla-Status: strange",
        f"{PATIENT}\nReturn-Path: <>",
        "From: form@example.org\nReply-To: a@example.kz\nAuto-Submitted: auto-generated",
    ],
)
def test_a_patients_careless_headers_cost_nothing(headers: str) -> None:
    found = _read(headers)
    assert isinstance(found, Draft)
    assert found.text == "Can I eat honey?"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (f"{PATIENT}\nSubject: x\n{ANSWER.format('')}", ""),
        (f"{PATIENT}\nSubject: Accepted: School\n{ANSWER.format('Aigul has accepted.')}", ""),
        (f"{PATIENT}\nSubject: Принято: Школа\n{ANSWER.format('ok')}", ""),
        (f"{PATIENT}\nContent-Type: text/calendar; method=REPLY", "BEGIN:VCALENDAR"),
    ],
)
def test_calendar_answers(headers: str, body: str) -> None:
    found = _read(headers, body)
    assert isinstance(found, SetAside)
    assert found.reason == "calendar reply"


def test_a_question_in_a_calendar_answer_is_a_question() -> None:
    found = _read(f"{PATIENT}\nSubject: Accepted: School\n{ANSWER.format('May I bring my mother?')}")
    assert isinstance(found, Draft)
    assert found.text == "May I bring my mother?"


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        (
            f"{PATIENT}\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64",
            "AAAA",
            "no text (attachment only)",
        ),
        (
            f"{PATIENT}\nContent-Type: multipart/mixed; boundary=b",
            "--b\n\nSent from my iPhone\n--b\nContent-Type: image/png\n\nA\n--b--",
            "no text (attachment only)",
        ),
        (PATIENT, " \n", "no text"),
    ],
)
def test_mails_without_words(headers: str, body: str, reason: str) -> None:
    found = _read(headers, body)
    assert isinstance(found, SetAside)
    assert found.reason == reason
