"""What changes the fingerprint of a poster or a preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.school import Meeting, Organizer, ProgrammeItem, School, Speaker
from schoolctl.domain.shown_facts import shown_fingerprint

NewSchool = Callable[..., School]
CENTER = Organizer({"kk": "Орталық", "ru": "Центр", "en": "Center"}, "a@example.kz", "+7 700 000 00 00")
STARTS = datetime(2026, 12, 10, 18, 30, tzinfo=ZoneInfo("Asia/Almaty"))
PLAIN: dict[str, object] = {
    "topic": {"ru": "анемия", "en": "anemia"},
    "starts": STARTS,
    "ends": STARTS + timedelta(hours=2),
    "speakers": (Speaker("Carol Sample", {"ru": "врач", "en": "doctor"}),),
}


@pytest.mark.parametrize(
    ("change", "is_shown"),
    [
        ({}, False),
        ({"starts": STARTS + timedelta(hours=1)}, True),
        ({"starts": STARTS.replace(tzinfo=ZoneInfo("Asia/Tokyo"))}, True),
        ({"topic": {"ru": "анемия", "en": "iron"}}, True),
        ({"topic": {"ru": "малокровие", "en": "anemia"}}, False),
        ({"topic": {"ru": "анемия", "en": "anemia", "kk": "анемия"}}, False),
        ({"meeting": Meeting("https://zoom.example.org/j/1")}, True),
        ({"is_cancelled": True}, True),
        ({"speakers": (Speaker("Carol Sample", {"ru": "врач", "en": "professor"}),)}, True),
        ({"speakers": (Speaker("Carol Sample", {"ru": "гематолог", "en": "doctor"}),)}, False),
        ({"programme": (ProgrammeItem({"en": "x"}, 10),)}, False),
        ({"recording": "https://video.example.org/1"}, False),
    ],
)
def test_what_is_shown_changes_it(new_school: NewSchool, change: dict[str, object], *, is_shown: bool) -> None:
    before, after = (shown_fingerprint(new_school(**PLAIN | more), CENTER, ["en"]) for more in ({}, change))
    assert (before != after) is is_shown


def test_the_organiser_and_the_language_change_it(new_school: NewSchool) -> None:
    school = new_school(**PLAIN)
    found = {
        shown_fingerprint(school, CENTER, ["en"]),
        shown_fingerprint(school, CENTER, ["ru"]),
        shown_fingerprint(school, CENTER, ["ru", "en"]),
        shown_fingerprint(school, CENTER._replace(whatsapp="+7 700 000 00 01"), ["en"]),
    }
    assert len(found) == 4
    assert {len(one) for one in found} == {32}
