"""The season in figures. Each question counts once, and the figures add up.

A question was *asked* for the first school of its way (`carried_from[0]`; one never carried: its `school`) and *stands*
at its `school`. One that was carried counts where it was asked as `asked` and `carried_over`, where it stands as
`carried_in`, and at a school in the middle of its way as both; for all together once. Where it stands it is exactly
one of

- `answered`: its status is answered, or it repeats (status duplicate, same group) one that is;
- `accepted`: taken for the School and not answered yet, its repeats included;
- `undecided`: no person has decided, and no rule speaks against it;
- `personal`: a person set it apart as personal (`set_apart`), or nobody has decided and the rules take it for personal;
- `other`: off topic, declined, about the link, thanks, a repeat of nothing that is answered or accepted.

So for each school, for all together and for any period:

    asked + carried_in = carried_over + answered + accepted + undecided + personal + other

`to_answer` are those the doctors took upon them: answered, accepted, and those of the carried over that are for the
School; for all together one that was carried to another school of the period is there once.
`answered_share` = answered / to_answer, None as long as nothing was answered or carried over: nobody has told yet what
was answered.

A period chooses schools by their day. What belongs to no school, or to one that is not in the schedule any more, is
chosen by the day on which it came; without a day it counts only when no period is asked for.

Counts by channel, language, theme and month are of the questions asked. Of erased ones the store knows school, channel,
language, status and the way alone: they count as any question does (as other when nobody had decided), and have no
person, theme or month. Themes are of questions for the School (answered, accepted, undecided): the first one, "" for
none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from schoolctl.domain.school import School, SchoolStatus
from schoolctl.domain.summary import Counts

Outcome = Literal["answered", "accepted", "undecided", "personal", "other"]

OUTCOMES: tuple[Outcome, ...] = ("answered", "accepted", "undecided", "personal", "other")
NO_SCHOOL = ""


class Erased(NamedTuple):
    """How many questions of one sort were erased; `school` is empty for those that belonged to none."""

    school: str
    channel: str
    language: str
    status: str
    number: int
    carried_from: tuple[str, ...] = ()


class Period(NamedTuple):
    """From one day to another, both included; None: without a limit."""

    since: date | None = None
    until: date | None = None

    @property
    def is_limited(self) -> bool:
        """Whether anything may lie outside."""
        return self.since is not None or self.until is not None

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; no day at all does when there is no limit."""
        if day is None:
            return not self.is_limited
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a school, or of all together, as the module defines them.

    `people` are those who asked, each counted once whatever the channel; `set_apart` is a part of `personal`, `erased`
    a part of `asked`.
    """

    asked: int
    carried_in: int
    carried_over: int
    answered: int
    accepted: int
    undecided: int
    personal: int
    other: int
    to_answer: int
    set_apart: int
    erased: int
    people: int

    @property
    def answered_share(self) -> float | None:
        """From 0 to 1; None while nobody has told what was answered."""
        return self.answered / self.to_answer if self.answered or self.carried_over else None


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """A row of the report; `school` is None for questions of a school that is gone and for those of none.

    The `id` of the latter is NO_SCHOOL.
    """

    id: str
    school: School | None
    status: SchoolStatus | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Season:
    """The season; `rows` are the schools by day, then what belongs to none of them.

    `months` (as `2026-12`) run without a gap; `undated` came without a day. `waiting` are those that no person has
    decided about, thanks left out: some of them the rules take for personal or off topic.
    """

    period: Period
    rows: tuple[SchoolFigures, ...]
    total: Figures
    channels: Counts
    languages: Counts
    themes: Counts
    months: Counts
    undated: int
    waiting: int

    @property
    def schools(self) -> list[School]:
        """The schools of the schedule that lie in the period."""
        return [row.school for row in self.rows if row.school]

    @property
    def standing(self) -> Mapping[SchoolStatus, int]:
        """How many schools were held, are planned, were cancelled."""
        counts = Counter(row.status for row in self.rows if row.status)
        return {status: counts[status] for status in ("held", "planned", "cancelled")}
