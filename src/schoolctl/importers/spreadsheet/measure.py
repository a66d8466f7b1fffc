"""How large the sheets of a workbook will be in memory, told before the library that reads them makes room for them."""

from __future__ import annotations

from schoolctl.domain.limits import Limits


class WorkbookTooLargeError(Exception):
    """A workbook beyond the limits; the message says beyond which one."""


class BrokenWorkbookError(Exception):
    """A workbook whose own parts make no sense."""


class ProtectedWorkbookError(Exception):
    """A workbook that only opens with a password."""


class Measure:
    """Counts the filled cells of all sheets; raises WorkbookTooLargeError at the first cell beyond a limit."""

    def __init__(self, limits: Limits) -> None:
        """Begin without sheets."""
        self._limits = limits
        # The library keeps every place between a sheet's first and last filled cell, 30 bytes each.
        self._widest_spread = limits.workbook_cells * 3 // 2
        self._cells = self._characters = 0
        self._spread = self._spread_before = 0
        self._corners: tuple[int, int, int, int] | None = None

    def begin_sheet(self) -> None:
        """The cells that follow are of another sheet."""
        self._spread_before += self._spread
        self._spread, self._corners = 0, None

    def add_text(self, length: int) -> None:
        """Count characters that are kept beside the cells."""
        self._characters += length
        if self._characters > self._limits.workbook_characters:
            message = f"holds more than {self._limits.workbook_characters:,} characters"
            raise WorkbookTooLargeError(message)

    def add(self, row: int, column: int, length: int = 0, rows: int = 1, columns: int = 1) -> None:
        """Count a filled cell of `length` characters, which may stand for a block of equal ones."""
        self._cells += rows * columns
        if self._cells > self._limits.workbook_cells:
            message = f"holds more than {self._limits.workbook_cells:,} cells"
            raise WorkbookTooLargeError(message)
        self.add_text(length * rows * columns)
        self._stretch(row, column, row + rows - 1, column + columns - 1)

    def _stretch(self, top: int, left: int, bottom: int, right: int) -> None:
        """Let the sheet reach to this block."""
        if self._corners:
            first_row, first_column, last_row, last_column = self._corners
            top, left = min(top, first_row), min(left, first_column)
            bottom, right = max(bottom, last_row), max(right, last_column)
        self._corners = top, left, bottom, right
        self._spread = (bottom - top + 1) * (right - left + 1)
        if self._spread_before + self._spread > self._widest_spread:
            message = f"is spread over more than {self._widest_spread:,} cells: clear those far from the table"
            raise WorkbookTooLargeError(message)
