"""Which announcements were written, and what they told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import schoolctl.store.database as database_module
from schoolctl.domain.invite import Revision
from schoolctl.store.announcement_ledger import AnnouncementLedger, Written
from schoolctl.store.database import Database, open_database
from schoolctl.store.invite_ledger import Copy, InviteLedger, IssuedCopy
from schoolctl.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    import pytest

FIRST = datetime(2026, 12, 1, 5, tzinfo=UTC)
SECOND = datetime(2026, 12, 2, 5, tzinfo=UTC)
TOLD = {"starts": "2026-12-10T18:30:00", "timezone": "Asia/Almaty"}


def test_of_several_times_the_last_one_counts(database: Database) -> None:
    ledger = AnnouncementLedger(database)
    ledger.record("a", [Written("call", "site", "ru", {}, FIRST), Written("call", "email", "kk", {}, FIRST)])
    again = Written("call", "site", "ru", TOLD, SECOND)
    ledger.record("a", [again])
    assert ledger.announcements("a") == [Written("call", "email", "kk", {}, FIRST), again]
    assert ledger.written("a") == {"call": {"email": FIRST, "site": SECOND}}
    assert ledger.announcements("b") == []


def test_a_start_that_was_announced_stays_known_when_the_text_is_written_anew(database: Database) -> None:
    ledger = AnnouncementLedger(database)
    later = {"starts": "2026-12-11T17:00:00", "timezone": "Asia/Almaty"}
    for told in (TOLD, {**TOLD, "venue": "Астана"}, later):
        ledger.record("a", [Written("call", "site", "ru", told, FIRST), Written("call", "site", "kk", told, FIRST)])
    assert ledger.starts_told("a") == [TOLD, later]
    assert ledger.starts_told("b") == []


def test_when_invites_went_out_and_what_they_told(database: Database) -> None:
    ledger = InviteLedger(database)
    for sequence, (moment, told) in enumerate([(FIRST, None), (SECOND, TOLD)]):
        revision = Revision(sequence, moment, str(sequence))
        ledger.record_revision("a", revision, told)
        ledger.record_copy("a", revision, Copy("a@mail.example" if told else None, "ru", "PUBLISH"), moment)
    assert sorted(ledger.issues("a")) == [IssuedCopy(FIRST, "", {}), IssuedCopy(SECOND, "a@mail.example", TOLD)]
    assert ledger.issues("b") == []


def test_what_was_written_before_it_was_kept_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    monkeypatch.setattr(database_module, "MIGRATIONS", MIGRATIONS[:4])
    with open_database(path, for_writing=True) as database:
        database.execute(
            "INSERT INTO announcement VALUES ('a', 'call', 'site', 'ru', ?)", (FIRST.isoformat(timespec="seconds"),)
        )
    monkeypatch.undo()
    with open_database(path, for_writing=True) as database:
        assert AnnouncementLedger(database).announcements("a") == [Written("call", "site", "ru", {}, FIRST)]
        assert AnnouncementLedger(database).starts_told("a") == [{}]
