"""Calendar files (.ics) that clients update and cancel instead of doubling: RFC 5545, 5546, 7986."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from schoolctl.domain.invite import Method, Revision, invite_uid
from schoolctl.domain.school import Organizer, School, text_in
from schoolctl.renderers.environment import render_blocks, template_sources
from schoolctl.renderers.facts import template_facts

if TYPE_CHECKING:
    from icalendar import Alarm, Event, vCalAddress

_BLOCKS = ("summary", "location", "description", "reminder")
_ALARM_BEFORE = timedelta(hours=1)
_PRODUCT = "-//schoolctl//Virtual Patient School//EN"


@dataclass(frozen=True, slots=True)
class InviteRequest:
    """One calendar file to write: which revision of the event, in which language, by which method and for whom."""

    school: School
    organizer: Organizer
    revision: Revision
    language: str
    method: Method
    attendee: str | None = None


def render_invite(own_templates: Path, request: InviteRequest) -> bytes:
    """The `.ics` file: one event in UTC with its zone in the text, an alarm an hour before, CRLF lines.

    PUBLISH names nobody; REQUEST and CANCEL name their one recipient. The same request gives the same bytes.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", request.method)
    calendar.add_component(_event(own_templates, request))
    # Unsorted: properties keep the order in which they are added above, so a new revision differs only where it must.
    return bytes(calendar.to_ical(sorted=False))


def invite_templates(own_templates: Path, languages: Iterable[str]) -> dict[str, str]:
    """The texts of the invite's templates in force: part of what an invite says."""
    return template_sources(own_templates, [_template(language) for language in languages])


def _event(own_templates: Path, request: InviteRequest) -> Event:
    from icalendar import Event

    school, revision = request.school, request.revision
    facts = template_facts(request.organizer, [school], request.language, revision.stamp)
    facts |= {"school": facts["schools"][0], "cancelled": request.method == "CANCEL"}
    texts = render_blocks(own_templates, _template(request.language), dict.fromkeys(_BLOCKS, "plain"), facts)
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
    is_off = request.method == "CANCEL"
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    event.add("organizer", _organizer_address(request.organizer, request.language))
    if request.attendee:
        event.add("attendee", _attendee_address(request.attendee))
    if not is_off:
        _add_joining(event, school, texts["reminder"])
    return event


def _add_joining(event: Event, school: School, reminder: str) -> None:
    """What only an event that takes place has: the link to join and an alarm."""
    from icalendar import vUri

    if school.meeting:
        # Without VALUE=URI readers take the address for text (RFC 7986, 5.11).
        event.add("conference", vUri(school.meeting.url, params={"VALUE": "URI", "FEATURE": "VIDEO"}))
    event.add_component(_alarm(reminder))


def _alarm(text: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", " ".join(text.split()))
    alarm.add("trigger", -_ALARM_BEFORE)
    return alarm


def _organizer_address(organizer: Organizer, language: str) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{organizer.email}")
    # A quote inside a parameter ends it (RFC 5545, 3.2).
    address.params["CN"] = text_in(organizer.name, language, "organizer.name").replace('"', "'")
    return address


def _attendee_address(email: str) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{email}")
    # Without one attendee, the recipient, Thunderbird stores nothing and Outlook refuses (RFC 5546, 3.2.2).
    address.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    return address


def _template(language: str) -> str:
    return f"invite/invite.{language}.txt"
