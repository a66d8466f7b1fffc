"""What is wrong with a line that is no TOML, in words for somebody who never heard of TOML."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEXT = re.compile(r'"(?:\\.|[^"\\])*"' + r"|'[^']*'")
_COMMENT = re.compile(r"\s*#.*$")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_POSITION = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_SAMPLE_HOUR = "Write the hour with its seconds: 2026-12-10 18:30:00"


@dataclass(frozen=True, slots=True)
class _Mistake:
    """A shape that shows what was meant; texts in quotes are empty (`""`) and comments gone where it is looked for."""

    shape: re.Pattern[str]
    message: str
    hint: str


def _mistake(shape: str, message: str, hint: str) -> _Mistake:
    return _Mistake(re.compile(shape), message, hint)


# The first shape that fits wins, so the surest ones stand first.
_MISTAKES = (
    _mistake(r"^\s*//", "this line is neither a comment nor key = value", "Begin a comment with #"),
    _mistake(
        r"^\s*\[(?!.*=)",
        "this heading cannot be read",
        "Write it in Latin letters with as many brackets behind as before: [[school]] or [organizer]",
    ),
    _mistake(r'=\s*[“”„«»‘’‹›]|^[^"]*"[^"]*[“”„]', "the quotes are curly", 'Put the text between straight quotes: "…"'),
    _mistake(r"=\s*\d{4}-\d\d-\d\d[ T]\d\d?:\d\d(?:\s*[+-]\d\d:?\d\d|Z)?\s*$", "the hour has no seconds", _SAMPLE_HOUR),
    _mistake(
        r"=\s*\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\b",
        "there is no such day or hour",
        "Check the day, the month and the hour (00 to 23)",
    ),
    _mistake(
        r"=\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[ T,].*)?$",
        "the day and the hour are not written as they must be",
        "Write year-month-day hour:minute:second, as 2026-12-10 18:30:00",
    ),
    _mistake(r"=\s*(?:$|[,}])", "the value is missing", "Write a value after the = sign"),
    _mistake(
        r'^[^=]*[{,]\s*[\w-]+\s*:|^\s*[\w-]+\s*:|[{,]\s*[\w-]+\s*:\s*"', "a : stands for =", "Write = instead of :"
    ),
    _mistake(r"[{\[].*;", "a ; stands for a comma", "Put commas between the parts"),
    _mistake(r",\s*\}", "there is a comma before the closing }", "Take out the last comma"),
    _mistake(r'""\s*[\w"\'-]+\s*=', "a comma is missing between two texts", "Put a comma before the next key"),
    _mistake(
        r'""\s*[^\W_]|[^\W_]\s*""',
        'a text holds quotes: a " ends it',
        'Inside a text write «…» instead of "…"',
    ),
    _mistake(r'^(?:[^"]|"")*"(?!")', "the text has no closing quote", 'Close the text with a quote: "…"'),
    _mistake(r"\{[^}]*$", "the { … } is not closed", "Keep { … } on one line and close it with }"),
    _mistake(r"=\s*\[[^\]]*$", "the list is not closed", "Close the list with ]"),
    _mistake(
        r"^[^=]*$", "this line is neither a comment nor key = value", "Begin a comment with #, or write key = value"
    ),
    _mistake(
        r"(?:^|[{,])\s*[^=\"]*[^\W\da-zA-Z_][^=]*=", "a key is not in Latin letters", "Use the keys of the sample file"
    ),
    _mistake(
        r'=\s*[^\s"\'\[{]', "a value is neither a text in quotes nor a number", 'Put the text between quotes: "…"'
    ),
)


def explain(line: str, error: Exception) -> tuple[str, str]:
    """What is wrong with a line, and how to mend it."""
    line = line.removesuffix("\r")
    reason = _POSITION.sub("", str(error))
    if told := _told_by_reason(line, reason, error):
        return told
    shown = _COMMENT.sub("", _TEXT.sub('""', line))
    if _INVISIBLE.search(shown) or re.search("[\x00-\x08\x0b-\x1f\x7f]", line):
        return "the line holds an invisible character", "Delete the line and type it again, without pasting"
    for mistake in _MISTAKES:
        if mistake.shape.search(shown):
            return mistake.message, mistake.hint
    return f"this line is no TOML ({reason[:1].lower()}{reason[1:]})", "Compare it with the sample file"


def _told_by_reason(line: str, reason: str, error: Exception) -> tuple[str, str] | None:
    if isinstance(error, RecursionError):
        return "brackets are nested too deeply", 'Write key = "…", or copy the line from the sample file'
    # \\U, \\u and \\x in a Windows path are half an escape, with messages of their own.
    if re.search("Unescaped|hex value|scalar", reason):
        return "a text holds a single \\", "Write / or \\\\ instead"
    if re.search(r"\"{3}|'{3}", line):
        return "a text of several lines is not closed", 'Put the text on one line: key = "…"'
    if reason == "Unclosed array" and "[" not in line:
        return "a comma is missing above this line", "Put a comma behind the line above, or close the list with ]"
    return None


def line_in(error: Exception, line_count: int) -> int:
    """The line (from 1) at which a piece of `line_count` lines went wrong."""
    match = _POSITION.search(str(error))
    return min(int(match["line"]), line_count) if match and match["line"] else line_count
