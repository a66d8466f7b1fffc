"""Workbooks that are protected, damaged or hostile are refused by name."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
from functools import partial

import pytest

from schoolctl.domain.limits import DEFAULT_LIMITS
from schoolctl.importers.compound_file import SIGNATURE, write_compound_file
from schoolctl.importers.spreadsheet import measure, sheets
from schoolctl.importers.workbook import IMPORTER

from .reading import Write, read_table, refusal_by, texts
from .workbook_files import (
    HEADER,
    MAIN,
    broken_xlsx,
    label,
    ods_parts,
    ods_row,
    ods_text,
    record,
    xls,
    xlsx,
    xlsx_parts,
    xlsx_rows,
    zipped,
)

SOURCE_NAME = "book"
PROTECTED = "book is protected with a password: save a copy without it"
BROKEN = "book cannot be read as a workbook"
FAR_APART = "is spread over more than 1,500,000 cells: clear those far from the table"
TOO_MANY = "holds more than 1,000,000 cells"
SHEET = f"<worksheet {MAIN}><sheetData>%s</sheetData></worksheet>"
read = partial(read_table, IMPORTER)
refusal = partial(refusal_by, IMPORTER)


@pytest.mark.parametrize(
    "content",
    [
        write_compound_file("EncryptedPackage", b"x" * 5000),
        xls(label(0, 0, "Вопрос"), record(0x2F, bytes(6))),
        zipped(ods_parts("", "<m:file-entry><m:encryption-data/></m:file-entry>") | {"content.xml": b"\x17\x01"}),
    ],
)
def test_protected_workbooks_are_refused_by_name(write: Write, content: bytes) -> None:
    source = write(content)
    assert IMPORTER.recognises(source)
    assert refusal(source) == PROTECTED


def test_an_archive_with_a_password_is_refused_by_name(write: Write) -> None:
    content = bytearray(xlsx(HEADER))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    assert refusal(write(bytes(content))) == PROTECTED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        SIGNATURE,
        xlsx(HEADER)[:-30],
        zipped({"xl/notes.txt": "x"}),
        zipped({"content.xml": "<a/>", "mimetype": "text/plain"}),
        zipped({"content.xml": "<a/>"}),
        broken_xlsx(sheet="<worksheet><sheetData>"),
        broken_xlsx(book="<workbook"),
        broken_xlsx(sheet='<!DOCTYPE a [<!ENTITY b "c">]>' + SHEET % ""),
        broken_xlsx(sheet=SHEET % '<row><c r="A1"><c r="B1"/><v>1</v></c></row>'),
        broken_xlsx(sheet=SHEET % '<row r="x"/>'),
        broken_xlsx(sheet=SHEET % '<row><c r="1A"><v>1</v></c></row>'),
        broken_xlsx(sheet=SHEET % f'<row><c r="A{"1" * 20}"><v>1</v></c></row>'),
        broken_xlsx(shared=f"<sst {MAIN}><si/></sst>"),
        broken_xlsx(shared=f"<sst {MAIN}><si><t>a</t><si/></si></sst>"),
        zipped(xlsx_parts({"A": ""}) | {"xl/workbook.bin": b"x"}),
        zipped(xlsx_parts({"A": ""}) | {"XL/Workbook.xml": b"<a/>"}),
        zipped(ods_parts("<table:table/>")),
        zipped(ods_parts(ods_row("<table:table-cell><table:table-cell/></table:table-cell>"))),
        zipped(ods_parts(ods_row(attributes='table:number-rows-repeated="9999999"'))),
        zipped(ods_parts(ods_row(attributes='table:number-rows-repeated="many"'))),
        write_compound_file("Workbook", record(0x85, b"\x01")),
        xls(label(0, 0, "Вопрос"), sheets_at=lambda start: [0, start]),
        xls(label(0, 0, "Вопрос"), sheets_at=lambda start: [start, start + 4]),
        xls(label(0, 0, "Вопрос"), sheets_at=lambda start: [start + at for at in range(1001)]),
        xls(label(0, 0, "Вопрос"), record(0xFC, struct.pack("<II", 2**31 - 1, 2**31 - 1))),
        xls(label(0, 0, "Вопрос"), record(0xFC, struct.pack("<IIHB", 1, 1, 9, 0) + b"a")),
        xls(record(0x204, struct.pack("<HHHHB", 0, 0, 0, 60000, 1)) + record(0xBD, bytes(5))),
    ],
)
def test_broken_workbooks_are_refused(write: Write, content: bytes) -> None:
    assert refusal(write(content)) == BROKEN


def test_the_librarys_own_complaints_are_not_shown(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    assert refusal(write(broken_xlsx(book="<workbook><sheets><sheet/></sheets></workbook>"))).startswith("book")
    assert capfd.readouterr() == ("", "")


def test_a_program_without_a_stream_of_errors(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stderr__", None)
    monkeypatch.setattr(os, "dup", lambda _: pytest.fail("there is nothing to keep"))
    assert texts(read(write(xlsx(["Вопрос"], ["Соль?"])))) == ["Соль?"]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_an_interruption_is_no_broken_workbook(kind: type[BaseException]) -> None:
    class Interrupted(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise kind

    with pytest.raises(kind):
        sheets.open_sheets(Interrupted(b"PK"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        # One cell in the last place: the library would make room for all of them.
        (broken_xlsx(sheet=SHEET % '<row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'), FAR_APART),
        (broken_xlsx(sheet=SHEET % ('<row r="%s"><c><v>1</v></c></row>' * 2 % (1, 2_000_000))), FAR_APART),
        (xls(label(0, 0, "a") + label(65535, 255, "b")), FAR_APART),
        (
            broken_xlsx(
                shared=f"<sst {MAIN}><si><t>a</t></si><si><t>{'x' * 30_000}</t></si></sst>",
                sheet=SHEET % ('<row><c t="s"><v>1<!-- cut -->5</v></c></row>' * 1000),
            ),
            "holds more than 20,000,000 characters",
        ),
        (zipped(ods_parts(ods_row(ods_text("a", 'table:number-columns-repeated="1000001"')))), TOO_MANY),
        (zipped(ods_parts(ods_row(ods_text("a"), attributes='table:number-rows-repeated="1048576"'))), TOO_MANY),
        (zipped(ods_parts(ods_row(ods_text("<text:s text:c='900000000'/>")))), "holds more than 20,000,000 characters"),
        (
            xls(
                b"".join(record(0xFD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(2000)),
                record(0xFC, struct.pack("<IIHB", 1, 1, 11000, 0) + b"x" * 8000) + record(0x3C, b"\0" + b"x" * 3000),
            ),
            "holds more than 20,000,000 characters",
        ),
    ],
)
def test_workbooks_that_would_fill_the_memory_are_refused(write: Write, content: bytes, reason: str) -> None:
    assert refusal(write(content)) == f"book {reason}"


def test_zip_bombs_are_refused(write: Write) -> None:
    bomb = xlsx_parts({"A": xlsx_rows([["Вопрос"]])}) | {"xl/media/a.bin": bytes(3_000_000)}
    assert refusal(write(zipped(bomb))) == "book is a zip bomb: a part of it inflates more than 100-fold"
    assert refusal(write(zipped(bomb, zipfile.ZIP_STORED)), zip_total_mb=2) == "book inflates to more than 2 MB"


def test_archives_of_too_many_parts_are_refused(write: Write) -> None:
    parts = xlsx_parts({"A": xlsx_rows([["Вопрос"]])}) | {f"a{number}": b"" for number in range(5001)}
    source = write(zipped(parts))
    assert IMPORTER.recognises(source)
    assert refusal(source) == "book holds more than 5,000 parts"
    content = bytearray(xlsx(["Вопрос"]))
    struct.pack_into("<L", content, len(content) - 10, 1024 * 1024 + 1)
    assert refusal(write(bytes(content))) == "book holds more than 5,000 parts"


def test_limits_of_size_and_formatting(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(xlsx(["Вопрос"], ["Соль?"]))
    monkeypatch.setattr("schoolctl.importers.spreadsheet.xml_sheets._MOST_ELEMENTS", 3)
    assert refusal(source) == "book holds more formatting than can be read"
    assert refusal(source, workbook_mb=0) == "book is larger than 0 MB; save it in parts"


def test_an_empty_workbook_is_refused(write: Write) -> None:
    assert refusal(write(zipped(xlsx_parts({"A": ""})))) == "book: it is empty"


def test_sheets_are_measured_together() -> None:
    counted = measure.Measure(DEFAULT_LIMITS)
    counted.begin_sheet()
    counted.add(0, 0, rows=1000, columns=1000)
    counted.begin_sheet()
    with pytest.raises(measure.WorkbookTooLargeError, match="more than 1,000,000 cells"):
        counted.add(5, 5)
