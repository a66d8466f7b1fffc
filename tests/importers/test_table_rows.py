"""Rows of a table that are broken, of another encoding or no question, and rows of any bytes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Draft, Sender
from schoolctl.importers.source import ImportOptions
from schoolctl.importers.table import IMPORTER
from schoolctl.importers.table_records import MOST_LINES_IN_ROW

from .reading import (
    ALMATY,
    Write,
    bytes_or_pieces,
    draft_texts,
    only_draft,
    positions_read,
    read_table,
    reasons,
    written,
)

SOURCE_NAME = "questions.csv"
read = partial(read_table, IMPORTER)


@pytest.mark.parametrize(
    ("row", "repair"),
    [
        ("Can I?,x@y,", "the e-mail address could not be read"),
        ("Can I?,,12345", "the phone number could not be read"),
        ("Can I?,,,more", "damaged: the row has more cells than the header"),
    ],
)
def test_what_could_not_be_read_is_named(write: Write, row: str, repair: str) -> None:
    draft = only_draft(read(write(f"question,email,phone\n{row}\n")))
    assert (draft.text, draft.sender, draft.repairs) == ("Can I?", Sender(), (repair,))


HEADER = "question;name;email\n"


@pytest.mark.parametrize(
    ("rows", "expected_texts", "expected_reasons"),
    [
        (";Ann;\nCan I?;;\n", ["Can I?"], [(1, "no text in this row")]),
        ("# note\nCan I?;;\n", ["# note", "Can I?"], []),
        (HEADER + "Can I?;;\n", ["Can I?"], [(1, "the header row again")]),
        ("x" * 20_001 + ";;\nCan I?;;\n", ["Can I?"], [(1, "longer than 20,000 characters")]),
        ("x" * 3_000_000 + ";;\nCan I?;;\n", ["Can I?"], [(1, "a row longer than 1,000,000 characters")]),
        ('"open;Ann;\nCan I?;Bob;\nAnd "I"?;;\n', ["Can I?", 'And "I"?'], [(1, "a quotation mark that is not closed")]),
        (
            '"open;Ann;\nCan I?;Bob;b@example.kz\n"And?";;\n',
            ["Can I?", "And?"],
            [(1, "a quotation mark that is not closed")],
        ),
        ('"open;Ann;\nCan I?;Bob;\n', ["Can I?"], [(1, "a quotation mark that is not closed")]),
        ('"a;b;\na?;A;\nb?;B;\nc";;\n', ["a?", "b?", 'c"'], [(1, "a quotation mark that is not closed")]),
        ('"He said "yes"\nand?";Ann;\n', ['He said yes"', 'and?"'], []),
        (
            '"open\n' + "line\n" * MOST_LINES_IN_ROW,
            ["line"] * MOST_LINES_IN_ROW,
            [(1, "a quotation mark that is not closed")],
        ),
        ('"last', ["last"], []),
        ('"two\nlines', ["two\nlines"], []),
    ],
)
def test_broken_rows_are_set_aside_and_the_rest_goes_on(
    write: Write, rows: str, expected_texts: list[str], expected_reasons: list[tuple[int, str]]
) -> None:
    read_rows = read(write(HEADER + "First?;;\n" + rows))[1:]
    assert draft_texts(read_rows) == expected_texts
    assert reasons(read_rows) == [(position + 1, reason) for position, reason in expected_reasons]


def test_a_comment_among_the_rows_is_named(write: Write) -> None:
    rows = read(write("name;question\nAnn;Can I?\n# note\n"))
    assert reasons(rows) == [(2, "a comment line")]


def test_an_open_quote_in_a_plain_list_takes_no_other_line(write: Write) -> None:
    rows = read(write('question\n"open\nCan I?\nAnd?\n'))
    assert (draft_texts(rows), reasons(rows)) == (["Can I?", "And?"], [(1, "a quotation mark that is not closed")])


def test_rows_of_another_encoding_are_read_by_themselves(write: Write) -> None:
    content = ("вопрос;имя\n" + "Можно ли есть соль?;Ерлан\n" * 5).encode() + "Можно ли есть сахар?;Анна\n".encode(
        "cp1251"
    )
    rows = read(write(content))
    assert draft_texts(rows)[-2:] == ["Можно ли есть соль?", "Можно ли есть сахар?"]
    assert [row.repairs for row in rows[-2:] if isinstance(row, Draft)] == [(), ("read as windows-1251",)]


def test_letters_beyond_the_first_64_kilobytes_decide_the_encoding(write: Write) -> None:
    content = b"question;name\n" + b"Can I?;Ann\n" * 9000 + "Можно ли есть соль? Врач сказал;Ерлан\n".encode("cp1251")
    assert draft_texts(read(write(content)))[-1] == "Можно ли есть соль? Врач сказал"


def test_a_byte_the_encoding_does_not_have_is_named(write: Write) -> None:
    content = "Вопрос;Имя\nМожно ли есть соль?;Ерлан Выдуманный\n".encode("cp1251") + b"\xd1\xee\xeb\xfc \x98?;\n"
    row = read(write(content))[1]
    assert isinstance(row, Draft)
    assert row.original_text == "Соль \ufffd?"
    assert row.repairs[:2] == ("read as windows-1251", "damaged: some characters could not be read")


def test_the_organisers_own_rows_are_set_aside(write: Write) -> None:
    source = write("question,name,email,phone\nA?,,Staff@example.kz,\nB?,,,8 700 000 00 09\nC?,Штаб,,\nD?,,,\n")
    own = frozenset({"staff@example.kz", "+7 (700) 000-00-09"})
    rows = list(IMPORTER.read(source, ImportOptions(ALMATY, own_names=frozenset({"штаб"}), own_addresses=own)))
    assert reasons(rows) == [(number, "the organisers' own message") for number in (1, 2, 3)]
    assert draft_texts(rows) == ["D?"]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        ("a,b\n1,2\n", "list.csv", True),
        ("a\tb\n", "list.TSV", True),
        ("Вопрос;Имя\nСоль?;Ерлан\n", "list.txt", True),
        ("Вопрос\nСоль?\n", "list.txt", False),
        ("a,b\n1,2\n", "list.txt", False),
        ("Просто письмо, и всё.\n", "letter.txt", False),
        ("", "empty.txt", False),
        ("From ann@example.org Thu May 12 10:00:00 2022\nSubject: question\n", "inbox.csv", False),
        ("Return-Path: <ann@example.org>\nSubject: question, name\n", "mail.csv", False),
        ("12.05.2022, 10:00 - Ерлан: вопрос, имя\n", "chat.csv", False),
        ("\u200e[12.05.22, 10:00:15] Ерлан: вопрос, имя\n", "chat.csv", False),
        (b"PK\x03\x04", "book.csv", False),
    ],
)
def test_tables_are_told_from_other_files(write: Write, content: str | bytes, name: str, *, expected: bool) -> None:
    assert IMPORTER.recognises(write(content, name)) is expected


NASTY = st.sampled_from(
    ['"', '""', ";", ",", "\n", "\r\n", "\r", "\t", "\0", "соль", "a@b.kz", "5/13/22", "\ufeff", "#"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(bytes_or_pieces(NASTY, 200))
def test_any_rows_are_accounted_for(tmp_path: Path, rows: bytes) -> None:
    source = written(tmp_path / "any.csv", b"question;name;date\nCan I?;Ann;5/13/22\n" + rows)
    found = read(source, date_order="mdy")
    assert [row.position for row in found] == list(range(1, len(found) + 1))
    assert draft_texts(found)[0] == "Can I?"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(bytes_or_pieces(NASTY, 200))
def test_any_bytes_are_read_or_refused_at_the_start(tmp_path: Path, content: bytes) -> None:
    source = written(tmp_path / "any.txt", content)
    assert IMPORTER.recognises(source) in {True, False}
    positions, is_whole = positions_read(IMPORTER, source.path)
    assert positions == list(range(1, len(positions) + 1))
    assert is_whole or positions == []
