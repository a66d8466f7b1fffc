from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.local_time import (
    AmbiguousTimeError,
    SkippedTimeError,
    in_zone,
    is_written_as,
    parse_duration,
    parse_moment,
    parse_zone,
)
from schoolctl.errors import WrongUsageError

ALMATY = ZoneInfo("Asia/Almaty")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "zone", "shown"),
    [
        ("2022-05-19 18:30", ALMATY, "2022-05-19T18:30:00+06:00"),
        ("2026-12-10 18:30", ALMATY, "2026-12-10T18:30:00+05:00"),
        ("2026-12-10T18:30:15", ALMATY, "2026-12-10T18:30:15+05:00"),
        ("  2026-12-10 18:30  ", ALMATY, "2026-12-10T18:30:00+05:00"),
        ("2024-02-29 22:59", ALMATY, "2024-02-29T22:59:00+06:00"),
        ("2024-03-01 00:00", ALMATY, "2024-03-01T00:00:00+05:00"),
        ("2022-05-19 18:30", ZoneInfo("Asia/Qyzylorda"), "2022-05-19T18:30:00+05:00"),
        ("2026-07-01 18:30", BERLIN, "2026-07-01T18:30:00+02:00"),
        ("2026-12-10 18:30+05:00", ALMATY, "2026-12-10T18:30:00+05:00"),
        ("2026-12-10 13:30Z", ALMATY, "2026-12-10T18:30:00+05:00"),
        ("2022-05-19 12:30 Z", ALMATY, "2022-05-19T18:30:00+06:00"),
        ("2026-12-10 08:30-0500", ALMATY, "2026-12-10T18:30:00+05:00"),
        ("2026-12-10 19:00+0530", ALMATY, "2026-12-10T18:30:00+05:00"),
        ("2024-02-29 23:30+06:00", ALMATY, "2024-02-29T23:30:00+06:00"),
        ("2024-02-29 23:30+05:00", ALMATY, "2024-02-29T23:30:00+05:00"),
    ],
)
def test_an_hour_is_the_moment_its_zone_shows(text: str, zone: ZoneInfo, shown: str) -> None:
    moment = parse_moment(text, zone)
    assert moment.isoformat() == shown
    assert moment.tzinfo is zone


@pytest.mark.parametrize(("day", "hour"), [("2022-05-19", "12:30"), ("2026-12-10", "13:30")])
def test_half_past_six_in_almaty_before_and_after_the_change(day: str, hour: str) -> None:
    assert f"{parse_moment(f'{day} 18:30', ALMATY).astimezone(UTC):%Y-%m-%d %H:%M}" == f"{day} {hour}"


@pytest.mark.parametrize("hour", ["23:00", "23:30", "23:59"])
def test_the_hour_that_almaty_had_twice_is_refused_with_both_answers(hour: str) -> None:
    with pytest.raises(AmbiguousTimeError) as caught:
        parse_moment(f"2024-02-29 {hour}", ALMATY)
    assert caught.value.choices == (f"2024-02-29 {hour}+06:00", f"2024-02-29 {hour}+05:00")
    assert caught.value.local == datetime.fromisoformat(f"2024-02-29 {hour}")
    assert str(caught.value) == (
        f"2024-02-29 {hour} happens twice in Asia/Almaty (the clocks go back). "
        f'Write "2024-02-29 {hour}+06:00" for the first or "2024-02-29 {hour}+05:00" for the second'
    )
    assert caught.value.exit_code == 2


def test_both_answers_are_understood_and_an_hour_apart() -> None:
    with pytest.raises(AmbiguousTimeError) as caught:
        parse_moment("2024-02-29 23:30", ALMATY)
    first, second = (parse_moment(choice, ALMATY) for choice in caught.value.choices)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert (first.fold, second.fold) == (0, 1)


@pytest.mark.parametrize("hour", ["02:00", "02:30", "02:59"])
def test_an_hour_that_never_was_is_refused(hour: str) -> None:
    with pytest.raises(SkippedTimeError, match=rf"^2026-03-29 {hour} does not exist in Europe/Berlin .* another hour$"):
        parse_moment(f"2026-03-29 {hour}", BERLIN)


@pytest.mark.parametrize(("hour", "offset"), [("01:59", 1), ("03:00", 2)])
def test_the_hours_beside_the_gap_are_there(hour: str, offset: int) -> None:
    assert parse_moment(f"2026-03-29 {hour}", BERLIN).utcoffset() == timedelta(hours=offset)


