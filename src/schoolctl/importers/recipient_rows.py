"""The rows of a list of people, each with the line of the file it begins at: text tables and workbooks."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schoolctl.domain.limits import MB, Limits
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers import workbook
from schoolctl.importers.charset import decode_text
from schoolctl.importers.compound_file import is_compound_file
from schoolctl.importers.source import Source
from schoolctl.importers.spreadsheet.archive import check_archive
from schoolctl.importers.spreadsheet.measure import BrokenWorkbookError, ProtectedWorkbookError, WorkbookTooLargeError
from schoolctl.importers.spreadsheet.sheets import open_sheets
from schoolctl.importers.spreadsheet.xls_sheets import clean_xls
from schoolctl.importers.table_columns import DELIMITERS
from schoolctl.importers.table_records import LineReader, read_records

_NO_CONTENT = dict.fromkeys(map(ord, f'"{"".join(DELIMITERS)}'))


class RecipientRow(NamedTuple):
    """One row: the number of its line in the file, from 1 on, its cells, and why it is none (empty when it is one)."""

    line: int
    cells: Sequence[str]
    problem: str = ""


def is_workbook_file(source: Source) -> bool:
    """Whether the file is a workbook: each of its sheets is a table of its own."""
    return workbook.IMPORTER.recognises(source)


def read_text_readings(source: Source, limits: Limits) -> list[list[RecipientRow]]:
    """The rows of a text table as each delimiter parts them; one of these readings is the right one."""
    if source.size > limits.text_file_mb * MB:
        message = f"{source.name} is larger than {limits.text_file_mb:,} MB"
        raise UnreadableSourceError(message)
    text = decode_text(source.path.read_bytes()).text
    numbered = enumerate(io.StringIO(text, newline=""), start=1)
    lines = [(number, line) for number, line in numbered if _says(line)]
    readings: dict[str, list[RecipientRow]] = {}
    for delimiter in DELIMITERS:
        reader = _reader(source, "".join(line for _, line in lines), limits)
        # A first line `sep=;`, which spreadsheet programs write, leaves nothing to be guessed.
        told = reader.delimiter or delimiter
        readings[told] = list(_rows(reader, told, [number for number, _ in lines]))
    return list(readings.values())


def read_sheets(source: Source, limits: Limits) -> list[list[RecipientRow]]:
    """The rows of every visible sheet that has any. Raises UnreadableSourceError."""
    if source.size > limits.workbook_mb * MB:
        message = f"{source.name} is larger than {limits.workbook_mb:,} MB"
        raise UnreadableSourceError(message)
    try:
        if is_compound_file(source):
            return _sheets(clean_xls(source, limits))
        check_archive(source, limits)
        return _sheets(source.path.read_bytes())
    except (BrokenWorkbookError, ProtectedWorkbookError, WorkbookTooLargeError) as error:
        message = f"{source.name} {_reason(error)}"
        raise UnreadableSourceError(message) from error


def _sheets(content: bytes) -> list[list[RecipientRow]]:
    tables = [
        [RecipientRow(number, row) for number, row in enumerate(sheet.rows(), start=1) if any(map(str.strip, row))]
        for sheet in open_sheets(io.BytesIO(content))
    ]
    return [rows for rows in tables if rows]


def _reason(error: Exception) -> str:
    if isinstance(error, ProtectedWorkbookError):
        return "is protected with a password: save a copy without it"
    return str(error) or "cannot be read as a workbook"


def _says(line: str) -> bool:
    """Whether a line holds more than delimiters, quotes and blanks."""
    return bool(line.translate(_NO_CONTENT).strip())


def _reader(source: Source, text: str, limits: Limits) -> LineReader:
    return LineReader(Source(source.path), "utf-8", io.BytesIO(text.encode("utf-8", "replace")), limits)


def _rows(reader: LineReader, delimiter: str, numbers: Sequence[int]) -> Iterator[RecipientRow]:
    at = 1 if reader.delimiter else 0
    for record in read_records(reader, delimiter, 0):
        yield RecipientRow(numbers[at], record.cells, record.problem)
        # Of a quote that nobody closed only the first line is taken.
        at += 1 if record.problem else len(reader.taken)
