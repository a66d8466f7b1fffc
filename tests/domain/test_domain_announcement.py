from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.announcement import (
    KINDS,
    DayFacts,
    Kind,
    OrganizerFacts,
    SpeakerFacts,
    as_published,
    check_kind,
    kind_notes,
    languages_of,
    organizer_facts,
    school_facts,
)
from schoolctl.domain.school import Meeting, Organizer, Schedule, School, Speaker
from schoolctl.errors import MissingTranslationError, SchoolctlError

ALMATY = ZoneInfo("Asia/Almaty")
PUBLISHED = datetime.fromisoformat("2026-12-01T10:00:00+00:00")
LINK = Meeting("https://zoom.example.kz/j/1", "823 4567 8901", "pass")


@pytest.mark.parametrize(
    ("language", "topic", "starts", "hours"),
    [
        (
            "kk",
            "Көптік миелома",
            DayFacts(
                "10 желтоқсан",
                "10 желтоқсанда",
                "2026 жылғы 10 желтоқсан",
                "2026 жылғы 10 желтоқсанда",
                "18:30",
                "18:30-да",
            ),
            "18:30 – 21:15 (Алматы уақыты)",
        ),
        (
            "ru",
            "Множественная миелома",
            DayFacts("10 декабря", "10 декабря", "10 декабря 2026 года", "10 декабря 2026 года", "18:30", "18:30"),
            "18:30 — 21:15 (время Алматы)",
        ),
        (
            "en",
            "Multiple myeloma",
            DayFacts("December 10", "December 10", "December 10, 2026", "December 10, 2026", "18:30", "18:30"),
            "18:30 – 21:15 (Almaty time)",
        ),
    ],
)
def test_the_facts_of_a_school_in_each_language(
    new_school: Callable[..., School], language: str, topic: str, starts: DayFacts, hours: str
) -> None:
    facts = school_facts(new_school(), language, PUBLISHED)
    assert (facts.topic, facts.starts, f"{facts.span} {facts.zone}") == (topic, starts, hours)
    assert (facts.id, facts.mode, facts.venue, facts.cancel_reason) == ("2026-12-10-myeloma", "online", "", "")
    assert (facts.meeting, facts.questions_until, facts.moved_from) == (None, None, None)
    assert facts.speakers == ()
    assert facts.moderator is None


def test_what_a_school_may_have_besides(new_school: Callable[..., School]) -> None:
    school = new_school(
        mode="hybrid",
        venue={"ru": "ул. Примерная, 1"},
        meeting=LINK,
        cancel_reason={"ru": "болезнь врача"},
        moved_from=datetime(2026, 12, 3, 17, 0, tzinfo=ALMATY),
        questions_until=datetime(2026, 12, 9, 18, 0, tzinfo=ALMATY),
        speakers=(Speaker("Айгуль Примерова", {"ru": "гематолог"}), Speaker({"ru": "Нурлан Образцов"})),
        moderator=Speaker("Дана Примерова"),
    )
    facts = school_facts(school, "ru", PUBLISHED)
    assert (facts.mode, facts.venue, facts.cancel_reason) == ("hybrid", "ул. Примерная, 1", "болезнь врача")
    assert facts.meeting is LINK
    assert facts.speakers == (SpeakerFacts("Айгуль Примерова", "гематолог"), SpeakerFacts("Нурлан Образцов", ""))
    assert facts.moderator == SpeakerFacts("Дана Примерова", "")
    assert facts.moved_from is not None
    assert facts.questions_until is not None
    assert (facts.moved_from.date, facts.moved_from.hour) == ("3 декабря 2026 года", "17:00")
    assert (facts.questions_until.day, facts.questions_until.hour) == ("9 декабря", "18:00")


@pytest.mark.parametrize(
    ("published", "zone", "days"),
    [
        ("2026-12-10T18:59:59+00:00", "Asia/Almaty", 0),
        ("2026-12-09T19:00:00+00:00", "Asia/Almaty", 0),
        ("2026-12-09T18:59:59+00:00", "Asia/Almaty", 1),
        ("2026-12-01T00:00:00+05:00", "Asia/Almaty", 9),
        ("2026-12-10T01:00:00-10:00", "Asia/Almaty", 0),
        ("2026-12-09T22:59:59+00:00", "Europe/Berlin", 1),
        ("2026-12-09T23:00:00+00:00", "Europe/Berlin", 0),
        ("2026-12-10T03:00:00+05:00", "Europe/Berlin", 1),
        ("2026-12-11T00:00:00+05:00", "Asia/Almaty", -1),
    ],
)
def test_days_until_are_counted_in_the_zone_of_the_school(
    new_school: Callable[..., School], published: str, zone: str, days: int
) -> None:
    place = ZoneInfo(zone)
    starts, ends = (datetime(2026, 12, 10, hour, 30, tzinfo=place) for hour in (18, 20))
    facts = school_facts(new_school(starts=starts, ends=ends), "ru", datetime.fromisoformat(published))
    assert facts.days_until == days


