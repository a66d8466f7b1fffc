from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.invite import Revision, content_fingerprint, invite_uid, next_revision
from schoolctl.domain.school import Meeting, Organizer, ProgrammeItem, School, Speaker

ALMATY = ZoneInfo("Asia/Almaty")
ORGANIZER = Organizer({"ru": "Центр"}, "school@example.kz", "+7 700 000 00 65")
TEMPLATES = {"invite.ru.txt": "{{ school.topic }}"}
NOW = datetime(2026, 12, 1, 10, 0, 0, 5, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_the_uid_is_a_function_of_the_id() -> None:
    assert invite_uid("2026-12-10-myeloma") == "2026-12-10-myeloma@schoolctl"


@pytest.mark.parametrize(
    "change",
    [
        {"topic": {"ru": "Другая тема"}},
        {"starts": datetime(2026, 12, 10, 18, 31, tzinfo=ALMATY)},
        {"ends": datetime(2026, 12, 10, 21, 16, tzinfo=ALMATY)},
        {"mode": "hybrid"},
        {"venue": {"ru": "ул. Примерная, 1"}},
        {"is_cancelled": True},
        {"cancel_reason": {"ru": "болезнь"}},
        {"meeting": Meeting("https://zoom.example.kz/j/1")},
        {"speakers": (Speaker("Айгуль Примерова"),)},
        {
            "starts": datetime(2026, 12, 10, 14, 30, tzinfo=ZoneInfo("Europe/Berlin")),
            "ends": datetime(2026, 12, 10, 17, 15, tzinfo=ZoneInfo("Europe/Berlin")),
        },
    ],
)
def test_what_an_invite_says_changes_its_fingerprint(
    new_school: Callable[..., School], change: dict[str, object]
) -> None:
    before = content_fingerprint(new_school(), ORGANIZER, TEMPLATES)
    assert content_fingerprint(new_school(**change), ORGANIZER, TEMPLATES) != before


@pytest.mark.parametrize(
    "change",
    [
        {"programme": (ProgrammeItem({"ru": "Открытие"}, 165),)},
        {"format": "lecture"},
        {"questions_until": datetime(2026, 12, 9, 18, 0, tzinfo=ALMATY)},
        {"moved_from": datetime(2026, 12, 3, 18, 30, tzinfo=ALMATY)},
        {"topic": {"en": "Multiple myeloma", "ru": "Множественная миелома", "kk": "Көптік миелома"}},
    ],
)
def test_what_an_invite_does_not_say_leaves_its_fingerprint(
    new_school: Callable[..., School], change: dict[str, object]
) -> None:
    before = content_fingerprint(new_school(), ORGANIZER, TEMPLATES)
    assert content_fingerprint(new_school(**change), ORGANIZER, TEMPLATES) == before


@pytest.mark.parametrize(
    "organizer",
    [
        Organizer({"ru": "Другой центр"}, ORGANIZER.email, ORGANIZER.whatsapp),
        Organizer(ORGANIZER.name, "other@example.kz", ORGANIZER.whatsapp),
        Organizer(ORGANIZER.name, ORGANIZER.email, "+7 700 000 00 66"),
        Organizer(ORGANIZER.name, None, ORGANIZER.whatsapp),
    ],
)
def test_another_organiser_changes_the_fingerprint(new_school: Callable[..., School], organizer: Organizer) -> None:
    before = content_fingerprint(new_school(), ORGANIZER, TEMPLATES)
    assert content_fingerprint(new_school(), organizer, TEMPLATES) != before


def test_names_in_the_chat_are_not_told(new_school: Callable[..., School]) -> None:
    named = Organizer(ORGANIZER.name, ORGANIZER.email, ORGANIZER.whatsapp, ("Координатор",))
    assert content_fingerprint(new_school(), named, TEMPLATES) == content_fingerprint(
        new_school(), ORGANIZER, TEMPLATES
    )


def test_another_template_changes_the_fingerprint(new_school: Callable[..., School]) -> None:
    before = content_fingerprint(new_school(), ORGANIZER, TEMPLATES)
    assert content_fingerprint(new_school(), ORGANIZER, {"invite.ru.txt": "other"}) != before


def test_the_second_half_of_the_hour_that_comes_twice_is_another_moment(new_school: Callable[..., School]) -> None:
    ends = datetime(2024, 3, 1, 1, 0, tzinfo=ALMATY)
    first, second = (
        new_school(starts=datetime(2024, 2, 29, 23, 30, tzinfo=ALMATY, fold=fold), ends=ends) for fold in (0, 1)
    )
    assert content_fingerprint(first, ORGANIZER, {}) != content_fingerprint(second, ORGANIZER, {})


def test_the_first_issue_has_sequence_nought_and_whole_seconds() -> None:
    in_almaty = NOW.astimezone(ALMATY)
    assert next_revision(None, "a", in_almaty) == Revision(0, datetime(2026, 12, 1, 10, 0, 0, tzinfo=UTC), "a")
    assert next_revision(None, "a", in_almaty).stamp.tzinfo is UTC


@pytest.mark.parametrize(
    ("now", "stamp"),
    [
        (NOW + timedelta(days=1), datetime(2026, 12, 2, 10, 0, 0, tzinfo=UTC)),
        (NOW, datetime(2026, 12, 1, 10, 0, 1, tzinfo=UTC)),
        (NOW - timedelta(days=365), datetime(2026, 12, 1, 10, 0, 1, tzinfo=UTC)),
    ],
)
def test_a_change_is_stamped_later_whatever_the_clock_says(now: datetime, stamp: datetime) -> None:
    last = next_revision(None, "a", NOW)
    assert next_revision(last, "b", now) == Revision(1, stamp, "b")


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from("abc"), MOMENTS), min_size=1))
def test_sequence_and_stamp_rise_exactly_with_the_content(issues: list[tuple[str, datetime]]) -> None:
    last: Revision | None = None
    for fingerprint, now in issues:
        revision = next_revision(last, fingerprint, now)
        assert revision.fingerprint == fingerprint
        assert revision.stamp.microsecond == 0
        if last is None:
            assert revision.sequence == 0
        elif last.fingerprint == fingerprint:
            assert revision is last
        else:
            assert revision.sequence == last.sequence + 1
            assert revision.stamp > last.stamp
        last = revision
