"""Compound files (.xls, .msg) whose tables of sectors are written by hand."""

from __future__ import annotations

import io
import struct
from array import array

import pytest

from schoolctl.importers.compound_file import SIGNATURE, CompoundFile, find_names, write_compound_file

from .reading import Write

SOURCE_NAME = "book"


def compound_header(**fields: int) -> bytes:
    """A header of version 3 whose list of table sectors goes on in sector 0, and nothing stands in itself."""
    values = {"shift": 9, "directory": 2, "tables": 0} | fields
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, values["shift"], 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, values["directory"], 0, 4096, 0xFFFFFFFE, 0, values["tables"], 1)
    return head + b"\xff" * 436


def test_a_table_whose_own_list_goes_on_in_a_sector() -> None:
    listed = struct.pack("<I", 1) + b"\xff" * 504 + struct.pack("<I", 0xFFFFFFFE)
    table = array("I", [0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, *range(4, 11), 0xFFFFFFFE]).tobytes().ljust(512, b"\xff")
    written = write_compound_file("Book", bytes(4096))
    directory = bytearray(written[2 * 4096 : 2 * 4096 + 512])
    struct.pack_into("<I", directory, 128 + 116, 3)
    content = compound_header() + listed + table + bytes(directory) + bytes(range(256)) * 16
    compound = CompoundFile(io.BytesIO(content), len(content))
    assert compound.names == {"Book"}
    assert compound.read("Book") == bytes(range(256)) * 16


@pytest.mark.parametrize(
    "content",
    [
        SIGNATURE,
        compound_header(shift=11) + bytes(2000),
        compound_header(tables=0) + struct.pack("<I", 0xFFFFFFFF) * 127 + struct.pack("<I", 0),
        compound_header(tables=900) + bytes(2000),
        compound_header(tables=0xFFFFFFFE) + bytes(2000),
        compound_header() + struct.pack("<I", 1) * 127 + struct.pack("<I", 0xFFFFFFFE) + bytes(512),
    ],
)
def test_tables_that_make_no_sense(write: Write, content: bytes) -> None:
    assert find_names(write(content)) == set()
