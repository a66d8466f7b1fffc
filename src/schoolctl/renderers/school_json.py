"""A school, and a problem of a file, as the JSON that scripts read. Times are ISO 8601 with their offset."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schoolctl.domain.school import School, Speaker, Texts
from schoolctl.domain.vocabulary import STATUSES
from schoolctl.errors import Problem


def school_view(school: School, now: datetime, counts: Mapping[str, int]) -> dict[str, Any]:
    """A school; `counts` are its questions by status."""
    return {
        "id": school.id,
        "topic": dict(school.topic),
        "starts": school.starts.isoformat(),
        "ends": school.ends.isoformat(),
        "timezone": str(school.zone),
        "mode": school.mode,
        "venue": dict(school.venue) if school.venue else None,
        "format": school.format,
        "questions_until": _moment(school.questions_until),
        "status": school.status(now),
        "cancel_reason": dict(school.cancel_reason) if school.cancel_reason else None,
        "moved_from": _moment(school.moved_from),
        "meeting": _meeting(school),
        "registration": school.registration,
        "recording": school.recording or None,
        "moderator": _person(school.moderator) if school.moderator else None,
        "speakers": [_person(speaker) for speaker in school.speakers],
        "programme": [
            {
                "starts": begins.isoformat(),
                "ends": ends.isoformat(),
                "title": dict(item.title),
                "speakers": list(item.speakers),
            }
            for begins, ends, item in school.programme_times()
        ],
        "questions": {"total": sum(counts.values())} | {status: counts.get(status, 0) for status in STATUSES},
    }


def problem_view(problem: Problem) -> dict[str, Any]:
    """A problem of a file."""
    return {
        "file": problem.file,
        "line": problem.line,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


def _person(who: Speaker) -> dict[str, str | Texts | None]:
    return {"name": who.name, "role": who.role}


def _meeting(school: School) -> dict[str, str | None] | None:
    if school.meeting is None:
        return None
    meeting = school.meeting
    return {"url": meeting.url, "meeting_id": meeting.meeting_id or None, "passcode": meeting.passcode or None}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
