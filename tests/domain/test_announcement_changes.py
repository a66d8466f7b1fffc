"""What an announcement told, and whether it still holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.announcement import Kind
from schoolctl.domain.announcement_changes import day_told, still_holds, told_by
from schoolctl.domain.school import Meeting, School

NewSchool = Callable[..., School]
ALMATY = ZoneInfo("Asia/Almaty")
STARTS = datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY)
ENDS = datetime(2026, 12, 10, 20, 30, tzinfo=ALMATY)
LATER = datetime(2026, 12, 10, 20, 45, tzinfo=ALMATY)
LINK = Meeting("https://zoom.example.org/j/1", "1", "246810")


@pytest.mark.parametrize(
    ("kind", "before", "after", "holds"),
    [
        ("call", {}, {}, True),
        ("call", {}, {"starts": datetime(2026, 12, 10, 18, 0, tzinfo=ALMATY)}, False),
        ("call", {}, {"ends": LATER}, False),
        ("call", {}, {"starts": STARTS.replace(tzinfo=ZoneInfo("Asia/Tokyo"))}, False),
        ("call", {}, {"mode": "onsite"}, False),
        ("call", {"questions_until": STARTS}, {"questions_until": LATER}, False),
        ("call", {"meeting": LINK}, {"meeting": None}, True),
        ("call", {}, {"topic": {"en": "something else"}}, True),
        ("invitation", {}, {"meeting": LINK}, True),
        ("invitation", {"meeting": LINK}, {"meeting": LINK._replace(passcode="1")}, False),
        ("invitation", {"meeting": LINK}, {"meeting": LINK, "registration": True}, False),
        ("link", {"meeting": LINK}, {"meeting": LINK, "registration": True}, True),
        ("link", {"meeting": LINK}, {"meeting": None}, False),
        ("reminder", {"meeting": LINK}, {"meeting": Meeting("https://zoom.example.org/j/2")}, False),
        ("reminder", {"venue": {"ru": "Астана", "en": "Astana"}}, {"venue": {"ru": "Алматы", "en": "Astana"}}, True),
        ("reminder", {"venue": {"en": "Astana"}}, {"venue": {"en": "Almaty"}}, False),
        ("move", {"moved_from": STARTS}, {"moved_from": LATER}, False),
        ("cancellation", {"cancel_reason": {"en": "x"}}, {"cancel_reason": {"en": "y"}}, False),
        ("cancellation", {}, {"ends": LATER}, True),
        ("recap", {}, {"recording": "https://video.example.org/1"}, True),
        ("recap", {"recording": "https://video.example.org/1"}, {"recording": "https://video.example.org/2"}, False),
    ],
)
def test_what_was_told_holds_until_one_of_its_facts_changes(
    new_school: NewSchool, kind: Kind, before: dict[str, object], after: dict[str, object], *, holds: bool
) -> None:
    plain: dict[str, object] = {"starts": STARTS, "ends": ENDS}
    old, new = (told_by(kind, new_school(**plain | facts), "en") for facts in (before, before | after))
    assert still_holds(old, new) is holds


def test_what_was_written_before_this_was_kept_holds(new_school: NewSchool) -> None:
    assert still_holds({}, told_by("call", new_school(), "en"))
    assert day_told({}) is None


def test_no_link_and_no_access_code_is_kept(new_school: NewSchool) -> None:
    told = told_by("link", new_school(starts=STARTS, ends=ENDS, meeting=LINK), "en")
    assert set(told) == {"starts", "ends", "timezone", "mode", "link"}
    assert len(told["link"]) == 64
    assert day_told(told) == STARTS
