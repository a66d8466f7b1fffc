from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.services.workspace import Workspace

SCHEDULE = """\
languages = ["kk", "ru", "en"]
timezone = "Asia/Almaty"

[organizer]
name = { kk = "Мысал орталығы", ru = "Центр «Пример»", en = "The Example Center" }
email = "school@example.kz"
whatsapp = "+7 700 000 00 00"

[[school]]
id = "2026-12-10-anemia"
topic = { kk = "анемия", ru = "анемия", en = "anemia" }
starts = 2026-12-10 18:30:00
ends = 2026-12-10 20:30:00
"""


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796101200")
    (tmp_path / "sessions.toml").write_bytes(SCHEDULE.encode())
    return Workspace(tmp_path)
