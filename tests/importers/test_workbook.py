"""Workbooks: sheets as tables, typed cells, protection, damage and hostile files, in all three formats."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers import workbook
from schoolctl.importers.compound_file import SIGNATURE, CompoundFile, find_names, write_compound_file
from schoolctl.importers.source import DateOrder, ImportOptions, Source
from schoolctl.importers.spreadsheet import archive, measure, sheets
from schoolctl.importers.workbook import IMPORTER
from schoolctl.importers.zip_directory import LARGEST_DIRECTORY

ALMATY = ZoneInfo("Asia/Almaty")
OLD_WORKBOOK = Path(__file__).parents[1] / "data" / "workbooks" / "dates-and-numbers.xls"
PROTECTED = "book is protected with a password: save a copy without it"
BROKEN = "book cannot be read as a workbook"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
Cell = str | int | float | bool | None
Row = Draft | SetAside
Write = Callable[[bytes], Source]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: bytes) -> Source:
        path = tmp_path / "book"
        path.write_bytes(content)
        return Source(path)

    return write_file


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as files:
        for name, data in parts.items():
            files.writestr(name, data)
    return packed.getvalue()


def xlsx_rows(rows: Iterable[Iterable[Cell]]) -> str:
    """Cells as Excel writes them: texts inline, a text that begins with `@` as a date of style 1, nothing for None."""

    def cell(value: Cell) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, bool):
            return f'<c t="b"><v>{int(value)}</v></c>'
        if isinstance(value, str) and value.startswith("@"):
            return f'<c s="1"><v>{value[1:]}</v></c>'
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    return "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)


def xlsx_parts(tables: Mapping[str, str], *, hidden: tuple[str, ...] = (), shared: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook; `tables` gives the XML of each sheet's rows."""
    numbered = list(enumerate(tables, start=1))
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>'
        for number, name in numbered
        for state in ("hidden" if name in hidden else "visible",)
    )
    links = "".join(
        f'<Relationship Id="r{number}" Type="{RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    book = f'<Relationship Id="a" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f"<Relationships {PACKED}>{book}</Relationships>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKED}>{links}</Relationships>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
    }
    for number, name in numbered:
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {MAIN}><sheetData>{tables[name]}</sheetData></worksheet>"
        )
    if shared:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{shared}</sst>"
    return parts


def xlsx(*rows: Iterable[Cell]) -> bytes:
    return zipped(xlsx_parts({"A": xlsx_rows(rows)}))


def ods_parts(table: str, manifest: str = "") -> dict[str, str | bytes]:
    body = f'<office:body><office:spreadsheet><table:table table:name="A">{table}</table:table></office:spreadsheet>'
    return {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="urn:m">{manifest}</m:manifest>',
        "content.xml": f"<office:document-content {ODS_NAMES}>{body}</office:body></office:document-content>",
    }


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_text(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: str) -> bytes:
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def xls(cells: bytes, globals_: bytes = b"", *, sheets_at: Callable[[int], list[int]] = lambda start: [start]) -> bytes:
    """An .xls file of one sheet; `sheets_at` may list other places than the sheet's real one."""
    bof = record(0x809, struct.pack("<HHIII", 0x600, 5, 0, 0, 6))
    length = len(bof) + len(globals_) + 4
    bound = len(record(0x85, bytes(6) + b"\x01\x00A"))
    places = sheets_at(length + bound * len(sheets_at(0)))
    listed = b"".join(record(0x85, struct.pack("<IBB", place, 0, 0) + b"\x01\x00A") for place in places)
    stream = bof + globals_ + listed + record(0x0A, b"") + record(0x809, struct.pack("<HHIII", 0x600, 16, 0, 0, 6))
    return write_compound_file("Workbook", stream + cells + record(0x0A, b""))


def read(source: Source, columns: Mapping[str, str] | None = None, date_order: DateOrder | None = None) -> list[Row]:
    return list(IMPORTER.read(source, ImportOptions(ALMATY, columns=columns or {}, date_order=date_order)))


