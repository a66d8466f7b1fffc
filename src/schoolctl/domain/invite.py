"""The life of an invite: one UID for ever, a revision whenever its content changes (RFC 5546)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from schoolctl.domain.access_code import without_access_code
from schoolctl.domain.school import Organizer, School

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
# What an invite told, as a JSON object: see `told_of`.
Told = Mapping[str, Any]

# Raise this when the renderer writes an event differently: files under an old SEQUENCE must stay what they were.
_CONTENT_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a school's invite as it was issued: SEQUENCE, DTSTAMP (UTC, whole seconds) and what it said."""

    sequence: int
    stamp: datetime
    fingerprint: str


class Holders(NamedTuple):
    """Who holds which SEQUENCE: people by e-mail address, the files for everybody by language."""

    people: Mapping[str, int]
    public: Mapping[str, int]

    def people_behind(self, sequence: int) -> list[str]:
        """The addresses of those who hold an older one."""
        return [email for email, held in self.people.items() if held < sequence]

    def is_public_behind(self, sequence: int) -> bool:
        """Whether a file for everybody is older."""
        return any(held < sequence for held in self.public.values())

    def are_all_behind(self, sequence: int) -> bool:
        """Whether something was issued, and to nobody this one or a later one."""
        held = (*self.people.values(), *self.public.values())
        return bool(held) and max(held) < sequence

    @property
    def are_any(self) -> bool:
        """Whether anything was issued at all."""
        return bool(self.people or self.public)


def invite_uid(school_id: str) -> str:
    """The UID of a school's event, the same for ever and in every language."""
    return f"{school_id}@schoolctl"


def content_fingerprint(school: School, organizer: Organizer, templates: Mapping[str, str]) -> str:
    """A digest of all that an invite may say: the school, the organiser and the templates' texts.

    It does not depend on the languages asked for, so one change raises SEQUENCE once for all of them. The programme,
    the format, the deadline for questions and the recording are not part of an invite.
    """
    # The ledger keeps no access code: only here does a new one make a difference.
    return _digest({"told": told_of(school, organizer, templates), "joining": school.joining})


def told_of(school: School, organizer: Organizer, templates: Mapping[str, str]) -> dict[str, Any]:
    """What the invite of a school tells, as a JSON object for the ledger: no access code is in it.

    Hours are kept as the clocks of the school's zone show them and in UTC, so that a change of the zone's rules shows.
    `words` is a digest of the organiser and the templates.
    """
    meeting = without_access_code(school.joining) if school.joining else None
    return {
        "starts": _local(school.starts),
        "ends": _local(school.ends),
        "timezone": str(school.zone),
        "starts_utc": _utc(school.starts),
        "ends_utc": _utc(school.ends),
        "topic": dict(school.topic),
        "mode": school.mode,
        "venue": dict(school.venue or {}),
        "link": meeting.url if meeting else "",
        "meeting_id": meeting.meeting_id if meeting else "",
        "has_passcode": school.joining != meeting,
        "registration": school.registration,
        "speakers": [[_json(speaker.name), _json(speaker.role)] for speaker in school.speakers],
        "reminders": list(school.reminders),
        "is_cancelled": school.is_cancelled,
        "cancel_reason": dict(school.cancel_reason or {}),
        "words": _digest([_CONTENT_FORMAT, organizer.name, organizer.email, organizer.whatsapp, templates]),
    }


def next_revision(last: Revision | None, fingerprint: str, now: datetime) -> Revision:
    """The last revision when the content is unchanged, else one with SEQUENCE + 1 and a later DTSTAMP."""
    now = now.astimezone(UTC).replace(microsecond=0)
    if last is None:
        return Revision(0, now, fingerprint)
    if last.fingerprint == fingerprint:
        return last
    # Clients ignore an update whose DTSTAMP is not later, whatever our clock says.
    return Revision(last.sequence + 1, max(now, last.stamp + timedelta(seconds=1)), fingerprint)


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=dict).encode()).hexdigest()


def _json(texts: str | Mapping[str, str] | None) -> str | dict[str, str]:
    return texts if isinstance(texts, str) else dict(texts or {})


def _local(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
