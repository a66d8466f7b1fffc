"""Mailings as drafts: who gets one, what lies in the folder, and what is kept so that a cancellation reaches all."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest

from schoolctl.domain.announcement import Kind
from schoolctl.domain.mailing import MailingKey
from schoolctl.domain.school import School
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services.audience import MailingOrder
from schoolctl.services.documents import Destination
from schoolctl.services.erasure import Whose, forget
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.mailings import DraftedMailing, draft_mails, paste_texts
from schoolctl.services.plan import cancel_school, link_school, move_school
from schoolctl.services.school_values import MeetingValues, SchoolValues
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.erasure import Invitation
from schoolctl.store.invite_ledger import InviteLedger
from schoolctl.store.mailing_log import MailingLog

ANEMIA = "2026-12-10-anemia"
ASEL, BERIK, CAROL = "asel@mail.example", "berik@mail.example", "carol@mail.example"
PEOPLE = (
    f"e-mail,имя,язык,согласие\n{ASEL},Асель,ru,да\n{BERIK},Берік,kk,иә\nno@mail.example,Нет,ru,нет\n{CAROL},,en,yes\n"
)
LINK = MeetingValues("https://zoom.example.org/j/1")


def draft(
    season: Workspace, kind: Kind = "invitation", *, people: str | None = PEOPLE, bcc: bool = False, **more: str
) -> DraftedMailing:
    path = season.root / "people.csv"
    if people is not None:
        path.write_text(people, "utf-8")
    order = MailingOrder(ANEMIA, kind, path if people is not None else None, more.get("language", "all"))
    return draft_mails(season, order, Destination(force=True), is_bcc=bcc)


def by_name(drafted: DraftedMailing) -> dict[str, bytes]:
    return {path.name: content for path, content in drafted.documents.files.items()}


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def calendar_of(raw: bytes) -> bytes | None:
    for part in parsed(raw).walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content.replace(b"\r\n ", b"")
    return None


def recipients(drafted: DraftedMailing) -> dict[str, str]:
    return {name: parsed(raw)["To"].addresses[0].addr_spec for name, raw in by_name(drafted).items()}


def test_a_draft_for_each_in_their_language(season: Workspace) -> None:
    drafted = draft(season)
    assert recipients(drafted) == {"mail.ru.1.eml": ASEL, "mail.kk.2.eml": BERIK, "mail.en.3.eml": CAROL}
    assert drafted.audience.by_language == {"ru": 1, "kk": 1, "en": 1}
    assert (drafted.audience.declined, drafted.audience.problems, drafted.audience.notes) == (1, (), ())
    subjects = [str(parsed(raw)["Subject"]) for raw in by_name(drafted).values()]
    assert len(set(subjects)) == 3
    for name, raw in by_name(drafted).items():
        assert (season.root / "out" / ANEMIA / name).read_bytes() == raw
        calendar = calendar_of(raw)
        assert calendar is not None
        assert b"METHOD:REQUEST" in calendar
        assert f"mailto:{recipients(drafted)[name]}".encode() in calendar
        assert parsed(raw)["X-Unsent"] == "1"
    with open_database(season.database_path, for_writing=False) as database:
        assert InviteLedger(database).recipients(ANEMIA) == {ASEL: 1, BERIK: 2, CAROL: 3}


@pytest.mark.parametrize(
    ("kind", "has_invite"), [("call", False), ("invitation", True), ("link", True), ("reminder", True)]
)
def test_which_kinds_carry_an_invite(season: Workspace, kind: Kind, has_invite: bool) -> None:  # noqa: FBT001
    link_school(season, ANEMIA, LINK, dry_run=False)
    drafts = by_name(draft(season, kind)).values()
    assert [calendar_of(raw) is not None for raw in drafts] == [has_invite] * 3


def test_a_recap_carries_no_invite(season: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1797101200")
    drafts = by_name(draft(season, "recap")).values()
    assert [calendar_of(raw) for raw in drafts] == [None] * 3


def test_made_again_later_it_is_the_same_file(season: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    first = by_name(draft(season))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796104800")
    again = draft(season)
    assert by_name(again) == first
    assert len(again.documents.unchanged) == 3
    # What lies there and says something else does not lend its date.
    (season.root / "out" / ANEMIA / "mail.ru.1.eml").write_bytes(b"Date: nonsense\r\n")
    (season.root / "out" / ANEMIA / "mail.kk.2.eml").write_bytes(b"by hand")
    (season.root / "out" / ANEMIA / "mail.en.3.eml").write_bytes(b"Date: Tue, 01 Dec 2026 10:00:00 +0500\r\n")
    third = by_name(draft(season))
    assert {parsed(raw)["Date"].datetime.timestamp() for raw in third.values()} == {1796104800}


def test_one_language(season: Workspace) -> None:
    drafted = draft(season, people=f"e-mail,язык\n{ASEL},ru\n{BERIK},kk\n{CAROL},\n", language="ru")
    assert recipients(drafted) == {"mail.ru.1.eml": ASEL, "mail.ru.3.eml": CAROL}
    assert drafted.audience.other_language == 1


def test_everybody_in_bcc(season: Workspace) -> None:
    more = "".join(f"p{number}@mail.example,,ru,да\n" for number in range(100))
    drafted = draft(season, people=PEOPLE + more, bcc=True)
    drafts = by_name(drafted)
    assert sorted(drafts) == ["mail.en.1.eml", "mail.kk.1.eml", "mail.ru.1.eml"]
    russian = parsed(drafts["mail.ru.1.eml"])
    assert [one.addr_spec for one in russian["Bcc"].addresses][:2] == [ASEL, "p0@mail.example"]
    assert len(russian["Bcc"].addresses) == 101
    assert russian["To"].addresses[0].addr_spec == russian["From"].addresses[0].addr_spec
    for raw in drafts.values():
        calendar = calendar_of(raw)
        assert calendar is not None
        assert b"METHOD:PUBLISH" in calendar
        assert b"ATTENDEE" not in calendar
    assert "mail.ru.1.eml has 101 recipients: many servers take 100 at most in one mail" in drafted.documents.notes
    with open_database(season.database_path, for_writing=False) as database:
        assert InviteLedger(database).recipients(ANEMIA) == {}


def test_drafts_of_another_mailing_are_told(season: Workspace) -> None:
    draft(season)
    notes = draft(season, people=f"e-mail\n{CAROL}\n").documents.notes
    assert "3 drafts of another mailing lie there too: mail.en.3.eml …" in notes


def test_a_move_tells_what_is_new_and_reaches_everybody_invited(season: Workspace) -> None:
    draft(season)
    issue_invites(season, InviteOrder(ANEMIA, "ru", ["dana@mail.example"]), Destination(force=True))
    move_school(season, ANEMIA, SchoolValues(starts="2026-12-11 17:00"), dry_run=False)
    drafted = draft(
        season, "move", people=f"e-mail,язык,согласие\n{ASEL},ru,да\n{BERIK},kk,нет\nnew@mail.example,en,да\n"
    )
    # Whoever said that no mail is wanted gets none.
    assert sorted(recipients(drafted).values()) == [ASEL, CAROL, "dana@mail.example", "new@mail.example"]
    assert drafted.audience.by_language == {"ru": 2, "en": 2}
    assert [note for note in drafted.audience.notes if "were invited" in note] == [
        "2 more were invited or written to before and get it too, though they are not on the list"
    ]
    assert [note for note in drafted.documents.notes if note.startswith("changed")]
    for raw in by_name(drafted).values():
        assert b"20261211T" in (calendar_of(raw) or b"")


def test_a_cancellation_without_a_list_reaches_everybody_invited(season: Workspace) -> None:
    draft(season, people=f"e-mail,язык\n{ASEL},ru\n{CAROL},en\n")
    with open_database(season.database_path, for_writing=True) as database:
        log = MailingLog(database)
        key = MailingKey(ANEMIA, "call", "0" * 32)
        school: School = season.schedule().school(ANEMIA)
        log.record(key, BERIK, "kk", "sent", school.starts)
        log.record(key, "unknown@mail.example", "de", "sending", school.starts)
        log.record(key, "refused@mail.example", "ru", "refused", school.starts)
    cancel_school(season, ANEMIA, {"kk": "карантин", "ru": "карантин", "en": "quarantine"}, dry_run=False)
    drafted = draft(season, "cancellation", people=None)
    assert recipients(drafted) == {
        "mail.ru.1.eml": ASEL,
        "mail.en.2.eml": CAROL,
        "mail.kk.3.eml": BERIK,
        "mail.kk.4.eml": "unknown@mail.example",
    }
    assert drafted.audience.notes == ()
    methods = [b"METHOD:CANCEL" in (calendar_of(raw) or b"") for raw in by_name(drafted).values()]
    # A calendar that never had the event needs no cancellation of it.
    assert methods == [True, True, False, False]


def test_a_cancellation_of_what_was_never_issued_has_words_only(season: Workspace) -> None:
    cancel_school(season, ANEMIA, {"kk": "карантин", "ru": "карантин", "en": "quarantine"}, dry_run=False)
    for is_bcc in (False, True):
        drafts = by_name(draft(season, "cancellation", bcc=is_bcc)).values()
        assert [calendar_of(raw) for raw in drafts] == [None] * 3


def test_a_cancellation_in_bcc(season: Workspace) -> None:
    draft(season, bcc=True)
    cancel_school(season, ANEMIA, {"kk": "карантин", "ru": "карантин", "en": "quarantine"}, dry_run=False)
    for raw in by_name(draft(season, "cancellation", bcc=True)).values():
        assert b"METHOD:CANCEL" in (calendar_of(raw) or b"")


def test_nothing_gets_out_of_a_topic_a_name_or_a_link(season: Workspace) -> None:
    hostile = '=?utf-8?q?a=0ABcc=3A_x=40evil.example?= , "b" <x@evil.example>'
    schedule = season.schedule_path
    text = schedule.read_text("utf-8").replace('ru = "анемия"', f"ru = '{hostile}'", 1)
    schedule.write_text(text.replace('ru = "Центр"', f"ru = '{hostile}'", 1), "utf-8")
    link_school(season, ANEMIA, MeetingValues("https://zoom.example.org/j/1?a==?utf-8?q?=0ABcc:?="), dry_run=False)
    people = f"""e-mail,имя,язык\n{ASEL},"{hostile.replace('"', '""')}",ru\n"""
    (raw,) = by_name(draft(season, people=people)).values()
    message = parsed(raw)
    assert {"Bcc", "Cc"}.isdisjoint(message.keys())
    assert "=?utf-8?q?a=0ABcc=3A_x=40evil" in str(message["Subject"])
    for header, address in (("From", "patient@example.kz"), ("To", ASEL)):
        assert [one.addr_spec for one in message[header].addresses] == [address]
    calendar = calendar_of(raw)
    assert calendar is not None
    assert calendar.count(b"\r\nATTENDEE") == 1


