"""Tables of questions (CSV, TSV, semicolons, pipes): exports of forms and lists kept by hand.

Read as a stream, twice: a first pass for the order of day and month, a second one for the questions.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.domain.text import clean_line
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.charset import decode_text, detect_encoding
from schoolctl.importers.mojibake import repair_mojibake
from schoolctl.importers.phones import e164
from schoolctl.importers.source import SAMPLE_BYTES, DateOrder, ImportOptions, Source
from schoolctl.importers.table_columns import DELIMITERS, Layout, NoTextColumnError, find_layout
from schoolctl.importers.table_dates import DateEvidence, UnclearDateOrderError, has_unclear_dates, read_time

LONGEST_QUESTION = 20_000
LONGEST_FIELD = 1_000_000
# A quoted question of more lines than this is a quote that nobody closed.
MOST_LINES_IN_ROW = 1_000

_SAMPLE_ROWS = 200
_LINES_PER_PROGRESS = 256
# From this many columns on, lines of a text do not have the very number of delimiters by chance.
_TELLING_WIDTH = 3
_LONGEST_ADDRESS = 300
_UNICODE: Final = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})
_ESCAPED_BYTE = re.compile("[\ud800-\udfff]")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|:^~\t])"?\s*', re.IGNORECASE)
_NOT_TEXT: Final = (b"PK\3\4", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
# What other formats begin with: a mailbox, a mail, a WhatsApp export, a report of Zoom (its rows follow other headers).
_OTHER_FORMATS = re.compile(
    r"\W{0,3}(?:From \S|(?:Received|Return-Path|Delivered-To|MIME-Version): "
    r"|\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? [^,;\t\n]{4,20}(?: - |\] )\S)"
)
_ZOOM_REPORT = re.compile(r"(?i)\b(?:webinar id|meeting id|asker name|идентификатор вебинара|вебинар нөмірі)\b")
_ZOOM_WITHIN = 2_000
_EMAIL = re.compile(r"[^\s@<>,;:\"']{1,64}@[^\s@<>,;:\"']{1,190}\.[^\W\d_]{2,24}")
_phone = lru_cache(maxsize=10_000)(e164)


class Record(NamedTuple):  # made a million times: four times as fast as a frozen dataclass
    """One row of the file: its cells, what was mended in reading it, and why it is no row (empty when it is one)."""

    cells: Sequence[str]
    repairs: tuple[str, ...] = ()
    problem: str = ""


class _LineReader:
    """The lines of a table, decoded one by one; lines that a runaway quote took can be put back."""

    def __init__(self, source: Source, encoding: str, stream: BinaryIO) -> None:
        self._source, self._bytes, self._encoding = source, stream, encoding.removesuffix("-sig")
        errors = "surrogateescape" if self._encoding not in _UNICODE or self._encoding == "utf-8" else "replace"
        self._text = io.TextIOWrapper(stream, encoding, errors, newline="")
        self._returned: deque[str] = deque()
        self._guess = () if encoding in _UNICODE else (f"read as {encoding}",)
        self.taken: list[str] = []
        self.repairs: tuple[str, ...] = ()
        self._count = 0
        self.delimiter = ""
        first = self._next_line()
        separator = _SEPARATOR_LINE.fullmatch(first)
        if separator:
            self.delimiter = separator[1]
        else:
            self._returned.append(first)

    def lines(self) -> Iterator[str]:
        """The lines of one row after another, until a row grows beyond the limits."""
        size = 0
        while line := self._returned.popleft() if self._returned else self._next_line():
            size = size + len(line) if self.taken else len(line)
            self.taken.append(line)
            if size > LONGEST_FIELD or len(self.taken) > MOST_LINES_IN_ROW:
                return
            yield line

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.taken = []
        self.repairs = self._guess

    def put_back(self) -> None:
        """Read all lines of this row but the first again."""
        self._returned.extendleft(reversed(self.taken[1:]))

    def _next_line(self) -> str:
        """The next line with its line end; empty at the end of the file; a line that is too long loses its rest."""
        line = rest = self._text.readline(LONGEST_FIELD + 1)
        while len(rest) > LONGEST_FIELD and rest[-1] not in "\r\n":
            rest = self._text.readline(LONGEST_FIELD + 1)
        self._count += 1
        if not line or self._count % _LINES_PER_PROGRESS == 0:
            self._source.consumed = self._bytes.tell()
        return self._mend(line) if _ESCAPED_BYTE.search(line) else line

    def _mend(self, line: str) -> str:
        """A line that is not of the file's encoding: read by itself, rows of several programs may share a file."""
        if self._encoding != "utf-8":
            self.repairs += ("damaged: some characters could not be read",)
            return _ESCAPED_BYTE.sub("\ufffd", line)
        decoded = decode_text(line.encode("utf-8", "surrogateescape"))
        self.repairs += decoded.repairs
        return decoded.text


