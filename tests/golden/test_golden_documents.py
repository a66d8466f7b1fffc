"""Every document in every language, compared byte for byte with the file that was read and found good.

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
LANGUAGES = ("kk", "ru", "en")
KINDS = ("call", "invitation", "link", "reminder")
MYELOMA, LEUKEMIA = "2026-12-10-multiple-myeloma", "2026-12-17-chronic-lymphocytic-leukemia"
NOW = str(int(datetime(2026, 12, 1, 5, tzinfo=UTC).timestamp()))
ACCEPTED = ((1, "diet"), (2, "diet"), (3, "treatment"), (5, "other"))


def schoolctl(workspace: Path, *words: str, now: str = NOW, code: int = 0) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "schoolctl", *words],
        cwd=workspace,
        env=os.environ | {"SOURCE_DATE_EPOCH": now},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode()
    return done.stdout


def compare(name: str, content: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("SCHOOLCTL_UPDATE_GOLDEN") == "1":
        path.write_bytes(content)
    assert content == path.read_bytes(), f"{name} is not what it was; SCHOOLCTL_UPDATE_GOLDEN=1 writes it anew"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("season")
    for name in ("sessions.toml", "questions.csv"):
        (folder / name).write_bytes((Path(__file__).parent / name).read_bytes())
    schoolctl(folder, "questions", "import", "questions.csv", "--school", MYELOMA)
    for number, theme in ACCEPTED:
        schoolctl(folder, "questions", "set", str(number), "--status", "accepted", "--theme", theme)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_posts_about_one_school(workspace: Path, tmp_path: Path, kind: str) -> None:
    schoolctl(workspace, "announce", LEUKEMIA, "--kind", kind, "--news-dir", str(tmp_path))
    folder = tmp_path / f"01.2026-12-01-{kind}-chronic-lymphocytic-leukemia"
    for language in LANGUAGES:
        compare(f"{kind}.{language}.md", (folder / f"item.{language}.md").read_bytes())


def test_a_post_before_the_link_is_there(workspace: Path, tmp_path: Path) -> None:
    schoolctl(workspace, "announce", MYELOMA, "--news-dir", str(tmp_path))
    for language in LANGUAGES:
        page = tmp_path / "01.2026-12-01-call-multiple-myeloma" / f"item.{language}.md"
        compare(f"call-no-link.{language}.md", page.read_bytes())


def test_a_reminder_on_the_day(workspace: Path, tmp_path: Path) -> None:
    order = ("announce", LEUKEMIA, "--kind", "reminder", "--publish-at", "2026-12-17 09:00")
    schoolctl(workspace, *order, "--news-dir", str(tmp_path))
    for language in LANGUAGES:
        page = tmp_path / "01.2026-12-17-reminder-chronic-lymphocytic-leukemia" / f"item.{language}.md"
        compare(f"reminder-today.{language}.md", page.read_bytes())


def test_a_post_about_two_schools(workspace: Path, tmp_path: Path) -> None:
    schoolctl(workspace, "announce", MYELOMA, LEUKEMIA, "--news-dir", str(tmp_path))
    for language in LANGUAGES:
        folder = tmp_path / "01.2026-12-01-call-multiple-myeloma-chronic-lymphocytic-leukemia"
        compare(f"call-two-schools.{language}.md", (folder / f"item.{language}.md").read_bytes())


@pytest.mark.parametrize("school", [MYELOMA, LEUKEMIA])
def test_agendas(workspace: Path, tmp_path: Path, school: str) -> None:
    schoolctl(workspace, "agenda", school, "--format", "md", "--format", "json", "--out", str(tmp_path))
    subject = school.rpartition("-")[2]
    for language in LANGUAGES:
        for extension in ("md", "json"):
            name = f"agenda.{language}.{extension}"
            compare(f"{subject}-{name}", (tmp_path / name).read_bytes())


def test_invites_and_their_cancellation(workspace: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "sessions.toml").write_bytes((workspace / "sessions.toml").read_bytes())
    schoolctl(own, "invite", LEUKEMIA, "--out", "publish")
    schoolctl(own, "invite", LEUKEMIA, "--out", "request", "--attendee", "guest@example.org")
    schoolctl(own, "school", "cancel", LEUKEMIA, "--reason", "kk=карантин", "--reason", "ru=карантин")
    schoolctl(own, "school", "cancel", LEUKEMIA, "--reason", "en=a quarantine")
    schoolctl(own, "invite", LEUKEMIA, "--out", "cancel")
    for language in LANGUAGES:
        compare(f"publish.{language}.ics", (own / "publish" / f"invite.{language}.ics").read_bytes())
        compare(f"request.{language}.ics", (own / "request" / f"invite.{language}.1.ics").read_bytes())
        compare(f"cancel.{language}.ics", (own / "cancel" / f"invite.{language}.1.ics").read_bytes())


def test_an_invite_before_the_link_is_there(workspace: Path) -> None:
    for language in LANGUAGES:
        order = ("invite", MYELOMA, "--dry-run", "--lang", language, "--out", "-")
        compare(f"publish-no-link.{language}.ics", schoolctl(workspace, *order))


def test_the_table_of_questions(workspace: Path) -> None:
    compare("questions.csv", schoolctl(workspace, "questions", "list", "--csv"))
    compare("questions-revealed.csv", schoolctl(workspace, "questions", "list", "--csv", "--reveal"))


def test_the_account_of_a_check(tmp_path: Path) -> None:
    (tmp_path / "sessions.toml").write_bytes((Path(__file__).parent / "mistakes.toml").read_bytes())
    compare("check.txt", schoolctl(tmp_path, "check", code=3))
    compare("check.json", schoolctl(tmp_path, "check", "--json", code=3))
