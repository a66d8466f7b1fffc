"""One mail: its text, sender, subject and Message-ID, however it was encoded."""

from __future__ import annotations

import base64
import quopri
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.importers.mail.drafts import DraftReader, RawMail
from schoolctl.importers.mail.message import read_message
from schoolctl.importers.source import ImportOptions

READER = DraftReader(ImportOptions(ZoneInfo("Asia/Almaty")))
QUESTION = "Можно ли есть мёд при диабете второго типа?"
KAZAKH = "Қант диабеті кезінде бал жеуге бола ма?"
TEXT = b"Content-Type: text/plain; charset=utf-8\n"


def _mail(headers: bytes = b"", body: bytes = b"") -> bytes:
    return b"From: a@example.kz\n" + headers + b"\n" + body


def _part(kind: str, body: str, *more: str) -> bytes:
    return "\n".join(["--b", f"Content-Type: {kind}; charset=utf-8", *more, "", body, ""]).encode()


def _multipart(kind: str, *parts: bytes, end: bytes = b"--b--\n") -> bytes:
    return _mail(b'Content-Type: multipart/%s; boundary="b"\n' % kind.encode(), b"".join(parts) + end)


def _draft(raw: bytes) -> Draft:
    found = READER.read(RawMail(1, raw))
    assert isinstance(found, Draft), found
    return found


def _reason(raw: bytes) -> str:
    found = READER.read(RawMail(1, raw))
    assert isinstance(found, SetAside), found
    return found.reason


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "windows-1251", "KOI8-R", "cp1251", "iso-8859-5"])
def test_declared_charsets(charset: str) -> None:
    raw = _mail(f"Content-Type: text/plain; charset={charset}\n".encode(), QUESTION.encode(charset))
    message = read_message(raw)
    assert (message.text, message.repairs) == (QUESTION, ())


def test_kazakh_letters_in_their_code_page() -> None:
    raw = _mail(b"Content-Type: text/plain; charset=kz1048\n", KAZAKH.encode("kz1048"))
    assert read_message(raw).text == KAZAKH


@pytest.mark.parametrize("charset", ["", "; charset=x-unknown-8bit", "; charset="])
def test_unknown_charsets_are_told(charset: str) -> None:
    raw = _mail(f"Content-Type: text/plain{charset}\n".encode(), f"{QUESTION} {QUESTION}".encode("windows-1251"))
    message = read_message(raw)
    assert (message.text, message.repairs) == (f"{QUESTION} {QUESTION}", ("read as windows-1251",))


def _b64(data: bytes) -> bytes:
    return base64.encodebytes(data)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (b"base64", _b64(QUESTION.encode())),
        (b"BASE64 ", _b64(QUESTION.encode()).replace(b"\n", b"\r\n")),
        (b"base64", _b64(QUESTION.encode()).rstrip(b"=\n")),
        (b"base64", _b64(QUESTION.encode()).replace(b"A", b"!A")),
        (b"base64", _b64(QUESTION.encode() + b" ").rstrip(b"=\n")),
        (b"base64", _b64(QUESTION.encode() + b"  ").rstrip(b"=\n")),
        (b"base64", _b64(QUESTION.encode()[:40]) + _b64(QUESTION.encode()[40:])),
        (b"base64", _b64(QUESTION.encode() + b" ") + b"____\nA list's footer\n"),
        (b"base64", QUESTION.encode()),
        (b"quoted-printable", quopri.encodestring(QUESTION.encode())),
        (b"quoted-printable", QUESTION.encode()),
        (b"8bit", QUESTION.encode()),
        (b"unheard-of", QUESTION.encode()),
    ],
)
def test_transfer_encodings(encoding: bytes, body: bytes) -> None:
    raw = _mail(TEXT + b"Content-Transfer-Encoding: " + encoding + b"\n", body)
    assert read_message(raw).text == QUESTION


def test_uuencoded_text() -> None:
    body = b"begin 644 a.txt\n'0V%N($D@/P  \n \nend\n"
    raw = _mail(TEXT + b"Content-Transfer-Encoding: x-uuencode\n", body)
    assert read_message(raw).text == "Can I ?"


