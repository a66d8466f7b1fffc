"""Calendar files (.ics) that clients update and cancel instead of doubling: RFC 5545, 5546, 7986."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from schoolctl.domain.access_code import without_access_code
from schoolctl.domain.invite import Method, Revision, invite_uid
from schoolctl.domain.school import Organizer, School, text_in
from schoolctl.renderers.environment import render_blocks, template_sources
from schoolctl.renderers.facts import template_facts
from schoolctl.renderers.markup import checked_link, checked_mail, escape_plain

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event, vCalAddress

_BLOCKS = ("summary", "location", "description", "reminder")
_PRODUCT = "-//schoolctl//Virtual Patient School//EN"


@dataclass(frozen=True, slots=True)
class InviteRequest:
    """One calendar entry to write: which revision of the event, in which language, by which method and for whom.

    `in_feed`: it is one of many in a calendar that people subscribe to; `has_access_code`: whether the meeting's access
    code may be told.
    """

    school: School
    organizer: Organizer
    revision: Revision
    language: str
    method: Method
    attendee: str | None = None
    in_feed: bool = False
    has_access_code: bool = True

    @property
    def is_off(self) -> bool:
        """Whether the entry says that the school does not take place."""
        return self.method == "CANCEL" or self.school.is_cancelled

    @property
    def told_school(self) -> School:
        """The school as this entry may tell of it: a link that is given on request stands in no public one."""
        meeting = self.school.joining
        if self.method == "PUBLISH" and self.school.registration:
            meeting = None
        if meeting and not self.has_access_code:
            meeting = without_access_code(meeting)
        return replace(self.school, meeting=meeting)


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a calendar that people subscribe to says of itself: its name, and after how long to look again."""

    name: str
    refresh: timedelta


def render_invite(own_templates: Path, request: InviteRequest) -> bytes:
    """The `.ics` file: one event in UTC with its zone in the text, alarms before it, CRLF lines.

    PUBLISH names nobody; REQUEST and CANCEL name their one recipient. The same request gives the same bytes.
    """
    return render_calendar(own_templates, request.method, [request])


def render_calendar(
    own_templates: Path, method: Method, requests: Sequence[InviteRequest], head: FeedHead | None = None
) -> bytes:
    """A calendar of several entries; SchoolctlError when an address or a link is none."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if head:
        _add_head(calendar, head)
    for request in requests:
        calendar.add_component(_event(own_templates, request))
    # Unsorted: properties keep the order in which they are added above, so a new revision differs only where it must.
    return bytes(calendar.to_ical(sorted=False))


def invite_templates(own_templates: Path, languages: Iterable[str]) -> dict[str, str]:
    """The texts of the invite's templates in force: part of what an invite says."""
    return template_sources(own_templates, [_template(language) for language in languages])


def _add_head(calendar: Calendar, head: FeedHead) -> None:
    from icalendar import vDuration, vText

    # Twice each: by the standard (RFC 7986), and as Apple, Google and Outlook read them.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(head.name))
    calendar.add("refresh-interval", vDuration(head.refresh, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(head.refresh))


def _event(own_templates: Path, request: InviteRequest) -> Event:
    from icalendar import Event

    school, revision = request.told_school, request.revision
    texts = _texts(own_templates, request)
    event = Event()
    event.add("uid", invite_uid(school.id))
    event.add("sequence", revision.sequence)
    event.add("dtstamp", revision.stamp)
    # In UTC: with a named zone a reader's old zone tables give an hour wrong; the text tells the local hour.
    event.add("dtstart", school.starts.astimezone(UTC))
    event.add("dtend", school.ends.astimezone(UTC))
    event.add("summary", " ".join(texts["summary"].split()))
    if texts["location"]:
        event.add("location", texts["location"])
    event.add("description", texts["description"])
    event.add("status", "CANCELLED" if request.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if request.is_off else "OPAQUE")
    event.add("organizer", _organizer_address(request.organizer, request.language))
    if request.attendee:
        event.add("attendee", _attendee_address(request.attendee))
    if not request.is_off:
        _add_joining(event, school, texts["reminder"])
    return event


def _texts(own_templates: Path, request: InviteRequest) -> dict[str, str]:
    facts = template_facts(request.organizer, [request.told_school], request.language, request.revision.stamp)
    facts |= {"school": facts["schools"][0], "cancelled": request.is_off, "in_feed": request.in_feed}
    return render_blocks(own_templates, _template(request.language), dict.fromkeys(_BLOCKS, "plain"), facts)


def _add_joining(event: Event, school: School, reminder: str) -> None:
    """What only an event that takes place has: the link to join and the alarms."""
    from icalendar import vUri

    if school.meeting:
        # Without VALUE=URI readers take the address for text (RFC 7986, 5.11).
        link = vUri(checked_link(school.meeting.url), params={"VALUE": "URI", "FEATURE": "VIDEO"})
        event.add("conference", link)
    for minutes in school.reminders:
        event.add_component(_alarm(reminder, timedelta(minutes=minutes)))


def _alarm(text: str, before: timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", " ".join(text.split()))
    alarm.add("trigger", -before)
    return alarm


def _organizer_address(organizer: Organizer, language: str) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{checked_mail(organizer.email)}")
    # A quote inside a parameter ends it (RFC 5545, 3.2), and so does a line break.
    name = escape_plain(text_in(organizer.name, language, "organizer.name"))
    address.params["CN"] = name.replace('"', "'")
    return address


def _attendee_address(email: str) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{checked_mail(email)}")
    # Without one attendee, the recipient, Thunderbird stores nothing and Outlook refuses (RFC 5546, 3.2.2).
    address.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    return address


def _template(language: str) -> str:
    return f"invite/invite.{language}.txt"
