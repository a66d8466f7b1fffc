"""Where things stand in a table of questions: the delimiter, the header row, and which column is what.

Columns are found by their headers in Kazakh, Russian and English, never by position. A form's export (a time column,
then the form's own questions as headers) needs no known header for its texts: they are the columns left over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypedDict

from schoolctl.domain.text import fold_for_comparison
from schoolctl.importers.mojibake import repair_mojibake
from schoolctl.importers.table_columns import en, kk, ru

Field = Literal["text", "name", "email", "phone", "received_at"]
FIELDS: Final[tuple[Field, ...]] = ("received_at", "email", "phone", "name", "text")
DELIMITERS: Final = (",", ";", "\t", "|")
# A delimiter no text contains: each line, or quoted field, is then one cell.
NO_DELIMITER: Final = "\x1f"

_LANGUAGES: Final = (
    kk.WORDS,
    ru.WORDS,
    en.WORDS,
)
_HEADER_WITHIN = 20
_LONGEST_HEADER = 400
# A header longer than this is a question of a form, whatever other words it holds.
_LABEL_WORDS = 5
_CONSISTENT = 0.8
# A cell that is an address, a date or a phone number is no header; one that only mentions it may be.
_VALUE = re.compile(r"\s*(?:[^\s@]+@[^\s@]+|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ,].{0,30})?|\+?\d[\d ()-]{7,30})\s*")
_SHOWN_HEADERS = 12
_SHOWN_LETTERS = 40


class NamedColumns(TypedDict, total=False):
    """Column numbers (from 0) by field, the best first; a field without a column is absent or empty."""

    text: tuple[int, ...]
    name: tuple[int, ...]
    email: tuple[int, ...]
    phone: tuple[int, ...]
    received_at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers (from 0) of each field, the best first; `surname` tells that names stand in several columns."""

    text: tuple[int, ...] = ()
    name: tuple[int, ...] = ()
    email: tuple[int, ...] = ()
    phone: tuple[int, ...] = ()
    received_at: tuple[int, ...] = ()
    surname: bool = False

    @property
    def known(self) -> int:
        """How many fields have a column."""
        return sum(1 for field in FIELDS if getattr(self, field))


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a table: its delimiter, its header row (empty when there is none) and its columns."""

    delimiter: str
    header: tuple[str, ...]
    columns: Columns


class NoTextColumnError(ValueError):
    """No column of questions was found, or one named by the organiser is not there; the message says which are."""


def _all_words(field: str) -> tuple[str, ...]:
    """The headers of a field in all languages, the best of each language first."""
    return tuple(word for language in _LANGUAGES for word in language[field])


_LAST_RANK = 1000
# A surname ranks as the best header: one is enough to tell that names stand in parts.
_SURNAME: Final = ("surname", 0)
# The last word of a language's times is when a form was opened; the time it was sent counts before it.
_LATE: Final = frozenset(language["received_at"][-1] for language in _LANGUAGES)
_WHOLE: Final = {
    fold_for_comparison(word): (field, 0 if field == "surname" else _LAST_RANK if word in _LATE else rank)
    for field in (*FIELDS, "surname", "ignored")
    for rank, word in enumerate(_all_words(field))
    if not word.endswith("*")
}
_BEGINNINGS: Final = {
    field: tuple(word[:-1] for word in _all_words(field) if word.endswith("*")) for field in (*FIELDS, "ignored")
}


def find_layout(samples: Mapping[str, Sequence[Sequence[str]]], chosen: Mapping[str, str]) -> Layout:
    """The layout under which the table makes sense.

    `samples` holds the first rows as each delimiter splits them; `chosen` is the organiser's FIELD -> header.
    Raises NoTextColumnError.
    """
    layouts = [layout for delimiter, rows in samples.items() if (layout := _layout_of(delimiter, rows, chosen))]
    if layouts:
        return max(layouts, key=lambda layout: (layout.columns.known, _consistency(samples[layout.delimiter])))
    best = max(samples, key=lambda delimiter: _consistency(samples[delimiter]))
    if not chosen and _is_plain_list(samples[best]):
        return Layout(NO_DELIMITER, (), Columns(text=(0,)))
    raise NoTextColumnError(_explain(samples[best], chosen))


def shown_headers(row: Sequence[str]) -> str:
    """The headers of a row for a message: the first twelve, shortened."""
    cells = [" ".join(cell.split())[:_SHOWN_LETTERS] for cell in row[:_SHOWN_HEADERS]]
    return ", ".join(cell for cell in cells if cell)


def _layout_of(delimiter: str, rows: Sequence[Sequence[str]], chosen: Mapping[str, str]) -> Layout | None:
    """The layout of the table under one delimiter, or None when no row can be its header."""
    found: list[tuple[int, Sequence[str], Columns]] = []
    for row in rows[:_HEADER_WITHIN]:
        columns = _columns_of(row, chosen)
        if columns is not None:
            found.append((columns.known, row, columns))
    if found:
        # The first of the best: a later row that looks like a header is a question about one.
        _, header, columns = max(found, key=lambda item: item[0])
        return Layout(delimiter, tuple(header), columns)
    # Without a header row, column numbers alone can say what is what.
    numbered = _named_columns([""] * max(map(len, rows), default=0), chosen)
    return Layout(delimiter, (), Columns(**numbered)) if numbered and "text" in numbered else None


def _columns_of(row: Sequence[str], chosen: Mapping[str, str]) -> Columns | None:
    """The columns that `row` names if it is the header row, else None."""
    named = _named_columns(row, chosen) if _may_be_header(row) else None
    if named is None:
        return None
    columns = _recognise(row, named)
    return columns if columns.text and (_is_told_by_header(chosen) or _is_surely_header(row, columns)) else None


def _may_be_header(row: Sequence[str]) -> bool:
    """Whether a row has cells, and none that is a value or longer than any header."""
    return any(row) and not any(len(cell) > _LONGEST_HEADER or _VALUE.fullmatch(cell) for cell in row)


def _is_told_by_header(chosen: Mapping[str, str]) -> bool:
    """Whether the organiser named a column by its header."""
    # A column told by its number says nothing of a header: the first row of a plain list is somebody's question.
    return any(not column.isdecimal() for column in chosen.values())


def _recognise(row: Sequence[str], named: NamedColumns) -> Columns:
    """The columns by the headers in `row`; those the organiser named overrule."""
    kinds = [_kind_of(cell) for cell in row]
    found: NamedColumns = {
        "text": _ranked(kinds, "text") or _form_questions(row, kinds),
        "name": _name_columns(kinds),
        "email": _ranked(kinds, "email"),
        "phone": _ranked(kinds, "phone"),
        "received_at": _ranked(kinds, "received_at"),
        **named,
    }
    return Columns(**found, surname=_SURNAME in kinds and "name" not in named)


def _name_columns(kinds: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """The columns of names: all parts of a name in the table's order, else the surest header first."""
    if _SURNAME not in kinds:
        return _ranked(kinds, "name")
    return tuple(number for number, (kind, _) in enumerate(kinds) if kind in {"name", "surname"})


