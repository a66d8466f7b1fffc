"""A CSV table that is safe to open in a spreadsheet: no cell can run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, wide forms included.
_FORMULA_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, CRLF lines (RFC 4180); None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_safe_cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _safe_cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
