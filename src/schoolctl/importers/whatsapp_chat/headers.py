"""The first line of a message: `12.05.2022, 10:00 - Имя: текст`, `[12.05.22, 10:00:15] Имя: текст` and their kin."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time
from typing import Final, NamedTuple

from schoolctl.importers.date_order import DateParts
from schoolctl.importers.whatsapp_chat.day_periods import day_period, hour_of_day
from schoolctl.importers.whatsapp_chat.system_lines import is_event

# Direction marks, embeddings, isolates, zero-width characters and the byte order mark: phones strew them in.
MARKS: Final = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff"

KOREAN_SEPARATOR: Final = ". ."

_LONGEST_HEAD = 120
_LONGEST_NAME = 100
_LAST_HOUR = 24  # some phones write 24:05 for 00:05
_LAST_MINUTE = 59
_ERA_OFFSETS: Final = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}

# 10:00, 10.00.15, 3:00 PM, 下午3:00, 10 h 00; the word may hold points and blanks (`p. m.`), but no digits or colons.
_WORD = r"[^\W\d_](?:[^\[\]0-9:,،\n-]{0,22}[^\[\]0-9:,،\s-])?"
_TIME = (
    rf"(?:(?P<before>{_WORD}) ?)?(?P<hour>[0-9]{{1,2}})(?:[:.]| ?h ?)(?P<minute>[0-9]{{2}})"
    rf"(?:[:.](?P<second>[0-9]{{2}}))?(?: ?(?P<after>{_WORD}))?"
)
# 12.05.2022, 5/12/22, 2022-05-12, `2022. 5. 12.`, 令和4年5月12日, R4/5/12
_DATE = (
    r"(?P<era>令和|平成|[RHrh])?(?P<first>[0-9]{1,4}|元)(?P<separator>[./-]|\. |年 ?|년 )(?P<second_part>[0-9]{1,2})"
    r"(?:(?P=separator)|月 ?|월 )(?P<third>[0-9]{1,4})(?P<tail>\.|日|일| ?г\.)?"
)
_BETWEEN = r"(?:[,،、] ?| |(?<=日))(?:(?:à|в|um|at|klo|kl\.|las) )?"
_BRACKETED = tuple(
    re.compile(rf"\[ ?{first}{_BETWEEN}{second} ?\] ?") for first, second in ((_DATE, _TIME), (_TIME, _DATE))
)
_DASHED = tuple(
    re.compile(rf"{first}{_BETWEEN}{second} ?[-–—](?: |$)") for first, second in ((_DATE, _TIME), (_TIME, _DATE))
)
_BLANKS: Final = "\u00a0\u2002\u2003\u2009\u202f\u3000"
_TO_PLAIN: Final = str.maketrans(_BLANKS + "：", " " * len(_BLANKS) + ":")
_MAY_BE_HEADER = re.compile(r"[\d\[令平RHrh]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_ANY_MARK = re.compile(f"[{MARKS}]")
_LEADING_MARKS = re.compile(f"[{MARKS}]+")
_NAME_END = re.compile(rf":(?=[{MARKS}]*(?:[ \u00a0\u202f]|$))")
_QUOTES: Final = (("«", "»"), ("“", "”"), ("„", "“"))


class Shape(NamedTuple):
    """How a phone spells dates: all headers of one shape are read in the same order of day and month."""

    bracketed: bool
    separator: str
    digits_of_year: int
    twelve_hours: bool


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the beginning of a message. `parts` are the date's numbers as written (era years resolved).

    `hour` is None when its half of the day is named in a word nobody knows. `name` is empty for a line without a
    sender, whose text is then all of `body`; `certain` tells that the line is a message even if it has no sender.
    """

    shape: Shape
    parts: DateParts
    hour: time | None
    name: str
    body: str
    certain: bool


def parse_header(line: str) -> Header | None:
    """The header at the beginning of `line`, or None when the line continues the message before it."""
    # Most lines of a long message are refused by their first character, before any pattern is tried.
    marks = _LEADING_MARKS.match(line)
    line = line[marks.end() :] if marks else line
    if not _MAY_BE_HEADER.match(line):
        return None
    head, offsets = _plain_head(line)
    found = _find_header(head)
    if found is None:
        return None
    match, hour = found
    end = offsets[match.end()] if offsets else match.end()
    return _header(match, hour, line[end:])


