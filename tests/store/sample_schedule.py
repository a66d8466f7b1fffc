"""The sample schedule beside this file, and what the tests make of it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from schoolctl.errors import Problem
from schoolctl.store.schedule_file import ScheduleFile

SCHEDULE = (Path(__file__).parent / "sample_schedule.toml").read_text("utf-8")
ANEMIA = "2026-12-10-anemia"
LEUKEMIA = "2026-12-17-leukemia"
ALMATY = ZoneInfo("Asia/Almaty")


def changed(*replacements: tuple[str, str]) -> str:
    """The sample with the first place of each old text replaced."""
    text = SCHEDULE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def file_of(text: str) -> ScheduleFile:
    return ScheduleFile(Path("sessions.toml"), text.encode())


def error(line: int | None, message: str, hint: str) -> Problem:
    return Problem("sessions.toml", line, message, hint)
