import shutil
from pathlib import Path

import pytest

from schoolctl.services.agendas import AgendaOrder, write_agendas
from schoolctl.services.announce import CHANNELS, AnnouncementOrder, announce
from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.plan import cancel_school, link_school, move_school
from schoolctl.services.questions import Decision, set_questions
from schoolctl.services.school_values import MeetingValues, SchoolValues
from schoolctl.services.workspace import Workspace

CHECKOUT = Path(__file__).parents[2]
MYELOMA = "2022-05-19-multiple-myeloma"
LINK_DIFFERS = "this post lacks the link to join that the schedule has"
HERE = Destination()
AGAIN = Destination(force=True)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1652328000")
    shutil.copy(CHECKOUT / "sessions.toml", tmp_path)
    return Workspace(tmp_path)


def warnings(workspace: Workspace) -> list[tuple[str, str]]:
    return [(Path(problem.file).name, problem.message) for problem in check(workspace)]


def move(workspace: Workspace) -> None:
    move_school(workspace, MYELOMA, SchoolValues(starts="2022-05-26 17:00"), dry_run=False)


def test_posts_and_agendas_of_another_day_are_found(workspace: Workspace) -> None:
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "ru"), HERE)
    write_agendas(workspace, AgendaOrder(MYELOMA, ["md"], "kk"), HERE)
    assert warnings(workspace) == []
    move(workspace)
    assert warnings(workspace) == [
        ("item.ru.md", "this post names another day or hour than the schedule"),
        ("agenda.kk.md", "this agenda says something else than the schedule and the questions"),
    ]
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "ru"), AGAIN)
    write_agendas(workspace, AgendaOrder(MYELOMA, ["md"], "kk"), AGAIN)
    assert warnings(workspace) == []


def test_texts_of_every_channel_that_name_another_hour_or_link_are_found(workspace: Workspace) -> None:
    link = MeetingValues("https://zoom.example.org/j/1?a=b&c=d", "123 456", "a*b")
    link_school(workspace, MYELOMA, link, dry_run=False)
    order = AnnouncementOrder([MYELOMA], "invitation", "ru", CHANNELS)
    names = ["item.ru.md", *(f"invitation.{name}" for name in ("email.ru.html", "email.ru.txt"))]
    names += [f"invitation.{name}.ru.txt" for name in ("telegram", "whatsapp")]
    announce(workspace, order, HERE)
    assert warnings(workspace) == []
    for change, message in (
        (lambda: link_school(workspace, MYELOMA, MeetingValues(f"{link.url}2"), dry_run=False), LINK_DIFFERS),
        (lambda: move(workspace), "this post names another day or hour than the schedule"),
    ):
        change()
        assert sorted(warnings(workspace)) == sorted((name, message) for name in names)
        announce(workspace, order, AGAIN)
        assert warnings(workspace) == []
    (workspace.root / "out" / MYELOMA / "other.whatsapp.ru.txt").write_text("x", "utf-8")
    assert warnings(workspace) == []


def test_of_a_cancelled_school_only_the_cancellation_is_looked_at(workspace: Workspace) -> None:
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "ru", CHANNELS), HERE)
    cancel_school(workspace, MYELOMA, {}, dry_run=False)
    announce(workspace, AnnouncementOrder([MYELOMA], "cancellation", "ru", ["email"]), HERE)
    assert warnings(workspace) == []
    path = workspace.schedule_path
    path.write_text(path.read_text("utf-8").replace("2022-05-19 ", "2022-05-20 "), "utf-8")
    problems = [problem for problem in check(workspace) if "cancellation" in problem.file]
    assert [Path(problem.file).suffix for problem in problems] == [".html", ".txt"]
    assert problems[0].hint == (
        f"Write it again: schoolctl announce {MYELOMA} --kind cancellation --channel email --force"
    )


def test_a_missing_translation_is_told_by_the_schedule_alone(workspace: Workspace) -> None:
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "en", ["whatsapp"]), HERE)
    path = workspace.schedule_path
    path.write_text(path.read_text("utf-8").replace(', en = "multiple myeloma"', ""), "utf-8")
    assert [name for name, _ in warnings(workspace)] == ["sessions.toml"]


def test_each_invite_that_was_not_issued_again_is_found(workspace: Workspace) -> None:
    anna = InviteOrder(MYELOMA, "ru", ["anna@example.kz"])
    everybody = InviteOrder(MYELOMA, "ru")
    issue_invites(workspace, anna, HERE)
    issue_invites(workspace, everybody, HERE)
    move(workspace)
    assert [message for _, message in warnings(workspace)] == [f"the invite of {MYELOMA} that was issued is outdated"]
    issue_invites(workspace, everybody, AGAIN)
    (problem,) = check(workspace)
    assert (Path(problem.file).name, problem.message) == (
        "invite.ru.1.ics",
        "this invite is older than the last one issued",
    )
    assert problem.hint == f"Issue it again: schoolctl invite {MYELOMA} --attendee anna@example.kz --force"
    issue_invites(workspace, anna, AGAIN)
    assert warnings(workspace) == []


def test_accepted_questions_without_a_school_are_found(workspace: Workspace) -> None:
    import_questions(workspace, IntakeRequest([CHECKOUT / "examples" / "form-answers.csv"]), lambda *_: None)
    set_questions(workspace, [1, 2], Decision(status="accepted"), dry_run=False)
    assert warnings(workspace) == [("questions.db", "accepted questions without a school: 2")]
    set_questions(workspace, [1, 2], Decision(school=MYELOMA), dry_run=False)
    assert warnings(workspace) == []


def test_what_was_written_for_a_school_that_is_over_is_history(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "ru"), HERE)
    write_agendas(workspace, AgendaOrder(MYELOMA, ["md"], "kk"), HERE)
    move(workspace)
    assert [name for name, _ in warnings(workspace)] == ["item.ru.md", "agenda.kk.md"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1656633600")
    assert warnings(workspace) == []
