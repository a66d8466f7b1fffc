from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.warm_python import WarmPython, warm_python

# 1 December 2026, 10:00 in Almaty.
NOW = str(int(datetime(2026, 12, 1, 5, tzinfo=UTC).timestamp()))

SCHEDULE = """\
# Our season.
languages = ["kk", "ru", "en"]
timezone = "Asia/Almaty"

[organizer]
name = { kk = "Мысал орталығы", ru = "Центр «Пример»", en = "The Example Center" }
email = "school@example.kz"
whatsapp = "+7 700 000 00 00"
chat_names = ["Служба поддержки"]

[[school]]
id = "2026-12-10-anemia"
topic = { kk = "анемия", ru = "анемия", en = "anemia" }
starts = 2026-12-10 18:30:00 # after work
ends = 2026-12-10 20:30:00
questions_until = 2026-12-08 18:00:00

[[school]]
id = "2026-12-17-thalassemia"
topic = { kk = "талассемия", ru = "талассемия", en = "thalassemia" }
starts = 2026-12-17 17:00:00
ends = 2026-12-17 18:00:00
mode = "hybrid"
venue = { kk = "Астана, Мысал көшесі, 1", ru = "Астана, улица Примерная, 1", en = "1 Example Street, Astana" }
meeting = { url = "https://zoom.example.org/j/12345678901", meeting_id = "123 4567 8901", passcode = "246810" }
speakers = [
  { name = "Айгерім Үлгібаева", role = { kk = "гематолог дәрігер", ru = "врач-гематолог", en = "hematologist" } },
]

[[school.programme]]
title = { kk = "Ашылуы", ru = "Открытие", en = "Opening" }
minutes = 10

[[school.programme]]
title = { kk = "Талассемия", ru = "Талассемия", en = "Thalassemia" }
minutes = 50
speakers = ["Айгерім Үлгібаева"]
"""

