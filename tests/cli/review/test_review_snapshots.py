"""The screen as it is drawn, compared with the pictures that were looked at and found good.

SCHOOLCTL_UPDATE_GOLDEN=1 draws them anew: open each of them in a browser before keeping it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from schoolctl.cli.review.app import ReviewApp
from schoolctl.domain.question import Question
from schoolctl.domain.triage import Suggestion
from schoolctl.services.review import SimilarQuestions
from schoolctl.services.workspace import Workspace

from .sample import NARROW, WIDE, drive, path_of_golden, press_keys

if TYPE_CHECKING:
    from textual.pilot import Pilot
from textual.widgets import Input, TextArea

SCENES: dict[str, tuple[str, ...]] = {
    "begin": (),
    "personal": ("down",),
    "decided": ("a", "p", "a"),
    "similar": ("m",),
    "whole": ("down", "enter"),
    "stranger": ("end", "up", "up", "up"),
    "themes": ("t", "4", "2"),
    "duplicate": ("d",),
    "school": ("s",),
    "filter": ("f",),
    "search": ("/", "ч", "а", "й"),
    "edit": ("down", "e"),
    "wording": ("down", "w"),
    "help": ("?",),
    "light": ("a", "l"),
    "nothing": ("/", "ы", "ы", "enter"),
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "160x45"])
@pytest.mark.parametrize("scene", SCENES)
def test_the_screen_is_as_it_was_found_good(
    season: Workspace, monkeypatch: pytest.MonkeyPatch, scene: str, size: tuple[int, int]
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(SimilarQuestions, "to", suggested)

    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        app.animation_level = "none"
        await press_keys(app, pilot, *SCENES[scene])
        app.clear_notifications()
        for written in (*app.screen.query(Input), *app.screen.query(TextArea)):
            written.cursor_blink = False
        await pilot.pause(0.1)
        drawn.append(normalised(app.export_screenshot()))

    drive(season, driver, size)
    path = path_of_golden(f"{scene}.{size[0]}x{size[1]}.svg")
    if os.environ.get("SCHOOLCTL_UPDATE_GOLDEN") == "1":
        path.write_text(drawn[0], "utf-8", newline="\n")
    assert drawn[0] == path.read_text("utf-8"), f"{path.name} is not what it was"


def suggested(_: SimilarQuestions, __: Question, questions: Sequence[Question], ___: int) -> tuple[Suggestion, ...]:
    """What is similar, whatever the rules of similarity are at the time."""
    found = ((4, 0.92, ("tea", "anaemia")), (3, 0.81, ("tea", "anaemia")), (2, 0.34, ("school", "можно")))
    return tuple(Suggestion(questions[number - 1], score, why) for number, score, why in found)


def normalised(svg: str) -> str:
    """The picture without what differs from run to run: the number in its names."""
    return re.sub(r"terminal-\d+", "terminal", svg)