@settings(deadline=None, derandomize=True)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001 - a local hour
    st.sampled_from(["Asia/Almaty", "Asia/Oral", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_every_accepted_hour_reads_back_as_it_was_written(local: datetime, name: str) -> None:
    local = local.replace(second=0, microsecond=0, fold=0)
    zone = ZoneInfo(name)
    try:
        moment = in_zone(local, zone)
    except (AmbiguousTimeError, SkippedTimeError):
        offsets = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
        assert len(offsets) == 2
    else:
        assert moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


def test_an_aware_hour_is_only_moved() -> None:
    moment = in_zone(datetime(2026, 12, 10, 8, 30, tzinfo=timezone(timedelta(hours=-5))), ALMATY)
    assert moment.isoformat() == "2026-12-10T18:30:00+05:00"


@pytest.mark.parametrize(
    "text",
    [
        "", "tomorrow", "2026-12-10", "18:30", "10.12.2026 18:30", "2026-12-10 18.30", "2026-12-10 6:30",
        "2026-12-10 18:30+5", "2026-12-10 18:30 Asia/Almaty", "2026-12-10  18:30", "2026-12-10 18:30+05:60",
        "2026-12-10 18:30\n2026", "26-12-10 18:30",
    ],
)  # fmt: skip
def test_what_is_no_hour_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(WrongUsageError) as caught:
        parse_moment(text, ALMATY)
    assert str(caught.value) == f'"{text}" is no date and hour. Write it as "2026-12-10 18:30"'


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29 18:30",
        "2026-04-31 18:30",
        "2026-13-01 18:30",
        "2026-12-10 24:00",
        "0000-01-01 10:00",
        "2026-12-10 18:30+24:00",
    ],
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(WrongUsageError, match="does not exist in the calendar"):
        parse_moment(text, ALMATY)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("0001-01-01 00:00", ALMATY),
        ("9999-12-31 23:59", ZoneInfo("America/New_York")),
        ("9999-12-31 23:59Z", ALMATY),
        ("0001-01-01 00:00+14:00", ZoneInfo("America/New_York")),
    ],
)
def test_the_ends_of_the_calendar_are_refused_in_words(text: str, zone: ZoneInfo) -> None:
    with pytest.raises(WrongUsageError, match=r"is out of reach for the clocks of .* Choose another year$"):
        parse_moment(text, zone)


@pytest.mark.parametrize("name", ["Asia/Almaty", "Europe/Berlin", "Asia/Qyzylorda", "UTC"])
def test_a_zone_is_found_by_its_name(name: str) -> None:
    assert parse_zone(name).key == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "../x",
        "/etc/passwd",
        "Asia",
        "Asia/",
        "Asia/Nowhere",
        "Almaty",
        "+05:00",
        "a\x00b",
        "\ud800",
        "x" * 5000,
    ],
)
def test_a_bad_zone_is_refused_in_words(name: str) -> None:
    with pytest.raises(WrongUsageError) as caught:
        parse_zone(name)
    assert str(caught.value) == f'there is no time zone "{name}". Write it as Asia/Almaty'


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h45m", 165),
        ("90m", 90),
        ("2h", 120),
        ("45min", 45),
        (" 2H 45M ", 165),
        ("0h5m", 5),
        ("23h59m", 1439),
        ("1m", 1),
    ],
)
def test_a_duration(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text", ["", "0m", "0h", "24h", "23h60m", "2", "2:45", "-1h", "m", "2h45", "1.5h", "1000m", "два часа"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(WrongUsageError) as caught:
        parse_duration(text)
    assert str(caught.value) == f'"{text}" is no duration of a school. Write it as 2h45m or 90m'


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("2024-02-29 23:30", True),
        (" 2024-02-29T23:30 ", True),
        ("2024-02-29 23:30:00", True),
        ("2024-02-29 23:31", False),
        ("2024-02-28 23:30", False),
        ("2024-02-29 23:30+06:00", False),
        ("2024-02-29 23:30Z", False),
        ("29.02.2024 23:30", False),
        ("", False),
    ],
)
def test_whether_a_text_says_a_local_hour(text: str, is_it: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_written_as(text, datetime(2024, 2, 29, 23, 30)) is is_it  # noqa: DTZ001 - a local hour
