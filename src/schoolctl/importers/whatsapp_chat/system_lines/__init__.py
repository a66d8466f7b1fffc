"""What WhatsApp itself writes into a chat: one table per interface language, asked as one."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import Final, Literal

from schoolctl.importers.whatsapp_chat.system_lines import en, kk, other, ru
from schoolctl.importers.whatsapp_chat.system_lines.phrases import SystemPhrases

_TABLES: Final[tuple[SystemPhrases, ...]] = (ru.PHRASES, kk.PHRASES, en.PHRASES, *other.TABLES)

Kind = Literal["media", "contact", "attached", "deleted", "calls", "waiting", "polls", "locations", "edited"]


def _alternatives(kind: str) -> str:
    """All languages' expressions of one kind as one expression."""
    return "|".join(expression for table in _TABLES for expression in attrgetter(kind)(table))


# One expression for all languages: nobody knows the interface language of a chat, and several may be mixed.
_WHOLE_LINES: Final = {
    kind: re.compile(_alternatives(kind))
    for kind in ("media", "contact", "attached", "deleted", "calls", "waiting", "polls", "locations", "edited")
}
_NOTICES: Final = re.compile(_alternatives("notices"))
_EVENTS: Final = re.compile(_alternatives("events"))
_UNSEEN: Final = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LONGEST_LINE = 400


# The same line is asked about for one kind after another.
@lru_cache(maxsize=8)
def folded(line: str) -> str:
    """`line` as the tables are written: small letters, plain blanks and apostrophes, no marks and no last point."""
    text = _UNSEEN.sub("", line[:_LONGEST_LINE]).replace("’", "'").replace("ʻ", "'").replace("‘", "'")
    return " ".join(text.casefold().split()).rstrip(".。!").strip()


def is_whole(kind: Kind, line: str) -> bool:
    """Whether `line` as a whole is what WhatsApp writes for `kind`."""
    return _WHOLE_LINES[kind].fullmatch(folded(line)) is not None


def is_notice(line: str) -> bool:
    """Whether `line` begins as a notice of WhatsApp does (encryption, security code, disappearing messages)."""
    return _NOTICES.match(folded(line)) is not None


def is_event(line: str) -> bool:
    """Whether `line` tells of something done to the group or the chat (somebody added, left, changed the subject)."""
    text = folded(line)
    return _EVENTS.search(text) is not None or _NOTICES.match(text) is not None
