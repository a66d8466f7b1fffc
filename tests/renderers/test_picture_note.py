"""A note inside a picture."""

from __future__ import annotations

import struct
import zlib

import pytest

from schoolctl.renderers.picture_note import note_in, with_note

FINGERPRINT = "0123456789abcdef" * 2


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


HEADER = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PIXEL = HEADER + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_a_note_is_found_and_stands_behind_the_header() -> None:
    noted = with_note(PIXEL, "2026-12-10-anemia", FINGERPRINT)
    assert note_in(noted) == ("2026-12-10-anemia", FINGERPRINT)
    note = chunk(b"tEXt", f"schoolctl\0 2026-12-10-anemia {FINGERPRINT}".replace("\0 ", "\0").encode())
    assert noted == HEADER + note + PIXEL[len(HEADER) :]


@pytest.mark.parametrize("picture", [PIXEL, b"", b"no picture", b"x" * 4096 + with_note(PIXEL, "a", FINGERPRINT)])
def test_a_picture_without_a_note_has_none(picture: bytes) -> None:
    assert note_in(picture) is None
