"""Reports of Zoom webinars as CSV: a title, a summary, then sections with headers and widths of their own.

The Q&A report holds questions; a report of registrations or attendees does when its form asked for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.limits import Limits
from schoolctl.domain.question import Draft, SetAside
from schoolctl.domain.text import fold_for_comparison
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.charset import decode_text
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.table_columns import DELIMITERS, Layout
from schoolctl.importers.table_dates import DateEvidence, as_told
from schoolctl.importers.table_records import LineReader, Record, find_encoding, read_records
from schoolctl.importers.table_rows import RowReader
from schoolctl.importers.zoom_files.columns import Section, find_section, is_section_title

_BEGINNING = 4_000
# A whole cell, as a header of the summary is one: a question may mention its meeting's number.
_MARK = re.compile(
    r"(?im)(?:^|[,;\t|])[\ufeff\"']{0,2}(?:webinar id|meeting id|asker name|asker email|идентификатор вебинара"
    r"|идентификатор конференции|вебинар нөмірі|вебинар идентификаторы)[\"']?(?=[,;\t|]|\s*$)"
)
_NOBODY: Final = frozenset(
    ("anonymous attendee", "anonymous", "анонимный участник", "аноним", "анонимді қатысушы", "жасырын қатысушы")
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(r"\s*([A-Za-z]{3})[a-z]{0,6}\.? (\d{1,2}),? (\d{4})\b(.{0,40})")
_DATE_CELL = re.compile(r"\s*\d{1,2}([/.-])\d{1,2}\1\d{2,4}\b.{0,20}")
_LONGEST_CELL = 60
# What a report without a column of questions is, by words of its first row.
_OTHER_REPORTS: Final = (
    (("poll", "survey", "опрос", "сауалнама"), "is a report of polls"),
    (("registration", "регистрац", "тіркел"), "is a registration report"),
    (("q", "вопрос", "сұрақ"), "is a report of questions nobody asked"),
)


def is_report(source: Source) -> bool:
    """Whether a cell among the first ones is a header that only reports of Zoom have."""
    return not source.sample.startswith((b"PK", b"\xd0\xcf", b"%PDF")) and bool(
        _MARK.search(decode_text(source.sample).text[:_BEGINNING])
    )


def read_report(source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
    """Every row of the sections with a column of questions; UnreadableSourceError when there is no such section."""
    encoding = find_encoding(source)
    survey = _survey_any(source, encoding, options.limits)
    orders = _decide_orders(survey, options, source.name)
    position = 0
    reader: RowReader | None = None
    for section, record, is_header in _rows(_records(source, encoding, survey.delimiter, options.limits)):
        if is_header:
            reader = RowReader(Layout(survey.delimiter, section.header, section.columns), orders, options)
        elif reader:
            position += 1
            yield _as_zoom(
                reader.read(position, _plain(record, section)), is_answered=section.is_answered(record.cells)
            )


@dataclass(slots=True)
class _Survey:
    """What a first pass tells of a report: whether it holds questions and their times, and all dates in it."""

    delimiter: str
    has_questions: bool = False
    has_times: bool = False
    evidence: DateEvidence = field(default_factory=DateEvidence)


def _survey_any(source: Source, encoding: str, limits: Limits) -> _Survey:
    """The survey under the delimiter that shows questions; UnreadableSourceError when none does."""
    # The report itself has commas; a spreadsheet program that saved it anew may have set others.
    surveys = (_survey(source, encoding, delimiter, limits) for delimiter in DELIMITERS)
    found = next((survey for survey in surveys if survey.has_questions), None)
    if found is None:
        message = f"{source.name} {_kind_of_report(source)}: it holds no questions"
        raise UnreadableSourceError(message)
    return found


def _survey(source: Source, encoding: str, delimiter: str, limits: Limits) -> _Survey:
    """A first pass over a report. The dates of the summary are evidence for those of the questions."""
    survey = _Survey(delimiter)
    records = _records(Source(source.path), encoding, delimiter, limits)
    for section, _, is_header in _rows(_noting_dates(records, survey.evidence)):
        if is_header:
            survey.has_questions = True
            survey.has_times = survey.has_times or bool(section.columns.received_at)
    return survey


def _noting_dates(records: Iterable[Record], evidence: DateEvidence) -> Iterator[Record]:
    """The records themselves; the dates in them go to `evidence`."""
    for record in records:
        for cell in record.cells:
            if len(cell) <= _LONGEST_CELL and _DATE_CELL.fullmatch(cell):
                evidence.add(cell)
        yield record


def _decide_orders(survey: _Survey, options: ImportOptions, name: str) -> Mapping[str, DateOrder]:
    """The order of day and month for each separator. Raises UndecidedDatesError."""
    if options.date_order:
        return as_told(options.date_order)
    return survey.evidence.decide(name) if survey.has_times else {}


def _records(source: Source, encoding: str, delimiter: str, limits: Limits) -> Iterator[Record]:
    """Every row of the file that is not blank."""
    with source.path.open("rb") as stream:
        # Kept until the stream is closed: a reader dropped before would warn of an open file.
        lines = LineReader(source, encoding, stream, limits)
        yield from read_records(lines, delimiter, 0)


def _rows(records: Iterable[Record]) -> Iterator[tuple[Section, Record, bool]]:
    """The rows of the sections with a column of questions; the last member tells a section's header row."""
    section: Section | None = None
    for record in records:
        found = _begun_by(record, section)
        if found:
            section = found
            yield section, record, True
        elif section and not _ends(section, record):
            yield section, record, False
        else:
            section = None


