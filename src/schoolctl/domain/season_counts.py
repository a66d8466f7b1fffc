"""Counting the season: questions and what was erased -> the figures that `season` defines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from schoolctl.domain.question import Question
from schoolctl.domain.school import Schedule
from schoolctl.domain.season import NO_SCHOOL, OUTCOMES, Erased, Figures, Outcome, Period, SchoolFigures, Season
from schoolctl.domain.summary import Counts, is_waiting, largest_first

_UNDECIDED = frozenset({"undecided"})
_FOR_THE_SCHOOL = _UNDECIDED | {"answered", "accepted"}
# One mail with a wrong clock must not stretch the months over decades.
_MOST_MONTHS = 24
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class _Case:
    """A question, or `number` erased ones, as far as counting goes.

    `way` are the places from where it was asked to where it stands; one is None when it lies outside the period.
    """

    way: tuple[str | None, ...]
    outcome: Outcome
    channel: str
    language: str
    is_set_apart: bool = False
    number: int = 1
    question: Question | None = None

    @property
    def asked_at(self) -> str | None:
        """Where it was asked."""
        return self.way[0]

    @property
    def stands_at(self) -> str | None:
        """Where it stands."""
        return self.way[-1]

    @property
    def places(self) -> set[str]:
        """Where in the period it counts."""
        return {place for place in self.way if place is not None}

    def is_carried_in(self, place: str | None) -> bool:
        """Whether it came to a place (None: to any in the period) from another one."""
        return len(self.way) > 1 and (_is_at(self.stands_at, place) or self._passes(place))

    def is_carried_over(self, place: str | None) -> bool:
        """Whether it went from a place (None: from any in the period) to another one."""
        return len(self.way) > 1 and (_is_at(self.asked_at, place) or self._passes(place))

    def _passes(self, place: str | None) -> bool:
        passed = self.way[1:-1]
        if place is not None:
            return place in passed
        # For all together it counts once: where it was asked or where it stands, if that is in the period.
        return self.asked_at is None and self.stands_at is None and bool(self.places)


def measure(
    schedule: Schedule, questions: Sequence[Question], erased: Iterable[Erased], period: Period, now: datetime
) -> Season:
    """The figures of the schools that lie in a period; `questions` and `erased` are those of all schools."""
    cases = _cases(questions, erased, _Places(schedule, period))
    asked = [case for case in cases if case.asked_at is not None]
    kept = [case.question for case in asked if case.question]
    return Season(
        period=period,
        rows=tuple(_rows(schedule, period, cases, now)),
        total=_figures(cases, None),
        channels=_counted((case.channel, case.number) for case in asked),
        languages=_counted((case.language, case.number) for case in asked),
        themes=_themes(asked),
        months=_months(kept, schedule.zone),
        undated=sum(question.received_at is None for question in kept),
        waiting=sum(map(is_waiting, kept)),
    )


class _Places:
    """Which places lie in the period."""

    def __init__(self, schedule: Schedule, period: Period) -> None:
        self._period = period
        self._zone = schedule.zone
        self._schools = {school.id: school for school in schedule.schools}

    def of(self, school: str | None, received_at: datetime | None) -> str | None:
        """The place of a question that belongs to `school`, or None when that lies outside."""
        place = school or NO_SCHOOL
        known = self._schools.get(place)
        day = known.starts.date() if known else _day(received_at, self._zone)
        return place if self._period.holds(day) else None


def _cases(questions: Sequence[Question], erased: Iterable[Erased], places: _Places) -> list[_Case]:
    groups = _outcomes_of_groups(questions)
    kept = [_kept_case(question, _outcome(question, groups), places) for question in questions]
    return [*kept, *(_erased_case(one, places) for one in erased)]


def _kept_case(question: Question, outcome: Outcome, places: _Places) -> _Case:
    way = (*question.carried_from, question.school)
    return _Case(
        way=tuple(places.of(place, question.received_at) for place in way),
        outcome=outcome,
        channel=question.channel,
        language=question.language,
        is_set_apart=question.status == "personal",
        question=question,
    )


def _erased_case(erased: Erased, places: _Places) -> _Case:
    outcomes: dict[str, Outcome] = {"answered": "answered", "accepted": "accepted", "personal": "personal"}
    outcome = outcomes.get(erased.status, "other")
    return _Case(
        way=tuple(places.of(place, None) for place in (*erased.carried_from, erased.school)),
        outcome=outcome,
        channel=erased.channel,
        language=erased.language,
        is_set_apart=outcome == "personal",
        number=erased.number,
    )


def _outcomes_of_groups(questions: Iterable[Question]) -> Mapping[tuple[int, str | None], Outcome]:
    """What became of a group at a school, and anywhere (None): answered goes before accepted."""
    found: dict[tuple[int, str | None], Outcome] = {}
    for question in questions:
        if question.group is not None and question.status in {"answered", "accepted"}:
            outcome: Outcome = "answered" if question.status == "answered" else "accepted"
            for key in ((question.group, question.school or NO_SCHOOL), (question.group, None)):
                found[key] = "answered" if found.get(key) == "answered" else outcome
    return found


def _outcome(question: Question, groups: Mapping[tuple[int, str | None], Outcome]) -> Outcome:
    match question.status:
        case "answered" | "accepted" | "personal":
            return question.status
        case "duplicate" if question.group is not None:
            # One group may run through several schools: the answer at its own school tells more.
            here, anywhere = ((question.group, place) for place in (question.school or NO_SCHOOL, None))
            return groups.get(here) or groups.get(anywhere) or "other"
        case "new" if question.reviewed or question.screening.label == "general":
            return "undecided"
        case "new" if question.screening.label == "personal":
            return "personal"
    return "other"


def _rows(schedule: Schedule, period: Period, cases: Iterable[_Case], now: datetime) -> Iterator[SchoolFigures]:
    by_place: dict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        for place in case.places:
            by_place[place].append(case)
    for school in sorted(schedule.schools, key=lambda school: school.starts):
        if period.holds(school.starts.date()):
            figures = _figures(by_place.pop(school.id, []), school.id)
            yield SchoolFigures(school.id, school, school.status(now), figures)
    # What belongs to none comes last, after the schools that are gone.
    for place in sorted(by_place, key=lambda place: (place == NO_SCHOOL, place)):
        yield SchoolFigures(place, None, None, _figures(by_place[place], place))


def _figures(cases: Sequence[_Case], place: str | None) -> Figures:
    """The figures of one place; None: of all that lie in the period."""
    asked = [case for case in cases if _is_at(case.asked_at, place)]
    stands = [case for case in cases if _is_at(case.stands_at, place)]
    outcomes = _outcomes(stands)
    over = [case for case in cases if case.is_carried_over(place)]
    return Figures(
        asked=_amount(asked),
        carried_in=_amount(case for case in cases if case.is_carried_in(place)),
        carried_over=_amount(over),
        **outcomes,
        to_answer=outcomes["answered"] + outcomes["accepted"] + _amount(_gone(over, place)),
        set_apart=_amount(case for case in stands if case.is_set_apart),
        erased=_amount(case for case in asked if case.question is None),
        people=_people(asked),
    )


def _is_at(place: str | None, wanted: str | None) -> bool:
    return place is not None and wanted in {None, place}


def _amount(cases: Iterable[_Case]) -> int:
    return sum(case.number for case in cases)


def _outcomes(cases: Iterable[_Case]) -> dict[Outcome, int]:
    counts: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
    for case in cases:
        counts[case.outcome] += case.number
    return counts


def _gone(carried: Iterable[_Case], place: str | None) -> Iterator[_Case]:
    """Those for the School that were not answered here; of what stands within what is counted, the undecided alone.

    The others are among the answered and the accepted already.
    """
    for case in carried:
        is_within = place is None and case.stands_at is not None
        if case.outcome in (_UNDECIDED if is_within else _FOR_THE_SCHOOL):
            yield case


def _people(cases: Iterable[_Case]) -> int:
    return len({case.question.asker for case in cases if case.question})


def _themes(asked: Iterable[_Case]) -> Counts:
    questions = (case.question for case in asked if case.question and case.outcome in _FOR_THE_SCHOOL)
    return _counted((next(iter(question.themes), ""), 1) for question in questions)


def _counted(amounts: Iterable[tuple[str, int]]) -> Counts:
    counts = Counter[str]()
    for word, number in amounts:
        counts[word] += number
    return largest_first(counts)


def _months(questions: Iterable[Question], zone: tzinfo) -> Counts:
    days = (_day(question.received_at, zone) for question in questions)
    counts = Counter(day.year * _MONTHS_A_YEAR + day.month - 1 for day in days if day)
    first, last = min(counts, default=0), max(counts, default=-1)
    months: Iterable[int] = range(first, last + 1) if last - first < _MOST_MONTHS else sorted(counts)
    return {f"{month // _MONTHS_A_YEAR}-{month % _MONTHS_A_YEAR + 1:02}": counts[month] for month in months}


def _day(moment: datetime | None, zone: tzinfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
