"""Addresses of homes and beds: a street with a house, a flat, a ward; a town alone is none."""

from __future__ import annotations

import re

from schoolctl.domain.redaction.marks import HIDDEN, Span, apart, span_of

_HOUSE = r"\d{1,4}(?:[/-]\d{1,4})?(?: ?[а-яa-z](?![\w.]))?(?![\w:%]|\.\d)"
_FLAT = (
    rf"(?:[ ,.;-]{{0,3}}(?:(?:кв(?:артира)?|пат(?:ер\w*)?|п|apt|flat|подъезд|под|корп(?:ус)?|к|блок|"
    rf"этаж|эт|офис|оф|уй\w*|д|дом|house)\.? ?№? ?{_HOUSE}|{_HOUSE}[ -]?(?:пат\w*|кв|уй\w*)))"
)
_FLATS = f"(?:{_FLAT}){{0,4}}"
_NAME = r"(?:\d{1,3}[ -])?(?:[^\W\d][\w.-]{0,30}[ ,]{0,2}){1,3}"
_STREET = (
    r"(?:ул(?:\.|иц[аеуы]|(?= ))|просп(?:\.|ект[аеу]?)|пр(?:\.|-?к?т\.?)|пер(?:\.|еул\w{2,3})|"
    r"бульвар[аеу]?|бул\.|б-р|проезд[аеу]?|"
    r"тупик[аеу]?|шоссе|мкр-?н?\.?|м-н|микрорайон[аеу]?|жк|street|avenue|ave\.?|коше(?:си)?)"
)
_PATTERNS = (
    (
        "street and house",
        ("ул", "пр", "пер", "б-р", "бул", "мкр", "м-н", "микрор", "тупик", "шоссе", "жк", "street", "ave", "коше"),
        rf"(?<!\w){_STREET} ?[«\"]?{_NAME}[»\",]{{0,2}} ?(?:№|дом|д|уй|house)?\.? ?{_HOUSE}{_FLATS}",
    ),
    (
        "district and house",
        ("мкр", "микрор", "м-н", "аудан"),
        (
            r"(?<!\w)(?:\d{1,3}[ -]?(?:й|ой|м|ом|ши)?[ -]?(?:мкр-?н?|микрорайон[аеу]?|м-н|ыкшам ?аудан\w*|"
            r"шагын ?аудан\w*|молтек ?аудан\w*)\.?|"
            rf"(?:мкр-?н?|микрорайон[аеу]?|м-н)\.? ?\d{{1,3}})"
            rf"[ ,.-]{{0,3}}(?:№|дом|д|уй)?\.? ?{_HOUSE}(?:[ -]?(?:уй\w*|дом))?{_FLATS}"
        ),
    ),
    (
        "street and house",
        ("коше", "дангыл", "туйы", "аудан", "street", "st.", "avenue", "road"),
        (
            r"(?:[^\W\d][\w.-]{0,30} ){1,2}(?:коше\w{0,6}|дангыл\w{0,6}|туйы\w{1,6}|ыкшам ?аудан\w*|street|"
            r"st\.|avenue|road)"
            rf"[ ,№-]{{0,4}}(?:уй ?)?{_HOUSE}(?:[ -]?(?:уй\w*|ши|шы))?{_FLATS}"
        ),
    ),
    (
        "street and house",
        ("street", "st.", "st,", "avenue", "road"),
        rf"(?<!\w)\d{{1,4}},? (?:[a-z][\w.-]{{0,30}} ){{1,2}}(?:street|st\b|avenue|road)\.?{_FLATS}",
    ),
    ("house and flat", ("дом", "д.", "уй"), rf"(?<!\w)(?:дом|д\.|уй) ?№? ?{_HOUSE}{_FLAT}{_FLATS}"),
    (
        "house and flat",
        ("уй", "дом"),
        rf"(?<!\w){_HOUSE}[ -]?(?:уй|дом)[ ,-]{{1,3}}(?:{_HOUSE}[ -]?(?:пат\w*|кв)|(?:пат\w*|кв)\.? ?{_HOUSE})",
    ),
    (
        "flat",
        ("кв", "пат", "apt", "flat"),
        (
            rf"(?<!\w)(?:[^\W\d][\w-]{{1,30}}[ ,]{{1,2}}{_HOUSE}[ ,-]{{1,3}})?(?:кв(?:артира)?|патер|apt|"
            rf"flat)\.? ?№? ?{_HOUSE}"
        ),
    ),
    ("flat", ("пат",), rf"(?<!\w){_HOUSE}[ -]?(?:ши |шы )?патер\w{{0,4}}"),
    (
        "ward",
        ("палат", "ward", "room"),
        (
            r"(?<!\w)(?:палат[аыеу]|ward|room)\w{0,3} ?(?:№|no\.?|n)? ?\d{1,4}(?!\w| ?(?:чел|адам|коек|койк|"
            r"кроват|мест|больн|пациент|people|bed|patient))"
        ),
    ),
    (
        "ward",
        ("палат",),
        (
            r"(?<!\w)№? ?\d{1,4}(?:[ -]?(?:я|й|ой|ую|ю|ши|шы)[ -]|-)?(?<=[\w-]) ?палата(?:сы\w{0,4}|да\w{0,3}|"
            r"га|нын)?(?!\w)"
        ),
    ),
    (
        "address after its word",
        ("адрес", "мекен", "address"),
        (
            rf"(?<!\w)(?:адрес\w{{0,4}}|мекен-?[ ]?жай\w*|"
            rf"address)[ :–-]{{1,4}}(?P<place>[^\n\d{HIDDEN}]{{0,40}}{_HOUSE}[^\n.;{HIDDEN}]{{0,20}})"
        ),
    ),
)
_FINDERS = [(rule, words, re.compile(pattern)) for rule, words, pattern in _PATTERNS]
# "живу на Абая 45-12": the capital letter and the house with its flat tell it from "живу с диагнозом 12 лет".
_LIVES = re.compile(
    rf"(?i:(?<!\w)(?:прожива\w*|жив[уеё]\w*|прописан\w*|live (?:at|on|in)|turamyn))(?: (?:по|на|в|at|"
    rf"on))? (?P<place>[А-ЯЁA-ZӘҒҚҢӨҰҮҺІ][\w-]{{2,30}}[ ,]{{1,2}}{_HOUSE}{_FLATS})"
    r"(?! ?(?:лет|год|мес|жыл|км|мин|раз|дн|years|month))"
)

_LIVING = ("жив", "пропис", "live")


def find_addresses(text: str, folded: str) -> list[Span]:
    """The addresses in a text that has digits; `folded` is the same text, folded."""
    spans: list[Span] = []
    for rule, words, pattern in _FINDERS:
        if any(map(folded.__contains__, words)):
            group = "place" if "place" in pattern.groupindex else 0
            spans += (span_of(match, group, "address", rule) for match in pattern.finditer(folded))
    if any(map(folded.__contains__, _LIVING)):
        homes = _LIVES.finditer(text)
        spans += (span_of(match, "place", "address", "place where somebody lives") for match in homes)
    return apart(spans)
