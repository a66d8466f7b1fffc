"""What a table of one interface language holds; a new language is one more table of this form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SystemPhrases:
    """What WhatsApp itself writes in one interface language, as regular expressions for small letters.

    media: a whole line in place of a picture, recording or file. contact: the same for a contact card. attached: the
    words in brackets after a file's name. deleted, calls, waiting: whole lines. polls, locations: the word before the
    colon. notices: beginnings of notices. events: parts of lines about the group. edited: the suffix's words.
    """

    media: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    polls: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
