"""When a mail was sent: Date headers as programs really write them, in Russian and Kazakh too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import islice

from schoolctl.importers.mail.headers import Headers, header_text
from schoolctl.importers.mail.phrases import PHRASES

_YEARS = range(1990, 2101)
_CENTURY = 100
_RECEIVED_READ = 50
# No place on earth is further from UTC.
_LONGEST_OFFSET = timedelta(hours=14)
_MONTHS = {
    beginning: number for table in PHRASES for number, names in enumerate(table.months, 1) for beginning in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ZONES = {"gmt": 0, "ut": 0, "utc": 0, "z": 0, "msk": 3, "almt": 6, "qyzt": 5, "est": -5, "edt": -4, "cst": -6}
_ZONES |= {"cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "eet": 2, "eest": 3}

_ORDINARY = re.compile(
    r"(?:\w{2,3}, ?)?(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)(?: \([^()]*\))?$"
)
_TIME = re.compile(r"(?<![\d:.])(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?!\d)\s*([ap]\.?m\b)?")
_DAYS = (
    re.compile(r"(?P<year>\d{4})[-/](?P<month>\d\d)[-/](?P<day>\d\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d\d)\.(?P<year>\d{4})"),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})[\s.-]{{1,3}}(?P<name>{_MONTH})[^\W\d_]*[\s.,-]{{1,3}}(?P<year>\d{{2,4}})(?![\d:])"
    ),
    re.compile(rf"(?<!\w)(?P<name>{_MONTH})[^\W\d_]*[\s.]{{1,3}}(?P<day>\d{{1,2}})\b.*?(?<![\d+-])(?P<year>\d{{4}})"),
    re.compile(rf"(?P<year>\d{{4}})\s?(?:ж\.|жылғы|жылы)?,?\s?(?P<day>\d{{1,2}})[\s.-](?P<name>{_MONTH})"),
)
_OFFSET = re.compile(r"\s*(?:gmt|utc)?\s*([+-])(\d{1,2})(?::?(\d\d))?(?!\d)")
_ZONE_NAME = re.compile(r"\s*([a-z]{1,4})\b")


@dataclass(frozen=True, slots=True)
class MailDate:
    """An aware moment (None when nothing tells it), whether its zone was assumed, and where it came from."""

    moment: datetime | None = None
    zone_assumed: bool = False
    repairs: tuple[str, ...] = ()


def read_date(headers: Headers, separator: bytes, zone: tzinfo) -> MailDate:
    """The Date header; else the newest sensible Received header; else the mailbox's separator line."""
    moment = parse_date(header_text(headers.first(b"date"))[0])
    if moment:
        return _in_zone(moment, zone)
    moment = _newest_received(headers, zone)
    if moment:
        return _in_zone(moment, zone, "time taken from the Received header")
    moment = parse_date(separator.decode("ascii", "replace"))
    return _in_zone(moment, zone, "time taken from the mailbox's separator line") if moment else MailDate()


def parse_date(text: str) -> datetime | None:
    """The moment that `text` tells, naive without a zone; None for nonsense (hour 25, 31 February, year 1970)."""
    ordinary = _ORDINARY.match(text)
    if ordinary and ordinary[2].lower() in _MONTHS:
        day, name, year, hour, minute, second, *offset = ordinary.groups()
        return _moment((year, str(_MONTHS[name.lower()]), day), (hour, minute, second), _offset(*offset))
    return _parse_unusual(text.casefold()[:200])


def _parse_unusual(text: str) -> datetime | None:
    """A day and an hour somewhere in `text` (small letters), in any of the forms that programs write."""
    time = _TIME.search(text)
    found = next(filter(None, (pattern.search(text) for pattern in _DAYS)), None)
    if not time or not found:
        return None
    fields = found.groupdict()
    month = fields.get("month") or str(_MONTHS[fields["name"]])
    clock = (_hour(time[1], time[4]), time[2], time[3] or "0")
    return _moment((_full_year(fields["year"]), month, fields["day"]), clock, _zone_after(text, time.end()))


def _moment(day: tuple[str, str, str], clock: tuple[str, str, str], zone: timezone | None) -> datetime | None:
    try:
        year, month, date = map(int, day)
        hour, minute, second = map(int, clock)
        # A leap second is a moment too.
        moment = datetime(year, month, date, hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        return None
    return moment if year in _YEARS and second <= 60 else None  # noqa: PLR2004 - the leap second


def _newest_received(headers: Headers, zone: tzinfo) -> datetime | None:
    # Each server on the way adds such a line; the newest is of the one where the mail arrived.
    received = map(parse_date, map(_last_field, islice(headers.all(b"received"), _RECEIVED_READ)))
    return max(filter(None, received), key=lambda moment: _aware(moment, zone), default=None)


def _in_zone(moment: datetime, zone: tzinfo, *repairs: str) -> MailDate:
    return MailDate(_aware(moment, zone), zone_assumed=moment.tzinfo is None, repairs=repairs)


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def _zone_after(text: str, at: int) -> timezone | None:
    """The zone that follows the hour (`+06`, `+06:00`, `GMT+6`, `msk`); None when there is none to trust."""
    offset = _OFFSET.match(text, at)
    if offset:
        return _offset(*offset.groups())
    name = _ZONE_NAME.match(text, at)
    if name and name[1] in _ZONES:
        return timezone(timedelta(hours=_ZONES[name[1]]))
    # asctime with an offset: `Thu May 12 10:00:00 2022 +0600`.
    trailing = re.search(r"\d{4}\s+([+-])(\d\d)(\d\d)\s*$", text[at:])
    return _offset(*trailing.groups()) if trailing else None


@lru_cache(maxsize=128)
def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timezone | None:
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if offset > _LONGEST_OFFSET:
        return None
    return timezone(-offset if sign == "-" else offset)


def _hour(hour: str, half: str | None) -> str:
    if half is None:
        return hour
    # On a 12-hour clock 12 comes before 1.
    return str(int(hour) % 12 + (12 if half.startswith("p") else 0))


def _full_year(year: str) -> str:
    if len(year) > 2:  # noqa: PLR2004 - digits
        return year
    return str(int(year) + (2000 if int(year) < 70 else 1900))  # noqa: PLR2004 - the mail standard's turn


def _last_field(received: bytes) -> str:
    return header_text(received.rpartition(b";")[2])[0]
