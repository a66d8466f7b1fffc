"""What a calendar shows of an invite: read back from the file itself, so that it is what patients get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An event as a calendar shows it, its hours in the zone of whoever looks; `alarms` lie before the start."""

    title: str
    starts: datetime
    ends: datetime
    place: str
    description: str
    alarms: tuple[timedelta, ...]
    is_cancelled: bool

    @property
    def text(self) -> str:
        """The entry as plain words."""
        hours = f"{self.starts:%d.%m.%Y %H:%M} – {self.ends:%H:%M}"
        return "\n".join(filter(None, (self.title, hours, self.place, "", self.description)))


def read_entry(calendar: bytes, zone: tzinfo) -> CalendarEntry:
    """The first event of an `.ics` file that this program wrote."""
    from icalendar import Calendar

    # Of any sort, says icalendar: a file of strangers may hold other values, ours does not.
    event: Any = Calendar.from_ical(calendar).walk("VEVENT")[0]
    return CalendarEntry(
        title=str(event["summary"]),
        starts=event["dtstart"].dt.astimezone(zone),
        ends=event["dtend"].dt.astimezone(zone),
        place=str(event.get("location", "")),
        description=str(event["description"]),
        alarms=tuple(-alarm["trigger"].dt for alarm in event.walk("VALARM")),
        is_cancelled=str(event["status"]) == "CANCELLED",
    )


def before_start(alarm: timedelta) -> str:
    """How long before the start: `1 day`, `90 minutes`."""
    minutes = round(alarm.total_seconds() / 60)
    for unit, length in (("week", 7 * 24 * 60), ("day", 24 * 60), ("hour", 60)):
        if minutes % length == 0:
            return _counted(minutes // length, unit)
    return _counted(minutes, "minute")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
