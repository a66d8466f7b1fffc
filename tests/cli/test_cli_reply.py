"""Who asks when the School is and where the link stays gets the facts of the schedule."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ANEMIA = "2026-12-10-anemia"
THALASSEMIA = "2026-12-17-thalassemia"
BETWEEN = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 12, 5, tzinfo=UTC).timestamp()))}
LAST_DAY = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 9, 5, tzinfo=UTC).timestamp()))}
AFTER = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 20, 5, tzinfo=UTC).timestamp()))}
# "Скажите, где ссылка на зум?"
QUESTION = "8"

pytestmark = pytest.mark.usefixtures("piled")

RUSSIAN = """\
Здравствуйте!

Спасибо, что написали нам.

Школа пациентов пройдёт 10 декабря 2026 года:
- Тема: «анемия»
- Время: 18:30 — 20:30 (время Алматы)
- Где: онлайн

Ссылку для подключения мы опубликуем позже, до начала встречи.

Вопросы врачам принимаем до 8 декабря, 18:00 (время Алматы). Их можно будет задать и на самой встрече.

Если останутся вопросы, пишите нам: WhatsApp +7 700 000 00 00, электронная почта school@example.kz.

С уважением,
Центр «Пример»
"""
KAZAKH = """\
Сәлеметсіз бе!

Бізге жазғаныңызға рақмет.

Алдағы Пациент мектебі 2026 жылғы 17 желтоқсанда өтеді:
- Тақырыбы: «талассемия»
- Уақыты: 17:00 – 18:00 (Алматы уақыты)
- Мекенжайы: Астана, Мысал көшесі, 1; онлайн қосылуға да болады

Телефоннан да, компьютерден де қосылуға болады. Кездесу басталардан 10 минут бұрын қосылуыңызды өтінеміз:
https://zoom.example.org/j/12345678901
Конференция идентификаторы: 123 4567 8901
Қол жеткізу коды: 246810

Дәрігерлерге сұрақтарыңызды алдын ала жібере аласыз немесе кездесу кезінде қоя аласыз.

Тағы сұрағыңыз болса, бізге жазыңыз: WhatsApp +7 700 000 00 00, электрондық пошта school@example.kz.

Құрметпен,
Мысал орталығы
"""
AFTERWARDS = """\
Hello,

Thank you for writing to us.

The Patient School on “anemia” took place on December 10, 2026.
The recording of the meeting:
https://video.example.org/1

The next Patient School is on December 17, 2026:
- Topic: “thalassemia”
- Time: 17:00 – 18:00 (Almaty time)
- Where: 1 Example Street, Astana, and online

You can join from a phone or a computer. Please do so 10 minutes before the start:
https://zoom.example.org/j/12345678901
Conference ID: 123 4567 8901
Access code: 246810

You can send your questions for the doctors in advance or ask them at the meeting itself.

If you have any other questions, please write to us: WhatsApp +7 700 000 00 00, e-mail school@example.kz.

