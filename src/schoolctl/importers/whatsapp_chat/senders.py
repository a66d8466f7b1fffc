"""Names as a chat shows them -> senders, and which of them are the organisers."""

from __future__ import annotations

import re
from typing import Final

from schoolctl.domain.question import Sender
from schoolctl.domain.text import clean_line
from schoolctl.importers.phones import e164
from schoolctl.importers.source import ImportOptions

_LETTER: Final = re.compile(r"[^\W\d_]")


class Senders:
    """Reads each name of a chat once: a group has few people and many messages."""

    def __init__(self, options: ImportOptions) -> None:
        """Take the organisers' names and phone numbers from `options`."""
        self._own_names = frozenset(clean_line(name).casefold() for name in options.own_names) - {""}
        own_phones = (e164(address) for address in options.own_addresses if "@" not in address)
        self._own_phones = frozenset(own_phones) - {""}
        self._known: dict[str, Sender] = {}

    def read(self, name: str) -> Sender:
        """The sender called `name` in the chat; `~ Имя` is a name, a number in any spelling is a phone."""
        # Judging a phone number costs more than everything else about a message.
        sender = self._known.get(name)
        if sender is None:
            sender = self._known[name] = _read_sender(name)
        return sender

    def is_organiser(self, sender: Sender) -> bool:
        """Whether the sender is one of the organisers, whose messages are no questions."""
        return sender.name.casefold() in self._own_names or sender.phone in self._own_phones


def _read_sender(name: str) -> Sender:
    """The sender behind a name as it stands in the chat."""
    plain = clean_line(name).lstrip("~ ")
    phone = "" if _LETTER.search(plain) else e164(plain)
    return Sender(phone=phone) if phone else Sender(name=plain)
