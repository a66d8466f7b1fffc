"""A question and a message set aside as columns of the store, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import cast

from schoolctl.domain.question import Mark, Question, Screening, Sender, SetAside, SourceRef
from schoolctl.domain.vocabulary import Aspect, Channel, ScreeningLabel, Status

COLUMNS = (
    "channel", "original_text", "text_digest",
    "sender_name", "sender_email", "sender_phone", "received_at", "zone_assumed", "source_file", "source_position",
    "message_id", "repairs", "person", "split_from",
    "school", "status", "reviewed", "decided", "language", "text", "redacted_text", "redactions", "screening_label",
    "screening_reasons", "screening_score", "themes", "theme_reasons", "group_id", "carried_from", "translations",
)  # fmt: skip
# What rules and people may change after the import. The digest stays that of the text as it came: by it the same
# message is known again whatever became of its wording.
CHANGEABLE = COLUMNS[COLUMNS.index("school") :]
# Made once: `json.dumps` with an option makes an encoder for every call.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def column_values(question: Question, digest: str, person: int | None) -> tuple[object, ...]:
    """What to store in the columns of a question; `person` is None for somebody new."""
    return (
        question.channel,
        question.original_text,
        digest,
        question.sender.name,
        question.sender.email,
        question.sender.phone,
        moment_text(question.received_at) if question.received_at else None,
        question.zone_assumed,
        storable(question.source.file),
        question.source.position,
        question.message_id,
        _list_text(question.repairs),
        person,
        question.split_from,
        *changeable_values(question),
    )


def changeable_values(question: Question) -> tuple[object, ...]:
    """What to store in the CHANGEABLE columns of a question."""
    return (
        question.school,
        question.status,
        int(question.reviewed),
        " ".join(sorted(question.decided)),
        question.language,
        question.text,
        question.redacted_text,
        _list_text(question.redactions),
        question.screening.label,
        _list_text(question.screening.reasons),
        question.screening.score,
        _list_text(question.themes),
        _list_text(question.theme_reasons),
        question.group,
        _list_text(question.carried_from),
        _JSON.encode(question.translations) if question.translations else "{}",
    )


def _list_text(items: Sequence[object]) -> str:
    # Nearly all of these are empty.
    return _JSON.encode(items) if items else "[]"


def question_in(row: sqlite3.Row) -> Question:
    """The question that a row holds."""
    received = row["received_at"]
    return Question(
        id=row["id"],
        channel=cast("Channel", row["channel"]),
        text=row["text"],
        original_text=row["original_text"],
        redacted_text=row["redacted_text"],
        language=row["language"],
        sender=Sender(row["sender_name"], row["sender_email"], row["sender_phone"]),
        received_at=datetime.fromisoformat(received) if received else None,
        zone_assumed=bool(row["zone_assumed"]),
        source=SourceRef(row["source_file"], row["source_position"]),
        screening=Screening(
            cast("ScreeningLabel", row["screening_label"]),
            tuple(json.loads(row["screening_reasons"])),
            row["screening_score"],
        ),
        message_id=row["message_id"],
        school=row["school"],
        status=cast("Status", row["status"]),
        reviewed=bool(row["reviewed"]),
        themes=tuple(json.loads(row["themes"])),
        theme_reasons=tuple(json.loads(row["theme_reasons"])),
        redactions=tuple(Mark(*mark) for mark in json.loads(row["redactions"])),
        group=row["group_id"],
        decided=frozenset(cast("list[Aspect]", row["decided"].split())),
        repairs=tuple(json.loads(row["repairs"])),
        person=row["person"] or row["id"],
        split_from=row["split_from"],
        carried_from=tuple(json.loads(row["carried_from"])),
        translations=json.loads(row["translations"]),
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
