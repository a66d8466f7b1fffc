"""Questions as a CSV table that is safe to open in a spreadsheet: no cell can run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any

from schoolctl.domain.question import Question
from schoolctl.renderers.csv_table import csv_table
from schoolctl.renderers.question_json import question_view

COLUMNS = (
    "id", "school", "channel", "received_at", "language", "status", "screening", "themes", "text", "sender",
    "source_file", "source_position", "translations",
)  # fmt: skip


def render_questions(questions: Iterable[Question], zone: tzinfo, *, reveal: bool) -> bytes:
    """UTF-8 with the mark by which Excel knows it, CRLF lines (RFC 4180); senders are masked unless `reveal`.

    The text is the redacted one unless `reveal`: a table travels further than a terminal.
    """
    views = (question_view(question, zone, reveal=reveal) for question in questions)
    return csv_table(COLUMNS, (_row(view, reveal=reveal) for view in views))


def _row(view: dict[str, Any], *, reveal: bool) -> Sequence[Any]:
    return (
        view["id"],
        view["school"] or "",
        view["channel"],
        view["received_at"] or "",
        view["language"],
        view["status"],
        view["screening"]["label"],
        ", ".join(view["themes"]),
        view["text"] if reveal else view["redacted_text"],
        view["sender"],
        view["source"]["file"],
        view["source"]["position"],
        "\n".join(f"{language}: {text}" for language, text in view["translations"].items()),
    )
