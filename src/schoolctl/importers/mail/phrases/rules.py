"""What a language's mail programs and letter writers say: the shape of one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LabelKind = Literal["from", "sent", "to", "subject"]


@dataclass(frozen=True, slots=True)
class MailPhrases:
    """One language's phrases, all in lower case; those called `..._patterns` are regular expressions.

    months: for each month (January first) the beginnings of its names. weekdays: short and long names.
    verbs: "wrote", as it ends the line over a quote. lead_ins: what may stand before the date in that line.
    labels: the header lines over an Outlook quote. originals, forwards, forward_ends: the words between the dashes.
    farewells: what a closing formula begins with. app_line_patterns: whole lines that phones and apps add;
    app_line_hints: one of these stands in each of them (a cheap first question).
    reply_prefixes, forward_prefixes: what stands before the colon of a subject. empty_subjects: subjects that say
    nothing. greetings: words and phrases that are no question by themselves. automatic_subjects: how automatic replies
    begin. calendar_subjects: how answers to an invitation begin.
    """

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[str, ...]
    verbs: tuple[str, ...]
    lead_ins: tuple[str, ...]
    labels: Mapping[str, LabelKind]
    originals: tuple[str, ...]
    forwards: tuple[str, ...]
    forward_ends: tuple[str, ...]
    farewells: tuple[str, ...]
    app_line_patterns: tuple[str, ...]
    app_line_hints: tuple[str, ...]
    reply_prefixes: tuple[str, ...]
    forward_prefixes: tuple[str, ...]
    empty_subjects: tuple[str, ...]
    greetings: tuple[str, ...]
    automatic_subjects: tuple[str, ...]
    calendar_subjects: tuple[str, ...]
