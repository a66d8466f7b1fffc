"""The sheets of .xls files (BIFF5, BIFF8), measured record by record and stripped of what is not needed.

The library that reads them makes room for whatever a record claims and unfolds formulas and names nobody asked for: it
is given the sheets' cells alone, in a container without surprises. Source: [MS-XLS], Excel Binary File Format.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from typing import Final, NamedTuple

from schoolctl.domain.limits import Limits
from schoolctl.importers.compound_file import BrokenCompoundFileError, CompoundFile, write_compound_file
from schoolctl.importers.source import Source
from schoolctl.importers.spreadsheet.measure import BrokenWorkbookError, Measure, ProtectedWorkbookError

STREAMS: Final = ("Workbook", "Book")
# Streams that hold a whole encrypted .xlsx file.
ENCRYPTED: Final = "EncryptedPackage"

_FORMULA, _EOF, _FILEPASS, _CONTINUE, _BOUNDSHEET, _MULRK = 0x06, 0x0A, 0x2F, 0x3C, 0x85, 0xBD
_SST, _LABELSST = 0xFC, 0xFD
# Numbers, truth values, texts and formulas; empty cells are left out.
_CELLS: Final = frozenset((_FORMULA, _MULRK, _LABELSST, 0x203, 0x204, 0x205, 0x27E))
# Beside the cells: beginnings, the code page, how dates are counted, formats, names of sheets, results of formulas.
_NEEDED: Final = _CELLS | {_EOF, 0x22, _CONTINUE, 0x42, _BOUNDSHEET, 0xE0, _SST, 0x207, 0x41E, 0x809}
_UNKNOWN: Final = b"\xff\xff"
_HEADER_BYTES = 4
_PLACE_BYTES = 4
_LABEL_AT, _LABELSST_BYTES = 6, 10
_FORMULA_AT, _FORMULA_BYTES = 20, 22
_WIDE, _PHONETIC, _RICH = 0x1, 0x4, 0x8
_MOST_SHEETS = 1000


class _Record(NamedTuple):
    """One record of the stream: what it is, its bytes, where it begins and where the next one does."""

    kind: int
    data: bytes
    start: int
    end: int


class _Beginning(NamedTuple):
    """The part of the stream before the sheets: where they start, the shared texts' lengths, and where it ends."""

    sheets: list[int]
    lengths: array[int]
    end: int


def clean_xls(source: Source, limits: Limits) -> bytes:
    """A file of the same cells and nothing else.

    Raises WorkbookTooLargeError, ProtectedWorkbookError, BrokenWorkbookError.
    """
    try:
        with source.path.open("rb") as stream:
            compound = CompoundFile(stream, source.size)
            if ENCRYPTED in compound.names:
                raise ProtectedWorkbookError
            name = next((name for name in STREAMS if name in compound.names), "")
            data = bytearray(compound.read(name))
        _clean(data, Measure(limits))
    except (BrokenCompoundFileError, struct.error) as error:
        raise BrokenWorkbookError from error
    return write_compound_file(name, data)


def _clean(data: bytearray, measure: Measure) -> None:
    """Measure the sheets that the beginning of a workbook's stream lists, and strip all of it."""
    sheets, lengths, end = _clean_beginning(data, measure)
    if len(sheets) > _MOST_SHEETS:
        raise BrokenWorkbookError
    for start in sorted(sheets):
        # Sheets that overlap would be changed by the stripping of one another.
        if start < end:
            raise BrokenWorkbookError
        end = _clean_sheet(data, start, measure, lengths)


def _clean_beginning(data: bytearray, measure: Measure) -> _Beginning:
    """Measure the shared texts and strip the records before the sheets."""
    lengths = array("I")
    sheets: list[int] = []
    end = 0
    for record in _records(data, 0):
        if record.kind == _FILEPASS:
            raise ProtectedWorkbookError
        if record.kind == _BOUNDSHEET:
            sheets.append(struct.unpack_from("<I", record.data)[0])
        elif record.kind == _SST:
            lengths = _shared_lengths(data, record)
            measure.add_text(sum(lengths))
        _strip(data, record)
        end = record.end
    return _Beginning(sheets, lengths, end)