def test_text_declared_as_utf_8_that_is_something_else_is_told() -> None:
    raw = _mail(TEXT, f"{QUESTION} {QUESTION}".encode("windows-1251"))
    assert read_message(raw).repairs == ("read as windows-1251",)


def test_plain_text_declared_as_base64_is_told() -> None:
    raw = _mail(TEXT + b"Content-Transfer-Encoding: base64\n", b"Can I eat honey?")
    assert read_message(raw).repairs == ("declared as base64, but it is plain text",)


@pytest.mark.parametrize(
    "content_type",
    [
        b"Content-Type: text/plain; charset*0=koi; charset*1=8-r",
        b"Content-Type: text/plain; charset*=us-ascii'en'koi8-r",
        b"Content-Type: text/plain;\n\tcharset='koi8-r'",
        b'CONTENT-TYPE : TEXT/PLAIN ; format=flowed; Charset = "koi8-r"',
        b"content-type: text; charset=koi8-r",
    ],
)
def test_odd_content_types(content_type: bytes) -> None:
    assert read_message(_mail(content_type + b"\n", QUESTION.encode("koi8-r"))).text == QUESTION


PLAIN = _part("text/plain", "Plain?")
EMPTY = _part("text/plain", "  ")
HTML = _part("text/html", "<p>Html?</p>")
PICTURE = _part("image/png", "AAAA", "Content-Transfer-Encoding: base64")
NOTE = _part("text/plain", "A note", "Content-Disposition: attachment; filename=a.txt")
LETTER = _part("message/rfc822", "From: c@example.kz\nSubject: x\n\nAnother's text")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (_multipart("alternative", PLAIN, HTML), "Plain?"),
        (_multipart("alternative", HTML, PLAIN), "Plain?"),
        (_multipart("alternative", EMPTY, HTML), "Html?"),
        (_multipart("alternative", EMPTY, PICTURE), ""),
        (_multipart("alternative", HTML), "Html?"),
        (_multipart("mixed", PLAIN, PICTURE, PLAIN), "Plain?\n\nPlain?"),
        (_multipart("mixed", PLAIN, NOTE, LETTER), "Plain?"),
        (_multipart("mixed", PICTURE, PLAIN, end=b""), "Plain?"),
        (_multipart("mixed", PLAIN, end=b"--b--\n--b\n\nafter the end\n"), "Plain?"),
        (_multipart("mixed", PLAIN, end=b"--bb\nthe same part\n--b--\n"), "Plain?\n--bb\nthe same part"),
        (_multipart("related", HTML, PICTURE), "Html?"),
        (_mail(b"Content-Type: multipart/mixed\n", PLAIN + b"--b--\n"), "Plain?"),
        (_mail(b"Content-Type: multipart/mixed\n", b"Just text?"), "Just text?"),
        (_mail(b"Content-Type: multipart/mixed; boundary=c\n", b"Just text?"), "Just text?"),
        (_mail(b"Content-Type: multipart/mixed; boundary*=us-ascii''b\n", PLAIN), "Plain?"),
        (_mail(b"Content-Type: text/html\n", b"<b>Html?</b>"), "Html?"),
        (_mail(b"Content-Type: text/plain\n", b"<html><body>Html?</body></html>"), "Html?"),
        (_mail(b"Content-Type: text/x-strange\n", b"Just text?"), "Just text?"),
        (_mail(b"Content-Type: text/calendar\n", b"BEGIN:VCALENDAR"), ""),
        (_mail(b"Content-Type: image/png\n", b"AAAA"), ""),
        (_mail(b"", b"Just text?\r\rAnother line?"), "Just text?\n\nAnother line?"),
        (b"From: a@example.kz\nSubject: x\nText without an empty line?\n", "Text without an empty line?"),
        (b"From: a@example.kz\n>From a@example.kz Thu May 12\nSubject: x\n\nText?", "Text?"),
        (b"From: a@example.kz", ""),
    ],
)
def test_which_parts_are_the_text(raw: bytes, text: str) -> None:
    assert read_message(raw).text == text
    assert read_message(raw.replace(b"\n", b"\r\n")).text == text


