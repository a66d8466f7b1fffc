from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.announcement import Kind
from schoolctl.domain.school import Meeting, School
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services import previews
from schoolctl.services.documents import Destination
from schoolctl.services.plan import cancel_school, link_school
from schoolctl.services.posters import PosterOrder, write_posters
from schoolctl.services.previews import PreviewOrder, kinds_named, kinds_now, make_preview, moment_of, write_preview
from schoolctl.services.school_values import MeetingValues
from schoolctl.services.templates import copy_template
from schoolctl.services.workspace import Workspace

ANEMIA = "2026-12-10-anemia"
ALMATY = ZoneInfo("Asia/Almaty")
STARTS = datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY)
SCHOOL = School(ANEMIA, {"ru": "анемия"}, STARTS, STARTS + timedelta(hours=2))
MEETING = Meeting("https://zoom.example.org/j/1")


@pytest.mark.parametrize(
    ("school", "now", "kinds"),
    [
        (SCHOOL, STARTS - timedelta(days=9), ["call", "invitation", "reminder"]),
        (replace(SCHOOL, meeting=MEETING), STARTS - timedelta(days=9), ["call", "invitation", "link", "reminder"]),
        (
            replace(SCHOOL, meeting=MEETING, mode="onsite"),
            STARTS - timedelta(days=9),
            ["call", "invitation", "reminder"],
        ),
        (
            replace(SCHOOL, moved_from=STARTS - timedelta(days=7)),
            STARTS - timedelta(days=9),
            ["call", "invitation", "reminder", "move"],
        ),
        (SCHOOL, STARTS + timedelta(minutes=1), ["call", "invitation"]),
        (SCHOOL, STARTS + timedelta(hours=2), ["recap"]),
        (replace(SCHOOL, is_cancelled=True), STARTS - timedelta(days=9), ["cancellation"]),
        (replace(SCHOOL, is_cancelled=True), STARTS + timedelta(days=9), ["cancellation"]),
    ],
)
def test_the_kinds_that_make_sense_now(school: School, now: datetime, kinds: list[str]) -> None:
    assert kinds_now(school, now) == kinds


@pytest.mark.parametrize(
    ("kind", "hour", "now", "moment"),
    [
        ("call", 18, STARTS - timedelta(days=9), STARTS - timedelta(days=9)),
        ("reminder", 18, STARTS - timedelta(days=9), STARTS.replace(hour=9, minute=0)),
        ("reminder", 18, STARTS - timedelta(hours=1), STARTS - timedelta(hours=1)),
        ("reminder", 9, STARTS - timedelta(days=9), STARTS.replace(hour=8)),
        ("recap", 18, STARTS - timedelta(days=9), STARTS + timedelta(hours=2)),
        ("recap", 18, STARTS + timedelta(days=9), STARTS + timedelta(days=9)),
    ],
)
def test_each_kind_is_shown_as_of_its_time(kind: Kind, hour: int, now: datetime, moment: datetime) -> None:
    starts = STARTS.replace(hour=hour)
    school = replace(SCHOOL, starts=starts, ends=starts + timedelta(hours=2))
    assert moment_of(kind, school, now) == moment


def test_kinds_are_named_in_their_order_and_a_mistyped_one_is_refused() -> None:
    assert kinds_named(["reminder", "call", "reminder"]) == ("call", "reminder")
    with pytest.raises(WrongUsageError, match=r'"remind" is no kind of announcement\. Kinds: call, invitation, link'):
        kinds_named(["remind"])


def test_everything_is_there_in_every_language(season: Workspace) -> None:
    preview = make_preview(season, PreviewOrder(ANEMIA))
    assert [(heading, row.what) for heading, row in preview.rows] == [
        *(
            (kind, what)
            for kind in ("call", "invitation", "reminder")
            for what in ("site", "whatsapp", "telegram", "email")
        ),
        *(("document", what) for what in ("calendar", "square", "banner")),
    ]
    for _, row in preview.rows:
        assert [sample.language for sample in row.samples] == list(season.schedule().languages)
        assert all(sample.made and not sample.faults for sample in row.samples)
    words = {row.what: row.samples[0].text for heading, row in preview.rows if heading in {"call", "document"}}
    assert {what for what, text in words.items() if not text} == {"square", "banner"}
    assert all("анемия" in text for text in words.values() if text)
    assert preview.problems == []


def test_one_language_is_enough(season: Workspace) -> None:
    preview = make_preview(season, PreviewOrder(ANEMIA, ("invitation",), "en"))
    assert {sample.language for _, row in preview.rows for sample in row.samples} == {"en"}
    assert [kind.kind for kind in preview.kinds] == ["invitation"]


