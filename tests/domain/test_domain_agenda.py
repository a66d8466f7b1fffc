from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.agenda import Agenda, build_agenda, share_minutes
from schoolctl.domain.question import Question
from schoolctl.domain.school import ProgrammeItem, School, later

ALMATY, BERLIN = ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Berlin")
THEMES = ("causes_risk", "symptoms", "diagnosis", "treatment", "diet", "other")
STABLE = settings(
    deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
STARTS = st.sampled_from(
    [
        datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY),
        datetime(2024, 2, 29, 22, 30, tzinfo=ALMATY),
        datetime(2026, 3, 29, 1, 15, tzinfo=BERLIN),
        datetime(2026, 10, 25, 1, 45, tzinfo=BERLIN),
    ]
)


def _shown(agenda: Agenda) -> list[tuple[str, str, str, str]]:
    return [(f"{row.starts:%H:%M}", f"{row.ends:%H:%M}", row.kind, row.theme) for row in agenda.rows]


def _assert_no_gaps(agenda: Agenda) -> None:
    moments = [(row.starts.astimezone(UTC), row.ends.astimezone(UTC)) for row in agenda.rows]
    assert moments[0][0] == agenda.school.starts.astimezone(UTC)
    assert moments[-1][1] == agenda.school.ends.astimezone(UTC)
    assert all(begins < ends for begins, ends in moments)
    assert all(before[1] == after[0] for before, after in pairwise(moments))
    assert {row.starts.tzinfo for row in agenda.rows} == {agenda.school.zone}


@STABLE
@given(STARTS, st.integers(5, 600), st.lists(st.sampled_from([(), *[(theme,) for theme in THEMES], ("new", "diet")])))
def test_an_outline_runs_from_start_to_end_and_holds_every_question_once(
    new_school: Callable[..., School],
    new_question: Callable[..., Question],
    starts: datetime,
    minutes: int,
    themes: list[tuple[str, ...]],
) -> None:
    school = new_school(starts=starts, ends=later(starts, minutes=minutes))
    questions = [new_question(id=number, themes=theme) for number, theme in enumerate(themes, 1)]
    agenda = build_agenda(school, questions, THEMES)
    _assert_no_gaps(agenda)
    assert sorted(question.id for block in agenda.blocks for question in block.questions) == [q.id for q in questions]
    assert all(block.questions for block in agenda.blocks)
    rows = [row.theme for row in agenda.rows if row.kind == "theme"]
    assert rows == [block.theme for block in agenda.blocks if block.theme in rows]


@STABLE
@given(STARTS, st.lists(st.integers(1, 90), min_size=1, max_size=12))
def test_a_programme_runs_from_start_to_end(
    new_school: Callable[..., School], starts: datetime, lengths: list[int]
) -> None:
    items = tuple(ProgrammeItem({"ru": f"Пункт {minutes}"}, minutes, ("Айгуль",)) for minutes in lengths)
    school = new_school(starts=starts, ends=later(starts, minutes=sum(lengths)), programme=items)
    agenda = build_agenda(school, (), THEMES)
    _assert_no_gaps(agenda)
    assert [(row.kind, row.title, row.speakers) for row in agenda.rows] == [
        ("item", item.title, item.speakers) for item in items
    ]


def test_an_outline_by_example(new_school: Callable[..., School], new_question: Callable[..., Question]) -> None:
    themes = [("diet",), ("treatment",), (), ("treatment", "diet"), (), (), (), ("symptoms",)]
    questions = [new_question(id=number, themes=theme) for number, theme in enumerate(themes, 1)]
    agenda = build_agenda(new_school(), questions, THEMES)
    assert _shown(agenda) == [
        ("18:30", "18:40", "opening", ""),
        ("18:40", "19:05", "theme", "treatment"),
        ("19:05", "19:15", "theme", "symptoms"),
        ("19:15", "19:25", "theme", "diet"),
        ("19:25", "20:15", "theme", "other"),
        ("20:15", "21:05", "live", ""),
        ("21:05", "21:15", "closing", ""),
    ]
    assert [(block.theme, [question.id for question in block.questions]) for block in agenda.blocks] == [
        ("treatment", [2, 4]),
        ("symptoms", [8]),
        ("diet", [1]),
        ("other", [3, 5, 6, 7]),
    ]


def test_without_questions_the_time_is_live(new_school: Callable[..., School]) -> None:
    assert _shown(build_agenda(new_school(), (), THEMES)) == [
        ("18:30", "18:40", "opening", ""),
        ("18:40", "21:05", "live", ""),
        ("21:05", "21:15", "closing", ""),
    ]


@pytest.mark.parametrize(
    ("minutes", "rows"),
    [
        (1, [("18:30", "18:31", "live", "")]),
        (5, [("18:30", "18:35", "live", "")]),
        (6, [("18:30", "18:31", "opening", ""), ("18:31", "18:35", "live", ""), ("18:35", "18:36", "closing", "")]),
        (
            12,
            [
                ("18:30", "18:32", "opening", ""),
                ("18:32", "18:37", "theme", "treatment"),
                ("18:37", "18:40", "live", ""),
                ("18:40", "18:42", "closing", ""),
            ],
        ),
    ],
)
def test_a_school_of_minutes_keeps_its_questions(
    new_school: Callable[..., School],
    new_question: Callable[..., Question],
    minutes: int,
    rows: list[tuple[str, str, str, str]],
) -> None:
    school = new_school()
    school = new_school(ends=school.starts + timedelta(minutes=minutes))
    agenda = build_agenda(school, [new_question(themes=("treatment",))], THEMES)
    assert _shown(agenda) == rows
    assert [block.theme for block in agenda.blocks] == ["treatment"]


def test_most_asked_comes_first_and_keeps_its_time_when_there_is_not_enough(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    questions = [new_question(id=number, themes=(theme,)) for number, theme in enumerate(THEMES, 1)]
    school = new_school()
    agenda = build_agenda(new_school(ends=later(school.starts, minutes=30)), questions, THEMES)
    assert [row.theme for row in agenda.rows if row.kind == "theme"] == ["causes_risk", "symptoms", "diagnosis"]
    assert [block.theme for block in agenda.blocks] == list(THEMES)


@STABLE
@given(st.integers(-100, 1000), st.lists(st.integers(0, 50), max_size=15))
def test_shares_are_whole_steps_and_never_exceed_the_time(minutes: int, weights: list[int]) -> None:
    shares = share_minutes(minutes, weights)
    assert len(shares) == len(weights)
    assert sum(shares) <= max(minutes, 0)
    assert all(share >= 0 and share % 5 == 0 for share in shares)
    if minutes >= 5 * len(weights):
        assert all(share >= 5 for share in shares)
    elif weights:
        assert sum(shares) == max(minutes, 0) // 5 * 5


@STABLE
@given(st.integers(5, 1000), st.lists(st.integers(1, 50), min_size=1, max_size=15))
def test_who_asked_more_never_gets_less(minutes: int, weights: list[int]) -> None:
    weights = sorted(weights, reverse=True)
    shares = share_minutes(minutes, weights)
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("minutes", "weights", "shares"),
    [
        (100, [3, 1], [75, 25]),
        (109, [1, 1], [50, 50]),
        (20, [1, 1, 1, 1, 1], [5, 5, 5, 5, 0]),
        (30, [100, 1, 1], [20, 5, 5]),
        (4, [1], [0]),
        (0, [2, 1], [0, 0]),
        (60, [0, 0], [5, 5]),
        (60, [], []),
    ],
)
def test_shares_by_example(minutes: int, weights: list[int], shares: list[int]) -> None:
    assert share_minutes(minutes, weights) == shares