def texts(rows: list[Row]) -> list[str]:
    return [row.text if isinstance(row, Draft) else f"({row.reason})" for row in rows]


def refusal(source: Source) -> str:
    with pytest.raises(UnreadableSourceError) as caught:
        read(source)
    return str(caught.value)


HEADER = ("Отметка времени", "Ваше имя", "E-mail", "Телефон", "Ваш вопрос")


def test_every_field_of_a_row(write: Write) -> None:
    # 44693.416724537 is 2022-05-12 10:00:05 less a hair.
    row = ("@44693.416724537", " Айгерим  Н. ", "Aigerim@Example.KZ", 87000000001, "Можно ли соль?\nИ сколько?")
    source = write(xlsx(HEADER, row))
    assert IMPORTER.recognises(source)
    assert read(source) == [
        Draft(
            1,
            "form",
            text="Можно ли соль?\nИ сколько?",
            original_text="Можно ли соль?\nИ сколько?",
            sender=Sender("Айгерим Н.", "aigerim@example.kz", "+77000000001"),
            received_at=datetime(2022, 5, 12, 10, 0, 5, tzinfo=ALMATY),
            zone_assumed=True,
        )
    ]
    assert source.consumed == source.size


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13.05.2022 9:04:11", datetime(2022, 5, 13, 9, 4, 11, tzinfo=ALMATY)),
        (44693.5, datetime(2022, 5, 12, 12, 0, tzinfo=ALMATY)),
        ("@44693", datetime(2022, 5, 12, tzinfo=ALMATY)),
        (None, None),
        ("вчера", None),
    ],
)
def test_times_as_dates_texts_and_numbers(write: Write, written: Cell, expected: datetime | None) -> None:
    (row,) = read(write(xlsx(HEADER, (written, None, None, None, "Соль?"))))
    assert isinstance(row, Draft)
    assert row.received_at == expected


def test_positions_run_over_sheets_and_blank_rows_do_not_count(write: Write) -> None:
    tables = {
        "Сайт": xlsx_rows([["Вопросы за май"], [], ["Вопрос", "Имя"], ["Соль?", "Анна"], [None, " "], [None, "Ерлан"]]),
        "Черновик": xlsx_rows([["Вопрос"], ["Скрытый?"]]),
        "Пусто": "",
        "Справка": xlsx_rows([["Кабинет", "Этаж"], ["204", 2]]),
        "Телефон": xlsx_rows([["Имя", "Сұрақ"], ["Әлия", "Су ішуге бола ма?"], ["Имя", "Сұрақ"]]),
    }
    rows = read(write(zipped(xlsx_parts(tables, hidden=("Черновик",)))))
    assert [row.position for row in rows] == [1, 2, 3, 4, 5]
    assert texts(rows) == [
        "Соль?",
        "(no text in this row)",
        '(the sheet "Справка" has no column of questions)',
        "Су ішуге бола ма?",
        "(the header row again)",
    ]


def test_columns_may_begin_anywhere_and_be_named_by_the_organiser(write: Write) -> None:
    cell = '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
    table = f'<row r="3">{cell % ("C3", "Мысли")}{cell % ("D3", "Кто")}</row>'
    table += f'<row r="4">{cell % ("C4", "Соль?")}{cell % ("D4", "Анна")}</row>'
    source = write(zipped(xlsx_parts({"A": table})))
    assert refusal(source).startswith("book: no column of questions found; name it with --map text=COLUMN")
    (named,) = read(source, {"text": "мысли", "name": "Кто"})
    assert isinstance(named, Draft)
    assert (named.text, named.sender.name) == ("Соль?", "Анна")
    assert texts(read(source, {"text": "3"})) == ["Соль?"]


