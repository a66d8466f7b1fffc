"""The first line of a message on phones of many countries, and its date in the right order."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.question import Draft, Sender
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import ImportOptions

from .reading import only_draft
from .whatsapp_chats import ALMATY, ReadChat

NOON = datetime(2022, 5, 12, 12, 30, tzinfo=ALMATY)
MORNING = datetime(2022, 5, 12, 10, 0, tzinfo=ALMATY)
SECONDS = datetime(2022, 5, 12, 10, 0, 15, tzinfo=ALMATY)
MIDNIGHT = datetime(2022, 5, 12, 0, 5, tzinfo=ALMATY)
EVENING = datetime(2022, 5, 12, 21, 7, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("header", "order", "moment"),
    [
        ("12.05.2022, 10:00 - ", None, MORNING),
        ("12.05.22, 10:00 - ", None, MORNING),
        ("12.05.22 10:00 - ", None, MORNING),
        ("12.05.2022 в 10:00 - ", None, MORNING),
        ("12.05.22 г., 10:00 - ", None, MORNING),
        ("12.5.2022 klo 10.00 – ", None, MORNING),
        ("[12.05.22, 10:00:15] ", None, SECONDS),
        ("\ufeff[12.05.22, 10:00:15] ", None, SECONDS),
        ("\u200e[12.05.22, 10:00:15] ", None, SECONDS),
        ("[10:00, 12.05.2022] ", None, MORNING),
        ("10:00, 12.05.2022 - ", None, MORNING),
        ("5/12/22, 10:00 AM - ", "mdy", MORNING),
        ("5/12/22, 10:00\u202fAM - ", "mdy", MORNING),
        ("12/5/22, 10:00 am - ", "dmy", MORNING),
        ("5/12/22, 12:05 AM - ", "mdy", MIDNIGHT),
        ("5/12/22, 12:30\u00a0PM - ", "mdy", NOON),
        ("[5/12/22, 9:07:00\u202fPM] ", "mdy", EVENING),
        ("12/5/22 9:07 p. m. - ", "dmy", EVENING),
        ("12/05/2022 9:07 p.\u00a0m. - ", "dmy", EVENING),
        ("12.05.2022, 9:07 пп - ", None, EVENING),
        ("12.05.2022, 9:07 п. п. - ", None, EVENING),
        ("12.05.2022, 12:05 дп - ", None, MIDNIGHT),
        ("12.05.2022, 9:07 кешкі - ", None, EVENING),
        ("\u200f12\u200f/5\u200f/2022، 9:07 م - ", "dmy", EVENING),
        ("\u200f١٢\u200f/٥\u200f/٢٠٢٢، ١٠:٠٠ ص - ", "dmy", MORNING),
        ("[١٢/٥/٢٠٢٢, ٩:٠٧:٠٠ م] ", "dmy", EVENING),
        ("۲۰۲۲/۵/۱۲،\u200f ۱۰:۰۰ - ", None, MORNING),
        ("12/5/2565 10:00 - ", "dmy", MORNING),
        ("12/5/65 10:00 - ", "dmy", MORNING),
        ("2022/05/12, 10:00 - ", None, MORNING),
        ("2022-05-12, 10:00 - ", None, MORNING),
        ("2022-05-12 10 h 00 - ", None, MORNING),
        ("[2022-05-12, 10:00:15] ", None, SECONDS),
        ("2022/05/12 午後9:07 - ", None, EVENING),
        ("[2022/5/12 下午9:07:00] ", None, EVENING),
        ("2022. 5. 12. 오후 9:07 - ", None, EVENING),
        ("22. 5. 12. 오전 10:00 - ", None, MORNING),
        ("令和4年5月12日 10:00 - ", None, MORNING),
        ("R4/5/12 10:00 - ", None, MORNING),
        ("[R4.5.12 10:00:15] ", None, SECONDS),
        ("2022年5月12日 10:00 - ", None, MORNING),
        ("12-05-2022, 10:00 - ", "dmy", MORNING),
        ("12/05/2022 à 10:00 - ", "dmy", MORNING),
        ("12.05.2022, 24:05 - ", None, MIDNIGHT),
        ("12.05.2022, 21:07 PM - ", None, EVENING),
    ],
)
def test_header_shapes(read_chat: ReadChat, header: str, order: DateOrder | None, moment: datetime) -> None:
    chat = f"{header}Айгуль: Можно ли есть хурму?\n"
    draft = only_draft(read_chat(chat, ImportOptions(zone=ALMATY, date_order=order)))
    assert draft == Draft(
        position=1,
        channel="whatsapp",
        text="Можно ли есть хурму?",
        original_text="Можно ли есть хурму?",
        sender=Sender(name="Айгуль"),
        received_at=moment,
        zone_assumed=True,
    )


def test_era_before_the_present_one_and_its_first_year(read_chat: ReadChat) -> None:
    results = read_chat("H31/4/1 10:00 - Асель: Қант?\n令和元年5月12日 10:00 - Асель: Тұз?\n")
    assert [result.received_at for result in results if isinstance(result, Draft)] == [
        datetime(2019, 4, 1, 10, tzinfo=ALMATY),
        datetime(2019, 5, 12, 10, tzinfo=ALMATY),
    ]


@pytest.mark.parametrize("header", ["۱۴۰۱/۲/۲۲، ۱۰:۰۰ - ", "31.02.2022, 10:00 - ", "[12.05.2022, 10:00:15 вечерком] "])
def test_a_date_nobody_understands_loses_no_question(read_chat: ReadChat, header: str) -> None:
    draft = only_draft(read_chat(f"{header}Айгуль: Можно ли есть хурму?\n"))
    assert (draft.text, draft.received_at, draft.zone_assumed) == ("Можно ли есть хурму?", None, False)
    assert draft.repairs == ("date not understood",)


@pytest.mark.parametrize(
    "zone", [ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Almaty"), ZoneInfo("America/New_York")], ids=str
)
@pytest.mark.parametrize("local", ["27.03.2022, 02:30", "30.10.2022, 02:30", "01.03.2024, 00:00", "13.03.2022, 02:30"])
def test_hours_that_happen_twice_or_never_are_read(read_chat: ReadChat, zone: ZoneInfo, local: str) -> None:
    draft = only_draft(read_chat(f"{local} - Айгуль: Когда приём?\n", ImportOptions(zone=zone)))
    assert draft.received_at == datetime.strptime(local, "%d.%m.%Y, %H:%M").replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("dates", "moments"),
    [
        (["5/6/22", "13/6/22"], ["2022-06-05", "2022-06-13"]),
        (["5/6/22", "5/13/22"], ["2022-05-06", "2022-05-13"]),
        (["12/5/22", "1/6/22"], ["2022-05-12", "2022-06-01"]),
        (["5/12/22", "6/1/22"], ["2022-05-12", "2022-06-01"]),
        (["12.05.2022", "5/12/22", "13.05.2022"], ["2022-05-12", "2022-05-12", "2022-05-13"]),
        (["12.05.2022", "12/5/22", "13.05.2022"], ["2022-05-12", "2022-05-12", "2022-05-13"]),
        (["12.05.2022", "5/12/22"], ["2022-05-12", "2022-05-12"]),
        (["12.05.2022", "12/5/22"], ["2022-05-12", "2022-05-12"]),
        (["05.06.2022"], ["2022-06-05"]),
        (["2022/05/06"], ["2022-05-06"]),
        (["5/5/22"], ["2022-05-05"]),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_the_whole_file(
    read_chat: ReadChat, dates: list[str], moments: list[str]
) -> None:
    results = read_chat("".join(f"{written}, 10:00 - Марат: Қалай?\n" for written in dates))
    assert [result.received_at.date().isoformat() for result in results if result.received_at] == moments  # type: ignore[union-attr]


@pytest.mark.parametrize("date", ["5/6/22", "05/06/2022", "5-6-2022"])
def test_dates_that_can_be_read_in_two_ways_are_asked_about(read_chat: ReadChat, date: str) -> None:
    chat = f"{date}, 10:00 - Aliya: May I eat grapes?\n"
    with pytest.raises(UnreadableSourceError, match=r"two ways.*--date-order dmy.*--date-order mdy") as caught:
        read_chat(chat)
    assert "\n" not in str(caught.value)
    for order, expected in (("dmy", (2022, 6, 5)), ("mdy", (2022, 5, 6))):
        draft = only_draft(read_chat(chat, ImportOptions(zone=ALMATY, date_order=order)))  # type: ignore[arg-type]
        assert draft.received_at == datetime(*expected, 10, tzinfo=ALMATY)


def test_the_answer_about_the_order_does_not_hold_for_dates_it_cannot_be_true_of(read_chat: ReadChat) -> None:
    results = read_chat(
        "13/5/22, 10:00 - Aliya: One?\n2022-05-14, 10:00 - Aliya: Two?\n", ImportOptions(zone=ALMATY, date_order="mdy")
    )
    assert [result.received_at.day for result in results if isinstance(result, Draft) and result.received_at] == [
        13,
        14,
    ]


def test_the_answer_about_one_spelling_does_not_change_another(read_chat: ReadChat) -> None:
    chat = "15.06.2022, 10:00 - Aliya: One?\n[10:00, 5/6/22] Marat: Two?\n"
    with pytest.raises(UnreadableSourceError, match=r"two ways \(05/06/22\)"):
        read_chat(chat)
    results = read_chat(chat, ImportOptions(zone=ALMATY, date_order="mdy"))
    assert [result.received_at for result in results if isinstance(result, Draft)] == [
        datetime(2022, 6, 15, 10, tzinfo=ALMATY),
        datetime(2022, 5, 6, 10, tzinfo=ALMATY),
    ]


def test_the_answer_corrects_what_was_decided_by_evidence(read_chat: ReadChat) -> None:
    chat = "12/5/22, 10:00 - Aliya: One?\n1/6/22, 10:00 - Aliya: Two?\n"
    results = read_chat(chat, ImportOptions(zone=ALMATY, date_order="mdy"))
    assert [result.received_at.month for result in results if isinstance(result, Draft) and result.received_at] == [
        12,
        1,
    ]


def test_contradicting_dates_follow_the_answer_where_they_can(read_chat: ReadChat) -> None:
    chat = "13/5/2022, 10:00 - Aliya: One?\n5/14/2022, 10:00 - Aliya: Two?\n"
    with pytest.raises(UnreadableSourceError, match="two ways"):
        read_chat(chat)
    first, second = read_chat(chat, ImportOptions(zone=ALMATY, date_order="dmy"))
    assert isinstance(first, Draft)
    assert first.received_at == datetime(2022, 5, 13, 10, tzinfo=ALMATY)
    assert isinstance(second, Draft)
    assert second.received_at is None