With kind regards,
The Example Center
"""


def test_the_school_of_the_question_while_its_link_is_still_to_come(run: Run) -> None:
    assert run("questions", "reply", QUESTION) == (0, RUSSIAN, "")
    (answer,) = json.loads(run("questions", "reply", QUESTION, "--json")[1])
    assert answer == {"id": 8, "language": "ru", "text": RUSSIAN.rstrip("\n")}


def test_the_link_where_there_is_one(run: Run) -> None:
    run("questions", "set", QUESTION, "--school", THALASSEMIA)
    assert run("questions", "reply", QUESTION, "--lang", "kk") == (0, KAZAKH, "")


def test_when_it_is_over_the_recording_and_the_next_one(run: Run) -> None:
    run("school", "edit", ANEMIA, "--recording", "https://video.example.org/1")
    assert run("questions", "reply", QUESTION, "--lang", "en", env=BETWEEN) == (0, AFTERWARDS, "")


@pytest.mark.parametrize(
    ("lang", "cancelled", "none_to_come"),
    [
        ("kk", ("Өкінішке қарай, 2026 жылғы 10 желтоқсанда өтуі тиіс болған «анемия» тақырыбындағы Пациент мектебі "
         "өтпейтін болды."),
         "Келесі Мектептің күні әзірге белгіленген жоқ: ол туралы міндетті түрде алдын ала хабарлаймыз."),
        ("ru", "К сожалению, Школа пациентов на тему «анемия», назначенная на 10 декабря 2026 года, отменена.",
         "День следующей Школы пока не назначен: мы обязательно сообщим о нём заранее."),
        ("en", "We are sorry: the Patient School on “anemia”, planned for December 10, 2026, has been cancelled.",
         "The day of the next School is not set yet. We will be sure to announce it in good time."),
    ],
)  # fmt: skip
def test_of_a_cancelled_school_it_says_so(run: Run, lang: str, cancelled: str, none_to_come: str) -> None:
    run("school", "cancel", ANEMIA)
    lines = run("questions", "reply", QUESTION, "--lang", lang, env=AFTER)[1].splitlines()
    assert lines[4:7:2] == [cancelled, none_to_come]


@pytest.mark.parametrize(
    ("lang", "registering", "at_the_meeting"),
    [
        ("kk", "Қосылу сілтемесін алу үшін бізге WhatsApp арқылы жазыңыз.",
         "Дәрігерлерге сұрақтарды кездесу кезінде қоюға болады."),
        ("ru", "Чтобы получить ссылку для подключения, напишите нам в WhatsApp.",
         "Вопросы врачам можно будет задать на самой встрече."),
        ("en", "To get the link to join, please send us a WhatsApp message.",
         "You can ask the doctors your questions at the meeting itself."),
    ],
)  # fmt: skip
def test_where_people_register_the_link_is_not_told(run: Run, lang: str, registering: str, at_the_meeting: str) -> None:
    run("school", "link", ANEMIA, "--url", "https://zoom.example.org/j/1")
    run("school", "edit", ANEMIA, "--registration")
    told = run("questions", "reply", QUESTION, "--lang", lang, env=LAST_DAY)[1]
    assert registering in told.splitlines()
    assert at_the_meeting in told.splitlines()
    assert "https" not in told


@pytest.mark.parametrize(
    ("lang", "where", "registering"),
    [
        ("kk", "- Мекенжайы: Зал", "Қатысу үшін бізге WhatsApp арқылы жазыңыз."),
        ("ru", "- Где: Зал", "Чтобы принять участие, напишите нам в WhatsApp."),
        ("en", "- Where: Зал", "To take part, please send us a WhatsApp message."),
    ],
)
def test_a_school_on_site_has_no_link(run: Run, lang: str, where: str, registering: str) -> None:
    venue = [word for code in ("kk", "ru", "en") for word in ("--venue", f"{code}=Зал")]
    assert run("school", "edit", ANEMIA, "--mode", "onsite", *venue, "--registration")[0] == 0
    lines = run("questions", "reply", QUESTION, "--lang", lang)[1].splitlines()
    assert where in lines
    assert registering in lines


def test_a_question_of_no_school_is_about_the_next_one(run: Run, workspace: Path) -> None:
    (workspace / "note.csv").write_text('"Вопрос"\n"Скажите, когда будет ссылка на зум?"\n', "utf-8")
    run("questions", "import", "note.csv")
    assert run("questions", "reply", "10") == (0, RUSSIAN, "")


@pytest.mark.parametrize(("status", "code"), [("answered", 0), ("rejected", 0), ("accepted", 1), ("duplicate", 1)])
def test_a_question_that_a_person_gave_to_the_doctors_has_no_ready_answer(run: Run, status: str, code: int) -> None:
    run("questions", "set", QUESTION, "--status", status)
    assert run("questions", "reply", QUESTION)[0] == code


def test_an_old_template_of_one_s_own_goes_on(run: Run, workspace: Path) -> None:
    path = workspace / "templates" / "reply" / "logistics.ru.txt"
    path.parent.mkdir(parents=True)
    path.write_text("{% block text %}{{ organizer.email }}{% endblock %}", "utf-8")
    assert run("questions", "reply", QUESTION) == (0, "school@example.kz\n", "")
