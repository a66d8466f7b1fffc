"""The header rows of Zoom's reports, whatever section and language they are of, and the columns they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from schoolctl.domain.text import fold_for_comparison
from schoolctl.importers.table_columns import Columns

# What a column holds, told by words that begin so; the first kind that fits counts ("Question Time" is a time).
_KINDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("phone", ("phone", "mobile", "телефон", "ұялы")),
    ("count", ("number", "count", "total", "количеств", "кол", "всего", "саны", "барлығы")),
    ("place", ("region", "state", "city", "organi", "company", "job", "стран", "регион", "город", "организ", "ұйым")),
    ("answer", ("answer", "panelist", "host", "ответ", "отвеч", "панелист", "жауап")),
    ("received_at", ("time", "date", "время", "дата", "уақыт", "күн")),
    ("email", ("email", "mail", "почт", "пошта", "адрес", "мекенжай", "имейл")),
    ("name", ("name", "asker", "surname", "имя", "имени", "фио", "фамили", "аты", "есім", "тегі")),
    ("text", ("question", "comment", "ask", "вопрос", "комментар", "спросит", "узнать", "сұра", "сауал", "пікір")),
)
_TEXT_WORDS: Final = dict(_KINDS)["text"]
_FIRST_NAMES: Final = ("first", "имя", "аты", "есім")
_SURNAMES: Final = ("last", "surname", "фамили", "тегі")
_NUMBER_COLUMNS: Final = frozenset(("#", "№"))
_BESIDE_QUESTIONS: Final = frozenset(("name", "email", "answer"))
_ANSWERS: Final = ("answer", "ответ", "отвеч", "жауап")
_STATUSES: Final = ("status", "статус", "состояни", "мәртебе", "күйі")
_RESPONSIBLE: Final = ("ответств", "жауапты", "жауапкер")
_ANSWERED: Final = frozenset(("answered", "отвечен", "отвечено", "жауап берілді", "жауап берілген"))
_SAYS_ANSWERED: Final = ("answer", "live", "yes", "ответ", "отвеч", "да", "жауап", "иә")
_NOT_ANSWERED: Final = frozenset(
    (
        "unanswered", "not answered", "no answer", "not answered yet", "dismissed", "open",
        "не отвечен", "не отвечено", "нет ответа", "без ответа", "отклонен", "отклонён", "отклонено", "открыт",
        "открыто",
        "жауап жоқ", "жауапсыз", "жауап берілмеді", "жауап берілмеген", "қабылданбады", "ашық",
    )
)  # fmt: skip
# "We will answer later" is no answer; a long text that holds such a word is one.
_LONGEST_PROMISE = 80
_PROMISE = re.compile(
    r"\b(?:позже|позднее|потом|в следующий раз|следующей школе|кейін(?:ірек)?|келесі (?:жолы|мектеп\w*)"
    r"|later|next (?:time|school|session|meeting))\b"
)
_TITLES: Final = ("details", "attended", "сведени", "участник", "панелист", "мәлімет", "қатысушы")
# In a longer header a word like "time" or "name" is a part of a question.
_LABEL_WORDS = 6
_LONGEST_HEADER = 400
_LONGEST_TITLE = 80
# A row with an address or a date in it is no header row, whatever its words are.
_VALUE = re.compile(r"[^\s@]@[^\s@]|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\+?\d[\d ()-]{8,30}")


class Section(NamedTuple):
    """A header row that names a column of questions; `answers` are the columns that tell which were answered."""

    header: tuple[str, ...]
    columns: Columns
    answers: tuple[int, ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Whether the first column holds the numbers of the rows."""
        return self.header[0].strip() in _NUMBER_COLUMNS

    def is_answered(self, cells: Sequence[str]) -> bool:
        """Whether a row of the section tells that its question was answered, in writing or aloud."""
        told = [(self.header[number], cells[number]) for number in self.answers if number < len(cells)]
        return any(_tells_answered(header, cell) for header, cell in told)


