"""Questions as a CSV table that is safe to open in a spreadsheet: no cell can run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any

from schoolctl.domain.question import Question
from schoolctl.renderers.question_json import question_view

COLUMNS = (
    "id", "school", "channel", "received_at", "language", "status", "screening", "themes", "text", "sender",
    "source_file", "source_position",
)  # fmt: skip
# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, wide forms included.
_FORMULA_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")


def render_questions(questions: Iterable[Question], zone: tzinfo, *, reveal: bool) -> bytes:
    """UTF-8 with the mark by which Excel knows it, CRLF lines (RFC 4180); senders are masked unless `reveal`.

    The text is the redacted one unless `reveal`: a table travels further than a terminal.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for question in questions:
        writer.writerow(
            [_safe_cell(value) for value in _row(question_view(question, zone, reveal=reveal), reveal=reveal)]
        )
    return buffer.getvalue().encode("utf-8-sig")


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
    )


def _safe_cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