def _clean_sheet(data: bytearray, start: int, measure: Measure, lengths: array[int]) -> int:
    """Measure and strip the sheet that begins at `start`; returns where it ends."""
    measure.begin_sheet()
    end = start
    for record in _records(data, start):
        _count(record, measure, lengths)
        _strip(data, record)
        end = record.end
    return end


def _records(data: bytearray, start: int) -> Iterator[_Record]:
    """The records from `start` to the end of that part of the stream."""
    while start + _HEADER_BYTES <= len(data):
        kind, size = struct.unpack_from("<HH", data, start)
        if kind == _EOF:
            return
        end = start + _HEADER_BYTES + size
        yield _Record(kind, bytes(data[start + _HEADER_BYTES : end]), start, end)
        start = end


def _strip(data: bytearray, record: _Record) -> None:
    """Make a record that is not needed one that nobody knows, and a formula one without operands."""
    if record.kind not in _NEEDED:
        data[record.start : record.start + len(_UNKNOWN)] = _UNKNOWN
    elif record.kind == _FORMULA and len(record.data) >= _FORMULA_BYTES:
        at = record.start + _HEADER_BYTES + _FORMULA_AT
        data[at : at + 2] = bytes(2)


def _count(record: _Record, measure: Measure, lengths: array[int]) -> None:
    """Count the cells of a record."""
    if record.kind not in _CELLS or len(record.data) < _PLACE_BYTES:
        return
    row, column = struct.unpack_from("<HH", record.data)
    if record.kind == _MULRK:
        # A record of many numbers ends with its last column.
        last = struct.unpack_from("<H", record.data, len(record.data) - 2)[0]
        measure.add(row, column, columns=max(1, last - column + 1))
    else:
        measure.add(row, column, _length(record, lengths))


def _length(record: _Record, lengths: array[int]) -> int:
    """How many characters the cell of a record takes, its own or those of the shared text that it names."""
    if record.kind != _LABELSST or len(record.data) < _LABELSST_BYTES:
        # A record's bytes are no fewer than its letters: enough for a limit.
        return len(record.data)
    at: int = struct.unpack_from("<I", record.data, _LABEL_AT)[0]
    return lengths[at] if at < len(lengths) else 0


def _shared_lengths(data: bytearray, first: _Record) -> array[int]:
    """The lengths of the shared texts, which may go on in the records that follow."""
    parts = [first.data]
    for record in _records(data, first.end):
        if record.kind != _CONTINUE:
            break
        parts.append(record.data)
    return _Texts(parts).lengths()


class _Texts:
    """Texts that run over several records; each record that begins within letters first says how wide they are."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part = self._at = 0

    def lengths(self) -> array[int]:
        """How many letters each text has. The library makes room for as many texts as the record claims."""
        found = array("I")
        _, count = struct.unpack("<II", self._take(8))
        while len(found) < count:
            found.append(self._text())
        return found

    def _text(self) -> int:
        """Pass over one text and tell its length."""
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & _RICH else 0
        phonetic = struct.unpack("<I", self._take(4))[0] if flags & _PHONETIC else 0
        self._pass_letters(length, flags)
        self._pass(4 * runs + phonetic)
        return int(length)

    def _pass_letters(self, count: int, flags: int) -> None:
        """Pass over letters of one or two bytes."""
        while count:
            width = 2 if flags & _WIDE else 1
            here = min(count, (len(self._parts[self._part]) - self._at) // width)
            self._at += here * width
            count -= here
            if count:
                self._next_part()
                flags = self._take(1)[0]

    def _next_part(self) -> None:
        if self._part + 1 >= len(self._parts):
            raise BrokenWorkbookError
        self._part, self._at = self._part + 1, 0

    def _take(self, count: int) -> bytes:
        """The next bytes, which never stand in two records."""
        if self._at >= len(self._parts[self._part]):
            self._next_part()
        taken = self._parts[self._part][self._at : self._at + count]
        self._at += count
        return taken

    def _pass(self, count: int) -> None:
        """Pass over bytes that may run over several records."""
        while count > len(self._parts[self._part]) - self._at:
            count -= len(self._parts[self._part]) - self._at
            self._next_part()
        self._at += count
