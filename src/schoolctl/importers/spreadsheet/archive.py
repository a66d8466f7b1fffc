"""Workbooks that are zip archives (.xlsx, .ods): which they are, and refusal of those that are no honest ones."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

from schoolctl.domain.limits import HIGHEST_LIMITS, MB, Limits
from schoolctl.importers.source import Source
from schoolctl.importers.spreadsheet.measure import (
    BrokenWorkbookError,
    Measure,
    ProtectedWorkbookError,
    WorkbookTooLargeError,
)
from schoolctl.importers.spreadsheet.xml_sheets import OdsSheets, SharedTexts, XlsxSheet
from schoolctl.importers.zip_directory import ZIP_SIGNATURES, largest_directory, read_directory_size

Kind = Literal["xlsx", "ods"]

# Short repetitive parts inflate a hundredfold and are harmless; bombs are recognised beyond this size.
_RATIO_MATTERS_FROM = 1024 * 1024
_PIECE = 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_BINARY: Final = "xl/workbook.bin"
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_LONGEST_TYPE = 100
_WORKBOOK, _SHARED, _CONTENT, _MANIFEST = (
    "xl/workbook.xml",
    "xl/sharedstrings.xml",
    "content.xml",
    "meta-inf/manifest.xml",
)
# All that zipfile raises for an archive that is damaged, or made to look like one.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)


def is_workbook(source: Source) -> bool:
    """Whether a file is a zip archive that holds a workbook."""
    if not source.sample.startswith(ZIP_SIGNATURES):
        return False
    try:
        with _opened(source, HIGHEST_LIMITS) as archive:
            return _find_kind(archive) is not None
    except (*_DAMAGE, WorkbookTooLargeError, BrokenWorkbookError):
        return False


def check_archive(source: Source, limits: Limits) -> None:
    """Inflate and measure every part once, so that the library that reads it meets nothing unexpected.

    Raises WorkbookTooLargeError, ProtectedWorkbookError, BrokenWorkbookError.
    """
    try:
        with _opened(source, limits) as archive:
            kind = _find_kind(archive)
            if kind is None:
                raise BrokenWorkbookError
            _check_parts(archive, kind, limits)
    except _DAMAGE as error:
        raise BrokenWorkbookError from error


def _find_kind(archive: zipfile.ZipFile) -> Kind | None:
    """Which kind of workbook an archive is, by its parts; None when it is none."""
    names = {_folded(entry) for entry in archive.infolist()}
    if _WORKBOOK in names:
        return "xlsx"
    # The type of a template begins with that of a spreadsheet.
    return "ods" if _CONTENT in names and _media_type(archive).startswith(_ODS) else None


def _check_parts(archive: zipfile.ZipFile, kind: Kind, limits: Limits) -> None:
    """Measure the parts of an archive, the shared texts before the sheets that name them."""
    _check_names(archive)
    measure = Measure(limits)
    shared = SharedTexts(measure)
    left = limits.zip_total_mb * MB
    for entry in sorted(archive.infolist(), key=lambda entry: _folded(entry) != _SHARED):
        data = _inflate(archive, entry, left, limits)
        left -= len(data)
        if kind == "xlsx":
            _check_xlsx_part(_folded(entry), data, measure, shared)
        else:
            _check_ods_part(_folded(entry), data, measure)


def _check_names(archive: zipfile.ZipFile) -> None:
    """Refuse archives with a password, and those in which the library may find other parts than Python does."""
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise ProtectedWorkbookError
    # Of two parts of one name each would take another, and a binary workbook is read without being measured.
    names = [_folded(entry) for entry in entries]
    if len(set(names)) < len(names) or _BINARY in names:
        raise BrokenWorkbookError


def _check_xlsx_part(name: str, data: bytes, measure: Measure, shared: SharedTexts) -> None:
    """Measure a part of an .xlsx file. A sheet may have any name: it is known by the element that holds its rows."""
    if name == _SHARED:
        shared.read(data)
    elif b"sheetData" in data:
        XlsxSheet(measure, shared.lengths).read(data)


def _check_ods_part(name: str, data: bytes, measure: Measure) -> None:
    """Measure the content of an .ods file, unless its list of parts says that it is encrypted."""
    if name == _MANIFEST and b"encryption-data" in data:
        raise ProtectedWorkbookError
    if name == _CONTENT:
        # The content of an encrypted file is no XML, and the list that says so may come after it.
        if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            return
        OdsSheets(measure).read(data)


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    """The bytes of a part, counted as they come: the sizes an archive declares are only claims."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > left:
                message = f"inflates to more than {limits.zip_total_mb:,} MB"
                raise WorkbookTooLargeError(message)
            if size > _RATIO_MATTERS_FROM and size > limits.zip_ratio * max(1, entry.compress_size):
                message = f"is a zip bomb: a part of it inflates more than {limits.zip_ratio:,}-fold"
                raise WorkbookTooLargeError(message)
    return b"".join(pieces)


@contextmanager
def _opened(source: Source, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, unless its list of entries is out of all proportion."""
    directory = read_directory_size(source)
    if directory is None:
        raise BrokenWorkbookError
    too_many = WorkbookTooLargeError(f"holds more than {limits.workbook_parts:,} parts")
    if directory > largest_directory(limits.workbook_parts):
        raise too_many
    with zipfile.ZipFile(source.path) as archive:
        if len(archive.infolist()) > limits.workbook_parts:
            raise too_many
        yield archive


def _folded(entry: zipfile.ZipInfo) -> str:
    """The name of a part as it compares: office programs do not tell small letters from large ones."""
    return entry.filename.replace("\\", "/").casefold()


def _media_type(archive: zipfile.ZipFile) -> bytes:
    """The first bytes of the part in which OpenDocument files say what they are."""
    with archive.open("mimetype") as stream:
        return stream.read(_LONGEST_TYPE)
