"""What changed between two issues of an invite, in an organiser's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.invite import Holders, content_fingerprint, told_of
from schoolctl.domain.invite_changes import changes, described, zone_change
from schoolctl.domain.school import Meeting, Organizer, School, Speaker

ALMATY = ZoneInfo("Asia/Almaty")
AQTAU = ZoneInfo("Asia/Aqtau")
ORGANIZER = Organizer({"ru": "Центр"}, "school@example.kz", "+7 700 000 00 65")
LINK = Meeting("https://zoom.example.kz/j/1", "123 4567", "246810")
NewSchool = Callable[..., School]


def at(day: int, hour: int, minute: int = 0, zone: ZoneInfo = ALMATY) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=zone)


def told(school: School, templates: str = "") -> dict[str, Any]:
    return told_of(school, ORGANIZER, {"invite.ru.txt": templates})


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {"starts": at(11, 17), "ends": at(11, 19, 45)}, ["moved from 10.12.2026 18:30 to 11.12.2026 17:00"]),
        (
            {},
            {"starts": at(11, 17), "ends": at(11, 19)},
            ["moved from 10.12.2026 18:30 to 11.12.2026 17:00", "ends at 19:00, not at 21:15"],
        ),
        ({}, {"ends": at(10, 20, 30)}, ["ends at 20:30, not at 21:15"]),
        (
            {},
            {"starts": at(10, 18, 30, AQTAU), "ends": at(10, 21, 15, AQTAU)},
            ["moved from 10.12.2026 18:30 (Asia/Almaty) to 10.12.2026 18:30 (Asia/Aqtau)"],
        ),
        ({}, {"topic": {"kk": "Миелома", "ru": "Миелома", "en": "Myeloma"}}, ["topic corrected"]),
        ({"topic": {"ru": "а"}}, {"topic": {"ru": "а", "kk": "ә", "en": "a"}}, ["topic added in kk, en"]),
        ({"topic": {"ru": "а", "kk": "ә"}}, {"topic": {"ru": "а"}}, ["topic corrected"]),
        (
            {},
            {"mode": "hybrid", "venue": {"ru": "Астана"}},
            ["now both on-site and online", "place added"],
        ),
        ({"venue": {"ru": "Астана"}}, {"venue": {"ru": "Алматы"}}, ["place changed"]),
        ({"mode": "hybrid", "venue": {"ru": "Астана"}}, {}, ["now online", "place removed"]),
        ({"meeting": LINK}, {"mode": "onsite", "meeting": LINK}, ["now on-site", "link removed"]),
        ({}, {"meeting": LINK}, ["link added"]),
        ({"meeting": LINK}, {"meeting": LINK._replace(url="https://zoom.example.kz/j/2")}, ["link changed"]),
        ({"meeting": LINK}, {}, ["link removed"]),
        ({"meeting": LINK}, {"meeting": LINK._replace(meeting_id="9")}, ["meeting ID changed"]),
        ({"meeting": LINK}, {"meeting": Meeting(LINK.url)}, ["meeting ID removed", "access code removed"]),
        ({"meeting": Meeting(LINK.url)}, {"meeting": Meeting(f"{LINK.url}?pwd=a")}, ["access code added"]),
        ({}, {"registration": True}, ["the link is given on request"]),
        ({"registration": True}, {}, ["the link is given to everybody"]),
        ({}, {"speakers": (Speaker("А"),)}, ["speakers added"]),
        ({"speakers": (Speaker("А"),)}, {"speakers": (Speaker("А", {"ru": "врач"}),)}, ["speakers changed"]),
        ({"speakers": (Speaker({"ru": "А"}),)}, {}, ["speakers removed"]),
        ({}, {"reminders": (1440, 60)}, ["reminders changed"]),
        ({}, {"reminders": ()}, ["reminders removed"]),
        ({}, {"is_cancelled": True, "topic": {"ru": "б"}}, ["cancelled"]),
        ({"is_cancelled": True}, {}, ["takes place after all"]),
        (
            {"is_cancelled": True},
            {"is_cancelled": True, "cancel_reason": {"ru": "карантин"}},
            ["reason of the cancellation changed"],
        ),
        (
            {},
            {"starts": at(11, 17), "ends": at(11, 19, 45), "meeting": LINK},
            ["moved from 10.12.2026 18:30 to 11.12.2026 17:00", "link added"],
        ),
        ({}, {}, []),
    ],
)
def test_a_change_has_its_words(
    new_school: NewSchool, before: dict[str, Any], after: dict[str, Any], words: list[str]
) -> None:
    assert changes(told(new_school(**before)), told(new_school(**after))) == words


def test_other_templates_are_other_words(new_school: NewSchool) -> None:
    assert changes(told(new_school(), "a"), told(new_school(), "b")) == ["the words of the invite changed"]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (Meeting(LINK.url, "", "1"), ["access code changed"]),
        (Meeting(f"{LINK.url}?pwd=1"), ["access code changed"]),
        (None, ["link added"]),
    ],
)
def test_an_access_code_is_not_kept_but_its_change_is_told(
    new_school: NewSchool, before: Meeting | None, words: list[str]
) -> None:
    after = before._replace(url=before.url.replace("=1", "=2"), passcode=before.passcode and "2") if before else LINK
    old, new = new_school(meeting=before), new_school(meeting=after)
    assert described(told(old), told(new)) == words
    assert "246810" not in str(told(new))
    assert "pwd" not in str(told(old))
    assert content_fingerprint(old, ORGANIZER, {}) != content_fingerprint(new, ORGANIZER, {})


def test_what_was_not_kept_is_not_guessed(new_school: NewSchool) -> None:
    assert changes({}, told(new_school())) == []
    assert described({}, told(new_school())) == ["what it says changed"]


@pytest.mark.parametrize(
    ("starts_utc", "starts", "found"),
    [
        ("2026-12-10T13:30:00+00:00", {}, None),
        ("2026-12-10T12:30:00+00:00", {}, "10.12.2026 18:30 in Asia/Almaty is now 13:30 UTC"),
        # Another hour or zone in the schedule is a move.
        ("2026-12-10T12:30:00+00:00", {"starts": at(10, 18)}, None),
        ("2026-12-10T12:30:00+00:00", {"starts": at(10, 18, 30, AQTAU)}, None),
    ],
)
def test_an_hour_that_the_zone_tables_moved_is_found(
    new_school: NewSchool, starts_utc: str, starts: dict[str, Any], found: str | None
) -> None:
    # Kazakhstan moved from UTC+6 to UTC+5 on 1 March 2024: who had older tables told 12:30 UTC.
    before = told(new_school()) | {"starts_utc": starts_utc}
    assert zone_change(before, new_school(**starts)) == found


def test_a_moved_zone_is_told_among_the_changes(new_school: NewSchool) -> None:
    before = told(new_school()) | {"starts_utc": "2026-12-10T12:30:00+00:00", "ends_utc": "2026-12-10T15:15:00+00:00"}
    assert changes(before, told(new_school())) == ["10.12.2026 18:30 is another hour in UTC than before"]


def test_the_other_half_of_an_hour_that_comes_twice_is_no_change_of_the_zone(new_school: NewSchool) -> None:
    ends = datetime(2024, 3, 1, 1, 0, tzinfo=ALMATY)
    first, second = (
        new_school(starts=datetime(2024, 2, 29, 23, 30, tzinfo=ALMATY, fold=fold), ends=ends) for fold in (0, 1)
    )
    assert zone_change(told(first), second) is None


def test_nothing_told_nothing_found(new_school: NewSchool) -> None:
    assert zone_change({}, new_school()) is None


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "topic": st.dictionaries(st.sampled_from(["kk", "ru"]), st.text(), min_size=1),
        "venue": st.none() | st.dictionaries(st.sampled_from(["kk", "ru"]), st.text()),
        "mode": st.sampled_from(["online", "hybrid", "onsite"]),
        "meeting": st.none() | st.builds(Meeting, st.text(), st.text(), st.text()),
        "speakers": st.tuples() | st.tuples(st.builds(Speaker, st.text())),
        "is_cancelled": st.booleans(),
        "registration": st.booleans(),
    },
)


@settings(deadline=None, derandomize=True)
@given(before=VALUES, after=VALUES)
def test_a_new_fingerprint_never_goes_without_words(before: dict[str, Any], after: dict[str, Any]) -> None:
    starts, ends = at(10, 18), at(10, 20)
    plain: dict[str, Any] = {"id": "a", "topic": {"ru": "а"}, "starts": starts, "ends": ends}
    old, new = School(**(plain | before)), School(**(plain | after))
    differs = content_fingerprint(old, ORGANIZER, {}) != content_fingerprint(new, ORGANIZER, {})
    if differs:
        assert described(told(old), told(new))
    else:
        assert changes(told(old), told(new)) == []


def test_who_holds_an_older_revision() -> None:
    holders = Holders({"a@example.kz": 1, "b@example.kz": 2}, {"ru": 2})
    assert holders.people_behind(2) == ["a@example.kz"]
    assert (holders.is_public_behind(3), holders.is_public_behind(2), holders.are_any) == (True, False, True)
    assert (holders.are_all_behind(3), holders.are_all_behind(2)) == (True, False)
    nobody = Holders({}, {})
    assert (nobody.are_any, nobody.are_all_behind(1)) == (False, False)
