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
        known = database.row(_SAME_NAME, (sender.name, channel)) if sender.name else None
        return int(known[0]) if known else None
    by_email = database.row(_SAME_EMAIL, (sender.email,)) if sender.email else None
    by_phone = database.row(_SAME_PHONE, (sender.phone,)) if sender.phone else None
    people = sorted({row[0] for row in (by_email, by_phone) if row})
    for other in people[1:]:
        database.execute("UPDATE question SET person = ? WHERE coalesce(person, id) = ?", (people[0], other))
    return people[0] if people else None
