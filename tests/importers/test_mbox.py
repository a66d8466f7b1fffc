"""Mailbox files: where one mail ends and the next begins, and that none is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Draft, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.mbox import IMPORTER
from schoolctl.importers.source import Source

from .reading import OPTIONS, Row, written

SEPARATOR = b"From aigul@example.kz Thu May 12 10:00:00 2022\n"
HEADERS = b"From: Aigul <aigul@example.kz>\nDate: Thu, 12 May 2022 10:00:00 +0600\nMessage-ID: <1@example.kz>\n"
MAIL = HEADERS + b"\nCan I eat honey?\n\n"


def _read(folder: Path, content: bytes) -> list[Row]:
    return list(IMPORTER.read(written(folder / "inbox.mbox", content), OPTIONS))


def _texts(found: list[Row]) -> list[str]:
    return [item.text if isinstance(item, Draft) else item.reason for item in found]


@pytest.mark.parametrize(
    "separator",
    [
        b"From aigul@example.kz Thu May 12 10:00:00 2022",
        b"From aigul@example.kz  Thu May  5 10:00 2022",
        b"From - Thu May 12 10:00:00 2022",
        b"From - ",
        b"From -",
        b"From MAILER-DAEMON Thu May 12 10:00:00 2022 +0600",
        b"From MAILER-DAEMON",
        b"From aigul@example.kz Thu, 12 May 2022 10:00:00 +0600",
        b"From aigul@example.kz 2022-05-12T10:00:00",
        b"From 1234567890@xxx Thu May 12 04:00:00 +0000 2022",
        b"From aigul@example.kz",
    ],
)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_separators_part_mails(tmp_path: Path, separator: bytes, line_end: bytes) -> None:
    content = (separator + b"\n" + MAIL) * 2
    found = _read(tmp_path, content.replace(b"\n", line_end))
    assert _texts(found) == ["Can I eat honey?"] * 2
    assert [item.position for item in found] == [1, 2]


@pytest.mark.parametrize(
    "sentence",
    [
        "From what age can children have honey?",
        "From May 12 10:00 2022 on I feel dizzy.\nWhy?",
        "From - what I read: honey is bad",
        "From aigul@example.kz Thu May 12 10:00:00 2022\nno header follows",
        "From 08:00 until 10:00 in 2022\nthe sugar is high",
    ],
)
def test_a_sentence_that_begins_with_from_parts_nothing(tmp_path: Path, sentence: str) -> None:
    found = _read(tmp_path, SEPARATOR + HEADERS + f"\nHello!\n\n{sentence}\n\n".encode() + SEPARATOR + MAIL)
    assert _texts(found) == [f"Hello!\n\n{sentence}", "Can I eat honey?"]


def test_escaped_lines_are_restored(tmp_path: Path) -> None:
    body = b"\nHello!\n>From what age is honey safe?\n"
    assert _texts(_read(tmp_path, SEPARATOR + HEADERS + body)) == ["Hello!\nFrom what age is honey safe?"]


def test_a_twice_escaped_line_is_a_quoted_one(tmp_path: Path) -> None:
    (draft,) = _read(tmp_path, SEPARATOR + HEADERS + b"\nHello!\n>>From what age?\nI mean honey.\n")
    assert isinstance(draft, Draft)
    assert (draft.text, draft.original_text) == ("Hello!\n\nI mean honey.", "Hello!\n>From what age?\nI mean honey.")


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\n\n", b"\xef\xbb\xbf\r\n"])
def test_a_single_mail_and_marks_before_it(tmp_path: Path, before: bytes) -> None:
    assert _texts(_read(tmp_path, before + MAIL)) == ["Can I eat honey?"]
    assert _texts(_read(tmp_path, before + SEPARATOR + MAIL)) == ["Can I eat honey?"]
    assert IMPORTER.recognises(Source(tmp_path / "inbox.mbox"))


def test_a_single_mail_keeps_its_escaped_looking_line(tmp_path: Path) -> None:
    (draft,) = _read(tmp_path, HEADERS + b"\nHello!\n>From A\n")
    assert isinstance(draft, Draft)
    assert draft.original_text == "Hello!\n>From A"


def test_a_first_mail_without_separator_is_not_lost(tmp_path: Path) -> None:
    assert _texts(_read(tmp_path, MAIL + SEPARATOR + MAIL)) == ["Can I eat honey?"] * 2


def test_strange_text_before_the_first_mail_is_counted(tmp_path: Path) -> None:
    found = _read(tmp_path, b"strange text\n\n" + SEPARATOR + MAIL)
    assert _texts(found) == ["no mail headers", "Can I eat honey?"]
    assert isinstance(found[0], SetAside)
    assert found[0].draft is not None
    assert found[0].draft.text == "strange text"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "inbox.mbox is empty"),
        (b"name,question\nAigul,honey?\n", "inbox.mbox holds no mail"),
        (b"\n\n", "holds no mail"),
    ],
)
def test_a_file_without_mail_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSourceError, match=reason):
        _read(tmp_path, content)
    assert not IMPORTER.recognises(Source(tmp_path / "inbox.mbox"))


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match=r"absent\.mbox cannot be read: No such file"):
        list(IMPORTER.read(Source(tmp_path / "absent.mbox"), OPTIONS))


@pytest.mark.parametrize(
    "content",
    [
        b"12.05.2022, 10:00 - Aigul: From what age?\n",
        b"From what age can children have honey?\n",
        b"Subject: only one header\n\ntext",
        b"18:45:01 From Aigul to Everyone:\n\tHello\n",
    ],
)
def test_other_formats_are_not_recognised(tmp_path: Path, content: bytes) -> None:
    assert not IMPORTER.recognises(written(tmp_path / "chat.txt", content))


def test_a_hostile_header_line_is_still_recognised_as_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"".join(b"X-%d: a\n" % number for number in range(1200)) + MAIL)
    assert IMPORTER.recognises(Source(path))
    assert _texts(list(IMPORTER.read(Source(path), OPTIONS))) == ["more than 1,000 header lines"]


def test_progress_reaches_the_end_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "inbox.mbox"
    path.write_bytes((SEPARATOR + MAIL) * 3)
    source = Source(path)
    seen = [source.consumed for _ in IMPORTER.read(source, OPTIONS)]
    assert seen == [source.size // 3, source.size * 2 // 3, source.size]


def test_deleted_mails_are_set_aside(tmp_path: Path) -> None:
    kept, deleted = (SEPARATOR + b"X-Mozilla-Status: %s\n" % status + MAIL for status in (b"0001", b"0009"))
    assert _texts(_read(tmp_path, kept + deleted)) == ["Can I eat honey?", "deleted in the mail program"]


def test_a_mail_that_is_too_large_keeps_its_beginning(tmp_path: Path) -> None:
    photo = b"--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" + b"A" * 76 + b"\n"
    parts = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nCan I?\n" + photo
    large = SEPARATOR + HEADERS + parts + b"A" * 25 * 1024 * 1024 + b"\n--b--\n\n"
    found = _read(tmp_path, large + SEPARATOR + MAIL)
    assert _texts(found) == ["larger than 25 MB: only its beginning was read", "Can I eat honey?"]
    assert isinstance(found[0], SetAside)
    assert found[0].draft is not None
    assert (found[0].draft.text, found[0].draft.sender.email) == ("Can I?", "aigul@example.kz")


def test_one_faulty_mail_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(value: bytes) -> None:
        raise KeyError(value)

    monkeypatch.setattr("schoolctl.importers.mail.drafts.read_sender", fail)
    assert _texts(_read(tmp_path, (SEPARATOR + MAIL) * 2)) == ["could not be read (KeyError)"] * 2


PIECES = [
    *(
        SEPARATOR,
        HEADERS,
        MAIL,
        b"From - \n",
        b"\n",
        b"\r\n",
        b">From x\n",
        b"=?utf-8?B?0J8=?=",
        b"=?koi8-r?Q?=",
        b"--b\n",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Transfer-Encoding: base64\n",
        b"\xcf\xf0\xe8\xe2\xe5\xf2",
    ),
    *(b"Content-Type: text/html; charset*=utf-8''x\n", b"<blockquote type=cite>x", b"On 1.1.2022 10:00, A B wrote:\n"),
    *("От: x\nОтправлено: y\nТема: z\n".encode(), b"\x00\xff\xfe", b"Date: Thu, 31 Feb 2022 25:00\n", b"<p>", b": \n"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=40), max_size=20).map(b"".join))
def test_any_bytes_yield_each_position_once_or_a_refusal(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.mbox"
        path.write_bytes(content)
        IMPORTER.recognises(Source(path))
        reading = IMPORTER.read(Source(path), OPTIONS)
        try:
            found = [next(reading)]
        except UnreadableSourceError:
            return
        found += reading
    assert [item.position for item in found] == list(range(1, len(found) + 1))
