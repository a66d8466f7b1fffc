"""Lines by which mail programs introduce what is quoted or forwarded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schoolctl.importers.mail.phrases import PHRASES

QuoteKind = Literal["introduction", "original", "forward"]

_LONGEST_INTRODUCTION = 400
_MOST_WRAPPED_LINES = 3
_LONGEST_LABEL = 40
_BLOCK_LINES = 14
_STRANGE_LINES = 2
# `From:` and `To:` may stand in somebody's own words (a journey, a course of pills); three labels hardly do.
_LABELS_NEEDED = 3
_LONGEST_NAME_WORDS = 5
_LONGEST_MARKER = 100


def _any_of(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(set(phrases), key=len, reverse=True))


_MONTHS = _any_of([beginning for table in PHRASES for names in table.months for beginning in names])
_WEEKDAYS = _any_of([day for table in PHRASES for day in table.weekdays])
_LEAD_INS = _any_of([word for table in PHRASES for word in table.lead_ins])
_VERBS = _any_of([verb for table in PHRASES for verb in table.verbs])
_LABELS = {label: kind for table in PHRASES for label, kind in table.labels.items()}
_ORIGINALS = tuple(phrase for table in PHRASES for phrase in table.originals)
_FORWARDS = tuple(phrase for table in PHRASES for phrase in table.forwards)
_FORWARD_ENDS = tuple(phrase for table in PHRASES for phrase in table.forward_ends)

_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[-.]\d\d[-.]\d\d"
    rf"|\d{{1,2}}[ .]{{1,2}}(?:{_MONTHS})\w{{0,9}}\.?,? \d{{4}}|(?:{_MONTHS})\w{{0,9}}\.? \d{{1,2}},? \d{{4}}"
    rf"|\d{{4}} ?(?:ж\.|жылғы|жылы|г\.)?,? ?\d{{1,2}}[ .]{{1,2}}(?:{_MONTHS})\w{{0,9}})"
)
_LEAD = rf"(?:(?:{_WEEKDAYS}|{_LEAD_INS})\b[ ,.]{{1,3}}){{0,3}}"
_BEGINS_WITH_DATE = re.compile(rf"{_LEAD}{_DATE}", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?[+-]\d{4}|\s?\([^()]*\))?", re.IGNORECASE)
_ENDS_WITH_VERB = re.compile(rf"(?:^|[\s,])(?:{_VERBS})\s?:$", re.IGNORECASE)
_ENDS_WITH_ADDRESS = re.compile(
    rf"(?:<[^<>@]*@[^<>]*>+[\s,]*(?:{_VERBS})?|(?<!\S)[^\s@]{{1,100}}@\S{{1,100}}\s+(?:{_VERBS}))\s?:$", re.IGNORECASE
)
_NAME_WROTE_DATE = re.compile(rf".{{1,120}}?\s(?:{_VERBS})[\s,]+{_LEAD}{_DATE}.{{0,60}}:$", re.IGNORECASE)
_LABEL_IN_LINE = re.compile(rf"(?<!\w)({_any_of(list(_LABELS))})\s?:", re.IGNORECASE)
_RULE = "-–—_=*"
_RULE_SIGNS = tuple(_RULE)
# What a line without a colon may begin with: a wrapped introduction with a date or a weekday, a rule with its sign.
_BEGINNINGS = (
    frozenset(
        form(f"{word} "[:2])
        for table in PHRASES
        for word in (*table.weekdays, *table.lead_ins)
        for form in (str.lower, str.upper, str.title)
    )
    | frozenset(first + second for first in "0123456789" for second in "0123456789.-/ ")
    | frozenset(first + second for first in _RULE for second in _RULE + " ")
)


@dataclass(frozen=True, slots=True)
class QuoteStart:
    """Where a quote begins: its kind, and the number of the first line after its introduction."""

    kind: QuoteKind
    body: int


def may_start_quote(line: str) -> bool:
    """Whether `find_quote_start` is worth its time: a cheap question asked of every line."""
    return ":" in line or line[:2] in _BEGINNINGS or line[:1].isspace()


def find_quote_start(lines: Sequence[str], at: int) -> QuoteStart | None:
    """Whether a quoted or forwarded mail is introduced in the line `at` (and perhaps in those after it)."""
    return _marker(lines, at, lines[at].strip()) or _introduction(lines, at) or _block(lines, at)


def is_forward_end(line: str) -> bool:
    """Whether a line says that the forwarded mail ends here."""
    return _is_marker(line.strip(), _FORWARD_ENDS)


def after_preamble(lines: Sequence[str]) -> int:
    """How many lines at the top of a forwarded mail are its headers or its introduction."""
    at = next((number for number, line in enumerate(lines) if line.strip()), None)
    if at is None:
        return len(lines)
    # One label is enough here: that a mail is forwarded is known already.
    end = _block_end(lines, at, 1)
    if end is not None:
        return end
    introduction = _introduction(lines, at)
    return introduction.body if introduction else at


def is_quoted(line: str) -> bool:
    """Whether the line is marked as quoted by `>`."""
    return ">" in line and line.lstrip().startswith(">")


def _marker(lines: Sequence[str], at: int, line: str) -> QuoteStart | None:
    if _is_marker(line, _FORWARDS):
        return QuoteStart("forward", at + 1)
    if _is_marker(line, _ORIGINALS):
        return QuoteStart("original", at + 1)
    if line.strip(_RULE) or not line or at + 1 >= len(lines):
        return None
    # Outlook draws a line of underscores over its block.
    return _block(lines, at + 1)


def _is_marker(line: str, phrases: tuple[str, ...]) -> bool:
    if not (line.startswith(_RULE_SIGNS) or line.endswith(":")):
        return False
    core = line.strip(_RULE + ": \t").casefold()
    if not core.startswith(phrases):
        return False
    # Between the dashes a name may follow: `---- Forwarded message from … ----`.
    return core in phrases or (line[-1] in _RULE and len(core) < _LONGEST_MARKER)


def _introduction(lines: Sequence[str], at: int) -> QuoteStart | None:
    joined = ""
    for end in range(at, min(at + _MOST_WRAPPED_LINES, len(lines))):
        joined = f"{joined} {lines[end].strip()}".strip()
        if len(joined) > _LONGEST_INTRODUCTION or not lines[end].strip():
            return None
        if joined.endswith(":") and _introduces(joined, quote_follows=_quote_follows(lines, end + 1)):
            return QuoteStart("introduction", end + 1)
    return None


def _introduces(line: str, *, quote_follows: bool) -> bool:
    """Whether the line says who wrote when. A date alone, or a verb alone, is the sender's own sentence."""
    date = _BEGINS_WITH_DATE.match(line)
    if _ENDS_WITH_ADDRESS.search(line):
        return bool(date) or bool(_ENDS_WITH_VERB.search(line))
    if date is None:
        return (quote_follows or "@" in line) and bool(_NAME_WROTE_DATE.match(line))
    return _somebody_wrote(line, date.end(), quote_follows=quote_follows)


