"""The rows of a workbook's visible sheets as texts; the only home of the library that reads workbooks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO

from schoolctl.importers.spreadsheet.measure import BrokenWorkbookError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Value = int | float | str | bool | time | date | datetime | timedelta
Row = tuple[str, ...]

_ERRORS = 2
_HALF_A_SECOND = timedelta(microseconds=500_000)
# Beyond this a floating number no longer tells its last digit.
_LARGEST_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet. `rows` gives its rows from the beginning each time it is called."""

    name: str
    _sheet: CalamineSheet

    def rows(self) -> Iterator[Row]:
        """Every row, from the sheet's first, each as wide as the sheet; blank cells are empty."""
        # The library leaves out blank columns on the left, but an organiser counts them.
        start = self._sheet.start
        before = ("",) * (start[1] if start else 0)
        for row in self._sheet.iter_rows():
            yield (*before, *map(_text, row))


def open_sheets(stream: BinaryIO) -> tuple[Sheet, ...]:
    """The visible sheets in their order. The workbook must have been measured; raises BrokenWorkbookError."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        with _unheard():
            workbook = CalamineWorkbook.from_filelike(stream)
            return tuple(
                Sheet(about.name, workbook.get_sheet_by_index(number))
                for number, about in enumerate(workbook.sheets_metadata)
                if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
            )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # The library has errors of its own, and a panic of its foreign code is no Exception.
        raise BrokenWorkbookError from error


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep the library's panics off the screen: its foreign code writes them past Python, to the stream of errors."""
    if sys.__stderr__ is None:
        # Started without that stream, its number may be that of any file.
        yield
        return
    shown = os.dup(_ERRORS)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, _ERRORS)
    os.close(silence)
    try:
        yield
    finally:
        os.dup2(shown, _ERRORS)
        os.close(shown)


def _text(value: Value) -> str:
    """What a cell says: a phone typed as a number without `.0`, a date as `2022-05-12 10:00:05`."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return _to_the_second(value).isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_EXACT:
        return str(int(value))
    return str(value)


def _to_the_second(moment: datetime) -> datetime:
    """A moment rounded to its second: days are stored as fractions, which miss one by a hair."""
    # In the last year there may be no later moment to round to.
    rounded = moment + _HALF_A_SECOND if moment.year < date.max.year else moment
    return rounded.replace(microsecond=0)
