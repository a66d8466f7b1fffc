"""When the messages of a Zoom chat were written: its lines tell the hour, the file's and folder's names the day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from schoolctl.importers.source import Source
from schoolctl.importers.zoom_files.chat_headers import Header

# `GMT20220519-123000_Recording.txt`: the beginning of a recording in the cloud.
_RECORDING = re.compile(r"GMT ?(\d{8}-\d{6})(?!\d)")
# `2022-05-19 18.30.12 Topic`, `meeting_saved_chat 2022-05-19.txt`, `20220519`, `19.05.2022`.
_DAYS: Final = (
    re.compile(
        r"(?<!\d)(?P<year>20\d{2})[-._](?P<month>\d{2})[-._](?P<day>\d{2})(?!\d)"
        r"(?:[ _T](?P<hour>\d{2})[.:-](?P<minute>\d{2})(?:[.:-](?P<second>\d{2}))?)?"
    ),
    re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{2})[-._](?P<month>\d{2})[-._](?P<year>20\d{2})(?!\d)"),
)
_HALF_A_DAY = timedelta(hours=12)


class Written(NamedTuple):
    """When a message was written, and whether its zone is assumed."""

    moment: datetime | None
    zone_assumed: bool


class ChatClock:
    """Reads the hours of a chat one after another; past midnight the next day begins."""

    def __init__(self, source: Source, zone: tzinfo) -> None:
        """Take the day from the names of the file and its folder."""
        self._zone = zone
        self._recording = _find_recording(source.name)
        self._day, self._before = _find_day(source, self._recording, zone)

    def read(self, header: Header) -> Written:
        """When the message below a header was written; None when nothing tells its day."""
        if header.hour is None:
            # The beginning of a recording is known to the second and in UTC: nothing is assumed.
            moment = self._recording + header.elapsed if self._recording else None
            return Written(moment.astimezone(self._zone) if moment else None, zone_assumed=False)
        day = header.day or self._next_day(header.hour)
        return Written(datetime.combine(day, header.hour, self._zone) if day else None, zone_assumed=day is not None)

    def _next_day(self, hour: time) -> date | None:
        """The day of an hour that follows the hours before it."""
        if self._day and self._before and _since_midnight(self._before) - _since_midnight(hour) > _HALF_A_DAY:
            self._day += timedelta(days=1)
        self._before = hour
        return self._day


def _find_recording(name: str) -> datetime | None:
    """The beginning of a recording by its file's name."""
    found = _RECORDING.search(name)
    try:
        return datetime.strptime(found[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def _find_day(source: Source, recording: datetime | None, zone: tzinfo) -> tuple[date | None, time | None]:
    """The day on which a chat began, and the hour when it is known."""
    if recording:
        begun = recording.astimezone(zone)
        return begun.date(), begun.time()
    # The file's own name counts before that of its folder, which may hold the chats of several days.
    names = (source.name, source.path.absolute().parent.name)
    for found in filter(None, (pattern.search(name) for name in names for pattern in _DAYS)):
        day = _day_of(found)
        if day:
            return day, _hour_of(found)
    return None, None


def _day_of(found: re.Match[str]) -> date | None:
    """The date in a name; None when there is no such date."""
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _hour_of(found: re.Match[str]) -> time | None:
    """The hour behind a date in a name."""
    parts = found.groupdict()
    if not parts.get("hour"):
        return None
    try:
        return time(int(parts["hour"]), int(parts["minute"]))
    except ValueError:
        return None


def _since_midnight(hour: time) -> timedelta:
    return timedelta(hours=hour.hour, minutes=hour.minute, seconds=hour.second)