@pytest.mark.parametrize(
    ("published", "is_told"),
    [
        ("2026-12-09T12:59:59+00:00", True),
        ("2026-12-09T13:00:00+00:00", False),
        ("2026-12-09T18:00:00+05:00", False),
        ("2026-12-09T17:59:00+05:00", True),
        ("2027-01-01T00:00:00+00:00", False),
    ],
)
def test_a_deadline_for_questions_is_told_until_it_has_passed(
    new_school: Callable[..., School],
    published: str,
    is_told: bool,  # noqa: FBT001 - a column of the table
) -> None:
    school = new_school(questions_until=datetime(2026, 12, 9, 18, 0, tzinfo=ALMATY))
    facts = school_facts(school, "ru", datetime.fromisoformat(published))
    assert (facts.questions_until is not None) is is_told


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"topic": {"kk": "Миелома"}}, "topic"),
        ({"topic": {"kk": "Миелома", "en": ""}}, "topic"),
        ({"venue": {"kk": "Мекенжай"}}, "venue"),
        ({"cancel_reason": {"ru": "болезнь"}}, "cancel_reason"),
        ({"speakers": (Speaker({"ru": "Айгуль"}),)}, "a speaker's name"),
        ({"speakers": (Speaker("Айгуль", {"ru": "врач"}),)}, "a speaker's role"),
        ({"moderator": Speaker({"ru": "Айгуль"})}, "the moderator's name"),
        ({"moderator": Speaker("Айгуль", {"ru": "врач"})}, "the moderator's role"),
    ],
)
def test_a_text_that_is_not_there_in_the_language_is_named(
    new_school: Callable[..., School], values: dict[str, object], what: str
) -> None:
    with pytest.raises(MissingTranslationError) as caught:
        school_facts(new_school(**values), "en", PUBLISHED)
    assert str(caught.value) == (
        f'school 2026-12-10-myeloma: {what} has no text in "en". Add en = "…" to it in sessions.toml'
    )


def test_the_organiser_in_a_language() -> None:
    organizer = Organizer({"ru": "Центр", "kk": "Орталық"}, "school@example.kz", "+7 700 000 00 65", ("Координатор",))
    assert organizer_facts(organizer, "kk") == OrganizerFacts("Орталық", "school@example.kz", "+7 700 000 00 65")
    with pytest.raises(MissingTranslationError, match=r'^organizer.name has no text in "en"'):
        organizer_facts(organizer, "en")


@pytest.mark.parametrize(
    ("email", "whatsapp", "missing"),
    [(None, "+7 700 000 00 65", "email"), ("school@example.kz", None, "whatsapp"), (None, None, "email")],
)
def test_a_placeholder_of_the_organiser_is_named(email: str | None, whatsapp: str | None, missing: str) -> None:
    with pytest.raises(SchoolctlError) as caught:
        organizer_facts(Organizer({"ru": "Центр"}, email, whatsapp), "ru")
    assert str(caught.value) == (
        f"organizer.{missing} in sessions.toml is still to be filled in: patients need it to ask"
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "cancellation"])
def test_nothing_but_its_cancellation_is_announced_of_a_cancelled_school(
    new_school: Callable[..., School], kind: Kind
) -> None:
    with pytest.raises(SchoolctlError) as caught:
        check_kind(kind, [new_school(id="cll", is_cancelled=True, meeting=LINK, moved_from=PUBLISHED)], PUBLISHED)
    assert str(caught.value) == f"school cll is cancelled: there is nothing to announce as {kind}"
    check_kind("cancellation", [new_school(is_cancelled=True)], PUBLISHED)


def test_no_link_is_announced_before_it_is_there(new_school: Callable[..., School]) -> None:
    with pytest.raises(SchoolctlError) as caught:
        check_kind("link", [new_school(meeting=LINK), new_school(id="cll")], PUBLISHED)
    assert str(caught.value) == ("school cll has no link yet. Add it: schoolctl school link cll --url https://…")


@pytest.mark.parametrize("kind", ["call", "invitation", "reminder"])
def test_other_kinds_need_no_link(new_school: Callable[..., School], kind: Kind) -> None:
    check_kind(kind, [new_school()], PUBLISHED)
    check_kind("link", [new_school(meeting=LINK)], PUBLISHED)
    with pytest.raises(SchoolctlError, match="has no link yet"):
        check_kind("link", [new_school()], PUBLISHED)


