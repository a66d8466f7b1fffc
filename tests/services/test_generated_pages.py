"""Calendars, posters, previews, summaries and drafts that no longer say what the schedule says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schoolctl.domain.announcement import Kind
from schoolctl.errors import Problem
from schoolctl.services.announce import AnnouncementOrder, announce
from schoolctl.services.audience import MailingOrder
from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination
from schoolctl.services.feed import FeedOrder, write_feed
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.mailings import draft_mails
from schoolctl.services.plan import cancel_school, edit_school, link_school, move_school
from schoolctl.services.posters import PosterOrder, write_posters
from schoolctl.services.previews import PreviewOrder, write_preview
from schoolctl.services.school_values import MeetingValues, SchoolValues
from schoolctl.services.summaries import write_summaries
from schoolctl.services.workspace import Workspace

CHECKOUT = Path(__file__).parents[2]
MYELOMA = "2022-05-19-multiple-myeloma"
HERE = Destination()
AGAIN = Destination(force=True)
AFTER = "1653600000"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1652328000")
    shutil.copy(CHECKOUT / "sessions.toml", tmp_path)
    return Workspace(tmp_path)


def found(workspace: Workspace) -> list[Problem]:
    return [problem for problem in check(workspace) if problem.file.startswith("out/")]


def move(workspace: Workspace) -> None:
    move_school(workspace, MYELOMA, SchoolValues(starts="2022-05-26 17:00"), dry_run=False)


@pytest.mark.parametrize("has_codes", [False, True])
def test_the_season_s_calendar(workspace: Workspace, *, has_codes: bool) -> None:
    link = MeetingValues("https://zoom.example.org/j/1", "1", "246810")
    link_school(workspace, MYELOMA, link, dry_run=False)
    write_feed(workspace, FeedOrder("ru", has_codes), HERE)
    assert found(workspace) == []
    move(workspace)
    assert found(workspace) == [
        Problem(
            "out/season.ru.ics",
            None,
            "this calendar says something else than the schedule",
            "Write it again: schoolctl feed --lang ru --force",
            "warning",
        )
    ]
    write_feed(workspace, FeedOrder("ru", has_codes), AGAIN)
    assert found(workspace) == []


def test_a_calendar_that_cannot_be_made_anew_is_named(workspace: Workspace) -> None:
    write_feed(workspace, FeedOrder(), HERE)
    path = workspace.schedule_path
    path.write_text(path.read_text("utf-8").replace(', en = "multiple myeloma"', ""), "utf-8")
    assert [str(problem) for problem in found(workspace) if problem.file == "out/season.en.ics"] == [
        (
            f'out/season.en.ics: this calendar cannot be made anew: school {MYELOMA}: topic has no text in "en". '
            'Add en = "…" to it in sessions.toml'
        )
    ]


def test_posters_alone_and_beside_a_post(workspace: Workspace) -> None:
    write_posters(workspace, PosterOrder(MYELOMA, "ru", "all"), HERE)
    announce(workspace, AnnouncementOrder([MYELOMA], "call", "ru", with_poster=True), HERE)
    assert found(workspace) == []
    edit_school(workspace, MYELOMA, SchoolValues(topic={"ru": "миелома"}), dry_run=False)
    hints = {
        "poster.ru.png": f"schoolctl poster {MYELOMA} --shape square",
        "poster.ru.banner.png": f"schoolctl poster {MYELOMA} --shape banner",
        "01.2022-05-12-call-multiple-myeloma/poster.ru.png": f"schoolctl announce {MYELOMA} --poster",
    }
    assert {problem.file.removeprefix(f"out/{MYELOMA}/"): problem.hint for problem in found(workspace)} == {
        name: f"Make it again: {command} --force" for name, command in hints.items()
    }
    assert {problem.message for problem in found(workspace)} == {"this poster says something else than the schedule"}


def test_a_poster_of_somebody_else_is_left_alone(workspace: Workspace) -> None:
    folder = workspace.root / "out" / MYELOMA
    write_posters(workspace, PosterOrder(MYELOMA, "ru"), HERE)
    picture = (folder / "poster.ru.png").read_bytes()
    (folder / "poster.kk.png").write_bytes(b"drawn by hand")
    (folder / "poster.en.png").write_bytes(picture.replace(MYELOMA.encode(), b"another-school-of-the-season"[:27]))
    assert found(workspace) == []


def test_a_preview(workspace: Workspace) -> None:
    write_preview(workspace, PreviewOrder(MYELOMA, language="ru"), HERE)
    (workspace.root / "out" / MYELOMA / "other").mkdir()
    (workspace.root / "out" / MYELOMA / "other" / "preview.html").write_text("a page", "utf-8")
    edit_school(workspace, MYELOMA, SchoolValues(topic={"en": "myeloma"}), dry_run=False)
    assert found(workspace) == []
    move(workspace)
    assert [str(problem) for problem in found(workspace)] == [
        (
            f"out/{MYELOMA}/preview.html: this preview says something else than the schedule. "
            f"Make it again: schoolctl preview {MYELOMA}"
        )
    ]
    write_preview(workspace, PreviewOrder(MYELOMA, language="ru"), HERE)
    assert found(workspace) == []


def test_summaries_of_a_school_and_of_all(workspace: Workspace) -> None:
    for school in (MYELOMA, None):
        write_summaries(workspace, school, "ru", HERE)
    assert found(workspace) == []
    request = IntakeRequest([CHECKOUT / "examples" / "form-answers.csv"], school=MYELOMA)
    import_questions(workspace, request, lambda *_: None)
    assert [(problem.file, problem.message, problem.hint) for problem in found(workspace)] == [
        (name, "this summary says something else than the questions", f"Write it again: {command} --force")
        for name, command in (
            ("out/summary.ru.html", "schoolctl questions summary --html --lang ru"),
            (f"out/{MYELOMA}/summary.ru.html", f"schoolctl questions summary --school {MYELOMA} --html --lang ru"),
        )
    ]


def test_a_summary_that_cannot_be_made_anew_is_told_by_the_schedule_alone(workspace: Workspace) -> None:
    write_summaries(workspace, MYELOMA, "en", HERE)
    path = workspace.schedule_path
    path.write_text(path.read_text("utf-8").replace(', en = "multiple myeloma"', ""), "utf-8")
    assert found(workspace) == []


def drafts(workspace: Workspace, kind: Kind, *, is_bcc: bool = False) -> None:
    people = workspace.root / "people.csv"
    people.write_text("email,language,consent\nanna@example.kz,ru,yes\n", "utf-8")
    draft_mails(workspace, MailingOrder(MYELOMA, kind, people), HERE, is_bcc=is_bcc)


def outdated_draft(kind: Kind) -> list[str]:
    return [
        (
            f"out/{MYELOMA}/mail.ru.1.eml: this draft says something else than the schedule. "
            f"Delete it, or write it again: schoolctl mail {MYELOMA} --kind {kind} --recipients … --force"
        )
    ]


@pytest.mark.parametrize("kind", ["call", "invitation"])
@pytest.mark.parametrize("is_bcc", [False, True])
def test_drafts_with_and_without_an_invite(workspace: Workspace, kind: Kind, *, is_bcc: bool) -> None:
    drafts(workspace, kind, is_bcc=is_bcc)
    assert found(workspace) == []
    move(workspace)
    assert [str(problem) for problem in found(workspace)] == outdated_draft(kind)


def test_a_call_that_names_the_new_hour_as_its_deadline_is_outdated_too(workspace: Workspace) -> None:
    edit_school(workspace, MYELOMA, SchoolValues(questions_until="2022-05-16 17:00"), dry_run=False)
    drafts(workspace, "call")
    assert found(workspace) == []
    edit_school(workspace, MYELOMA, SchoolValues(starts="2022-05-19 17:00"), dry_run=False)
    assert [str(problem) for problem in found(workspace)] == outdated_draft("call")


@pytest.mark.parametrize("kind", ["call", "invitation"])
def test_drafts_of_a_cancelled_school(workspace: Workspace, kind: Kind) -> None:
    drafts(workspace, kind)
    cancel_school(workspace, MYELOMA, {}, dry_run=False)
    assert [str(problem) for problem in found(workspace)] == outdated_draft(kind)


def test_drafts_of_a_cancellation(workspace: Workspace) -> None:
    before = workspace.schedule_path.read_bytes()
    cancel_school(workspace, MYELOMA, {}, dry_run=False)
    drafts(workspace, "cancellation")
    assert found(workspace) == []
    # It takes place after all.
    workspace.schedule_path.write_bytes(before)
    assert [str(problem) for problem in found(workspace)] == outdated_draft("cancellation")


MARK = b"X-Schoolctl-Draft: call " + b"0" * 32
INVITE = b"Content-Type: text/calendar\r\n\r\nSEQUENCE:0\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no mail",
        b"boundary=" * 5,
        b"Content-Type: multipart/mixed\r\n\r\n",
        b"Content-Type: text/plain\r\n\r\n" + "Школа начнётся в 12:00".encode(),
        b"Subject: from us\r\n\r\n" + MARK + b"\r\n",
        INVITE,
        MARK.replace(b"call", b"other") + b"\r\n" + INVITE,
        MARK[:-1] + b"\r\n" + INVITE,
    ],
)
def test_a_mail_that_is_no_draft_of_ours_is_left_alone(workspace: Workspace, content: bytes) -> None:
    path = workspace.root / "out" / MYELOMA / "mail.ru.1.eml"
    path.parent.mkdir(parents=True)
    drafts(workspace, "invitation")
    path.write_bytes(content)
    move(workspace)
    assert found(workspace) == []


@pytest.mark.parametrize("ends_with", [b"\r\n\r\n", b"\n\n", b"\r\n" + b"boundary=" * 5])
def test_a_draft_is_known_by_its_mark_alone(workspace: Workspace, ends_with: bytes) -> None:
    path = workspace.root / "out" / MYELOMA / "mail.ru.1.eml"
    path.parent.mkdir(parents=True)
    path.write_bytes(MARK + ends_with)
    assert [str(problem) for problem in found(workspace)] == outdated_draft("call")


def test_a_draft_in_a_language_that_is_missing_is_told_by_the_schedule_alone(workspace: Workspace) -> None:
    drafts(workspace, "call")
    path = workspace.schedule_path
    path.write_text(path.read_text("utf-8").replace('ru = "множественная миелома", ', ""), "utf-8")
    assert found(workspace) == []


def test_what_was_made_for_a_school_that_is_over_is_history(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts(workspace, "call")
    write_preview(workspace, PreviewOrder(MYELOMA), HERE)
    path = workspace.schedule_path
    path.write_text(path.read_text("utf-8").replace("2022-05-19 ", "2022-05-20 "), "utf-8")
    assert len(found(workspace)) == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", AFTER)
    assert found(workspace) == []
