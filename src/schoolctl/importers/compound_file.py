"""OLE2 compound files (.xls, .msg): the names at the top and the bytes of a stream, read under limits.

Source: [MS-CFB], Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from schoolctl.importers.source import Source

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = struct.Struct("<24xHHHHH6x3I4xIIIII")
_HEADER_BYTES = 512
_HEADER_TABLE_AT = 76
_ENTRY = struct.Struct("<64sHBx3I36xIQ")
_SECTOR_SHIFTS: Final = (9, 12)
_SHORT_SHIFT = 6
_END = 0xFFFF_FFFA  # this and all above mark ends and special sectors
_TABLE_SECTOR, _CHAIN_END, _FREE = 0xFFFF_FFFD, 0xFFFF_FFFE, 0xFFFF_FFFF
_ROOT = 5
_STREAM = 2
_MOST_ENTRIES = 100_000
# Of the files written here: version 4, whose header has room for the table of 400 MB.
_VERSION, _LITTLE_ENDIAN, _LARGE_SHIFT, _SHORT_BELOW, _PLACES_IN_HEADER = 4, 0xFFFE, 12, 4096, 109
_SECTOR_BYTES = 1 << _LARGE_SHIFT
_NUMBERS_IN_SECTOR = _SECTOR_BYTES // 4


class BrokenCompoundFileError(ValueError):
    """The file's own tables contradict each other."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name of the directory: its kind, its neighbours in the tree and where its bytes begin."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def is_compound_file(source: Source) -> bool:
    """Whether the file's first bytes are those of an OLE2 compound file."""
    return source.sample.startswith(SIGNATURE)


def find_names(source: Source) -> frozenset[str]:
    """The names at the top level of a compound file; none when its tables make no sense."""
    try:
        with source.path.open("rb") as stream:
            return CompoundFile(stream, source.size).names
    except (BrokenCompoundFileError, OSError):
        return frozenset()


class CompoundFile:
    """A compound file's top level. All methods raise BrokenCompoundFileError for files that make no sense."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        """Read the tables of `stream`, which has `size` bytes and stays open."""
        self._stream = stream
        header = stream.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or not header.startswith(SIGNATURE):
            raise BrokenCompoundFileError
        fields = _HEADER.unpack_from(header)
        self._shift = fields[3]
        if self._shift not in _SECTOR_SHIFTS:
            raise BrokenCompoundFileError
        self._sectors = size >> self._shift
        directory, self._short_below, short_table, tables = fields[7], fields[8], fields[9], fields[11]
        self._next = self._read_table(header, tables)
        self._entries = tuple(self._read_entries(directory))
        if not self._entries or self._entries[0].kind != _ROOT:
            raise BrokenCompoundFileError
        self._short_table = short_table
        self._tops = {entry.name: entry for entry in self._children()}

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams and storages at the top level."""
        return frozenset(self._tops)

    def read(self, name: str) -> bytes:
        """The bytes of a stream at the top level."""
        entry = self._tops.get(name)
        if entry is None or entry.kind != _STREAM or entry.size > self._sectors << self._shift:
            raise BrokenCompoundFileError
        if entry.size >= self._short_below:
            return self._read_chain(entry.start, entry.size)
        # Short streams lie together in one long stream of the root, in sectors of 64 bytes.
        container = self._read_chain(self._entries[0].start, self._entries[0].size)
        table = array("I", self._read_chain(self._short_table))
        sectors = _chain(table, entry.start)
        data = b"".join(container[at << _SHORT_SHIFT : (at + 1) << _SHORT_SHIFT] for at in sectors)
        return data[: entry.size]

    def _sector(self, number: int) -> bytes:
        """The bytes of one sector; the last one of a file may be cut."""
        self._stream.seek((number + 1) << self._shift)
        data = self._stream.read(1 << self._shift)
        if not data:
            raise BrokenCompoundFileError
        return data.ljust(1 << self._shift, b"\0")

    def _read_table(self, header: bytes, more: int) -> array[int]:
        """The table that names each sector's successor; `more` is where the list of its own sectors goes on."""
        numbers = array("I", header[_HEADER_TABLE_AT:])
        visited = 0
        while more < _END:
            visited += 1
            if visited > self._sectors:
                raise BrokenCompoundFileError
            part = array("I", self._sector(more))
            more = part.pop()
            numbers.extend(part)
        used = [number for number in numbers if number < _END]
        if len(used) > self._sectors:
            raise BrokenCompoundFileError
        return array("I", b"".join(map(self._sector, used)))

    def _read_chain(self, start: int, size: int | None = None) -> bytes:
        """The bytes of a chain of sectors."""
        return b"".join(map(self._sector, _chain(self._next, start)))[:size]

    def _read_entries(self, start: int) -> Iterator[_Entry]:
        """The entries of the directory."""
        data = self._read_chain(start)
        for number, fields in enumerate(_ENTRY.iter_unpack(data)):
            if number >= _MOST_ENTRIES:
                raise BrokenCompoundFileError
            name = fields[0][: max(0, fields[1] - 2)].decode("utf-16-le", "replace")
            # Writers of version 3 leave rubbish in the upper half of the size.
            size = fields[7] & 0xFFFF_FFFF
            yield _Entry(name, fields[2], fields[3], fields[4], fields[5], fields[6], size)

    def _children(self) -> Iterator[_Entry]:
        """The entries at the top level, which hang in a tree below the root."""
        waiting, visited = [self._entries[0].child], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= len(self._entries) or number in visited:
                continue
            visited.add(number)
            entry = self._entries[number]
            waiting += (entry.left, entry.right)
            yield entry


