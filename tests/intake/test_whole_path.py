"""Files as they come, whole and damaged, through the whole intake into a real store."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.errors import SchoolctlError
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.questions import list_questions
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter

CHECKOUT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in (CHECKOUT / "examples", CHECKOUT / "tests" / "data" / "intake")
    for path in folder.rglob("*")
    if path.is_file() and path.suffix not in {".json", ".md"}
)
# More for a night: SCHOOLCTL_MUTATIONS=5000 pytest tests/intake
MUTATIONS = int(os.environ.get("SCHOOLCTL_MUTATIONS", "150"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copy(CHECKOUT / "sessions.toml", folder)
    return Workspace(folder)


def fresh(folder: Path) -> Workspace:
    shutil.copy(CHECKOUT / "sessions.toml", folder)
    return Workspace(folder)


def texts_after(workspace: Workspace, last: int) -> tuple[int, list[str]]:
    if not workspace.database_path.exists():
        return 0, []
    with closing(sqlite3.connect(workspace.database_path)) as connection:
        rows = connection.execute("SELECT text FROM question WHERE id > ?", (last,)).fetchall()
        highest = connection.execute("SELECT coalesce(max(id), 0) FROM question").fetchone()[0]
    return highest, [row[0] for row in rows]


def test_every_sample_is_accounted_for_and_importing_again_adds_nothing(tmp_path: Path) -> None:
    workspace = fresh(tmp_path)
    first = import_questions(workspace, IntakeRequest(FILES), lambda *_: None)
    stored = list_questions(workspace, QuestionFilter())
    assert first.imported == len(stored) > 150
    before = workspace.database_path.read_bytes()
    again = import_questions(workspace, IntakeRequest(FILES), lambda *_: None)
    assert (again.imported, again.updated, again.seen) == (0, 0, first.seen)
    assert again.set_aside == first.set_aside
    assert workspace.database_path.read_bytes() == before


def test_a_changed_file_is_read_again_and_only_its_news_is_added(tmp_path: Path) -> None:
    workspace = fresh(tmp_path)
    chat = tmp_path / "chat.txt"
    chat.write_text("12.05.2022, 10:00 - Анна: Что можно есть?\n", "utf-8")
    import_questions(workspace, IntakeRequest([chat]), lambda *_: None)
    with chat.open("a", encoding="utf-8") as stream:
        stream.write("12.05.2022, 10:05 - Берік: Қанша су ішу керек?\n")
    account = import_questions(workspace, IntakeRequest([chat]), lambda *_: None)
    assert (account.imported, account.duplicates) == (1, 1)
    assert [file.is_unchanged for file in account.files] == [False]


def test_the_report_is_the_whole_account_and_is_never_written_over(tmp_path: Path) -> None:
    workspace = fresh(tmp_path)
    report = tmp_path / "report.json"
    request = IntakeRequest([CHECKOUT / "examples" / "inbox.mbox", tmp_path / "missing.mbox"])
    account = import_questions(workspace, request, lambda *_: None, report)
    written = json.loads(report.read_text("utf-8"))
    assert (written["seen"], written["imported"], len(written["set_aside"])) == (18, 13, 4)
    assert written["refused"] == [{"source": "missing.mbox", "reason": "there is no such file"}]
    assert [file["source"] for file in written["sources"]] == ["inbox.mbox"]
    assert account.seen == 18
    with pytest.raises(SchoolctlError, match="is there already"):
        import_questions(workspace, request, lambda *_: None, report)


@settings(max_examples=MUTATIONS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_raise_nothing_and_the_account_adds_up(data: st.DataObject, workspace: Workspace) -> None:
    path = data.draw(st.sampled_from(FILES))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 40))
        content[at : at + cut] = data.draw(st.binary(max_size=12))
    damaged = workspace.root / path.name
    damaged.write_bytes(content)
    before = texts_after(workspace, 0)[0]
    account = import_questions(workspace, IntakeRequest([damaged]), lambda *_: None)
    last, texts = texts_after(workspace, before)
    assert account.seen == account.imported + account.duplicates + account.updated + len(account.set_aside)
    assert len(texts) == last - before == account.imported
    assert all(text and "\ufffd" not in text for text in texts)
    assert account.seen or account.refused or account.warnings


def test_an_empty_archive_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    workspace = fresh(tmp_path)
    empty = tmp_path / "chat.zip"
    with zipfile.ZipFile(empty, "w"):
        pass
    inbox = CHECKOUT / "examples" / "inbox.mbox"
    account = import_questions(workspace, IntakeRequest([empty, inbox]), lambda *_: None)
    assert ([refusal.source for refusal in account.refused], account.imported) == (["chat.zip"], 13)


def test_a_fault_in_reading_one_file_costs_this_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object) -> object:
        raise ZeroDivisionError

    workspace = fresh(tmp_path)
    monkeypatch.setattr("schoolctl.importers.whatsapp.WhatsappImporter.read", faulty)
    examples = [CHECKOUT / "examples" / name for name in ("whatsapp-chat.txt", "inbox.mbox")]
    account = import_questions(workspace, IntakeRequest(examples), lambda *_: None)
    (refusal,) = account.refused
    assert refusal.reason == "it could not be read to its end (ZeroDivisionError); nothing of it was imported"
    assert account.imported == 13
