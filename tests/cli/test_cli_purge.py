"""Addresses in the log of sent mails are not kept longer than needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schoolctl.domain.announcement import Kind
from schoolctl.domain.mailing import MailingKey
from schoolctl.store.database import open_database
from schoolctl.store.mailing_log import MailingLog

Run = Callable[..., tuple[int, str, str]]

ANEMIA = "2026-12-10-anemia"
GONE = "2025-11-01-gone"
AFTER = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 20, 5, tzinfo=UTC).timestamp()))}


@pytest.fixture
def mails(workspace: Path) -> None:
    """Mails of a year ago about a school that is gone and about one to come, and one of yesterday."""
    old, new = datetime(2025, 10, 1, 8, 30, 0, 5, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC)
    written: list[tuple[str, Kind, datetime]] = [
        (GONE, "recap", old), (GONE, "call", new), (ANEMIA, "call", old), (ANEMIA, "invitation", new),
    ]  # fmt: skip
    with open_database(workspace / "questions.db", for_writing=True) as database:
        log = MailingLog(database)
        for school, kind, moment in written:
            log.record(MailingKey(school, kind, "x"), "anna@example.kz", "ru", "sent", moment)


def kept(workspace: Path) -> list[tuple[str, str]]:
    with open_database(workspace / "questions.db", for_writing=False) as database:
        return [(row[0], row[1]) for row in database.rows("SELECT school, kind FROM mail ORDER BY school, kind")]


@pytest.mark.usefixtures("mails")
@pytest.mark.parametrize("command", [("purge",), ("questions", "forget")])
def test_old_mails_of_schools_that_are_over_are_erased(run: Run, workspace: Path, command: tuple[str, ...]) -> None:
    everything = kept(workspace)
    rehearsal = "would be erased: 0 questions, 1 mail in the log of sent mails\n"
    assert run(*command, "--older-than", "365d", "--dry-run") == (0, rehearsal, "")
    assert kept(workspace) == everything
    done = "erased: 0 questions, 1 mail in the log of sent mails\n"
    assert run(*command, "--older-than", "365d") == (0, done, "")
    assert kept(workspace) == [(GONE, "call"), (ANEMIA, "call"), (ANEMIA, "invitation")]
    assert run(*command, "--older-than", "365d") == (0, "erased: 0 questions\n", "")
    assert b"anna@example.kz" in (workspace / "questions.db").read_bytes()


@pytest.mark.usefixtures("mails")
def test_once_a_school_is_over_its_mails_are_erased_without_a_trace(run: Run, workspace: Path) -> None:
    answer = json.loads(run("purge", "--older-than", "1d", "--json", env=AFTER)[1])
    assert answer == {"questions": 0, "set_aside": 0, "invitations": 0, "mails": 4}
    assert kept(workspace) == []
    assert b"anna@example.kz" not in (workspace / "questions.db").read_bytes()


def test_addresses_of_calendar_files_go_once_their_school_is_long_over(run: Run, workspace: Path) -> None:
    assert run("invite", ANEMIA, "--attendee", "anna@example.kz", "--lang", "ru")[0] == 0
    assert run("purge", "--older-than", "30d", env=AFTER) == (0, "erased: 0 questions\n", "")
    code, out, err = run("purge", "--older-than", "9d", env=AFTER)
    note = "note: calendar files and drafts in out/ may hold the address still: delete them\n"
    assert (code, out, err) == (0, "erased: 0 questions, 1 invitation\n", note)
    assert b"anna@example.kz" not in (workspace / "questions.db").read_bytes()


@pytest.mark.usefixtures("mails")
def test_which_schools_are_to_come_must_be_readable(run: Run, workspace: Path) -> None:
    (workspace / "sessions.toml").write_text("x = [", "utf-8")
    code, out, err = run("purge", "--older-than", "365d")
    assert (code, out) == (1, "")
    assert "error: sessions.toml:1: the list is not closed" in err
    assert len(kept(workspace)) == 4
