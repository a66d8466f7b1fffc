"""Rows of a table -> questions, by the columns of the table and what the organiser told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.domain.text import clean_line
from schoolctl.importers.emails import EMAIL_ADDRESS
from schoolctl.importers.mojibake import repair_mojibake
from schoolctl.importers.phones import e164
from schoolctl.importers.source import ImportOptions
from schoolctl.importers.table_columns import Layout
from schoolctl.importers.table_dates import read_time
from schoolctl.importers.table_records import Record

_LONGEST_ADDRESS = 300
# Judging a number costs more than all else in a row, and senders come again.
_phone = lru_cache(maxsize=10_000)(e164)


class RowReader:
    """Rows -> questions, by the layout of the table and what the organiser told."""

    def __init__(self, layout: Layout, orders: Mapping[str, DateOrder], options: ImportOptions) -> None:
        """Keep the layout, the order of dates by their separator, and what the organiser told."""
        self._layout, self._columns = layout, layout.columns
        self._orders, self._options = orders, options
        self._longest = options.limits.question_characters
        self._own_names = {clean_line(name).lower() for name in options.own_names} - {""}
        self._own = {address.strip().lower() for address in options.own_addresses} - {""}
        self._own |= {number for address in options.own_addresses if (number := e164(address))}

    def read(self, position: int, record: Record) -> Draft | SetAside:
        """The question of one row, or why there is none."""
        if record.problem:
            draft = self._draft(position, record) if record.cells else None
            return SetAside(position, record.problem, draft)
        if tuple(record.cells) == self._layout.header:
            # Exports put together by hand repeat it.
            return SetAside(position, "the header row again")
        draft = self._draft(position, record)
        reason = self._reason(record, draft)
        return SetAside(position, reason, draft) if reason else draft

    def _reason(self, record: Record, draft: Draft) -> str:
        """Why a draft is no question; empty when it is one."""
        sender = draft.sender
        if not draft.text:
            return "a comment line" if self._is_comment(record.cells) else "no text in this row"
        if len(draft.text) > self._longest:
            return self._options.limits.too_long
        is_own = not self._own.isdisjoint((sender.email, sender.phone)) or sender.name.lower() in self._own_names
        return "the organisers' own message" if is_own else ""

    def _is_comment(self, cells: Sequence[str]) -> bool:
        """Whether a row is a remark about the table."""
        # A full row may begin with # as well: the number of its question.
        return cells[0].startswith("#") and len(cells) < len(self._layout.header)

    def _draft(self, position: int, record: Record) -> Draft:
        """What a row says; a text cell that lost its quotes is put together again."""
        cells, repairs = record.cells, list(record.repairs)
        original = self._text(cells, repairs)
        text, mended = repair_mojibake(original) if len(original) <= self._longest else (original, ())
        received_at, zone_assumed = self._time(cells, repairs)
        return Draft(
            position,
            "form",
            text=text,
            original_text=original,
            sender=Sender(self._name(cells), self._email(cells, repairs), self._phone(cells, repairs)),
            received_at=received_at,
            zone_assumed=zone_assumed,
            repairs=(*repairs, *mended),
        )

    def _text(self, cells: Sequence[str], repairs: list[str]) -> str:
        """The texts of a row, joined by a blank line."""
        columns, width = self._columns.text, len(self._layout.header)
        if width and len(cells) > width and any(map(str.strip, cells[width:])):
            if columns[-1] != width - 1:
                repairs.append("damaged: the row has more cells than the header")
            else:
                # The delimiter stood unquoted in the last column's text and split it.
                cells = [*cells[: width - 1], self._layout.delimiter.join(cells[width - 1 :])]
                repairs.append("text put together from several cells")
        return "\n\n".join(filled(cells, columns))

    def _name(self, cells: Sequence[str]) -> str:
        """The sender's name, from one column or from those of first and last name."""
        # First and last name belong together; of several whole names the surest column's counts.
        names = filled(cells, self._columns.name)
        name = " ".join((" ".join(names) if self._columns.surname else "".join(names[:1])).split())
        return "" if name.lower() == "anonymous" else repair_mojibake(name)[0]

    def _email(self, cells: Sequence[str], repairs: list[str]) -> str:
        """The sender's address in lower case; MS Forms writes `anonymous` for nobody."""
        written = filled(cells, self._columns.email)
        for cell in written:
            found = EMAIL_ADDRESS.search(cell[:_LONGEST_ADDRESS])
            if found:
                return found.group().lower()
        if any("@" in cell for cell in written):
            repairs.append("the e-mail address could not be read")
        return ""

    def _phone(self, cells: Sequence[str], repairs: list[str]) -> str:
        """The sender's number in E.164."""
        written = filled(cells, self._columns.phone)
        number = next((number for cell in written if (number := _phone(cell[:_LONGEST_ADDRESS]))), "")
        if written and not number:
            repairs.append("the phone number could not be read")
        return number

    def _time(self, cells: Sequence[str], repairs: list[str]) -> tuple[datetime | None, bool]:
        """When the row was written, and whether its zone is assumed."""
        written = filled(cells, self._columns.received_at)
        for cell in written:
            found = read_time(cell[:_LONGEST_ADDRESS], self._orders, self._options.zone)
            if found:
                return found.moment, found.zone_assumed
        if written:
            repairs.append("the date could not be read")
        return None, False


def filled(cells: Sequence[str], columns: Sequence[int]) -> list[str]:
    """The cells of some columns that are not blank, without blanks around them."""
    if not columns:
        return []
    return [cell for column in columns if column < len(cells) and (cell := cells[column].strip())]