def test_a_list_is_needed(season: Workspace) -> None:
    with pytest.raises(WrongUsageError, match="say to whom: --recipients FILE"):
        draft(season, people=None)


def test_what_is_not_true_is_not_mailed(season: Workspace) -> None:
    with pytest.raises(SchoolctlError, match="has no link yet"):
        draft(season, "link")
    with pytest.raises(SchoolctlError, match="is not cancelled"):
        draft(season, "cancellation")
    assert not (season.root / "out").exists()


def test_refused_files_leave_the_ledger_as_it_was(season: Workspace) -> None:
    path = season.root / "out" / ANEMIA / "mail.ru.1.eml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"by hand")
    (season.root / "people.csv").write_text(PEOPLE, "utf-8")
    order = MailingOrder(ANEMIA, "invitation", season.root / "people.csv")
    with pytest.raises(SchoolctlError, match="exists and differs"):
        draft_mails(season, order, Destination())
    with open_database(season.database_path, for_writing=False) as database:
        assert InviteLedger(database).recipients(ANEMIA) == {}


def test_a_rehearsal_leaves_no_trace(season: Workspace) -> None:
    (season.root / "people.csv").write_text(PEOPLE, "utf-8")
    order = MailingOrder(ANEMIA, "invitation", season.root / "people.csv")
    before = sorted(season.root.rglob("*"))
    assert len(draft_mails(season, order, Destination(dry_run=True)).documents.files) == 3
    assert sorted(season.root.rglob("*")) == before


