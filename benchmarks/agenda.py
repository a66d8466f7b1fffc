"""A Word document and slides of 200 accepted questions, beside the bare start."""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
import zipfile
from pathlib import Path

from benchmarks.processes import Measured, measure, python

CHECKOUT = Path(__file__).parents[1]
SCHOOL = "2022-05-19-multiple-myeloma"
QUESTIONS = 200
FORMATS = ("docx", "pptx")
_WHAT = (
    "Можно ли при миеломе пить зелёный чай",
    "Как долго длится поддерживающее лечение",
    "Какие анализы нужно сдавать после трансплантации",
    "Миелома кезінде қандай тағам пайдалы",
    "Бұл ауру тұқым қуалай ма",
    "Is it safe to travel by plane during treatment",
)
_WHEN = ("летом", "зимой", "перед операцией", "емдеуден кейін", "during remission", "если далеко до больницы")
_WORDS = ("усталость", "питание", "прививки", "работа", "дорога", "сон", "тамақтану", "спорт", "exercise", "pain")


def run() -> None:
    """Print the table; that every question is in both documents is checked first."""
    started = measure(python("-m", "schoolctl", "agenda", "--help"))
    measured = _written()
    over = measured.seconds - started.seconds
    print(f"{'questions':>10} {'formats':>12} {'CPU s':>8} {'over the start':>15} {'peak MB':>8}")
    print(f"{QUESTIONS:10,} {' + '.join(FORMATS):>12} {measured.seconds:8.2f} {over:15.2f} {measured.megabytes:8.0f}")


def _written() -> Measured:
    source = random.Random(5)  # noqa: S311 - repeatable, nothing secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "questions.csv").open("w", encoding="utf-8", newline="") as stream:
            rows = ((f"patient{number}@example.kz", _text(source, number)) for number in range(QUESTIONS))
            csv.writer(stream).writerows([("email", "question"), *rows])
        shutil.copy(CHECKOUT / "sessions.toml", folder)
        program = ("-m", "schoolctl", "-C", name)
        measure(python(*program, "questions", "import", str(folder / "questions.csv"), "--school", SCHOOL))
        numbers = [str(number) for number in range(1, QUESTIONS + 1)]
        measure(python(*program, "questions", "set", *numbers, "--status", "accepted"))
        formats = [word for ending in FORMATS for word in ("--format", ending)]
        measured = measure(python(*program, "agenda", SCHOOL, "--lang", "ru", *formats))
        for ending in FORMATS:
            _check(folder / "out" / SCHOOL / f"agenda.ru.{ending}")
    return measured


def _text(source: random.Random, number: int) -> str:
    """A question of a usual length that no other is like; its number stands in it."""
    words = ", ".join(source.sample(_WORDS, 5))
    return f"{source.choice(_WHAT)} {source.choice(_WHEN)}: {words} {source.choice(_WHEN)} ({number + 1:03})?"


def _check(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    if missing := [number for number in range(1, QUESTIONS + 1) if f"({number:03})" not in whole]:
        message = f"{path.name} lacks {len(missing)} of {QUESTIONS} questions"
        raise AssertionError(message)
