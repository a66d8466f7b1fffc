"""The SQLite file: private, durable, erased for good, and never changed by reading."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from schoolctl.errors import SchoolctlError
from schoolctl.store import database as database_module
from schoolctl.store.change_log import ChangeLog
from schoolctl.store.database import Database, open_database, open_for_change
from schoolctl.store.migrations import MIGRATIONS
from schoolctl.store.question_store import QuestionFilter, QuestionStore

ISSUE = "INSERT INTO invite_revision (school, sequence, stamp, fingerprint) VALUES (?, ?, ?, ?)"
COUNT = "SELECT count(*) FROM invite_revision"
HOLDER = """
import sys
from pathlib import Path
from schoolctl.store.database import open_database
with open_database(Path(sys.argv[1]), for_writing=True) as database, database.transaction():
    print("held", flush=True)
    sys.stdin.readline()
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from schoolctl.store.database import open_database
with open_database(Path(sys.argv[1]), for_writing=True) as database, database.transaction():
    database.execute("PRAGMA cache_size = 5")
    database.execute("UPDATE invite_revision SET fingerprint = ?", ("half" * 100,))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def issued(path: Path, number: int = 1) -> Path:
    with open_database(path, for_writing=True) as database, database.transaction():
        for sequence in range(number):
            database.execute(ISSUE, ("2026-12-10-anemia", sequence, "2026-01-01T00:00:00+00:00", "print" * 60))
    return path


def one(database: Database, sql: str) -> object:
    row = database.row(sql)
    assert row is not None
    return row[0]


def state(path: Path) -> tuple[bytes, int, int, list[str]]:
    about = path.stat()
    return path.read_bytes(), about.st_mtime_ns, about.st_ino, sorted(file.name for file in path.parent.iterdir())


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_the_file_and_its_journal_are_private(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "questions.db"
    before = os.umask(umask)
    try:
        with open_database(path, for_writing=True) as database, database.transaction():
            database.execute(ISSUE, ("a", 0, "b", "c"))
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"questions.db": 0o600, "questions.db-journal": 0o600}
    assert [file.name for file in tmp_path.iterdir()] == ["questions.db"]


@pytest.mark.parametrize("for_writing", [True, False])
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
    ],
)
def test_the_settings_are_in_force(tmp_path: Path, pragma: str, value: object, *, for_writing: bool) -> None:
    path = issued(tmp_path / "questions.db")
    with open_database(path, for_writing=for_writing) as database:
        assert one(database, f"PRAGMA {pragma}") == value


@pytest.mark.parametrize("name", ["questions.db", "сұрақтар #1 100%?.db"])
def test_any_folder_and_name_will_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "Аурухана %41 #2?x=1"
    folder.mkdir()
    issued(folder / name)
    assert [file.name for file in folder.iterdir()] == [name]
    with open_database(folder / name, for_writing=False) as database:
        assert one(database, COUNT) == 1


def test_reading_where_there_is_no_file_creates_none(tmp_path: Path) -> None:
    with open_database(tmp_path / "questions.db", for_writing=False) as database:
        assert one(database, "SELECT count(*) FROM question") == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rehearsed", [False, True], ids=["reading", "rehearsing"])
@pytest.mark.parametrize("mode", [0o600, 0o444])
def test_reading_changes_nothing(tmp_path: Path, mode: int, *, rehearsed: bool) -> None:
    path = issued(tmp_path / "questions.db", 50)
    path.chmod(mode)
    before = state(path)
    if rehearsed:
        with open_for_change(path, is_rehearsal=True) as database, database.transaction():
            database.execute("DELETE FROM invite_revision")
            assert one(database, COUNT) == 0
    else:
        with open_database(path, for_writing=False) as database:
            assert one(database, COUNT) == 50
            assert database.integrity_fault() is None
    assert state(path) == before


