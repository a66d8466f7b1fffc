"""What every announcement of a kind has to say, and what none may hold: asked of each text once it is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schoolctl.domain.announcement import DayFacts, Kind, OrganizerFacts, SchoolFacts
from schoolctl.domain.quotation import quotes_are_paired
from schoolctl.domain.school import shown_phone
from schoolctl.domain.text import without_invisible

# What follows a link that was cut or has grown: then it is another link.
_GOES_ON = r"[A-Za-z0-9/?#=&%_~+-]"


@dataclass(frozen=True, slots=True)
class RequiredFact:
    """Something a text has to say: its `name` in an organiser's words, and `forms` of which one must stand there.

    `exact`: patients copy it, so not a sign of it may be different.
    """

    name: str
    forms: tuple[str, ...]
    exact: bool = False


def required_facts(kind: Kind, school: SchoolFacts, organizer: OrganizerFacts) -> tuple[RequiredFact, ...]:
    """The facts about one school that a text of this kind has to name."""
    sources = (*_ABOUT_THE_SCHOOL, *_BY_KIND[kind])
    found = [fact for source in sources for fact in source(school)]
    if kind in _NAME_CONTACTS:
        found += [
            RequiredFact("the e-mail address", (organizer.email,), exact=True),
            RequiredFact("the WhatsApp number", (shown_phone(organizer.whatsapp),), exact=True),
        ]
    return tuple(found)


def changing_facts(kind: Kind, school: SchoolFacts) -> tuple[RequiredFact, ...]:
    """Those of them that another day, hour or link in the schedule makes wrong."""
    sources = (_day, *(source for source in _BY_KIND[kind] if source in {_hour, _link, _moved_from}))
    return tuple(fact for source in sources for fact in source(school))


def missing_facts(text: str, facts: Iterable[RequiredFact], shown: Callable[[str], str]) -> list[str]:
    """The names of the facts that a text does not say; `shown` is how its markup shows a value."""
    words = " ".join(text.split())
    return [fact.name for fact in facts if not any(_says(words, form) for form in _forms(fact, shown))]


def text_faults(text: str, schools: Sequence[SchoolFacts]) -> Iterator[str]:
    """What no text may hold, in an organiser's words."""
    if without_invisible(text) != text:
        yield "it holds an invisible character"
    if not quotes_are_paired(text):
        yield "a quotation mark has no partner"
    for meeting in (school.meeting for school in schools if school.meeting):
        both = (meeting.meeting_id, meeting.passcode)
        # In one line they were read as one long number.
        if all(both) and any(all(_says(line, part) for part in both) for line in text.splitlines()):
            yield "the meeting's ID and access code stand in one line"


def _forms(fact: RequiredFact, shown: Callable[[str], str]) -> Iterator[str]:
    for form in fact.forms:
        if fact.exact:
            yield form
        else:
            # At the beginning of a line some signs are shown otherwise than inside a text.
            yield from (" ".join(text.split()) for text in (shown(form), shown(f"«{form}»")[1:-1]))


def _says(text: str, form: str) -> bool:
    """Whether a text holds a form that is no part of a longer number (1 May in 11 May) or a longer link."""
    after = rf"(?!{_GOES_ON})" if form.startswith("https:") else r"(?!\d)"
    return re.search(rf"(?<!\d){re.escape(form)}{after}", text) is not None


def _topic(school: SchoolFacts) -> Iterator[RequiredFact]:
    # In quotation marks of the text its own ones change: what stands between its first and last is the same.
    inner = school.topic.translate(str.maketrans("«»", "„“")), school.topic.translate(str.maketrans("“”", "‘’"))
    yield RequiredFact("the topic", (school.topic, *inner))


def _day(school: SchoolFacts) -> Iterator[RequiredFact]:
    yield RequiredFact("the day", _day_forms(school.starts))


def _hour(school: SchoolFacts) -> Iterator[RequiredFact]:
    yield RequiredFact("the hour", (school.starts.hour,))


def _place(school: SchoolFacts) -> Iterator[RequiredFact]:
    if school.venue and school.mode != "online":
        yield RequiredFact("the address", (school.venue,))


def _link(school: SchoolFacts) -> Iterator[RequiredFact]:
    if school.meeting is None:
        return
    yield RequiredFact("the link to join", (school.meeting.url,), exact=True)
    if school.meeting.meeting_id:
        yield RequiredFact("the meeting's ID", (school.meeting.meeting_id,), exact=True)
    if school.meeting.passcode:
        yield RequiredFact("the access code", (school.meeting.passcode,), exact=True)


def _deadline(school: SchoolFacts) -> Iterator[RequiredFact]:
    if until := school.questions_until:
        yield RequiredFact("the last day for questions", _day_forms(until))
        yield RequiredFact("the last hour for questions", (until.hour,))


def _moved_from(school: SchoolFacts) -> Iterator[RequiredFact]:
    if before := school.moved_from:
        yield RequiredFact("the day before the move", _day_forms(before))
        yield RequiredFact("the hour before the move", (before.hour,))


def _reason(school: SchoolFacts) -> Iterator[RequiredFact]:
    if school.cancel_reason:
        yield RequiredFact("the reason", (school.cancel_reason,))


def _recording(school: SchoolFacts) -> Iterator[RequiredFact]:
    if school.recording:
        yield RequiredFact("the link to the recording", (school.recording,), exact=True)


def _day_forms(day: DayFacts) -> tuple[str, ...]:
    return (day.day, day.day_in_sentence, day.date, day.date_in_sentence)


_Source = Callable[[SchoolFacts], Iterator[RequiredFact]]
_ABOUT_THE_SCHOOL: tuple[_Source, ...] = (_topic, _day)
# A call may be written before the link is there, and need not name it afterwards.
_BY_KIND: Mapping[Kind, tuple[_Source, ...]] = {
    "call": (_hour, _place, _deadline),
    "invitation": (_hour, _place, _link, _deadline),
    "link": (_hour, _place, _link),
    "reminder": (_hour, _place, _link),
    "move": (_hour, _place, _link, _moved_from),
    "cancellation": (_hour, _reason),
    "recap": (_recording,),
}
_NAME_CONTACTS: frozenset[Kind] = frozenset({"call", "invitation", "cancellation"})