def _read_records(lines: _LineReader, delimiter: str, width: int) -> Iterator[Record]:
    """Every row that is not blank; `width` is the number of columns, 0 when it is not known yet."""
    csv.field_size_limit(2 * LONGEST_FIELD)
    reader = csv.reader(lines.lines(), delimiter=delimiter)
    while True:
        lines.begin_row()
        cells = next(reader, None)
        if not lines.taken:
            return
        # Nearly every row is one line: only the others can have taken too much.
        problem = _find_problem(lines.taken, cells, delimiter, width) if cells is None or len(lines.taken) > 1 else ""
        if problem:
            lines.put_back()
            reader = csv.reader(lines.lines(), delimiter=delimiter)
            cells = next(csv.reader([lines.taken[0][:LONGEST_QUESTION]], delimiter=delimiter), [])
        if problem or "".join(cells or ()).strip():
            yield Record(cells or (), lines.repairs, problem)


def _find_problem(taken: Sequence[str], cells: Sequence[str] | None, delimiter: str, width: int) -> str:
    """Why the lines taken for one row are none; empty when they are one."""
    if len(taken[0]) > LONGEST_FIELD:
        return "a row longer than 1 MB"
    too_much = cells is None or len(taken) > MOST_LINES_IN_ROW or sum(map(len, taken)) > LONGEST_FIELD
    if too_much or _swallows_rows(taken, delimiter, width):
        return "a quotation mark that is not closed"
    return ""


