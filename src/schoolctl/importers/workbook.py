"""Workbooks of questions (.xlsx, .xls, .ods): every visible sheet is a table as in a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO, Final

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.limits import MB, Limits
from schoolctl.domain.question import Draft, SetAside
from schoolctl.domain.text import clean_line
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.compound_file import SIGNATURE, find_names, is_compound_file
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.spreadsheet.archive import check_archive, is_workbook
from schoolctl.importers.spreadsheet.measure import BrokenWorkbookError, ProtectedWorkbookError, WorkbookTooLargeError
from schoolctl.importers.spreadsheet.sheets import Row, Sheet, open_sheets
from schoolctl.importers.spreadsheet.xls_sheets import ENCRYPTED, STREAMS, clean_xls
from schoolctl.importers.table_columns import Layout, NoTextColumnError, find_layout
from schoolctl.importers.table_dates import DateEvidence, as_told
from schoolctl.importers.table_records import Record
from schoolctl.importers.table_rows import RowReader, filled
from schoolctl.importers.zip_directory import ZIP_SIGNATURES

_ENDINGS: Final = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
_SAMPLE_ROWS = 200
# Stands where a CSV file has its delimiter; a row of a sheet is never split by one.
_BETWEEN_CELLS = "\t"
NO_COLUMN: Final = "no column of questions found; name it with --map text=COLUMN"


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet and how it is read; `layout` is None when it has no column of questions, `problem` then says so."""

    sheet: Sheet
    layout: Layout | None
    problem: str = ""

    def rows(self) -> Iterator[Row]:
        """The rows below the header row that are not blank."""
        rows = (row for row in self.sheet.rows() if any(map(str.strip, row)))
        if self.layout and self.layout.header:
            for row in rows:
                if row == self.layout.header:
                    break
        yield from rows

    def times(self) -> Iterator[str]:
        """What stands in the columns of times."""
        columns = self.layout.columns.received_at if self.layout else ()
        if columns:
            for row in self.rows():
                yield from filled(row, columns)


class WorkbookImporter:
    """Reads the visible sheets of a workbook one after another; `--from xlsx`."""

    name = "xlsx"

    def recognises(self, source: Source) -> bool:
        """Whether the file holds a workbook: a zip with its parts, or a compound file with its stream.

        A damaged one is claimed when it is named as a workbook, so that reading it can tell what is wrong.
        """
        if is_compound_file(source):
            names = find_names(source)
            is_known = not names.isdisjoint((*STREAMS, ENCRYPTED))
        else:
            names = frozenset()
            is_known = is_workbook(source)
        # Names that can be read and are no workbook's belong to a file of another program, whatever its own name.
        begins_so = source.sample.startswith((SIGNATURE, *ZIP_SIGNATURES))
        return is_known or (not names and begins_so and source.path.suffix.lower() in _ENDINGS)

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every row that is not blank, once, in order; a sheet without a column of questions is set aside."""
        try:
            with _open_checked(source, options.limits) as stream:
                tables = [_table(sheet, options.columns) for sheet in open_sheets(stream)]
            orders = _decide_orders(_with_layout(tables), options, source.name)
        except ProtectedWorkbookError as error:
            raise _refusal(source, "is protected with a password: save a copy without it") from error
        except BrokenWorkbookError as error:
            raise _refusal(source, "cannot be read as a workbook") from error
        except WorkbookTooLargeError as error:
            raise _refusal(source, str(error)) from error
        except NoTextColumnError as error:
            message = f"{source.name}: {error}"
            raise UnreadableSourceError(message) from error
        # The library takes in the whole file before its first row.
        source.consumed = source.size
        yield from _read(tables, orders, options)


IMPORTER: Final = WorkbookImporter()


def _refusal(source: Source, reason: str) -> UnreadableSourceError:
    """The error that refuses the file, in one line."""
    return UnreadableSourceError(f"{source.name} {reason}")


def _open_checked(source: Source, limits: Limits) -> BinaryIO:
    """The bytes that the library may read. Raises the errors of `spreadsheet.measure`."""
    if source.size > limits.workbook_mb * MB:
        message = f"is larger than {limits.workbook_mb:,} MB; save it in parts"
        raise WorkbookTooLargeError(message)
    if is_compound_file(source):
        return BytesIO(clean_xls(source, limits))
    check_archive(source, limits)
    return source.path.open("rb")


def _table(sheet: Sheet, chosen: Mapping[str, str]) -> _Table:
    """How a sheet is read, by its first rows that are not blank."""
    table = _Table(sheet, None)
    rows = list(islice(table.rows(), _SAMPLE_ROWS))
    if not rows:
        return table
    try:
        layout = find_layout({_BETWEEN_CELLS: rows}, chosen)
    except NoTextColumnError as error:
        return _Table(sheet, None, str(error))
    # Without a header row a sheet may hold anything: only the organiser's own numbers of columns count then.
    is_known = layout.header or chosen
    return _Table(sheet, layout) if is_known else _Table(sheet, None, NO_COLUMN)


def _with_layout(tables: Sequence[_Table]) -> Sequence[_Table]:
    """The sheets that hold questions; NoTextColumnError when there are none."""
    found = [table for table in tables if table.layout]
    if not found:
        message = next((table.problem for table in tables if table.problem), "it is empty")
        raise NoTextColumnError(message)
    return found


def _decide_orders(tables: Sequence[_Table], options: ImportOptions, name: str) -> Mapping[str, DateOrder]:
    """The order of day and month for each separator, by all sheets together. Raises UndecidedDatesError."""
    if options.date_order:
        return as_told(options.date_order)
    evidence = DateEvidence()
    for table in tables:
        for cell in table.times():
            evidence.add(cell)
    return evidence.decide(name)


def _read(
    tables: Sequence[_Table], orders: Mapping[str, DateOrder], options: ImportOptions
) -> Iterator[Draft | SetAside]:
    """The rows of all sheets, numbered through."""
    position = 0
    for table in tables:
        if table.layout:
            reader = RowReader(table.layout, orders, options)
            for row in table.rows():
                position += 1
                yield reader.read(position, Record(row))
        elif table.problem:
            # A sheet passed over in silence could be the one with the questions.
            position += 1
            yield SetAside(position, f'the sheet "{clean_line(table.sheet.name)}" has no column of questions')
