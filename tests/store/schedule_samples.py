"""A schedule to make mistakes in, and the problems they give."""

from __future__ import annotations

from schoolctl.errors import Problem

SCHEDULE = """\
languages = ["kk", "ru", "en"]
timezone = "Asia/Almaty"

[organizer]
name = { kk = "Орталық", ru = "Центр", en = "Center" }
email = "patient@example.kz"
whatsapp = "+7 700 000 00 01"

[[school]]
id = "2026-12-10-anemia"
topic = { kk = "анемия", ru = "анемия", en = "anemia" }
starts = 2026-12-10 18:30:00
ends = 2026-12-10 20:30:00
mode = "online"

[[school]]
id = "2026-12-17-leukemia"
topic = { kk = "лейкоз", ru = "лейкоз", en = "leukemia" }
starts = 2026-12-17 18:30:00
ends = 2026-12-17 20:30:00
"""


def changed(*replacements: tuple[str, str]) -> str:
    text = SCHEDULE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def error(line: int | None, message: str, hint: str) -> Problem:
    return Problem("sessions.toml", line, message, hint)


def warning(line: int | None, message: str, hint: str) -> Problem:
    return Problem("sessions.toml", line, message, hint, "warning")
