"""The sheets of .xlsx and .ods files, measured as a stream of XML events.

The library that reads them makes room for whatever a file claims: one cell in the last row, or a repetition of a
million, would fill the memory. Sources: ECMA-376 part 1 (18.3.1.4 cells, 18.4.8 shared texts), OpenDocument 1.3 part 3
(19.675 and 19.679 repetitions).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import NoReturn
from xml.parsers import expat

from schoolctl.importers.spreadsheet.measure import BrokenWorkbookError, Measure, WorkbookTooLargeError

_LONGEST_PLACE = 12
_MOST_ELEMENTS = 5_000_000
_MOST_REPEATS = 1_048_576
_LETTERS = 26
_BEFORE_A = ord("A") - 1
# What makes a cell of an .ods file a filled one; a style alone does not.
_VALUES = frozenset(
    (
        "value-type",
        "value",
        "string-value",
        "date-value",
        "time-value",
        "boolean-value",
        "formula",
        "content-validation",
    )
)


class _Events:
    """Receives the events of an XML text; names come without their namespace's prefix."""

    def read(self, data: bytes) -> None:
        """Read `data` to its end; BrokenWorkbookError when it is no XML, or XML that defines entities of its own."""
        # In whatever encoding a file says to be, the library compares its bytes with ASCII names.
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        self._elements = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = lambda name: self.end(_local(name))
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
        self.start(_local(name), attributes)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """An element ends."""
        raise NotImplementedError

    def text(self, data: str) -> None:
        """Characters of an element."""
        raise NotImplementedError


class SharedTexts(_Events):
    """The lengths of an .xlsx file's shared texts, which its cells name by number."""

    def __init__(self, measure: Measure) -> None:
        """Count the texts themselves with `measure`."""
        self._measure = measure
        self._length = 0
        self.lengths = array("I")

    def start(self, name: str, _: Mapping[str, str]) -> None:
        """A text begins."""
        if name == "si":
            self._length = 0

    def text(self, data: str) -> None:
        """A part of a text."""
        self._length += len(data)

    def end(self, name: str) -> None:
        """A text ends."""
        if name == "si":
            self.lengths.append(self._length)
            self._measure.add_text(self._length)


class XlsxSheet(_Events):
    """The filled cells of one sheet of an .xlsx file."""

    def __init__(self, measure: Measure, shared: Sequence[int]) -> None:
        """Count the cells with `measure`; `shared` holds the lengths of the shared texts."""
        self._measure, self._shared = measure, shared
        self._row = self._column = -1
        self._is_filled = self._is_shared = False
        self._length, self._written = 0, ""
        measure.begin_sheet()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row or a cell begins, or what makes a cell a filled one."""
        if name == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 2) - 1, -1
        elif name == "c":
            self._row, self._column = self._place(attributes.get("r"))
            self._is_filled, self._is_shared = False, attributes.get("t") == "s"
            self._length, self._written = 0, ""
        elif name in {"v", "is", "f"}:
            self._is_filled = True

    def text(self, data: str) -> None:
        """A part of a cell's value."""
        self._length += len(data)
        if self._is_shared and len(self._written) <= _LONGEST_PLACE:
            self._written += data

    def end(self, name: str) -> None:
        """A cell ends."""
        if name == "c" and self._is_filled:
            self._measure.add(self._row, self._column, self._text_length())

    def _text_length(self) -> int:
        """How many characters the library will keep for the cell."""
        number = self._written.strip()
        if not number.isdecimal():
            return self._length
        at = _number(number, 0)
        return self._shared[at] if at < len(self._shared) else 0

    def _place(self, written: str | None) -> tuple[int, int]:
        """The row and column (from 0) of a cell by its name (B12), or beside the one before when it has none."""
        if written is None:
            return self._row, self._column + 1
        letters = written.rstrip("0123456789")
        if not letters.isascii() or not letters.isalpha() or len(written) > _LONGEST_PLACE:
            raise BrokenWorkbookError
        column = 0
        for letter in letters.upper():
            column = column * _LETTERS + ord(letter) - _BEFORE_A
        return _number(written[len(letters) :], 0) - 1, column - 1


class OdsSheets(_Events):
    """The filled cells of all sheets in the content of an .ods file."""

    def __init__(self, measure: Measure) -> None:
        """Count the cells with `measure`."""
        self._measure = measure
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._length = 0
        self._is_filled = self._is_cell = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A sheet, a row or a cell begins, or a run of blanks in a cell."""
        own = {_local(key): value for key, value in attributes.items()}
        if name == "table":
            self._measure.begin_sheet()
            self._row = 0
        elif name == "table-row":
            self._rows, self._column = _repeats(own, "number-rows-repeated"), 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._columns = _repeats(own, "number-columns-repeated")
            self._is_cell, self._is_filled = True, not _VALUES.isdisjoint(own)
            self._length = len(own.get("string-value", ""))
        elif name == "s":
            self._length += _number(own.get("c"), 1)

    def text(self, data: str) -> None:
        """A part of a cell's text."""
        self._is_filled = self._is_filled or self._is_cell
        self._length += len(data)

    def end(self, name: str) -> None:
        """A cell or a row ends."""
        if name in {"table-cell", "covered-table-cell"}:
            if self._is_filled:
                self._measure.add(self._row, self._column, self._length, self._rows, self._columns)
            self._is_cell = self._is_filled = False
            self._column += self._columns
        elif name == "table-row":
            self._row += self._rows


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
    if not written.isdecimal() or len(written) > _LONGEST_PLACE:
        raise BrokenWorkbookError
    return int(written)


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    """How often an element stands for itself; more often than any sheet has rows makes no sense."""
    repeats = _number(attributes.get(name), 1)
    if repeats > _MOST_REPEATS:
        raise BrokenWorkbookError
    return repeats
