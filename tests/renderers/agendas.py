"""Agendas for the tests of renderers: invented people, questions in three languages, and what must not leak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from schoolctl.domain.agenda import Agenda, build_agenda
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question, Screening, Sender, SourceRef
from schoolctl.domain.school import School, Speaker
from schoolctl.store.schedule_file import ScheduleFile

NO_OWN = Path("no-own-templates")
CODES = ("kk", "ru", "en")
THEMES = tuple(LANGUAGES["en"].themes)
HIDDEN = "Сания Тайнова"
TEXTS = {
    "ru": (
        "Можно ли при миеломе пить зелёный чай и есть гранаты, или лучше воздержаться до конца лечения?",
        "Передаётся ли болезнь детям?",
        "Как понять, что наступила ремиссия, и как часто сдавать анализы, если до лаборатории ехать целый день?",
    ),
    "kk": ("Миелома кезінде қандай тағам пайдалы?", "Бұл ауру тұқым қуалай ма?"),
    "en": ("How long does treatment take?", "Is it safe to travel by plane during maintenance therapy?"),
}
SCHOOL = School(
    id="2026-12-10-multiple-myeloma",
    topic={"kk": "көптік миелома", "ru": "множественная миелома", "en": "multiple myeloma"},
    starts=datetime(2026, 12, 10, 18, 30, tzinfo=ZoneInfo("Asia/Almaty")),
    ends=datetime(2026, 12, 10, 21, 15, tzinfo=ZoneInfo("Asia/Almaty")),
    mode="hybrid",
    venue={"kk": "Астана, Мысал көшесі, 1", "ru": "Астана, улица Примерная, 1", "en": "1 Example Street, Astana"},
    speakers=(
        Speaker(
            "Айгерім Үлгібаева",
            {"kk": "гематолог дәрігер, Астана", "ru": "врач-гематолог, Астана", "en": "hematologist, Astana"},
            ("treatment", "side_effects"),
        ),
        Speaker({"kk": "Берік Мысалов", "ru": "Берик Мысалов", "en": "Berik Mysalov"}, None, ("diet",)),
    ),
)
BARE = replace(SCHOOL, speakers=(), venue=None, mode="online")
LECTURE = (
    ScheduleFile(Path("sessions.toml"), (Path(__file__).parents[1] / "golden" / "programme.toml").read_bytes())
).schedule.schools[0]
_ROLE = "кандидат медицинских наук, заведующая отделением гематологии и трансплантации костного мозга, "
LONG = replace(
    SCHOOL,
    topic=dict.fromkeys(CODES, "множественная миелома и о том, как с ней живут в большом городе и в ауле; " * 3),
    venue=dict.fromkeys(CODES, "улица Примерная, дом 1, корпус 2, конференц-зал на втором этаже, " * 3),
    moderator=Speaker("Гүлнар Мысалова", dict.fromkeys(CODES, _ROLE * 4)),
)


def question(number: int, text: str, language: str = "ru", theme: str = "diet", group: int | None = None) -> Question:
    """An accepted question of somebody whose name and address stand nowhere but in what must not leave."""
    return Question(
        id=number,
        channel="email",
        text=f"{text} {HIDDEN}",
        original_text=f"{text} {HIDDEN}",
        redacted_text=text,
        language=language,
        sender=Sender(HIDDEN, "secret@example.kz", "+77000000099"),
        received_at=None,
        zone_assumed=False,
        source=SourceRef("secret.mbox", 1),
        screening=Screening("general"),
        status="accepted",
        reviewed=True,
        themes=(theme,),
        group=group,
        person=number,
    )


def questions(count: int) -> list[Question]:
    """So many questions, each with a number in it, over all themes and languages; every third is in a group."""
    made = []
    for number in range(1, count + 1):
        language = CODES[number % 3]
        texts = TEXTS[language]
        text = f"{texts[number % len(texts)]} №{number}."
        theme = THEMES[number // 2 % len(THEMES)]
        made.append(question(number, text, language, theme, number // 9 + 1 if number % 3 == 0 else None))
    return made


def translated(asked: Sequence[Question]) -> list[Question]:
    """The questions, of which every second one was translated into the other languages."""
    return [
        replace(one, translations=dict.fromkeys(CODES, f"Перевод №{one.id}. {'Слово ' * (one.id % 20)}"))
        if one.id % 2
        else one
        for one in asked
    ]


def agenda(asked: int | Sequence[Question], school: School = SCHOOL) -> Agenda:
    """The agenda of a school with these questions, or with so many."""
    return build_agenda(school, questions(asked) if isinstance(asked, int) else asked, THEMES)
