"""Dates of birth: a date is private only where something says that somebody was born then."""

from __future__ import annotations

import re

from schoolctl.domain.redaction.marks import IIN_SIGN, NAME_SIGN, Span, apart, span_of

_MONTHS = (
    r"(?:янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|канта|акпан|наурыз|сауир|мамыр|маусым|шилде|тамыз|"
    r"кыркуйек|казан|караша|желтоксан|jan|feb|apr|may|jun|jul|aug|sep|oct|nov|dec|март)[a-zа-я]{0,10}\.?"
)
_YEAR = r"(?:19\d\d|20[012]\d)"
_YEARS_WORD = r"(?: ?(?:года|году|год|г\.?(?![а-я.]? ?р)|жылы|жылгы|жыл|ж\.?)(?!\w))?"
_DATE = (
    rf"(?:\d{{1,2}}[./ -]\d{{1,2}}[./ -](?:{_YEAR}|\d\d(?!\d))|{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTHS},? {_YEAR}|{_MONTHS} \d{{1,2}},? {_YEAR}|{_YEAR}(?: жылы|"
    rf" жылгы| ж\.?|,)? \d{{1,2}}[ -]{_MONTHS})"
)
_BORN = (
    r"(?:г\.? ?р\.?|г/р|гр\.?|г\.? ?рожд\w*\.?|год[ау]? рожд\w*\.?|рожд\w*\.?|ж\.? ?т\.?|(?:жыл\w*|"
    r"ж\.?|кун\w*) (?:туг|дуние)\w*|туган\w*|туыл\w*|"
    r"(?:г\.?|году|года) родил\w*|родил\w*|born)(?!\w)"
)
_BEFORE = (
    r"(?<!\w)(?:дат[аыу]?\.? ?рожд\w*\.?|год[ау]? рожд\w*|день рожд\w*|рожден\w*|д\.? ?р\.?|"
    r"г\.? ?р\.?|родил(?:ся|ась|ись)|туган\w{0,6}(?: (?:кун|жыл)\w*)?|"
    r"туыл\w{0,6}(?: (?:кун|жыл)\w*)?|born(?: on| in)?|b\.|d\.? ?o\.? ?b\.?|birth ?da(?:te|y)|(?:date|"
    r"day|year) of birth)"
    r"[ :,.–-]{0,4}(?:в |on |in |is |это |- )?"
)
_FOUND = (
    (
        ("рожд", "родил", "г.р", "гр", "г р", "г. р", "г/р", "туг", "туыл", "ж.т", "ж. т", "born"),
        rf"(?<![\d.])(?P<date>(?:{_DATE}|{_YEAR}|(?<!\d)\d\d(?= ?г\.? ?р)){_YEARS_WORD} ?-?{_BORN})",
        "date with a word for birth",
    ),
    (
        ("рожд", "родил", "д.р", "др", "д. р", "г.р", "г. р", "туг", "туыл", "born", "b.", "dob", "d.o", "birth"),
        rf"{_BEFORE}(?P<date>(?:{_DATE}|{_YEAR}){_YEARS_WORD})(?!\d)",
        "date after a word for birth",
    ),
)
_FINDERS = [(words, re.compile(pattern), rule) for words, pattern, rule in _FOUND]
# Beside a name stands the birth date: of another date people say what happened then. Not those of the last years.
_EARLIER = r"(?:19\d\d|200\d|201[0-2])"
_OLD = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]{_EARLIER}|{_EARLIER}-\d\d-\d\d|\d{{1,2}} {_MONTHS},? {_EARLIER}|"
    rf"\d\d\.\d\d\.[3-9]\d(?![\d.]))"
)
_BESIDE = re.compile(
    rf"(?<=[{NAME_SIGN}{IIN_SIGN}])[ ,;(:–-]{{1,4}}(?P<date>{_OLD}{_YEARS_WORD})(?!\d)|"
    rf"(?<=[{NAME_SIGN}])[ ,]{{0,2}}\((?P<year>{_EARLIER})|"
    rf"(?<![\d.])(?P<first>{_OLD}{_YEARS_WORD})[ ,;)]{{1,3}}(?=[{NAME_SIGN}{IIN_SIGN}])"
)


def find_birth_dates(folded: str) -> list[Span]:
    """The birth dates in a folded text whose names and IINs are hidden."""
    spans: list[Span] = []
    for words, pattern, rule in _FINDERS:
        if any(map(folded.__contains__, words)):
            spans += (span_of(match, "date", "birth_date", rule) for match in pattern.finditer(folded))
    if NAME_SIGN in folded or IIN_SIGN in folded:
        spans += (
            span_of(match, str(match.lastgroup), "birth_date", "date beside a name or an IIN")
            for match in _BESIDE.finditer(folded)
        )
    return apart(spans)