@pytest.mark.parametrize(("wanted", "languages"), [("all", ("kk", "ru")), ("kk", ("kk",)), ("ru", ("ru",))])
def test_the_languages_asked_for(wanted: str, languages: tuple[str, ...]) -> None:
    schedule = Schedule(Organizer({}), ("kk", "ru"), ALMATY)
    assert languages_of(schedule, wanted) == languages


@pytest.mark.parametrize("wanted", ["en", "", "ALL", "kk,ru"])
def test_a_language_the_schedule_does_not_have_is_refused(wanted: str) -> None:
    with pytest.raises(SchoolctlError) as caught:
        languages_of(Schedule(Organizer({}), ("kk", "ru"), ALMATY), wanted)
    assert str(caught.value) == f'"{wanted}" is no language of the schedule (kk, ru) in sessions.toml'


@pytest.mark.parametrize(("hour", "is_refused"), [("18:29", False), ("18:30", True), ("21:14", True)])
def test_no_reminder_says_today_once_the_school_has_begun(
    new_school: Callable[..., School], hour: str, *, is_refused: bool
) -> None:
    school = new_school()
    published = datetime.fromisoformat(f"{school.starts:%Y-%m-%d} {hour}").replace(tzinfo=ALMATY)
    if not is_refused:
        check_kind("reminder", [school], published)
        return
    with pytest.raises(SchoolctlError, match="would not be true"):
        check_kind("reminder", [school], published)


AFTER = datetime.fromisoformat("2026-12-10T21:15:00+05:00")


@pytest.mark.parametrize(
    ("kind", "values", "published", "why"),
    [
        ("cancellation", {}, PUBLISHED, "school cll is not cancelled: schoolctl school cancel cll"),
        ("recap", {}, PUBLISHED, "school cll is not over by then: there is nothing to tell of it yet"),
        ("move", {}, PUBLISHED, "school cll was not moved. Move it first: schoolctl school move cll --starts …"),
        (
            "link",
            {"mode": "onsite", "meeting": LINK},
            PUBLISHED,
            "school cll takes place on-site: there is no link to announce",
        ),
        *(
            (
                kind,
                {"meeting": LINK, "moved_from": PUBLISHED},
                AFTER,
                f"school cll is over by then: there is nothing to announce as {kind}. Tell how it went: --kind recap",
            )
            for kind in ("call", "invitation", "link", "reminder", "move")
        ),
    ],
)
def test_what_would_not_be_true_is_refused(
    new_school: Callable[..., School], kind: Kind, values: dict[str, object], published: datetime, why: str
) -> None:
    with pytest.raises(SchoolctlError) as caught:
        check_kind(kind, [new_school(id="cll", **values)], published)
    assert str(caught.value) == why


def test_what_is_true_is_announced(new_school: Callable[..., School]) -> None:
    check_kind("move", [new_school(moved_from=PUBLISHED)], PUBLISHED)
    check_kind("recap", [new_school()], AFTER)
    check_kind("cancellation", [new_school(is_cancelled=True)], AFTER)


def test_an_organiser_hears_what_to_mind(new_school: Callable[..., School]) -> None:
    closed = new_school(id="a", questions_until=PUBLISHED)
    asks = new_school(id="b", registration=True)
    assert kind_notes("call", [closed, asks], PUBLISHED) == [
        "school a: the deadline for questions has passed, and the text says so"
    ]
    assert kind_notes("link", [closed, asks], PUBLISHED) == [
        "school b asks for registration: send its link only to those who registered"
    ]
    assert kind_notes("reminder", [closed, asks], PUBLISHED) == []


def test_a_link_is_shown_to_those_who_may_use_it(new_school: Callable[..., School]) -> None:
    assert school_facts(new_school(mode="onsite", meeting=LINK), "ru", PUBLISHED).meeting is None
    assert school_facts(new_school(mode="hybrid", meeting=LINK), "ru", PUBLISHED).meeting is LINK
    registered = school_facts(new_school(meeting=LINK, registration=True), "ru", PUBLISHED)
    assert [kind for kind in KINDS if as_published(registered, kind).meeting] == ["link"]


@pytest.mark.parametrize(
    ("until", "is_closed"), [(None, False), ("2026-12-01T10:00:00+00:00", True), ("2026-12-01T10:01:00+00:00", False)]
)
def test_a_deadline_that_has_passed_is_not_none_at_all(
    new_school: Callable[..., School], until: str | None, *, is_closed: bool
) -> None:
    moment = datetime.fromisoformat(until) if until else None
    facts = school_facts(new_school(questions_until=moment, recording="https://v.example.org/1"), "ru", PUBLISHED)
    assert (facts.questions_closed, facts.recording, facts.format) == (
        is_closed,
        "https://v.example.org/1",
        "questions",
    )
