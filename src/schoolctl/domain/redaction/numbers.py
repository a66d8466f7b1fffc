"""Numbers that lead to a person: individual identification numbers and telephones."""

from __future__ import annotations

import re

from schoolctl.domain.redaction.marks import Span, apart, hide, span_of

_SIGN = r"[ \u00a0().\u2010-\u2015\u2212_-]"
_GAP, _SPLIT = f"{_SIGN}{{0,4}}", f"{_SIGN}{{1,4}}"
# The digits must be grouped as a phone number is: "84.5 12.05.2022" or "75-120 150-400" are a laboratory's values.
_PHONE = re.compile(
    rf"""(?<!\d)(?:
      (?:\+[ ]?7|[87]){_GAP}[79]\d\d(?:{_GAP}\d){{7}}\d{{0,2}} # Kazakh and Russian, with the country's figure
    | 8{_GAP}\(\d{{3,5}}\)(?:{_GAP}\d){{5,7}}                  # with the town's code in brackets
    | 8\d{{10,12}}                                          # all in one, a typing error or two included
    | [87]/7\d\d/\d{{3}}/?\d\d/?\d\d
    | 7\d\d{_GAP}(?:\d{{7}}|\d{{3}}{_SPLIT}\d\d{_SPLIT}\d\d|\d{{3}}{_SPLIT}\d{{4}}|\d\d{_SPLIT}\d\d{_SPLIT}\d{{3}})
    | (?:\+|00)[ ]?[1-9](?:{_GAP}\d){{7,14}}                  # any other country
    | 99[0-8]{_GAP}\d\d{_GAP}\d{{3}}{_GAP}\d\d{_GAP}\d\d     # the neighbours, their plus sign forgotten
    )(?!\d)""",
    re.VERBOSE,
)
_SEVERAL_DIGITS = re.compile(r"\d(?:\D{0,4}\d){8}")
# Short numbers of a town or an office: only after a word that says so.
_CALLED = re.compile(
    rf"(?<!\w)(?:тел(?:ефон)?\w{{0,4}}|сот(?:ов\w{{2,3}}|ка)?|моб(?:ильн\w{{2,3}})?|номер\w{{0,4}}|номир\w{{0,4}}|"
    rf"звон\w{{1,5}}|позвон\w{{1,5}}|ватсап\w{{0,2}}|вотсап\w{{0,2}}|вацап\w{{0,2}}|whats ?app|phone|mobile|call|tel|т)"
    rf"[\s.:,№–-]{{1,4}}(?:мой |менин |is |me at |at )?(?P<number>\d(?:{_SIGN}{{0,2}}\d){{4,13}})"
    r"(?!\d|[ \u00a0]?(?:тенге|тг|тыс|мг|млн|руб|мын|года|год|г\b|жыл))"
)
_ANOTHER = re.compile(
    r"(?<=[\x01])[ ,;]{1,3}(?:или |и |немесе |or |жане )?"
    r"(?P<number>(?:\d{2,3}-\d\d-\d\d|\d{5,7})(?!\d)(?:[ ,;]{1,3}(?:\d{2,3}-\d\d-\d\d|\d{5,7})(?!\d))*)"
)
_EXTENSION = re.compile(
    r"(?<!\w)(?:вн(?:утр)?(?:енний)?|доб(?:авочный)?|ишки|ext(?:ension)?)\.? {0,2}(?:№|номер)? ?\d{2,5}(?!\w)"
)
_CALL_WORDS = (
    "тел",
    "сот",
    "моб",
    "номер",
    "номир",
    "звон",
    "атсап",
    "отсап",
    "вацап",
    "app",
    "phone",
    "mob",
    "call",
    "т.",
)
_EXTENSION_WORDS = ("вн", "доб", "ишки", "ext")
# Dates and years that a short number may look like.
_DATE = re.compile(
    r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})|\d{1,2}-\d{1,2}-\d{4}|(?:19|20)\d\d(?:[ -]+(?:19|20)\d\d)?|"
    r"\d{1,2}\.\d\d ?- ?\d{1,2}\.\d\d"
)
_SPOKEN_DIGITS = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать "
    "шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят "
    "семьдесят восемьдесят "
    "девяносто сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот "
    "нол бир еки уш торт бес алты жети сегиз тогыз он жиырма отыз кырык елу алпыс жетпис сексен токсан жуз"
)
_SPOKEN = re.compile(rf"(?<!\w)(?:(?:{'|'.join(_SPOKEN_DIGITS.split())})(?!\w)[ ,-]{{0,2}}){{6,}}(?<=\w)")
_TWELVE_DIGITS = re.compile(r"(?<!\d)\d{12}(?!\d)")
_TWELVE_SPACED_DIGITS = re.compile(r"(?<!\d)\d(?:[ \u00a0-]?\d){11}(?!\d)")
_NAMED_IIN = re.compile(
    r"(?:иин|жсн|iin|"
    r"жеке сайкестендиру номири)[^\W\d]{0,3}[^\d\n\x00-\x03]{0,12}(?P<number>\d(?:[ \u00a0.-]?\d){9,13})(?!\d)"
)
_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_CENTURIES = "0123456"


def find_iins(folded: str) -> list[Span]:
    """The individual identification numbers in a folded text."""
    if not _SEVERAL_DIGITS.search(folded):
        return []
    spans = {
        match.start("number"): span_of(match, "number", "iin", "number called an IIN")
        for match in _NAMED_IIN.finditer(folded)
    }
    for match in (*_TWELVE_DIGITS.finditer(folded), *_TWELVE_SPACED_DIGITS.finditer(folded)):
        digits = re.sub(r"\D", "", match[0])
        if is_iin(digits):
            spans.setdefault(match.start(), span_of(match, 0, "iin", "12 digits with a right check digit"))
        elif match[0] == digits and _begins_with_birth_date(digits):
            spans.setdefault(match.start(), span_of(match, 0, "iin", "12 digits that begin with a birth date"))
    return apart(spans.values())


def find_phones(folded: str, *, has_word: bool) -> list[Span]:
    """The telephone numbers in a folded text, with extensions of an office.

    `has_word` tells that the text has a word for a phone: only then a short number can be one.
    """
    spans: list[Span] = []
    if _SEVERAL_DIGITS.search(folded):
        spans += (span_of(match, 0, "phone", "digits grouped as a phone number") for match in _PHONE.finditer(folded))
        another = _ANOTHER.finditer(hide(folded, apart(spans)))
        spans += (span_of(match, "number", "phone", "number beside a phone number") for match in another)
    if has_word:
        called = (match for match in _CALLED.finditer(folded) if not _DATE.fullmatch(match["number"]))
        spans += (span_of(match, "number", "phone", "number after a word for phone") for match in called)
        spans += (span_of(match, 0, "phone", "extension of a phone") for match in _EXTENSION.finditer(folded))
        spans += (span_of(match, 0, "phone", "digits in words") for match in _SPOKEN.finditer(folded))
    return apart(spans)


def is_iin(digits: str) -> bool:
    """Whether twelve digits are an individual identification number: a birth date and a right check digit.

    The check digit is the weighted sum modulo 11; where that gives 10, a second row of weights is used.
    """
    if not _is_day(digits):
        return False
    for weights in _WEIGHTS:
        check = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11
        if check != 10:  # noqa: PLR2004 - 10 is no digit: the second row decides
            return check == int(digits[11])
    return False


def _begins_with_birth_date(digits: str) -> bool:
    # The seventh digit tells century and sex; a mistyped check digit makes a number no less private.
    return _is_day(digits) and digits[6] in _CENTURIES


def _is_day(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31  # noqa: PLR2004 - a month and a day
