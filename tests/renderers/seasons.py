"""A season for the tests of its pages and tables: invented people, whose names and words must not leak."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from schoolctl.domain.question import Question, Screening, Sender, SourceRef
from schoolctl.domain.school import Organizer, Schedule, School
from schoolctl.domain.season import Erased, Period, Season
from schoolctl.domain.season_counts import measure
from schoolctl.domain.vocabulary import Status
from schoolctl.renderers.season_html import SeasonPage

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 12, 1, 10, tzinfo=ALMATY)
SEPTEMBER, OCTOBER, DECEMBER = (datetime(2026, month, 5, 12, tzinfo=UTC) for month in (9, 10, 12))
SECRETS = ("Сания Тайнова", "secret@example.kz", "+77000000099", "secret.mbox", "Можно ли мне пить чай?")
MYELOMA, ANEMIA, LYMPHOMA, LEUKEMIA = "2026-09-17-myeloma", "2026-10-15-anemia", "2026-11-19-lymphoma", "2026-12-17-cll"
ORGANIZER = Organizer({"kk": "Мысал орталығы", "ru": "Центр «Пример»", "en": "The Example Center"})


def school(school_id: str, kk: str, ru: str, en: str, *, is_cancelled: bool = False) -> School:
    """A school of two hours on the day its ID begins with."""
    starts = datetime.fromisoformat(school_id[:10]).replace(hour=18, minute=30, tzinfo=ALMATY)
    return School(school_id, {"kk": kk, "ru": ru, "en": en}, starts, starts.replace(hour=20), is_cancelled=is_cancelled)


SCHEDULE = Schedule(
    ORGANIZER,
    ("kk", "ru", "en"),
    ALMATY,
    (
        school(MYELOMA, "көптік миелома", "множественная миелома", "multiple myeloma"),
        school(
            ANEMIA,
            "темір тапшылығы анемиясы: себептері, белгілері, тамақтану және емдеу",
            "железодефицитная анемия: причины, признаки, питание и лечение",
            "iron deficiency anemia: causes, symptoms, diet and treatment",
        ),
        school(LYMPHOMA, "лимфома", "лимфома", "lymphoma", is_cancelled=True),
        school(LEUKEMIA, "созылмалы лимфолейкоз", "хронический лимфолейкоз", "chronic lymphocytic leukemia"),
    ),
)


def question(number: int, place: str | None, status: Status = "answered", **values: object) -> Question:
    """A question of somebody whose name, address and words stand in no report; every third person wrote twice."""
    name, email, phone, file, words = SECRETS
    plain = Question(
        id=number,
        channel="whatsapp",
        text=words,
        original_text=words,
        redacted_text=words,
        language="ru",
        sender=Sender(name, email, phone),
        received_at=SEPTEMBER,
        zone_assumed=False,
        source=SourceRef(file, number),
        screening=Screening("general"),
        school=place,
        status=status,
        reviewed=status != "new",
        themes=("treatment",),
        person=number - (number % 3 == 0),
    )
    return replace(plain, **values)  # type: ignore[arg-type]


QUESTIONS = (
    *(question(number, MYELOMA) for number in range(1, 13)),
    *(question(number, MYELOMA, themes=("diet",), language="kk", channel="form") for number in range(13, 18)),
    question(18, MYELOMA, "personal", channel="email"),
    question(19, MYELOMA, "rejected", channel="email"),
    question(20, ANEMIA, carried_from=(MYELOMA,), themes=("prognosis",), language="kk"),
    question(21, ANEMIA, "accepted", carried_from=(MYELOMA,), themes=("prognosis",), language="kk"),
    *(question(number, ANEMIA, themes=("diet",), received_at=OCTOBER, language="kk") for number in range(22, 26)),
    question(26, ANEMIA, "new", screening=Screening("personal"), received_at=OCTOBER, channel="zoom"),
    question(27, ANEMIA, "off_topic", received_at=OCTOBER, channel="zoom", language="en"),
    question(28, LEUKEMIA, "accepted", themes=(), received_at=DECEMBER),
    question(29, LEUKEMIA, "new", themes=("own_theme",), received_at=None, language="de", channel="chat"),
    question(30, "2025-12-01-<b>gone</b>", "accepted", received_at=DECEMBER),
    question(31, None, "new", screening=Screening("not_question"), received_at=DECEMBER),
)
ERASED = (Erased(MYELOMA, "email", "ru", "answered", 3), Erased(ANEMIA, "form", "kk", "personal", 2))


def season(period: Period = Period(), *, is_empty: bool = False) -> Season:  # noqa: B008 - a tuple never changes
    """The season, or one without any question."""
    return measure(SCHEDULE, () if is_empty else QUESTIONS, () if is_empty else ERASED, period, NOW)


def page(period: Period = Period(), *, is_empty: bool = False) -> SeasonPage:  # noqa: B008 - a tuple never changes
    """The page about it."""
    return SeasonPage(ORGANIZER, season(period, is_empty=is_empty), NOW)
