"""Sending through a real mail server that refuses, delays and hangs up: to each once, and nobody is forgotten."""

from __future__ import annotations

import email
import email.policy
import json
import os
import pty
import ssl
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme

from schoolctl.domain.mailing import mailing_key
from schoolctl.errors import SchoolctlError
from schoolctl.services.audience import MailingOrder
from schoolctl.services.plan import link_school
from schoolctl.services.school_values import MeetingValues
from schoolctl.services.sending import SendingAccount, Timer, plan_sending, send_mailing
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.mailing_log import MailingLog

from .mail_sink import HANG_UP, KEEP_AND_HANG_UP, MailSink, ScriptedServer
from .season import MYELOMA, new_workspace

NOW = "1652330000"  # 12 May 2022, a week before the school
ASEL, BERIK, CAROL = "asel@mail.example", "berik@mail.example", "carol@mail.example"
PEOPLE = f"e-mail,имя,язык\n{ASEL},Асель,русский\n{BERIK},Берік,қазақша\n{CAROL},Carol,English\n"
PAUSES = (60.0, 180.0, 300.0)


class TestTimer:
    """Time that passes only by waiting."""

    __test__ = False

    def __init__(self) -> None:
        self.waited: list[float] = []

    def now(self) -> float:
        return sum(self.waited)

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)

    @property
    def pauses(self) -> list[float]:
        return [round(seconds, 6) for seconds in self.waited if seconds]


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


