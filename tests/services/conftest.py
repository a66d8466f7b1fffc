from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schoolctl.services.workspace import Workspace

SCHEDULE = Path(__file__).parents[1] / "store" / "sample_schedule.toml"


@pytest.fixture(scope="session", autouse=True)
def _lists(lists_are_read_once: None) -> None:
    """Questions are judged in nearly every test here."""


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796101200")
    shutil.copy(SCHEDULE, tmp_path / "sessions.toml")
    return Workspace(tmp_path)
