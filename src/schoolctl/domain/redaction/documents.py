"""Numbers of documents and records that lead to a person."""

from __future__ import annotations

import re

from schoolctl.domain.redaction.marks import Span, apart, span_of

_NUMBER = r"(?:[a-zа-я]{1,3}[ -]?)?\d[\d/-]{2,16}(?: ?\d{2,6}){0,3}(?:[ /-]?[а-яa-z](?!\w))?"
_NAMED = re.compile(
    r"(?<!\w)(?:удостов\w*|уд\. ?личн\w*|паспорт\w*|куалик\w*|толкужат\w*|кужат\w*|документ\w*|"
    r"карт[аыуе]\w{0,4}|карточк\w*|"
    r"истори\w{1,3} бол\w*|ауру тарих\w*|и/б|направлени\w*|жолдама\w*|портал\w*|талон\w*|полис\w*|рецепт\w*|заявк\w*|"
    r"обращени\w*|отиниш\w*|код пациента|passport|id card|records?|chart|case|mrn|policy|referral|id)"
    r"[^\d\n№#\x00-\x03]{0,25}(?P<number>(?:(?P<sign>№|#|(?<!\w)n[o0]?\.?(?= ?\d)) ?)?" + _NUMBER + r")"
    r"(?! ?(?:тенге|тг|мг|мл|руб|тыс|г/л|мкг|млн|курс|лет|год|дн|мес|жас|мин|час|%|:|\.\d))"
)
_SIGNED = re.compile(r"(?P<before>[^\W\d]{0,12}\.? ?)(?P<number>№ ?" + _NUMBER + r")")
_PUBLIC = (
    "приказ",
    "закон",
    "буйры",
    "поликл",
    "больн",
    "школ",
    "протокол",
    "каб",
    "емхана",
    "аурухан",
    "аптек",
    "стать",
)
_BANK = re.compile(r"(?<!\w)(?:kz\d\d(?: ?[a-z0-9]){13,20}|\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}|n ?\d{8})(?!\w)")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/ ](?:19|20)?\d\d)?|\d\d?[-/]\d\d?[-/]\d{2,4}")
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 6
_FEWEST_SIGNED_DIGITS = 4


def find_documents(folded: str) -> list[Span]:
    """The numbers of documents in a folded text that has digits."""
    # Nearly all texts have fewer: an age, a dose.
    if len(_DIGIT.findall(folded)) < _FEWEST_SIGNED_DIGITS and "kz" not in folded:
        return []
    spans: list[Span] = []
    named = (match for match in _NAMED.finditer(folded) if _is_long(match["number"], is_signed=bool(match["sign"])))
    spans += (span_of(match, "number", "document", "number after a word for a document") for match in named)
    if "№" in folded:
        signed = (match for match in _SIGNED.finditer(folded) if not match["before"].startswith(_PUBLIC))
        spans += (
            span_of(match, "number", "document", "number after №")
            for match in signed
            if _is_long(match["number"], is_signed=True)
        )
    spans += (
        span_of(match, 0, "document", "number of a passport, account or card") for match in _BANK.finditer(folded)
    )
    return apart(spans)


def _is_long(number: str, *, is_signed: bool) -> bool:
    digits = sum(map(str.isdigit, number))
    if is_signed:
        return digits >= _FEWEST_SIGNED_DIGITS
    return digits >= _FEWEST_DIGITS and not _YEARS.fullmatch(number)
