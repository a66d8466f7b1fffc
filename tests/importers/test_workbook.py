"""Workbooks: sheets as tables and typed cells in all three formats, and how they are told from other files."""

from __future__ import annotations

import struct
import zipfile
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Draft, Sender
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.compound_file import SIGNATURE, write_compound_file
from schoolctl.importers.source import Source
from schoolctl.importers.workbook import IMPORTER

from .reading import ALMATY, OPTIONS, Write, positions_read, read_table, refusal_by, texts, written
from .workbook_files import (
    HEADER,
    OLD_WORKBOOK,
    Cell,
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
read = partial(read_table, IMPORTER)
refusal = partial(refusal_by, IMPORTER)


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
    source = written(tmp_path / "any", bytes(content))
    assert IMPORTER.recognises(source) in {True, False}
    positions, is_whole = positions_read(IMPORTER, source.path)
    assert positions == list(range(1, len(positions) + 1))
    assert is_whole or positions == []


PIECES = st.sampled_from(
    ["<row>", "</row>", '<c r="B7" t="s">', "<c>", "</c>", "<v>", "</v>", "1", "9", '<row r="4">', "<!--x-->", "&#49;",
     '<c r="A1" t="inlineStr"><is><t>Вопрос</t></is></c>', "<is><t>Соль?</t></is>", "<f>A1</f>", "</sheetData>"]
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=30))
def test_any_sheet_is_read_or_refused_at_the_start(tmp_path: Path, pieces: list[str]) -> None:
    shared = "<si><t>Вопрос</t></si><si><t>Сахар?</t></si>"
    source = written(tmp_path / "any.xlsx", zipped(xlsx_parts({"A": "".join(pieces)}, shared=shared)))
    with suppress(UnreadableSourceError):
        found = list(IMPORTER.read(source, OPTIONS))
        assert [row.position for row in found] == list(range(1, len(found) + 1))
