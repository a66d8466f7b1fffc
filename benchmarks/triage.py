"""From a table of questions to judged and grouped ones in the store: 1,000 and 10,000, beside the bare start."""

from __future__ import annotations

import csv
import json
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from benchmarks.processes import Measured, measure, python

CHECKOUT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
_SIZES = (1_000, 10_000)
# One word in six is another one: so many different questions nobody can write by hand.
_ALTERED = 6


def run() -> None:
    """Print the table; that everything was stored, screened and themed is checked first."""
    texts = [json.loads(line)["text"] for path in sorted(DATA.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    started = measure(python("-m", "schoolctl", "questions", "import", "--help"))
    print(f"{'questions':>10} {'CPU s':>8} {'over the start':>15} {'peak MB':>8} {'us each':>8}")
    for size in _SIZES:
        measured = _imported(texts, size)
        over = measured.seconds - started.seconds
        print(f"{size:10,} {measured.seconds:8.2f} {over:15.2f} {measured.megabytes:8.0f} {over / size * 1e6:8.0f}")


def _imported(texts: list[str], size: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "questions.csv"
        _write(table, texts, size)
        shutil.copy(CHECKOUT / "sessions.toml", folder)
        measured = measure(python("-m", "schoolctl", "-C", folder, "questions", "import", str(table)))
        with sqlite3.connect(Path(folder) / "questions.db") as connection:
            judged = connection.execute(
                "SELECT count(*) FROM question WHERE language <> '' AND redacted_text <> ''"
                " AND (themes <> '[]' OR screening_label IN ('logistics', 'not_question'))"
            ).fetchone()[0]
    if judged != size:
        message = f"{judged} of {size} questions were judged"
        raise AssertionError(message)
    return measured


def _write(table: Path, texts: list[str], size: int) -> None:
    source = random.Random(5)  # noqa: S311 - repeatable, nothing secret
    words = [word for text in texts for word in text.split()]
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["email", "question"])
        for number in range(size):
            said = source.choice(texts).split()
            for _ in range(max(1, len(said) // _ALTERED)):
                said[source.randrange(len(said))] = source.choice(words)
            writer.writerow([f"patient{number}@example.kz", " ".join(said)])
