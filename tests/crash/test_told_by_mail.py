"""Who has a mail about a school was told of it: a move is theirs to know, and only they need another mail."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from schoolctl.domain.announcement import Kind
from schoolctl.services.announce import AnnouncementOrder, announce
from schoolctl.services.audience import MailingOrder
from schoolctl.services.documents import Destination
from schoolctl.services.plan import move_school
from schoolctl.services.school_values import SchoolValues
from schoolctl.services.sending import SendingAccount, Timer, send_mailing
from schoolctl.services.standing import standing_of
from schoolctl.services.workspace import Workspace

from .mail_sink import HANG_UP, KEEP_AND_HANG_UP, MailSink
from .season import MYELOMA, new_workspace

FIRST, SECOND, THIRD = "2022-05-19 18:30", "2022-05-20 17:00", "2022-05-21 17:00"
ASEL, BERIK = "asel@mail.example", "berik@mail.example"
MAIL_IT = f"schoolctl mail {MYELOMA} --kind move --send"
ANNOUNCE_IT = f"schoolctl announce {MYELOMA} --kind move --channel all"
NOBODY_KNOWS = ("later", "nobody was told of the day before: tell it if somebody knows it", ANNOUNCE_IT)
NOT_TAKEN = "550 no such mailbox"


def mailed(number: int) -> tuple[str, str, str]:
    people = "1 person was" if number == 1 else f"{number} people were"
    return ("due", f"{people} mailed another day or hour", MAIL_IT)


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


@pytest.fixture
def season(tmp_path: Path, sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1652330000")
    schedule = new_workspace(tmp_path) / "sessions.toml"
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {sink.port}\nsecurity = "none"\n\n'
    schedule.write_text(schedule.read_text("utf-8").replace("\n[[school]]\n", f"\n{smtp}[[school]]\n", 1), "utf-8")
    (tmp_path / "people.csv").write_text(f"e-mail,язык\n{ASEL},русский\n{BERIK},қазақша\n", "utf-8")
    return Workspace(tmp_path)


def send(season: Workspace, kind: Kind, *, to_list: bool = True) -> SendingAccount:
    waited: list[float] = []
    order = MailingOrder(MYELOMA, kind, season.root / "people.csv" if to_list else None)
    timer = Timer(lambda: sum(waited), waited.append)
    return send_mailing(season, order, lambda *_: None, resend_unknown=False, timer=timer)


def move(season: Workspace, starts: str) -> None:
    move_school(season, MYELOMA, SchoolValues(starts=starts), dry_run=False)


def steps(season: Workspace) -> list[tuple[str, str, str]]:
    (school,) = standing_of(season, MYELOMA)
    return [(step.state, step.detail, step.command) for step in school.steps if step.name == "move"]


def moved_from(season: Workspace) -> str | None:
    day = season.schedule().school(MYELOMA).moved_from
    return f"{day:%Y-%m-%d %H:%M}" if day else None


@pytest.mark.parametrize("kind", ["call", "invitation"])
def test_a_move_is_due_until_everybody_mailed_has_it_by_mail(season: Workspace, sink: MailSink, kind: Kind) -> None:
    assert send(season, kind) == SendingAccount(sent=2)
    assert steps(season) == []
    move(season, SECOND)
    assert (steps(season), moved_from(season)) == ([mailed(2)], FIRST)
    # Not everybody can be reached.
    sink.at_rcpt[BERIK] = [NOT_TAKEN]
    assert send(season, "move", to_list=False).sent == 1
    assert steps(season) == [mailed(1)]
    assert send(season, "move", to_list=False) == SendingAccount(sent=1, already=1)
    assert steps(season) == [("done", "mailed 12.05.2022", "")]


def test_a_mail_is_the_last_word_on_the_day(season: Workspace) -> None:
    send(season, "call")
    move(season, SECOND)
    send(season, "move")
    move(season, THIRD)
    assert (steps(season), moved_from(season)) == ([mailed(2)], SECOND)
    move(season, SECOND)
    assert (steps(season), moved_from(season)) == ([], None)


def test_a_move_made_before_the_first_mail_is_told_to_nobody(season: Workspace) -> None:
    move(season, SECOND)
    send(season, "call")
    assert steps(season) == [NOBODY_KNOWS]


def test_readers_of_a_post_are_not_told_by_a_mail(season: Workspace) -> None:
    send(season, "call")
    announce(season, AnnouncementOrder([MYELOMA], "call"), Destination())
    move(season, SECOND)
    assert steps(season) == [mailed(2), ("due", "not written yet", ANNOUNCE_IT)]
    send(season, "move", to_list=False)
    assert steps(season) == [("done", "mailed 12.05.2022", ""), ("due", "not written yet", ANNOUNCE_IT)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(KEEP_AND_HANG_UP, mailed(1)), (HANG_UP, mailed(1)), (NOT_TAKEN, NOBODY_KNOWS), ("451 later", NOBODY_KNOWS)],
)
def test_who_may_have_a_mail_counts_and_whom_the_server_did_not_take_does_not(
    season: Workspace, sink: MailSink, answer: str, expected: tuple[str, str, str]
) -> None:
    (season.root / "people.csv").write_text(f"e-mail,язык\n{ASEL},русский\n", "utf-8")
    sink.at_data[ASEL] = [answer] * 4
    assert send(season, "call").sent == 0
    move(season, SECOND)
    assert steps(season) == [expected]


def test_of_a_mail_sent_before_it_was_kept_what_it_told_nothing_is_taken_for_granted(season: Workspace) -> None:
    send(season, "call")
    connection = sqlite3.connect(season.database_path)
    with connection:
        connection.execute("UPDATE mail SET told = ''")
    connection.close()
    move(season, SECOND)
    assert steps(season) == [mailed(2)]
    send(season, "move", to_list=False)
    assert steps(season) == [("done", "mailed 12.05.2022", "")]


def test_no_link_and_no_access_code_is_kept_with_a_mail(season: Workspace) -> None:
    path = season.schedule_path
    link = 'meeting = { url = "https://zoom.example.org/j/1", meeting_id = "987 654", passcode = "246810" }\n'
    path.write_text(
        path.read_text("utf-8").replace("ends = 2022-05-19 21:15:00\n", f"ends = 2022-05-19 21:15:00\n{link}"), "utf-8"
    )
    send(season, "link")
    copy = season.root / "copy.db"
    shutil.copy(season.database_path, copy)
    connection = sqlite3.connect(copy)
    told = "".join(row[0] for row in connection.execute("SELECT told FROM mail"))
    connection.close()
    assert '"link": "' in told
    assert not [word for word in ("zoom.example.org", "987 654", "246810", "mail.example") if word in told]