def test_alternatives_within_a_mixed_mail() -> None:
    inner = (
        b'--b\nContent-Type: multipart/alternative; boundary="b2"\n\n'
        + (PLAIN + HTML).replace(b"--b\n", b"--b2\n")
        + b"--b2--\n"
    )
    assert read_message(_multipart("mixed", inner, PICTURE, _part("text/plain", "More?"))).text == "Plain?\n\nMore?"


def test_html_says_its_charset_itself() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{QUESTION}</body></html>'
    assert read_message(_mail(b"Content-Type: text/html\n", page.encode("windows-1251"))).text == QUESTION


def test_a_mail_forwarded_as_attachment_is_read_when_nothing_else_is_there() -> None:
    draft = _draft(_multipart("mixed", LETTER))
    assert (draft.text, draft.repairs) == ("Another's text", ("the text stood in a forwarded message",))
    assert _reason(_multipart("mixed", _part("message/rfc822", "Subject: x\n\n"))) == "no text (attachment only)"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (_mail(b"X-A: " + b"a" * 70_000 + b"\n", b"Text?"), "a header line is longer than 64 KB"),
        (_mail(b"X-A: a\n" * 1_001, b"Text?"), "more than 1,000 header lines"),
        (_multipart("mixed", PLAIN * 502), "more than 500 parts"),
        (_multipart("mixed", _part("text/plain", "x") * 100_000), "more than 500 parts"),
        (
            _mail(b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1000))),
            "parts nested more than 50 deep",
        ),
    ],
)
def test_limits(raw: bytes, reason: str) -> None:
    assert _reason(raw) == reason


@pytest.mark.parametrize("folds", [50, 70_000])
def test_a_folded_header_may_be_long(folds: int) -> None:
    raw = _mail(b"References: <a@example.kz>\n" + b" <a@example.kz>\n" * folds + b"Subject: x\n", b"Text?")
    assert read_message(raw).text == "Text?"


@pytest.mark.parametrize(
    ("value", "sender"),
    [
        (b"Aigul Sample <Aigul@Example.KZ>", Sender("Aigul Sample", "aigul@example.kz")),
        (b'"Sample, Aigul" <a@example.kz>', Sender("Sample, Aigul", "a@example.kz")),
        (b'"Aigul \\"A\\" <x@example.org>" <a@example.kz>', Sender('Aigul "A" <x@example.org>', "a@example.kz")),
        (b"<a@example.kz>", Sender("", "a@example.kz")),
        (b"a@example.kz", Sender("", "a@example.kz")),
        ("i@m.kz (Имя)".encode(), Sender("Имя", "i@m.kz")),
        (b"a@example.kz, b@example.kz", Sender("", "a@example.kz")),
        (b"Aigul <a@example.kz>, Dana <b@example.kz>", Sender("Aigul", "a@example.kz")),
        (b"", Sender()),
        (b"undisclosed-recipients:;", Sender()),
        (b"Aigul Sample", Sender("Aigul Sample")),
        (b"Family: ;", Sender("Family")),
        (b"=?utf-8?B?0JDQudCz0YPQu9GM?= <a@example.kz>", Sender("Айгуль", "a@example.kz")),
        (b'"=?utf-8?B?0JDQudCz0YPQu9GM?=" <a@example.kz>', Sender("Айгуль", "a@example.kz")),
        (b"=?utf-8?B?0JDQudCz0Q==?=\n =?UTF-8?B?g9C70Yw=?= <a@example.kz>", Sender("Айгуль", "a@example.kz")),
        (b"=?utf-8?Q?=D0=90=D0?= =?utf-8?B?uQ==?= <a@example.kz>", Sender("Ай", "a@example.kz")),
        (b"=?koi8-r?B?4crH1czY?= <a@example.kz>", Sender("Айгуль", "a@example.kz")),
        (b"=?utf-8*ru?Q?=D0=90_=D0=91?= C <a@example.kz>", Sender("А Б C", "a@example.kz")),
        (b"Dr. =?utf-8?Q?=D0=90?= <a@example.kz>", Sender("Dr. А", "a@example.kz")),
        ("Айгуль <a@example.kz>".encode(), Sender("Айгуль", "a@example.kz")),
        (b"=?utf-8?Q?=0ABcc=3A_x?= <a@example.kz>", Sender("Bcc: x", "a@example.kz")),
    ],
)
def test_senders(value: bytes, sender: Sender) -> None:
    assert _draft(b"From: " + value + b"\nMessage-ID: <1@example.kz>\n\nCan I?").sender == sender


