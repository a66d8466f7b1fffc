from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.announcement import Kind, OrganizerFacts, SchoolFacts, school_facts
from schoolctl.domain.announcement_facts import changing_facts, missing_facts, required_facts, text_faults
from schoolctl.domain.school import Meeting, School

ALMATY = ZoneInfo("Asia/Almaty")
PUBLISHED = datetime(2026, 12, 1, 10, tzinfo=ALMATY)
ORGANIZER = OrganizerFacts("Центр", "school@example.kz", "+7 (700) 000-00-65")
LINK = Meeting("https://zoom.example.kz/j/1?pwd=a.1", "823 4567 8901", "a*b_c")


def facts(build: Callable[..., School], language: str = "ru", **values: object) -> SchoolFacts:
    full: dict[str, object] = {
        "mode": "hybrid",
        "venue": {"kk": "Астана, 1", "ru": "Астана, 1", "en": "Astana, 1"},
        "meeting": LINK,
        "questions_until": datetime(2026, 12, 9, 18, 0, tzinfo=ALMATY),
        "moved_from": datetime(2026, 12, 3, 17, 0, tzinfo=ALMATY),
        "recording": "https://v.example.kz/1",
        "cancel_reason": {"kk": "карантин", "ru": "карантин", "en": "quarantine"},
    }
    return school_facts(build(**(full | values)), language, PUBLISHED)


def names(kind: Kind, school: SchoolFacts) -> list[str]:
    return [fact.name for fact in required_facts(kind, school, ORGANIZER)]


ALWAYS = ["the topic", "the day"]
WHERE = ["the hour", "the address"]
JOINING = ["the link to join", "the meeting's ID", "the access code"]
UNTIL = ["the last day for questions", "the last hour for questions"]
CONTACTS = ["the e-mail address", "the WhatsApp number"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("call", [*ALWAYS, *WHERE, *UNTIL, *CONTACTS]),
        ("invitation", [*ALWAYS, *WHERE, *JOINING, *UNTIL, *CONTACTS]),
        ("link", [*ALWAYS, *WHERE, *JOINING]),
        ("reminder", [*ALWAYS, *WHERE, *JOINING]),
        ("move", [*ALWAYS, *WHERE, *JOINING, "the day before the move", "the hour before the move"]),
        ("cancellation", [*ALWAYS, "the hour", "the reason", *CONTACTS]),
        ("recap", [*ALWAYS, "the link to the recording"]),
    ],
)
def test_what_each_kind_has_to_say(new_school: Callable[..., School], kind: Kind, expected: list[str]) -> None:
    assert names(kind, facts(new_school)) == expected


@pytest.mark.parametrize("kind", ["call", "invitation", "link", "reminder", "move", "cancellation", "recap"])
def test_what_a_school_does_not_have_is_not_asked_for(new_school: Callable[..., School], kind: Kind) -> None:
    bare = school_facts(new_school(), "ru", PUBLISHED)
    assert set(names(kind, bare)) <= {*ALWAYS, "the hour", *CONTACTS}
    only_link = school_facts(new_school(meeting=Meeting("https://zoom.example.kz/j/1")), "ru", PUBLISHED)
    assert not {"the meeting's ID", "the access code"} & set(names(kind, only_link))


def test_what_another_day_hour_or_link_makes_wrong(new_school: Callable[..., School]) -> None:
    assert [fact.name for fact in changing_facts("invitation", facts(new_school))] == ["the day", "the hour", *JOINING]
    assert [fact.name for fact in changing_facts("recap", facts(new_school))] == ["the day"]
    moved = changing_facts("move", facts(new_school))
    assert [fact.name for fact in moved][-2:] == ["the day before the move", "the hour before the move"]


GOOD = """Множественная миелома, 10 декабря, 18:30. Астана, 1. До 9 декабря, 18:00.
https://zoom.example.kz/j/1?pwd=a.1
823 4567 8901
a*b_c
school@example.kz, +7 700 000-00-65"""


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("", "", []),
        ("10 декабря", "10 декабря 2026 года", []),
        ("10 декабря", "110 декабря", ["the day"]),
        ("10 декабря", "11 декабря", ["the day"]),
        ("18:30", "18:301", ["the hour"]),
        ("?pwd=a.1", "?pwd=a.12", ["the link to join"]),
        ("?pwd=a.1", "?pwd=a…", ["the link to join"]),
        ("?pwd=a.1", "?pwd=a.1.", []),
        ("823 4567 8901", "82345678901", ["the meeting's ID"]),
        ("a*b_c", "abc", ["the access code"]),
        ("Астана, 1", "Астана,\n 1", []),
        ("9 декабря, 18:00", "8 декабря", ["the last day for questions", "the last hour for questions"]),
        ("school@", "School@", ["the e-mail address"]),
        ("+7 700", "8 700", ["the WhatsApp number"]),
    ],
)
def test_a_fact_that_a_text_does_not_say_is_named(
    new_school: Callable[..., School], old: str, new: str, missing: list[str]
) -> None:
    required = required_facts("invitation", facts(new_school), ORGANIZER)
    assert missing_facts(GOOD.replace(old, new) if old else GOOD, required, str) == missing


@pytest.mark.parametrize(("language", "text"), [("kk", "10 желтоқсанда сағат 18:30-да"), ("en", "December 10, 18:30")])
def test_each_form_of_a_day_counts(new_school: Callable[..., School], language: str, text: str) -> None:
    school = facts(new_school, language)
    day_and_hour = changing_facts("cancellation", school)
    assert missing_facts(text, day_and_hour, str) == []
    assert missing_facts(text.replace("10", "1"), day_and_hour, str) == ["the day"]


def test_a_topic_is_known_in_quotation_marks_and_in_another_markup(new_school: Callable[..., School]) -> None:
    topic = required_facts("recap", facts(new_school, topic={"ru": "- «Кровь» и мы"}), ORGANIZER)[:1]
    assert missing_facts("Тема: «- „Кровь“ и мы»", topic, str) == []
    assert missing_facts("Тема: «-- «Кровь» и мы»", topic, lambda text: text.replace("-", "--")) == []
    assert missing_facts("Тема: кровь", topic, str) == ["the topic"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("«a» “b”\nc", []),
        ("a\u200bb", ["it holds an invisible character"]),
        ("«a", ["a quotation mark has no partner"]),
        ("ID 823 4567 8901\ncode a*b_c", []),
        ("ID 823 4567 8901, code a*b_c", ["the meeting's ID and access code stand in one line"]),
        ("https://zoom.example.kz/j/1?pwd=a.1 a*b_c", []),
    ],
)
def test_what_no_text_may_hold(new_school: Callable[..., School], text: str, faults: list[str]) -> None:
    school = facts(new_school)
    assert list(text_faults(text, [school, replace(school, meeting=None)])) == faults
