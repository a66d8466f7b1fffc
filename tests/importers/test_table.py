"""Tables of questions: dialects, headers in three languages, dates, broken rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import DateOrder, ImportOptions, Source
from schoolctl.importers.table import IMPORTER
from schoolctl.importers.table_records import LONGEST_FIELD, LONGEST_QUESTION, MOST_LINES_IN_ROW

ALMATY = ZoneInfo("Asia/Almaty")
Write = Callable[..., Source]
Row = Draft | SetAside


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: str | bytes, name: str = "questions.csv") -> Source:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Source(path)

    return write_file


def read(source: Source, columns: Mapping[str, str] | None = None, date_order: DateOrder | None = None) -> list[Row]:
    return list(IMPORTER.read(source, ImportOptions(ALMATY, columns=columns or {}, date_order=date_order)))


def texts(rows: list[Row]) -> list[str]:
    return [row.text for row in rows if isinstance(row, Draft)]


def reasons(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row.position, row.reason) for row in rows if isinstance(row, SetAside)]


def only_draft(rows: list[Row]) -> Draft:
    (row,) = rows
    assert isinstance(row, Draft)
    return row


def test_every_field_of_a_row(write: Write) -> None:
    source = write(
        "question,name,email,phone,date\n"
        "Можно ли соль?, Айгерим  Н. ,Aigerim@Example.KZ,87770793165.0,12.05.2022 10:00:05\n"
    )
    assert read(source) == [
        Draft(
            1,
            "form",
            text="Можно ли соль?",
            original_text="Можно ли соль?",
            sender=Sender("Айгерим Н.", "aigerim@example.kz", "+77770793165"),
            received_at=datetime(2022, 5, 12, 10, 0, 5, tzinfo=ALMATY),
            zone_assumed=True,
        )
    ]
    assert source.consumed == source.size


TABLE = [["Сұрақ", "Аты-жөні", "Телефон"], ["Тұзды, ащыны жеуге бола ма; жоқ па?", "Әлия О.", "+7 700 000 00 01"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "kz1048"])
def test_dialects_and_encodings(write: Write, delimiter: str, encoding: str) -> None:
    content = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in TABLE)
    draft = only_draft(read(write(content.encode(encoding))))
    assert (draft.text, draft.sender.name) == (TABLE[1][0], "Әлия О.")
    assert draft.repairs == (("read as kz1048",) if encoding == "kz1048" else ())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("sep=;\r\nВопрос;Имя\r\nСоль, сахар?;Ерлан\r\n", ["Соль, сахар?"]),
        ("# comment\n\nОтчёт за май\n\nВопрос;Имя\nСоль?;Ерлан\n;;\nВода?\n", ["Соль?", "Вода?"]),
        ('Вопрос,Имя\r"Соль?\r\rСахар?",Ерлан\rВода?,Анна\r', ["Соль?\r\rСахар?", "Вода?"]),
        ("имя,вопрос\nЕрлан,Соль, сахар, вода?\n", ["Соль, сахар, вода?"]),
        (
            "Можно ли соль, сахар?\nКак мерить давление, пульс?\n",
            ["Можно ли соль, сахар?", "Как мерить давление, пульс?"],
        ),
        (
            "Добрый день, у меня вопрос, телефон не отвечает\nСоль?\n",
            ["Добрый день, у меня вопрос, телефон не отвечает", "Соль?"],
        ),
        ('"Соль\nили сахар?"\nВода?\n', ["Соль\nили сахар?", "Вода?"]),
        ("question\nCan I?\n", ["Can I?"]),
        ("question,name\n=HYPERLINK(1),Ann\n@SUM,Bob\n", ["=HYPERLINK(1)", "@SUM"]),
        ("question,name\nCenterâ€™s diet?,Ann\n", ["Center’s diet?"]),
        ("вопрос,имя\nсоль?,Анна\n".encode().decode("cp1251"), ["соль?"]),
    ],
)
def test_texts_of_all_sorts_of_tables(write: Write, content: str, expected: list[str]) -> None:
    assert texts(read(write(content))) == expected


@pytest.mark.parametrize(
    ("header", "row", "text", "sender"),
    [
        (
            "Timestamp,Email Address,What would you like to know?,Anything else?,Your city",
            "2024/05/12 10:00:00 AM GMT+6,ann@example.org,Can I?,And salt?,Almaty",
            "Can I?\n\nAnd salt?",
            Sender("", "ann@example.org"),
        ),
        (
            "Отметка времени,Адрес электронной почты,Что вас беспокоит,Ваш возраст",
            "12.05.2022 10:00:00,oljas@example.kz,Спина,44",
            "Спина",
            Sender("", "oljas@example.kz"),
        ),
        (
            "ID,Start time,Completion time,Email,Name,Your question to the doctor,Phone",
            "1,5/13/22 9:00:00,5/13/22 9:07:00,anonymous,anonymous,Can I?,8 700 000 00 01",
            "Can I?",
            Sender("", "", "+77000000001"),
        ),
        (
            "ИД,Время начала,Время выполнения,Адрес электронной почты,Имя,Вопрос",
            "1,13.05.22 9:00:00,13.05.22 9:07:00,anna@example.kz,Анна В.,Можно?",
            "Можно?",
            Sender("Анна В.", "anna@example.kz"),
        ),
        (
            "Уақыт белгісі,Аты-жөніңіз,Дәрігерге қандай сұрағыңыз бар?,Байланыс телефоны",
            "12.05.2022 10:00:00,Әлия О.,Ұйқы қашты,87000000002",
            "Ұйқы қашты",
            Sender("Әлия О.", "", "+77000000002"),
        ),
        ("Фамилия,Имя,Текст вопроса,Ответ", "Невымышленная,Юлия,Соль?,Нет", "Соль?", Sender("Невымышленная Юлия")),
        (
            "Какой вопрос вы хотите задать и по какому телефону ответить?,Телефон",
            "Соль?,87000000003",
            "Соль?",
            Sender("", "", "+77000000003"),
        ),
    ],
)
def test_columns_are_found_by_their_headers(write: Write, header: str, row: str, text: str, sender: Sender) -> None:
    source = write(f"{header}\n{row}\n")
    assert IMPORTER.recognises(source)
    draft = only_draft(read(source))
    assert (draft.text, draft.original_text, draft.sender) == (text, text, sender)


def test_a_forms_completion_time_counts(write: Write) -> None:
    source = write("ID,Start time,Completion time,Question\n1,5/13/22 9:00:00,5/13/22 9:07:00,Can I?\n")
    assert only_draft(read(source)).received_at == datetime(2022, 5, 13, 9, 7, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("columns", "text"),
    [({"text": "q"}, "Can I?"), ({"text": "1", "name": "2"}, "Can I?"), ({"text": "Who"}, "Ann")],
)
def test_the_organisers_columns_overrule(write: Write, columns: dict[str, str], text: str) -> None:
    rows = read(write("Q,Who\nCan I?,Ann\n"), columns)
    assert texts(rows)[-1] == text


def test_columns_by_number_serve_a_table_without_headers(write: Write) -> None:
    rows = read(write("Ann,ann@example.org,Can I?\nBob,bob@example.org,And I?\n"), {"text": "3", "email": "2"})
    assert texts(rows) == ["Can I?", "And I?"]
    assert isinstance(rows[0], Draft)
    assert rows[0].sender == Sender("", "ann@example.org")


@pytest.mark.parametrize(
    ("content", "columns", "message"),
    [
        (
            "a,b\n1,2\n",
            {},
            "questions.csv: no column of questions found; name it with --map text=COLUMN; the columns are: a, b",
        ),
        (
            "Q,Who\nx,y\n",
            {"text": "Z"},
            "questions.csv: no header row with the columns named by --map (text=Z); it has: Q, Who",
        ),
        (
            "Q,Who\nx,y\n",
            {"text": "3"},
            "questions.csv: no header row with the columns named by --map (text=3); it has: Q, Who",
        ),
        (b"", {}, "questions.csv is empty"),
        (b"PK\x03\x04rest", {}, "questions.csv is not a text table; save it as CSV first"),
        (
            "question,date\nCan I?,05/12/2022\nAnd?,06/11/2022\n",
            {},
            (
                "questions.csv: the dates can be read with the day or the month first; "
                "say which: --date-order dmy or --date-order mdy"
            ),
        ),
    ],
)
def test_files_that_cannot_be_read_are_refused_by_name(
    write: Write, content: str | bytes, columns: dict[str, str], message: str
) -> None:
    with pytest.raises(UnreadableSourceError) as refused:
        read(write(content), columns)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("cell", "moment", "zone_assumed"),
    [
        ("12.05.2022 10:00:01", datetime(2022, 5, 12, 10, 0, 1, tzinfo=ALMATY), True),
        ("2.5.22", datetime(2022, 5, 2, tzinfo=ALMATY), True),
        ("2022-05-12T10:00:01", datetime(2022, 5, 12, 10, 0, 1, tzinfo=ALMATY), True),
        ("2022-05-12T10:00:01.123Z", datetime(2022, 5, 12, 10, 0, 1, tzinfo=UTC), False),
        ("2022-05-12 10:00+05:30", datetime(2022, 5, 12, 10, tzinfo=timezone(timedelta(hours=5, minutes=30))), False),
        ("2022/05/12 1:00:00 PM GMT-6", datetime(2022, 5, 12, 13, tzinfo=timezone(timedelta(hours=-6))), False),
        ("2022-05-12 10:00 +99:00", datetime(2022, 5, 12, 10, tzinfo=ALMATY), True),
        ("5/13/2022 12:30:00 AM", datetime(2022, 5, 13, 0, 30, tzinfo=ALMATY), True),
        ("5/13/2022, 12:30 p.m.", datetime(2022, 5, 13, 12, 30, tzinfo=ALMATY), True),
        ("13/5/2022 10:00", datetime(2022, 5, 13, 10, tzinfo=ALMATY), True),
        ("13-05-2022", datetime(2022, 5, 13, tzinfo=ALMATY), True),
        ("44693.5", datetime(2022, 5, 12, 12, tzinfo=ALMATY), True),
        ("44693,25", datetime(2022, 5, 12, 6, tzinfo=ALMATY), True),
    ],
)
def test_dates_of_many_shapes(write: Write, cell: str, moment: datetime, *, zone_assumed: bool) -> None:
    draft = only_draft(read(write(f'question;date\nCan I?;"{cell}"\n')))
    assert (draft.received_at, draft.zone_assumed, draft.repairs) == (moment, zone_assumed, ())


@pytest.mark.parametrize(
    "cell", ["yesterday", "31.02.2022", "12.05.2022 25:00", "5/13/2022 13:00 PM", "99999", "12.05.2022 10:61"]
)
def test_a_date_that_cannot_be_read_is_named(write: Write, cell: str) -> None:
    draft = only_draft(read(write(f"question;date\nCan I?;{cell}\n")))
    assert (draft.received_at, draft.repairs) == (None, ("the date could not be read",))


def test_one_clear_date_decides_for_the_file(write: Write) -> None:
    rows = read(write("question,date\nCan I?,5/6/2022\nAnd?,5/13/2022\n".encode("utf-16")))
    assert [row.received_at for row in rows if isinstance(row, Draft)] == [
        datetime(2022, 5, 6, tzinfo=ALMATY),
        datetime(2022, 5, 13, tzinfo=ALMATY),
    ]


@pytest.mark.parametrize(("order", "month"), [("dmy", 6), ("mdy", 5)])
def test_the_organisers_date_order_counts_but_for_dots(write: Write, order: DateOrder, month: int) -> None:
    rows = read(write("question,date\nCan I?,5/6/2022\nAnd?,05.06.2022\n"), date_order=order)
    assert [row.received_at.month for row in rows if isinstance(row, Draft) and row.received_at] == [month, 6]


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
        ("x" * (LONGEST_QUESTION + 1) + ";;\nCan I?;;\n", ["Can I?"], [(1, "question longer than 20,000 characters")]),
        ("x" * (3 * LONGEST_FIELD) + ";;\nCan I?;;\n", ["Can I?"], [(1, "a row longer than 1 MB")]),
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
    assert texts(read_rows) == expected_texts
    assert reasons(read_rows) == [(position + 1, reason) for position, reason in expected_reasons]


def test_a_comment_among_the_rows_is_named(write: Write) -> None:
    rows = read(write("name;question\nAnn;Can I?\n# note\n"))
    assert reasons(rows) == [(2, "a comment line")]


def test_an_open_quote_in_a_plain_list_takes_no_other_line(write: Write) -> None:
    rows = read(write('question\n"open\nCan I?\nAnd?\n'))
    assert (texts(rows), reasons(rows)) == (["Can I?", "And?"], [(1, "a quotation mark that is not closed")])


def test_rows_of_another_encoding_are_read_by_themselves(write: Write) -> None:
    content = ("вопрос;имя\n" + "Можно ли есть соль?;Ерлан\n" * 5).encode() + "Можно ли есть сахар?;Анна\n".encode(
        "cp1251"
    )
    rows = read(write(content))
    assert texts(rows)[-2:] == ["Можно ли есть соль?", "Можно ли есть сахар?"]
    assert [row.repairs for row in rows[-2:] if isinstance(row, Draft)] == [(), ("read as windows-1251",)]


def test_letters_beyond_the_first_64_kilobytes_decide_the_encoding(write: Write) -> None:
    content = b"question;name\n" + b"Can I?;Ann\n" * 9000 + "Можно ли есть соль? Врач сказал;Ерлан\n".encode("cp1251")
    assert texts(read(write(content)))[-1] == "Можно ли есть соль? Врач сказал"


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
    assert texts(rows) == ["D?"]


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
@given(st.one_of(st.binary(max_size=200), st.lists(NASTY, max_size=60).map(lambda parts: "".join(parts).encode())))
def test_any_rows_are_accounted_for(tmp_path: Path, rows: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(b"question;name;date\nCan I?;Ann;5/13/22\n" + rows)
    found = read(Source(path), date_order="mdy")
    assert [row.position for row in found] == list(range(1, len(found) + 1))
    assert texts(found)[0] == "Can I?"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(NASTY, max_size=60).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_are_read_or_refused_at_the_start(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(content)
    assert IMPORTER.recognises(Source(path)) in {True, False}
    positions: list[int] = []
    with suppress(UnreadableSourceError):
        for row in IMPORTER.read(Source(path), ImportOptions(ALMATY)):
            positions.append(row.position)
            assert positions == list(range(1, len(positions) + 1))
        positions.append(0)
    assert positions == [] or positions[-1] == 0
