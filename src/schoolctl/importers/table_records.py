"""The rows of a delimited text, one after another; a quote that nobody closed loses its own row and no other."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, NamedTuple

from schoolctl.domain.limits import Limits
from schoolctl.importers.charset import decode_text, detect_encoding
from schoolctl.importers.source import SAMPLE_BYTES, Source

# A quoted question of more lines than this is a quote that nobody closed.
MOST_LINES_IN_ROW = 1_000

_LINES_PER_PROGRESS = 256
# From this many columns on, lines of a text do not have the very number of delimiters by chance.
_TELLING_WIDTH = 3
_UNICODE: Final = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})
_ESCAPED_BYTE = re.compile("[\ud800-\udfff]")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|:^~\t])"?\s*', re.IGNORECASE)


class Record(NamedTuple):  # made a million times: four times as fast as a frozen dataclass
    """One row of the file: its cells, what was mended in reading it, and why it is no row (empty when it is one)."""

    cells: Sequence[str]
    repairs: tuple[str, ...] = ()
    problem: str = ""


def find_encoding(source: Source) -> str:
    """The encoding of a file, from the first part of it that is not plain ASCII."""
    if not source.sample.isascii():
        return detect_encoding(source.sample)
    with source.path.open("rb") as stream:
        while chunk := stream.read(SAMPLE_BYTES):
            if not chunk.isascii():
                return detect_encoding(chunk)
    return detect_encoding(source.sample)


class LineReader:
    """The lines of a table, decoded one by one; lines that a runaway quote took can be put back."""

    def __init__(self, source: Source, encoding: str, stream: BinaryIO, limits: Limits) -> None:
        """Begin at the start of `stream`, the bytes of `source`."""
        self._source, self._bytes, self._encoding = source, stream, encoding.removesuffix("-sig")
        self.limits, self._longest = limits, limits.csv_row_characters
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
            if not self.taken and line.isspace():
                # Spreadsheets leave a million of these: they must not cost what a row costs.
                self._returned.append(self._skip_blank_lines())
                continue
            size = size + len(line) if self.taken else len(line)
            self.taken.append(line)
            if size > self._longest or len(self.taken) > MOST_LINES_IN_ROW:
                return
            yield line

    def _skip_blank_lines(self) -> str:
        """The next line that is not blank; empty at the end of the file."""
        if self._returned:
            return self._returned.popleft()
        read = self._text.readline
        line = read(self._longest + 1)
        while line.isspace():
            line = read(self._longest + 1)
        return self._complete(line)

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.taken = []
        self.repairs = self._guess

    def put_back(self) -> None:
        """Read all lines of this row but the first again."""
        self._returned.extendleft(reversed(self.taken[1:]))

    def _next_line(self) -> str:
        """The next line with its line end; empty at the end of the file; a line that is too long loses its rest."""
        return self._complete(self._text.readline(self._longest + 1))

    def _complete(self, line: str) -> str:
        rest = line
        while len(rest) > self._longest and rest[-1] not in "\r\n":
            rest = self._text.readline(self._longest + 1)
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


def read_records(lines: LineReader, delimiter: str, width: int) -> Iterator[Record]:
    """Every row that is not blank; `width` is the number of columns, 0 when it is not known yet."""
    limits = lines.limits
    csv.field_size_limit(2 * limits.csv_row_characters)
    reader = csv.reader(lines.lines(), delimiter=delimiter)
    while True:
        lines.begin_row()
        cells = next(reader, None)
        if not lines.taken:
            return
        # Nearly every row is one line: only the others can have taken too much.
        is_doubtful = cells is None or len(lines.taken) > 1
        problem = _find_problem(lines, cells, delimiter, width) if is_doubtful else ""
        if problem:
            lines.put_back()
            reader = csv.reader(lines.lines(), delimiter=delimiter)
            beginning = next(csv.reader([lines.taken[0][: limits.question_characters]], delimiter=delimiter), [])
            yield Record(beginning, lines.repairs, problem)
        elif cells and "".join(cells).strip():
            yield Record(cells, lines.repairs)


def _find_problem(lines: LineReader, cells: Sequence[str] | None, delimiter: str, width: int) -> str:
    """Why the lines taken for one row are none; empty when they are one."""
    taken, longest = lines.taken, lines.limits.csv_row_characters
    if len(taken[0]) > longest:
        return f"a row longer than {longest:,} characters"
    too_much = cells is None or len(taken) > MOST_LINES_IN_ROW or sum(map(len, taken)) > longest
    if too_much or _swallows_rows(taken, delimiter, width):
        return "a quotation mark that is not closed"
    return ""


def _swallows_rows(taken: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a quoted cell of several lines is a quote left open, which took the rows after it."""
    widths = [line.count(delimiter) + 1 for line in taken[1:]]
    try:
        tuple(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error:
        # Quotes inside a quoted text are a slip of the export; whole rows inside it are rows that would be lost.
        return width == 1 or max(widths, default=0) >= max(width, 2)
    # The last line ends the cell: what stands between is a list of rows when it has their width throughout.
    inner = widths[:-1]
    return width >= _TELLING_WIDTH and len(inner) > 1 and set(inner) == {width}
