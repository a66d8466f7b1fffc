"""Mailboxes for benchmarks: seeded, in the charsets and shapes patients send, with the truth beside each mail."""

from __future__ import annotations

import base64
import json
import quopri
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

_BEGINNING = datetime(2022, 5, 12, 4, 0, tzinfo=UTC)
_PHOTO_BYTES = 4_500_000
_SENTENCES = {
    "ru": "можно ли при миеломе есть мясо и сколько воды пить в день после курса лечения дома вместе с детьми",
    "kk": "миелома кезінде қандай тамақ ішуге болады және емнен кейін үйде қанша су ішу керек балаларға",
    "en": "is it safe to eat meat with myeloma and how much water should we drink after treatment at home",
}
_QUOTES = {
    "ru": "чт, 12 мая 2022 г. в 10:00, Школа пациентов <patient@hemcenter.kz>:",
    "kk": "12.05.2022 10:00, Пациент мектебі <patient@hemcenter.kz> жазды:",
    "en": "On Thu, May 12, 2022 at 10:00 AM Patient School <patient@hemcenter.kz> wrote:",
}
_CHARSETS = {"ru": ("utf-8", "koi8-r", "windows-1251"), "kk": ("utf-8", "utf-8", "utf-16"), "en": ("utf-8", "us-ascii")}


class Truth(NamedTuple):
    """What an import must store of a mail."""

    text: str
    email: str
    received_at: str


def write_mailbox(path: Path, mails: int, *, photos: int = 0, seed: int = 7) -> list[Truth]:
    """Write an mbox of so many mails, some with a photo of 4.5 MB attached; the truth of each mail, in order."""
    source = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    with_photo = set(source.sample(range(mails), photos))
    truths: list[Truth] = []
    with path.open("wb") as stream:
        for number in range(mails):
            mail, truth = _mail(number, source, with_photo=number in with_photo)
            stream.write(b"From sender@example.kz Thu May 12 10:00:00 2022\n" + mail + b"\n\n")
            truths.append(truth)
    return truths


def write_truth(path: Path, truths: list[Truth]) -> None:
    """Keep the truth beside the mailbox, one JSON line a mail."""
    path.write_text("".join(json.dumps(truth, ensure_ascii=False) + "\n" for truth in truths), "utf-8")


def split_mails(path: Path) -> Iterator[bytes]:
    """The mails of a mailbox made here, for peers that want one file each."""
    for part in path.read_bytes().split(b"From sender@example.kz Thu May 12 10:00:00 2022\n")[1:]:
        yield part.removesuffix(b"\n\n") + b"\n"


def _mail(number: int, source: random.Random, *, with_photo: bool) -> tuple[bytes, Truth]:
    language = source.choice(("ru", "ru", "kk", "en"))
    charset = source.choice(_CHARSETS[language])
    question = " ".join(source.choices(_SENTENCES[language].split(), k=source.randint(12, 40)))
    own = f"{question.capitalize()} {number}?"
    body = own
    if source.random() < 0.4:  # noqa: PLR2004 - two mails in five are replies
        body += f"\n\n{_QUOTES[language]}\n> Пришлите вопрос\n> Сұрағыңызды жіберіңіз" if charset == "utf-8" else ""
    moment = _BEGINNING + timedelta(minutes=number)
    address = f"patient{number}@example.kz"
    head = _envelope(number, source, moment) + (
        f"From: {_name(number, source)} <{address}>\nTo: patient@hemcenter.kz\nSubject: question {number}\n"
        f"Date: {format_datetime(moment)}\nMessage-ID: <{number}.{source.randrange(10**9)}@example.kz>\n"
        "MIME-Version: 1.0\n"
    )
    part = _text_part(body, charset, source)
    if with_photo:
        content = _with_photo(part, source)
    elif source.random() < 0.3:  # noqa: PLR2004 - three in ten carry an HTML twin
        content = _alternative(part, body)
    else:
        content = part
    return head.encode() + content, Truth(own, address, moment.isoformat())


def _envelope(number: int, source: random.Random, moment: datetime) -> str:
    """The headers that servers add on the way: half of an ordinary mail."""
    stamp = format_datetime(moment + timedelta(seconds=4))
    signature = base64.b64encode(source.randbytes(192)).decode()
    return (
        f"Delivered-To: patient@hemcenter.kz\n"
        f"Received: by mx{number % 9}.example.org with SMTP id {source.getrandbits(64):x}; {stamp}\n"
        f"Received: from mail.example.kz (mail.example.kz [203.0.113.{number % 250}])\n"
        f"        by mx{number % 9}.example.org with ESMTPS id {source.getrandbits(64):x}\n"
        f"        for <patient@hemcenter.kz>; {stamp}\n"
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.kz; s=mail;\n"
        f"        h=from:to:subject:date:message-id; bh={signature[:44]};\n"
        f"        b={signature[44:120]}\n         {signature[120:200]}\n         {signature[200:]}\n"
        f"X-Mailer: Mailer 1.{number % 9}\n"
    )


def _name(number: int, source: random.Random) -> str:
    name = source.choice(("Айгүл", "Мария", "Anna", "Ерлан"))
    encoded = base64.b64encode(f"{name} {number}".encode()).decode()
    return f"=?utf-8?b?{encoded}?="


def _text_part(body: str, charset: str, source: random.Random) -> bytes:
    raw = body.encode(charset)
    if charset == "utf-16" or source.random() < 0.6:  # noqa: PLR2004 - most programs write base64
        encoding, data = "base64", base64.encodebytes(raw)
    else:
        encoding, data = "quoted-printable", quopri.encodestring(raw)
    return f'Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: {encoding}\n\n'.encode() + data


def _alternative(part: bytes, body: str) -> bytes:
    html = base64.encodebytes(f"<html><body><p>{body.splitlines()[0]}</p></body></html>".encode())
    return (
        b'Content-Type: multipart/alternative; boundary="alt"\n\n--alt\n' + part + b"\n--alt\n"
        b'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n' + html + b"\n--alt--\n"
    )


def _with_photo(part: bytes, source: random.Random) -> bytes:
    photo = base64.encodebytes(source.randbytes(_PHOTO_BYTES))
    return (
        b'Content-Type: multipart/mixed; boundary="mix"\n\n--mix\n' + part + b"\n--mix\n"
        b'Content-Type: image/jpeg; name="photo.jpg"\nContent-Transfer-Encoding: base64\n'
        b'Content-Disposition: attachment; filename="photo.jpg"\n\n' + photo + b"\n--mix--\n"
    )
