"""What a text says about a school, in one language: the same facts for posts, invites and agendas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Format, Meeting, Mode, Organizer, Schedule, School, Speaker, text_in
from schoolctl.errors import SchoolctlError

Kind = Literal["call", "invitation", "link", "reminder", "move", "cancellation", "recap"]
KINDS: tuple[Kind, ...] = ("call", "invitation", "link", "reminder", "move", "cancellation", "recap")


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
    `venue`, `cancel_reason` and `recording` are empty and `moderator` is None when there is none; `meeting` is None
    while the link is still to come, and for a school on-site. `questions_until` is None without a deadline and once it
    has passed; in the latter case `questions_closed` is true. `registration`: the link is asked for by WhatsApp.
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
    format: Format
    questions_closed: bool
    registration: bool
    recording: str
    moderator: SpeakerFacts | None


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
        meeting=school.joining,
        questions_until=_day_facts(until, language) if until and until > published else None,
        speakers=tuple(_speaker_facts(speaker, language, f"{what} a speaker's") for speaker in school.speakers),
        days_until=(school.starts.date() - published.astimezone(school.zone).date()).days,
        cancel_reason=text_in(school.cancel_reason, language, f"{what} cancel_reason") if school.cancel_reason else "",
        moved_from=_day_facts(school.moved_from, language) if school.moved_from else None,
        format=school.format,
        questions_closed=until is not None and until <= published,
        registration=school.registration,
        recording=school.recording,
        moderator=_speaker_facts(school.moderator, language, f"{what} the moderator's") if school.moderator else None,
    )


def _speaker_facts(speaker: Speaker, language: str, whose: str) -> SpeakerFacts:
    return SpeakerFacts(
        name=text_in(speaker.name, language, f"{whose} name"),
        role=text_in(speaker.role, language, f"{whose} role") if speaker.role else "",
    )


def as_published(school: SchoolFacts, kind: Kind) -> SchoolFacts:
    """What a text of this kind may tell: where people register for the link, only the text that brings it holds it."""
    return replace(school, meeting=None) if school.registration and kind != "link" else school


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
    """Refuse what cannot be true at the moment of publication, naming the school and what to do."""
    for school in schools:
        if why := _untruth(kind, school, published):
            raise SchoolctlError(why)


def kind_notes(kind: Kind, schools: Sequence[School], published: datetime) -> list[str]:
    """What an organiser should know of an announcement that may be published."""
    notes = []
    for school in schools:
        until = school.questions_until
        if kind == "call" and until and until <= published:
            notes.append(f"school {school.id}: the deadline for questions has passed, and the text says so")
        if kind == "link" and school.registration:
            notes.append(f"school {school.id} asks for registration: send its link only to those who registered")
    return notes


def _untruth(kind: Kind, school: School, published: datetime) -> str | None:
    """Why nothing of this kind can be said about a school, or None."""
    name = f"school {school.id}"
    if kind == "cancellation":
        return None if school.is_cancelled else f"{name} is not cancelled: schoolctl school cancel {school.id}"
    if school.is_cancelled:
        return f"{name} is cancelled: there is nothing to announce as {kind}"
    if kind == "recap":
        return f"{name} is not over by then: there is nothing to tell of it yet" if school.ends > published else None
    if school.ends <= published:
        return f"{name} is over by then: there is nothing to announce as {kind}. Tell how it went: --kind recap"
    if kind == "reminder" and school.starts <= published:
        return f"{name} has begun by then: a reminder that it is about to begin would not be true"
    return _missing_for(kind, school)


def _missing_for(kind: Kind, school: School) -> str | None:
    """What a text of this kind is about and the school does not have, or None."""
    name = f"school {school.id}"
    if kind == "link" and school.mode == "onsite":
        return f"{name} takes place on-site: there is no link to announce"
    if kind == "link" and school.meeting is None:
        return f"{name} has no link yet. Add it: schoolctl school link {school.id} --url https://…"
    if kind == "move" and school.moved_from is None:
        return f"{name} was not moved. Move it first: schoolctl school move {school.id} --starts …"
    return None


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
