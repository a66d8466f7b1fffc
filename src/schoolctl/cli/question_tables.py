"""Questions as people read them in the terminal: tables at 80 columns and at more, and everything about one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from rich.table import Column

from schoolctl.cli.cards import say_facts
from schoolctl.cli.console import counted, say, say_table, shortened, terminal_width
from schoolctl.domain.privacy import full_sender, mask_sender
from schoolctl.domain.question import Question, StoredSetAside

_WIDE = 120  # columns
# So much of a question that it takes three or four lines of its column.
_EXCERPT, _WIDE_EXCERPT = 150, 240
_STATUS_STYLES = {"accepted": "green", "personal": "yellow", "new": ""}


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
        *((f"Text ({language})", text) for language, text in question.translations.items()),
        *_origin_facts(question, zone, reveal=reveal),
        *_judgement_facts(question),
        *(("Replaced", f"{mark.kind}: {mark.rule}") for mark in question.redactions),
        *(("Mended", repair) for repair in question.repairs),
    ]
    # The original holds signatures and quoted mails: whoever did not ask for names must not see it.
    if reveal and question.original_text != question.text:
        facts.append(("Original", question.original_text))
    say_facts(facts)
    say()


def _origin_facts(question: Question, zone: tzinfo, *, reveal: bool) -> list[tuple[str, str]]:
    received = _received(question, zone, "%d.%m.%Y %H:%M")
    return [
        ("From", _sender(question, reveal=reveal) or "unknown"),
        ("Received", f"{received}{' (zone assumed)' if question.zone_assumed else ''}"),
        ("Channel", f"{question.channel}, {question.source.file}, message {question.source.position}"),
        ("Language", question.language),
    ]


def _judgement_facts(question: Question) -> list[tuple[str, str]]:
    facts = [
        ("School", question.school or "none"),
        *(("Not answered at", school) for school in question.carried_from),
        ("Status", f"{question.status}{', reviewed' if question.reviewed else ''}"),
        ("Themes", _with_reasons(", ".join(question.themes) or "none", question.theme_reasons)),
        ("Seems", _with_reasons(question.screening.label, question.screening.reasons)),
    ]
    if question.group is not None:
        facts.append(("Group", str(question.group)))
    if question.split_from is not None:
        facts.append(("Part of", f"question {question.split_from}"))
    return facts


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
    return (*row, shortened(text, _EXCERPT)) if reveal else row


def _question_row(question: Question, zone: tzinfo, *, reveal: bool, is_wide: bool) -> tuple[str, ...]:
    text = " ".join((question.text if reveal else question.redacted_text).split())
    received = _received(question, zone, "%d.%m.%Y %H:%M" if is_wide else "%d.%m")
    sender = _sender(question, reveal=reveal)
    # A masked sender's first part tells two people apart; the rest would take a line each.
    who = sender if reveal or is_wide else sender.split(" ")[0]
    row = (
        str(question.id),
        f"{received} {question.channel}\n{who}",
        shortened(text, _WIDE_EXCERPT if is_wide else _EXCERPT),
        "\n".join((f"{question.status}{_doubt(question)}", *question.themes)),
    )
    return (*row, question.school or "") if is_wide else row


def _doubt(question: Question) -> str:
    # Once a person decided, what the rules thought is of no more use.
    is_settled = question.reviewed or question.screening.label == "general"
    return "" if is_settled else f"\n{question.screening.label}?"


def _sender(question: Question, *, reveal: bool) -> str:
    return (full_sender if reveal else mask_sender)(question.sender)


def _received(question: Question, zone: tzinfo, pattern: str) -> str:
    return question.received_at.astimezone(zone).strftime(pattern) if question.received_at else "?"


def _with_reasons(verdict: str, reasons: Sequence[str]) -> str:
    return f"{verdict} ({'; '.join(reasons)})" if reasons else verdict