def _swallows_rows(taken: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a quoted cell of several lines is a quote left open, which took the rows after it."""
    try:
        tuple(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error:
        # Quotes inside a quoted text are a slip of the export; whole rows inside it are rows that would be lost.
        return width == 1 or any(line.count(delimiter) + 1 >= max(width, 2) for line in taken[1:])
    inner = taken[1:-1]
    return width >= _TELLING_WIDTH and len(inner) > 1 and all(line.count(delimiter) + 1 == width for line in inner)


class _RowReader:
    """Rows -> questions, by the layout of the table and what the organiser told."""

    def __init__(self, layout: Layout, orders: Mapping[str, DateOrder], options: ImportOptions) -> None:
        self._layout, self._columns = layout, layout.columns
        self._orders, self._options = orders, options
        self._own_names = {clean_line(name).lower() for name in options.own_names} - {""}
        self._own = {address.strip().lower() for address in options.own_addresses} - {""}
        self._own |= {number for address in options.own_addresses if (number := e164(address))}

    def read(self, position: int, record: Record) -> Draft | SetAside:
        """The question of one row, or why there is none."""
        if record.problem:
            draft = self._draft(position, record) if record.cells else None
            return SetAside(position, record.problem, draft)
        if tuple(record.cells) == self._layout.header:
            return SetAside(position, "the header row again")
        draft = self._draft(position, record)
        reason = self._reason(record, draft)
        return SetAside(position, reason, draft) if reason else draft

    def _reason(self, record: Record, draft: Draft) -> str:
        """Why a draft is no question; empty when it is one."""
        sender = draft.sender
        if not draft.text:
            is_comment = record.cells[0].startswith("#") and len(record.cells) < len(self._layout.header)
            return "a comment line" if is_comment else "no text in this row"
        if len(draft.text) > LONGEST_QUESTION:
            return "question longer than 20,000 characters"
        is_own = not self._own.isdisjoint((sender.email, sender.phone)) or sender.name.lower() in self._own_names
        return "the organisers' own message" if is_own else ""

    def _draft(self, position: int, record: Record) -> Draft:
        """What a row says; a text cell that lost its quotes is put together again."""
        cells, repairs = record.cells, list(record.repairs)
        original = self._text(cells, repairs)
        text, mended = repair_mojibake(original) if len(original) <= LONGEST_QUESTION else (original, ())
        received_at, zone_assumed = self._time(cells, repairs)
        return Draft(
            position,
            "form",
            text=text,
            original_text=original,
            sender=Sender(self._name(cells), self._email(cells, repairs), self._phone(cells, repairs)),
            received_at=received_at,
            zone_assumed=zone_assumed,
            repairs=(*repairs, *mended),
        )

    def _text(self, cells: Sequence[str], repairs: list[str]) -> str:
        """The texts of a row, joined by a blank line."""
        columns, width = self._columns.text, len(self._layout.header)
        if width and len(cells) > width and any(map(str.strip, cells[width:])):
            if columns[-1] != width - 1:
                repairs.append("damaged: the row has more cells than the header")
            else:
                # The delimiter stood unquoted in the last column's text and split it.
                cells = [*cells[: width - 1], self._layout.delimiter.join(cells[width - 1 :])]
                repairs.append("text put together from several cells")
        return "\n\n".join(_filled(cells, columns))

    def _name(self, cells: Sequence[str]) -> str:
        """The sender's name, from one column or from those of first and last name."""
        names = _filled(cells, self._columns.name)
        name = " ".join((" ".join(names) if self._columns.surname else "".join(names[:1])).split())
        return "" if name.lower() == "anonymous" else repair_mojibake(name)[0]

    def _email(self, cells: Sequence[str], repairs: list[str]) -> str:
        """The sender's address in lower case; MS Forms writes `anonymous` for nobody."""
        written = _filled(cells, self._columns.email)
        for cell in written:
            found = _EMAIL.search(cell[:_LONGEST_ADDRESS])
            if found:
                return found.group().lower()
        if any("@" in cell for cell in written):
            repairs.append("the e-mail address could not be read")
        return ""

    def _phone(self, cells: Sequence[str], repairs: list[str]) -> str:
        """The sender's number in E.164."""
        written = _filled(cells, self._columns.phone)
        number = next((number for cell in written if (number := _phone(cell[:_LONGEST_ADDRESS]))), "")
        if written and not number:
            repairs.append("the phone number could not be read")
        return number

    def _time(self, cells: Sequence[str], repairs: list[str]) -> tuple[datetime | None, bool]:
        """When the row was written, and whether its zone is assumed."""
        written = _filled(cells, self._columns.received_at)
        for cell in written:
            found = read_time(cell[:_LONGEST_ADDRESS], self._orders, self._options.zone)
            if found:
                return found.moment, found.zone_assumed
        if written:
            repairs.append("the date could not be read")
        return None, False


class TableImporter:
    """Delimited text tables; `--from csv`."""

    name = "csv"

    def recognises(self, source: Source) -> bool:
        """Whether the file is named as a table or has a header row that names a column of questions."""
        sample = source.sample
        text = decode_text(sample).text
        if sample.startswith(_NOT_TEXT) or _OTHER_FORMATS.match(text) or _ZOOM_REPORT.search(text[:_ZOOM_WITHIN]):
            return False
        if source.path.suffix.lower() in {".csv", ".tsv"}:
            return True
        try:
            layout = _find_layout(source, _find_encoding(source), {})
        except NoTextColumnError:
            return False
        return len(layout.header) > 1

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every row that is not blank, once, in order."""
        if source.sample.startswith(_NOT_TEXT):
            message = f"{source.name} is not a text table; save it as CSV first"
            raise UnreadableSourceError(message)
        if not source.sample.strip():
            message = f"{source.name} is empty"
            raise UnreadableSourceError(message)
        encoding = _find_encoding(source)
        try:
            layout = _find_layout(source, encoding, options.columns)
            orders = _decide_orders(source, encoding, layout, options)
        except (NoTextColumnError, UnclearDateOrderError) as error:
            message = f"{source.name}: {error}"
            raise UnreadableSourceError(message) from error
        rows = _RowReader(layout, orders, options)
        for position, record in enumerate(_data_records(source, encoding, layout), start=1):
            yield rows.read(position, record)


def _filled(cells: Sequence[str], columns: Sequence[int]) -> list[str]:
    """The cells of some columns that are not blank, without blanks around them."""
    if not columns:
        return []
    return [cell for column in columns if column < len(cells) and (cell := cells[column].strip())]


def _find_encoding(source: Source) -> str:
    """The encoding of a file, from the first part of it that is not plain ASCII."""
    if not source.sample.isascii():
        return detect_encoding(source.sample)
    with source.path.open("rb") as stream:
        while chunk := stream.read(SAMPLE_BYTES):
            if not chunk.isascii():
                return detect_encoding(chunk)
    return detect_encoding(source.sample)


def _find_layout(source: Source, encoding: str, chosen: Mapping[str, str]) -> Layout:
    """The layout of a table by its first rows. Raises NoTextColumnError."""
    samples: dict[str, list[Sequence[str]]] = {}
    for delimiter in DELIMITERS:
        with source.path.open("rb") as stream:
            lines = _LineReader(Source(source.path), encoding, stream)
            told = lines.delimiter or delimiter
            samples[told] = [record.cells for record in islice(_read_records(lines, told, 0), _SAMPLE_ROWS)]
    return find_layout(samples, chosen)


def _data_records(source: Source, encoding: str, layout: Layout) -> Iterator[Record]:
    """The rows below the header row."""
    with source.path.open("rb") as stream:
        lines = _LineReader(source, encoding, stream)
        for record in _read_records(lines, layout.delimiter, 0) if layout.header else ():
            if tuple(record.cells) == layout.header:
                break
        yield from _read_records(lines, layout.delimiter, len(layout.header) or 1)


def _decide_orders(source: Source, encoding: str, layout: Layout, options: ImportOptions) -> Mapping[str, DateOrder]:
    """The order of day and month for each separator of dates. Raises UnclearDateOrderError."""
    if options.date_order:
        return {"/": options.date_order, "-": options.date_order}
    evidence = DateEvidence()
    with source.path.open("rb") as stream:
        is_needed = encoding.startswith("utf-16") or has_unclear_dates(stream)
    if is_needed and layout.columns.received_at:
        for record in _data_records(Source(source.path), encoding, layout):
            for cell in _filled(record.cells, layout.columns.received_at):
                evidence.add(cell)
    return evidence.decide()


IMPORTER: Final = TableImporter()
