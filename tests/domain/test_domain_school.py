from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.school import (
    Meeting,
    Organizer,
    ProgrammeItem,
    Schedule,
    School,
    Speaker,
    common_slug,
    default_school_id,
    id_fault,
    later,
    slug,
    text_in,
)
from schoolctl.errors import MissingTranslationError, SchoolctlError

ALMATY = ZoneInfo("Asia/Almaty")
BERLIN = ZoneInfo("Europe/Berlin")
STARTS = datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY)
STABLE = settings(deadline=None, derandomize=True, max_examples=100)


@pytest.mark.parametrize(
    "school_id", ["a", "7", "2026-12-10-myeloma", "con-2026", "com10", "com", "lpt0", "a-", "x" * 64]
)
def test_a_good_id_has_no_fault(school_id: str) -> None:
    assert id_fault(school_id) is None


@pytest.mark.parametrize(
    "school_id",
    ["", "-a", "A", "Myeloma", "миелома", "a b", "a_b", "a.b", "a/b", "../a", "a\n", "ә", "x" * 65, "a\x00"],
)
def test_an_id_that_is_no_folder_name_everywhere_is_refused(school_id: str) -> None:
    assert id_fault(school_id) == (
        f'"{school_id}" cannot be an ID: use small Latin letters, digits and "-", at most 64'
    )


@pytest.mark.parametrize(
    "name", ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
def test_device_names_of_windows_are_refused(name: str) -> None:
    assert id_fault(name) == f'"{name}" cannot be an ID: Windows keeps this name for a device'


@pytest.mark.parametrize(
    ("topic", "school_id"),
    [
        ({"ru": "Миелома", "en": "Multiple Myeloma: what's new?"}, "2026-12-10-multiple-myeloma-what-s-new"),
        ({"ru": "Хронический лимфолейкоз"}, "2026-12-10-khronicheskiy-limfoleykoz"),
        ({"kk": "Қан аздық және жүктілік", "ru": "Анемия"}, "2026-12-10-qan-azdyq-zhane-zhuktilik"),
        ({"kk": "Созылмалы үдерістер", "en": ""}, "2026-12-10-sozylmaly-uderister"),
        ({"ru": "Ещё: объём, съёмка, цена, чаща, шум"}, "2026-12-10-eshchyo-obyom-syomka-tsena-chashcha-shum"),
        ({"ru": "йод".replace("й", "и\u0306")}, "2026-12-10-yod"),
        ({"en": "Café crème №1"}, "2026-12-10-cafe-creme-no1"),
        ({"en": "?!"}, "2026-12-10-school"),
        ({"kk": "👍"}, "2026-12-10-school"),
        ({}, "2026-12-10-school"),
    ],
)  # fmt: skip
def test_the_default_id_is_the_day_and_the_topic(topic: dict[str, str], school_id: str) -> None:
    assert default_school_id(STARTS, topic) == school_id


TOPICS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("әғқңөұүһіщъьё -–0z")))


@STABLE
@given(TOPICS, st.dates(datetime(1900, 1, 1).date(), datetime(2999, 1, 1).date()))  # noqa: DTZ001 - days only
def test_every_topic_gives_a_valid_id(topic: str, day: datetime) -> None:
    starts = datetime(day.year, day.month, day.day, 18, 30, tzinfo=ALMATY)
    school_id = default_school_id(starts, {"kk": topic})
    assert id_fault(school_id) is None
    assert school_id.startswith(f"{starts:%Y-%m-%d}-")
    assert len(school_id) > len("2026-12-10-")


@STABLE
@given(TOPICS, st.integers(1, 60))
def test_a_slug_is_short_and_made_of_latin_words(text: str, limit: int) -> None:
    made = slug(text, limit)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", made)
    assert len(made) <= limit
    assert slug(made, limit) == made


@pytest.mark.parametrize(
    ("text", "limit", "made"),
    [("one two three", 7, "one-two"), ("one two three", 8, "one-two"), ("one two", 6, "one"), ("abcdefgh", 4, "abcd")],
)
def test_a_slug_is_cut_at_a_word(text: str, limit: int, made: str) -> None:
    assert slug(text, limit) == made


def test_two_schools_share_a_name_without_their_dates(new_school: Callable[..., School]) -> None:
    schools = [new_school(id="2026-12-10-myeloma"), new_school(id="2026-12-10-cll"), new_school(id="spring")]
    assert common_slug(schools) == "myeloma-cll-spring"