def test_a_broken_template_costs_its_own_texts_only(season: Workspace) -> None:
    own = copy_template(season, "announcement/call.kk.md", dry_run=False)
    own.write_text(own.read_text("utf-8").replace("listed(topics)", "listed(topisc)"), "utf-8")
    preview = make_preview(season, PreviewOrder(ANEMIA, ("call",)))
    line = own.read_text("utf-8")[: own.read_text("utf-8").index("topisc")].count("\n") + 1
    assert preview.problems == [f'templates/announcement/call.kk.md:{line}: there is no "topisc" here']
    failed = [(row.what, sample.language) for _, row in preview.rows for sample in row.samples if sample.made is None]
    # Messages do not hold the title, where the mistake is.
    assert failed == [("site", "kk"), ("email", "kk")]


def test_a_missing_translation_costs_one_column(season: Workspace) -> None:
    path = season.schedule_path
    path.write_text(path.read_text("utf-8").replace(', en = "anemia"', ""), "utf-8")
    preview = make_preview(season, PreviewOrder(ANEMIA))
    (problem,) = preview.problems
    assert problem == f'school {ANEMIA}: topic has no text in "en". Add en = "…" to it in sessions.toml'
    assert {sample.language for _, row in preview.rows for sample in row.samples if sample.made is None} == {"en"}
    assert "translations" in [step.name for step in preview.steps]


def test_what_would_not_be_true_is_a_problem(season: Workspace) -> None:
    preview = make_preview(season, PreviewOrder(ANEMIA, ("link", "cancellation")))
    assert [kind.rows for kind in preview.kinds] == [(), ()]
    assert preview.problems == [
        f"school {ANEMIA} has no link yet. Add it: schoolctl school link {ANEMIA} --url https://…",
        f"school {ANEMIA} is not cancelled: schoolctl school cancel {ANEMIA}",
    ]


def test_a_store_that_cannot_be_opened_is_a_problem_too(season: Workspace) -> None:
    season.database_path.write_bytes(b"this is no database at all" * 100)
    preview = make_preview(season, PreviewOrder(ANEMIA))
    assert len(preview.problems) == 1
    assert [kind.kind for kind in preview.kinds] == ["call", "invitation", "reminder"]


def test_a_cancelled_school_is_shown_as_taken_back(season: Workspace) -> None:
    cancel_school(season, ANEMIA, {}, dry_run=False)
    preview = make_preview(season, PreviewOrder(ANEMIA))
    assert [kind.kind for kind in preview.kinds] == ["cancellation"]
    entry = preview.documents[0].samples[0].made
    assert getattr(entry, "is_cancelled", None) is True


def test_without_its_packages_there_is_a_line_in_place_of_posters(
    season: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "posters_are_installed", lambda: False)
    preview = make_preview(season, PreviewOrder(ANEMIA))
    assert [row.what for row in preview.documents] == ["calendar"]
    assert (preview.has_posters, preview.problems) == (False, [])


def test_an_unedited_preview_is_replaced_and_an_edited_one_only_by_force(season: Workspace) -> None:
    (page,) = write_preview(season, PreviewOrder(ANEMIA), Destination()).files
    first = page.read_bytes()
    again = write_preview(season, PreviewOrder(ANEMIA), Destination())
    assert again.unchanged == {page}
    link_school(season, ANEMIA, MeetingValues("https://zoom.example.org/j/1"), dry_run=False)
    write_preview(season, PreviewOrder(ANEMIA), Destination())
    second = page.read_bytes()
    assert second != first
    page.write_bytes(second.replace(b"</main>", b"<p>mine</p></main>"))
    with pytest.raises(SchoolctlError, match="exists and differs"):
        write_preview(season, PreviewOrder(ANEMIA), Destination())
    write_preview(season, PreviewOrder(ANEMIA), Destination(force=True))
    assert page.read_bytes() == second


def test_a_page_of_somebody_else_is_not_replaced(season: Workspace, tmp_path: Path) -> None:
    (tmp_path / "preview.html").write_text("<p>mine</p>", "utf-8")
    with pytest.raises(SchoolctlError, match="exists and differs"):
        write_preview(season, PreviewOrder(ANEMIA), Destination(tmp_path))


def test_problems_are_told_as_notes(season: Workspace) -> None:
    documents = write_preview(season, PreviewOrder(ANEMIA, ("cancellation",)), Destination())
    assert documents.notes == (f"school {ANEMIA} is not cancelled: schoolctl school cancel {ANEMIA}",)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (PosterOrder(ANEMIA, "ru"), ["poster.ru.png"]),
        (PosterOrder(ANEMIA, "en", "banner"), ["poster.en.banner.png"]),
        (PosterOrder(ANEMIA, "kk", "all"), ["poster.kk.banner.png", "poster.kk.png"]),
    ],
)
def test_posters_by_language_and_shape(season: Workspace, order: PosterOrder, names: list[str]) -> None:
    documents = write_posters(season, order, Destination())
    assert sorted(path.name for path in documents.files) == names
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in documents.files)


def test_a_rehearsed_poster_is_not_written(season: Workspace) -> None:
    (path,) = write_posters(season, PosterOrder(ANEMIA, "ru"), Destination(dry_run=True)).files
    assert not path.exists()