def _begun_by(record: Record, section: Section | None) -> Section | None:
    """The section that a row within another one, or before all, begins; None when it begins none."""
    # Under a column of numbers only a row without one may begin another section: questions may look like headers.
    if section and section.is_numbered and record.cells[0].strip().isdecimal():
        return None
    return find_section(record.cells)


def _ends(section: Section, record: Record) -> bool:
    """Whether a row is the title of another section."""
    return 0 not in section.columns.text and is_section_title(record.cells)


def _plain(record: Record, section: Section) -> Record:
    """A row as other tables have it: dates in figures, and no more cells than headers, as answers may go beyond."""
    cells = list(record.cells)
    for column in section.columns.received_at:
        if column < len(cells):
            cells[column] = _in_figures(cells[column])
    is_last = section.columns.text[-1] == len(section.header) - 1
    return record._replace(cells=cells if is_last else cells[: len(section.header)])


def _in_figures(cell: str) -> str:
    """`May 12, 2022 18:45:01` -> `2022-05-12 18:45:01`; other cells stay as they are."""
    found = _NAMED_MONTH.fullmatch(cell)
    month = found[1].lower() if found else ""
    if not found or month not in _MONTHS:
        return cell
    return f"{found[3]}-{_MONTHS.index(month) + 1:02}-{int(found[2]):02}{found[4]}"


def _as_zoom(item: Draft | SetAside, *, is_answered: bool) -> Draft | SetAside:
    """A row of a table as a question of a webinar, whose anonymous attendee is nobody."""
    if isinstance(item, SetAside):
        return replace(item, draft=_as_asked(item.draft, is_answered=is_answered) if item.draft else None)
    return _as_asked(item, is_answered=is_answered)


def _as_asked(draft: Draft, *, is_answered: bool) -> Draft:
    is_nobody = fold_for_comparison(draft.sender.name) in _NOBODY
    sender = replace(draft.sender, name="") if is_nobody else draft.sender
    return replace(draft, channel="zoom", sender=sender, is_answered=is_answered)


def _kind_of_report(source: Source) -> str:
    """What a report without a column of questions is, by its first line."""
    first = decode_text(source.sample).text.strip().partition("\n")[0]
    words = fold_for_comparison(first).split()
    for beginnings, kind in _OTHER_REPORTS:
        if any(word.startswith(beginnings) for word in words):
            return kind
    return "is an attendee report"