@pytest.mark.parametrize("content", [b"", None], ids=["empty file", "file of version 0"])
def test_reading_an_older_file_leaves_it_as_it_is(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "questions.db"
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE older (x)")
        connection.close()
    else:
        path.write_bytes(content)
    before = state(path)
    with open_database(path, for_writing=False) as database:
        assert one(database, "SELECT count(*) FROM question") == 0
    assert state(path) == before


@pytest.mark.parametrize("content", [b"", None], ids=["empty file", "no file"])
def test_writing_brings_an_older_file_up_to_date(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "questions.db"
    if content is not None:
        path.write_bytes(content)
    with open_database(path, for_writing=True) as database:
        assert database.version == len(MIGRATIONS)
        tables = [row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    assert tables == [
        *("announced_start", "announcement", "change", "changed_question", "erased_number", "imported_file"),
        "invite_issue",
        *("invite_recipient", "invite_revision", "mail", "question", "set_aside"),
    ]


QUESTION_OF_STEP_2 = """INSERT INTO question
    (id, channel, status, reviewed, language, text, text_edited, original_text, redacted_text, text_digest, sender_name,
     sender_email, sender_phone, zone_assumed, source_file, source_position, message_id, screening_label,
     screening_reasons, themes, repairs, group_id, person)
    VALUES (?, 'email', 'accepted', 1, 'ru', 'Чай?', ?, 'Чай?', 'Чай?', 'd', 'Асан', 'a@b.kz', '', 0, 'in.mbox', 1, '',
     'general', '["cue"]', '["diet"]', '[]', NULL, NULL)"""


def of_step(path: Path, step: int) -> Path:
    """A file as an older schoolctl made it, with two questions, an invite and somebody invited."""
    with sqlite3.connect(path) as connection:
        for statements in MIGRATIONS[:step]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {step}")
        for number, is_edited in ((1, 0), (2, 1)):
            connection.execute(QUESTION_OF_STEP_2, (number, is_edited))
        connection.execute(ISSUE, ("anemia", 0, "2026-01-01T00:00:00+00:00", "print"))
        connection.execute(ISSUE, ("anemia", 1, "2026-01-02T00:00:00+00:00", "print"))
        connection.execute("INSERT INTO invite_recipient (school, number, email) VALUES ('anemia', 1, 'a@b.kz')")
    connection.close()
    return path


@pytest.mark.parametrize("for_writing", [False, True], ids=["reading", "writing"])
def test_a_file_of_the_second_step_keeps_all_it_holds(tmp_path: Path, *, for_writing: bool) -> None:
    path = of_step(tmp_path / "questions.db", 2)
    before = state(path)
    with open_database(path, for_writing=for_writing) as database:
        assert database.version == len(MIGRATIONS)
        questions = QuestionStore(database).find(QuestionFilter())
        rows = database.rows("SELECT email, sequence, way FROM invite_issue ORDER BY 1, 2")
        issued_to = [tuple(row) for row in rows]
        told = [tuple(row) for row in database.rows("SELECT sequence, told FROM invite_revision ORDER BY 1")]
        languages = [tuple(row) for row in database.rows("SELECT email, language FROM invite_recipient")]
        assert ChangeLog(database).find(10) == []
    assert [(one.id, one.text, one.status, one.reviewed, one.themes) for one in questions] == [
        (1, "Чай?", "accepted", True, ("diet",)),
        (2, "Чай?", "accepted", True, ("diet",)),
    ]
    # A wording that a person chose is known as one.
    assert [one.decided for one in questions] == [frozenset(), frozenset({"text"})]
    assert [(one.screening.score, one.theme_reasons, one.redactions, one.split_from) for one in questions] == [
        (0, (), (), None)
    ] * 2
    # Whom an older one wrote to counts as told.
    assert issued_to == [
        ("", 0, "invite"),
        ("", 1, "invite"),
        ("a@b.kz", 0, "invite"),
        ("a@b.kz", 1, "invite"),
    ]
    assert (told, languages) == ([(0, ""), (1, "")], [("a@b.kz", "")])
    assert (state(path) == before) is not for_writing


def test_a_step_that_fails_leaves_the_version_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = issued(tmp_path / "questions.db")
    steps = (*MIGRATIONS, ("CREATE TABLE later (x)", "CREATE TABLE question (x)"))
    with monkeypatch.context() as patch:
        patch.setattr(database_module, "MIGRATIONS", steps)
        with pytest.raises(SchoolctlError), open_database(path, for_writing=True):
            pass
    with open_database(path, for_writing=True) as database:
        assert database.version == len(MIGRATIONS)
        assert one(database, "SELECT count(*) FROM sqlite_master WHERE name = 'later'") == 0
        assert one(database, COUNT) == 1


@pytest.mark.parametrize("for_writing", [True, False])
def test_a_file_of_a_newer_schoolctl_is_refused(tmp_path: Path, *, for_writing: bool) -> None:
    path = issued(tmp_path / "questions.db")
    with open_database(path, for_writing=True) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = state(path)
    with pytest.raises(SchoolctlError) as refusal, open_database(path, for_writing=for_writing):
        pass
    assert str(refusal.value) == "questions.db was made by a newer schoolctl. Update schoolctl to use it"
    assert state(path) == before


@pytest.mark.parametrize("for_writing", [True, False])
def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path, *, for_writing: bool) -> None:
    path = tmp_path / "questions.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(SchoolctlError) as refusal, open_database(path, for_writing=for_writing):
        pass
    assert str(refusal.value) == (
        "questions.db is damaged (file is not a database). Put a copy of it from your backup in its place"
    )
    assert path.read_bytes() == b"no database at all" * 100


def test_a_damaged_page_is_told_in_one_line(tmp_path: Path) -> None:
    path = issued(tmp_path / "questions.db", 200)
    raw = bytearray(path.read_bytes())
    raw[4_096:] = b"\xff" * (len(raw) - 4_096)
    path.write_bytes(raw)
    with pytest.raises(SchoolctlError) as refusal, open_database(path, for_writing=False) as database:
        list(database.rows("SELECT * FROM invite_revision"))
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith("questions.db is damaged (")


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"), open_database(tmp_path / "no" / "q.db", for_writing=True):
        pass


def test_the_second_writer_waits_and_then_says_who_is_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = issued(tmp_path / "questions.db")
    monkeypatch.setattr(database_module, "_PRAGMAS", ("busy_timeout = 200",))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        began = time.monotonic()
        with (
            pytest.raises(SchoolctlError) as refusal,
            open_database(path, for_writing=True) as database,
            database.transaction(),
        ):
            pass
        waited = time.monotonic() - began
        with open_database(path, for_writing=False) as database:
            assert one(database, COUNT) == 1
        holder.communicate("\n")
    assert str(refusal.value) == (
        "questions.db is in use by another schoolctl command. Wait for it to finish, then try again"
    )
    assert 0.15 <= waited < 5
    with open_database(path, for_writing=True) as database, database.transaction():
        database.execute(ISSUE, ("b", 0, "c", "d"))


@pytest.mark.parametrize("for_writing", [True, False])
def test_what_a_killed_command_left_is_taken_back(tmp_path: Path, *, for_writing: bool) -> None:
    path = issued(tmp_path / "questions.db", 500)
    died = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert died.returncode == -9
    assert (tmp_path / "questions.db-journal").stat().st_size > 0
    with open_database(path, for_writing=for_writing) as database:
        assert one(database, "SELECT max(fingerprint) FROM invite_revision") == "print" * 60
        assert one(database, COUNT) == 500
        assert database.integrity_fault() is None


def erase_and_fail(database: Database) -> None:
    database.execute("DELETE FROM invite_revision")
    message = "no"
    raise SchoolctlError(message)


def test_a_fault_takes_the_whole_transaction_back(tmp_path: Path) -> None:
    path = issued(tmp_path / "questions.db")
    with open_database(path, for_writing=True) as database:
        with pytest.raises(SchoolctlError), database.transaction():
            erase_and_fail(database)
        assert one(database, COUNT) == 1
        with database.transaction():
            database.execute("DELETE FROM invite_revision")
        assert one(database, COUNT) == 0


def fill_up(path: Path) -> None:
    with open_database(path, for_writing=True) as database:
        database.execute("PRAGMA max_page_count = 20")
        with database.transaction():
            for sequence in range(1, 10_000):
                database.execute(ISSUE, ("a", sequence, "b", "c" * 500))


def test_a_full_disk_is_told_in_one_line_and_takes_everything_back(tmp_path: Path) -> None:
    path = issued(tmp_path / "questions.db")
    with pytest.raises(SchoolctlError) as refusal:
        fill_up(path)
    assert str(refusal.value) == (
        "questions.db cannot be used (database or disk is full). Check the folder's permissions and free space"
    )
    with open_database(path, for_writing=False) as database:
        assert one(database, COUNT) == 1


def test_erased_rows_leave_no_trace(tmp_path: Path) -> None:
    path = issued(tmp_path / "questions.db", 300)
    trace = "Асанова Айгүл, +7 700 000 00 07"
    with open_database(path, for_writing=True) as database:
        with database.transaction():
            for number in range(200):
                row = ("s", number, f"a{number}@example.kz {trace}")
                database.execute("INSERT INTO invite_recipient (school, number, email) VALUES (?, ?, ?)", row)
        assert trace.encode() in path.read_bytes()
        with database.transaction():
            database.execute("DELETE FROM invite_recipient")
    assert [file.name for file in tmp_path.iterdir()] == ["questions.db"]
    raw = path.read_bytes()
    assert "Асанова".encode() not in raw
    assert b"@example.kz" not in raw
