"""The agenda of a school: what happens when, who speaks, and which questions are to be answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, NamedTuple

from schoolctl.domain.agenda_time import fitting, share_minutes
from schoolctl.domain.groups import choose_wording, grouped
from schoolctl.domain.question import Question
from schoolctl.domain.school import School, Texts, later

RowKind = Literal["opening", "theme", "live", "closing", "item"]

OTHER_THEME = "other"
_OPENING_MINUTES = 10
_CLOSING_MINUTES = 10
_LIVE_SHARE = 4  # a quarter of the time belongs to questions asked live
# A talk of 15 minutes can answer one question; each further one takes five, up to half an hour (as the Center plans).
_TALK_MINUTES, _MINUTES_A_QUESTION, _LONGEST_TALK = 15, 5, 30
_ROUNDING = 5


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One row of the table. `title` by language for a programme's own item, else empty; `theme` for a theme's block.

    `speakers` are names, each one text for all languages or a text by language.
    """

    kind: RowKind
    starts: datetime
    ends: datetime
    title: Mapping[str, str]
    theme: str = ""
    speakers: tuple[str | Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaQuestion:
    """What is answered once: the `wording` to read aloud, the `others` that were accepted, and who `people` asked."""

    wording: Question
    others: tuple[Question, ...]
    people: frozenset[int]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All wordings, the leading one first."""
        return (self.wording, *self.others)

    def wordings_in(self, language: str) -> tuple[Question, ...]:
        """All wordings, first the one to read aloud in a document of this language.

        That is the leading one when it is in the language or was translated, else the fittest of the others that are.
        """
        own = [one for one in self.questions if one.language == language]
        fit = own or [one for one in self.questions if language in one.translations]
        if not fit or self.wording.language == language or language in self.wording.translations:
            return self.questions
        first = choose_wording(fit)
        return (first, *(one for one in self.questions if one is not first))

    @property
    def asked(self) -> int:
        """How many people asked."""
        return len(self.people)

    @property
    def theme(self) -> str:
        """The heading under which it is answered: the leading wording's, else the first that any wording has."""
        return next((question.themes[0] for question in self.questions if question.themes), OTHER_THEME)


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """The questions under one heading, what most people asked first; `spare` are those for which there may be no time.

    `row` is the place of the row in which they are answered, among the agenda's rows; None when there is none.
    """

    theme: str
    questions: tuple[AgendaQuestion, ...]
    spare: tuple[AgendaQuestion, ...] = ()
    row: int | None = None

    @property
    def everything(self) -> tuple[AgendaQuestion, ...]:
        """The questions and the spare ones."""
        return self.questions + self.spare

    @property
    def people(self) -> frozenset[int]:
        """Who asked for it; who asked twice counts once."""
        return frozenset().union(*(one.people for one in self.everything))


@dataclass(frozen=True, slots=True)
class Agenda:
    """Rows from the school's start to its end, and every accepted question once, under its heading.

    `homeless` are themes of questions for which the school's own programme has no row: those stand under "other".
    """

    school: School
    rows: tuple[AgendaRow, ...]
    blocks: tuple[AgendaBlock, ...]
    homeless: tuple[str, ...] = ()


def build_agenda(
    school: School, accepted: Sequence[Question], theme_order: Sequence[str], repeats: Iterable[Question] = ()
) -> Agenda:
    """The school's own programme when it has one, else an outline made of the themes of its accepted questions.

    `repeats` are not shown, but who asked one counts for the group it is in.
    """
    questions = _agenda_questions(accepted, repeats)
    if school.programme:
        return _programme_agenda(school, questions, theme_order)
    blocks = _blocks(questions, theme_order)
    # What most people asked comes first; what fits no heading comes last.
    blocks.sort(key=lambda block: (block.theme == OTHER_THEME, -len(block.people)))
    rows = _outline_rows(school, blocks)
    return Agenda(school, rows, _placed(blocks, rows))


def _agenda_questions(accepted: Sequence[Question], repeats: Iterable[Question]) -> list[AgendaQuestion]:
    shown = {question.id for question in accepted}
    numbers = {question.group for question in accepted} - {None}
    silent = [one for one in repeats if one.group in numbers and one.id not in shown]
    return [_agenda_question(group.questions, shown) for group in grouped((*accepted, *silent))]


def _agenda_question(members: Iterable[Question], shown: Collection[int]) -> AgendaQuestion:
    members = tuple(members)
    accepted = [question for question in members if question.id in shown]
    wording = choose_wording(accepted)
    others = tuple(question for question in accepted if question is not wording)
    return AgendaQuestion(wording, others, frozenset(question.asker for question in members))


def _blocks(questions: Iterable[AgendaQuestion], order: Iterable[str], rest: str = "") -> list[AgendaBlock]:
    """The blocks in `order`, then others; with `rest`, questions of themes not in `order` stand under that one."""
    by_theme: dict[str, list[AgendaQuestion]] = {theme: [] for theme in order}
    known = set(by_theme)
    for question in questions:
        theme = question.theme if question.theme in known else rest or question.theme
        by_theme.setdefault(theme, []).append(question)
    return [AgendaBlock(theme, tuple(found)) for theme, found in by_theme.items() if found]


def _programme_agenda(school: School, questions: Sequence[AgendaQuestion], theme_order: Sequence[str]) -> Agenda:
    rows = _programme_rows(school)
    order = [row.theme for row in rows if row.theme]
    if not order:
        # A lecture's rows do not say which questions they answer: the doctors find them by theme.
        return Agenda(school, rows, tuple(_blocks(questions, theme_order)))
    homeless = {question.theme for question in questions} - {*order, OTHER_THEME}
    return Agenda(school, rows, _placed(_blocks(questions, order, OTHER_THEME), rows), tuple(sorted(homeless)))


def _programme_rows(school: School) -> tuple[AgendaRow, ...]:
    return tuple(
        AgendaRow("item", begins, ends, item.title, item.theme, item.speakers)
        for begins, ends, item in school.programme_times()
    )


def _placed(blocks: Iterable[AgendaBlock], rows: Sequence[AgendaRow]) -> tuple[AgendaBlock, ...]:
    """The blocks with their rows, parted into what there is time for and what there may be none for."""
    return tuple(_with_row(block, rows) for block in blocks)


def _with_row(block: AgendaBlock, rows: Sequence[AgendaRow]) -> AgendaBlock:
    places = [at for at, row in enumerate(rows) if row.theme == block.theme]
    # In UTC terms: a difference of two hours in one zone would ignore a change of clocks.
    minutes = sum(round(rows[at].ends.timestamp() - rows[at].starts.timestamp()) // 60 for at in places)
    room = fitting(minutes)
    return replace(
        block, questions=block.questions[:room], spare=block.questions[room:], row=places[0] if places else None
    )


class _Length(NamedTuple):
    """A row before its hours are known."""

    kind: RowKind
    minutes: int
    theme: str = ""


def _outline_rows(school: School, blocks: Sequence[AgendaBlock]) -> tuple[AgendaRow, ...]:
    opening, closing = (_edge(minutes, school.minutes) for minutes in (_OPENING_MINUTES, _CLOSING_MINUTES))
    middle = school.minutes - opening - closing
    most = [_most_minutes(block) for block in blocks]
    talks = share_minutes(middle - middle // _LIVE_SHARE, [len(block.people) for block in blocks], most)
    lengths = [_Length("opening", opening)]
    lengths += [_Length("theme", minutes, block.theme) for block, minutes in zip(blocks, talks, strict=True)]
    lengths += [_Length("live", middle - sum(talks)), _Length("closing", closing)]
    return _timed(school, lengths)


def _timed(school: School, lengths: Iterable[_Length]) -> tuple[AgendaRow, ...]:
    rows, begins = [], school.starts
    for kind, minutes, theme in lengths:
        ends = later(begins, minutes=minutes)
        if minutes > 0:
            rows.append(AgendaRow(kind, begins, ends, {}, theme, _speakers_of(school, theme)))
        begins = ends
    return tuple(rows)


def _edge(wanted: int, total: int) -> int:
    """The minutes of an opening or a closing: a short school has no time for long words."""
    minutes = min(wanted, total // 6)
    return minutes // _ROUNDING * _ROUNDING or minutes


def _most_minutes(block: AgendaBlock) -> int:
    return min(_TALK_MINUTES + _MINUTES_A_QUESTION * (len(block.questions) - 1), _LONGEST_TALK)


def _speakers_of(school: School, theme: str) -> tuple[str | Texts, ...]:
    return tuple(speaker.name for speaker in school.speakers if theme in speaker.themes)
