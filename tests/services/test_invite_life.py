from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.invites import InviteOrder, IssuedInvites, invite_files, issue_invites
from schoolctl.services.plan import cancel_school, edit_school, link_school, move_school
from schoolctl.services.school_values import MeetingValues, SchoolValues
from schoolctl.services.standing import standing_of
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database, open_for_change
from schoolctl.store.erasure import Eraser
from schoolctl.store.invite_ledger import InviteLedger

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


def notes(season: Workspace, *attendees: str, **order: bool | str) -> tuple[str, ...]:
    told = InviteOrder(
        ANEMIA,
        str(order.get("language", "ru")),
        attendees,
        is_cancellation=bool(order.get("cancel")),
        for_everyone=bool(order.get("everyone")),
    )
    return issue_invites(season, told, Destination(force=True)).notes


def everyone(season: Workspace, *, language: str = "all") -> dict[str, bytes]:
    order = InviteOrder(ANEMIA, language, for_everyone=True)
    return by_name(issue_invites(season, order, Destination(force=True)))


def link(season: Workspace) -> None:
    link_school(season, ANEMIA, MeetingValues("https://zoom.example.org/j/1"), dry_run=False)


def test_a_command_says_what_changed_and_who_holds_an_older_one(season: Workspace) -> None:
    assert notes(season, *GUESTS) == ("first issue (SEQUENCE 0)",)
    assert notes(season, *GUESTS) == ("unchanged since it was last issued (SEQUENCE 0)",)
    link(season)
    two = f"2 people have an older one: schoolctl invite {ANEMIA} --everyone --force"
    assert notes(season) == ("first issue (SEQUENCE 1)", two)
    move_school(season, ANEMIA, SchoolValues(starts="2026-12-11 17:00"), dry_run=False)
    moved = "moved from 10.12.2026 18:30 to 11.12.2026 17:00"
    assert notes(season) == (f"changed since it was last issued: {moved} (SEQUENCE is now 2)", two)
    # What is new for somebody is counted from the revision that person has.
    one = f"1 person has an older one: schoolctl invite {ANEMIA} --everyone --force"
    assert notes(season, GUESTS[0]) == (
        f"changed since it was last issued: {moved}, link added (SEQUENCE is now 2)",
        one,
    )
    assert notes(season, everyone=True) == (
        f"changed since it was last issued: {moved}, link added (SEQUENCE is now 2)",
    )
    assert notes(season) == ("unchanged since it was last issued (SEQUENCE 2)",)


def test_each_person_keeps_one_language(season: Workspace) -> None:
    issue(season, GUESTS[0], language="kk")
    issue(season, GUESTS[1], language="en")
    issue(season, "c@example.org", language="all")
    link(season)
    files = everyone(season)
    languages = ["invite.en.2.ics", "invite.en.3.ics", "invite.kk.1.ics", "invite.kk.3.ics", "invite.ru.3.ics"]
    assert sorted(files) == languages
    assert {facts(raw)[0] for raw in files.values()} == {"REQUEST"}
    # For whom no language is kept --lang tells it; the others keep theirs.
    assert sorted(everyone(season, language="ru")) == ["invite.en.2.ics", "invite.kk.1.ics", "invite.ru.3.ics"]
    # Named together with a language, people get that one from now on.
    assert sorted(issue(season, GUESTS[0], language="ru")) == ["invite.ru.1.ics"]
    assert sorted(everyone(season)) == ["invite.en.2.ics", "invite.ru.1.ics", "invite.ru.3.ics"]
    # Without a language the kept one is meant.
    assert sorted(issue(season, GUESTS[1], language="all")) == ["invite.en.2.ics"]
    files = issue(season, language="all", cancel=True)
    assert sorted(files) == [
        "invite.en.2.ics", "invite.en.ics", "invite.kk.ics", "invite.ru.1.ics", "invite.ru.3.ics", "invite.ru.ics",
    ]  # fmt: skip


