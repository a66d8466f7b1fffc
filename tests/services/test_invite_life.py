from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.services.documents import Destination, Documents
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.plan import cancel_school, edit_school, link_school, move_school
from schoolctl.services.school_values import MeetingValues, SchoolValues
from schoolctl.services.workspace import Workspace

ANEMIA = "2026-12-10-anemia"
GUESTS = ("a@example.org", "b@example.org")


def issue(season: Workspace, *attendees: str, language: str = "ru", cancel: bool = False) -> dict[str, bytes]:
    documents = issue_invites(season, InviteOrder(ANEMIA, language, attendees, cancel), Destination(force=True))
    return by_name(documents)


def by_name(documents: Documents) -> dict[str, bytes]:
    return {path.name: content for path, content in documents.files.items()}


def facts(raw: bytes) -> tuple[str, str, int, str]:
    """Method, UID, SEQUENCE and DTSTAMP of a calendar file."""
    lines = dict(line.partition(":")[::2] for line in raw.replace(b"\r\n ", b"").decode().split("\r\n"))
    return lines["METHOD"], lines["UID"], int(lines["SEQUENCE"]), lines["DTSTAMP"]


def test_from_invited_to_cancelled_one_uid_rising_sequence_and_stamp(season: Workspace) -> None:
    versions = [issue(season, GUESTS[0])["invite.ru.1.ics"]]
    link_school(season, ANEMIA, MeetingValues("https://zoom.example.org/j/1"), dry_run=False)
    versions.append(issue(season, GUESTS[0])["invite.ru.1.ics"])
    move_school(season, ANEMIA, SchoolValues(starts="2026-12-11 17:00"), dry_run=False)
    versions.append(issue(season, GUESTS[0])["invite.ru.1.ics"])
    cancel_school(season, ANEMIA, {"ru": "карантин"}, dry_run=False)
    versions.append(issue(season, GUESTS[0])["invite.ru.1.ics"])
    uid = f"{ANEMIA}@schoolctl"
    # The clock stands still; a client that gets the same DTSTAMP again would drop the change.
    assert [facts(raw) for raw in versions] == [
        ("REQUEST", uid, 0, "20261201T050000Z"),
        ("REQUEST", uid, 1, "20261201T050001Z"),
        ("REQUEST", uid, 2, "20261201T050002Z"),
        ("CANCEL", uid, 3, "20261201T050003Z"),
    ]


@pytest.mark.parametrize("epoch", ["1796101200", "1796187600", "1700000000"])
def test_unchanged_content_gives_identical_bytes_whatever_the_clock(
    season: Workspace, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    first = issue(season, language="all")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert issue(season, language="all") == first


def test_a_clock_that_was_set_back_still_gives_a_later_stamp(
    season: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(season)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    link_school(season, ANEMIA, MeetingValues("https://zoom.example.org/j/1"), dry_run=False)
    assert facts(issue(season)["invite.ru.ics"])[2:] == (1, "20261201T050001Z")


def test_one_language_after_another_is_one_revision(season: Workspace) -> None:
    assert [facts(issue(season, language=code)[f"invite.{code}.ics"])[2] for code in ("kk", "ru", "en")] == [0, 0, 0]


def test_what_an_invite_does_not_say_raises_no_sequence(season: Workspace) -> None:
    issue(season)
    edit_school(season, ANEMIA, SchoolValues(questions_until="2026-12-08 18:00"), dry_run=False)
    assert facts(issue(season)["invite.ru.ics"])[2] == 0


def test_an_edited_template_is_a_change(season: Workspace) -> None:
    issue(season)
    own = season.templates / "invite" / "invite.ru.txt"
    own.parent.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "templates" / "invite" / "invite.ru.txt"
    own.write_text(shipped.read_text("utf-8").replace("Спикер:", "Врач:"), "utf-8")
    assert facts(issue(season)["invite.ru.ics"])[2] == 1


def test_each_attendee_has_a_file_of_their_own_for_ever(season: Workspace) -> None:
    first = issue(season, *GUESTS)
    assert sorted(first) == ["invite.ru.1.ics", "invite.ru.2.ics"]
    assert b"a@example.org" in first["invite.ru.1.ics"].replace(b"\r\n ", b"")
    assert b"a@example.org" not in first["invite.ru.2.ics"].replace(b"\r\n ", b"")
    # Named alone, in capitals and twice: the number stays, and so do the bytes.
    assert issue(season, "B@example.org", "b@example.org") == {"invite.ru.2.ics": first["invite.ru.2.ics"]}
    assert sorted(issue(season, "c@example.org")) == ["invite.ru.3.ics"]


def test_publish_names_nobody(season: Workspace) -> None:
    issue(season, *GUESTS)
    raw = issue(season)["invite.ru.ics"]
    assert facts(raw)[0] == "PUBLISH"
    assert b"ATTENDEE" not in raw


def test_a_cancellation_goes_to_everyone_ever_invited(season: Workspace) -> None:
    issue(season, GUESTS[0])
    issue(season, GUESTS[1])
    files = issue(season, cancel=True)
    assert {name: facts(raw)[0] for name, raw in files.items()} == {
        "invite.ru.ics": "CANCEL",
        "invite.ru.1.ics": "CANCEL",
        "invite.ru.2.ics": "CANCEL",
    }
    attendees = [raw.replace(b"\r\n ", b"").count(b"\r\nATTENDEE") for _, raw in sorted(files.items())]
    assert attendees == [1, 1, 0]
    assert not [raw for raw in files.values() if b"VALARM" in raw]


def test_a_rehearsal_issues_nothing(season: Workspace) -> None:
    before = sorted(path.name for path in season.root.rglob("*"))
    documents = issue_invites(season, InviteOrder(ANEMIA, "all", GUESTS), Destination(dry_run=True))
    assert len(documents.files) == 6
    assert sorted(path.name for path in season.root.rglob("*")) == before
