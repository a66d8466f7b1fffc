"""What is done for a school and what is next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from schoolctl.domain.announcement_changes import OldStart
from schoolctl.domain.checklist import Standing, Step, checklist, next_step
from schoolctl.domain.school import Meeting, ProgrammeItem, School, Speaker

NewSchool = Callable[..., School]
MEETING = Meeting("https://zoom.example.org/j/1")
LANGUAGES = ("kk", "ru", "en")


def standing(school: School, *, days_before: float, **values: object) -> Standing:
    plain: dict[str, object] = {
        "school": school,
        "now": school.starts - timedelta(days=days_before),
        "languages": LANGUAGES,
        "statuses": {},
        "waiting": 0,
        "written": {},
        "outdated": {},
        "invite": "none",
        "has_agenda": False,
    }
    return Standing(**(plain | values))  # type: ignore[arg-type]


def states(steps: list[Step]) -> dict[str, str]:
    return {step.name: step.state for step in steps}


@pytest.mark.parametrize(
    ("days_before", "due"),
    [
        (30, []),
        (19, ["call"]),
        (7, ["call", "invitation", "invite"]),
        (3, ["call", "link", "invitation", "invite"]),
        (2, ["call", "link", "invitation", "invite", "agenda"]),
        (1, ["call", "link", "invitation", "invite", "agenda", "reminder"]),
    ],
)
def test_steps_become_due_one_after_the_other(new_school: NewSchool, days_before: int, due: list[str]) -> None:
    steps = checklist(standing(new_school(), days_before=days_before))
    assert [step.name for step in steps if step.state == "due"] == due


def test_when_everything_is_done_nothing_is_next(new_school: NewSchool) -> None:
    at = datetime(2026, 12, 1, 5, tzinfo=UTC)
    written = {kind: {"site": at, "email": at} for kind in ("call", "invitation", "link", "reminder")}
    steps = checklist(
        standing(
            new_school(meeting=MEETING),
            days_before=1,
            statuses={"accepted": 3, "personal": 1},
            written=written,
            invite="current",
            has_agenda=True,
        )
    )
    assert set(states(steps).values()) == {"done"}
    assert next_step(steps) is None
    assert Step("call", "done", "written 01.12.2026 (email, site)") in steps
    assert Step("questions", "done", "all 4 looked at, 3 accepted") in steps


def test_what_is_missing_comes_before_what_is_due(new_school: NewSchool) -> None:
    school = new_school(topic={"kk": "анемия", "ru": "анемия"})
    steps = checklist(standing(school, days_before=3))
    assert next_step(steps) == Step(
        "translations",
        "missing",
        "missing: topic (en)",
        'schoolctl school edit 2026-12-10-myeloma --topic en="…"',
    )


def test_every_missing_text_is_named_once(new_school: NewSchool) -> None:
    school = new_school(
        venue={"kk": "Астана"},
        speakers=(
            Speaker("Айгерім Үлгібаева", {"kk": "дәрігер"}),
            Speaker({"kk": "А"}, {"kk": "дәрігер"}),
            Speaker("Б"),
        ),
        moderator=Speaker({"kk": "В", "en": "V"}, {"kk": "төраға", "ru": "председатель"}),
        programme=(ProgrammeItem({"kk": "Ашылуы", "ru": "Открытие", "en": "Opening"}, 10),),
    )
    step = checklist(standing(school, days_before=30))[0]
    assert step.detail == (
        "missing: venue (ru), venue (en), moderator's name (ru), speaker's name (ru), speaker's name (en), "
        "moderator's role (en), speaker's role (ru), speaker's role (en)"
    )


def test_a_text_that_only_the_file_can_hold_is_asked_for_there(new_school: NewSchool) -> None:
    school = new_school(programme=(ProgrammeItem({"kk": "Ашылуы", "ru": "Открытие"}, 10),))
    step = checklist(standing(school, days_before=30))[0]
    assert (step.detail, step.command) == ("missing: programme (en): add them in sessions.toml", "")
    everybody = ProgrammeItem(
        {"kk": "Ашылуы", "ru": "Открытие", "en": "Opening"}, 10, ("А", {"kk": "бәрі", "en": "all"})
    )
    step = checklist(standing(new_school(programme=(everybody,)), days_before=30))[0]
    assert step.detail == "missing: programme (ru): add them in sessions.toml"


def test_questions_that_wait_are_due(new_school: NewSchool) -> None:
    steps = checklist(standing(new_school(), days_before=30, statuses={"new": 4, "accepted": 1}, waiting=4))
    expected = Step(
        "questions", "due", "4 of 5 wait for review", "schoolctl questions review --school 2026-12-10-myeloma"
    )
    assert expected in steps


@pytest.mark.parametrize(
    ("invite", "state"), [("outdated", "due"), ("behind", "due"), ("current", "done"), ("none", "later")]
)
def test_an_outdated_invite_is_due_at_once(new_school: NewSchool, invite: str, state: str) -> None:
    assert states(checklist(standing(new_school(), days_before=30, invite=invite)))["invite"] == state


def test_a_lecture_needs_no_call_and_a_meeting_on_site_no_link(new_school: NewSchool) -> None:
    steps = checklist(standing(new_school(format="lecture", mode="onsite"), days_before=3))
    assert "call" not in states(steps)
    assert "link" not in states(steps)


def test_a_call_after_the_deadline_is_not_asked_for(new_school: NewSchool) -> None:
    school = new_school(questions_until=datetime(2026, 12, 8, 18, tzinfo=UTC))
    assert states(checklist(standing(school, days_before=1)))["call"] == "later"


@pytest.mark.parametrize(("days_before", "is_told"), [(5, False), (2, True)], ids=["long before", "shortly before"])
def test_those_who_were_invited_without_a_link_get_it(
    new_school: NewSchool, days_before: int, *, is_told: bool
) -> None:
    written = {"invitation": {"site": datetime(2026, 12, 1, tzinfo=UTC)}}
    steps = checklist(standing(new_school(meeting=MEETING), days_before=days_before, written=written))
    assert [step.name for step in steps].count("link") == (2 if is_told else 1)


AT = datetime(2026, 11, 1, tzinfo=UTC)
WRITTEN = {"call": {"site": AT}}
NOBODY_KNOWS = "nobody was told of the day before: tell it if somebody knows it"


@pytest.mark.parametrize(
    ("known", "state", "detail"),
    [
        ({"old_start": OldStart(is_known=True)}, "due", "not written yet"),
        ({"old_start": OldStart(is_known=True, corrected_by_mail=AT)}, "due", "not written yet"),
        (
            {"written": {"move": {"site": AT}}, "old_start": OldStart(is_known=True)},
            "done",
            "written 01.11.2026 (site)",
        ),
        ({"written": {"move": {"site": AT}}}, "done", "written 01.11.2026 (site)"),
        ({"written": WRITTEN, "invite": "current"}, "later", NOBODY_KNOWS),
        ({}, "later", NOBODY_KNOWS),
    ],
    ids=["known", "known to others too", "told", "told though nobody knew", "only the new day is known", "not known"],
)
def test_a_move_is_told_at_once_to_those_who_know_the_day_before(
    new_school: NewSchool, known: dict[str, object], state: str, detail: str
) -> None:
    school = new_school(moved_from=datetime(2026, 12, 9, 18, 30, tzinfo=UTC))
    step = [step for step in checklist(standing(school, days_before=30, **known)) if step.name == "move"][-1]
    assert (step.state, step.detail) == (state, detail)
    announce = "schoolctl announce 2026-12-10-myeloma --kind move --channel all"
    assert step.command == ("" if state == "done" else announce)


MAIL_IT = "schoolctl mail 2026-12-10-myeloma --kind move --send"


@pytest.mark.parametrize(
    ("old_start", "steps"),
    [
        (OldStart(mailed_to=1), [Step("move", "due", "1 person was mailed another day or hour", MAIL_IT)]),
        (
            OldStart(mailed_to=2, corrected_by_mail=AT),
            [Step("move", "due", "2 people were mailed another day or hour", MAIL_IT)],
        ),
        (OldStart(corrected_by_mail=AT), [Step("move", "done", "mailed 01.11.2026")]),
        (
            OldStart(is_known=True, mailed_to=2),
            [
                Step("move", "due", "2 people were mailed another day or hour", MAIL_IT),
                Step(
                    "move",
                    "due",
                    "not written yet",
                    "schoolctl announce 2026-12-10-myeloma --kind move --channel all",
                ),
            ],
        ),
    ],
)
def test_who_was_told_by_mail_is_told_of_a_move_by_mail(
    new_school: NewSchool, old_start: OldStart, steps: list[Step]
) -> None:
    school = new_school(moved_from=datetime(2026, 12, 9, 18, 30, tzinfo=UTC))
    found = checklist(standing(school, days_before=30, old_start=old_start))
    assert [step for step in found if step.name == "move"] == steps
    assert not [
        step for step in checklist(standing(new_school(), days_before=30, old_start=old_start)) if step.name == "move"
    ]


@pytest.mark.parametrize(
    ("kind", "days_before", "state"),
    [("call", 30, "due"), ("invitation", 30, "due"), ("link", 30, "due"), ("reminder", 30, "later"),
     ("reminder", 0.5, "due"), ("call", -0.01, "done")],
)  # fmt: skip
def test_what_does_not_hold_any_more_is_written_again(
    new_school: NewSchool, kind: str, days_before: float, state: str
) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    written = {name: {"site": at, "email": at} for name in ("invitation", kind)}
    steps = checklist(
        standing(
            new_school(meeting=MEETING), days_before=days_before, written=written, outdated={kind: ("email", "site")}
        )
    )
    step = [step for step in steps if step.name == kind][-1]
    assert step.state == state
    if state != "done":
        assert step.detail == "changed since it was written (email, site)"
        announce = f"schoolctl announce 2026-12-10-myeloma --kind {kind}"
        assert step.command == f"{announce} --channel email --channel site --force"


@pytest.mark.parametrize(
    ("invite", "days_before", "expected"),
    [
        ("none", 3, {"cancellation": "due"}),
        ("outdated", 3, {"cancellation": "due", "invite": "due"}),
        ("current", 3, {"cancellation": "due", "invite": "done"}),
        ("none", -3, {"cancellation": "done"}),
    ],
)
def test_a_cancelled_school_is_told_and_taken_out_of_calendars(
    new_school: NewSchool, invite: str, days_before: int, expected: dict[str, str]
) -> None:
    school = new_school(is_cancelled=True)
    assert states(checklist(standing(school, days_before=days_before, invite=invite))) == expected


@pytest.mark.parametrize(("days_after", "state"), [(1, "due"), (29, "due"), (40, "done")])
def test_a_recap_is_due_for_a_month(new_school: NewSchool, days_after: int, state: str) -> None:
    assert states(checklist(standing(new_school(), days_before=-days_after))) == {"close": "done", "recap": state}


NEXT = "2027-03-11-myeloma"
CLOSE = "schoolctl school close 2026-12-10-myeloma"
NO_NEXT = "3 left, no school of the topic is to come: add one, then close again"


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ({"left_over": 0, "next_school": None}, Step("close", "done", "no question is left over")),
        (
            {"left_over": 3, "next_school": NEXT},
            Step("close", "due", f"3 left: tick those answered, the rest goes to {NEXT}", CLOSE),
        ),
        ({"left_over": 3, "next_school": None}, Step("close", "due", "3 left: tick those answered", CLOSE)),
        (
            {"left_over": 3, "next_school": None, "statuses": {"answered": 1, "accepted": 3}},
            Step("close", "later", NO_NEXT, f"{CLOSE} --answered none --to NEW-ID"),
        ),
        (
            {"left_over": 3, "next_school": None, "days_before": -40},
            Step("close", "later", NO_NEXT, f"{CLOSE} --answered none --to NEW-ID"),
        ),
    ],
)
def test_a_school_that_is_over_is_to_be_closed_before_its_recap(
    new_school: NewSchool, values: dict[str, object], step: Step
) -> None:
    steps = checklist(standing(new_school(), **({"days_before": -1.0} | values)))  # type: ignore[arg-type]
    assert (steps[0], steps[1].name) == (step, "recap")


@pytest.mark.parametrize(
    ("following", "step"),
    [
        (NEXT, Step("close", "due", f"3 left: tick those answered, the rest goes to {NEXT}", CLOSE)),
        (None, Step("close", "later", NO_NEXT, f"{CLOSE} --to NEW-ID")),
    ],
)
def test_the_questions_of_a_cancelled_school_are_not_lost(
    new_school: NewSchool, following: str | None, step: Step
) -> None:
    school = new_school(is_cancelled=True)
    assert step in checklist(standing(school, days_before=3, left_over=3, next_school=following))
    assert "close" not in states(checklist(standing(school, days_before=3)))
