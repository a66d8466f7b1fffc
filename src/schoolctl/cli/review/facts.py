"""What is told of a question beside the list, fact by fact; strangers' words are never read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import NamedTuple

from textual.content import Content

from schoolctl.cli.console import counted, for_terminal, shortened
from schoolctl.cli.review.marks import words_of
from schoolctl.domain.languages.en import LANGUAGE as ENGLISH
from schoolctl.domain.privacy import mask_sender
from schoolctl.domain.question import Question
from schoolctl.domain.triage import Suggestion

_MARKER = re.compile(r"\[[^\[\]\n]{1,40}\]")
_EXCERPT = 150
_MUTED, _MARKED = "$foreground-muted", "bold $text-warning"
FACTS = (
    "Own words", "Passed on", "Similar", "Seems", "Themes", "Group", "Replaced", "School", "From", "Source", "Original",
    "Mended",
)  # fmt: skip


class Sight(NamedTuple):
    """What the facts are told by: the group's questions and people, the schedule's zone, and what is similar.

    `similar` is None while it is not asked for, and empty when there is none; `is_looking`: it is being looked for.
    """

    members: Sequence[Question]
    demand: int
    zone: tzinfo
    similar: Sequence[Suggestion] | None = None
    is_looking: bool = False


def facts_of(question: Question, sight: Sight) -> dict[str, Content]:
    """The facts by their names, in the order of FACTS; one that has nothing to say is not there."""
    told = {
        "Own words": plain(question.text),
        "Passed on": _passed_on(question),
        "Similar": _similar(question, sight),
        "Seems": _with_reasons(question.screening.label, question.screening.reasons, is_decided=False),
        "Themes": _themes(question),
        "Group": _group(question, sight),
        "Replaced": _lines(f"{mark.kind}: {mark.rule}" for mark in question.redactions),
        "School": _school(question),
        "From": _from(question, sight.zone),
        "Source": plain(f"{question.source.file}, message {question.source.position}"),
        "Original": _original(question),
        "Mended": _lines(question.repairs),
    }
    return {name: content for name in FACTS if (content := told[name])}


def plain(text: str, style: str = "") -> Content:
    """A stranger's text as it may be shown."""
    return Content.styled(for_terminal(text), style) if style else Content(for_terminal(text))


def _school(question: Question) -> Content:
    before = [f"not answered at {school}" for school in question.carried_from]
    return plain("\n".join([question.school or "none", *before]))


def _passed_on(question: Question) -> Content:
    chosen = plain(" (chosen by a person)", _MUTED) if "redaction" in question.decided else Content()
    if question.redacted_text == question.text:
        return plain("in these very words", _MUTED) + chosen
    return with_markers(question) + chosen


def with_markers(question: Question) -> Content:
    """The wording that is passed on; what stands in brackets for something personal is made visible."""
    shown = for_terminal(question.redacted_text)
    content = Content(shown)
    for match in _MARKER.finditer(shown):
        if match[0] not in question.text:
            content = content.stylize(_MARKED, *match.span())
    return content


def suggestion_line(question: Question, one: Suggestion) -> Content:
    """A similar question: how like, its number, its words, and what both speak of."""
    joined = ["one group already"] if question.group is not None and one.question.group == question.group else []
    why = ", ".join([*joined, *one.why])
    return Content.assemble(
        plain(f"{one.score:.2f} {one.question.id:>4}  ", "bold"),
        plain(shortened(words_of(one.question), _EXCERPT)),
        plain(f"  {why}", _MUTED),
    )


def _similar(question: Question, sight: Sight) -> Content:
    if sight.is_looking:
        return plain("looking for similar ones …", _MUTED)
    if sight.similar is None:
        return Content()
    if not sight.similar:
        return plain("none found", _MUTED)
    return Content("\n").join(suggestion_line(question, one) for one in sight.similar)


def _themes(question: Question) -> Content:
    named = ", ".join(ENGLISH.themes.get(theme, theme) for theme in question.themes) or "none"
    return _with_reasons(named, question.theme_reasons, is_decided="themes" in question.decided)


def _group(question: Question, sight: Sight) -> Content:
    if question.group is None:
        return Content()
    people = "1 person" if sight.demand == 1 else f"{sight.demand} people"
    others = [member for member in sight.members if member.id != question.id]
    lines = [plain(f"{counted(len(sight.members), 'question')}, asked by {people}")]
    lines += [plain(f"{member.id:>4}  {shortened(words_of(member), _EXCERPT)}", _MUTED) for member in others]
    return Content("\n").join(lines)


def _from(question: Question, zone: tzinfo) -> Content:
    moment = question.received_at
    received = moment.astimezone(zone).strftime("%d.%m.%Y %H:%M") if moment else "date unknown"
    assumed = " (zone assumed)" if question.zone_assumed else ""
    sender = mask_sender(question.sender) or "unknown sender"
    return plain(f"{sender}, {question.channel}, {received}{assumed}, language {question.language}")


def _original(question: Question) -> Content:
    if question.original_text == question.text:
        return plain("the same words", _MUTED)
    return plain(question.original_text.strip())


def _with_reasons(verdict: str, reasons: Sequence[str], *, is_decided: bool) -> Content:
    why = "decided by a person" if is_decided else "; ".join(reasons)
    return plain(verdict) + plain(f"  {why}" if why else "", _MUTED)


def _lines(lines: Iterable[str]) -> Content:
    return plain("\n".join(lines), _MUTED)
