"""Exports in a zip: read in memory under limits, refused with a reason when they are hostile or damaged."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import Source
from schoolctl.importers.whatsapp import IMPORTER

from .reading import limited, only_draft, refusal_by, texts
from .whatsapp_chats import OPTIONS


@pytest.fixture
def zip_source(tmp_path: Path) -> Callable[..., Source]:
    """A zip with the given entries, written with the given method."""

    def build(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> Source:
        path = tmp_path / "chat.zip"
        with zipfile.ZipFile(path, "w", method) as packed:
            for name, data in entries:
                packed.writestr(name, data)
        return Source(path)

    return build


@pytest.mark.parametrize(
    "name", ["_chat.txt", "Чат WhatsApp с Школа.txt", "WhatsApp Chat with School.txt", "a/b/_chat.txt"]
)
def test_zip(zip_source: Callable[..., Source], name: str) -> None:
    source = zip_source(
        [
            ("IMG-1.jpg", b"\xff\xd8"),
            ("__MACOSX/._chat.txt", b"\0\5"),
            (name, "12.05.2022, 10:00 - Айгуль: Мёд?".encode()),
        ]
    )
    assert IMPORTER.recognises(source)
    assert only_draft(list(IMPORTER.read(source, OPTIONS))).text == "Мёд?"
    assert source.consumed == source.size


def test_zip_with_a_text_of_another_name_and_two_chats(zip_source: Callable[..., Source]) -> None:
    source = zip_source(
        [
            ("письмо.txt", "просто текст".encode()),
            ("школа.txt", "12.05.2022, 10:00 - Айгуль: Мёд?".encode()),
            ("клуб.txt", "[5/13/22, 10:00:15 AM] Марат: Чай?".encode()),
        ],
        zipfile.ZIP_STORED,
    )
    assert IMPORTER.recognises(source)
    results = list(IMPORTER.read(source, OPTIONS))
    assert [(result.position, *texts([result])) for result in results] == [(1, "Мёд?"), (2, "Чай?")]


CHAT = "12.05.2022, 10:00 - Айгуль: Мёд?\n".encode()


def _encrypted(data: bytes) -> bytes:
    """Set the bit for encryption in the local and the central header."""
    packed = bytearray(data)
    packed[6] |= 1
    packed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def _overlapping(data: bytes) -> bytes:
    """Let the second entry of the directory begin where the first does."""
    packed = bytearray(data)
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    packed[second + 42 : second + 46] = struct.pack("<L", 0)
    return bytes(packed)


def _huge_directory(data: bytes) -> bytes:
    """Declare a directory of 2 GB."""
    packed = bytearray(data)
    packed[-10:-6] = struct.pack("<L", 2**31)
    return bytes(packed)


def _without_end(data: bytes) -> bytes:
    return data[: data.index(b"PK\x05\x06")]


def _wrong_offset(data: bytes) -> bytes:
    packed = bytearray(data)
    packed[-10:-6] = struct.pack("<L", 10)
    return bytes(packed)


def _damaged_content(data: bytes) -> bytes:
    return data.replace("Мёд?".encode(), b"??????????"[:7])


def _damaged_local_header(data: bytes) -> bytes:
    return b"PK\x03\x04" + b"\xff" * 26 + data[30:]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_encrypted, "encrypted"),
        (_overlapping, "overlapping"),
        (_huge_directory, "more than 1,000 files"),
        (_without_end, "damaged"),
        (_wrong_offset, "damaged"),
        (_damaged_content, "damaged"),
        (_damaged_local_header, "damaged"),
    ],
)
def test_hostile_and_damaged_archives_are_refused_by_name(
    zip_source: Callable[..., Source], change: Callable[[bytes], bytes], reason: str
) -> None:
    source = zip_source([("_chat.txt", CHAT), ("b.txt", CHAT)], zipfile.ZIP_STORED)
    source.path.write_bytes(change(source.path.read_bytes()))
    assert IMPORTER.recognises(Source(source.path))
    with pytest.raises(UnreadableSourceError, match=f"^chat.zip .*{reason}"):
        list(IMPORTER.read(Source(source.path), OPTIONS))


@pytest.mark.parametrize(
    ("entries", "method", "reason"),
    [
        ([(f"{n}.jpg", b"") for n in range(1001)], zipfile.ZIP_STORED, "more than 1,000 files"),
        ([("_chat.txt", CHAT + b"\0" * 3_000_000)], zipfile.ZIP_DEFLATED, "bomb"),
        ([("_chat.txt", CHAT)], zipfile.ZIP_BZIP2, "never uses"),
        ([("_chat.txt", CHAT + (b"x" * 79 + b"\n") * 270_000)], zipfile.ZIP_STORED, "more than 20 MB"),
        ([("notes.txt", b"nothing here")], zipfile.ZIP_STORED, "no WhatsApp messages"),
        ([("photo.jpg", b"\xff")], zipfile.ZIP_STORED, "no WhatsApp messages"),
    ],
)
def test_archives_beyond_the_limits_are_refused(
    zip_source: Callable[..., Source], entries: list[tuple[str, bytes]], method: int, reason: str
) -> None:
    source = zip_source(entries, method)
    with pytest.raises(UnreadableSourceError, match=reason):
        list(IMPORTER.read(source, OPTIONS))


def test_the_texts_of_an_archive_are_limited_together(zip_source: Callable[..., Source]) -> None:
    entries = [(f"WhatsApp {n}.txt", CHAT + b"x" * 700_000) for n in range(3)]
    assert len(list(IMPORTER.read(zip_source(entries[:2], zipfile.ZIP_STORED), limited(zip_total_mb=2)))) == 2
    reason = refusal_by(IMPORTER, zip_source(entries, zipfile.ZIP_STORED), zip_total_mb=2)
    assert reason == "chat.zip inflates to more than 2 MB of text"


def test_other_archives_are_not_claimed(zip_source: Callable[..., Source]) -> None:
    assert not IMPORTER.recognises(zip_source([("word/document.xml", b"<w/>")]))
    assert not IMPORTER.recognises(zip_source([("notes.txt", b"18:45:01 From Aliya to Everyone:")]))
