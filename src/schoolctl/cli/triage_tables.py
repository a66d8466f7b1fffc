"""Groups, similar questions, reasons and figures as people read them in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Column

from schoolctl.cli.bars import show_bars
from schoolctl.cli.cards import say_facts
from schoolctl.cli.console import counted, say, say_table, shortened
from schoolctl.domain.groups import Group
from schoolctl.domain.question import Question
from schoolctl.domain.summary import Summary
from schoolctl.domain.triage import Companions, Reason, Suggestion

_EXCERPT = 150
# Below that two questions share a word or two and nothing else.
_WORTH_A_LOOK = 0.15
_LAST_DAYS = 14


def show_groups(groups: Sequence[Group], *, reveal: bool) -> None:
    """Groups with their wordings, those that most people asked first."""
    if not groups:
        say("No questions of this kind. Import some: schoolctl questions import PATH")
        return
    columns = [
        Column("Asked", justify="right", no_wrap=True),
        Column("Question", ratio=1, overflow="fold"),
        Column("Theme", no_wrap=True),
        Column("IDs", max_width=16, overflow="fold"),
    ]
    rows = [
        (
            str(group.demand),
            _excerpt(group.wording, reveal=reveal),
            "\n".join(group.wording.themes),
            " ".join(str(question.id) for question in group.questions),
        )
        for group in groups
    ]
    say_table(columns, rows, ["bold" if group.demand > 1 else "" for group in groups])
    say(f"{counted(sum(len(group.questions) for group in groups), 'question')} in {counted(len(groups), 'group')}.")


def show_similar(found: Sequence[Companions], *, reveal: bool) -> None:
    """Questions with what may be the same beneath; the words both share say why."""
    rows: list[tuple[str, ...]] = []
    styles: list[str] = []
    for companions in found:
        near = [one for one in companions.suggestions if one.score >= _WORTH_A_LOOK]
        if near:
            rows.append((str(companions.question.id), "", _excerpt(companions.question, reveal=reveal), ""))
            rows += [_suggestion_row(one, companions.question, reveal=reveal) for one in near]
            styles += ["bold", *[""] * len(near)]
    if not rows:
        say("Nothing similar found.")
        return
    columns = [
        Column("ID", justify="right", no_wrap=True),
        Column("Score", justify="right", no_wrap=True),
        Column("Question", ratio=3, overflow="fold"),
        Column("Both speak of", ratio=1, overflow="fold"),
    ]
    say_table(columns, rows, styles)
    say("The same? schoolctl questions group ID ID")


def _suggestion_row(one: Suggestion, asked: Question, *, reveal: bool) -> tuple[str, ...]:
    is_joined = asked.group is not None and one.question.group == asked.group
    why = f"one group already; {', '.join(one.why)}" if is_joined else ", ".join(one.why)
    return str(one.question.id), f"{one.score:.2f}", _excerpt(one.question, reveal=reveal), why


def show_reasons(question: Question, reasons: Sequence[Reason]) -> None:
    """A question's redacted words, and each judgement with its reasons."""
    facts = [("Question", f"{question.id}: {question.redacted_text}")]
    for reason in reasons:
        decided = " (decided by a person)" if reason.is_decided else ""
        lines = [f"{reason.verdict}{decided}", *(f"- {why}" for why in reason.why)]
        facts.append((reason.aspect.capitalize(), "\n".join(lines)))
    say_facts(facts)
    say()


def show_summary(summary: Summary) -> None:
    """How many questions, from where, and what leads, with bars."""
    people = "1 person" if summary.people == 1 else f"{summary.people} people"
    say(f"{counted(summary.questions, 'question')} from {people}; {summary.waiting} still to be looked at")
    if not summary.questions:
        return
    days = dict(list(summary.days.items())[-_LAST_DAYS:])
    for heading, counts in (
        ("Themes (of questions for the School)", summary.themes),
        ("Seems", summary.screening),
        ("Status", summary.statuses),
        ("Channels", summary.channels),
        ("Languages", summary.languages),
        (f"Days (the last {_LAST_DAYS} with questions)", days),
    ):
        show_bars(heading, counts)
    if summary.leading:
        say("\nWhat most people ask")
    for group in summary.leading:
        say(f"{group.demand:>3} x {_excerpt(group.wording, reveal=False)}")


def _excerpt(question: Question, *, reveal: bool) -> str:
    text = " ".join((question.text if reveal else question.redacted_text).split())
    return shortened(text, _EXCERPT)