FORM = """\
Отметка времени,Имя,Телефон,Вопрос
30.11.2026 9:15:00,Асель Примерова,+7 700 000 00 01,Можно ли при анемии пить зелёный чай?
30.11.2026 10:20:00,Берік Үлгіов,+7 700 000 00 02,Анемия кезінде қандай тағам пайдалы? \
Маған +7 700 000 00 02 нөміріне жазыңыз.
30.11.2026 11:45:00,Carol Sample,,Does anemia always need iron tablets?
30.11.2026 12:00:00,Дана Пустая,+7 700 000 00 03,
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "season"
    folder.mkdir()
    (folder / "sessions.toml").write_bytes(SCHEDULE.encode())
    return folder


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.csv"
    path.write_bytes(FORM.encode())
    return path


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with the questions of FORM; the second one is accepted under the theme "diet"."""
    folder = tmp_path_factory.mktemp("stored")
    (folder / "sessions.toml").write_bytes(SCHEDULE.encode())
    (folder / "form.csv").write_bytes(FORM.encode())
    imported = ("questions", "import", "form.csv", "--school", "2026-12-10-anemia")
    decided = ("questions", "set", "2", "--status", "accepted", "--theme", "diet")
    for words in (imported, decided):
        subprocess.run([sys.executable, "-m", "schoolctl", *words], cwd=folder, check=True, capture_output=True)
    return (folder / "questions.db").read_bytes()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    told = {"SCHOOLCTL_WORKSPACE", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING", "LANG", "PYTHONWARNINGS"}
    kept = {name: value for name, value in os.environ.items() if name not in told}
    home = tmp_path / "home"
    home.mkdir()
    return kept | {"COLUMNS": "80", "LC_ALL": "C.UTF-8", "HOME": str(home), "SOURCE_DATE_EPOCH": NOW}


@pytest.fixture(scope="session")
def warm() -> Iterator[WarmPython | None]:
    if not hasattr(os, "fork"):
        # Windows: each command starts by itself.
        yield None
        return
    with warm_python() as python:
        yield python


@pytest.fixture
def run_bytes(
    workspace: Path, environment: dict[str, str], warm: WarmPython | None
) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run schoolctl in the workspace. `fresh`: by a new Python, with a hash seed of its own."""

    def run(
        *words: str,
        cwd: Path = workspace,
        env: Mapping[str, str] | None = None,
        before: tuple[str, ...] = (),
        fresh: bool = False,
    ) -> subprocess.CompletedProcess[bytes]:
        # What Python itself looks at when it starts comes too late for one that has started.
        if warm and not (before or fresh or any(name.startswith("PYTHON") for name in env or ())):
            return warm.run(words, cwd, environment | dict(env or {}))
        return subprocess.run(
            [*before, sys.executable, "-m", "schoolctl", *words],
            cwd=cwd,
            env=environment | dict(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def run(run_bytes: Callable[..., subprocess.CompletedProcess[bytes]]) -> Callable[..., tuple[int, str, str]]:
    """Run schoolctl in the workspace: exit code, standard output, standard error."""

    def run_text(*words: str, **settings: object) -> tuple[int, str, str]:
        done = run_bytes(*words, **settings)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run_text


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder with its bytes, hidden ones too."""
    return _contents


@pytest.fixture
def nothing_changes(workspace: Path) -> Iterator[None]:
    """The test leaves every byte of the workspace as it was; it may begin an empty store."""
    before = _contents(workspace)
    yield
    after = _contents(workspace)
    if "questions.db" not in before:
        after.pop("questions.db", None)
    assert after == before


def _contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


PILE = """\
Отметка времени,Имя,Телефон,Email,Вопрос
01.11.2026 9:15:00,Асель Примерова,+7 700 000 00 01,asel@example.kz,Можно ли при анемии пить зелёный чай?
02.11.2026 9:15:00,Ерлан Образцов,8 (700) 000-00-02,,можно ли при анемии пить зеленый чай
03.11.2026 9:15:00,Берік Үлгіов,,berik@example.kz,Анемия кезінде жасыл шай ішуге бола ма?
04.11.2026 9:15:00,Айгуль Омарова,,aigul@example.kz,\
"Меня зовут Айгуль Омарова, мне 56 лет, гемоглобин 90, какие таблетки мне пить?"
05.11.2026 9:15:00,Айгуль Омарова,+7 700 000 00 05,,\
"Пишет Айгуль Омарова. Можно ли пить железо с гранатовым соком? И можно ли заниматься спортом при гемоглобине 95?"
06.11.2026 9:15:00,Carol Sample,,carol@example.org,How is hypertension treated at home?
07.11.2026 9:15:00,Дана Тестова,,,Спасибо большое!
08.11.2026 9:15:00,Дана Тестова,,,"Скажите, где ссылка на зум?"
"""
CHAT_NAME = "WhatsApp Chat with Жанар Сынақова.txt"
CHAT = """\
09/11/2026, 10:00 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
19/11/2026, 10:01 - Жанар Сынақова: Маған 34 жас, гемоглобинім 80, маған қандай дәрі ішу керек?
19/11/2026, 10:02 - Жанар Сынақова: <Media omitted>
"""
# Words of their own, so that what the shipped lists learn later changes no expectation.
THEMES = {
    "kk": """\
[[keywords]]
theme = "diet"
weight = 6
words = ["шай"]

[[keywords]]
theme = "treatment"
weight = 6
words = ["дәрі"]
""",
    "ru": """\
asking = ["можно ли"]

[[keywords]]
theme = "diet"
weight = 6
words = ["чай", "гранат*"]

[[keywords]]
theme = "lifestyle"
weight = 6
words = ["спорт*"]

[[keywords]]
theme = "treatment"
weight = 6
words = ["таблетк*"]
""",
    "en": '[[keywords]]\ntheme = "treatment"\nweight = 6\nwords = ["treated"]\n',
}


def write_themes(folder: Path) -> None:
    (folder / "templates" / "themes").mkdir(parents=True)
    for language, words in THEMES.items():
        (folder / "templates" / "themes" / f"{language}.toml").write_text(words, "utf-8")


@pytest.fixture
def piled(workspace: Path, pile: bytes) -> None:
    """The store `pile` in the workspace, and the themes by which it was judged."""
    write_themes(workspace)
    (workspace / "questions.db").write_bytes(pile)


@pytest.fixture(scope="session")
def pile(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with the questions of PILE and, of a chat, one question and two messages set aside."""
    folder = tmp_path_factory.mktemp("pile")
    write_themes(folder)
    (folder / "sessions.toml").write_bytes(SCHEDULE.encode())
    (folder / "pile.csv").write_bytes(PILE.encode())
    (folder / CHAT_NAME).write_bytes(CHAT.encode())
    words = ("questions", "import", "pile.csv", CHAT_NAME, "--school", "2026-12-10-anemia")
    subprocess.run([sys.executable, "-m", "schoolctl", *words], cwd=folder, check=True, capture_output=True)
    return (folder / "questions.db").read_bytes()


@pytest.fixture
def as_anybody() -> tuple[str, ...]:
    """What stands before a command for it to have the rights of anybody: root may write everywhere."""
    return ("setpriv", "--bounding-set", "-dac_override") if os.geteuid() == 0 else ()
