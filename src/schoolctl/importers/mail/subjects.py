"""What a subject says: a question of its own, a forward, an automatic reply, or nothing."""

from __future__ import annotations

import re

from schoolctl.importers.mail.phrases import PHRASES

_FEWEST_WORDS = 3
_LONGEST_GREETING = 100


def _prefix(phrases: list[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\s*(?:{alternatives})\s*(?:\[\d+\]|\(\d+\))?\s*:", re.IGNORECASE)


_REPLY = _prefix([phrase for table in PHRASES for phrase in table.reply_prefixes])
_FORWARD = _prefix([phrase for table in PHRASES for phrase in table.forward_prefixes])
_CALENDAR = _prefix([phrase for table in PHRASES for phrase in table.calendar_subjects])
# What begins like this, somebody else wrote: the mail that is answered or handed on, or a calendar.
_NOT_THE_SENDERS = (_REPLY, _FORWARD, _CALENDAR)
_AUTOMATIC = tuple(phrase for table in PHRASES for phrase in table.automatic_subjects)
_EMPTY = frozenset(phrase for table in PHRASES for phrase in table.empty_subjects)
_GREETINGS = frozenset(word for table in PHRASES for word in table.greetings)


def is_question(subject: str) -> bool:
    """Whether the subject by itself says what the sender wants to know (a reply's subject is somebody else's)."""
    if any(prefix.match(subject) for prefix in _NOT_THE_SENDERS):
        return False
    words = re.findall(r"\w+", subject.casefold())
    if " ".join(words) in _EMPTY or _GREETINGS.issuperset(words):
        return False
    # One or two words without a question mark are a label (`Анализы`), and ask nothing.
    return "?" in subject or len(words) >= _FEWEST_WORDS


def is_forward(subject: str) -> bool:
    """Whether the subject says that the mail is forwarded."""
    return bool(_FORWARD.match(subject))


def is_automatic(subject: str) -> bool:
    """Whether the subject begins as automatic replies do."""
    return subject.strip().casefold().startswith(_AUTOMATIC)


def answers_invitation(subject: str) -> bool:
    """Whether the subject begins as a calendar's answers to an invitation do."""
    return bool(_CALENDAR.match(subject))


def is_greeting(text: str) -> bool:
    """Whether the text is only a greeting or thanks: nothing is asked."""
    if len(text) > _LONGEST_GREETING:
        return False
    words = re.findall(r"\w+", text.casefold())
    return bool(words) and _GREETINGS.issuperset(words)