def test_a_raw_sender_in_an_old_code_page_is_told() -> None:
    draft = _draft("From: Айгуль Примерова <a@example.kz>\n\nCan I?".encode("windows-1251"))
    assert (draft.sender.name, draft.repairs) == ("Айгуль Примерова", ("sender's name read as windows-1251",))


@pytest.mark.parametrize(
    ("value", "message_id"),
    [
        (b"<1.a@example.kz>", "1.a@example.kz"),
        (b"1.a@example.kz", "1.a@example.kz"),
        (b" <1 a@example.kz> (x)", "1 a@example.kz"),
        (b"\n <1@example.kz>", "1@example.kz"),
    ],
)
def test_message_ids(value: bytes, message_id: str) -> None:
    assert _draft(_mail(b"Message-ID: " + value + b"\n", b"Can I?")).message_id == message_id


@pytest.mark.parametrize(
    ("subject", "body", "text", "repairs"),
    [
        ("Можно ли пить кофе?", "", "Можно ли пить кофе?", ("the question stood in the subject",)),
        ("Can I drink coffee", "Sent from my iPhone", "Can I drink coffee", ("the question stood in the subject",)),
        (
            "Кофе ішуге бола ма?",
            "Сәлеметсіз бе!",
            "Кофе ішуге бола ма?\n\nСәлеметсіз бе!",
            ("the question stood in the subject",),
        ),
        ("Can I drink coffee?", "> quoted\n> text", "Can I drink coffee?", ("the question stood in the subject",)),
        ("Can I drink coffee?", "And tea?", "And tea?", ()),
        ("Вопрос", "Здравствуйте!", "Здравствуйте!", ()),
        (
            "Fwd: Can I?",
            "See below\n\nFrom: x\nSent: y\nTo: z\nSubject: q\n\nCan I?",
            "See below\n\nCan I?",
            ("the text stood in a forwarded message",),
        ),
    ],
)
def test_a_question_in_the_subject(subject: str, body: str, text: str, repairs: tuple[str, ...]) -> None:
    draft = _draft(_mail(f"Subject: {subject}\n".encode(), body.encode()))
    assert (draft.text, draft.repairs) == (text, repairs)
    assert draft.original_text == (f"{subject}\n\n{body}".strip() if "subject" in "".join(repairs) else body)


@pytest.mark.parametrize(
    "subject", ["Re: Можно?", "Отв: Можно ли пить кофе?", "(no subject)", "Вопрос", "Сұрақ", "Question", "", "Фото"]
)
def test_a_subject_that_asks_nothing_is_no_text(subject: str) -> None:
    assert _reason(_mail(f"Subject: {subject}\n".encode())) == "no text"


def test_html_replies_keep_only_the_senders_words() -> None:
    introduction = "чт, 12 мая 2022 г. в 10:00, Школа &lt;s@example.kz&gt;:<br>"
    page = f"<div>Можно мёд?</div><br><div class=gmail_quote><div class=gmail_attr>{introduction}</div>"
    page += "<blockquote class=gmail_quote>Приглашаем</blockquote></div>"
    draft = _draft(_mail(b"Content-Type: text/html; charset=utf-8\n", page.encode()))
    assert draft.text == "Можно мёд?"
    assert "> Приглашаем" in draft.original_text
