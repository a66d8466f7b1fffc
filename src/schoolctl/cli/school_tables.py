"""Schools as people read them in the terminal: a table, and everything about one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.table import Column

from schoolctl.cli.cards import say_facts
from schoolctl.cli.console import say, say_table
from schoolctl.domain.school import School, Texts
from schoolctl.services.overview import SchoolStanding

_STATUS_STYLES = {"cancelled": "red", "held": "dim"}


def show_schools(standings: Sequence[SchoolStanding]) -> None:
    """The schedule as a table; the ID stands under the topic, ready to copy."""
    if not standings:
        say('No schools. Add one: schoolctl school add --topic ru="…" --starts "2026-12-10 18:30" --duration 2h')
        return
    columns = [
        Column("When", no_wrap=True),
        Column("School", ratio=1, overflow="fold"),
        Column("Status", no_wrap=True),
        Column("Asked", justify="right"),
    ]
    rows = [
        (
            f"{school.starts:%d.%m.%Y}\n{school.starts:%H:%M}-{school.ends:%H:%M}",
            f"{_topic(school)}\n{school.id}",
            f"{school.status(one.now)}\n{_link_state(school)}",
            str(sum(one.questions.values())),
        )
        for one in standings
        for school in [one.school]
    ]
    styles = [_STATUS_STYLES.get(one.school.status(one.now), "") for one in standings]
    say_table(columns, rows, styles)


def show_one_school(standing: SchoolStanding) -> None:
    """Everything about a school, a line each."""
    school = standing.school
    counts = ", ".join(f"{number} {status}" for status, number in sorted(standing.questions.items()))
    say_facts(
        [
            ("ID", school.id),
            *_texts_facts("Topic", school.topic),
            ("When", f"{school.starts:%d.%m.%Y %H:%M} - {school.ends:%H:%M} ({school.zone}, {_offset(school.starts)})"),
            ("Status", school.status(standing.now)),
            *_texts_facts("Reason", school.cancel_reason),
            ("Mode", f"{school.mode}, {school.format}"),
            *_texts_facts("Venue", school.venue),
            *_moment_facts("Questions until", school.questions_until),
            *_moment_facts("Moved from", school.moved_from),
            *_meeting_facts(school),
            *_people_facts(school),
            ("Questions", counts or "none"),
        ]
    )


def _meeting_facts(school: School) -> list[tuple[str, str]]:
    if school.meeting is None:
        return [] if school.mode == "onsite" else [("Link", "not yet")]
    meeting = school.meeting
    facts = [("Link", meeting.url), ("Meeting ID", meeting.meeting_id), ("Access code", meeting.passcode)]
    return [(name, text) for name, text in facts if text]


def _people_facts(school: School) -> list[tuple[str, str]]:
    people = [("Moderator", who) for who in [school.moderator] if who] + [("Speaker", who) for who in school.speakers]
    rows = school.programme_times()
    return [(name, _one_of(who.name) + _role(who.role)) for name, who in people] + [
        ("Programme", f"{begins:%H:%M}-{ends:%H:%M} {_one_of(item.title)}") for begins, ends, item in rows
    ]


def _texts_facts(name: str, texts: Texts | None) -> list[tuple[str, str]]:
    return [(f"{name} ({language})", text) for language, text in (texts or {}).items()]


def _moment_facts(name: str, moment: datetime | None) -> list[tuple[str, str]]:
    return [(name, f"{moment:%d.%m.%Y %H:%M}")] if moment else []


def _link_state(school: School) -> str:
    if school.mode == "onsite":
        return "on site"
    return "link" if school.meeting else "no link yet"


def _topic(school: School) -> str:
    return school.topic.get("en") or _one_of(school.topic)


def _one_of(text: object) -> str:
    return text if isinstance(text, str) else str(next(iter(dict(text).values()), ""))  # type: ignore[call-overload]


def _role(role: object) -> str:
    return f", {_one_of(role)}" if role else ""


def _offset(moment: datetime) -> str:
    return f"UTC{moment:%z}"[:6]