def test_nobody_left_to_write_to(season: Workspace) -> None:
    drafted = draft(season, people="e-mail,согласие\na@mail.example,нет\n")
    assert (by_name(drafted), drafted.audience.declined) == ({}, 1)


def test_texts_to_paste_are_the_announcement_as_an_e_mail(season: Workspace) -> None:
    order = MailingOrder(ANEMIA, "invitation", language="ru")
    names = [path.name for path in paste_texts(season, order, Destination()).files]
    assert names == ["invitation.email.ru.txt", "invitation.email.ru.html"]


def test_who_is_erased_is_in_no_list_any_more(season: Workspace) -> None:
    draft(season)
    with open_database(season.database_path, for_writing=True) as database:
        moment = season.schedule().school(ANEMIA).starts
        MailingLog(database).record(MailingKey(ANEMIA, "invitation", "0" * 32), ASEL, "ru", "sent", moment)
        MailingLog(database).record(MailingKey("another", "call", "0" * 32), ASEL, "ru", "sent", moment)
    found = forget(season, Whose(sender=ASEL), dry_run=False)
    assert found.invitations == (Invitation(ANEMIA, ASEL), Invitation("another", ASEL))
    with open_database(season.database_path, for_writing=False) as database:
        assert list(InviteLedger(database).recipients(ANEMIA)) == [BERIK, CAROL]
        assert MailingLog(database).written_to(ANEMIA) == {}
    assert ASEL.encode() not in season.database_path.read_bytes()