def find_section(row: Sequence[str]) -> Section | None:
    """The section that begins with this row; None when it is no header row, or names no column of questions."""
    kinds = [] if _has_values(row) else [_kind_of(cell) for cell in row]
    if "text" not in kinds or not _is_table(row, kinds):
        return None
    names = _numbers(kinds, "name")
    parts = _parts_of_names(row, names)
    columns = Columns(
        text=_numbers(kinds, "text"),
        name=parts or names[:1],
        email=_numbers(kinds, "email"),
        phone=_numbers(kinds, "phone"),
        received_at=_numbers(kinds, "received_at"),
        surname=bool(parts),
    )
    answers = tuple(number for number, cell in enumerate(row) if _is_about_answers(cell))
    return Section(tuple(row), columns, answers)


def _has_values(row: Sequence[str]) -> bool:
    """Whether a cell holds a value, or is longer than any header."""
    return any(len(cell) > _LONGEST_HEADER or _VALUE.search(cell) for cell in row)


def _is_table(row: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether a row names the sender or the answer, or numbers its rows."""
    # "# Questions" in the summary of a report counts them; a real column of questions has something beside it.
    return not _BESIDE_QUESTIONS.isdisjoint(kinds) or not _NUMBER_COLUMNS.isdisjoint(map(str.strip, row))


def _parts_of_names(row: Sequence[str], names: Sequence[int]) -> tuple[int, ...]:
    """The columns of first and last names; none when whole names stand in one column."""
    parts = tuple(number for number in names if _begins(row[number], _FIRST_NAMES + _SURNAMES))
    return parts if any(_begins(row[number], _SURNAMES) for number in parts) else ()


def is_section_title(row: Sequence[str]) -> bool:
    """Whether a row is a title (`Panelist Details`) and what follows belongs to another section."""
    title = row[0].strip() if row else ""
    is_alone = not any(cell.strip() for cell in row[1:])
    words = fold_for_comparison(title).split()
    return is_alone and 0 < len(title) <= _LONGEST_TITLE and any(word.startswith(_TITLES) for word in words)


def _kind_of(header: str) -> str:
    """What a column holds by its header; empty when nobody knows."""
    if header.lstrip().startswith(tuple(_NUMBER_COLUMNS)):
        return "count"
    if _is_question(header):
        return "text" if _begins(header, _TEXT_WORDS) else ""
    return next((kind for kind, beginnings in _KINDS if _begins(header, beginnings)), "")


def _is_about_answers(header: str) -> bool:
    """Whether a column holds answers, when or by whom they were given, or what became of the questions."""
    # The columns of hosts and panelists stand beside questions that nobody answered, too.
    words = [] if _is_question(header) else fold_for_comparison(header).split()
    return any(word.startswith(_ANSWERS + _STATUSES) and not word.startswith(_RESPONSIBLE) for word in words)


def _tells_answered(header: str, cell: str) -> bool:
    """Whether a cell of such a column tells that a question was answered."""
    said = fold_for_comparison(cell)
    if not said or said in _NOT_ANSWERED:
        return False
    # Below "Answer" a mere "No" is what the doctor said; below "Status" or "Answered" it is not.
    if len(said) <= _LONGEST_PROMISE and _PROMISE.search(said):
        return False
    is_status = _begins(header, _STATUSES) or fold_for_comparison(header) in _ANSWERED
    return not is_status or any(word.startswith(_SAYS_ANSWERED) for word in said.split())


def _is_question(header: str) -> bool:
    """Whether a header is one that a form's author wrote as a question."""
    return len(header.split()) > _LABEL_WORDS or header.rstrip().endswith("?")


def _begins(header: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a word of a header begins so."""
    return any(word.startswith(beginnings) for word in fold_for_comparison(header).split())


def _numbers(kinds: Sequence[str], wanted: str) -> tuple[int, ...]:
    """The columns of one kind."""
    return tuple(number for number, kind in enumerate(kinds) if kind == wanted)