def test_a_language_is_kept_from_one_school_to_the_next(season: Workspace) -> None:
    issue(season, GUESTS[0], language="kk")
    other = InviteOrder("2026-12-17-leukemia", "all", GUESTS[:1])
    assert sorted(by_name(issue_invites(season, other, Destination()))) == ["invite.kk.1.ics"]


def test_a_language_that_the_schedule_has_no_more_is_not_used(season: Workspace) -> None:
    issue(season, GUESTS[0], language="kk")
    text = season.schedule_path.read_text("utf-8")
    # Every table of texts loses what it says in Kazakh and English.
    only_russian = re.sub(r'kk = "[^"]*", |, en = "[^"]*"', "", text).replace('["kk", "ru", "en"]', '["ru"]')
    season.schedule_path.write_text(only_russian, "utf-8")
    assert sorted(everyone(season)) == ["invite.ru.1.ics"]


def test_after_a_cancellation_that_was_a_mistake_the_next_is_a_request(season: Workspace) -> None:
    issue(season, GUESTS[0])
    cancel_school(season, ANEMIA, {}, dry_run=False)
    assert facts(issue(season)["invite.ru.1.ics"])[::2] == ("CANCEL", 1)
    text = season.schedule_path.read_text("utf-8")
    season.schedule_path.write_text(text.replace('status = "cancelled"\n', ""), "utf-8")
    assert notes(season, GUESTS[0]) == ("changed since it was last issued: takes place after all (SEQUENCE is now 2)",)
    assert facts(issue(season, GUESTS[0])["invite.ru.1.ics"])[::2] == ("REQUEST", 2)


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (
            InviteOrder(ANEMIA, attendees=("stranger@example.org",), is_cancellation=True),
            f"stranger@example.org was never invited to {ANEMIA}, so there is nothing to cancel in that calendar",
        ),
        (InviteOrder(ANEMIA, attendees=GUESTS, for_everyone=True), "give --attendee or --everyone, not both"),
        (
            InviteOrder("2026-12-17-leukemia", for_everyone=True),
            "nobody was invited to 2026-12-17-leukemia by name yet: schoolctl invite 2026-12-17-leukemia --attendee …",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(season: Workspace, order: InviteOrder, error: str) -> None:
    issue(season, *GUESTS)
    with pytest.raises(SchoolctlError) as refusal:
        issue_invites(season, order, Destination())
    assert str(refusal.value) == error


def test_reminders_are_alarms_and_a_change_of_them_a_revision(season: Workspace) -> None:
    assert alarms(issue(season)["invite.ru.ics"]) == ["-PT1H"]
    text = season.schedule_path.read_text("utf-8")
    season.schedule_path.write_text(f'reminders = ["1d", "90m"]\n{text}', "utf-8")
    raw = issue(season)["invite.ru.ics"]
    assert (alarms(raw), facts(raw)[2]) == (["-P1D", "-PT1H30M"], 1)
    season.schedule_path.write_text(f"{text}reminders = []\n", "utf-8")
    other = InviteOrder("2026-12-17-leukemia", "ru")
    assert alarms(by_name(issue_invites(season, other, Destination()))["invite.ru.ics"]) == []
    assert notes(season) == ("changed since it was last issued: reminders changed (SEQUENCE is now 2)",)


def alarms(raw: bytes) -> list[str]:
    return [line.removeprefix("TRIGGER:") for line in raw.decode().split("\r\n") if line.startswith("TRIGGER")]


def test_a_link_given_on_request_stands_in_no_public_file(season: Workspace) -> None:
    link(season)
    edit_school(season, ANEMIA, SchoolValues(registration=True), dry_run=False)
    public = issue(season)["invite.ru.ics"].replace(b"\r\n ", b"").decode()
    assert "zoom.example.org" not in public
    assert "LOCATION:Онлайн (ссылку можно получить в WhatsApp)" in public
    assert "Чтобы получить ссылку для подключения\\, напишите в WhatsApp: +7 700 000 00 01" in public
    mine = issue(season, GUESTS[0])["invite.ru.1.ics"].replace(b"\r\n ", b"").decode()
    assert mine.count("https://zoom.example.org/j/1") == 3


def test_a_school_on_site_tells_no_link_that_was_kept(season: Workspace) -> None:
    link(season)
    edit_school(
        season, ANEMIA, SchoolValues(mode="onsite", venue={"ru": "Астана", "kk": "А", "en": "A"}), dry_run=False
    )
    assert b"zoom" not in issue(season)["invite.ru.ics"].replace(b"\r\n ", b"")


def test_when_the_zone_tables_change_an_issued_school_is_found(season: Workspace) -> None:
    issue(season, language="all")
    _issued_under_other_tables(season)
    (problem,) = check(season)
    assert problem.message == (
        f"the zone tables changed: 10.12.2026 18:30 in Asia/Almaty is now 13:30 UTC; issue the invite of {ANEMIA} again"
    )
    assert problem.hint == f"Issue it again: schoolctl invite {ANEMIA} --force"
    assert _state(season) == "outdated: the school changed since it was issued"
    assert facts(issue(season, language="all")["invite.ru.ics"])[2] == 1
    assert (check(season), _state(season)) == ([], "current")


def test_a_change_of_the_zone_tables_does_not_matter_once_a_school_is_over(
    season: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(season)
    _issued_under_other_tables(season)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert [problem.message for problem in check(season)] == [f"the invite of {ANEMIA} that was issued is outdated"]


def _issued_under_other_tables(season: Workspace) -> None:
    # As if the tables of that day had still put Almaty at UTC+6.
    with open_database(season.database_path, for_writing=True) as database:
        ledger = InviteLedger(database)
        told = dict(ledger.told(ANEMIA, 0)) | {"starts_utc": "2026-12-10T12:30:00+00:00"}
        database.execute(
            "UPDATE invite_revision SET told = ?, fingerprint = 'other' WHERE school = ?", (json.dumps(told), ANEMIA)
        )


def _state(season: Workspace) -> str:
    (one,) = standing_of(season, ANEMIA)
    return next(step.detail for step in one.steps if step.name == "invite")


def test_the_list_of_what_is_to_do_follows_everybody_who_was_invited(season: Workspace) -> None:
    assert _state(season) == "not issued yet"
    issue(season, *GUESTS)
    issue(season)
    assert _state(season) == "current"
    link(season)
    assert _state(season) == "outdated: the school changed since it was issued"
    issue(season)
    assert _state(season) == "people invited by name hold an older one"
    everyone(season)
    assert _state(season) == "current"


def test_what_was_issued_is_kept_with_its_receivers(season: Workspace) -> None:
    issue(season, language="kk")
    issue(season, GUESTS[0])
    link(season)
    issue(season, cancel=True)
    with open_database(season.database_path, for_writing=False) as database:
        rows = [
            tuple(row)
            for row in database.rows(
                "SELECT email, language, way, sequence, method, issued_at FROM invite_issue ORDER BY sequence, 1, 2"
            )
        ]
        told = InviteLedger(database).told(ANEMIA, 1)
    moment = "2026-12-01T05:00:00+00:00"
    assert rows == [
        ("", "kk", "invite", 0, "PUBLISH", moment),
        ("a@example.org", "ru", "invite", 0, "REQUEST", moment),
        ("", "ru", "invite", 1, "CANCEL", moment),
        ("a@example.org", "ru", "invite", 1, "CANCEL", moment),
    ]
    assert told["starts"] == "2026-12-10T18:30:00"
    assert (told["link"], told["is_cancelled"]) == ("https://zoom.example.org/j/1", True)


def test_who_is_forgotten_is_forgotten_here_too(season: Workspace) -> None:
    issue(season, *GUESTS)
    with open_database(season.database_path, for_writing=True) as database:
        eraser = Eraser(database)
        eraser.erase_invitations([one for one in eraser.invitations() if one.email == GUESTS[0]])
    assert GUESTS[0].encode() not in season.database_path.read_bytes()
    link(season)
    assert sorted(everyone(season)) == ["invite.ru.2.ics"]


def test_a_store_from_before_this_was_kept_goes_on(season: Workspace) -> None:
    issue(season, *GUESTS)
    with open_database(season.database_path, for_writing=True) as database:
        # What the last step of the tables makes of an older store.
        database.execute("UPDATE invite_revision SET told = '', fingerprint = 'other'")
        database.execute("UPDATE invite_recipient SET language = ''")
        database.execute("UPDATE invite_issue SET language = '', method = ''")
        database.execute(
            "INSERT INTO invite_issue VALUES (?, '', '', 'invite', 0, '', '2026-11-01T00:00:00+00:00')", (ANEMIA,)
        )
    what = "what it says changed"
    assert notes(season, language="all") == (
        f"changed since it was last issued: {what} (SEQUENCE is now 1)",
        f"2 people have an older one: schoolctl invite {ANEMIA} --everyone --force",
    )
    assert sorted(everyone(season, language="ru")) == ["invite.ru.1.ics", "invite.ru.2.ics"]
    assert _state(season) == "current"


def mailed(season: Workspace, *recipients: tuple[str, str], cancelled: bool = False) -> IssuedInvites:
    schedule = season.schedule()
    school = replace(schedule.school(ANEMIA), is_cancelled=cancelled)
    with open_for_change(season.database_path, is_rehearsal=False) as database, database.transaction():
        return invite_files(database, season, schedule, school, recipients)


def test_a_mailing_gets_the_same_files_as_the_command_and_records_them(season: Workspace) -> None:
    people = (("A@example.org", "kk"), ("b@example.org", "ru"), ("patient@example.kz", "ru"))
    first = mailed(season, *people)
    assert (first.method, first.revision.sequence, first.words) == ("REQUEST", 0, ())
    # There is no file for the organiser's own address.
    assert list(first.files) == ["A@example.org", "b@example.org"]
    assert list(first.public) == ["kk", "ru"]
    assert {facts(raw)[0] for raw in first.public.values()} == {"PUBLISH"}
    assert everyone(season) == {
        "invite.kk.1.ics": first.files["A@example.org"],
        "invite.ru.2.ics": first.files["b@example.org"],
    }
    link(season)
    second = mailed(season, *people, ("new@example.org", "en"))
    assert (second.revision.sequence, second.words) == (1, ("link added",))
    assert mailed(season, *people).files["A@example.org"] == second.files["A@example.org"]
    last = mailed(season, *people, ("stranger@example.org", "en"), cancelled=True)
    assert (last.method, last.words) == ("CANCEL", ("cancelled",))
    assert list(last.files) == ["A@example.org", "b@example.org"]


def test_a_mailing_without_names_issues_the_files_for_everybody(season: Workspace) -> None:
    first = mailed(season)
    assert (first.method, list(first.files), list(first.public)) == ("PUBLISH", [], ["kk", "ru", "en"])
    assert issue(season, language="all") == {f"invite.{code}.ics": raw for code, raw in first.public.items()}
    assert mailed(season, cancelled=True).method == "CANCEL"


def test_a_mailing_about_a_school_nobody_was_invited_to_cancels_nothing(season: Workspace) -> None:
    assert mailed(season, ("a@example.org", "ru"), cancelled=True).files == {}
    assert _state(season) == "not issued yet"


def test_a_mailing_to_no_address_is_refused_and_records_nothing(season: Workspace) -> None:
    with pytest.raises(WrongUsageError, match="is no e-mail address"):
        mailed(season, ("a@example.org", "ru"), ("b@example.org\r\nATTENDEE:c@example.org", "ru"))
    assert _state(season) == "not issued yet"
