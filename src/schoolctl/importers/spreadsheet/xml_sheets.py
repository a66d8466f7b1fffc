"""The sheets of .xlsx and .ods files, measured as a stream of XML events.

The library that reads them makes room for whatever a file claims: one cell in the last row, or a repetition of a
million, would fill the memory. Sources: ECMA-376 part 1 (18.3.1.4 cells, 18.4.8 shared texts), OpenDocument 1.3 part 3
(19.675 and 19.679 repetitions).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn
from xml.parsers import expat

from schoolctl.importers.spreadsheet.measure import BrokenWorkbookError, Measure, WorkbookTooLargeError

# The name of the last cell, XFD1048576, is shorter.
_LONGEST_PLACE = 12
_MOST_ELEMENTS = 5_000_000
_MOST_REPEATS = 1_048_576
_LETTERS = 26
_BEFORE_A = ord("A") - 1
# What makes a cell of an .ods file a filled one; a style alone does not.
_VALUES: Final = frozenset(
    ("value-type", "value", "string-value", "date-value", "time-value", "boolean-value", "formula")
)
_CELLS: Final = frozenset(("table:table-cell", "table:covered-table-cell"))
_OWN_PARTS: Final = _CELLS | {"table:table", "table:table-row"}


class _Events(ABC):
    """Receives the events of an XML text."""

    def read(self, data: bytes) -> None:
        """Read `data` to its end; BrokenWorkbookError when it is no XML, or XML that defines entities of its own."""
        # In whatever encoding a file says to be, the library compares its bytes with ASCII names.
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        self._elements = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position only
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise BrokenWorkbookError from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            message = "holds more formatting than can be read"
            raise WorkbookTooLargeError(message)
        self.start(name, attributes)

    @abstractmethod
    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    @abstractmethod
    def end(self, name: str) -> None:
        """An element ends."""

    @abstractmethod
    def text(self, data: str) -> None:
        """Characters of an element."""


class SharedTexts(_Events):
    """The lengths of an .xlsx file's shared texts, which its cells name by number."""

    def __init__(self, measure: Measure) -> None:
        """Count the texts themselves with `measure`."""
        self._measure = measure
        self._length = 0
        self._is_open = self._has_text = False
        self.lengths = array("I")

    def start(self, name: str, _: Mapping[str, str]) -> None:
        """A text begins."""
        local = _local(name)
        if local == "si":
            _require(not self._is_open)
            self._length, self._is_open, self._has_text = 0, True, False
        elif local == "t":
            self._has_text = True

    def text(self, data: str) -> None:
        """A part of a text."""
        self._length += len(data)

    def end(self, name: str) -> None:
        """A text ends. One without any letters' element is none to the library, and would shift all numbers."""
        if _local(name) == "si":
            _require(self._has_text)
            self._is_open = False
            self.lengths.append(self._length)
            self._measure.add_text(self._length)


