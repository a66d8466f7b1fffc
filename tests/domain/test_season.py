"""The season in figures: each question counts once, and whatever the period, the figures add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.local_time import parse_day
from schoolctl.domain.question import Question, Screening, Sender, SourceRef
from schoolctl.domain.school import Organizer, Schedule, School
from schoolctl.domain.season import OUTCOMES, Erased, Figures, Period, Season
from schoolctl.domain.season_counts import measure
from schoolctl.domain.vocabulary import STATUSES
from schoolctl.errors import WrongUsageError

NewQuestion = Callable[..., Question]

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 12, 15, 12, tzinfo=ALMATY)
ALWAYS = Period()
MAY, JUNE, DECEMBER, GONE = "may", "june", "december", "gone"


def school(school_id: str, month: int, *, is_cancelled: bool = False) -> School:
    starts = datetime(2026, month, 20, 18, 30, tzinfo=ALMATY)
    return School(school_id, {"en": school_id}, starts, starts.replace(hour=20), is_cancelled=is_cancelled)


# Not in the order of their days.
SCHEDULE = Schedule(
    Organizer({"en": "Center"}),
    ("en",),
    ALMATY,
    (school(DECEMBER, 12), school(MAY, 5), school(JUNE, 6, is_cancelled=True)),
)


def season_of(questions: Sequence[Question], *erased: Erased, period: Period = ALWAYS) -> Season:
    return measure(SCHEDULE, questions, erased, period, NOW)


class Row(NamedTuple):
    """What most tests look at."""

    asked: int = 0
    carried_in: int = 0
    carried_over: int = 0
    answered: int = 0
    accepted: int = 0
    undecided: int = 0
    personal: int = 0
    other: int = 0


def row(figures: Figures) -> Row:
    return Row(*(getattr(figures, name) for name in Row._fields))


def rows(season: Season) -> dict[str, Row]:
    return {one.id: row(one.figures) for one in season.rows if one.figures.asked or one.figures.carried_in}


def test_schools_come_in_the_order_of_their_days_then_what_belongs_to_none(new_question: NewQuestion) -> None:
    places = ("", GONE, None, "away", MAY)
    season = season_of([new_question(id=number, school=place) for number, place in enumerate(places, 1)])
    assert [(one.id, one.status, one.figures.asked) for one in season.rows] == [
        (MAY, "held", 1),
        (JUNE, "cancelled", 0),
        (DECEMBER, "planned", 0),
        ("away", None, 1),
        (GONE, None, 1),
        ("", None, 2),
    ]
    assert [one.id for one in season.schools] == [MAY, JUNE, DECEMBER]
    assert season.standing == {"held": 1, "planned": 1, "cancelled": 1}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "answered"}, Row(asked=1, answered=1)),
        ({"status": "accepted", "screening": Screening("personal")}, Row(asked=1, accepted=1)),
        ({"status": "personal"}, Row(asked=1, personal=1)),
        ({"status": "off_topic"}, Row(asked=1, other=1)),
        ({"status": "rejected"}, Row(asked=1, other=1)),
        ({"status": "duplicate"}, Row(asked=1, other=1)),
        ({"status": "duplicate", "group": 7}, Row(asked=1, other=1)),
        ({}, Row(asked=1, undecided=1)),
        ({"screening": Screening("personal")}, Row(asked=1, personal=1)),
        ({"screening": Screening("personal"), "reviewed": True}, Row(asked=1, undecided=1)),
        ({"screening": Screening("logistics")}, Row(asked=1, other=1)),
        ({"screening": Screening("not_question")}, Row(asked=1, other=1)),
    ],
    ids=str,
)
def test_a_question_is_one_thing_where_it_stands(
    new_question: NewQuestion, values: dict[str, object], expected: Row
) -> None:
    season = season_of([new_question(school=MAY, **values)])
    assert rows(season) == {MAY: expected}
    assert row(season.total) == expected


def test_a_person_sets_apart_what_the_rules_only_take_for_personal(new_question: NewQuestion) -> None:
    by_rule = new_question(id=1, school=MAY, screening=Screening("personal"))
    by_person = new_question(id=2, school=MAY, status="personal", reviewed=True)
    total = season_of([by_rule, by_person], Erased(MAY, "email", "ru", "personal", 3)).total
    assert (total.personal, total.set_apart) == (5, 4)


def test_a_repeat_has_the_answer_of_what_it_repeats(new_question: NewQuestion) -> None:
    questions = [
        new_question(id=1, school=MAY, status="answered", group=1),
        new_question(id=2, school=MAY, status="duplicate", group=1),
        new_question(id=3, school=JUNE, status="accepted", group=1),
        new_question(id=4, school=JUNE, status="duplicate", group=1),
        # At a third school nothing but the answer elsewhere is known.
        new_question(id=5, school=DECEMBER, status="duplicate", group=1),
        new_question(id=6, status="accepted", group=2),
        new_question(id=7, school="", status="duplicate", group=2),
    ]
    assert rows(season_of(questions)) == {
        MAY: Row(asked=2, answered=2),
        JUNE: Row(asked=2, accepted=2),
        DECEMBER: Row(asked=1, answered=1),
        "": Row(asked=2, accepted=2),
    }


def test_what_is_carried_counts_at_each_school_of_its_way(new_question: NewQuestion) -> None:
    questions = [
        new_question(id=1, school=MAY, status="answered"),
        new_question(id=2, school=JUNE, carried_from=(MAY,), status="answered"),
        new_question(id=3, school=DECEMBER, carried_from=(MAY, JUNE), status="accepted"),
        new_question(id=4, school=DECEMBER, status="answered"),
    ]
    season = season_of(questions)
    assert rows(season) == {
        MAY: Row(asked=3, carried_over=2, answered=1),
        JUNE: Row(carried_in=2, carried_over=1, answered=1),
        DECEMBER: Row(asked=1, carried_in=1, answered=1, accepted=1),
    }
    assert row(season.total) == Row(asked=4, carried_in=2, carried_over=2, answered=3, accepted=1)
    # At the first school two of three were not answered; in the season three of four were.
    assert [one.figures.to_answer for one in season.rows] == [3, 2, 2]
    assert [one.figures.answered_share for one in season.rows] == [pytest.approx(1 / 3), 0.5, 0.5]
    # Of the middle of its way alone a period tells that it came and went.
    in_june = season_of(questions, period=Period(date(2026, 6, 1), date(2026, 6, 30)))
    assert row(in_june.total) == row(in_june.rows[0].figures) == Row(carried_in=2, carried_over=1, answered=1)
    assert (season.total.to_answer, season.total.answered_share) == (4, 0.75)


def test_what_goes_over_is_to_be_answered_unless_it_is_not_for_the_school(new_question: NewQuestion) -> None:
    questions = [
        new_question(id=1, school=MAY, status="answered"),
        new_question(id=2, school=JUNE, carried_from=(MAY,), status="accepted"),
        new_question(id=3, school=JUNE, carried_from=(MAY,)),
        new_question(id=4, school=JUNE, carried_from=(MAY,), status="personal"),
    ]
    season = season_of(questions)
    assert [one.figures.to_answer for one in season.rows] == [3, 1, 0]
    assert season.total.to_answer == 3
    assert season_of(questions, period=Period(date(2026, 5, 1), date(2026, 5, 31))).total.to_answer == 3


def test_there_is_no_share_while_nobody_has_told_what_was_answered(new_question: NewQuestion) -> None:
    assert season_of([new_question(school=MAY, status="personal")]).total.answered_share is None
    # Before the school, and after it while it is not closed: nobody has told what was answered.
    assert season_of([new_question(school=MAY, status="accepted")]).total.answered_share is None
    assert season_of([]).total.answered_share is None


def test_what_is_carried_over_the_end_of_a_period_was_not_answered_in_it(new_question: NewQuestion) -> None:
    questions = [
        new_question(id=1, school=MAY, status="answered", person=1, channel="form"),
        new_question(id=2, school=JUNE, carried_from=(MAY,), status="answered", person=2),
    ]
    first = season_of(questions, period=Period(until=date(2026, 5, 20)))
    assert [one.id for one in first.rows] == [MAY]
    assert row(first.total) == Row(asked=2, carried_over=1, answered=1)
    assert (first.total.to_answer, first.total.people, first.channels) == (2, 2, {"email": 1, "form": 1})
    second = season_of(questions, period=Period(since=date(2026, 5, 21)))
    assert [one.id for one in second.rows] == [JUNE, DECEMBER]
    assert row(second.total) == Row(carried_in=1, answered=1)
    assert (second.total.to_answer, second.total.people, second.channels) == (1, 0, {})


def test_what_belongs_to_no_school_is_chosen_by_the_day_on_which_it_came(new_question: NewQuestion) -> None:
    # One o'clock in the morning of the first of June in Almaty.
    evening = datetime(2026, 5, 31, 20, tzinfo=UTC)
    questions = [
        new_question(id=1, received_at=evening),
        new_question(id=2, school=GONE, received_at=evening),
        new_question(id=3),
        new_question(id=4, school=JUNE, received_at=datetime(2025, 1, 1, tzinfo=UTC)),
    ]
    erased = Erased("", "email", "ru", "answered", 2)
    june = season_of(questions, erased, period=Period(date(2026, 6, 1), date(2026, 6, 30)))
    assert rows(june) == {
        JUNE: Row(asked=1, undecided=1),
        GONE: Row(asked=1, undecided=1),
        "": Row(asked=1, undecided=1),
    }
    assert rows(season_of(questions, erased))[""] == Row(asked=4, undecided=2, answered=2)


def test_erased_questions_are_counted_still(new_question: NewQuestion) -> None:
    season = season_of(
        [new_question(id=1, school=MAY, person=1)],
        Erased(MAY, "whatsapp", "kk", "answered", 5),
        Erased(MAY, "email", "ru", "accepted", 2),
        Erased(MAY, "email", "ru", "new", 3),
        Erased(GONE, "zoom", "en", "rejected", 1),
    )
    assert rows(season) == {
        MAY: Row(asked=11, answered=5, accepted=2, undecided=1, other=3),
        GONE: Row(asked=1, other=1),
    }
    assert (season.total.erased, season.total.people) == (11, 1)
    assert season.channels == {"email": 6, "whatsapp": 5, "zoom": 1}
    assert season.languages == {"ru": 6, "kk": 5, "en": 1}
    assert (season.themes, season.months, season.undated) == ({"": 1}, {}, 1)


def test_people_count_once_whatever_the_school_and_the_channel(new_question: NewQuestion) -> None:
    questions = [
        new_question(id=1, school=MAY, person=1),
        new_question(id=2, school=MAY, person=1, channel="whatsapp"),
        new_question(id=3, school=JUNE, person=1),
        new_question(id=4, school=JUNE),
        new_question(id=5, school=JUNE),
    ]
    season = season_of(questions)
    assert [one.figures.people for one in season.rows] == [1, 3, 0]
    assert season.total.people == 3


def test_themes_are_those_of_questions_for_the_school(new_question: NewQuestion) -> None:
    questions = [
        new_question(id=1, themes=("diet", "lifestyle")),
        new_question(id=2, themes=("diet",), status="answered"),
        new_question(id=3, themes=("treatment",), status="accepted"),
        new_question(id=4, themes=("treatment",), status="personal"),
        new_question(id=5, themes=("treatment",), screening=Screening("off_topic")),
    ]
    season = season_of(questions)
    assert season.themes == {"diet": 2, "treatment": 1}
    # Those that no person has decided about, whatever the rules take them for.
    assert season.waiting == 5


def test_months_run_without_a_gap(new_question: NewQuestion) -> None:
    moments = [datetime(2026, 11, 30, 20, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC), None]
    season = season_of([new_question(id=number, received_at=moment) for number, moment in enumerate(moments, 1)])
    assert list(season.months.items()) == [("2026-09", 1), ("2026-10", 0), ("2026-11", 0), ("2026-12", 1)]
    assert season.undated == 1


def test_a_wrong_clock_does_not_stretch_the_months_over_decades(new_question: NewQuestion) -> None:
    moments = [datetime(1970, 1, 2, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)]
    season = season_of([new_question(id=number, received_at=moment) for number, moment in enumerate(moments, 1)])
    assert list(season.months.items()) == [("1970-01", 1), ("2026-09", 1)]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period(), [None, date(2026, 5, 20), date(2026, 6, 20)]),
        (Period(since=date(2026, 6, 20)), [date(2026, 6, 20)]),
        (Period(until=date(2026, 5, 20)), [date(2026, 5, 20)]),
        (Period(date(2026, 5, 21), date(2026, 6, 19)), []),
    ],
)
def test_a_period_holds_its_first_and_its_last_day(period: Period, days: list[date | None]) -> None:
    assert [day for day in (None, date(2026, 5, 20), date(2026, 6, 20)) if period.holds(day)] == days


@pytest.mark.parametrize("text", ["2026-12-01", " 2026-12-01 ", "01.12.2026", "1.12.2026"])
def test_a_day_is_read_as_it_is_written_here(text: str) -> None:
    assert parse_day(text) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("12/01/2026", '"12/01/2026" is no day. Write it as 2026-12-10'),
        ("2026-12-01 18:30", '"2026-12-01 18:30" is no day. Write it as 2026-12-10'),
        ("", '"" is no day. Write it as 2026-12-10'),
        ("2026-02-30", '"2026-02-30" does not exist in the calendar: '),
        ("31.04.2026", '"31.04.2026" does not exist in the calendar: '),
        ("0000-01-01", '"0000-01-01" does not exist in the calendar: '),
    ],
)
def test_a_day_that_is_none_is_told(text: str, message: str) -> None:
    with pytest.raises(WrongUsageError) as error:
        parse_day(text)
    assert str(error.value).startswith(message)


PLACES = st.sampled_from([None, "", GONE, MAY, JUNE, DECEMBER])
DAYS = st.none() | st.dates(date(2026, 4, 1), date(2027, 1, 31))


@st.composite
def questions(draw: st.DrawFn) -> list[Question]:
    drawn = st.tuples(
        PLACES,
        st.sampled_from(STATUSES),
        st.sampled_from(["general", "personal", "logistics", "off_topic", "not_question"]),
        st.booleans(),
        st.lists(st.sampled_from([MAY, JUNE, GONE]), max_size=3, unique=True),
        st.none() | st.integers(1, 3),
        st.integers(0, 4),
        DAYS,
        st.sampled_from([(), ("diet",), ("treatment", "diet")]),
    )
    return [
        Question(
            id=number,
            channel="email" if person % 2 else "whatsapp",
            text="",
            original_text="",
            redacted_text="",
            language="kk" if person % 3 else "ru",
            sender=Sender(),
            received_at=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None,
            zone_assumed=False,
            source=SourceRef("", 0),
            screening=Screening(label),
            school=place,
            status=status,
            reviewed=reviewed,
            themes=themes,
            group=group,
            person=person,
            # No question comes back to a school.
            carried_from=tuple(school for school in way if school != place),
        )
        for number, (place, status, label, reviewed, way, group, person, day, themes) in enumerate(
            draw(st.lists(drawn, max_size=25)), 1
        )
    ]


ERASED = st.lists(
    st.builds(
        Erased,
        PLACES.map(lambda place: place or ""),
        st.sampled_from(["email", "form"]),
        st.sampled_from(["kk", "en"]),
        st.sampled_from(STATUSES),
        st.integers(1, 9),
        st.lists(st.sampled_from([MAY, JUNE, GONE]), max_size=3, unique=True).map(tuple),
    ).map(lambda one: one._replace(carried_from=tuple(way for way in one.carried_from if way != one.school))),
    max_size=6,
)


@given(questions(), ERASED, st.builds(Period, DAYS, DAYS))
def test_the_figures_add_up(asked: list[Question], erased: list[Erased], period: Period) -> None:
    season = season_of(asked, *erased, period=period)
    total = season.total
    for figures in (total, *(one.figures for one in season.rows)):
        stands = sum(getattr(figures, outcome) for outcome in OUTCOMES)
        assert figures.asked + figures.carried_in == figures.carried_over + stands
        assert 0 <= figures.answered <= figures.to_answer
        assert figures.set_apart <= figures.personal
        assert figures.erased <= figures.asked
        assert figures.people <= figures.asked - figures.erased
    for name in ("asked", *OUTCOMES, "set_apart", "erased"):
        assert getattr(total, name) == sum(getattr(one.figures, name) for one in season.rows)
    # One that was carried twice is there once in all.
    for name in ("carried_in", "carried_over"):
        assert getattr(total, name) <= sum(getattr(one.figures, name) for one in season.rows)
    assert sum(season.channels.values()) == sum(season.languages.values()) == total.asked
    assert sum(season.months.values()) + season.undated == total.asked - total.erased


def _outcome_is_undecided(question: Question) -> bool:
    return question.status == "new" and (question.reviewed or question.screening.label == "general")


@given(questions(), ERASED)
def test_without_a_period_every_question_counts_once(asked: list[Question], erased: list[Erased]) -> None:
    total = season_of(asked, *erased).total
    assert total.asked == len(asked) + sum(one.number for one in erased)
    carried = sum(bool(one.carried_from) for one in asked) + sum(one.number for one in erased if one.carried_from)
    assert total.carried_over == total.carried_in == carried
    undecided = sum(bool(one.carried_from) and _outcome_is_undecided(one) for one in asked)
    assert total.to_answer == total.answered + total.accepted + undecided
    for_the_school = total.answered + total.accepted + total.undecided
    kept = for_the_school - sum(one.number for one in erased if one.status in {"answered", "accepted"})
    assert sum(season_of(asked, *erased).themes.values()) == kept
