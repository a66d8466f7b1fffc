"""A note inside a PNG picture (a tEXt chunk, PNG specification 11.3.3.2): picture programs keep it or drop it."""

from __future__ import annotations

import re
import struct
import zlib

_SIGNATURE_AND_HEADER = 8 + 25
_KEYWORD = b"schoolctl"
_NOTE = re.compile(rb"tEXt" + _KEYWORD + rb"\0([a-z0-9-]{1,64}) ([0-9a-f]{32})")
# The note stands at the beginning: a picture of many megabytes need not be searched.
_SEARCHED = 4096


def with_note(picture: bytes, school_id: str, fingerprint: str) -> bytes:
    """The picture with the school it is about and the fingerprint of what it shows."""
    content = b"tEXt" + _KEYWORD + b"\0" + f"{school_id} {fingerprint}".encode("ascii")
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return picture[:_SIGNATURE_AND_HEADER] + chunk + picture[_SIGNATURE_AND_HEADER:]


def note_in(picture: bytes) -> tuple[str, str] | None:
    """The school's ID and the fingerprint; None for a picture without a note."""
    found = _NOTE.search(picture[:_SEARCHED])
    return (found[1].decode("ascii"), found[2].decode("ascii")) if found else None
