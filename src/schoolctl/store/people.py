"""Who is one person across channels and spellings: whoever shares an e-mail address or a phone number."""

from __future__ import annotations

from schoolctl.domain.question import Sender
from schoolctl.store.database import Database

# A name alone tells a person only among those without addresses, within one channel: in a chat, not in the world.
# One question is enough to know the person behind an address: all with that address have one number.
_SAME_EMAIL = "SELECT coalesce(person, id) FROM question WHERE sender_email = ? AND sender_email <> '' LIMIT 1"
_SAME_PHONE = "SELECT coalesce(person, id) FROM question WHERE sender_phone = ? AND sender_phone <> '' LIMIT 1"
_SAME_NAME = (
    "SELECT coalesce(person, id) FROM question WHERE sender_name = ?1 AND sender_email = '' AND sender_phone = ''"
    " AND channel = ?2 ORDER BY id LIMIT 1"
)


def find_person(database: Database, sender: Sender, channel: str) -> int | None:
    """The number of the person whom the sender is known to be, or None for somebody new.

    A sender with both an e-mail address and a phone number may join two who were thought to be different people.
    """
    if not sender.is_addressed:
        return _first(database, _SAME_NAME, sender.name, channel)
    by_email = _first(database, _SAME_EMAIL, sender.email)
    by_phone = _first(database, _SAME_PHONE, sender.phone)
    if by_email is None or by_phone is None:
        return by_email or by_phone
    person, other = sorted((by_email, by_phone))
    if person != other:
        database.execute("UPDATE question SET person = ? WHERE coalesce(person, id) = ?", (person, other))
    return person


def _first(database: Database, sql: str, value: str, *more: str) -> int | None:
    row = database.row(sql, (value, *more)) if value else None
    return int(row[0]) if row else None
