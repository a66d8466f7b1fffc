from pathlib import Path

import pytest

from schoolctl.domain.question import Draft, SetAside
from schoolctl.importers.registry import importer_for
from schoolctl.importers.source import ImportOptions, Source

from .reading import ALMATY, OPTIONS, written

MAIL = b"""\
From: Anna <anna@example.kz>
Date: Thu, 12 May 2022 10:00:00 +0600
Message-ID: <1@example.kz>

From what age can myeloma begin?

From a@example.kz Thu May 12 10:00:00 2022
Subject: is only quoted here
"""


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("question.eml", "eml"),
        ("QUESTION.EML", "eml"),
        ("cur/1652.M1.host:2,S", "maildir"),
        ("new/1652.M1.host", "maildir"),
    ],
)
def test_a_file_that_is_one_mail_is_never_split(tmp_path: Path, where: str, name: str) -> None:
    path = tmp_path / where
    written(path, MAIL)
    importer = importer_for(Source(path))
    items = list(importer.read(Source(path), OPTIONS))
    assert importer.name == name
    assert len(items) == 1
    assert isinstance(items[0], Draft)
    assert items[0].text.startswith("From what age can myeloma begin?")


@pytest.mark.parametrize("flags", ["T", "ST", "FST"])
def test_a_mail_thrown_away_in_a_maildir_is_set_aside(tmp_path: Path, flags: str) -> None:
    path = tmp_path / "cur" / f"1652.M1.host:2,{flags}"
    written(path, MAIL)
    (item,) = importer_for(Source(path)).read(Source(path), OPTIONS)
    assert isinstance(item, SetAside)
    assert (item.reason, item.draft is not None) == ("deleted in the mail program", True)


def test_a_plain_part_that_only_points_to_the_html_is_not_the_text(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(
        b"From: a@example.kz\nTo: b@example.kz\nSubject: x\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
        + "см. html\n--b\n".encode()
        + b"Content-Type: text/html; charset=utf-8\n\n"
        + "<p>Можно ли при миеломе делать прививки от гриппа и пневмококка?</p>\n--b--\n".encode()
    )
    (item,) = importer_for(Source(path)).read(Source(path), OPTIONS)
    assert isinstance(item, Draft)
    assert item.text == "Можно ли при миеломе делать прививки от гриппа и пневмококка?"


def test_a_patients_mail_that_the_office_forwards_is_a_question(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_text(
        "From: Координатор <office@example.org>\nTo: school@example.org\nSubject: Fwd: Сұрақ\n"
        "Date: Thu, 12 May 2022 10:00:00 +0600\nContent-Type: text/plain; charset=utf-8\n\n"
        "Пересылаю.\n\n---------- Forwarded message ---------\nОт: Анна <anna@example.kz>\n"
        "Дата: ср, 11 мая 2022 г. в 09:00\nТема: Вопрос\nКому: <office@example.org>\n\n"
        "Можно ли при миеломе плавать?\n",
        "utf-8",
    )
    options = ImportOptions(ALMATY, own_addresses=frozenset({"office@example.org"}))
    (item,) = importer_for(Source(path)).read(Source(path), options)
    assert isinstance(item, Draft)
    assert item.text.endswith("Можно ли при миеломе плавать?")
    assert (item.sender.person, item.repairs[-1]) == ("", "forwarded by the organisers: who asked is not known")


def test_of_an_endless_text_only_the_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(b"From: a@example.kz\nTo: b@example.kz\nSubject: x\n\n" + b"word " * 500_000)
    (item,) = importer_for(Source(path)).read(Source(path), OPTIONS)
    assert isinstance(item, Draft)
    assert len(item.original_text) <= 2_000_000
    assert "only the first 2,000,000 characters of the text were read" in item.repairs
