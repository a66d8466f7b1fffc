"""What was issued stays as it was issued."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import schoolctl.store.database as database_module
from schoolctl.domain.invite import Holders, Revision
from schoolctl.store.database import Database, open_database
from schoolctl.store.invite_ledger import Copy, InviteLedger
from schoolctl.store.migrations import MIGRATIONS

FIRST = Revision(0, datetime(2026, 12, 1, 7, 0, tzinfo=UTC), "a")
SECOND = Revision(1, datetime(2026, 12, 2, 7, 0, tzinfo=UTC), "b")


@pytest.fixture(name="ledger")
def ledger_of(database: Database) -> InviteLedger:
    return InviteLedger(database)


def test_the_last_revision_is_the_highest(ledger: InviteLedger) -> None:
    assert ledger.last_revision("school") is None
    ledger.record_revision("school", SECOND)
    ledger.record_revision("school", FIRST)
    assert ledger.last_revision("school") == SECOND
    assert ledger.last_revision("other") is None


def test_a_revision_that_was_issued_is_never_rewritten(ledger: InviteLedger) -> None:
    ledger.record_revision("school", FIRST)
    ledger.record_revision("school", Revision(0, SECOND.stamp, "other"))
    assert ledger.last_revision("school") == FIRST


def test_a_recipient_keeps_the_number(ledger: InviteLedger) -> None:
    ledger.record_recipients("school", {"b@example.kz": 1, "a@example.kz": 2})
    ledger.record_recipients("school", {"b@example.kz": 3, "c@example.kz": 2, "d@example.kz": 3})
    assert ledger.recipients("school") == {"b@example.kz": 1, "a@example.kz": 2, "d@example.kz": 3}
    assert ledger.recipients("other") == {}


def test_what_was_told_is_kept_with_its_revision(ledger: InviteLedger) -> None:
    ledger.record_revision("school", FIRST, {"topic": {"kk": "қан"}, "speakers": []})
    ledger.record_revision("school", SECOND)
    assert ledger.told("school", 0) == {"topic": {"kk": "қан"}, "speakers": []}
    assert (ledger.told("school", 1), ledger.told("school", 2), ledger.told("other", 0)) == ({}, {}, {})


def test_the_newest_copy_of_each_holder_counts(ledger: InviteLedger) -> None:
    for revision in (SECOND, FIRST):
        ledger.record_copy("school", revision, Copy(None, "ru", "PUBLISH"), FIRST.stamp)
    ledger.record_copy("school", FIRST, Copy(None, "kk", "PUBLISH"), FIRST.stamp)
    ledger.record_copy("school", FIRST, Copy("a@example.kz", "ru", "REQUEST"), FIRST.stamp)
    ledger.record_copy("school", SECOND, Copy("a@example.kz", "kk", "REQUEST"), FIRST.stamp)
    ledger.record_copy("school", SECOND, Copy(None, "en", "PUBLISH", "feed"), FIRST.stamp)
    assert ledger.holders("school") == Holders({"a@example.kz": 1}, {"kk": 0, "ru": 1})
    assert ledger.holders("school", "feed") == Holders({}, {"en": 1})
    assert ledger.holders("other") == Holders({}, {})


def test_a_copy_made_again_keeps_its_first_moment(ledger: InviteLedger, database: Database) -> None:
    for moment in (FIRST.stamp, SECOND.stamp):
        ledger.record_copy("school", FIRST, Copy(None, "ru", "PUBLISH"), moment)
    assert [row[0] for row in database.rows("SELECT issued_at FROM invite_issue")] == ["2026-12-01T07:00:00+00:00"]


def test_a_person_has_one_language_at_every_school(ledger: InviteLedger) -> None:
    ledger.record_recipients("one", {"a@example.kz": 1, "b@example.kz": 2})
    assert ledger.languages() == {}
    ledger.record_language("a@example.kz", "kk")
    ledger.record_recipients("two", {"a@example.kz": 1})
    assert ledger.languages() == {"a@example.kz": "kk"}
    ledger.record_language("a@example.kz", "ru")
    assert ledger.languages() == {"a@example.kz": "ru"}


def test_what_an_older_store_knows_is_taken_for_delivered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "questions.db"
    with monkeypatch.context() as patch:
        patch.setattr(database_module, "MIGRATIONS", MIGRATIONS[:2])
        with open_database(path, for_writing=True) as older:
            for sequence in (0, 1):
                row = ("school", sequence, FIRST.stamp.isoformat(), "a")
                older.execute("INSERT INTO invite_revision VALUES (?, ?, ?, ?)", row)
            older.execute("INSERT INTO invite_recipient VALUES ('school', 1, 'a@example.kz')")
    with open_database(path, for_writing=True) as database:
        ledger = InviteLedger(database)
        assert ledger.holders("school") == Holders({"a@example.kz": 1}, {"": 1})
        assert (ledger.told("school", 1), ledger.languages()) == ({}, {})
        ledger.record_copy("school", FIRST, Copy(None, "ru", "PUBLISH"), FIRST.stamp)
        # Under a language more is known.
        assert ledger.holders("school").public == {"ru": 0}
