"""The season as one calendar: stable bytes, the same UIDs and SEQUENCEs as the invites, and nothing private."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.errors import SchoolctlError
from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination
from schoolctl.services.feed import FeedOrder, write_feed
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.plan import cancel_school, edit_school, link_school, move_school
from schoolctl.services.school_values import MeetingValues, SchoolValues
from schoolctl.services.standing import standing_of
from schoolctl.services.templates import copy_template
from schoolctl.services.workspace import Workspace

ANEMIA, LEUKEMIA = "2026-12-10-anemia", "2026-12-17-leukemia"
MEETING = MeetingValues("https://zoom.example.org/j/1?pwd=SeCrEt", "123 4567", "246810")


def feed(season: Workspace, language: str = "ru", *, codes: bool = False) -> str:
    documents = write_feed(season, FeedOrder(language, codes), Destination(force=True))
    (raw,) = documents.files.values()
    return raw.replace(b"\r\n ", b"").decode()


def notes(season: Workspace) -> tuple[str, ...]:
    return write_feed(season, FeedOrder("ru"), Destination(force=True)).notes


def values(text: str, name: str) -> list[str]:
    """The values of a property, in the order of the events."""
    lines = (line for line in text.split("\r\n") if line.startswith((f"{name}:", f"{name};")))
    return [line.partition(":")[2] for line in lines]


def state(season: Workspace) -> str:
    (one,) = standing_of(season, ANEMIA)
    return next(step.detail for step in one.steps if step.name == "invite")


def test_a_calendar_for_each_language_with_every_school_in_order_of_time(season: Workspace) -> None:
    move_school(season, ANEMIA, SchoolValues(starts="2026-12-24 18:30"), dry_run=False)
    documents = write_feed(season, FeedOrder(), Destination())
    assert list(documents.files) == [season.root / "out" / f"season.{code}.ics" for code in ("kk", "ru", "en")]
    text = feed(season)
    assert text.startswith(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//schoolctl//Virtual Patient School//EN\r\nCALSCALE:GREGORIAN\r\n"
        "METHOD:PUBLISH\r\nNAME:Школа пациентов: Центр\r\nX-WR-CALNAME:Школа пациентов: Центр\r\n"
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\nBEGIN:VEVENT\r\n"
    )
    assert values(text, "UID") == [f"{LEUKEMIA}@schoolctl", f"{ANEMIA}@schoolctl"]
    assert values(text, "DTSTART") == ["20261217T133000Z", "20261224T133000Z"]


@pytest.mark.parametrize("epoch", ["1796187600", "1700000000"])
def test_the_same_schedule_gives_the_same_bytes_whatever_the_clock(
    season: Workspace, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    first = feed(season)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert feed(season) == first
    assert values(first, "SEQUENCE") == ["0", "0"]
    assert values(first, "DTSTAMP") == ["20261201T050000Z"] * 2


def test_a_later_change_raises_the_sequence_of_that_school_alone(season: Workspace) -> None:
    feed(season)
    link_school(season, ANEMIA, MEETING, dry_run=False)
    assert notes(season) == (f"{ANEMIA}: link added",)
    text = feed(season)
    assert values(text, "SEQUENCE") == ["1", "0"]
    assert values(text, "DTSTAMP") == ["20261201T050001Z", "20261201T050000Z"]
    assert notes(season) == ()


def test_what_was_issued_as_an_invite_stands_there_as_issued(
    season: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_invites(season, InviteOrder(ANEMIA, "ru", ("a@example.org",)), Destination())
    link_school(season, ANEMIA, MEETING, dry_run=False)
    documents = issue_invites(season, InviteOrder(ANEMIA, "ru"), Destination(force=True))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796187600")
    text = feed(season)
    assert (values(text, "SEQUENCE"), values(text, "DTSTAMP")[0]) == (["1", "0"], "20261201T050001Z")
    # Whoever has both sees one event, and the same of it.
    (public,) = documents.files.values()
    assert values(public.decode(), "DTSTAMP") == values(text, "DTSTAMP")[:1]
    assert "a@example.org" not in text
    assert "ATTENDEE" not in text


def test_a_cancelled_school_stays_and_says_so(season: Workspace) -> None:
    feed(season)
    cancel_school(season, ANEMIA, {"ru": "карантин"}, dry_run=False)
    assert notes(season) == (f"{ANEMIA}: cancelled",)
    text = feed(season)
    assert values(text, "STATUS") == ["CANCELLED", "CONFIRMED"]
    assert values(text, "SUMMARY") == ["Отменена: Школа пациентов: анемия", "Школа пациентов: лейкоз"]
    assert values(text, "METHOD") == ["PUBLISH"]
    assert "отменена. Причина: карантин" in values(text, "DESCRIPTION")[0]
    assert text.count("BEGIN:VALARM") == 1


def test_no_access_code_unless_asked(season: Workspace) -> None:
    link_school(season, ANEMIA, MEETING, dry_run=False)
    text = feed(season)
    assert ("SeCrEt" in text, "246810" in text, "Код доступа" in text) == (False, False, False)
    assert values(text, "CONFERENCE") == ["https://zoom.example.org/j/1"]
    assert "Идентификатор конференции: 123 4567" in text
    text = feed(season, codes=True)
    assert values(text, "CONFERENCE") == ["https://zoom.example.org/j/1?pwd=SeCrEt"]
    assert "Код доступа: 246810" in text
    told = write_feed(season, FeedOrder("ru", has_access_codes=True), Destination(force=True)).notes
    assert told == ("it holds access codes: whoever knows its address can join",)


def test_a_link_given_on_request_is_not_there(season: Workspace) -> None:
    link_school(season, ANEMIA, MEETING, dry_run=False)
    edit_school(season, ANEMIA, SchoolValues(registration=True), dry_run=False)
    assert "zoom.example.org" not in feed(season, codes=True)


def test_the_store_keeps_no_access_code(season: Workspace) -> None:
    link_school(season, ANEMIA, MEETING, dry_run=False)
    feed(season, codes=True)
    issue_invites(season, InviteOrder(ANEMIA), Destination())
    raw = season.database_path.read_bytes()
    assert (b"SeCrEt" in raw, b"246810" in raw) == (False, False)


def test_who_was_invited_is_not_up_to_date_because_of_the_feed(season: Workspace) -> None:
    feed(season)
    assert state(season) == "not issued yet"
    issue_invites(season, InviteOrder(ANEMIA, "ru", ("a@example.org",)), Destination())
    assert state(season) == "current"
    link_school(season, ANEMIA, MEETING, dry_run=False)
    assert notes(season) == (
        f"{ANEMIA}: link added",
        f"{ANEMIA}: 1 person has an older one: schoolctl invite {ANEMIA} --everyone --force",
    )
    assert state(season) == "people invited by name hold an older one"
    outdated = f"the invite of {ANEMIA} that was issued is outdated"
    assert [problem.message for problem in check(season)][:1] == [outdated]
    issue_invites(season, InviteOrder(ANEMIA, for_everyone=True), Destination(force=True))
    assert (state(season), check(season)) == ("current", [])


def test_a_cancellation_needs_more_than_the_feed(season: Workspace) -> None:
    feed(season)
    with pytest.raises(SchoolctlError, match="no invite of 2026-12-10-anemia was ever issued"):
        issue_invites(season, InviteOrder(ANEMIA, is_cancellation=True), Destination())


def test_check_finds_a_school_that_the_feed_shows_as_it_was(season: Workspace) -> None:
    feed(season)
    assert check(season) == []
    link_school(season, ANEMIA, MEETING, dry_run=False)
    assert [str(problem) for problem in check(season)] == [
        (
            "out/season.ru.ics: this calendar says something else than the schedule. "
            "Write it again: schoolctl feed --lang ru --force"
        )
    ]
    (season.root / "out" / "season.ru.ics").rename(season.root / "on the site.ics")
    assert [str(problem) for problem in check(season)] == [
        f"sessions.toml: the season's calendar shows {ANEMIA} as it was. Issue it again: schoolctl feed --force"
    ]
    feed(season)
    assert check(season) == []


def test_a_rehearsal_and_a_refusal_record_nothing(season: Workspace) -> None:
    write_feed(season, FeedOrder(), Destination(dry_run=True))
    assert not season.database_path.exists()
    (season.root / "out").mkdir()
    (season.root / "out" / "season.ru.ics").write_text("mine", "utf-8")
    with pytest.raises(SchoolctlError, match="exists and differs"):
        write_feed(season, FeedOrder(), Destination())
    assert (season.root / "out" / "season.ru.ics").read_text("utf-8") == "mine"
    assert state(season) == "not issued yet"


def test_another_folder_is_used_as_it_is(season: Workspace, tmp_path: Path) -> None:
    documents = write_feed(season, FeedOrder("kk"), Destination(folder=tmp_path / "site"))
    assert list(documents.files) == [tmp_path / "site" / "season.kk.ics"]


def test_a_season_without_schools_is_refused(season: Workspace) -> None:
    text = season.schedule_path.read_text("utf-8")
    season.schedule_path.write_text(text.partition("[[school]]")[0], "utf-8")
    with pytest.raises(SchoolctlError) as refusal:
        write_feed(season, FeedOrder(), Destination())
    assert str(refusal.value) == "there is no school in sessions.toml yet. Add one: schoolctl school add"


def test_a_mistake_in_an_own_name_of_the_calendar_is_told(season: Workspace) -> None:
    own = copy_template(season, "invite/feed.ru.txt", dry_run=False)
    own.write_text("{% block name %}Школа — {{ organizer.naem }}{% endblock %}", "utf-8")
    assert [str(problem) for problem in check(season)] == ['templates/invite/feed.ru.txt:1: there is no "naem" here']
    own.write_text("{% block name %}Школа — {{ organizer.name }}{% endblock %}", "utf-8")
    assert (check(season), values(feed(season), "NAME")) == ([], ["Школа — Центр"])