@pytest.mark.parametrize(
    ("starts", "minutes", "shown"),
    [
        (datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY), 165, "2026-12-10T21:15:00+05:00"),
        (datetime(2024, 2, 29, 22, 30, tzinfo=ALMATY), 30, "2024-02-29T23:00:00+06:00"),
        (datetime(2024, 2, 29, 22, 30, tzinfo=ALMATY), 90, "2024-02-29T23:00:00+05:00"),
        (datetime(2024, 2, 29, 22, 30, tzinfo=ALMATY), 165, "2024-03-01T00:15:00+05:00"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), 60, "2026-03-29T03:30:00+02:00"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), 60, "2026-10-25T02:30:00+01:00"),
    ],
)
def test_later_counts_real_minutes_across_a_change_of_clocks(starts: datetime, minutes: int, shown: str) -> None:
    moment = later(starts, minutes=minutes)
    assert moment.isoformat() == shown
    assert moment.tzinfo is starts.tzinfo
    assert moment.astimezone(UTC) - starts.astimezone(UTC) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        (STARTS, datetime(2026, 12, 10, 21, 15, tzinfo=ALMATY), 165),
        (datetime(2024, 2, 29, 22, 0, tzinfo=ALMATY), datetime(2024, 3, 1, 0, 0, tzinfo=ALMATY), 180),
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN), 60),
    ],
)
def test_a_school_lasts_real_minutes(
    new_school: Callable[..., School], starts: datetime, ends: datetime, minutes: int
) -> None:
    assert new_school(starts=starts, ends=ends).minutes == minutes


def test_a_school_knows_its_zone(new_school: Callable[..., School]) -> None:
    assert str(new_school().zone) == "Asia/Almaty"
    assert new_school(starts=datetime(2026, 12, 10, 18, 30)).zone is UTC  # noqa: DTZ001 - the case itself


@pytest.mark.parametrize(
    ("now", "is_cancelled", "status"),
    [
        ("2026-12-10T16:14:59+00:00", False, "planned"),
        ("2026-12-10T16:15:00+00:00", False, "held"),
        ("2026-12-10T21:14:00+05:00", False, "planned"),
        ("2020-01-01T00:00:00+00:00", True, "cancelled"),
        ("2030-01-01T00:00:00+00:00", True, "cancelled"),
    ],
)
def test_a_school_is_planned_until_it_has_ended(
    new_school: Callable[..., School],
    now: str,
    is_cancelled: bool,  # noqa: FBT001 - a column of the table
    status: str,
) -> None:
    assert new_school(is_cancelled=is_cancelled).status(datetime.fromisoformat(now)) == status


def test_a_programme_runs_on_from_row_to_row(new_school: Callable[..., School]) -> None:
    items = (ProgrammeItem({"ru": "Открытие"}, 10, ("Айгуль Примерова",)), ProgrammeItem({"ru": "Ответы"}, 155))
    rows = new_school(programme=items).programme_times()
    assert [(f"{begins:%H:%M}", f"{ends:%H:%M}", item) for begins, ends, item in rows] == [
        ("18:30", "18:40", items[0]),
        ("18:40", "21:15", items[1]),
    ]
    assert new_school().programme_times() == []


def test_the_schedule_finds_a_school_or_names_those_it_has(new_school: Callable[..., School]) -> None:
    first, second = new_school(id="cll"), new_school(id="cml")
    schedule = Schedule(Organizer({"ru": "Центр"}), ("kk", "ru", "en"), ALMATY, (first, second))
    assert schedule.school("cml") is second
    with pytest.raises(SchoolctlError) as caught:
        schedule.school("mm")
    assert str(caught.value) == 'there is no school "mm" in sessions.toml. Schools there: cll, cml'


def test_an_empty_schedule_says_so() -> None:
    schedule = Schedule(Organizer({"ru": "Центр"}), ("ru",), ALMATY)
    with pytest.raises(SchoolctlError, match=r'^there is no school "mm" in sessions.toml. Schools there: none yet$'):
        schedule.school("mm")


def test_a_text_for_all_languages_and_a_text_by_language() -> None:
    assert text_in("Айгуль Примерова", "en", "a name") == "Айгуль Примерова"
    assert text_in({"kk": "Мектеп", "ru": "Школа"}, "kk", "topic") == "Мектеп"


@pytest.mark.parametrize("texts", [{"ru": "Школа"}, {"ru": "Школа", "en": ""}, {}])
def test_a_missing_translation_is_named(texts: dict[str, str]) -> None:
    with pytest.raises(MissingTranslationError) as caught:
        text_in(texts, "en", "school cll: topic")
    assert str(caught.value) == 'school cll: topic has no text in "en". Add en = "…" to it in sessions.toml'


def test_what_is_optional_is_empty() -> None:
    assert Speaker("Имя") == Speaker("Имя", None)
    assert (Meeting("https://example.kz").meeting_id, Meeting("https://example.kz").passcode) == ("", "")
    assert Organizer({}).email is Organizer({}).whatsapp is None
