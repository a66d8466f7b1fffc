"""Questions, and the account of an import, as the JSON that scripts read. Times are ISO 8601 with their offset."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from schoolctl.domain.privacy import full_sender, mask_sender
from schoolctl.domain.question import ImportAccount, Question, StoredSetAside


def question_view(question: Question, zone: tzinfo, *, reveal: bool) -> dict[str, Any]:
    """A question; its sender is masked unless `reveal`. `redacted_text` is the wording that may be passed on."""
    received = question.received_at
    return {
        "id": question.id,
        "school": question.school or None,
        "channel": question.channel,
        "received_at": received.astimezone(zone).isoformat() if received else None,
        "zone_assumed": question.zone_assumed,
        "language": question.language,
        "text": question.text,
        "original_text": question.original_text,
        "redacted_text": question.redacted_text,
        "person": question.person,
        "sender": full_sender(question.sender) if reveal else mask_sender(question.sender),
        "status": question.status,
        "reviewed": question.reviewed,
        "screening": {
            "label": question.screening.label,
            "reasons": list(question.screening.reasons),
            "score": question.screening.score,
        },
        "themes": list(question.themes),
        "theme_reasons": list(question.theme_reasons),
        "redactions": [{"kind": mark.kind, "rule": mark.rule} for mark in question.redactions],
        "group": question.group,
        "decided": sorted(question.decided),
        "split_from": question.split_from,
        "carried_from": list(question.carried_from),
        "translations": dict(question.translations),
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
        "sources": [
            {
                "source": file.source,
                "imported": file.imported,
                "duplicates": file.duplicates,
                "updated": file.updated,
                "set_aside": file.set_aside,
                "unchanged": file.is_unchanged,
            }
            for file in account.files
        ],
    }


def set_aside_view(message: StoredSetAside, *, reveal: bool) -> dict[str, Any]:
    """A message set aside; the beginning of its text and its sender are only shown when `reveal`."""
    draft = message.draft
    return {
        "id": message.id,
        "source": {"file": message.source.file, "position": message.source.position},
        "reason": message.reason,
        "text": draft.original_text if draft and reveal else None,
        "sender": (full_sender if reveal else mask_sender)(draft.sender) if draft else "",
        "restorable": draft is not None and bool(draft.original_text.strip()),
        "question": message.question,
    }
