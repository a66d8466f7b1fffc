"""The life of an invite: one UID for ever, a revision whenever its content changes (RFC 5546)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from schoolctl.domain.school import Organizer, School

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

# Raise this when the renderer writes an event differently: files under an old SEQUENCE must stay what they were.
_CONTENT_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a school's invite as it was issued: SEQUENCE, DTSTAMP (UTC, whole seconds) and what it said."""

    sequence: int
    stamp: datetime
    fingerprint: str


def invite_uid(school_id: str) -> str:
    """The UID of a school's event, the same for ever and in every language."""
    return f"{school_id}@schoolctl"


def content_fingerprint(school: School, organizer: Organizer, templates: Mapping[str, str]) -> str:
    """A digest of all that an invite may say: the school, the organiser and the templates' texts.

    It does not depend on the languages asked for, so one change raises SEQUENCE once for all of them. The programme,
    the format and the deadline for questions are not part of an invite.
    """
    told = replace(school, programme=(), format="questions", questions_until=None, moved_from=None)
    content = {
        "format": _CONTENT_FORMAT,
        "school": asdict(told),
        "organizer": {"name": dict(organizer.name), "email": organizer.email, "whatsapp": organizer.whatsapp},
        "templates": dict(templates),
    }
    encoded = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_moment_text)
    return hashlib.sha256(encoded.encode()).hexdigest()


def next_revision(last: Revision | None, fingerprint: str, now: datetime) -> Revision:
    """The last revision when the content is unchanged, else one with SEQUENCE + 1 and a later DTSTAMP."""
    now = now.astimezone(UTC).replace(microsecond=0)
    if last is None:
        return Revision(0, now, fingerprint)
    if last.fingerprint == fingerprint:
        return last
    # Clients ignore an update whose DTSTAMP is not later, whatever our clock says.
    return Revision(last.sequence + 1, max(now, last.stamp + timedelta(seconds=1)), fingerprint)


def _moment_text(value: object) -> str:
    # The zone is told beside the hour: the same moment in another zone is another text.
    return f"{value.astimezone(UTC).isoformat()} {value.tzinfo}" if isinstance(value, datetime) else str(value)
