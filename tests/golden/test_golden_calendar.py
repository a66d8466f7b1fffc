"""The season's calendar in every language, compared byte for byte with the file that was read and found good.

SCHOOLCTL_UPDATE_GOLDEN=1 writes them anew: look at each of them before keeping it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "documents"
LEUKEMIA = "2026-12-17-chronic-lymphocytic-leukemia"
NOW = str(int(datetime(2026, 12, 1, 5, tzinfo=UTC).timestamp()))
REASONS = ("kk=карантин", "ru=карантин", "en=a quarantine")


def schoolctl(workspace: Path, *words: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "schoolctl", *words],
        cwd=workspace,
        env=os.environ | {"SOURCE_DATE_EPOCH": NOW},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("season")
    (folder / "sessions.toml").write_bytes((Path(__file__).parent / "sessions.toml").read_bytes())
    schoolctl(folder, "feed", "--out", "planned")
    schoolctl(folder, "school", "cancel", LEUKEMIA, *(word for reason in REASONS for word in ("--reason", reason)))
    schoolctl(folder, "feed", "--out", "cancelled")
    return folder


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_the_season_as_one_calendar(workspace: Path, state: str, language: str) -> None:
    content = (workspace / state / f"season.{language}.ics").read_bytes()
    path = GOLDEN / f"season-{state}.{language}.ics"
    if os.environ.get("SCHOOLCTL_UPDATE_GOLDEN") == "1":
        path.write_bytes(content)
    assert content == path.read_bytes(), f"{path.name} is not what it was; SCHOOLCTL_UPDATE_GOLDEN=1 writes it anew"
