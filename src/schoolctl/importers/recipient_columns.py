"""Which column of a list of people is what, by the headers in Kazakh, Russian and English, and what its cells mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from schoolctl.domain.text import clean_line, fold_for_comparison
from schoolctl.importers.mojibake import repair_mojibake
from schoolctl.importers.table_columns import DELIMITERS, en, kk, ru, shown_headers

RecipientField = Literal["email", "name", "language", "consent"]
RECIPIENT_FIELDS: Final[tuple[RecipientField, ...]] = ("email", "name", "language", "consent")

_HEADER_WITHIN = 20
_LONGEST_CELL = 200
# Beginnings of words, the best known first; the first word of a header that begins so says what the column holds.
_BEGINNINGS: Final[dict[RecipientField, tuple[str, ...]]] = {
    "consent": ("келіс", "келис", "рассыл", "соглас", "подпис", "consent", "agree", "subscri", "newsletter"),
    "language": ("тіл", "тил", "язык", "language", "lang"),
    "email": ("почт", "пошт", "электрон", "имейл", "емейл", "mail", "email"),
    "name": ("есім", "имя", "имени", "фио", "фамили", "name", "surname"),
}
# What tables of questions call so is the same here.
_KNOWN_ELSEWHERE: Final[dict[str, RecipientField]] = {"name": "name", "surname": "name", "email": "email"}
_WHOLE: Final[dict[str, RecipientField]] = {
    fold_for_comparison(word): field
    for words in (kk.WORDS, ru.WORDS, en.WORDS)
    for key, field in _KNOWN_ELSEWHERE.items()
    for word in words[key]
    if not word.endswith("*")
}
_LANGUAGES: Final = {
    "kk": ("kk", "kz", "kaz", "qaz", "қаз", "каз"),
    "ru": ("ru", "рус", "рос", "орыс"),
    "en": ("en", "англ", "ағылш", "агылш"),
}
_YES: Final = frozenset(("да", "д", "иә", "ия", "иа", "yes", "y", "true", "1", "истина", "ақиқат", "келісемін",
    "келісем", "согласен", "согласна", "согласны", "agree", "ok", "ок", "✓", "✔", "☑", "✅", "+"))  # fmt: skip
_NO: Final = frozenset(("нет", "не", "н", "жоқ", "жок", "no", "not", "n", "false", "0", "ложь", "жалған", "келіспеймін",
    "келіспейм", "отказ", "отказываюсь", "против", "☐", "✗", "✘", "❌", "-", "–", "—"))  # fmt: skip


class NoEmailColumnError(ValueError):
    """No column of addresses was found, or one named by the organiser is not there; the message says which are."""


class RecipientColumns(NamedTuple):
    """Column numbers from 0. `header` is the index of the header row among the rows, -1 when there is none.

    Of several columns of consent every one must say yes.
    """

    header: int
    email: int
    names: tuple[int, ...] = ()
    language: int | None = None
    consents: tuple[int, ...] = ()

    @property
    def known(self) -> int:
        """How many fields have a column."""
        return 1 + bool(self.names) + (self.language is not None) + bool(self.consents)


def find_recipient_columns(rows: Sequence[Sequence[str]], chosen: Mapping[str, str]) -> RecipientColumns:
    """The columns of a list by its first rows; `chosen` is FIELD -> header, or number from 1 on.

    Raises NoEmailColumnError. A list without headers must be one column of addresses: which of several columns holds a
    "no" could only be guessed.
    """
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if columns := _columns_of(index, row, chosen):
            return columns
    width = max(map(len, rows), default=0)
    if "email" in chosen and all(number.isdecimal() and 0 < int(number) <= width for number in chosen.values()):
        return _by_number(chosen)
    if not chosen and all(map(_is_single, rows)) and any("@" in cell for row in rows for cell in row):
        return RecipientColumns(header=-1, email=next(at for at, cell in enumerate(rows[0]) if cell.strip()))
    raise NoEmailColumnError(_explain(rows, chosen))


def language_in(cell: str) -> str | None:
    """The code of the language that a cell names first, or None."""
    for word in fold_for_comparison(cell[:_LONGEST_CELL]).split():
        for code, beginnings in _LANGUAGES.items():
            if word.startswith(beginnings):
                return code
    return None


def is_agreed(cell: str) -> bool | None:
    """Whether a cell says yes or no; None when it says neither."""
    text = clean_line(cell[:_LONGEST_CELL])
    words = {text, *fold_for_comparison(text).split()}
    # "Да, но не на почту" is no consent to mails.
    if words & _NO:
        return False
    return True if words & _YES else None


def _is_single(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell.strip()]
    # What another delimiter would part is not one column.
    return len(cells) == 1 and not any(delimiter in cells[0] for delimiter in DELIMITERS)


def _columns_of(index: int, row: Sequence[str], chosen: Mapping[str, str]) -> RecipientColumns | None:
    """The columns that a row names if it is the header row, else None."""
    if any("@" in cell for cell in row):
        return None
    told: dict[RecipientField, tuple[int, ...]] = {}
    for field in RECIPIENT_FIELDS:
        if field in chosen:
            number = _column_called(chosen[field], row)
            if number is None:
                return None
            told[field] = (number,)
    kinds = [_kind_of(cell) for cell in row]
    found = {field: told.get(field) or _numbers(kinds, field) for field in RECIPIENT_FIELDS}
    if not found["email"]:
        return None
    language = found["language"][0] if found["language"] else None
    return RecipientColumns(index, found["email"][0], found["name"], language, found["consent"])


def _numbers(kinds: Sequence[RecipientField | None], field: RecipientField) -> tuple[int, ...]:
    return tuple(number for number, kind in enumerate(kinds) if kind == field)


def _kind_of(header: str) -> RecipientField | None:
    folded = fold_for_comparison(repair_mojibake(header[:_LONGEST_CELL])[0])
    if folded in _WHOLE:
        return _WHOLE[folded]
    for word in folded.split():
        for field, beginnings in _BEGINNINGS.items():
            if word.startswith(beginnings):
                return field
    return None


def _column_called(column: str, row: Sequence[str]) -> int | None:
    folded = [fold_for_comparison(cell) for cell in row]
    wanted = fold_for_comparison(column)
    # The header counts before the number: a form may have a column called "2".
    if wanted in folded:
        return folded.index(wanted)
    return int(column) - 1 if column.isdecimal() and 0 < int(column) <= len(row) else None


def _by_number(chosen: Mapping[str, str]) -> RecipientColumns:
    at = {field: int(number) - 1 for field, number in chosen.items()}
    names, consents = ((at[field],) if field in at else () for field in ("name", "consent"))
    return RecipientColumns(-1, at["email"], names, at.get("language"), consents)


def _explain(rows: Sequence[Sequence[str]], chosen: Mapping[str, str]) -> str:
    headers = shown_headers(max(rows[:_HEADER_WITHIN], key=len, default=()))
    if chosen:
        missing = ", ".join(f"{field}={column}" for field, column in chosen.items())
        return f"no header row with the columns named by --map ({missing}); it has: {headers}"
    advice = "add such a row, or name it with --map email=COLUMN"
    return f"no row of headers names a column of e-mail addresses: {advice}; the first columns are: {headers}"
