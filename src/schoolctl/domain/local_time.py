"""Hours as the organisers write them -> moments; hours that happen twice or never are told apart."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from schoolctl.errors import WrongUsageError

_MOMENT = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[ T](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<offset>Z|[+-]\d\d:?[0-5]\d)?"
)
_DURATION = re.compile(r"(?:(?P<hours>\d{1,2})h)?(?:(?P<minutes>\d{1,3})m(?:in)?)?")
_DAYS = re.compile(r"(\d{1,5})d?")
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{4})")


class AmbiguousTimeError(WrongUsageError):
    """A local hour that the clocks of a zone show twice; `choices` are both moments as one may write them."""

    def __init__(self, local: datetime, zone: ZoneInfo) -> None:
        """Say which hour, where, and how to tell the two apart."""
        moments = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        first, second = (moment.isoformat(sep=" ", timespec="minutes") for moment in moments)
        self.choices = (first, second)
        self.local = local
        super().__init__(
            f"{local:%Y-%m-%d %H:%M} happens twice in {zone.key} (the clocks go back). "
            f'Write "{first}" for the first or "{second}" for the second'
        )


class SkippedTimeError(WrongUsageError):
    """A local hour that the clocks of a zone never show."""


def parse_zone(name: str) -> ZoneInfo:
    """The zone called `name` (IANA, as `Asia/Almaty`); WrongUsageError when there is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        message = f'there is no time zone "{name}". Write it as Asia/Almaty'
        raise WrongUsageError(message) from error


def in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment that clocks in `zone` show as `local`; an aware `local` is only moved into the zone.

    Raises AmbiguousTimeError or SkippedTimeError where a change of clocks makes the hour happen twice or never.
    """
    try:
        moment = local.astimezone(zone) if local.tzinfo else local.replace(tzinfo=zone)
        shown = moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError as error:
        message = f"the year {local.year} is out of reach for the clocks of {zone.key}. Choose another year"
        raise WrongUsageError(message) from error
    if local.tzinfo:
        return moment
    if shown != local:
        message = f"{local:%Y-%m-%d %H:%M} does not exist in {zone.key} (the clocks go forward). Choose another hour"
        raise SkippedTimeError(message)
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise AmbiguousTimeError(local, zone)
    return moment


def is_written_as(text: str, local: datetime) -> bool:
    """Whether `text` (without an offset) says the local hour `local`."""
    match = _MOMENT.fullmatch(text.strip())
    return (
        match is not None
        and match["offset"] is None
        and text.strip()[:16].replace("T", " ") == f"{local:%Y-%m-%d %H:%M}"
    )


def parse_moment(text: str, zone: ZoneInfo) -> datetime:
    """`2026-12-10 18:30` (seconds, `T` and an offset allowed) as a moment in `zone`."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        message = f'"{text}" is no date and hour. Write it as "2026-12-10 18:30"'
        raise WrongUsageError(message)
    parts = {name: int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
    try:
        local = datetime(**parts, tzinfo=_parse_offset(match["offset"]))
    except ValueError as error:
        message = f'"{text}" does not exist in the calendar: {error}'
        raise WrongUsageError(message) from error
    return in_zone(local, zone)


def parse_day(text: str) -> date:
    """`2026-12-10`, or `10.12.2026` as it is written in Kazakhstan, as a day."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        message = f'"{text}" is no day. Write it as 2026-12-10'
        raise WrongUsageError(message)
    try:
        return date(*(int(match[iso] or match[short]) for iso, short in (("year", "y"), ("month", "m"), ("day", "d"))))
    except ValueError as error:
        message = f'"{text}" does not exist in the calendar: {error}'
        raise WrongUsageError(message) from error


def parse_duration(text: str) -> timedelta:
    """`2h45m`, `90m`, `2h` as a duration; it must be longer than nothing and shorter than a day."""
    match = _DURATION.fullmatch(text.strip().lower().replace(" ", ""))
    length = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0)) if match else timedelta()
    if not timedelta() < length < timedelta(days=1):
        message = f'"{text}" is no duration of a school. Write it as 2h45m or 90m'
        raise WrongUsageError(message)
    return length


def parse_days(text: str) -> int:
    """`365d` or `365` as a number of days, at least one."""
    match = _DAYS.fullmatch(text.strip().lower())
    if not match or not int(match[1]):
        message = f'"{text}" is no number of days. Write it as 365d'
        raise WrongUsageError(message)
    return int(match[1])


def _parse_offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
