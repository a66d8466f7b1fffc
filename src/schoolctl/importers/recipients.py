"""A list of people who get a mailing (CSV, TSV, Excel, LibreOffice): whoever agreed, each once, in their language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from schoolctl.domain.limits import DEFAULT_LIMITS, Limits
from schoolctl.domain.recipient import Recipient
from schoolctl.domain.school import email_fault
from schoolctl.domain.text import clean_line
from schoolctl.errors import Problem, UnreadableSourceError, WrongUsageError
from schoolctl.importers.emails import EMAIL_ADDRESS
from schoolctl.importers.mojibake import repair_mojibake
from schoolctl.importers.recipient_columns import (
    RECIPIENT_FIELDS,
    NoEmailColumnError,
    RecipientColumns,
    find_recipient_columns,
    is_agreed,
    language_in,
)
from schoolctl.importers.recipient_rows import RecipientRow, is_workbook_file, read_sheets, read_text_readings
from schoolctl.importers.source import Source

_LONGEST_CELL = 300
_LONGEST_NAME = 80
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
_SHOWN = 60

_Table = tuple[RecipientColumns, Sequence[RecipientRow]]


class RecipientOptions(NamedTuple):
    """What is told about a list: the languages mails are written in (the first is for those who name none), and more.

    `columns` is FIELD -> header as given by `--map`; `own` the organisers' address, to which no mail goes.
    """

    languages: tuple[str, ...]
    columns: Mapping[str, str] = {}
    own: str = ""
    limits: Limits = DEFAULT_LIMITS


@dataclass(slots=True)
class RecipientList:
    """Who gets the mailing, in the list's order, and what was left out and why.

    `problems` has a line for every row that could not be used; `declined` the addresses of those who did not agree.
    """

    recipients: list[Recipient] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    declined: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def read_recipients(path: Path, options: RecipientOptions) -> RecipientList:
    """The people of a list. Raises UnreadableSourceError when the file is no list of addresses."""
    if unknown := [name for name in options.columns if name not in RECIPIENT_FIELDS]:
        message = f"--map {unknown[0]}=… means nothing here. Columns of a list: {', '.join(RECIPIENT_FIELDS)}"
        raise WrongUsageError(message)
    source = Source(path)
    if not (path.is_file() and source.size):
        message = f"{path} is empty" if path.is_file() else f"there is no file {path}"
        raise UnreadableSourceError(message)
    reader = _ListReader(source.name, options)
    for columns, rows in _tables(source, options):
        reader.read(columns, rows)
    return reader.result


def _tables(source: Source, options: RecipientOptions) -> list[_Table]:
    """The tables of a file that have a column of addresses: sheets, or a text in its likeliest reading."""
    is_workbook = is_workbook_file(source)
    read = read_sheets if is_workbook else read_text_readings
    found: list[_Table] = []
    faults: list[str] = []
    for rows in read(source, options.limits):
        try:
            columns = find_recipient_columns([row.cells for row in rows], options.columns)
        except NoEmailColumnError as error:
            faults.append(str(error))
        else:
            found.append((columns, rows))
    if not found:
        # Of several readings of one text the one with the most columns explains most.
        message = f"{source.name}: {max(faults, key=len, default='it is empty')}"
        raise UnreadableSourceError(message)
    return found if is_workbook else [max(found, key=lambda table: table[0].known)]


class _ListReader:
    """Collects the people of one table after another."""

    def __init__(self, file: str, options: RecipientOptions) -> None:
        self.result = RecipientList()
        self._file, self._options = file, options
        self._lines: dict[str, int] = {}

    def read(self, columns: RecipientColumns, rows: Sequence[RecipientRow]) -> None:
        if not columns.consents:
            message = f"{self._file} has no column of consent: make sure that everybody on it agreed to get mails"
            self.result.notes.append(message)
        header = tuple(rows[columns.header].cells) if columns.header >= 0 else None
        for row in rows[columns.header + 1 :]:
            if tuple(row.cells) == header:
                continue  # lists put together by hand repeat it
            if fault := row.problem or self._fault(columns, row):
                self._report(row.line, fault)

    def _fault(self, columns: RecipientColumns, row: RecipientRow) -> str:
        """Take in one row, or say why not."""
        email, fault = _address(_cell(row, columns.email))
        if fault:
            return fault
        if email == self._options.own.lower():
            return f"{email} is the organiser's own address"
        if self._lines.setdefault(email, row.line) != row.line:
            # The same person once with a yes and once with a no did not agree.
            return self._repeated(columns, row, email)
        if (agreed := self._agreed(columns, row)) is not True:
            self.result.declined.add(email)
            return "" if agreed is False else "the consent says neither yes nor no: left out"
        name = clean_line(repair_mojibake(" ".join(_names(columns, row)))[0])[:_LONGEST_NAME].strip()
        self.result.recipients.append(Recipient(email, name, self._language(columns, row)))
        return ""

    def _repeated(self, columns: RecipientColumns, row: RecipientRow, email: str) -> str:
        if self._agreed(columns, row) is not True:
            self.result.declined.add(email)
            self.result.recipients = [one for one in self.result.recipients if one.email != email]
        return f"{email} stands already in line {self._lines[email]}"

    def _agreed(self, columns: RecipientColumns, row: RecipientRow) -> bool | None:
        said = [is_agreed(cell) if (cell := _cell(row, number).strip()) else False for number in columns.consents]
        if False in said:
            return False
        return None if None in said else True

    def _language(self, columns: RecipientColumns, row: RecipientRow) -> str:
        languages = self._options.languages
        cell = _cell(row, columns.language).strip() if columns.language is not None else ""
        if not cell:
            return languages[0]
        if (language := language_in(cell)) in languages and language:
            return language
        self._report(row.line, f'no mail is written in "{_shown(cell)}": it will be in {languages[0]}')
        return languages[0]

    def _report(self, line: int, message: str) -> None:
        self.result.problems.append(Problem(self._file, line, message, severity="warning"))


def _address(cell: str) -> tuple[str, str]:
    """The one address in a cell, in small letters, and what is wrong with it (empty when nothing is)."""
    found = {address.lower() for address in EMAIL_ADDRESS.findall(cell[:_LONGEST_CELL])}
    if len(found) > 1:
        return "", f'"{_shown(cell)}" holds {len(found)} addresses: write each into a row of its own'
    email = found.pop() if found else ""
    if not email:
        return "", f'"{_shown(cell)}" is no e-mail address' if cell.strip() else "the e-mail address is missing"
    if len(email) > _LONGEST_ADDRESS:
        return "", f'"{_shown(email)}" is too long for an e-mail address'
    return email, email_fault(email) or ""


def _names(columns: RecipientColumns, row: RecipientRow) -> Iterator[str]:
    return (cell for number in columns.names if (cell := _cell(row, number)[:_LONGEST_CELL].strip()))


def _cell(row: RecipientRow, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""


def _shown(cell: str) -> str:
    text = clean_line(cell[:_LONGEST_CELL])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
