"""How long before a school calendars remind of it: `1d`, `1h`, `30m`, as organisers write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schoolctl.errors import WrongUsageError

_LENGTH = re.compile(
    r"(?:(?P<weeks>[0-9])w)?(?:(?P<days>[0-9]{1,2})d)?(?:(?P<hours>[0-9]{1,3})h)?(?:(?P<minutes>[0-9]{1,4})m(?:in)?)?"
)
_MINUTES = {"weeks": 7 * 24 * 60, "days": 24 * 60, "hours": 60, "minutes": 1}
_LONGEST = 4 * _MINUTES["weeks"]
_MOST = 5

# In minutes before the start.
DEFAULT_REMINDERS = (60,)


def parse_reminders(texts: Sequence[str]) -> tuple[int, ...]:
    """`["1d", "1h"]` as minutes before the start, the earliest reminder first; WrongUsageError for what is none."""
    minutes = sorted({_minutes(text) for text in texts}, reverse=True)
    if len(minutes) > _MOST:
        message = f"{len(minutes)} reminders are too many: at most {_MOST}"
        raise WrongUsageError(message)
    return tuple(minutes)


def _minutes(text: str) -> int:
    match = _LENGTH.fullmatch(text.strip().lower().replace(" ", ""))
    length = sum(int(match[unit] or 0) * minutes for unit, minutes in _MINUTES.items()) if match else 0
    if not 0 < length <= _LONGEST:
        message = f'"{text}" is no time before a school, from 1m to 4w'
        raise WrongUsageError(message)
    return length
