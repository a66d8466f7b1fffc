"""Tables of questions (CSV, TSV, semicolons, pipes): exports of forms and lists kept by hand.

Read as a stream, twice: a first pass for the order of day and month, a second one for the questions.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.limits import HIGHEST_LIMITS, Limits
from schoolctl.domain.question import Draft, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.charset import decode_text
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.table_columns import DELIMITERS, Layout, NoTextColumnError, find_layout
from schoolctl.importers.table_dates import DateEvidence, as_told, has_unclear_dates
from schoolctl.importers.table_records import LineReader, Record, find_encoding, read_records
from schoolctl.importers.table_rows import RowReader, filled

_SAMPLE_ROWS = 200
# Bounds what a quote that nobody closed can take while the layout is looked for.
_SAMPLE_BYTES = 1024 * 1024
_NOT_TEXT: Final = (b"PK\3\4", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
# What other formats begin with: a mailbox, a mail, a WhatsApp export, a report of Zoom (its rows follow other headers).
_OTHER_FORMATS = re.compile(
    r"\W{0,3}(?:From \S|(?:Received|Return-Path|Delivered-To|MIME-Version): "
    r"|\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? [^,;\t\n]{4,20}(?: - |\] )\S)"
)


class TableImporter:
    """Delimited text tables; `--from csv`."""

    name = "csv"

    def recognises(self, source: Source) -> bool:
        """Whether the file is named as a table or has a header row that names a column of questions."""
        sample = source.sample
        text = decode_text(sample).text
        if sample.startswith(_NOT_TEXT) or _OTHER_FORMATS.match(text):
            return False
        if source.path.suffix.lower() in {".csv", ".tsv"}:
            return True
        try:
            layout = _find_layout(source, find_encoding(source), {}, HIGHEST_LIMITS)
        except NoTextColumnError:
            return False
        # A single column named "question" could be the first line of any text.
        return len(layout.header) > 1

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every row that is not blank, once, in order."""
        if source.sample.startswith(_NOT_TEXT):
            message = f"{source.name} is not a text table; save it as CSV first"
            raise UnreadableSourceError(message)
        if not source.sample.strip():
            message = f"{source.name} is empty"
            raise UnreadableSourceError(message)
        encoding = find_encoding(source)
        try:
            layout = _find_layout(source, encoding, options.columns, options.limits)
            orders = _decide_orders(source, encoding, layout, options)
        except NoTextColumnError as error:
            message = f"{source.name}: {error}"
            raise UnreadableSourceError(message) from error
        rows = RowReader(layout, orders, options)
        for position, record in enumerate(_data_records(source, encoding, layout, options.limits), start=1):
            yield rows.read(position, record)


def _find_layout(source: Source, encoding: str, chosen: Mapping[str, str], limits: Limits) -> Layout:
    """The layout of a table by its first rows. Raises NoTextColumnError."""
    samples: dict[str, list[Sequence[str]]] = {}
    with source.path.open("rb") as stream:
        beginning = stream.read(_SAMPLE_BYTES)
    for delimiter in DELIMITERS:
        lines = LineReader(Source(source.path), encoding, io.BytesIO(beginning), limits)
        # A first line `sep=;`, which spreadsheet programs write, leaves nothing to be guessed.
        told = lines.delimiter or delimiter
        samples[told] = [record.cells for record in islice(read_records(lines, told, 0), _SAMPLE_ROWS)]
    return find_layout(samples, chosen)


def _data_records(source: Source, encoding: str, layout: Layout, limits: Limits) -> Iterator[Record]:
    """The rows below the header row."""
    with source.path.open("rb") as stream:
        lines = LineReader(source, encoding, stream, limits)
        for record in read_records(lines, layout.delimiter, 0) if layout.header else ():
            if tuple(record.cells) == layout.header:
                break
        yield from read_records(lines, layout.delimiter, len(layout.header) or 1)


def _decide_orders(source: Source, encoding: str, layout: Layout, options: ImportOptions) -> Mapping[str, DateOrder]:
    """The order of day and month for each separator of dates. Raises UndecidedDatesError."""
    if options.date_order:
        return as_told(options.date_order)
    evidence = DateEvidence()
    if layout.columns.received_at and _may_be_unclear(source, encoding):
        for record in _data_records(Source(source.path), encoding, layout, options.limits):
            for cell in filled(record.cells, layout.columns.received_at):
                evidence.add(cell)
    return evidence.decide(source.name)


def _may_be_unclear(source: Source, encoding: str) -> bool:
    """Whether the dates need a pass over all rows to be understood."""
    # The fast look searches for bytes that UTF-16 writes otherwise.
    if encoding.startswith("utf-16"):
        return True
    with source.path.open("rb") as stream:
        return has_unclear_dates(stream)


IMPORTER: Final = TableImporter()
