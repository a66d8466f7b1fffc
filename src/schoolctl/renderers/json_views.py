"""The JSON that scripts read: one function for each thing shown. Times are ISO 8601 with their offset."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from schoolctl.domain.privacy import full_sender, mask_sender
from schoolctl.domain.question import STATUSES, ImportAccount, Question
from schoolctl.domain.school import School
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
        "speakers": [{"name": speaker.name, "role": speaker.role} for speaker in school.speakers],
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


def question_view(question: Question, zone: tzinfo, *, reveal: bool) -> dict[str, Any]:
    """A question; its sender is masked, and its texts are the redacted ones, unless `reveal`."""
    received = question.received_at
    return {
        "id": question.id,
        "school": question.school,
        "channel": question.channel,
        "received_at": received.astimezone(zone).isoformat() if received else None,
        "zone_assumed": question.zone_assumed,
        "language": question.language,
        "text": question.text,
        "original_text": question.original_text,
        "redacted_text": question.redacted_text,
        "sender": full_sender(question.sender) if reveal else mask_sender(question.sender),
        "status": question.status,
        "reviewed": question.reviewed,
        "screening": {"label": question.screening.label, "reasons": list(question.screening.reasons)},
        "themes": list(question.themes),
        "group": question.group,
        "source": {"file": question.source.file, "position": question.source.position},
        "repairs": list(question.repairs),
    }


def account_view(account: ImportAccount) -> dict[str, Any]:
    """The account of an import."""
    return {
        "seen": account.seen,
        "imported": account.imported,
        "duplicates": account.duplicates,
        "updated": account.updated,
        "set_aside": [
            {"source": note.source, "position": note.position, "reason": note.reason} for note in account.set_aside
        ],
        "refused": [{"source": refusal.source, "reason": refusal.reason} for refusal in account.refused],
        "warnings": list(account.warnings),
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


def _meeting(school: School) -> dict[str, str | None] | None:
    if school.meeting is None:
        return None
    meeting = school.meeting
    return {"url": meeting.url, "meeting_id": meeting.meeting_id or None, "passcode": meeting.passcode or None}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
