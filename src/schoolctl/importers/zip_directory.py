"""The list of entries at the end of a zip archive: how large it is, told before Python reads it into memory."""

from __future__ import annotations

import struct
from typing import Final

from schoolctl.importers.source import Source

END_RECORD: Final = b"PK\x05\x06"
ZIP_SIGNATURES: Final = (b"PK\x03\x04", END_RECORD)

# The list of an honest archive is far smaller: an entry needs 50 to 200 bytes of it, with its name.
_ENTRY_BYTES = 200
_SMALL_DIRECTORY = 1024 * 1024
_END_RECORD_BYTES = 22
_LONGEST_COMMENT = 65535
_SIZE_AT = 12


def largest_directory(entries: int) -> int:
    """How many bytes the list of an archive may take that may hold so many entries."""
    return max(_SMALL_DIRECTORY, entries * _ENTRY_BYTES)


def read_directory_size(source: Source) -> int | None:
    """The size of the list of entries in bytes, as the archive claims it; None when there is no such list."""
    with source.path.open("rb") as stream:
        stream.seek(max(0, source.size - _END_RECORD_BYTES - _LONGEST_COMMENT))
        tail = stream.read()
    start = tail.rfind(END_RECORD)
    if start < 0 or len(tail) - start < _END_RECORD_BYTES:
        return None
    size: int = struct.unpack_from("<L", tail, start + _SIZE_AT)[0]
    return size
