"""The day that people were last told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolctl.services.announce import AnnouncementOrder, announce
from schoolctl.services.documents import Destination
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.plan import edit_school, move_school
from schoolctl.services.school_values import SchoolValues
from schoolctl.services.telling import last_day_told
from schoolctl.services.workspace import Workspace

if TYPE_CHECKING:
    import pytest

ANEMIA = "2026-12-10-anemia"
HERE = Destination(force=True)


def told(season: Workspace) -> str | None:
    day = last_day_told(season, season.schedule().school(ANEMIA))
    return day.isoformat() if day else None


def test_it_is_that_of_the_last_announcement_or_invite(season: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(season) is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    announce(season, AnnouncementOrder([ANEMIA], "call", "ru"), HERE)
    move_school(season, ANEMIA, SchoolValues(starts="2026-12-11 17:00"), dry_run=False)
    assert told(season) == "2026-12-10T18:30:00+05:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000001")
    issue_invites(season, InviteOrder(ANEMIA, "ru"), HERE)
    assert told(season) == "2026-12-11T17:00:00+05:00"
    edit_school(season, ANEMIA, SchoolValues(timezone="Asia/Tokyo"), dry_run=False)
    assert told(season) == "2026-12-11T21:00:00+09:00"
