"""Every document in every language, compared byte for byte with the file that was read and found good.

SCHOOLCTL_UPDATE_GOLDEN=1 writes them anew: look at each of them before keeping it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

GOLDEN = Path(__file__).parent / "documents"
LANGUAGES = ("kk", "ru", "en")
MYELOMA, LEUKEMIA = "2026-12-10-multiple-myeloma", "2026-12-17-chronic-lymphocytic-leukemia"
NOW = str(int(datetime(2026, 12, 1, 5, tzinfo=UTC).timestamp()))
FILES_OF_A_CHANNEL = {"site": 1, "whatsapp": 1, "telegram": 1, "email": 2, "all": 5}


class Announced(NamedTuple):
    """The file's name, what happens to the schedule before, what is announced, and where."""

    name: str
    changes: str
    words: str
    channels: str


ANNOUNCEMENTS = [
    Announced("call", "", LEUKEMIA, "all"),
    Announced("call-no-link", "", MYELOMA, "site whatsapp"),
    Announced("call-two-schools", "", f"{MYELOMA} {LEUKEMIA}", "all"),
    Announced("call-lecture", f"edit {MYELOMA} --format lecture", MYELOMA, "site whatsapp"),
    Announced("call-closed", "", f"{MYELOMA} --publish-at '2026-12-09 10:00'", "site whatsapp"),
    Announced(
        "call-two-schools-one-closed", "", f"{MYELOMA} {LEUKEMIA} --publish-at '2026-12-09 10:00'", "site whatsapp"
    ),
    Announced("invitation", "", f"{LEUKEMIA} --kind invitation", "all"),
    Announced(
        "invitation-registration", f"edit {MYELOMA} --registration", f"{MYELOMA} --kind invitation", "site whatsapp"
    ),
    Announced("invitation-onsite", f"edit {LEUKEMIA} --mode onsite", f"{LEUKEMIA} --kind invitation", "site whatsapp"),
    Announced("link", "", f"{LEUKEMIA} --kind link", "all"),
    Announced("reminder", "", f"{LEUKEMIA} --kind reminder", "all"),
    Announced("reminder-tomorrow", "", f"{LEUKEMIA} --kind reminder --publish-at '2026-12-16 09:00'", "site whatsapp"),
    Announced("reminder-today", "", f"{LEUKEMIA} --kind reminder --publish-at '2026-12-17 09:00'", "site whatsapp"),
    Announced("move", f"move {LEUKEMIA} --starts '2026-12-24 18:30'", f"{LEUKEMIA} --kind move", "all"),
    Announced(
        "cancellation",
        f"cancel {LEUKEMIA} --reason kk=карантин --reason ru=карантин --reason 'en=a quarantine'",
        f"{LEUKEMIA} --kind cancellation",
        "all",
    ),
    Announced("cancellation-no-reason", f"cancel {MYELOMA}", f"{MYELOMA} --kind cancellation", "site whatsapp"),
    Announced(
        "recap",
        f"edit {MYELOMA} --recording https://video.example.org/watch/1",
        f"{MYELOMA} --kind recap --publish-at '2026-12-11 10:00'",
        "all",
    ),
    Announced("recap-bare", "", f"{LEUKEMIA} --kind recap --publish-at '2026-12-18 10:00'", "site whatsapp"),
]
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


@pytest.mark.parametrize("announced", ANNOUNCEMENTS, ids=[announced.name for announced in ANNOUNCEMENTS])
def test_announcements(request: pytest.FixtureRequest, tmp_path: Path, announced: Announced) -> None:
    name, changes, words, channels = announced
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(Path(__file__).parent / "sessions.toml", own)
    if name == "recap":
        shutil.copy(request.getfixturevalue("workspace") / "questions.db", own)
    for change in filter(None, changes.split("; ")):
        schoolctl(own, "school", *shlex.split(change))
    wanted = [word for channel in channels.split() for word in ("--channel", channel)]
    schoolctl(own, "announce", *shlex.split(words), *wanted, "--out", "texts")
    made = [path for path in (own / "texts").rglob("*") if path.is_file()]
    for path in made:
        ending = path.name.removeprefix("item.") if path.suffix == ".md" else path.name.split(".", 1)[1]
        compare(f"{name}.{ending}", path.read_bytes())
    assert len(made) == 3 * sum(FILES_OF_A_CHANNEL[channel] for channel in channels.split())


CLOSINGS = {
    "recap-closed": (f"--answered 1,3 --to {LEUKEMIA}", "all"),
    "recap-all-answered": ("--answered all --keep", "site whatsapp"),
    "recap-carried": (f"--answered none --to {MYELOMA}-2", "site whatsapp"),
}


@pytest.mark.parametrize("name", CLOSINGS)
def test_recaps_of_a_school_that_was_closed(workspace: Path, tmp_path: Path, name: str) -> None:
    told, channels = CLOSINGS[name]
    for file in ("sessions.toml", "questions.db"):
        shutil.copy(workspace / file, tmp_path)
    topics = ("--topic", "kk=көптік миелома", "--topic", "ru=множественная миелома", "--topic", "en=multiple myeloma")
    when = ("--starts", "2027-02-11 18:30", "--duration", "2h")
    schoolctl(tmp_path, "school", "add", "--id", f"{MYELOMA}-2", *topics, *when)
    after = str(int(datetime(2026, 12, 11, 5, tzinfo=UTC).timestamp()))
    schoolctl(tmp_path, "school", "close", MYELOMA, *shlex.split(told), now=after)
    if name == "recap-carried":
        # When they will be answered nobody knows then.
        schoolctl(tmp_path, "school", "cancel", f"{MYELOMA}-2")
    wanted = [word for channel in channels.split() for word in ("--channel", channel)]
    schoolctl(tmp_path, "announce", MYELOMA, "--kind", "recap", *wanted, "--out", "texts", now=after)
    made = [path for path in (tmp_path / "texts").rglob("*") if path.is_file()]
    for path in made:
        ending = path.name.removeprefix("item.") if path.suffix == ".md" else path.name.split(".", 1)[1]
        compare(f"{name}.{ending}", path.read_bytes())
    assert len(made) == 3 * sum(FILES_OF_A_CHANNEL[channel] for channel in channels.split())


def test_a_post_with_its_poster(workspace: Path, tmp_path: Path) -> None:
    schoolctl(workspace, "announce", LEUKEMIA, "--poster", "--out", str(tmp_path / "post"))
    schoolctl(workspace, "poster", LEUKEMIA, "--out", str(tmp_path))
    (folder,) = (tmp_path / "post").iterdir()
    for language in LANGUAGES:
        compare(f"call-poster.{language}.md", (folder / f"item.{language}.md").read_bytes())
        picture = f"poster.{language}.png"
        assert (folder / picture).read_bytes() == (tmp_path / picture).read_bytes()


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
