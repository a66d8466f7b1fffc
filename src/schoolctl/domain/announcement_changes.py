"""What a written announcement told of a school, and whether that still holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from schoolctl.domain.announcement import Kind
from schoolctl.domain.school import School

# The facts that an announcement told, as a JSON object: see `told_by`; empty when that was not kept.
Told = Mapping[str, Any]


class OldStart(NamedTuple):
    """Who was told another start than the school has now.

    `is_known`: an announcement or an invite named it; `mailed_to`: so many people have it in the last mail they got;
    `corrected_by_mail`: when a mail last told somebody of the move to the present start.
    """

    is_known: bool = False
    mailed_to: int = 0
    corrected_by_mail: datetime | None = None


_HOURS = ("starts", "ends", "timezone")
_PLACE = ("mode", "venue")
_TOLD: Mapping[Kind, tuple[str, ...]] = {
    "call": (*_HOURS, *_PLACE, "questions_until"),
    "invitation": (*_HOURS, *_PLACE, "questions_until", "link"),
    "link": (*_HOURS, *_PLACE, "link"),
    "reminder": (*_HOURS, *_PLACE, "link"),
    "move": (*_HOURS, *_PLACE, "link", "moved_from"),
    "cancellation": ("starts", "timezone", "cancel_reason"),
    "recap": ("starts", "timezone", "recording"),
}


def told_by(kind: Kind, school: School, language: str) -> dict[str, Any]:
    """What a text of this kind tells of a school in one language, without what the school does not have.

    Names and topics are left out: a spelling that was corrected makes no post untrue. The link is there as a digest,
    together with the meeting's ID and access code.
    """
    facts = {
        "starts": _local(school.starts),
        "ends": _local(school.ends),
        "timezone": str(school.zone),
        "mode": school.mode,
        "venue": (school.venue or {}).get(language),
        "questions_until": _local(school.questions_until),
        "link": _link(kind, school),
        "moved_from": _local(school.moved_from),
        "cancel_reason": (school.cancel_reason or {}).get(language),
        "recording": school.recording,
    }
    return {key: facts[key] for key in _TOLD[kind] if facts[key]}


def may_hold(kind: Kind, school: School) -> bool:
    """Whether a text of this kind may be believed: of a cancelled school only the cancellation, else all else."""
    return school.is_cancelled == (kind == "cancellation")


def still_holds(told: Told, now: Told) -> bool:
    """Whether all that was told is so by now; what came later, as the link, makes nothing untrue that was said."""
    return all(now.get(key) == value for key, value in told.items())


def told_fingerprint(told: Told) -> str:
    """A digest of what is told: 32 hexadecimal digits."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def day_told(told: Told) -> datetime | None:
    """The start that was told (by an announcement or an invite), or None when that was not kept."""
    if not told:
        return None
    return datetime.fromisoformat(told["starts"]).replace(tzinfo=ZoneInfo(told["timezone"]))


def _link(kind: Kind, school: School) -> str | None:
    meeting = school.joining
    # Where people register for the link, only the text that brings it holds it.
    if meeting is None or (school.registration and kind != "link"):
        return None
    return hashlib.sha256(json.dumps(meeting).encode()).hexdigest()


def _local(moment: datetime | None) -> str | None:
    return moment.replace(tzinfo=None).isoformat() if moment else None
