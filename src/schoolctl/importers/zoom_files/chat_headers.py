"""The first line of a message in a chat that Zoom saved, in the shapes of its versions and interface languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

_LONGEST_HEAD = 300
_HOURS_OF_HALF = 12
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})"
# `18:45:01 From NAME to Everyone:`, `18:45:01<tab> From  NAME : text`, and both with a date in front.
_FROM = re.compile(
    rf"(?:(?P<date>\d{{4}}-\d{{2}}-\d{{2}})[ T])?{_CLOCK}(?: ?(?P<half>[AaPp])[Mm])?[ \t]{{1,4}}"
    r"(?i:From|От|Кімнен)[ \t\u00a0]{1,4}(?P<rest>\S.*)"
)
# `00:58:04<tab>NAME:<tab>text`: a recording in the cloud counts from its own beginning.
_ELAPSED = re.compile(rf"{_CLOCK}\t(?P<name>[^\t\n]{{1,200}}?):\t(?P<text>.*)")
_TO = re.compile(r"[ \t\u00a0]{1,4}(?i:to|кому|кімге)[ \t\u00a0]{1,4}")
_HEAD_END = re.compile(r" ?:(?=\s|$)")
_PRIVATE = re.compile(r"\((?i:direct message|privately|личное сообщение|лично|жеке хабарлама|жеке хат|жеке)\) ?$")
_MARKS: Final = "\ufeff\u200e\u200f"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a message's text: its day if it is told, the hour, who wrote and whether to one person alone.

    `hour` is None in the chat of a recording, where `elapsed` tells the time since its beginning instead.
    """

    day: date | None
    hour: time | None
    elapsed: timedelta
    name: str
    is_private: bool
    text: str


def parse_header(line: str) -> Header | None:
    """The header at the beginning of `line`, or None when the line continues the message before it."""
    line = line.lstrip(_MARKS)
    # Nearly all lines of long messages are refused here, before any pattern is tried.
    if not line[:1].isdigit():
        return None
    recorded = _ELAPSED.fullmatch(line)
    if recorded:
        return Header(None, None, _elapsed(recorded), recorded["name"], is_private=False, text=recorded["text"])
    found = _FROM.fullmatch(line)
    return _read_rest(found) if found else None


def _read_rest(found: re.Match[str]) -> Header | None:
    """The header whose time matched; None when its hour or day does not exist, or nothing ends the name."""
    day, hour = _day(found["date"]), _hour(found)
    parts = _split_rest(found["rest"])
    if parts is None or hour is None or (found["date"] and day is None):
        return None
    name, recipient, text = parts
    return Header(day, hour, timedelta(), name, _PRIVATE.search(recipient) is not None, text)


def _split_rest(rest: str) -> tuple[str, str, str] | None:
    """The sender, the recipient and the text: a colon parts them that follows the recipient or a blank."""
    # A name may hold colons of its own ("Зал 2: Айгуль"), which neither a recipient nor a blank goes before.
    for end in _HEAD_END.finditer(rest, 0, _LONGEST_HEAD):
        name, recipient = _split_recipient(rest[: end.start()])
        if recipient or end[0].startswith(" "):
            return name, recipient, rest[end.end() :].strip(" \t")
    return None


def _split_recipient(head: str) -> tuple[str, str]:
    """The sender and the recipient (empty in older chats), parted by the last word that can part them."""
    partings = list(_TO.finditer(head))
    return (head[: partings[-1].start()], head[partings[-1].end() :]) if partings else (head, "")


def _elapsed(found: re.Match[str]) -> timedelta:
    return timedelta(hours=int(found["hour"]), minutes=int(found["minute"]), seconds=int(found["second"]))


def _hour(found: re.Match[str]) -> time | None:
    """The hour of a header; None when there is no such hour."""
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % _HOURS_OF_HALF + (_HOURS_OF_HALF if found["half"] in "Pp" else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"]))
    except ValueError:
        return None


def _day(written: str | None) -> date | None:
    """The date of a header; None when it names none, or one that does not exist."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
