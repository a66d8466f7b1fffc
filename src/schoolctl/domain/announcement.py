"""What a text says about a school, in one language: the same facts for posts, invites and agendas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Meeting, Mode, Organizer, Schedule, School, text_in
from schoolctl.errors import SchoolctlError

Kind = Literal["call", "invitation", "link", "reminder"]
KINDS: tuple[Kind, ...] = ("call", "invitation", "link", "reminder")


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """A speaker's name and role (empty when not given) in the text's language."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A moment in the words of the text's language.

    `day` 19 мая, `date` with the year, `hour` 18:30; the `…_in_sentence` forms answer "when?" (Kazakh case endings).
    """

    day: str
    day_in_sentence: str
    date: str
    date_in_sentence: str
    hour: str
    hour_in_sentence: str


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """One school as a text in one language presents it.

    `days_until` counts days from the publication day to the school's day (0: today, 1: tomorrow), in the school's zone.
    `venue` and `cancel_reason` are empty when there is none; `meeting` is None while the link is still to come;
    `questions_until` is None without a deadline and once it has passed.
    """

    id: str
    topic: str
    starts: DayFacts
    span: str
    zone: str
    mode: Mode
    venue: str
    meeting: Meeting | None
    questions_until: DayFacts | None
    speakers: tuple[SpeakerFacts, ...]
    days_until: int
    cancel_reason: str
    moved_from: DayFacts | None


@dataclass(frozen=True, slots=True)
class OrganizerFacts:
    """The organiser's name in the text's language and the addresses for questions."""

    name: str
    email: str
    whatsapp: str


def school_facts(school: School, language: str, published: datetime) -> SchoolFacts:
    """The facts of `school` in `language`; MissingTranslationError names a text that is not there."""
    rules = LANGUAGES[language]
    what = f"school {school.id}:"
    until = school.questions_until
    return SchoolFacts(
        id=school.id,
        topic=text_in(school.topic, language, f"{what} topic"),
        starts=_day_facts(school.starts, language),
        span=rules.span(school.starts, school.ends),
        zone=rules.zone(school.starts),
        mode=school.mode,
        venue=text_in(school.venue, language, f"{what} venue") if school.venue else "",
        meeting=school.meeting,
        questions_until=_day_facts(until, language) if until and until > published else None,
        speakers=tuple(
            SpeakerFacts(
                name=text_in(speaker.name, language, f"{what} a speaker's name"),
                role=text_in(speaker.role, language, f"{what} a speaker's role") if speaker.role else "",
            )
            for speaker in school.speakers
        ),
        days_until=(school.starts.date() - published.astimezone(school.zone).date()).days,
        cancel_reason=text_in(school.cancel_reason, language, f"{what} cancel_reason") if school.cancel_reason else "",
        moved_from=_day_facts(school.moved_from, language) if school.moved_from else None,
    )


def organizer_facts(organizer: Organizer, language: str) -> OrganizerFacts:
    """The organiser in `language`; SchoolctlError when a placeholder was never filled in."""
    if organizer.email is None or organizer.whatsapp is None:
        missing = "email" if organizer.email is None else "whatsapp"
        message = f"organizer.{missing} in sessions.toml is still to be filled in: patients need it to ask"
        raise SchoolctlError(message)
    return OrganizerFacts(
        name=text_in(organizer.name, language, "organizer.name"),
        email=organizer.email,
        whatsapp=organizer.whatsapp,
    )


def check_kind(kind: Kind, schools: Sequence[School], published: datetime) -> None:
    """Refuse what cannot be true: about a cancelled school, a link that is not there, a "today" that comes too late."""
    for school in schools:
        if kind == "reminder" and _has_begun_today(school, published):
            message = f"school {school.id} has begun by then: a reminder that says it begins today would not be true"
            raise SchoolctlError(message)
        if school.is_cancelled:
            message = f"school {school.id} is cancelled: there is nothing to announce as {kind}"
            raise SchoolctlError(message)
        if kind == "link" and school.meeting is None:
            message = f"school {school.id} has no link yet. Add it: schoolctl school link {school.id} --url https://…"
            raise SchoolctlError(message)


def _has_begun_today(school: School, published: datetime) -> bool:
    is_today = published.astimezone(school.zone).date() == school.starts.date()
    return is_today and published >= school.starts


def languages_of(schedule: Schedule, wanted: str) -> tuple[str, ...]:
    """The languages `--lang` asks for: `all` means every language of the schedule."""
    if wanted == "all":
        return schedule.languages
    if wanted not in schedule.languages:
        message = f'"{wanted}" is no language of the schedule ({", ".join(schedule.languages)}) in sessions.toml'
        raise SchoolctlError(message)
    return (wanted,)


def _day_facts(moment: datetime, language: str) -> DayFacts:
    rules = LANGUAGES[language]
    day = moment.date()
    return DayFacts(
        day=rules.day(day),
        day_in_sentence=rules.day_in_sentence(day),
        date=rules.date(day),
        date_in_sentence=rules.date_in_sentence(day),
        hour=rules.hour(moment),
        hour_in_sentence=rules.hour_in_sentence(moment),
    )
