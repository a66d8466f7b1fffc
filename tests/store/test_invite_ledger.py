"""What was issued stays as it was issued."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schoolctl.domain.invite import Revision
from schoolctl.store.database import Database
from schoolctl.store.invite_ledger import InviteLedger

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