def test_a_list_without_a_header_needs_a_named_column(write: Write) -> None:
    assert refusal(write(xlsx(["Соль?"], ["Можно ли сахар, если диабет?"]))) == (
        "book: no column of questions found; name it with --map text=COLUMN"
    )
    source = write(xlsx(["Соль?", "+7 700 000 00 01"], ["Сахар?", "+7 700 000 00 02"]))
    assert texts(read(source, {"text": "1"})) == ["Соль?", "Сахар?"]


def test_the_order_of_day_and_month_is_told_by_all_sheets_together(write: Write) -> None:
    dates = {"A": "5/6/22", "B": "5/13/22"}
    tables = {name: xlsx_rows([["Дата", "Вопрос"], [date, "Соль?"]]) for name, date in dates.items()}
    rows = read(write(zipped(xlsx_parts(tables))))
    assert [row.received_at and row.received_at.date().isoformat() for row in rows if isinstance(row, Draft)] == [
        "2022-05-06",
        "2022-05-13",
    ]
    unclear = write(zipped(xlsx_parts({"A": tables["A"]})))
    assert "--date-order" in refusal(unclear)
    (told,) = read(unclear, date_order="dmy")
    assert isinstance(told, Draft)
    assert told.received_at == datetime(2022, 6, 5, tzinfo=ALMATY)


def test_shared_texts_truth_values_and_formulas(write: Write) -> None:
    shared = "<si><t>Вопрос</t></si><si><r><t>Со</t></r><r><t>ль?</t></r></si><si><t/></si>"
    table = '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c></row>'
    table += '<row><c t="b"><v>1</v></c></row><row><c t="str"><f>A2</f><v>Соль!</v></c></row>'
    table += '<row><c t="e"><v>#REF!</v></c></row><row><c><v>1.5</v></c></row>'
    assert texts(read(write(zipped(xlsx_parts({"A": table}, shared=shared))))) == ["Соль?", "True", "Соль!", "1.5"]


def test_an_old_workbook(write: Write) -> None:
    source = write(OLD_WORKBOOK.read_bytes())
    assert IMPORTER.recognises(source)
    first, second = read(source)
    assert isinstance(first, Draft)
    assert (first.text, first.sender) == ("Тұзды жеуге бола ма?", Sender("Әлия О.", "", "+77000000131"))
    assert first.received_at == datetime(2022, 5, 12, 10, 0, 5, tzinfo=ALMATY)
    assert isinstance(second, Draft)
    assert second.received_at == datetime(2022, 5, 13, 9, 30, tzinfo=ALMATY)


def test_an_old_workbook_of_hand_written_records(write: Write) -> None:
    shared = struct.pack("<IIHBHI", 2, 2, 6, 0x1 | 0x4 | 0x8, 1, 3) + "Соль".encode("utf-16-le")
    rest = b"\x00a?" + bytes(4 + 3) + struct.pack("<HB", 1, 0) + b"z"
    cells = (
        record(0x200, struct.pack("<IIHHH", 9, 4, 7, 3, 0))  # no sheet ends before it begins
        + label(0, 0, "Вопрос")
        + record(0xFD, struct.pack("<HHHI", 1, 0, 0, 0))
        + record(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, 6, 0, 10, 1))
        + record(0x06, struct.pack("<HHHdHIH", 3, 0, 0, 7.0, 0, 0, 900))
        + record(0x203, struct.pack("<HHHd", 4, 0, 0, 2.5))
    )
    content = xls(cells, record(0xFC, shared) + record(0x3C, rest) + record(0x18, b"\xff"))
    assert texts(read(write(content))) == ["Сольa?", "1", "7", "2.5"]


def test_an_open_document(write: Write) -> None:
    table = ods_row(ods_text("Вопрос"), ods_text("Телефон"))
    table += ods_row(
        '<table:table-cell table:number-columns-repeated="2"/>', attributes='table:number-rows-repeated="900"'
    )
    table += ods_row(
        ods_text("Со<text:s text:c='2'/>ль?"),
        '<table:table-cell office:value-type="float" office:value="87000000001"><text:p/></table:table-cell>',
        '<table:table-cell table:number-columns-repeated="16000"/>',
    )
    source = write(zipped(ods_parts(table)))
    assert IMPORTER.recognises(source)
    (row,) = read(source)
    assert isinstance(row, Draft)
    assert (row.text, row.sender.phone) == ("Со  ль?", "+77000000001")


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


