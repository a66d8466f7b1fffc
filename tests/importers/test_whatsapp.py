"""Chats exported from WhatsApp: messages stay whole, whatever the encoding, and any bytes are read or refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.whatsapp import IMPORTER

from .reading import positions_read, texts, written
from .whatsapp_chats import ALMATY, LRM, MEDIA, OPTIONS, ReadChat

LINES = "в\n" * 15_000


def test_messages_of_several_lines_stay_whole(read_chat: ReadChat) -> None:
    chat = (
        "12.05.2022, 10:04 - Айгуль: Здравствуйте!\n"
        "12.05.2022, 10:00 мне поставили диагноз.\n"
        "\n"
        "12.05.2022, 10:00 - мне сказали пить воду.\n"
        "20.05.2022, 09:00 - приём у врача.\n"
        "10:30 - вторая таблетка: утром\n"
        "12.05.2022, 10:00 утра - сестре: диабет.\n"
        "12.05.2022, 10:61 - ошибка: нет.\n"
        "31.02.2022, 10:00 - нет такого дня\n"
        "Что делать?\n"
        "12.05.2022, 10:05 - Марат: Ерінбей: қайталап сұрайын: бола ма?\n"
    )
    first, second = read_chat(chat)
    assert isinstance(first, Draft)
    body = chat.partition(": ")[2].rpartition("12.05.2022, 10:05")[0].strip()
    assert (first.text, first.original_text) == (body, body)
    assert isinstance(second, Draft)
    assert (second.sender.name, second.text) == ("Марат", "Ерінбей: қайталап сұрайын: бола ма?")


def test_notices_in_an_unknown_language_stand_where_their_hour_belongs(read_chat: ReadChat) -> None:
    chat = (
        "12.05.2022, 09:59 - Ila mahadsanid fariimaha waa la sireeyay\n"
        "12.05.2022, 10:00 - Айгуль: Можно ли мёд?\n"
        "12.05.2022, 10:01 - Marat ayaa ku soo biiray kooxda\n"
        "12.05.2022, 10:02 - Marat wuu baxay\n"
        "және тағы бір жол\n"
        "12.05.2022, 10:03 - Айгуль: А сахар?\n"
        "12.05.2022, 10:04 - Marat wuu baxay\n"
    )
    assert texts(read_chat(chat)) == [
        "(system message)",
        "Можно ли мёд?",
        "(system message)",
        "(system message)",
        "А сахар?",
        "(system message)",
    ]


def test_lines_that_only_look_like_messages_are_bounded(read_chat: ReadChat) -> None:
    chat = "12.05.2022, 10:00 - Айгуль: Мёд?\n" + "12.05.2022, 10:00 - baxay\n" * 1200
    results = read_chat(chat)
    assert texts(results) == ["Мёд?"] + ["(system message)"] * 1200


def test_words_before_the_first_message_are_not_lost(read_chat: ReadChat) -> None:
    results = read_chat("\n \nИстория чата\nс группой\n12.05.2022, 10:00 - вышел\n12.05.2022, 10:01 - Айгуль: Мёд?\n")
    assert texts(results) == ["(text before the first message)", "(system message)", "Мёд?"]
    assert isinstance(results[0], SetAside)
    assert results[0].draft is not None
    assert (results[0].draft.text, results[0].draft.repairs) == ("История чата\nс группой", ())


def test_a_whole_export_of_an_iphone(read_chat: ReadChat) -> None:
    chat = (
        f"[12.05.22, 10:00:15] Школа: {LRM}Сообщения и звонки защищены сквозным шифрованием.\r\n"
        f"[12.05.22, 10:00:16] {LRM}Вы добавлены\r\n"
        f"{LRM}[12.05.22, 10:01:00] ~\u202fАйгуль: {LRM}изображение отсутствует\r\n"
        "[12.05.22, 10:02:00] ~\u202fАйгуль: Первая строка\nвторая строка\r\n"
    )
    results = read_chat(chat)
    assert texts(results) == ["(system message)", "(system message)", f"({MEDIA})", "Первая строка\nвторая строка"]
    assert [result.position for result in results] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("encoding", "repairs"),
    [
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("utf-16-le", ()),
        ("windows-1251", ("read as windows-1251",)),
    ],
)
def test_encodings(read_chat: ReadChat, encoding: str, repairs: tuple[str, ...]) -> None:
    line = "12.05.2022, 10:00 - Айгуль Сергеева: Здравствуйте, можно ли мне есть виноград при диабете?\r\n"
    first, second = read_chat((line + line).encode(encoding))
    assert isinstance(first, Draft)
    assert (first.text, first.repairs) == ("Здравствуйте, можно ли мне есть виноград при диабете?", repairs)
    assert isinstance(second, Draft)
    assert second.sender == Sender(name="Айгуль Сергеева")


def test_one_damaged_line_is_named_and_damages_no_other(read_chat: ReadChat) -> None:
    chat = "12.05.2022, 10:00 - Айгуль: Можно ли мне есть мёд?\n" * 3
    data = bytearray(chat.encode())
    data[-5] = 0xFF
    results = read_chat(bytes(data))
    assert [result.repairs for result in results if isinstance(result, Draft)] == [
        (),
        (),
        ("damaged: 2 bytes could not be read",),
    ]


def test_a_message_beyond_the_limit_is_set_aside_and_the_next_is_read(read_chat: ReadChat) -> None:
    head = "12.05.2022, 10:00 - Айгуль: "
    chat = f"{head}{'а' * 20_000}\n{head}{'а' * 20_001}\n{head}{'б' * 300_000}\n{head}{LINES}{head}Мёд?\n"
    results = read_chat(chat)
    assert isinstance(results[0], Draft)
    assert texts(results[1:]) == ["(longer than 20,000 characters)"] * 3 + ["Мёд?"]
    assert all(len(r.draft.text) <= 20_000 for r in results if isinstance(r, SetAside) and r.draft)


def test_a_long_text_that_looked_like_a_message_makes_the_message_before_it_too_long(read_chat: ReadChat) -> None:
    head = "12.05.2022, 10:00 - Айгуль: "
    chat = f"{head}Мёд?\n11.05.2022, 10:00 - вчера\nстрока\n11.05.2022, 10:00 - {'а' * 30_000}\n{head}Чай?\n"
    assert texts(read_chat(chat)) == ["(longer than 20,000 characters)", "Чай?"]


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("12.05.2022, 10:00 - Айгуль: Мёд?\n" * 20_000)
    source = Source(path)
    seen = [source.consumed for _ in IMPORTER.read(source, OPTIONS)]
    assert 0 < seen[0] < seen[-1] <= source.size
    assert source.consumed == source.size


def test_files_that_cannot_be_read_at_all(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="cannot be opened"):
        list(IMPORTER.read(Source(tmp_path / "missing.txt"), OPTIONS))
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(UnreadableSourceError, match="larger than 50 MB"):
        list(IMPORTER.read(Source(path), OPTIONS))
    path.write_bytes(b"")
    with pytest.raises(UnreadableSourceError, match="no WhatsApp messages"):
        list(IMPORTER.read(Source(path), OPTIONS))


@pytest.mark.parametrize(
    ("name", "content", "ours"),
    [
        ("chat.txt", "12.05.2022, 10:00 - Айгуль: Мёд?", True),
        ("chat.txt", "12.05.2022, 10:00 - Сообщения и звонки защищены сквозным шифрованием.", True),
        ("chat.txt", "\n\nИстория чата\n[12.05.22, 10:00:15] Айгуль: Мёд?", True),
        ("chat.csv", "[12.05.22, 10:00:15] Айгуль: Мёд?", True),
        ("chat.txt", "12.05.2022, 10:00 - обход отделения", False),
        ("chat.txt", "просто\nтекст", False),
        ("chat.txt", "строка\n" * 30 + "[12.05.22, 10:00:15] Айгуль: Мёд?", False),
        ("inbox.mbox", "From a@example.kz Thu May 12 10:00:00 2022\n\n[12.05.22, 10:00:15] Айгуль: Мёд?", False),
        ("mail.eml", "Subject: чат\n\n[12.05.22, 10:00:15] Айгуль: Мёд?", False),
        ("form.csv", 'Отметка времени,Вопрос\n12.05.2022 10:00:00,"\n[10:00, 12.05.2022] Айгуль: Мёд?"', False),
        ("form.csv", "12.05.2022 10:00:00;Можно ли мёд?", False),
        ("zoom.txt", "18:45:01 From Aliya to Everyone:\n\tHoney?", False),
        ("zoom.txt", "2022-05-12 18:45:01 From Aliya to Everyone:\n\tHoney?", False),
        ("empty.txt", "", False),
        ("broken.docx", "PK\x03\x04", False),
    ],
)
def test_recognises(tmp_path: Path, name: str, content: str, *, ours: bool) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert IMPORTER.recognises(Source(path)) is ours


SEED = (
    "12.05.2022, 10:00 - Айгуль: Можно ли мёд?\nвторая строка\n[13.05.22, 10:00:15] ~ Марат: \u200eimage omitted\n"
    "5/14/22, 10:00\u202fPM - Aliya: POLL:\nq\nOPTION: a (1 vote)\n14.05.2022, 10:00 - left\n"
)


@st.composite
def mutated_chats(draw: st.DrawFn) -> bytes:
    """A chat with pieces cut, doubled and overwritten, or any bytes at all, or the same inside a zip."""
    data = bytearray(SEED.encode())
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        data[start : start + draw(st.integers(0, 12))] = draw(st.binary(max_size=12))
    chat = draw(st.sampled_from([bytes(data), bytes(data) * 2, draw(st.binary(max_size=200))]))
    if draw(st.booleans()):
        return chat
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("_chat.txt", chat)
    zipped = bytearray(packed.getvalue())
    start = draw(st.integers(0, len(zipped) - 1))
    zipped[start : start + 2] = draw(st.binary(max_size=2))
    return bytes(zipped)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated_chats(), st.sampled_from([None, "dmy", "mdy", "ymd"]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, order: DateOrder | None) -> None:
    source = written(tmp_path / "chat.zip", data)
    assert IMPORTER.recognises(source) in {True, False}
    options = ImportOptions(zone=ALMATY, date_order=order)
    positions, is_whole = positions_read(IMPORTER, source.path, options)
    assert is_whole or positions == []
    assert positions == list(range(1, len(positions) + 1))
