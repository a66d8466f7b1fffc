"""Chats of Zoom meetings: shapes of all versions, three languages, reactions, replies, private messages, days."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.zoom import IMPORTER
from schoolctl.importers.zoom_files.chat_content import read_content
from schoolctl.importers.zoom_files.chat_headers import parse_header

from .reading import ALMATY, OPTIONS, Row, Write, bytes_or_pieces, texts, written

SOURCE_NAME = "chat.txt"
PRIVATE = "a private message in the chat"


def read(source: Source, own: tuple[str, ...] = ()) -> list[Row]:
    assert IMPORTER.recognises(source)
    return list(IMPORTER.read(source, ImportOptions(ALMATY, frozenset(own), frozenset(own))))


def test_every_field_of_a_message(write: Write) -> None:
    source = write(
        "2022-05-19 18:45:01 From Ann Lee to Everyone:\n\tMay I?\n\t\n\tAnd\twith milk?\n", encoding="utf-8-sig"
    )
    assert read(source) == [
        Draft(
            1,
            "chat",
            text="May I?\n\nAnd with milk?",
            original_text="May I?\n\nAnd\twith milk?",
            sender=Sender("Ann Lee"),
            received_at=datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY),
            zone_assumed=True,
        )
    ]
    assert source.consumed == source.size


@pytest.mark.parametrize(
    ("line", "name", "text", "is_private"),
    [
        ("18:45:01 From Ann Lee to Everyone:", "Ann Lee", "", False),
        ("18:45:01 From Ann Lee To Everyone:", "Ann Lee", "", False),
        ("18:45:01\t From  Ann Lee : Salt: yes or no?", "Ann Lee", "Salt: yes or no?", False),
        ("18:45:01\t From  Ann Lee  to  Everyone : Salt?", "Ann Lee", "Salt?", False),
        ("18:45:01 From Ann Lee to Everyone: Salt to soup: how much?", "Ann Lee", "Salt to soup: how much?", False),
        ("2022-05-19 18:45:01 From Ann to Zoe to Everyone:", "Ann to Zoe", "", False),
        ("18:45:01 From Dr: Ann to Hosts and panelists:", "Dr: Ann", "", False),
        ("18:45:01 From Ann to Host(Direct Message):", "Ann", "", True),
        ("18:45:01\t From  Ann   to   Host(Privately) : Salt?", "Ann", "Salt?", True),
        ("19:43:21 От Игорь кому Все:", "Игорь", "", False),
        ("19:43:21 От Игорь кому Врач(Личное сообщение):", "Игорь", "", True),
        ("19:43:21 От Игорь кому Врач (лично):", "Игорь", "", True),
        ("19:43:21 Кімнен Әлия кімге Барлығы:", "Әлия", "", False),
        ("19:43:21 Кімнен Әлия кімге Дәрігер (жеке хабарлама):", "Әлия", "", True),
        ("00:58:04\tAnn Lee:\tSalt: yes?", "Ann Lee", "Salt: yes?", False),
    ],
)
def test_headers(line: str, name: str, text: str, *, is_private: bool) -> None:
    header = parse_header(line)
    assert header
    assert (header.name, header.text, header.is_private) == (name, text, is_private)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Salt?",
        "\t18:45:01 From Ann to Everyone:",
        "25:45:01 From Ann to Everyone:",
        "2022-02-30 18:45:01 From Ann to All:",
        "18:45:01 From my doctor: take salt",
        "18:45:01 From here to there",
        "10:30 каждый день",
        "5 таблеток",
    ],
)
def test_lines_that_are_no_header(line: str) -> None:
    assert parse_header(line) is None


@pytest.mark.parametrize(
    ("body", "text", "reason"),
    [
        ('Reacted to "May I take the tab..." with 👍', "", "a reaction"),
        ('Reacted to "one\ntwo" with 💂‍♀️', "", "a reaction"),
        ('Removed a ❤️ reaction from "May I..."', "", "a reaction"),
        ("Отреагировал(а) на «Можно ли...» с помощью 👍", "", "a reaction"),
        ('Удалил(а) реакцию 👍 с "Можно..."', "", "a reaction"),
        ('"Бола ма..." хабарламасына 👍 реакциясын қойды', "", "a reaction"),
        ("add 👍🏻", "", "a reaction"),
        ("remove ☝️", "", "a reaction"),
        ("add salt?", "add salt?", ""),
        ('Reacted to "the drug" with a rash, is it bad?', 'Reacted to "the drug" with a rash, is it bad?', ""),
        ('Replying to "May I take..."\n\nAnd milk?', "And milk?", ""),
        ('Replying to "Good morning folks" And milk?', "And milk?", ""),
        ('Replying to "He said "no" and le..." And "milk"?', 'And "milk"?', ""),
        ('Replying to "salt" Is it "bad"', 'Is it "bad"', ""),
        ('Replying to "one\ntwo..."\nAnd milk?', "And milk?", ""),
        ("Ответ на «Можно ли...»\nА молоко?", "А молоко?", ""),
        ('Жауап беру: "Сүт..."\nАл су ше?', "Ал су ше?", ""),
        ('Replying to "never closed', 'Replying to "never closed', ""),
        ('Replying to "May I..."', "", "no text"),
        ("What is MCV?\nAnn Lee:👍\n\nБауыржан: ❤️", "What is MCV?", ""),
        ("Болит:(\nочень", "Болит:(\nочень", ""),
        ("Сильно\nболит:(", "Сильно\nболит:(", ""),
        ("uploaded the file: blood test.pdf", "", "attached file without text"),
        ("Отправил файл: анализ.docx (1.2 МБ)", "", "attached file without text"),
        ("Файл жіберді: талдау.jpg", "", "attached file without text"),
        ("IMG_0001.jpg", "", "attached file without text"),
        ("Можно ли я пришлю вам анализ.pdf", "Можно ли я пришлю вам анализ.pdf", ""),
        ("Что такое анализ.pdf?", "Что такое анализ.pdf?", ""),
        ("👍", "👍", ""),
        (" \n", "", "no text"),
    ],
)
def test_what_a_message_says(body: str, text: str, reason: str) -> None:
    assert read_content(body) == (text, reason)


def test_what_is_no_question_is_set_aside_with_what_was_read(write: Write) -> None:
    rows = read(
        write(
            "18:00:00 From Школа to Everyone:\n\tДобро пожаловать!\n"
            "18:00:01 From own@example.org to Everyone:\n\tПишите\n"
            "18:00:02 From Ann to Школа(Direct Message):\n\tMy phone is +7 700 000 00 01\n"
            "18:00:03 From Школа to Ann(Direct Message):\n\tThank you\n"
            f"18:00:04 From Ann to Everyone:\n\t{'x' * 20_001}\n\tmore\n\tand more\n"
            "18:00:05 From Ann@Example.org to Everyone:\n\tSalt?\n"
            "18:00:06 From 8 700 000 00 02 to Everyone:\n\tSugar?\n"
        ),
        own=("Школа", "own@example.org"),
    )
    own = "(the organisers' own message)"
    assert texts(rows) == [
        own, own, f"({PRIVATE})", f"({PRIVATE})", "(longer than 20,000 characters)", "Salt?", "Sugar?",
    ]  # fmt: skip
    assert isinstance(rows[2], SetAside)
    assert rows[2].draft
    assert (rows[2].draft.sender.name, rows[2].draft.text) == ("Ann", "My phone is +7 700 000 00 01")
    assert [row.sender for row in rows if isinstance(row, Draft)] == [
        Sender(email="ann@example.org"),
        Sender(phone="+77000000002"),
    ]


def test_text_before_the_first_message_is_not_lost(write: Write) -> None:
    rows = read(write("\nЧат встречи\n\n18:45:01 From Ann to Everyone:\n\tSalt?\n"))
    assert texts(rows) == ["(text before the first message)", "Salt?"]
    source = write("Only words\n")
    assert not IMPORTER.recognises(source)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chat.txt", None),
        ("meeting_saved_chat 2022-05-19.txt", datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY)),
        ("chat_20220519.txt", datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY)),
        ("чат 19.05.2022.txt", datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY)),
        ("2022-05-19 18.30.12 Школа/meeting_saved_chat.txt", datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY)),
        ("2022-05-19 18.99.12 Школа/meeting_saved_chat.txt", datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY)),
        ("2022-05-18 23.30.00 Школа/chat.txt", datetime(2022, 5, 18, 18, 45, 1, tzinfo=ALMATY)),
        ("GMT20220519-123000_Recording.txt", datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY)),
        ("GMT20220519-203000_Recording.txt", datetime(2022, 5, 20, 18, 45, 1, tzinfo=ALMATY)),
        ("GMT20221399-203000_2022-13-01.txt", None),
    ],
)
def test_the_day_is_told_by_names(write: Write, name: str, expected: datetime | None) -> None:
    (row,) = read(write("18:45:01 From Ann to Everyone:\n\tSalt?\n", name))
    assert isinstance(row, Draft)
    assert (row.received_at, row.zone_assumed) == (expected, expected is not None)


def test_after_midnight_the_next_day_begins(write: Write) -> None:
    content = "".join(f"{hour} From Ann to Everyone:\n\tSalt?\n" for hour in ("23:59:00", "00:01:00", "00:00:59"))
    rows = read(write(content, "2022-05-19 23.30.00 Школа/chat.txt"))
    days = [row.received_at and row.received_at.isoformat() for row in rows if isinstance(row, Draft)]
    assert days == ["2022-05-19T23:59:00+06:00", "2022-05-20T00:01:00+06:00", "2022-05-20T00:00:59+06:00"]
    (late,) = read(write("00:05:00 From Ann to Everyone:\n\tSalt?\n", "2022-05-19 23.30.00 Школа/chat.txt"))
    assert isinstance(late, Draft)
    assert late.received_at == datetime(2022, 5, 20, 0, 5, tzinfo=ALMATY)


def test_the_chat_of_a_recording_counts_from_its_beginning(write: Write) -> None:
    content = "00:58:04\tAnn Lee:\tSalt?\nAnd sugar?\n25:00:00\tBob:\tMilk?\n"
    rows = read(write(content, "GMT20220519-123000_Recording.txt"))
    assert texts(rows) == ["Salt?\nAnd sugar?", "Milk?"]
    assert [row.received_at for row in rows if isinstance(row, Draft)] == [
        datetime(2022, 5, 19, 13, 28, 4, tzinfo=UTC),
        datetime(2022, 5, 20, 13, 30, tzinfo=UTC),
    ]
    assert not any(row.zone_assumed for row in rows if isinstance(row, Draft))
    (unknown, _) = read(write(content, "chat 2022-05-19.txt"))
    assert isinstance(unknown, Draft)
    assert (unknown.received_at, unknown.zone_assumed) == (None, False)


def test_twelve_hours(write: Write) -> None:
    lines = "".join(f"2022-05-19 {hour} From Ann to Everyone:\n\tSalt?\n" for hour in ("06:45:01 PM", "12:00:00 am"))
    rows = read(write(lines))
    assert [row.received_at for row in rows if isinstance(row, Draft)] == [
        datetime(2022, 5, 19, 18, 45, 1, tzinfo=ALMATY),
        datetime(2022, 5, 19, 0, 0, tzinfo=ALMATY),
    ]


@pytest.mark.parametrize(("encoding", "repairs"), [("utf-16", ()), ("cp1251", ("read as windows-1251",))])
def test_encodings(write: Write, encoding: str, repairs: tuple[str, ...]) -> None:
    content = "18:45:01 От Анна кому Все:\r\n\tМожно ли есть гранат при лечении?\r\n"
    (row,) = read(write(content, encoding=encoding))
    assert isinstance(row, Draft)
    assert (row.text, row.sender.name, row.repairs) == ("Можно ли есть гранат при лечении?", "Анна", repairs)


PIECES = st.sampled_from(
    [
        "18:45:01 From Ann to Everyone:\n",
        "18:45:01\t From  Bob : ",
        "00:01:02\tZoe:\tx\n",
        "\t",
        "\n",
        'Replying to "',
        'Reacted to "',
        '" with 👍',
        '..."',
        "От А кому Б:\n",
        "2022-05-19 ",
        "18:45:01 ",
        "uploaded the file: a.pdf",
        "\0",
        "\ufeff",
        "я",
        "\ud800",
        ":",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bytes_or_pieces(PIECES, 300))
def test_any_messages_are_accounted_for(tmp_path: Path, rest: bytes) -> None:
    content = b"18:45:01 From Ann to Everyone:\n\tSalt?\n18:45:02 From Ann to Everyone:\n" + rest
    found = list(IMPORTER.read(written(tmp_path / "any 2022-05-19.txt", content), OPTIONS))
    assert [row.position for row in found] == list(range(1, len(found) + 1))
    assert len(found) >= 2


@pytest.mark.parametrize(
    "filler", ['"', 'Reacted to "', "18:45:01 From ", " to ", ": ", 'Replying to "', "👍", "a.pdf "]
)
def test_hostile_messages_take_no_time(write: Write, filler: str) -> None:
    body = (filler * 20_000)[:100_000]
    rows = read(
        write(f"18:45:01 From Ann to Everyone:\n\t{body}\n18:45:02 From {body}\n18:45:03 From Ann to All:\n\tSalt?\n")
    )
    assert texts(rows)[-1] == "Salt?"
