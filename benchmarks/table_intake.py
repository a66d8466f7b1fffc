"""Importing a CSV of a form, beside `csv.DictReader` that stores nothing."""

from __future__ import annotations

import csv
import random
import shutil
import sqlite3
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.processes import measure, python

CHECKOUT = Path(__file__).parents[1]
ROWS = 50_000
BARE_LOOP = """
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    for row in csv.DictReader(stream):
        row["Ваш вопрос"]
"""


def run() -> None:
    """Print the table; the texts stored are checked first."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "answers.csv"
        truths = _write(table)
        shutil.copy(CHECKOUT / "sessions.toml", folder)
        words = python("-m", "schoolctl", "-C", folder, "questions", "import", str(table))
        first = measure(words)
        with sqlite3.connect(Path(folder) / "questions.db") as connection:
            stored = connection.execute("SELECT text, sender_email FROM question ORDER BY id").fetchall()
        if stored != truths:
            message = f"{len(stored)} of {len(truths)} rows stored as they were written"
            raise AssertionError(message)
        again = measure(words)
        bare = measure(python("-c", BARE_LOOP, str(table)))
    print(f"{ROWS:,} rows of a form: CPU s and peak MB")
    for name, measured in (("import", first), ("the same, once more", again), ("csv.DictReader, stores nothing", bare)):
        print(f"{name:32} {measured.seconds:7.2f} {measured.megabytes:6.0f} {measured.seconds / bare.seconds:8.1f} x")


def _write(table: Path) -> list[tuple[str, str]]:
    source = random.Random(11)  # noqa: S311 - repeatable, nothing secret
    sentence = "можно ли при миеломе есть мясо и сколько воды пить в день после курса лечения дома с детьми"
    words = sentence.split()
    truths: list[tuple[str, str]] = []
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Отметка времени", "Адрес электронной почты", "Ваше имя", "Ваш вопрос"])
        for number in range(ROWS):
            moment = datetime(2022, 5, 12, 10, 0) + timedelta(minutes=number)  # noqa: DTZ001 - forms write no zone
            text = f"{' '.join(source.choices(words, k=source.randint(10, 30)))} {number}?"
            address = f"patient{number}@example.kz"
            writer.writerow([f"{moment:%d.%m.%Y %H:%M:%S}", address, "Айгүл Примерова", text])
            truths.append((text, address))
    return truths
