"""The demonstration: a sample workspace, and the very commands an organiser would type."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import click
import typer

from schoolctl.cli.console import say
from schoolctl.errors import SchoolctlError
from schoolctl.resources import sample_schedule, shipped_examples

MYELOMA = "2022-05-19-multiple-myeloma"
LEUKEMIA = "2022-06-09-chronic-lymphocytic-leukemia"
# 12 May 2022, 10:00 in Almaty: the day on which the sample schools were announced.
_DAY_OF_THE_SAMPLE = "1652328000"


def run_demo(folder: Path) -> None:
    """Fill an empty folder and run the main job in it, command by command."""
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty. Name another folder: schoolctl demo DIR"
        raise SchoolctlError(message)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sample_schedule(), folder / "sessions.toml")
    shutil.copytree(shipped_examples(), folder / "examples")
    os.environ["SOURCE_DATE_EPOCH"] = _DAY_OF_THE_SAMPLE
    say(f"A sample workspace is in {folder}. Its clock stands at 12 May 2022, 10:00 in Almaty.")
    for command in _commands(folder):
        _run(folder, command)
    say("")
    say(f"Look at what was written: {folder / 'out'}")


def _commands(folder: Path) -> list[list[str]]:
    samples = ["inbox.mbox", "form-answers.csv", "whatsapp-chat.txt", "whatsapp-iphone.zip"]
    sources = [str(folder / "examples" / name) for name in samples]
    return [
        ["check"],
        ["school", "list"],
        ["questions", "import", *sources, "--school", MYELOMA],
        ["questions", "list", "--limit", "12"],
        *_decisions(),
        ["announce", MYELOMA, LEUKEMIA, "--kind", "call"],
        ["school", "link", MYELOMA, "--url", "https://zoom.us/j/12345678901", "--meeting-id", "123 4567 8901"],
        ["announce", MYELOMA, "--kind", "invitation", "--publish-at", "2022-05-16 10:00"],
        ["invite", MYELOMA],
        ["agenda", MYELOMA, "--format", "md", "--format", "json"],
        ["school", "show", MYELOMA],
    ]
