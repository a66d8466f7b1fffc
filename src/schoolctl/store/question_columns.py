"""A question and a message set aside as columns of the store."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime

from schoolctl.domain.question import Question, SetAside

COLUMNS = (
    "school", "channel", "status", "reviewed", "language", "text", "original_text", "redacted_text", "text_digest",
    "sender_name", "sender_email", "sender_phone", "received_at", "zone_assumed", "source_file", "source_position",
    "message_id", "screening_label", "screening_reasons", "themes", "group_id", "repairs",
    "person",
)  # fmt: skip


def column_values(question: Question, digest: str) -> tuple[object, ...]:
    """What to store in the columns of a question."""
    return (
        question.school,
        question.channel,
        question.status,
        question.reviewed,
        question.language,
        question.text,
        question.original_text,
        question.redacted_text,
        digest,
        question.sender.name,
        question.sender.email,
        question.sender.phone,
        moment_text(question.received_at) if question.received_at else None,
        question.zone_assumed,
        storable(question.source.file),
        question.source.position,
        question.message_id,
        question.screening.label,
        json.dumps(question.screening.reasons, ensure_ascii=False),
        json.dumps(question.themes),
        question.group,
        json.dumps(question.repairs, ensure_ascii=False),
        question.person or None,
    )


def set_aside_values(file: str, item: SetAside) -> tuple[object, ...]:
    """What to store of a message set aside: digest, source_file, source_position, reason, draft."""
    draft = asdict(item.draft) if item.draft else None
    # Escaped: what an importer set aside is not cleaned, and may hold what SQLite does not take.
    encoded = json.dumps(draft, sort_keys=True, default=moment_text) if draft else None
    return _set_aside_identity(file, item), storable(file), item.position, storable(item.reason), encoded


def storable(text: str) -> str:
    """A text as every database takes it."""
    # The name of a file may hold bytes that are no UTF-8; SQLite takes none.
    return text.encode("utf-8", "replace").decode()


def _set_aside_identity(file: str, item: SetAside) -> str:
    draft = item.draft
    parts = (
        [item.reason, draft.message_id, draft.sender.person, str(draft.received_at), draft.original_text]
        if draft
        else [item.reason, file, str(item.position)]
    )
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def moment_text(moment: datetime) -> str:
    """A moment in UTC; such texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat()
