"""How much of a stranger's file is read at most; what exceeds it is set aside or refused, with the limit named."""

from __future__ import annotations

from typing import Final, NamedTuple

KB: Final = 1024
MB: Final = 1024 * KB


class Limits(NamedTuple):
    """The limits in force; each can be set in `[limits]` of sessions.toml under its own name, with its unit.

    A workbook is inflated in memory before it is read: `zip_total_mb` and `zip_ratio` hold for it as well.
    """

    question_characters: int = 20_000
    message_mb: int = 25
    header_line_kb: int = 64
    headers: int = 1_000
    mime_depth: int = 50
    mime_parts: int = 500
    text_file_mb: int = 50
    csv_row_characters: int = 1_000_000
    zip_entry_mb: int = 20
    zip_total_mb: int = 100
    zip_entries: int = 1_000
    zip_ratio: int = 100
    workbook_mb: int = 50
    workbook_parts: int = 5_000
    workbook_cells: int = 1_000_000
    workbook_characters: int = 20_000_000

    @property
    def too_long(self) -> str:
        """Why a question that is longer than any may be is set aside."""
        return f"longer than {self.question_characters:,} characters"


DEFAULT_LIMITS: Final = Limits()
# Nobody switches the protection off by a slip of the finger: beyond these a hostile file fills memory or hours.
HIGHEST_LIMITS: Final = Limits(
    question_characters=100_000,
    message_mb=200,
    header_line_kb=1_024,
    headers=10_000,
    mime_depth=100,
    mime_parts=5_000,
    text_file_mb=1_000,
    csv_row_characters=10_000_000,
    zip_entry_mb=200,
    zip_total_mb=500,
    zip_entries=10_000,
    zip_ratio=1_000,
    workbook_mb=200,
    workbook_parts=20_000,
    workbook_cells=5_000_000,
    workbook_characters=100_000_000,
)
LIMIT_KEYS: Final = Limits._fields
