"""Builders of posters (invented people and places)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from schoolctl.domain.school import Meeting, Organizer, School, Speaker
from schoolctl.renderers.poster import Poster

ALMATY = ZoneInfo("Asia/Almaty")
LANGUAGES = ("kk", "ru", "en")
PUBLISHED = datetime(2026, 12, 1, 12, tzinfo=ALMATY)
ORGANIZER = Organizer(
    {"kk": "Гематология орталығы", "ru": "Центр гематологии", "en": "The Hematology Center"},
    "patient@hemcenter.kz",
    "+7 777 079 3165",
)
MEETING = Meeting(
    "https://us06web.zoom.us/j/81234567890?pwd=a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5.1", "812 3456 7890", "123456"
)
LONG_TOPIC = {
    "kk": "созылмалы лимфолейкозды емдеу: емді қашан бастау керек, дәрілер қалай таңдалады, жаңа препараттардан не "
    "күтуге болады, курстар арасында қалай өмір сүру керек және жақын адамға қалай қолдау көрсетуге болады",
    "ru": "лечение хронического лимфолейкоза: когда начинать терапию, как выбирают препараты, чего ждать от новых "
    "лекарств, как жить между курсами, какие обследования нужны и как поддержать близкого человека рядом",
    "en": "treatment of chronic lymphocytic leukemia: when to begin, how medicines are chosen, what to expect of the "
    "new ones, how to live between the courses, and how those who are near can help a patient",
}
VENUE = {
    "kk": "Алматы қ., Абай даңғылы, 91, 2-қабат, мәжіліс залы",
    "ru": "г. Алматы, проспект Абая, 91, 2-й этаж, конференц-зал",
    "en": "Almaty, 91 Abay Avenue, 2nd floor, conference hall",
}
_SPEAKERS = (
    Speaker("Айгерім Үлгібаева", {"kk": "гематолог дәрігер", "ru": "врач-гематолог", "en": "hematologist"}),
    Speaker(
        "Данияр Сәтбаев",
        {
            "kk": "трансплантология бөлімінің меңгерушісі",
            "ru": "заведующий отделением трансплантации",
            "en": "head of the transplantation unit",
        },
    ),
    Speaker("Марина Ким"),
    Speaker(
        "Ерлан Жұмабаев",
        {
            "kk": "онколог, медицина ғылымдарының кандидаты",
            "ru": "онколог, кандидат медицинских наук",
            "en": "oncologist, PhD",
        },
    ),
    Speaker("Сәуле Ахметова", {"kk": "психолог", "ru": "психолог", "en": "psychologist"}),
    Speaker("Алексей Воронцов", {"kk": "диетолог", "ru": "диетолог", "en": "dietitian"}),
)


def speakers(count: int) -> tuple[Speaker, ...]:
    """`count` speakers; after six the same ones come again."""
    return (_SPEAKERS * 3)[:count]


def poster(**values: object) -> Poster:
    """The poster of a planned school on multiple myeloma; `values` are what its school has else."""
    plain: dict[str, object] = {
        "id": "2026-12-10-multiple-myeloma",
        "topic": {"kk": "көптік миелома", "ru": "множественная миелома", "en": "multiple myeloma"},
        "starts": datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY),
        "ends": datetime(2026, 12, 10, 21, 15, tzinfo=ALMATY),
        "questions_until": datetime(2026, 12, 8, 18, tzinfo=ALMATY),
    }
    return Poster(ORGANIZER, School(**(plain | values)), PUBLISHED)  # type: ignore[arg-type]
