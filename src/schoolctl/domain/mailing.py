"""A mailing: one kind of text about one school, sent to many people, to each of them once."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from schoolctl.domain.announcement import Kind
from schoolctl.domain.school import School

# What is known of a mail: it is on its way (nobody knows its end if the computer went off now), accepted, refused.
MailState = Literal["sending", "sent", "refused"]

KINDS_WITH_INVITE: Final[frozenset[Kind]] = frozenset({"invitation", "link", "reminder", "move", "cancellation"})
# Whoever holds an invite must hear of these, whether on the list or not: the calendar would show a wrong hour.
KINDS_FOR_INVITED: Final[frozenset[Kind]] = frozenset({"move", "cancellation"})


class MailingKey(NamedTuple):
    """What makes two mails to one person the same mail: school, kind, and a digest of what matters in it."""

    school: str
    kind: Kind
    fingerprint: str


def mailing_key(kind: Kind, school: School) -> MailingKey:
    """The key of a mailing as the school is now.

    A new hour, place or link (for a recap: a recording) makes another mailing; a corrected word does not, for then
    those who have the mail would get it again.
    """
    encoded = json.dumps(_told(kind, school), sort_keys=True, ensure_ascii=False)
    return MailingKey(school.id, kind, hashlib.sha256(encoded.encode()).hexdigest()[:32])


def _told(kind: Kind, school: School) -> object:
    if kind == "recap":
        return [school.recording]
    meeting = school.joining
    return [
        _utc(school.starts),
        _utc(school.ends),
        school.mode,
        dict(school.venue or {}),
        [meeting.url, meeting.meeting_id, meeting.passcode] if meeting else [],
        school.is_cancelled,
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
