from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schoolctl.services.workspace import Workspace

from .sample import QUESTIONS, store

SCHEDULE = Path(__file__).parents[2] / "store" / "sample_schedule.toml"


@pytest.fixture(scope="session", autouse=True)
def _lists(lists_are_read_once: None) -> None:
    """Questions are judged in nearly every test here."""


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a dozen questions: the tenth is reviewed, 3 and 4 are a group."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796101200")
    for name in ("NO_COLOR", "COLORFGBG", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    shutil.copy(SCHEDULE, tmp_path / "sessions.toml")
    workspace = Workspace(tmp_path)
    store(workspace, *QUESTIONS)
    return workspace