class XlsxSheet(_Events):
    """The filled cells of one sheet of an .xlsx file, placed exactly as the library places them."""

    def __init__(self, measure: Measure, shared: Sequence[int]) -> None:
        """Count the cells with `measure`; `shared` holds the lengths of the shared texts."""
        self._measure, self._shared = measure, shared
        self._next = self._place = (0, 0)
        self._is_begun = self._is_over = self._is_cell = False
        self._is_filled = self._is_shared = False
        self._length, self._written = 0, ""
        measure.begin_sheet()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """The rows begin, a row or a cell, or what makes a cell a filled one."""
        local = _local(name)
        if local == "sheetData":
            self._is_begun = True
        elif self._is_begun and not self._is_over:
            self._start_within(local, attributes)

    def _start_within(self, local: str, attributes: Mapping[str, str]) -> None:
        """A row or a cell begins, or what makes a cell a filled one."""
        if local in {"row", "c"}:
            _require(not self._is_cell)
        if local == "row" and "r" in attributes:
            self._next = _number(attributes.get("r"), 0) - 1, self._next[1]
        elif local == "c":
            self._place = _find_place(attributes["r"]) if "r" in attributes else self._next
            self._is_cell, self._is_filled, self._is_shared = True, False, attributes.get("t") == "s"
            self._length, self._written = 0, ""
        elif local in {"v", "is"}:
            self._is_filled = True

    def text(self, data: str) -> None:
        """A part of a cell's value."""
        self._length += len(data)
        if self._is_shared and len(self._written) <= _LONGEST_PLACE:
            self._written += data

    def end(self, name: str) -> None:
        """A cell, a row or all of them end."""
        local = _local(name)
        if local == "c" and self._is_cell:
            if self._is_filled:
                self._measure.add(*self._place, self._text_length())
            self._is_cell = False
            self._next = self._next[0], self._place[1] + 1
        elif local == "row":
            self._next = self._next[0] + 1, 0
        elif local == "sheetData":
            self._is_over = True

    def _text_length(self) -> int:
        """How many characters the library will keep for the cell."""
        number = self._written.strip()
        if not number.isdecimal():
            return self._length
        # A comment or an entity may cut the number short for the library: the longest text of all readings counts.
        readings = (_number(number[:digits], 0) for digits in range(1, len(number) + 1))
        return max((self._shared[at] for at in readings if at < len(self._shared)), default=0)


class OdsSheets(_Events):
    """The filled cells of all sheets in the content of an .ods file."""

    def __init__(self, measure: Measure) -> None:
        """Count the cells with `measure`."""
        self._measure = measure
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._length = 0
        self._is_table = self._is_filled = self._is_cell = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A sheet, a row or a cell begins, or something in a cell."""
        if name in _OWN_PARTS:
            _require(not self._is_cell)
        if name == "table:table":
            _require(not self._is_table)
            self._measure.begin_sheet()
            self._row, self._is_table = 0, True
        elif name == "table:table-row":
            self._rows, self._column = _repeats(attributes, "table:number-rows-repeated"), 0
        elif name in _CELLS:
            self._columns = _repeats(attributes, "table:number-columns-repeated")
            self._is_cell, self._is_filled = True, not _VALUES.isdisjoint(map(_local, attributes))
            self._length = len(attributes.get("office:string-value", ""))
        elif self._is_cell:
            # A run of blanks is written as their number.
            self._is_filled = True
            self._length += _number(attributes.get("text:c"), 1)

    def text(self, data: str) -> None:
        """A part of a cell's text."""
        self._is_filled = self._is_filled or self._is_cell
        self._length += len(data)

    def end(self, name: str) -> None:
        """A cell, a row or a sheet ends."""
        if name in _CELLS:
            if self._is_filled:
                self._measure.add(self._row, self._column, self._length, self._rows, self._columns)
            self._is_cell = self._is_filled = False
            self._column += self._columns
        elif name == "table:table-row":
            self._row += self._rows
        elif name == "table:table":
            self._is_table = False


def _find_place(written: str) -> tuple[int, int]:
    """The row and column (from 0) of a cell by its name (B12)."""
    letters = written.rstrip("0123456789")
    _require(letters.isascii() and letters.isalpha() and len(written) <= _LONGEST_PLACE)
    column = 0
    for letter in letters.upper():
        column = column * _LETTERS + ord(letter) - _BEFORE_A
    return _number(written[len(letters) :], 0) - 1, column - 1


def _require(holds: object) -> None:
    """Refuse a file for which something does not hold that holds for all honest ones."""
    if not holds:
        raise BrokenWorkbookError


def _local(name: str) -> str:
    """A name without its namespace's prefix."""
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> NoReturn:
    """No office program declares a document type; bombs of entities do."""
    raise BrokenWorkbookError


def _number(written: str | None, otherwise: int) -> int:
    """A number of a few digits, or `otherwise` when none is written."""
    if written is None:
        return otherwise
    _require(written.isdecimal() and len(written) <= _LONGEST_PLACE)
    return int(written)


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    """How often an element stands for itself; more often than any sheet has rows makes no sense."""
    repeats = _number(attributes.get(name), 1)
    _require(repeats <= _MOST_REPEATS)
    return repeats