@pytest.fixture
def season(tmp_path: Path, sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return begin(tmp_path, sink, monkeypatch, 'security = "none"')


def begin(folder: Path, sink: MailSink | ScriptedServer, monkeypatch: pytest.MonkeyPatch, *lines: str) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    schedule = new_workspace(folder) / "sessions.toml"
    smtp = "\n".join(["[smtp]", 'host = "127.0.0.1"', f"port = {sink.port}", *lines, "", ""])
    schedule.write_text(schedule.read_text("utf-8").replace("\n[[school]]\n", f"\n{smtp}[[school]]\n", 1), "utf-8")
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    return Workspace(folder)


def send(
    season: Workspace, kind: str = "invitation", *, resend_unknown: bool = False, timer: TestTimer | None = None
) -> SendingAccount:
    order = MailingOrder(MYELOMA, kind, season.root / "people.csv")  # type: ignore[arg-type]
    timer = timer or TestTimer()
    done: list[tuple[int, int]] = []
    account = send_mailing(
        season,
        order,
        lambda *count: done.append(count),
        resend_unknown=resend_unknown,
        timer=Timer(timer.now, timer.wait),
    )
    assert [count for count, _ in done] == list(range(1, len(done) + 1))
    return account


def states(season: Workspace) -> dict[str, str]:
    with open_database(season.database_path, for_writing=False) as database:
        key = mailing_key("invitation", season.schedule().school(MYELOMA))
        return dict(MailingLog(database).states(key))


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def types(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_each_gets_one_mail_in_their_language_and_sees_nobody_else(season: Workspace, sink: MailSink) -> None:
    account = send(season)
    assert account == SendingAccount(sent=3)
    assert account.is_complete
    assert sink.received == {ASEL: 1, BERIK: 1, CAROL: 1}
    assert sink.senders == {"patient@hemcenter.kz"}
    # The computer's own name is told to nobody.
    assert set(sink.greeted) == {"hemcenter.kz"}
    subjects = {}
    for address in (ASEL, BERIK, CAROL):
        (raw,) = sink.mails[address]
        others = {ASEL, BERIK, CAROL} - {address}
        assert not [other for other in others if other.encode() in raw]
        message = parsed(raw)
        assert message["To"].addresses[0].addr_spec == address
        assert message["From"].addresses[0].addr_spec == "patient@hemcenter.kz"
        assert not {"Bcc", "Cc", "X-Unsent", "X-Schoolctl-Draft"} & set(message.keys())
        assert types(message) == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
            "application/ics",
        ]
        calendar = list(message.walk())[4]
        assert calendar.get_param("method") == "REQUEST"
        content = calendar.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert f"mailto:{address}".encode() in content.replace(b"\r\n ", b"")
        subjects[address] = message["Subject"]
    assert "миелома" in subjects[ASEL]
    assert "myeloma" in subjects[CAROL]
    assert len(set(subjects.values())) == 3


def test_a_second_run_sends_to_nobody_twice(season: Workspace, sink: MailSink) -> None:
    send(season)
    assert send(season) == SendingAccount(already=3)
    people = season.root / "people.csv"
    people.write_text(PEOPLE.upper() + "new@mail.example,Новый,русский\n", "utf-8")
    assert send(season) == SendingAccount(sent=1, already=3)
    assert sink.received == {ASEL: 1, BERIK: 1, CAROL: 1, "new@mail.example": 1}


def test_another_kind_or_another_link_is_another_mailing(season: Workspace, sink: MailSink) -> None:
    send(season)
    assert send(season, "reminder").sent == 3
    link_school(season, MYELOMA, MeetingValues("https://zoom.example.org/j/1"), dry_run=False)
    assert send(season, "link").sent == 3
    assert send(season, "link").sent == 0
    link_school(season, MYELOMA, MeetingValues("https://zoom.example.org/j/2"), dry_run=False)
    assert send(season, "link").sent == 3
    assert sink.received == dict.fromkeys((ASEL, BERIK, CAROL), 4)


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_what_is_not_taken_now_is_tried_again_after_all_others(season: Workspace, sink: MailSink, stage: str) -> None:
    getattr(sink, stage)[ASEL] = ["451 greylisted, try later", "452 too much"]
    timer = TestTimer()
    assert send(season, timer=timer) == SendingAccount(sent=3)
    assert list(sink.mails) == [BERIK, CAROL, ASEL]
    assert [pause for pause in timer.pauses if pause >= 60] == [60, 180]
    assert states(season) == dict.fromkeys((ASEL, BERIK, CAROL), "sent")


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_what_is_never_taken_is_told_and_tried_again_by_the_next_run(
    season: Workspace, sink: MailSink, stage: str
) -> None:
    getattr(sink, stage)[ASEL] = ["451 not now"] * 4
    timer = TestTimer()
    account = send(season, timer=timer)
    assert account == SendingAccount(sent=2, deferred={ASEL: "451 not now"})
    assert not account.is_complete
    assert [pause for pause in timer.pauses if pause >= 60] == list(PAUSES)
    assert states(season) == {BERIK: "sent", CAROL: "sent"}
    assert send(season) == SendingAccount(sent=1, already=2)


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_one_refusal_stops_nobody(season: Workspace, sink: MailSink, stage: str) -> None:
    getattr(sink, stage)[ASEL] = ["550 no such mailbox"]
    assert send(season) == SendingAccount(sent=2, refused={ASEL: "550 no such mailbox"})
    assert states(season) == {ASEL: "refused", BERIK: "sent", CAROL: "sent"}
    # The server said that it does not have it: writing again is not writing twice.
    assert send(season) == SendingAccount(sent=1, already=2)
    assert sink.received == {ASEL: 1, BERIK: 1, CAROL: 1}


def test_a_connection_lost_before_the_mail_is_made_anew(season: Workspace, sink: MailSink) -> None:
    sink.at_rcpt[BERIK] = [HANG_UP, HANG_UP]
    timer = TestTimer()
    assert send(season, timer=timer) == SendingAccount(sent=3)
    assert sink.received == {ASEL: 1, BERIK: 1, CAROL: 1}
    assert sink.connections == 3
    assert [pause for pause in timer.pauses if pause >= 2] == [2, 2, 10, 2]


def test_a_server_that_hangs_up_each_time_stops_the_run(season: Workspace, sink: MailSink) -> None:
    sink.at_rcpt[BERIK] = [HANG_UP] * 4
    account = send(season)
    assert (account.sent, account.unsent) == (1, 2)
    assert account.stopped.startswith("the connection to the mail server fails again and again (")
    assert states(season) == {ASEL: "sent"}
    assert send(season) == SendingAccount(sent=2, already=1)


def test_a_server_that_closes_politely_is_called_again(season: Workspace, sink: MailSink) -> None:
    sink.at_rcpt[ASEL] = ["421 closing, too many mails"]
    assert send(season) == SendingAccount(sent=3)
    assert list(sink.mails) == [BERIK, CAROL, ASEL]
    assert sink.connections == 2


@pytest.mark.parametrize(("fault", "has_it"), [(HANG_UP, 0), (KEEP_AND_HANG_UP, 1)])
def test_nobody_knows_whether_a_mail_arrived_whose_answer_is_lost(
    season: Workspace, sink: MailSink, fault: str, has_it: int
) -> None:
    sink.at_data[ASEL] = [fault]
    account = send(season)
    assert account == SendingAccount(sent=2, unknown=[ASEL])
    assert not account.is_complete
    assert states(season)[ASEL] == "sending"
    assert len(sink.mails[ASEL]) == has_it
    # It could be the second one: only a person decides.
    assert send(season) == SendingAccount(already=2, unknown=[ASEL])
    order = MailingOrder(MYELOMA, "invitation", season.root / "people.csv")
    assert plan_sending(season, order, resend_unknown=False, is_rehearsal=True).unknown == (ASEL,)
    assert send(season, resend_unknown=True) == SendingAccount(sent=1, already=2)
    assert len(sink.mails[ASEL]) == has_it + 1
    assert len({parsed(raw)["Message-ID"] for raw in sink.mails[ASEL]}) == 1


def test_the_rate_is_kept(season: Workspace, sink: MailSink) -> None:
    schedule = season.schedule_path
    text = schedule.read_text("utf-8")
    timer = TestTimer()
    send(season, timer=timer)
    assert timer.pauses == [2, 2]
    schedule.write_text(text.replace("[smtp]", "[smtp]\nper_minute = 10"), "utf-8")
    timer = TestTimer()
    send(season, "reminder", timer=timer)
    assert timer.pauses == [6, 6]
    assert len(sink.mails[ASEL]) == 2


def test_what_is_planned_and_not_sent_leaves_no_trace(season: Workspace, sink: MailSink) -> None:
    order = MailingOrder(MYELOMA, "invitation", season.root / "people.csv")
    plan = plan_sending(season, order, resend_unknown=False, is_rehearsal=False)
    assert [one.email for one in plan.waiting] == [ASEL, BERIK, CAROL]
    assert plan.first is not None
    assert plan.first.to.email == ASEL
    assert not season.database_path.exists()
    assert sink.connections == 0


def test_another_address_of_the_organiser(tmp_path: Path, sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    season = begin(tmp_path, sink, monkeypatch, 'security = "none"', 'from = "robot@mail.example"')
    send(season)
    assert sink.senders == {"robot@mail.example"}
    message = parsed(sink.mails[ASEL][0])
    assert message["From"].addresses[0].addr_spec == "robot@mail.example"
    assert message["Reply-To"] == "patient@hemcenter.kz"


LOGIN = ("organizer", "correct horse")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certified(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def encrypted(certified: ssl.SSLContext) -> Iterator[MailSink]:
    with MailSink(certified, login=LOGIN) as sink:
        yield sink


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


@pytest.mark.usefixtures("trusted")
def test_encrypted_and_with_a_password(tmp_path: Path, encrypted: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    season = begin(tmp_path, encrypted, monkeypatch, 'user = "organizer"')
    monkeypatch.setenv("SCHOOLCTL_SMTP_PASSWORD", LOGIN[1])
    assert send(season) == SendingAccount(sent=3)
    assert encrypted.received == {ASEL: 1, BERIK: 1, CAROL: 1}


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_stops_before_anything_is_sent(
    tmp_path: Path, encrypted: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begin(tmp_path, encrypted, monkeypatch, 'user = "organizer"')
    monkeypatch.setenv("SCHOOLCTL_SMTP_PASSWORD", "s3cret-guess")
    account = send(season)
    assert (account.sent, account.unsent) == (0, 3)
    assert "refuses the user name or the password of organizer" in account.stopped
    assert "s3cret" not in account.stopped
    assert states(season) == {}
    monkeypatch.setenv("SCHOOLCTL_SMTP_PASSWORD", "пароль")
    assert "choose Latin letters" in send(season).stopped


def test_a_certificate_that_nobody_vouches_for(
    tmp_path: Path, encrypted: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begin(tmp_path, encrypted, monkeypatch)
    account = send(season)
    assert account.unsent == 3
    assert "no encrypted connection can be made" in account.stopped
    assert encrypted.received == {}


def test_a_server_without_encryption_gets_nothing(
    tmp_path: Path, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begin(tmp_path, sink, monkeypatch)
    account = send(season)
    assert account.unsent == 3
    assert "the server cannot be used (STARTTLS extension not supported by server" in account.stopped
    assert sink.received == {}


def test_no_server_in_the_schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    season = Workspace(new_workspace(tmp_path))
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    with pytest.raises(SchoolctlError, match="names no mail server"):
        send(season)
    order = MailingOrder(MYELOMA, "invitation", tmp_path / "people.csv")
    assert plan_sending(season, order, resend_unknown=False, is_rehearsal=True).server is None
    with pytest.raises(SchoolctlError, match="names no mail server"):
        plan_sending(season, order, resend_unknown=False, is_rehearsal=False)


def test_nobody_listens(season: Workspace, sink: MailSink) -> None:
    schedule = season.schedule_path
    schedule.write_text(schedule.read_text("utf-8").replace(f"port = {sink.port}", "port = 9"), "utf-8")
    timer = TestTimer()
    account = send(season, timer=timer)
    assert account.unsent == 3
    assert "refused" in account.stopped
    assert timer.pauses == [2, 10, 30]


OPENING = ["220 hello", "250 at your service"]


def sent_through(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *scripts: list[str]
) -> tuple[SendingAccount, list[str]]:
    """What becomes of one mail, and what a server heard that answers by scripts."""
    with ScriptedServer(*scripts) as server:
        season = begin(folder, server, monkeypatch, 'security = "none"')
        (folder / "people.csv").write_text(f"e-mail\n{ASEL}\n", "utf-8")
        return send(season), server.heard


@pytest.mark.parametrize(
    ("scripts", "expected"),
    [
        ([[*OPENING, "250 ok", "250 ok", "354 go", "250 ok"]], SendingAccount(sent=1)),
        ([[*OPENING, "250 ok", "251 forwarded", "354 go", "252 taken"]], SendingAccount(sent=1)),
        # What means nothing after a mail leaves it open whether it was taken.
        ([[*OPENING, "250 ok", "250 ok", "354 go", "gibberish"]], SendingAccount(unknown=[ASEL])),
        ([[*OPENING, "250 ok", "250 ok", "354 go", "334 more"]], SendingAccount(unknown=[ASEL])),
        # Before it, it surely was not.
        (
            [[*OPENING, "gibberish"], [*OPENING, "250 ok", "250 ok", "354 go", "250 ok"]],
            SendingAccount(sent=1),
        ),
        ([[*OPENING, "421 idle too long"], [*OPENING, "250 ok", "250 ok", "354 go", "250 ok"]], SendingAccount(sent=1)),
        ([["421 too many"], ["220 hello", "250 hi", "250 ok", "250 ok", "354 go", "250 ok"]], SendingAccount(sent=1)),
        ([[*OPENING, "250 ok", "250 ok", "550 no data", "250 reset"]], SendingAccount(refused={ASEL: "550 no data"})),
    ],
)
def test_answers_of_all_sorts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scripts: list[list[str]], expected: SendingAccount
) -> None:
    account, heard = sent_through(tmp_path, monkeypatch, *scripts)
    assert account == expected
    assert "ehlo hemcenter.kz" in heard


def test_a_sender_that_the_server_does_not_want_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account, _ = sent_through(tmp_path, monkeypatch, [*OPENING, "530 authentication required"])
    words = "127.0.0.1 takes no mail from patient@hemcenter.kz: 530 authentication required"
    assert account == SendingAccount(unsent=1, stopped=words)


def test_encryption_that_the_server_takes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(["220 hello", "250-hi\r\n250 STARTTLS", "454 no certificate today"]) as server:
        account = send(begin(tmp_path, server, monkeypatch))
    assert account.unsent == 3
    assert "454 no certificate today" in account.stopped
    assert not [line for line in server.heard if line.lower().startswith("mail")]


@pytest.mark.usefixtures("trusted")
def test_encrypted_from_the_beginning(
    tmp_path: Path, certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MailSink(certified, encrypts_at_once=True) as sink:
        assert send(begin(tmp_path, sink, monkeypatch, 'security = "ssl"')) == SendingAccount(sent=3)
    assert sink.received == {ASEL: 1, BERIK: 1, CAROL: 1}


def test_a_server_that_knows_no_encryption(tmp_path: Path, sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    account = send(begin(tmp_path, sink, monkeypatch, 'security = "ssl"'))
    assert account.unsent == 3
    assert "no encrypted connection can be made" in account.stopped


def test_a_log_that_cannot_be_written_stops_before_the_mail_goes(
    season: Workspace, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "the disk is full"
        raise SchoolctlError(message)

    with monkeypatch.context() as patch:
        patch.setattr(MailingLog, "record", fail)
        assert send(season) == SendingAccount(unsent=3, stopped="the disk is full")
    assert sink.received == {}
    assert send(season) == SendingAccount(sent=3)


COMMAND = ("mail", MYELOMA, "--kind", "invitation", "--recipients", "people.csv", "--send")


def typed(season: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "schoolctl", "-C", str(season.root), *COMMAND, *words],
        cwd=season.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def quick(season: Workspace) -> Workspace:
    """The season with a server to which mails go as fast as they can, for commands that do wait."""
    text = season.schedule_path.read_text("utf-8")
    season.schedule_path.write_text(text.replace("[smtp]", "[smtp]\nper_minute = 6000"), "utf-8")
    return season


def test_the_command_tells_what_became_of_each(quick: Workspace, sink: MailSink) -> None:
    sink.at_rcpt[ASEL] = ["550 no such mailbox"]
    sink.at_data[BERIK] = [HANG_UP]
    done = typed(quick, "--yes")
    assert (done.returncode, done.stdout) == (1, "sent: 1 mail\n")
    assert done.stderr.splitlines()[0] == "3 mails to send: ru 1, kk 1, en 1"
    unknown = f"unknown: {BERIK} may have it or not; it is not sent again unless you add --resend-unknown"
    assert done.stderr.splitlines()[-2:] == [f"refused: {ASEL}: 550 no such mailbox", unknown]
    again = typed(quick, "--yes", "--resend-unknown", "--json")
    assert again.returncode == 0
    said, keys = json.loads(again.stdout), ("sent", "already_sent", "refused", "deferred", "unknown", "unsent")
    assert [said[key] for key in keys] == [2, 1, [], [], [], 0]
    assert said["stopped"] is None
    last = typed(quick)
    assert (last.returncode, last.stdout) == (0, "sent: 0 mails\nsent before: 3\n")
    assert sink.received == {ASEL: 1, BERIK: 1, CAROL: 1}


def test_at_a_terminal_the_command_asks(quick: Workspace, sink: MailSink) -> None:
    for answer, code, mails in (("n", 1, 0), ("y", 0, 3)):
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "schoolctl", "-C", str(quick.root), *COMMAND],
            cwd=quick.root,
            stdin=follower,
            stdout=subprocess.PIPE,
            stderr=follower,
        )
        os.write(leader, f"{answer}\n".encode())
        said, _ = process.communicate(timeout=60)
        os.close(follower)
        shown = os.read(leader, 65536).decode()
        os.close(leader)
        assert "Send 3 mails?" in shown
        assert process.returncode == code
        assert len(sink.mails) == mails
    assert said.decode().strip() == "sent: 3 mails"


def test_two_runs_at_once_do_not_write_twice(quick: Workspace, sink: MailSink) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "schoolctl", "-C", str(quick.root), *COMMAND, "--yes"],
            cwd=quick.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    said = [run.communicate(timeout=60)[0].decode() for run in runs]
    assert sorted(said) == ["sent: 0 mails\nsent before: 3\n", "sent: 3 mails\n"]
    assert sink.received == {ASEL: 1, BERIK: 1, CAROL: 1}
