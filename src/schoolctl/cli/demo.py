"""The demonstration: a sample workspace, and the very commands an organiser would type."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from schoolctl.cli.console import say
from schoolctl.errors import SchoolctlError
from schoolctl.resources import sample_schedule, shipped_examples

MYELOMA = "2022-05-19-multiple-myeloma"
LEUKEMIA = "2022-06-09-chronic-lymphocytic-leukemia"
# 10:00 in Almaty on 12 May 2022, when the sample schools were announced, and on 20 May, the day after the first one.
_BEFORE_THE_SCHOOL, _AFTER_THE_SCHOOL = "1652328000", "1653019200"
_SOURCES = ("inbox.mbox", "form-answers.csv", "whatsapp-chat.txt", "whatsapp-iphone.zip")


# IDs of sample questions -> the heading under which they are accepted for the myeloma school.
_ACCEPTED = {
    "causes_risk": [1, 15],
    "diagnosis": [12, 14, 24, 25],
    "treatment": [2, 16, 30],
    "side_effects": [8, 22],
    "diet": [3, 26, 33],
    "lifestyle": [4, 10],
    "infections_vaccines": [35],
}
_PERSONAL = [7, 31]
_UNANSWERED = "4,10,33"


def run_demo(folder: Path, run: Callable[[list[str]], object]) -> None:
    """Fill an empty folder and do the main job in it; `run` takes the words of a command, as a shell would."""
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty. Name another folder: schoolctl demo DIR"
        raise SchoolctlError(message)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sample_schedule(), folder / "sessions.toml")
    shutil.copytree(shipped_examples(), folder / "examples")
    say(f"A sample workspace is in {folder}. Its clock stands at 12 May 2022, 10:00 in Almaty.")
    _run_all(folder, _BEFORE_THE_SCHOOL, _before_the_school(folder), run)
    say("\nThe school took place. It is the morning after, 20 May 2022, 10:00.")
    _run_all(folder, _AFTER_THE_SCHOOL, _after_the_school(folder), run)
    say(f"\nLook at what was written: {folder / 'out'}")


def _run_all(folder: Path, clock: str, commands: Iterable[list[str]], run: Callable[[list[str]], object]) -> None:
    os.environ["SOURCE_DATE_EPOCH"] = clock
    for command in commands:
        arguments = ["-C", str(folder), *command]
        say(f"\n$ schoolctl {shlex.join(arguments)}")
        run(arguments)


def _before_the_school(folder: Path) -> Iterator[list[str]]:
    sources = [str(folder / "examples" / name) for name in _SOURCES]
    yield ["check"]
    yield ["school", "list"]
    yield ["questions", "import", *sources, "--school", MYELOMA]
    for theme, ids in _ACCEPTED.items():
        yield ["questions", "set", *map(str, ids), "--status", "accepted", "--theme", theme]
    yield ["questions", "set", *map(str, _PERSONAL), "--status", "personal"]
    yield ["questions", "list", "--limit", "12"]
    yield ["questions", "why", "7"]
    yield ["questions", "reply", "7"]
    yield ["questions", "similar", "12", "--limit", "3"]
    yield ["questions", "summary", "--school", MYELOMA]
    yield ["announce", MYELOMA, LEUKEMIA, "--kind", "call"]
    yield ["school", "link", MYELOMA, "--url", "https://zoom.us/j/12345678901", "--meeting-id", "123 4567 8901"]
    yield ["announce", MYELOMA, "--kind", "invitation", "--channel", "all", "--publish-at", "2022-05-16 10:00"]
    yield ["invite", MYELOMA]
    yield ["agenda", MYELOMA, "--format", "docx", "--format", "pptx"]
    yield ["preview", MYELOMA, "--no-open"]
    yield ["status", MYELOMA]


def _after_the_school(folder: Path) -> Iterator[list[str]]:
    # What was not answered goes over to the next school of the topic.
    topic = ("kk=көптік миелома", "ru=множественная миелома", "en=multiple myeloma")
    topics = [word for text in topic for word in ("--topic", text)]
    yield ["school", "add", *topics, "--starts", "2022-11-17 18:30", "--duration", "2h45m"]
    report = str(folder / "examples" / "zoom-questions.csv")
    yield ["school", "close", MYELOMA, "--live", report, "--unanswered", _UNANSWERED]
    yield ["announce", MYELOMA, "--kind", "recap", "--channel", "all"]
    yield ["report", "--html"]
    yield ["report"]
    yield ["status", MYELOMA]