def _is_surely_header(row: Sequence[str], columns: Columns) -> bool:
    """Whether a header stands in `row` word for word, or two fields do and it is no sentence with commas."""
    is_whole = any(_fold(cell) in _WHOLE for cell in row)
    return is_whole or (columns.known > 1 and not _is_prose([row]))


def _named_columns(row: Sequence[str], chosen: Mapping[str, str]) -> NamedColumns | None:
    """The columns the organiser named, by header or number; None when one of them is not in `row`."""
    folded = [fold_for_comparison(cell) for cell in row]
    named: NamedColumns = {}
    for field in FIELDS:
        column = chosen.get(field)
        if column is None:
            continue
        number = _find_column(column, folded)
        if number is None:
            return None
        named[field] = (number,)
    return named


def _find_column(column: str, folded: Sequence[str]) -> int | None:
    """Where a column stands that is named by its header or by its number from 1 on; None when it is not there."""
    wanted = fold_for_comparison(column)
    # The header counts before the number: a form may have a column called "2".
    if wanted in folded:
        return folded.index(wanted)
    return int(column) - 1 if column.isdecimal() and 0 < int(column) <= len(folded) else None


def _fold(header: str) -> str:
    """A header as it compares: without case and punctuation, and without the garbling of a wrong encoding."""
    return fold_for_comparison(repair_mojibake(header)[0])


def _kind_of(header: str) -> tuple[str, int]:
    """What a column holds by its header, and how good a sign that is (0 is best); ("", ...) when unknown."""
    folded = _fold(header)
    if folded in _WHOLE:
        return _WHOLE[folded]
    words = folded.split()
    if _has_beginning(words[:1], "ignored"):
        return "ignored", _LAST_RANK
    kinds = ("text",) if len(words) > _LABEL_WORDS or _is_asked(header) else (*FIELDS, "ignored")
    return next((kind for kind in kinds if _has_beginning(words, kind)), ""), _LAST_RANK


def _has_beginning(words: Sequence[str], kind: str) -> bool:
    """Whether one of `words` begins as the headers of a kind do."""
    return any(word.startswith(_BEGINNINGS[kind]) for word in words)


def _ranked(kinds: Sequence[tuple[str, int]], field: Field) -> tuple[int, ...]:
    """The columns of a field: texts in the table's order, others with the surest header first."""
    found = [number for number, (kind, _) in enumerate(kinds) if kind == field]
    return tuple(found if field == "text" else sorted(found, key=lambda number: kinds[number][1]))


def _form_questions(row: Sequence[str], kinds: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """The question columns of a form's export, which has a time column and headers nobody can foresee."""
    if not _ranked(kinds, "received_at"):
        return ()
    unknown = _unknown_columns(row, kinds)
    # Of a form's own headers those that ask are its questions; the others may be consents and codes.
    return tuple(number for number in unknown if _is_asked(row[number])) or unknown


def _unknown_columns(row: Sequence[str], kinds: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """The columns whose headers no language's words explain."""
    return tuple(number for number, (kind, _) in enumerate(kinds) if not kind and row[number].strip())


def _is_asked(header: str) -> bool:
    """Whether a header is a question."""
    return header.rstrip().endswith("?")


def _consistency(rows: Sequence[Sequence[str]]) -> float:
    """The share of rows that have the commonest number of columns; 0 when that is one column."""
    widths = Counter(map(len, rows))
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return count / len(rows) if width > 1 else 0.0


def _is_plain_list(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the delimiters in the rows only belong to sentences."""
    return _consistency(rows) < _CONSISTENT or _is_prose(rows)


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the cells after the first mostly begin with a blank, as the parts of a sentence do."""
    later = [cell for row in rows for cell in row[1:]]
    return 2 * sum(cell.startswith(" ") for cell in later) > len(later)


def _explain(rows: Sequence[Sequence[str]], chosen: Mapping[str, str]) -> str:
    """Why there is no text column, with the headers that are there."""
    headers = shown_headers(max(rows[:_HEADER_WITHIN], key=len, default=()))
    missing = ", ".join(f"{field}={column}" for field, column in chosen.items())
    if missing:
        return f"no header row with the columns named by --map ({missing}); it has: {headers}"
    return f"no column of questions found; name it with --map text=COLUMN; the columns are: {headers}"
