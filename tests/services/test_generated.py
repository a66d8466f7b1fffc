import shutil
from pathlib import Path

import pytest

from schoolctl.services.agendas import write_agendas
from schoolctl.services.announce import AnnouncementOrder, announce
from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.plan import move_school
from schoolctl.services.questions import Decision, set_questions
from schoolctl.services.school_values import SchoolValues
from schoolctl.services.workspace import Workspace

CHECKOUT = Path(__file__).parents[2]
MYELOMA = "2022-05-19-multiple-myeloma"
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
    write_agendas(workspace, MYELOMA, ["md"], "kk", HERE)
    assert warnings(workspace) == []
    move(workspace)
    assert warnings(workspace) == [
        ("item.ru.md", "this post names another day or hour than the schedule"),
        ("agenda.kk.md", "this agenda says something else than the schedule and the questions"),
    ]
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "ru"), AGAIN)
    write_agendas(workspace, MYELOMA, ["md"], "kk", AGAIN)
    assert warnings(workspace) == []


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


def test_the_agenda_of_a_school_that_is_over_is_history(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "ru"), HERE)
    write_agendas(workspace, MYELOMA, ["md"], "kk", HERE)
    move(workspace)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1656633600")
    assert [name for name, _ in warnings(workspace)] == ["item.ru.md"]