def broken_xlsx(**parts: str | bytes) -> bytes:
    whole = xlsx_parts({"A": xlsx_rows([["Вопрос"], ["Соль?"]])})
    names = {"sheet": "xl/worksheets/sheet1.xml", "shared": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    return zipped(whole | {names.get(name, name): part for name, part in parts.items()})


FAR_APART = "is spread over more than 1,500,000 cells: clear those far from the table"
TOO_MANY = "holds more than 1,000,000 cells"
SHEET = f"<worksheet {MAIN}><sheetData>%s</sheetData></worksheet>"


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


def test_zip_bombs_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = xlsx_parts({"A": xlsx_rows([["Вопрос"]])}) | {"xl/media/a.bin": bytes(3_000_000)}
    assert refusal(write(zipped(bomb))) == "book is a zip bomb: a part of it inflates more than 100-fold"
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 2 * 1024 * 1024)
    assert refusal(write(zipped(bomb, zipfile.ZIP_STORED))) == "book inflates to more than 2 MB"


def test_archives_of_too_many_parts_are_refused(write: Write) -> None:
    parts = xlsx_parts({"A": xlsx_rows([["Вопрос"]])}) | {f"a{number}": b"" for number in range(5001)}
    source = write(zipped(parts))
    assert not IMPORTER.recognises(source)
    assert refusal(source) == "book holds more than 5,000 parts"
    content = bytearray(xlsx(["Вопрос"]))
    struct.pack_into("<L", content, len(content) - 10, LARGEST_DIRECTORY + 1)
    assert refusal(write(bytes(content))) == "book holds more than 5,000 parts"


def test_limits_of_size_and_formatting(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(xlsx(["Вопрос"], ["Соль?"]))
    monkeypatch.setattr("schoolctl.importers.spreadsheet.xml_sheets._MOST_ELEMENTS", 3)
    assert refusal(source) == "book holds more formatting than can be read"
    monkeypatch.setattr(workbook, "LARGEST_FILE", 0)
    assert refusal(source) == "book is larger than 0 MB; save it in parts"


def test_an_empty_workbook_is_refused(write: Write) -> None:
    assert refusal(write(zipped(xlsx_parts({"A": ""})))) == "book: it is empty"


def test_sheets_are_measured_together() -> None:
    counted = measure.Measure()
    counted.begin_sheet()
    counted.add(0, 0, rows=1000, columns=1000)
    counted.begin_sheet()
    with pytest.raises(measure.WorkbookTooLargeError, match="more than 1,000,000 cells"):
        counted.add(5, 5)


def test_what_is_no_workbook_is_not_claimed(write: Write) -> None:
    assert not IMPORTER.recognises(write(zipped({"_chat.txt": "12.05.2022, 10:00 - Айгуль: Мёд?"})))
    assert not IMPORTER.recognises(write(write_compound_file("__properties_version1.0", b"x")))
    assert not IMPORTER.recognises(write("Вопрос,Имя\nСоль?,Анна\n".encode()))
    assert not IMPORTER.recognises(write(SIGNATURE + bytes(600)))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("book.xlsx", xlsx(HEADER)[:-30], True),
        ("book.XLS", SIGNATURE + bytes(600), True),
        ("book.ods", b"PK\x03\x04", True),
        ("book.zip", b"PK\x03\x04", False),
        ("book.xlsx", b"hello", False),
        ("book.xls", write_compound_file("__properties_version1.0", b"x"), False),
    ],
)
def test_a_damaged_workbook_is_known_by_its_name(tmp_path: Path, name: str, content: bytes, *, expected: bool) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert IMPORTER.recognises(Source(path)) is expected