def _somebody_wrote(line: str, after_date: int, *, quote_follows: bool) -> bool:
    verb = _ENDS_WITH_VERB.search(line)
    if verb is None or quote_follows:
        return verb is not None
    # Without `>` lines below, only an hour and a full name tell it from `12.05.2022 my doctor wrote:`.
    time = _TIME.search(line, after_date, after_date + _LONGEST_LABEL)
    return time is not None and _is_full_name(line[time.end() : verb.start()])


def _is_full_name(text: str) -> bool:
    """`, Name Surname`: a comma and then capitalised words only (`, my doctor` is the sender's own sentence)."""
    words = text.strip(" ,\"'«»").split()
    is_name = all(word[0].isupper() for word in words)
    return text.startswith(",") and is_name and 1 < len(words) <= _LONGEST_NAME_WORDS


def _quote_follows(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 3] if line.strip()), "")
    return is_quoted(following)


def _block(lines: Sequence[str], at: int) -> QuoteStart | None:
    end = _block_end(lines, at, _LABELS_NEEDED)
    return None if end is None else QuoteStart("original", end)


def _block_end(lines: Sequence[str], at: int, needed: int) -> int | None:
    """The line after `From: … Sent: … To: … Subject: …`; None when fewer than `needed` of these stand there."""
    kinds, end = _labels_in(lines[at]), at + 1
    if not kinds:
        return None
    for number in range(at + 1, min(at + _BLOCK_LINES, len(lines))):
        label = _label(lines[number])
        if label:
            kinds.add(label)
            end = number + 1
        # A long list of addressees runs on over further lines, and HTML leaves empty ones.
        elif number - end >= _STRANGE_LINES:
            break
    return end if len(kinds) >= needed else None


def _label(line: str) -> str | None:
    label, colon, _ = line[: _LONGEST_LABEL + 1].partition(":")
    return _LABELS.get(label.strip(" \t\xa0*_").casefold()) if colon else None


def _labels_in(line: str) -> set[str]:
    """The kinds of the labels in a line that begins with one: HTML sometimes lost the line ends between them."""
    if _label(line) is None:
        return set()
    return {_LABELS[label.casefold()] for label in _LABEL_IN_LINE.findall(line[:2000])}
