"""Reports of Zoom webinars: Q&A, registrations and attendees, old and new, in three languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.zoom import IMPORTER
from schoolctl.importers.zoom_files.columns import find_section

from .reading import ALMATY, Row, Write, bytes_or_pieces, only_draft, positions_read, refusal_by, texts, written

SOURCE_NAME = "report.csv"
SUMMARY = "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Question\nSchool,812 0000 0001,%s,90,2\n\n"


def read(source: Source, date_order: DateOrder | None = None, own: tuple[str, ...] = ()) -> list[Row]:
    options = ImportOptions(ALMATY, own_names=frozenset(own), own_addresses=frozenset(own), date_order=date_order)
    return list(IMPORTER.read(source, options))


def refusal(source: Source, **limits: int) -> str:
    assert IMPORTER.recognises(source)
    return refusal_by(IMPORTER, source, **limits)


def test_every_field_of_a_question(write: Write) -> None:
    content = "Q&A Report\n" + SUMMARY % "05/19/2022 06:30:00 PM"
    content += "#,Question,Asker Name,Asker Email,Answer(s),Question Time,Answered By\n"
    content += '1,"Can I eat, drink?",Ann Lee,Ann@Example.org,"Yes\nand no",05/19/2022 06:45:01 PM,Dr. Example\n'
    source = write("\ufeff" + content)
    assert IMPORTER.recognises(source)
    assert read(source) == [
        Draft(
            1,
            "zoom",
            text="Can I eat, drink?",
            original_text="Can I eat, drink?",
            sender=Sender("Ann Lee", "ann@example.org"),
            received_at=datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY),
            zone_assumed=True,
            is_answered=True,
        )
    ]
    assert source.consumed == source.size


@pytest.mark.parametrize(
    ("header", "row", "text", "sender"),
    [
        (
            "#,Question,Asker Name,Asker Email,Answer(s)",
            "1,Salt?,Ann,ann@example.org,Yes",
            "Salt?",
            Sender("Ann", "ann@example.org"),
        ),
        ("#,Question,Answer(s)", "1,Salt?,Yes", "Salt?", Sender()),
        ("#,Question", "1,Salt, or not?", "Salt, or not?", Sender()),
        (
            "#,Question,Question Details,Asker Name",
            "1,Salt?,I have anaemia,Ann",
            "Salt?\n\nI have anaemia",
            Sender("Ann"),
        ),
        (
            "#,Question,Asker Name,Answer(s),Answer Name,Answer Email",
            "1,Salt?,,Yes,Dr.,dr@example.org",
            "Salt?",
            Sender(),
        ),
        ("#,Question,Asker Name,Answer", "1,Salt?,Anonymous Attendee,Yes,more,and more", "Salt?", Sender()),
        (
            "№,Вопрос,Имя задавшего вопрос,Электронный адрес,Ответы",
            "1,Соль?,Анна,anna@example.kz,",
            "Соль?",
            Sender("Анна", "anna@example.kz"),
        ),
        ("№,Вопрос,Имя,Ответ", "1,Соль?,Анонимный участник,", "Соль?", Sender()),
        (
            "№,Сұрақ,Сұрақ қоюшының аты,Электрондық пошта,Жауаптар",
            "1,Тұз?,Әлия,aliya@example.kz,",
            "Тұз?",
            Sender("Әлия", "aliya@example.kz"),
        ),
        ("№,Сұрақ,Аты,Жауап", "1,Тұз?,Анонимді қатысушы,", "Тұз?", Sender()),
        (
            "First Name,Last Name,Email,Country/Region Name,Phone,Questions & Comments",
            "Ann,Lee,ann@example.org,Ireland,8 700 000 00 01,Salt?",
            "Salt?",
            Sender("Ann Lee", "ann@example.org", "+77000000001"),
        ),
        (
            "Attended,User Name (Original Name),Email,What question do you have for the doctor today?",
            "Yes,Ann,,Salt?",
            "Salt?",
            Sender("Ann"),
        ),
        ("Фамилия,Имя,Ваш вопрос врачу", "Ким,Анна,Соль?", "Соль?", Sender("Ким Анна")),
    ],
)
def test_columns_of_old_new_and_translated_reports(
    write: Write, header: str, row: str, text: str, sender: Sender
) -> None:
    draft = only_draft(read(write(f"Report\n{SUMMARY % ''}Details\n{header}\n{row}\n")))
    assert (draft.text, draft.sender, draft.channel, draft.received_at) == (text, sender, "zoom", None)


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("#,Question,Asker Name,Asker Email,Answer(s)", "1,Salt?,Ann,,live answered", True),
        ("#,Question,Asker Name,Asker Email,Answer(s)", "1,Salt?,Ann,,No", True),
        ("#,Question,Asker Name,Asker Email,Answer(s)", '1,Salt?,Ann,,"Yes\nand no"', True),
        ("#,Question,Asker Name,Asker Email,Answer(s)", "1,Salt?,Ann,,", False),
        ("#,Question,Asker Name,Asker Email,Answer(s)", "1,Salt?,Ann,,-", False),
        ("#,Question,Asker Name,Asker Email,Answer(s)", "1,Salt?,Ann", False),
        ("#,Question,Asker Name,Answer(s)", "1,Salt?,Ann,Not answered", False),
        ("#,Question,Asker Name,Answer(s)", "1,Salt?,Ann,Ответим позже", False),
        ("#,Question,Asker Name,Answer(s)", "1,Salt?,Ann,Кейінірек жауап береміз", False),
        ("#,Question,Asker Name,Answer(s)", "1,Salt?,Ann,We will come back to it at the next School.", False),
        ("#,Question,Asker Name,Answer(s)", f"1,Salt?,Ann,{'A little salt does no harm. ' * 4}Less later.", True),
        ("#,Question,Asker Name,Answered", "1,Salt?,Ann,No", False),
        ("#,Question,Asker Name,Answered", "1,Salt?,Ann,Yes", True),
        ("#,Question,Asker Name,Answered By,Answer Time", "1,Salt?,Ann,Dr. Example,", True),
        ("#,Question,Asker Name,Status,Answer", "1,Salt?,Ann,Open,", False),
        ("#,Question,Asker Name,Status,Answer", "1,Salt?,Ann,Dismissed,", False),
        ("#,Question,Asker Name,Question Status", "1,Salt?,Ann,Live Answered", True),
        ("#,Question,Asker Name,Host,Panelist", "1,Salt?,Ann,Dr. Example,Dr. Sample", False),
        ("#,Question,Asker Name,Was it answered?", "1,Salt?,Ann,Yes", False),
        ("№,Вопрос,Имя задавшего вопрос,Ответы", "1,Соль?,Анна,Отвечено вживую", True),
        ("№,Вопрос,Имя задавшего вопрос,Ответы", "1,Соль?,Анна,Нет", True),
        ("№,Вопрос,Имя задавшего вопрос,Ответы", "1,Соль?,Анна,Нет ответа", False),
        ("№,Вопрос,Имя,Статус", "1,Соль?,Анна,Отвечен", True),
        ("№,Вопрос,Имя,Статус", "1,Соль?,Анна,Не отвечен", False),
        ("№,Вопрос,Имя,Ответственный", "1,Соль?,Анна,Иванова", False),
        ("№,Сұрақ,Сұрақ қоюшының аты,Жауаптар", "1,Тұз?,Әлия,Иә", True),
        ("№,Сұрақ,Сұрақ қоюшының аты,Жауаптар", "1,Тұз?,Әлия,", False),
        ("№,Сұрақ,Аты,Мәртебесі", "1,Тұз?,Әлия,Жауап берілді", True),
        ("№,Сұрақ,Аты,Мәртебесі", "1,Тұз?,Әлия,Жауап берілмеді", False),
        ("№,Сұрақ,Аты,Жауапты", "1,Тұз?,Әлия,Мысалов", False),
    ],
)
def test_a_report_tells_which_questions_were_answered(write: Write, header: str, row: str, *, expected: bool) -> None:
    draft = only_draft(read(write(f"Report\n{SUMMARY % ''}Details\n{header}\n{row}\n")))
    assert draft.is_answered is expected


def test_what_is_set_aside_keeps_that_it_was_answered(write: Write) -> None:
    content = f"Report\n{SUMMARY % ''}#,Question,Asker Name,Answer(s)\n1,Welcome,Школа,Hello\n"
    (row,) = read(write(content), own=("Школа",))
    assert isinstance(row, SetAside)
    assert row.draft
    assert row.draft.is_answered


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_reports_saved_anew_by_a_spreadsheet_program(write: Write, delimiter: str, encoding: str) -> None:
    rows = [
        ["Тема", "Идентификатор вебинара"],
        ["Школа", "812"],
        ["№", "Вопрос", "Имя", "Ответ"],
        ["1", "Соль, сахар?", "Анна", ""],
    ]
    source = write("\r\n".join(delimiter.join(row) for row in rows), encoding=encoding)
    assert IMPORTER.recognises(source)
    draft = only_draft(read(source))
    assert (draft.text, draft.sender.name) == ("Соль, сахар?", "Анна")


@pytest.mark.parametrize(
    ("start", "asked", "expected"),
    [
        ('"May 19, 2022 6:30 PM"', '"May 5, 2022 6:45:01 PM"', datetime(2022, 5, 5, 18, 45, 1, tzinfo=ALMATY)),
        ("2022-05-19 18:30:00", "2022-05-19 18:45:01", datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY)),
        ("05/19/2022 18:30", "05/06/2022 18:45", datetime(2022, 5, 6, 18, 45, tzinfo=ALMATY)),
        ("19/05/2022 18:30", "05/06/2022 18:45", datetime(2022, 6, 5, 18, 45, tzinfo=ALMATY)),
        ("19.05.2022 18:30", "05.06.2022 18:45", datetime(2022, 6, 5, 18, 45, tzinfo=ALMATY)),
        ("", "Mau 1, 2022", None),
        ("", "", None),
    ],
)
def test_times(write: Write, start: str, asked: str, expected: datetime | None) -> None:
    content = SUMMARY % start + f"#,Question,Asker Name,Question Time\n1,Salt?,Ann,{asked}\n2,Sugar?\n"
    rows = read(write(content))
    assert [row.received_at for row in rows if isinstance(row, Draft)] == [expected, None]


def test_dates_that_can_be_read_in_two_ways_are_asked_about(write: Write) -> None:
    source = write(SUMMARY % "05/06/2022 18:30" + "#,Question,Asker Name,Question Time\n1,Salt?,Ann,05/06/2022 18:45\n")
    assert "--date-order" in refusal(source)
    assert only_draft(read(source, "mdy")).received_at == datetime(2022, 5, 6, 18, 45, tzinfo=ALMATY)
    untimed = write(SUMMARY % "05/06/2022 18:30" + "#,Question,Asker Name\n1,Salt?,Ann\n")
    assert texts(read(untimed)) == ["Salt?"]


def test_what_is_no_question_is_set_aside(write: Write) -> None:
    content = SUMMARY % "" + "#,Question,Asker Name,Asker Email\n1,,Ann,\n2,Welcome,Школа,\n3,Hello,,own@example.org\n"
    content += "#,Question,Asker Name,Asker Email\n4,Question: what is the name of the drug?,Answer,\n"
    rows = read(write(content), own=("Школа", "own@example.org"))
    assert texts(rows) == [
        "(no text in this row)",
        "(the organisers' own message)",
        "(the organisers' own message)",
        "Question: what is the name of the drug?",
    ]
    assert [row.position for row in rows] == [1, 2, 3, 4]
    assert isinstance(rows[0], SetAside)
    assert rows[0].draft
    assert (rows[0].draft.channel, rows[0].draft.sender.name) == ("zoom", "Ann")


def test_sections_without_questions_are_passed_over(write: Write) -> None:
    content = "Attendee Report\n" + SUMMARY % "" + "Host Details\nUser Name,Email\nDoctor,dr@example.org\n\n"
    content += "Attendee Details\nUser Name,Email,Questions & Comments\nAnn,ann@mail.example.org,My question: salt?\n"
    content += "Bob,bob@example.org,\nPanelist Details\nUser Name,Email,Join Time\nDoctor,dr@example.org,\n"
    assert texts(read(write(content))) == ["My question: salt?", "(no text in this row)"]


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Attendee Report", "is an attendee report: it holds no questions"),
        ("Отчет об участниках", "is an attendee report: it holds no questions"),
        ("Registration Report", "is a registration report: it holds no questions"),
        ("Отчет о регистрации", "is a registration report: it holds no questions"),
        ("Poll Report", "is a report of polls: it holds no questions"),
        ("Q&A Report", "is a report of questions nobody asked: it holds no questions"),
    ],
)
def test_reports_without_questions_are_refused_by_kind(write: Write, title: str, reason: str) -> None:
    content = f"{title}\n{SUMMARY % '05/06/2022'}Attendee Details\nAttended,User Name (Original Name),Email,Join Time\n"
    content += f"Yes,Ann,ann@example.org,05/06/2022 18:31\n{'x' * 500},,,\n"
    assert refusal(write(content)) == f"report.csv {reason}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('"Topic","Webinar ID"\n', True),
        ("Тақырып;Вебинар нөмірі\n", True),
        ("#,Question,Asker Name,Asker Email\n", True),
        ("Вопрос,Имя\nMeeting ID не приходит. Что делать?,Анна\n", False),
        ("Hello, my meeting id, please\n", False),
        ("%PDF Webinar ID\n", False),
    ],
)
def test_only_whole_headers_of_zoom_are_recognised(write: Write, content: str, *, expected: bool) -> None:
    assert IMPORTER.recognises(write(content)) is expected


def test_a_large_file_is_refused(write: Write) -> None:
    content = SUMMARY % "" + "x" * 1024 * 1024
    assert refusal(write(content), text_file_mb=1) == "report.csv is larger than 1 MB"


@pytest.mark.parametrize(
    "row",
    [
        ["# Question", "Topic", "Name"],
        ["Topic", "Number of questions", "Host Name"],
        ["Question", "x" * 401, "Name"],
        ["ann@example.org", "My question", "Name"],
        ["Question"],
        ["Are you new?", "Name", "Email"],
    ],
)
def test_rows_that_are_no_header(row: list[str]) -> None:
    assert find_section(row) is None


PIECES = st.sampled_from(
    [
        "#,Question,Asker Name,Answer(s)\n",
        "1,",
        "Salt?",
        ",",
        "\n",
        '"',
        "Attendee Details\n",
        "First Name,Last Name,Questions\n",
        "05/19/2022 6:45 PM",
        "Webinar ID,Topic\n",
        "Ann",
        ";",
        "\t",
        "\0",
        "я",
        "\ud800",
        "№;Вопрос;Имя\n",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bytes_or_pieces(PIECES, 300))
def test_any_bytes_are_read_or_refused_at_the_start(tmp_path: Path, content: bytes) -> None:
    source = written(tmp_path / "any.csv", content)
    assert IMPORTER.recognises(source) in {True, False}
    positions, is_whole = positions_read(IMPORTER, source.path)
    assert positions == list(range(1, len(positions) + 1))
    assert is_whole or positions == []