def _find_header(head: str) -> tuple[re.Match[str], time | None] | None:
    """The header at the beginning of a plain line, and its hour; None when there is none."""
    bracketed = head.startswith("[")
    for pattern in _BRACKETED if bracketed else _DASHED:
        match = pattern.match(head)
        clock = _clock(match, bracketed=bracketed) if match else None
        if match and clock:
            return match, clock.hour
    return None


class _Clock(NamedTuple):
    """The hour of a header; None when it cannot be told."""

    hour: time | None


def _plain_head(line: str) -> tuple[str, list[int] | None]:
    """The beginning of a line with plain digits and blanks and without marks, and where its characters stood."""
    head = line[:_LONGEST_HEAD]
    offsets = None
    # Marks are rare outside Arabic and Hebrew; only then is the slow way needed to find the text's place again.
    if _ANY_MARK.search(head):
        offsets = [at for at, character in enumerate(head) if not _ANY_MARK.match(character)]
        head = "".join(head[at] for at in offsets)
        # A match may end where the head ends.
        offsets.append(min(len(line), _LONGEST_HEAD))
    if not head.isascii():
        head = _FOREIGN_DIGIT.sub(_plain_digit, head.translate(_TO_PLAIN))
    return head, offsets


def _plain_digit(match: re.Match[str]) -> str:
    """The digit 0 to 9 for one of another script."""
    return str(unicodedata.decimal(match[0]))


def _clock(match: re.Match[str], *, bracketed: bool) -> _Clock | None:
    """The hour that a header names, or None when the text is no hour and the line therefore no header."""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > _LAST_HOUR or max(minute, second) > _LAST_MINUTE:
        return None
    word = _day_word(match)
    period = day_period(word)
    if word and not period:
        # "10:00 мне - сестре: …" is a sentence; only brackets make an unknown word part of the hour.
        return _Clock(None) if bracketed else None
    return _Clock(time(hour_of_day(hour, period), minute, second))


def _day_word(match: re.Match[str]) -> str:
    """The word beside the hour; empty when there is none."""
    # Chinese and Korean phones set the word before the hour, all others after it.
    return match["before"] or match["after"] or ""


def _header(match: re.Match[str], hour: time | None, rest: str) -> Header:
    """The header whose date and hour matched; `rest` follows them on the line."""
    bracketed = match[0].startswith("[")
    name, body = _split_name(rest, bracketed=bracketed)
    # A line without a sender must prove itself: a patient may begin a line with a date and a dash.
    certain = bool(name) or rest.startswith("\u200e") or is_event(rest)
    return Header(_shape(match, bracketed=bracketed), _date_parts(match), hour, name, body, certain)


def _shape(match: re.Match[str], *, bracketed: bool) -> Shape:
    """Which of the file's spellings this header has."""
    separator = match["separator"].strip()
    # `22. 5. 12.` with blanks and a last point is Korean and begins with the year.
    if match["separator"] == ". " and match["tail"]:
        separator = KOREAN_SEPARATOR
    digits = max(len(match["first"]), len(match["third"]))
    return Shape(bracketed, separator, digits, bool(_day_word(match)))


def _date_parts(match: re.Match[str]) -> DateParts:
    """The three numbers of the date; a year of a Japanese era becomes a Gregorian one."""
    first = 1 if match["first"] == "元" else int(match["first"])
    first += _ERA_OFFSETS.get((match["era"] or "").lower(), 0)
    return first, int(match["second_part"]), int(match["third"])


def _split_name(rest: str, *, bracketed: bool) -> tuple[str, str]:
    """The sender's name and the text after it; an empty name when the line has no sender."""
    # The first colon ends the name: colons in texts are common, in names of contacts rare.
    end = _NAME_END.search(rest, 0, _LONGEST_NAME + 1)
    if end is None:
        return "", rest
    name = rest[: end.start()]
    # Without brackets a notice has no sender, but it may quote a group's name with a colon in it.
    if not name.strip() or (not bracketed and (is_event(name) or _has_open_quote(name))):
        return "", rest
    return name, rest[end.end() :].removeprefix(" ")


def _has_open_quote(text: str) -> bool:
    """Whether a quotation begins in `text` and does not end there."""
    return text.count('"') % 2 == 1 or any(text.count(left) > text.count(right) for left, right in _QUOTES)
