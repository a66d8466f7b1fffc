"""The agenda of a school: what happens when, who speaks, and which questions are to be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schoolctl.domain.question import Question
from schoolctl.domain.school import School, later

RowKind = Literal["opening", "theme", "live", "closing", "item"]

OTHER_THEME = "other"
_OPENING_MINUTES = 10
_CLOSING_MINUTES = 10
_LIVE_SHARE = 4  # a quarter of the time belongs to questions asked live
_SHORTEST_BLOCK = 5
_ROUNDING = 5


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One row of the table. `title` by language for a programme's own item, else empty; `theme` for a theme's block."""

    kind: RowKind
    starts: datetime
    ends: datetime
    title: Mapping[str, str]
    theme: str = ""
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """The questions under one heading, in the order in which they are to be answered."""

    theme: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """Rows from the school's start to its end, and every accepted question once, under its heading."""

    school: School
    rows: tuple[AgendaRow, ...]
    blocks: tuple[AgendaBlock, ...]


def build_agenda(school: School, accepted: Sequence[Question], theme_order: Sequence[str]) -> Agenda:
    """The school's own programme when it has one, else an outline made of the themes of its accepted questions."""
    blocks = _blocks(accepted, theme_order)
    rows = _programme_rows(school) if school.programme else _outline_rows(school, blocks)
    return Agenda(school, rows, blocks)


def _blocks(accepted: Sequence[Question], theme_order: Sequence[str]) -> tuple[AgendaBlock, ...]:
    by_theme: dict[str, list[Question]] = {theme: [] for theme in theme_order}
    for question in accepted:
        theme = question.themes[0] if question.themes else OTHER_THEME
        by_theme.setdefault(theme, []).append(question)
    blocks = [AgendaBlock(theme, tuple(questions)) for theme, questions in by_theme.items() if questions]
    # What most people asked comes first; what fits no heading comes last.
    blocks.sort(key=lambda block: (block.theme == OTHER_THEME, -len(block.questions)))
    return tuple(blocks)


def _programme_rows(school: School) -> tuple[AgendaRow, ...]:
    return tuple(
        AgendaRow("item", begins, ends, item.title, speakers=item.speakers)
        for begins, ends, item in school.programme_times()
    )


def _outline_rows(school: School, blocks: Sequence[AgendaBlock]) -> tuple[AgendaRow, ...]:
    total = school.minutes
    opening, closing = (min(minutes, total // 6) for minutes in (_OPENING_MINUTES, _CLOSING_MINUTES))
    middle = total - opening - closing
    talks = share_minutes(middle - middle // _LIVE_SHARE, [len(block.questions) for block in blocks])
    lengths: list[tuple[RowKind, str, int]] = [("opening", "", opening)]
    lengths += [("theme", block.theme, minutes) for block, minutes in zip(blocks, talks, strict=True)]
    lengths += [("live", "", middle - sum(talks)), ("closing", "", closing)]
    rows, begins = [], school.starts
    for kind, theme, minutes in lengths:
        ends = later(begins, minutes=minutes)
        if minutes > 0:
            rows.append(AgendaRow(kind, begins, ends, {}, theme))
        begins = ends
    return tuple(rows)


def share_minutes(minutes: int, weights: Sequence[int]) -> list[int]:
    """`minutes` shared out by weight in steps of five, at least five each while there is enough, never more in all."""
    total = sum(weights)
    shares = [minutes * weight // max(total, 1) // _ROUNDING * _ROUNDING for weight in weights]
    shares = [max(share, _SHORTEST_BLOCK) for share in shares]
    while sum(shares) > max(minutes, 0):
        # The last among equals gives way: what most people asked stands first and keeps its time.
        largest = max(range(len(shares)), key=lambda index: (shares[index], index))
        shares[largest] -= _ROUNDING
    return shares
