"""What people were told: the day they know, and whether what was written holds."""

from __future__ import annotations

import re

import pytest

from schoolctl.services.announce import AnnouncementOrder, announce
from schoolctl.services.documents import Destination
from schoolctl.services.feed import FeedOrder, write_feed
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.plan import edit_school, move_school
from schoolctl.services.school_values import SchoolValues
from schoolctl.services.standing import standing_of
from schoolctl.services.telling import last_day_told
from schoolctl.services.workspace import Workspace

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


def steps(season: Workspace, name: str) -> list[tuple[str, str, str]]:
    (school,) = standing_of(season, ANEMIA)
    return [(step.state, step.detail, step.command) for step in school.steps if step.name == name]


def move(season: Workspace, starts: str) -> None:
    move_school(season, ANEMIA, SchoolValues(starts=starts), dry_run=False)


def call(season: Workspace, language: str = "all") -> None:
    announce(season, AnnouncementOrder([ANEMIA], "call", language), HERE)


ANNOUNCE = f"schoolctl announce {ANEMIA} --kind move --channel all"
DUE = [("due", "not written yet", ANNOUNCE)]
NOBODY_KNOWS = [("later", "nobody was told of the day before: tell it if somebody knows it", ANNOUNCE)]


def test_a_move_that_came_before_every_text_is_told_to_nobody(season: Workspace) -> None:
    move(season, "2026-12-11 17:00")
    call(season)
    issue_invites(season, InviteOrder(ANEMIA, "ru"), HERE)
    assert steps(season, "move") == NOBODY_KNOWS
    move(season, "2026-12-12 17:00")
    assert steps(season, "move") == DUE


@pytest.mark.parametrize("way", ["call", "invite", "feed"])
def test_who_read_the_old_day_hears_of_the_move_though_the_text_was_written_anew(season: Workspace, way: str) -> None:
    def tell() -> None:
        if way == "call":
            call(season)
        elif way == "invite":
            issue_invites(season, InviteOrder(ANEMIA, "ru"), HERE)
        else:
            write_feed(season, FeedOrder(), HERE)

    tell()
    move(season, "2026-12-11 17:00")
    tell()
    assert steps(season, "move") == DUE
    announce(season, AnnouncementOrder([ANEMIA], "move"), HERE)
    assert [state for state, _, _ in steps(season, "move")] == ["done"]


def test_a_language_taken_out_of_the_schedule_makes_nothing_due(season: Workspace) -> None:
    call(season)
    move(season, "2026-12-11 17:00")
    call(season, "ru")
    call(season, "en")
    assert [detail for _, detail, _ in steps(season, "call")] == ["changed since it was written (site)"]
    path = season.schedule_path
    path.write_text(re.sub(r'"kk", |kk = "[^"]*", ', "", path.read_text("utf-8")), "utf-8")
    assert [state for state, _, _ in steps(season, "call")] == ["done"]
    # Who read it in that language still knows the old day.
    assert steps(season, "move") == DUE
