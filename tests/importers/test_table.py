"""Tables of questions: dialects, headers in three languages, dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.question import Draft, Sender
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.table import IMPORTER

from .reading import ALMATY, Write, draft_texts, only_draft, read_table

SOURCE_NAME = "questions.csv"
read = partial(read_table, IMPORTER)


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
    assert draft_texts(read(write(content))) == expected


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
    assert draft_texts(rows)[-1] == text


def test_columns_by_number_serve_a_table_without_headers(write: Write) -> None:
    rows = read(write("Ann,ann@example.org,Can I?\nBob,bob@example.org,And I?\n"), {"text": "3", "email": "2"})
    assert draft_texts(rows) == ["Can I?", "And I?"]
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
                "questions.csv: its dates can be read in two ways (05/12/2022). "
                "Add --date-order dmy if the day comes first, --date-order mdy if the month does"
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
