"""A season with a dozen questions of invented people, and how a person at the keyboard goes through them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from schoolctl.cli.review.app import ReviewApp
from schoolctl.domain.question import Mark, Question, Screening, Sender, SourceRef
from schoolctl.services.questions import list_questions
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore

ANEMIA, LEUKEMIA = "2026-12-10-anemia", "2026-12-17-leukemia"
NARROW, WIDE = (80, 24), (160, 45)
EVERY = QuestionFilter()

TEA = Question(
    id=0,
    channel="whatsapp",
    text="Можно ли при анемии пить зелёный чай?",
    original_text="Можно ли при анемии пить зелёный чай?",
    redacted_text="Можно ли при анемии пить зелёный чай?",
    language="ru",
    sender=Sender("Асель Примерова", "", "+77000000001"),
    received_at=datetime(2026, 11, 30, 4, 15, tzinfo=UTC),
    zone_assumed=False,
    source=SourceRef("chat.txt", 3),
    screening=Screening("general"),
    school=ANEMIA,
    themes=("diet",),
    theme_reasons=("«чай»",),
)
CALL_ME = replace(
    TEA,
    channel="email",
    text="Здравствуйте! Меня зовут Берік Үлгіов, мне 54 года, гемоглобин 68. Можно ли мне на школу? "
    "Перезвоните: +7 700 000 00 02.",
    original_text="Здравствуйте! Меня зовут Берік Үлгіов, мне 54 года, гемоглобин 68. Можно ли мне на школу? "
    "Перезвоните: +7 700 000 00 02.\n\n--\nБерік Үлгіов\nг. Астана\n\n"
    "> Школа пациентов начинается 10 декабря в 18:30.",
    redacted_text="Здравствуйте! Меня зовут [имя], мне 54 года, гемоглобин 68. Можно ли мне на школу? "
    "Перезвоните: [телефон].",
    sender=Sender("Берік Үлгіов", "berik@example.kz", ""),
    source=SourceRef("inbox.mbox", 7),
    screening=Screening("personal", ("«мне 54 года»", "a result of the sender's own: «гемоглобин 68»")),
    themes=("diagnosis",),
    theme_reasons=("«гемоглобин»",),
    redactions=(Mark("name", "the sender's own name"), Mark("phone", "a telephone number of Kazakhstan")),
    repairs=("quoted mail taken off", "signature taken off"),
)


def _other(text: str, **values: object) -> Question:
    changed = {"text": text, "original_text": text, "redacted_text": text, "theme_reasons": (), "themes": ()}
    return replace(TEA, **changed | values)  # type: ignore[arg-type]


QUESTIONS = (
    TEA,
    CALL_ME,
    _other(
        "Анемия кезінде көк шай ішуге бола ма?",
        language="kk",
        sender=Sender("", "", "+77000000003"),
        themes=("diet",),
        group=1,
    ),
    _other("зеленый чай при анемии можно пить?", sender=Sender("Дана Пример"), themes=("diet",), group=1),
    _other(
        "Does anemia always need iron tablets?", language="en", sender=Sender("Carol Sample"), themes=("treatment",)
    ),
    _other("Во сколько начнётся школа и где взять ссылку?", screening=Screening("logistics", ("«ссылку»",))),
    _other("Спасибо большое!", screening=Screening("not_question", ("thanks only",))),
    _other("Темір препараттарын қанша уақыт ішу керек?", language="kk", themes=("treatment", "side_effects")),
    _other(
        "Продам [bold red]гараж[/] \x1b[31mнедорого\x1b[0m \u202eиреткелок 🚗🚗",
        screening=Screening("off_topic", ("an advertisement",)),
    ),
    _other("Какие продукты повышают железо?", themes=("diet",), status="accepted", reviewed=True),
    _other("Нужна ли диета при анемии беременным?", themes=("pregnancy_family", "diet"), school=None),
    _other("Какие прививки можно делать при анемии, и нужен ли перерыв?", themes=("infections_vaccines",)),
)


def store(workspace: Workspace, *questions: Question) -> None:
    """Keep questions as an import would, an hour between two of them."""
    with open_database(workspace.database_path, for_writing=True) as database, database.transaction():
        for hours, question in enumerate(questions):
            moment = TEA.received_at and TEA.received_at + timedelta(hours=hours)
            QuestionStore(database).insert(replace(question, received_at=moment))


def stored(workspace: Workspace, question_id: int) -> Question:
    return next(one for one in list_questions(workspace, EVERY) if one.id == question_id)


def everything(workspace: Workspace) -> list[Question]:
    return list_questions(workspace, EVERY)


Driver = Callable[[ReviewApp, Pilot[None]], Awaitable[None]]


def drive(workspace: Workspace, driver: Driver, size: tuple[int, int] = NARROW, school: str | None = None) -> ReviewApp:
    """Open the review, let the driver press keys, and leave; the application as it was at the end."""
    app = ReviewApp(workspace, school, list_questions(workspace, QuestionFilter(school=school)))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await driver(app, pilot)

    asyncio.run(run())
    return app


def press(workspace: Workspace, *keys: str, size: tuple[int, int] = NARROW, school: str | None = None) -> ReviewApp:
    """Open the review, press these keys one after the other, and leave."""

    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await press_keys(app, pilot, *keys)

    return drive(workspace, driver, size, school)


async def press_keys(app: ReviewApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys as a person does who waits until similar questions have been found."""
    for key in keys:
        await pilot.press(key)
        if len(app.workers):
            await app.workers.wait_for_complete()
            await pilot.pause()


def path_of_golden(name: str) -> Path:
    return Path(__file__).parents[2] / "golden" / "review" / name
