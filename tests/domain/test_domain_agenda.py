from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.agenda import Agenda, AgendaBlock, build_agenda
from schoolctl.domain.agenda_time import fitting, share_minutes
from schoolctl.domain.question import Question
from schoolctl.domain.school import ProgrammeItem, School, Speaker, later

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


def _ids(agenda: Agenda) -> list[int]:
    return [
        question.id for block in agenda.blocks for one in block.everything for question in (one.wording, *one.others)
    ]


def _block(block: AgendaBlock) -> tuple[str, list[int], list[int], int | None]:
    first, spare = ([one.wording.id for one in questions] for questions in (block.questions, block.spare))
    return block.theme, first, spare, block.row


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
    assert sorted(_ids(agenda)) == [question.id for question in questions]
    assert all(block.everything for block in agenda.blocks)
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
        ("18:40", "19:00", "theme", "treatment"),
        ("19:00", "19:15", "theme", "symptoms"),
        ("19:15", "19:30", "theme", "diet"),
        ("19:30", "20:00", "theme", "other"),
        ("20:00", "21:05", "live", ""),
        ("21:05", "21:15", "closing", ""),
    ]
    assert list(map(_block, agenda.blocks)) == [
        ("treatment", [2, 4], [], 1),
        ("symptoms", [8], [], 2),
        ("diet", [1], [], 3),
        ("other", [3, 5, 6, 7], [], 4),
    ]