def write_compound_file(name: str, data: bytes | bytearray) -> bytes:
    """A compound file that holds the stream `name` and nothing else; zeros may follow its `data`."""
    size = max(len(data), _SHORT_BELOW)
    sectors = -(-size // _SECTOR_BYTES)
    # The directory has one sector after the stream's; the table describes its own sectors as well.
    tables = 1
    while tables * _NUMBERS_IN_SECTOR < sectors + 1 + tables:
        tables += 1
    table = array("I", (*range(1, sectors), _CHAIN_END, _CHAIN_END, *[_TABLE_SECTOR] * tables))
    table.extend([_FREE] * (tables * _NUMBERS_IN_SECTOR - len(table)))
    places = array("I", range(sectors + 1, sectors + 1 + tables))
    places.extend([_FREE] * (_PLACES_IN_HEADER - tables))
    fields = (0, _VERSION, _LITTLE_ENDIAN, _LARGE_SHIFT, _SHORT_SHIFT, 1, tables, sectors, _SHORT_BELOW)
    header = _HEADER.pack(*fields, _CHAIN_END, 0, _CHAIN_END, 0) + places.tobytes()
    # Some readers want short streams to begin somewhere, even when there are none: any sector will do.
    root = _pack_entry("Root Entry", _ROOT, 1, sectors, 0)
    parts = (
        (SIGNATURE + header[len(SIGNATURE) :]).ljust(_SECTOR_BYTES, b"\0"),
        data,
        bytes(sectors * _SECTOR_BYTES - len(data)),
        (root + _pack_entry(name, _STREAM, _FREE, 0, size)).ljust(_SECTOR_BYTES, b"\0"),
        table.tobytes(),
    )
    return b"".join(parts)


def _pack_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """An entry of the directory without neighbours."""
    written = name.encode("utf-16-le")
    return _ENTRY.pack(written, len(written) + 2, kind, _FREE, _FREE, child, start, size)


def _chain(table: array[int], start: int) -> Iterator[int]:
    """The sectors that follow one another from `start`; a chain that never ends is broken."""
    left = len(table)
    while start < _END:
        if left == 0 or start >= len(table):
            raise BrokenCompoundFileError
        left -= 1
        yield start
        start = table[start]
