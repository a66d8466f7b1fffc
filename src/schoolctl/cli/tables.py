"""What people read in the terminal: tables and cards, at 80 columns and at more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from textwrap import wrap

from rich.table import Column

from schoolctl.cli.console import counted, is_terminal, say, say_table, terminal_width
from schoolctl.domain.privacy import full_sender, mask_sender
from schoolctl.domain.question import Question, StoredSetAside
from schoolctl.domain.school import School, Texts
from schoolctl.services.overview import SchoolStanding

_WIDE = 120  # columns
_NARROWEST = 20
# So much of a question that it takes three or four lines of its column.
_EXCERPT, _WIDE_EXCERPT = 150, 240
_STATUS_STYLES = {"accepted": "green", "personal": "yellow", "new": "", "cancelled": "red", "held": "dim"}


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
    _say_facts(
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


def show_questions(questions: Sequence[Question], total: int, zone: tzinfo, *, reveal: bool) -> None:
    """Questions as a table: the words take what room there is; `total` is how many there are of their kind."""
    if not questions:
        say("No questions of this kind. Import some: schoolctl questions import PATH")
        return
    is_wide = terminal_width() >= _WIDE
    columns = [
        Column("ID", justify="right", no_wrap=True),
        Column("From", max_width=28 if reveal else 24, overflow="fold"),
        Column("Question", ratio=1, overflow="fold"),
        Column("Status", no_wrap=True),
    ]
    if is_wide:
        columns.append(Column("School", max_width=30, overflow="fold"))
    rows = [_question_row(question, zone, reveal=reveal, is_wide=is_wide) for question in questions]
    say_table(columns, rows, [_STATUS_STYLES.get(question.status, "dim") for question in questions])
    shown = "" if total == len(questions) else f"{len(questions)} of "
    say(f"{shown}{counted(total, 'question')}. In full: schoolctl questions show ID")


def show_one_question(question: Question, zone: tzinfo, *, reveal: bool) -> None:
    """A question in full."""
    facts = [
        ("Question", str(question.id)),
        ("Text", question.text if reveal else question.redacted_text),
        *_origin_facts(question, zone, reveal=reveal),
        ("School", question.school or "none"),
        ("Status", f"{question.status}{', reviewed' if question.reviewed else ''}"),
        ("Themes", ", ".join(question.themes) or "none"),
        ("Seems", _screening(question)),
        *(("Mended", repair) for repair in question.repairs),
    ]
    # The original holds signatures and quoted mails: whoever did not ask for names must not see it.
    if reveal and question.original_text != question.text:
        facts.append(("Original", question.original_text))
    _say_facts(facts)
    say()


def _origin_facts(question: Question, zone: tzinfo, *, reveal: bool) -> list[tuple[str, str]]:
    received = _received(question, zone, "%d.%m.%Y %H:%M")
    return [
        ("From", _sender(question, reveal=reveal) or "unknown"),
        ("Received", f"{received}{' (zone assumed)' if question.zone_assumed else ''}"),
        ("Channel", f"{question.channel}, {question.source.file}, message {question.source.position}"),
        ("Language", question.language),
    ]


def show_set_aside(messages: Sequence[StoredSetAside], *, reveal: bool) -> None:
    """Messages set aside, with their reasons; the words only for whoever asked to see them."""
    if not messages:
        say("No messages were set aside.")
        return
    columns = [
        Column("ID", justify="right", no_wrap=True),
        Column("Where", max_width=24, overflow="fold"),
        Column("Reason", ratio=1),
    ]
    if reveal:
        columns.append(Column("Text", ratio=2, overflow="fold"))
    say_table(columns, [_set_aside_row(message, reveal=reveal) for message in messages], [""] * len(messages))
    say(f"{counted(len(messages), 'message')}. Their texts: --reveal. A question after all? … restore ID")


def _set_aside_row(message: StoredSetAside, *, reveal: bool) -> tuple[str, ...]:
    restored = f" (now question {message.question})" if message.question is not None else ""
    where = f"{message.source.file}, {message.source.position}"
    row = (str(message.id), where, f"{message.reason}{restored}")
    text = " ".join(message.draft.original_text.split()) if message.draft else ""
    return (*row, _shortened(text, _EXCERPT)) if reveal else row


def _question_row(question: Question, zone: tzinfo, *, reveal: bool, is_wide: bool) -> tuple[str, ...]:
    text = " ".join((question.text if reveal else question.redacted_text).split())
    received = _received(question, zone, "%d.%m.%Y %H:%M" if is_wide else "%d.%m")
    sender = _sender(question, reveal=reveal)
    # A masked sender's first part tells two people apart; the rest would take a line each.
    who = sender if reveal or is_wide else sender.split(" ")[0]
    row = (
        str(question.id),
        f"{received} {question.channel}\n{who}",
        _shortened(text, _WIDE_EXCERPT if is_wide else _EXCERPT),
        "\n".join((f"{question.status}{_doubt(question)}", *question.themes)),
    )
    return (*row, question.school or "") if is_wide else row


def _doubt(question: Question) -> str:
    # Once a person decided, what the rules thought is of no more use.
    is_settled = question.reviewed or question.screening.label == "general"
    return "" if is_settled else f"\n{question.screening.label}?"


def _sender(question: Question, *, reveal: bool) -> str:
    return (full_sender if reveal else mask_sender)(question.sender)


def _shortened(text: str, most: int) -> str:
    """The beginning of a long text, cut between words."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _received(question: Question, zone: tzinfo, pattern: str) -> str:
    return question.received_at.astimezone(zone).strftime(pattern) if question.received_at else "?"


def _screening(question: Question) -> str:
    reasons = f" ({'; '.join(question.screening.reasons)})" if question.screening.reasons else ""
    return f"{question.screening.label}{reasons}"


def _meeting_facts(school: School) -> list[tuple[str, str]]:
    if school.meeting is None:
        return [] if school.mode == "onsite" else [("Link", "not yet")]
    meeting = school.meeting
    facts = [("Link", meeting.url), ("Meeting ID", meeting.meeting_id), ("Access code", meeting.passcode)]
    return [(name, text) for name, text in facts if text]


def _people_facts(school: School) -> list[tuple[str, str]]:
    speakers = [("Speaker", _one_of(speaker.name) + _role(speaker.role)) for speaker in school.speakers]
    rows = school.programme_times()
    return speakers + [
        ("Programme", f"{begins:%H:%M}-{ends:%H:%M} {_one_of(item.title)}") for begins, ends, item in rows
    ]


def _texts_facts(name: str, texts: Texts | None) -> list[tuple[str, str]]:
    return [(f"{name} ({language})", text) for language, text in (texts or {}).items()]


def _moment_facts(name: str, moment: datetime | None) -> list[tuple[str, str]]:
    return [(name, f"{moment:%d.%m.%Y %H:%M}")] if moment else []


def _say_facts(facts: Sequence[tuple[str, str]]) -> None:
    indent = max(len(name) for name, _ in facts) + 2
    for name, text in facts:
        first, *others = _wrapped(text, indent)
        say(f"{name + ':':<{indent}}{first}")
        for other in others:
            say(" " * indent + other)


def _wrapped(text: str, indent: int) -> list[str]:
    lines = text.split("\n")
    # In a file or a pipe a line stays whole: scripts look for words in it, and a link must not be cut.
    if not is_terminal():
        return lines
    room = max(terminal_width() - indent, _NARROWEST)
    return [part for line in lines for part in wrap(line, room, break_long_words=False, break_on_hyphens=False) or [""]]


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