def test_people_who_asked_the_same_are_counted_and_answered_once(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    short = "Что можно есть?"
    asked = [
        new_question(id=1, themes=("treatment",), person=1),
        new_question(id=2, themes=("treatment",), person=1),
        new_question(id=3, themes=("diet",), person=2, group=3, redacted_text=short),
        new_question(id=4, themes=(), person=3, group=3, decided=frozenset({"wording"})),
        new_question(id=5, themes=("diet",), person=3, group=3),
    ]
    repeats = [
        *asked,
        new_question(id=6, themes=("lifestyle",), person=4, group=3, status="duplicate"),
        new_question(id=7, themes=("lifestyle",), person=5, group=9, status="duplicate"),
    ]
    agenda = build_agenda(new_school(), asked, THEMES, repeats)
    diet, treatment = agenda.blocks
    assert (diet.theme, treatment.theme) == ("diet", "treatment")
    (question,) = diet.questions
    # The wording that a person chose stands for the group; its theme is the first that any of them has.
    assert (question.wording.id, [other.id for other in question.others], question.asked) == (4, [3, 5], 3)
    assert question.theme == "diet"
    # One person with two questions is one person.
    assert [one.wording.id for one in treatment.questions] == [1, 2]
    assert len(treatment.people) == 1


@pytest.mark.parametrize(
    ("language", "translated", "order"),
    [
        # The wording that stands for the group, in its own language or translated.
        ("kk", {}, [1, 2, 3, 4]),
        ("ru", {1: "ru"}, [1, 2, 3, 4]),
        # Else the fittest that is written in the language, else one that was translated.
        ("ru", {}, [3, 1, 2, 4]),
        ("ru", {4: "ru"}, [3, 1, 2, 4]),
        ("en", {2: "en"}, [2, 1, 3, 4]),
        ("en", {2: "kk"}, [1, 2, 3, 4]),
    ],
)
def test_a_document_leads_with_words_in_its_language(
    new_school: Callable[..., School],
    new_question: Callable[..., Question],
    language: str,
    translated: dict[int, str],
    order: list[int],
) -> None:
    words = [("kk", "Бұл ауру балаларға беріле ме екен?"), ("kk", "Бұл ауру қалай беріледі екен, айтыңызшы?")]
    words += [("ru", "Передаётся ли миелома по наследству?"), ("ru", "Наследуют?")]
    asked = [
        new_question(
            id=number,
            text=text,
            redacted_text=text,
            language=code,
            group=1,
            decided=frozenset({"wording"} if number == 1 else ()),
            translations={translated[number]: "Inherited?"} if number in translated else {},
        )
        for number, (code, text) in enumerate(words, 1)
    ]
    (block,) = build_agenda(new_school(), asked, ()).blocks
    (one,) = block.questions
    assert [question.id for question in one.wordings_in(language)] == order
    assert [question.id for question in one.questions] == [1, 2, 3, 4]


def test_what_finds_no_time_is_listed_under_its_heading(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    questions = [new_question(id=number, themes=("diet",)) for number in range(1, 14)]
    (block,) = build_agenda(new_school(), questions, THEMES).blocks
    assert _block(block) == ("diet", list(range(1, 11)), [11, 12, 13], 1)


def test_speakers_stand_where_their_themes_are(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    both = {"kk": "Берік Мысалов", "ru": "Берик Мысалов"}
    speakers = (Speaker("Дана Примерова", None, ("diet", "symptoms")), Speaker(both, None, ("diet",)), Speaker("Асель"))
    questions = [new_question(id=1, themes=("diet",)), new_question(id=2, themes=("causes_risk",))]
    rows = build_agenda(new_school(speakers=speakers), questions, THEMES).rows
    assert [(row.theme, row.speakers) for row in rows] == [
        ("", ()),
        ("causes_risk", ()),
        ("diet", ("Дана Примерова", both)),
        ("", ()),
        ("", ()),
    ]


def _programme(*rows: tuple[str, int]) -> tuple[ProgrammeItem, ...]:
    return tuple(ProgrammeItem({"ru": theme or "Пункт"}, minutes, (), theme) for theme, minutes in rows)


def test_a_saved_programme_keeps_its_questions(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    rows = _programme(("", 10), ("diet", 5), ("symptoms", 20), ("diet", 5), ("", 125))
    themes = ["diet"] * 5 + ["treatment", "symptoms", "causes_risk"]
    questions = [new_question(id=number, themes=(theme,)) for number, theme in enumerate(themes, 1)]
    agenda = build_agenda(new_school(programme=rows), questions, THEMES)
    # In the order of the programme; two rows of one theme share its questions, and themes without a row come last.
    assert list(map(_block, agenda.blocks)) == [
        ("diet", [1, 2, 3], [4, 5], 1),
        ("symptoms", [7], [], 2),
        ("other", [], [6, 8], None),
    ]
    assert agenda.homeless == ("causes_risk", "treatment")


def test_a_row_for_other_questions_takes_those_without_one(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    rows = _programme(("other", 30), ("diet", 135))
    questions = [new_question(id=1), new_question(id=2, themes=("diet",)), new_question(id=3, themes=("symptoms",))]
    agenda = build_agenda(new_school(programme=rows), questions, THEMES)
    assert list(map(_block, agenda.blocks)) == [("other", [1, 3], [], 0), ("diet", [2], [], 1)]
    assert agenda.homeless == ("symptoms",)


def test_a_lecture_without_themes_lists_its_questions_by_theme(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    school = new_school(format="lecture", programme=_programme(("", 165)))
    agenda = build_agenda(school, [new_question(id=1, themes=("diet",)), new_question(id=2)], THEMES)
    assert list(map(_block, agenda.blocks)) == [("diet", [1], [], None), ("other", [2], [], None)]
    assert agenda.homeless == ()


def test_the_programme_that_was_really_published(new_school: Callable[..., School]) -> None:
    minutes = [20, 15, 15, 15, 15, 15, 30, 30, 10]
    items = tuple(ProgrammeItem({"ru": f"Пункт {number}"}, length) for number, length in enumerate(minutes, 1))
    agenda = build_agenda(new_school(format="lecture", programme=items), (), THEMES)
    assert [f"{row.starts:%H:%M}-{row.ends:%H:%M}" for row in agenda.rows] == [
        "18:30-18:50", "18:50-19:05", "19:05-19:20", "19:20-19:35", "19:35-19:50", "19:50-20:05", "20:05-20:35",
        "20:35-21:05", "21:05-21:15",
    ]  # fmt: skip


@STABLE
@given(
    st.lists(st.sampled_from(["", *THEMES]), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from([(), *[(theme,) for theme in THEMES]]), st.none() | st.integers(1, 4))),
)
def test_every_question_stands_once_whatever_the_programme(
    new_school: Callable[..., School],
    new_question: Callable[..., Question],
    rows: list[str],
    asked: list[tuple[tuple[str, ...], int | None]],
) -> None:
    school = new_school(programme=_programme(*[(theme, 15) for theme in rows]))
    questions = [new_question(id=at, themes=themes, group=group) for at, (themes, group) in enumerate(asked, 1)]
    agenda = build_agenda(school, questions, THEMES)
    assert sorted(_ids(agenda)) == [question.id for question in questions]
    assert all(agenda.rows[block.row].theme == block.theme for block in agenda.blocks if block.row is not None)


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
    assert sum(len(block.everything) for block in agenda.blocks) == 1


def test_most_asked_comes_first_and_keeps_its_time_when_there_is_not_enough(
    new_school: Callable[..., School], new_question: Callable[..., Question]
) -> None:
    questions = [new_question(id=number, themes=(theme,)) for number, theme in enumerate(THEMES, 1)]
    school = new_school()
    agenda = build_agenda(new_school(ends=later(school.starts, minutes=30)), questions, THEMES)
    assert [row.theme for row in agenda.rows if row.kind == "theme"] == ["causes_risk", "symptoms", "diagnosis"]
    assert [block.theme for block in agenda.blocks] == list(THEMES)


@STABLE
@given(st.integers(-100, 1000), st.lists(st.tuples(st.integers(1, 50), st.integers(0, 60)), max_size=15))
def test_shares_are_whole_steps_within_time_and_ceilings(minutes: int, wanted: list[tuple[int, int]]) -> None:
    weights, most = [weight for weight, _ in wanted], [limit for _, limit in wanted]
    shares = share_minutes(minutes, weights, most)
    assert len(shares) == len(weights)
    assert sum(shares) <= max(minutes, 0)
    assert all(share >= 0 and share % 5 == 0 for share in shares)
    assert all(share <= max(limit, 10) for share, limit in zip(shares, most, strict=True))
    if minutes >= 5 * len(weights):
        assert all(share >= 5 for share in shares)
    elif weights:
        assert sum(shares) == max(minutes, 0) // 5 * 5


@STABLE
@given(st.integers(5, 1000), st.lists(st.integers(1, 50), min_size=1, max_size=15), st.integers(5, 60))
def test_who_asked_more_never_gets_less(minutes: int, weights: list[int], most: int) -> None:
    weights = sorted(weights, reverse=True)
    shares = share_minutes(minutes, weights, [most] * len(weights))
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("minutes", "weights", "most", "shares"),
    [
        (100, [3, 1], [100, 100], [75, 25]),
        (100, [3, 1], [30, 100], [30, 70]),
        (100, [3, 1], [30, 15], [30, 15]),
        (109, [1, 1], [100, 100], [55, 50]),
        (60, [30, 1, 1], [100] * 3, [40, 10, 10]),
        (20, [1, 1, 1, 1, 1], [30] * 5, [5, 5, 5, 5, 0]),
        (30, [100, 1, 1], [30] * 3, [20, 5, 5]),
        (4, [1], [30], [0]),
        (0, [2, 1], [30, 30], [0, 0]),
        (-5, [1], [30], [0]),
        (60, [], [], []),
    ],
)
def test_shares_by_example(minutes: int, weights: list[int], most: list[int], shares: list[int]) -> None:
    assert share_minutes(minutes, weights, most) == shares


@pytest.mark.parametrize(("minutes", "answers"), [(0, 0), (1, 1), (5, 1), (6, 2), (15, 5), (30, 10)])
def test_how_many_answers_find_room(minutes: int, answers: int) -> None:
    assert fitting(minutes) == answers
