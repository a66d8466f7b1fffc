"""When a mail was sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from schoolctl.importers.mail.dates import MailDate, parse_date, read_date
from schoolctl.importers.mail.headers import read_headers

ALMATY = ZoneInfo("Asia/Almaty")
SIX = timezone(timedelta(hours=6))
MOMENT = datetime(2022, 5, 12, 10, 0, 5, tzinfo=SIX)
NAIVE = MOMENT.replace(tzinfo=None)


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 12 May 2022 10:00:05 +0600",
        "12 May 2022 10:00:05 +0600 (ALMT)",
        "Thu, 12 May 2022 10:00:05 +06",
        "Thu, 12 May 2022 10:00:05 +06:00",
        "Thu, 12 May 2022 10:00:05 GMT+6",
        "Thu, 12 May 22 04:00:05 GMT",
        "Thu, 12 May 2022 04:00:05 -0000",
        "Thu, 12 May 2022 07:00:05 MSK",
        "Чт, 12 мая 2022 10:00:05 +0600",
        "четверг, 12 мая 2022 г., 10:00:05 +0600",
        "бс, 12 мам. 2022 10:00:05 +0600",
        "2022 ж. 12 мамыр 10:00:05 +0600",
        "2022-05-12T10:00:05+06:00",
        "2022-05-12 04:00:05.123Z",
        "12.05.2022 10:00:05 +0600",
        "May 12, 2022 10:00:05 AM +0600",
        "Thu May 12 10:00:05 2022 +0600",
        "12-May-2022 10:00:05 +0600",
    ],
)
def test_dates_with_a_zone(text: str) -> None:
    assert parse_date(text) == MOMENT


@pytest.mark.parametrize(
    "text",
    ["Thu, 12 May 2022 10:00:05", "Thu May 12 10:00:05 2022", "12 May 2022 10:00:05 +9900", "12 May 2022 10:00:05 XYZ"],
)
def test_dates_without_a_zone(text: str) -> None:
    assert parse_date(text) == NAIVE


def test_hours_on_a_twelve_hour_clock() -> None:
    assert parse_date("12.05.2022 12:15 AM") == datetime(2022, 5, 12, 0, 15)  # noqa: DTZ001 - no zone is the point
    assert parse_date("12.05.2022 12:15 pm") == datetime(2022, 5, 12, 12, 15)  # noqa: DTZ001 - no zone is the point


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thu, 12 May 2022 25:00:00 +0600",
        "31 Feb 2022 10:00:00 +0600",
        "1 Jan 1970 00:00:00 +0000",
        "12 May 2022",
        "10:00",
        "12 May 2022 10:00:75 +0000",
        "12 May 1 10:00",
    ],
)
def test_nonsense_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_a_leap_second_and_the_last_century() -> None:
    assert parse_date("31 Dec 98 23:59:60 +0000") == datetime(1998, 12, 31, 23, 59, 59, tzinfo=UTC)


RECEIVED = (
    b"Received: from a by b; Thu, 12 May 2022 10:00:05 +0600\n"
    b"Received: from c;\n Thu, 12 May 2022 01:00:00 +0000\nReceived: x\n"
)
FROM_SEPARATOR = MailDate(
    datetime(2022, 5, 12, 10, 0, 5, tzinfo=ALMATY),
    zone_assumed=True,
    repairs=("time taken from the mailbox's separator line",),
)
ASSUMED = datetime(2022, 5, 12, 10, 0, 5, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("headers", "separator", "expected"),
    [
        (b"Date: Thu, 12 May 2022 10:00:05 +0600\n", b"", MailDate(MOMENT)),
        (b"Date: Thu, 12 May 2022 10:00:05\n", b"", MailDate(ASSUMED, zone_assumed=True)),
        ("Date: Чт, 12 мая 2022 10:00:05 +0600\n".encode("windows-1251"), b"", MailDate(MOMENT)),
        (b"Date: hour 25\n" + RECEIVED, b"", MailDate(MOMENT, repairs=("time taken from the Received header",))),
        (b"X: y\n", b"From a@example.kz Thu May 12 10:00:05 2022\n", FROM_SEPARATOR),
        (b"X: y\n", b"From - \n", MailDate()),
    ],
)
def test_where_the_date_comes_from(headers: bytes, separator: bytes, expected: MailDate) -> None:
    assert read_date(read_headers(headers, 0, len(headers))[0], separator, ALMATY) == expected
