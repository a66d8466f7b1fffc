"""Every limit is the one that the organiser set, and the reason names it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from schoolctl.importers.registry import importer_for

from .reading import limited, refusal_by, texts, written
from .workbook_files import label, xls, xlsx, xlsx_parts, xlsx_rows, zipped

MAIL = "From: a@example.kz\nSubject: a\n{headers}\n{body}\n"
PARTS = 'Content-Type: multipart/mixed; boundary="b"\n'
PART = "--b\nContent-Type: text/plain\n\nCan I?\n"
LEVEL = "--{}\nContent-Type: multipart/mixed; boundary={}\n\n"
NESTED = LEVEL.format("b", "bc") + LEVEL.format("bc", "cd") + LEVEL.format("cd", "de")
CHAT = "12.05.2022, 10:00 - Aliya: {}\n"
ZOOM_CHAT = "18:45:01 From Aliya to Everyone:\n\t{}\n"
TABLE = "question,name\n{},Aliya\n"
MB = 1024 * 1024


@pytest.mark.parametrize(
    ("name", "content", "limits", "expected"),
    [
        (
            "a.eml",
            MAIL.format(headers="", body="x" * MB),
            {"message_mb": 1},
            "larger than 1 MB: only its beginning was",
        ),
        ("a.eml", MAIL.format(headers="", body="x" * 1000), {"message_mb": 1}, ""),
        ("a.eml", MAIL.format(headers="X-A: 1\n" * 9, body="Can I?"), {"headers": 9}, "more than 9 header lines"),
        ("a.eml", MAIL.format(headers="X-A: 1\n" * 9, body="Can I?"), {"headers": 20}, ""),
        (
            "a.eml",
            MAIL.format(headers=f"X-A: {'x' * 2048}\n", body="Can I?"),
            {"header_line_kb": 2},
            "a header line is longer than 2 KB",
        ),
        ("a.eml", MAIL.format(headers=f"X-A: {'x' * 90_000}\n", body="Can I?"), {"header_line_kb": 128}, ""),
        ("a.eml", MAIL.format(headers=PARTS, body=PART * 5), {"mime_parts": 4}, "more than 4 parts"),
        ("a.eml", MAIL.format(headers=PARTS, body=PART * 600), {"mime_parts": 700}, ""),
        ("a.eml", MAIL.format(headers=PARTS, body=NESTED), {"mime_depth": 2}, "parts nested more than 2 deep"),
        ("a.csv", TABLE.format("x" * 31), {"question_characters": 30}, "longer than 30 characters"),
        ("a.csv", TABLE.format("x" * 30_000), {"question_characters": 30_000}, ""),
        ("a.csv", TABLE.format("x" * 5_000), {"csv_row_characters": 4_000}, "a row longer than 4,000 characters"),
        ("chat.txt", CHAT.format("x" * 31), {"question_characters": 30}, "longer than 30 characters"),
        ("chat.txt", CHAT.format("ы" * 100_000), {"question_characters": 100_000}, ""),
        ("chat.txt", CHAT.format("ы" * 100_001), {"question_characters": 100_000}, "longer than 100,000 characters"),
        ("zoom.txt", ZOOM_CHAT.format("x" * 31), {"question_characters": 30}, "longer than 30 characters"),
        ("zoom.txt", ZOOM_CHAT.format("x" * 30_000), {"question_characters": 30_001}, ""),
    ],
)
def test_messages_beyond_a_limit_are_set_aside(
    tmp_path: Path, name: str, content: str, limits: dict[str, int], expected: str
) -> None:
    source = written(tmp_path / name, content)
    importer = importer_for(source)
    (read,) = texts(list(importer.read(source, limited(**limits))))
    assert read.startswith(f"({expected}") if expected else not read.startswith("(")


def zip_of(*entries: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for number, entry in enumerate(entries):
            archive.writestr(f"WhatsApp {number}.txt", entry)
    return content.getvalue()


HEADED = CHAT.format("Can I?").encode()
LARGE = HEADED + b"x" * MB
WORKBOOK = xlsx(["Вопрос"], ["Соль?"], ["Мёд?"])


@pytest.mark.parametrize(
    ("name", "content", "limits", "reason"),
    [
        ("chat.txt", LARGE, {"text_file_mb": 1}, "is larger than 1 MB; export the chat in parts"),
        ("zoom.txt", ZOOM_CHAT.format("x" * MB).encode(), {"text_file_mb": 1}, "is larger than 1 MB"),
        ("a.zip", zip_of(LARGE), {"zip_entry_mb": 1}, "holds a text that inflates to more than 1 MB"),
        ("a.zip", zip_of(HEADED, LARGE), {"zip_total_mb": 1}, "inflates to more than 1 MB of text"),
        (
            "a.zip",
            zip_of(HEADED, HEADED, HEADED),
            {"zip_entries": 2},
            "holds more than 2 files; unpack it and import its chat text alone",
        ),
        (
            "a.zip",
            zip_of(HEADED * 40_000, method=zipfile.ZIP_DEFLATED),
            {"zip_ratio": 20},
            "is a zip bomb: a text in it inflates more than 20-fold",
        ),
        ("a.xlsx", WORKBOOK, {"workbook_mb": 0}, "is larger than 0 MB; save it in parts"),
        ("a.xlsx", WORKBOOK, {"workbook_parts": 2}, "holds more than 2 parts"),
        ("a.xlsx", WORKBOOK, {"workbook_cells": 2}, "holds more than 2 cells"),
        ("a.xlsx", xlsx(["Вопрос", "Имя"], ["", "Асан"]), {"workbook_cells": 2}, "holds more than 2 cells"),
        ("a.xls", xls(label(0, 0, "Вопрос") + label(1, 0, "Соль?")), {"workbook_cells": 1}, "holds more than 1 cells"),
        (
            "a.xls",
            xls(label(0, 0, "a") + label(9, 0, "b")),
            {"workbook_cells": 6},
            "is spread over more than 9 cells: ",
        ),
        ("a.xlsx", WORKBOOK, {"workbook_characters": 9}, "holds more than 9 characters"),
        (
            "a.xlsx",
            zipped(xlsx_parts({"A": xlsx_rows([["Вопрос"]])}) | {"xl/media/a.bin": bytes(2 * MB)}),
            {"zip_ratio": 50},
            "is a zip bomb: a part of it inflates more than 50-fold",
        ),
    ],
)
def test_files_beyond_a_limit_are_refused(
    tmp_path: Path, name: str, content: bytes, limits: dict[str, int], reason: str
) -> None:
    source = written(tmp_path / name, content)
    assert refusal_by(importer_for(source), source, **limits).startswith(f"{name} {reason}")


def workbook_of_many_parts() -> bytes:
    return zipped(xlsx_parts({"A": xlsx_rows([["Question"], ["Can I?"]])}) | {f"a{n}": b"" for n in range(5001)})


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (zip_of(*[HEADED] * 1001), {"zip_entries": 2000}),
        (zip_of(HEADED * 40_000, method=zipfile.ZIP_DEFLATED), {"zip_ratio": 1000}),
        (workbook_of_many_parts(), {"workbook_parts": 6000}),
    ],
)
def test_raised_limits_let_a_file_in_whatever_its_name(tmp_path: Path, content: bytes, limits: dict[str, int]) -> None:
    source = written(tmp_path / "export", content)
    importer = importer_for(source)
    assert set(texts(list(importer.read(source, limited(**limits))))) == {"Can I?"}
