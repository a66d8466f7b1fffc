"""Signatures: what stands under the sender's words and is not one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import filterfalse

from schoolctl.importers.mail.phrases import PHRASES

_SIGNATURE_LINES = 10
_LONGEST_APP_LINE = 200
_LONGEST_CONTACT = 60
_NAME_WORDS = 5
_POST_WORDS = 7
_PHONE_DIGITS = 6
_LOWER_CASE_WORDS = 2
_BLOCK_SIGNS = ("--", "—", "---")
_ENDS = " \t,.!…;:-–—"
_PARTICLES = frozenset({"г", "қ", "кызы", "қызы", "улы", "ұлы", "оглы", "de", "von", "and", "и", "мен", "және"})
_CONTACT_BEGINS = ("тел", "моб", "сот", "ұялы", "tel", "phone", "mob", "e-mail", "email", "whatsapp", "www.", "http")

_FAREWELLS = tuple(sorted((phrase for table in PHRASES for phrase in table.farewells), key=len, reverse=True))
_HINTS = tuple(hint for table in PHRASES for hint in table.app_line_hints)
# A farewell that holds a hint is found by the hint: each search less counts, for every mail is asked.
_CUES = (*_HINTS, *_BLOCK_SIGNS, *(phrase for phrase in _FAREWELLS if not any(map(phrase.__contains__, _HINTS))))
_APP_LINE = re.compile("|".join(f"(?:{pattern})" for table in PHRASES for pattern in table.app_line_patterns))
# Longest first: the alternation takes the first that fits.
_FAREWELL = re.compile("|".join(map(re.escape, _FAREWELLS)))
_FAREWELL_IN_LINE = re.compile(rf"(?<=[.!?…)])\s+({_FAREWELL.pattern})(?=[\s,.!]|$)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[\d?!]")
_PHONE_OR_ADDRESS = re.compile(rf"(?:\W*\d){{{_PHONE_DIGITS}}}[\d\W]*|[^ ]*@[^ ]*")
_SECOND_HALF = re.compile(r"^\s+(?:и|және|and)\s+[^\W\d_]+(?=,)")


def may_be_signed(text: str) -> bool:
    """Whether anything in a mail looks like a signature: a cheap question for the whole mail."""
    return any(map(text.casefold().__contains__, _CUES))


def without_signature(lines: Sequence[str], *, blocks: bool = True) -> list[str]:
    """The lines of one passage of the sender's without signatures, closing formulas and what apps add.

    With `blocks` false what stands under a `-- ` line stays.
    """
    kept = list(lines)
    passage = "\n".join(lines).casefold()
    if any(map(passage.__contains__, _HINTS)):
        kept = list(filterfalse(_is_app_line, kept))
    if blocks and any(map(passage.__contains__, _BLOCK_SIGNS)):
        kept = _without_block(kept)
    if any(map(passage.__contains__, _FAREWELLS)):
        kept = _without_farewell(kept)
    return kept


def _is_app_line(line: str) -> bool:
    return len(line) <= _LONGEST_APP_LINE and bool(_APP_LINE.fullmatch(line.casefold().strip("-– .!\t\xa0")))


def _without_block(lines: list[str]) -> list[str]:
    """What stands over a `-- ` line, unless a question or a long text stands under it."""
    for number, line in enumerate(lines):
        if line.strip() in _BLOCK_SIGNS:
            return lines[:number] if _is_signature(lines[number + 1 :]) else lines
    return lines


def _is_signature(below: Sequence[str]) -> bool:
    """Whether what stands under a `-- ` line is short and asks nothing."""
    filled = list(filter(str.strip, below))
    return len(filled) <= _SIGNATURE_LINES and not any(map(_asks, filled))


def _asks(line: str) -> bool:
    # The question mark in a web address asks nothing.
    return "?" in line and "://" not in line


def _without_farewell(lines: list[str]) -> list[str]:
    kept: list[str] = []
    in_signature = False
    above = ""
    for line in lines:
        if _is_farewell(line):
            in_signature = True
        elif in_signature and _belongs_to_signature(line, above):
            above = line
            continue
        else:
            in_signature = False
            kept.append(_without_closing(line))
    return kept


def _belongs_to_signature(line: str, above: str) -> bool:
    return not line.strip() or _is_contact(line) or _is_name(line) or _is_post(line, above)


def _is_farewell(line: str) -> bool:
    """Tell `С уважением, Name` from `С уважением отношусь к …`: there the sentence goes on, the sender's own."""
    stripped = line.strip(" \t*_")
    farewell = _FAREWELL.match(stripped.casefold())
    if farewell is None:
        return False
    rest = _SECOND_HALF.sub("", stripped[farewell.end() :])
    signed = rest.strip(_ENDS)
    return not signed or (not rest[0].isalpha() and (_is_name(signed) or _is_relation(rest, signed)))


def _is_relation(rest: str, signed: str) -> bool:
    """Whether a lone word or two in lower case after the comma sign the mail: `с уважением, мама`."""
    return (
        rest.lstrip().startswith(",") and len(signed.split()) <= _LOWER_CASE_WORDS and signed.replace(" ", "").isalpha()
    )


def _without_closing(line: str) -> str:
    """The line without a closing formula and a name at its end."""
    closing = _FAREWELL_IN_LINE.search(line)
    return line[: closing.start()] if closing and _is_farewell(line[closing.start() :]) else line


def _is_name(text: str) -> bool:
    words = [word.strip(".,()\"'«»") for word in text.split()]
    if len(words) > _NAME_WORDS or _NOT_IN_NAMES.search(text):
        return False
    # A lone bracket or quotation mark leaves an empty word, which is no part of a name.
    return all(word[0].isupper() or word in _PARTICLES for word in filter(None, words))


def _is_post(line: str, above: str) -> bool:
    """Whether a line right under a name tells a post or a town: short, in small letters, asking nothing."""
    words = line.split()
    is_short = len(line) <= _LONGEST_CONTACT and len(words) <= _POST_WORDS
    return bool(above.strip()) and is_short and line.strip()[:1].islower() and not set("?!") & set(line)


def _is_contact(line: str) -> bool:
    """Whether the line is a phone number, an address, or is labelled as one."""
    text = line.strip(" \t*_").casefold()
    if len(text) > _LONGEST_CONTACT or "?" in text:
        return False
    return text.startswith(_CONTACT_BEGINS) or bool(_PHONE_OR_ADDRESS.fullmatch(text))