def compound_header(**fields: int) -> bytes:
    """A header of version 3 whose list of table sectors goes on in sector 0, and nothing stands in itself."""
    values = {"shift": 9, "directory": 2, "tables": 0} | fields
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, values["shift"], 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, values["directory"], 0, 4096, 0xFFFFFFFE, 0, values["tables"], 1)
    return head + b"\xff" * 436


def test_a_table_whose_own_list_goes_on_in_a_sector() -> None:
    listed = struct.pack("<I", 1) + b"\xff" * 504 + struct.pack("<I", 0xFFFFFFFE)
    table = array("I", [0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, *range(4, 11), 0xFFFFFFFE]).tobytes().ljust(512, b"\xff")
    written = write_compound_file("Book", bytes(4096))
    directory = bytearray(written[2 * 4096 : 2 * 4096 + 512])
    struct.pack_into("<I", directory, 128 + 116, 3)
    content = compound_header() + listed + table + bytes(directory) + bytes(range(256)) * 16
    compound = CompoundFile(io.BytesIO(content), len(content))
    assert compound.names == {"Book"}
    assert compound.read("Book") == bytes(range(256)) * 16


@pytest.mark.parametrize(
    "content",
    [
        SIGNATURE,
        compound_header(shift=11) + bytes(2000),
        compound_header(tables=0) + struct.pack("<I", 0xFFFFFFFF) * 127 + struct.pack("<I", 0),
        compound_header(tables=900) + bytes(2000),
        compound_header(tables=0xFFFFFFFE) + bytes(2000),
        compound_header() + struct.pack("<I", 1) * 127 + struct.pack("<I", 0xFFFFFFFE) + bytes(512),
    ],
)
def test_tables_that_make_no_sense(write: Write, content: bytes) -> None:
    assert find_names(write(content)) == set()


ROWS: list[list[Cell]] = [["Дата", "Вопрос"], ["12.05.2022", "Соль?"], [None, "Сахар?"]]
WHOLE = {
    "xlsx": xlsx(*ROWS),
    "ods": zipped(
        ods_parts("".join(ods_row(*(ods_text(str(cell)) for cell in row)) for row in ROWS)), zipfile.ZIP_STORED
    ),
    "xls": OLD_WORKBOOK.read_bytes(),
    "hand-made xls": xls(label(0, 0, "Вопрос") + label(1, 0, "Соль?")),
}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_mutated_bytes_are_read_or_refused_at_the_start(tmp_path: Path, name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    path = tmp_path / "any"
    path.write_bytes(content)
    assert IMPORTER.recognises(Source(path)) in {True, False}
    positions: list[int] = []
    with suppress(UnreadableSourceError):
        for row in IMPORTER.read(Source(path), ImportOptions(ALMATY)):
            positions.append(row.position)
            assert positions == list(range(1, len(positions) + 1))
        positions.append(0)
    assert positions == [] or positions[-1] == 0


PIECES = st.sampled_from(
    ["<row>", "</row>", '<c r="B7" t="s">', "<c>", "</c>", "<v>", "</v>", "1", "9", '<row r="4">', "<!--x-->", "&#49;",
     '<c r="A1" t="inlineStr"><is><t>Вопрос</t></is></c>', "<is><t>Соль?</t></is>", "<f>A1</f>", "</sheetData>"]
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=30))
def test_any_sheet_is_read_or_refused_at_the_start(tmp_path: Path, pieces: list[str]) -> None:
    path = tmp_path / "any.xlsx"
    shared = "<si><t>Вопрос</t></si><si><t>Сахар?</t></si>"
    path.write_bytes(zipped(xlsx_parts({"A": "".join(pieces)}, shared=shared)))
    with suppress(UnreadableSourceError):
        found = list(IMPORTER.read(Source(path), ImportOptions(ALMATY)))
        assert [row.position for row in found] == list(range(1, len(found) + 1))
