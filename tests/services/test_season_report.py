"""The report as a service: the period as typed, the files, and the trial of an organiser's own template."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schoolctl.domain.season import Period
from schoolctl.errors import WrongUsageError
from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination
from schoolctl.services.season import ReportFiles, period_between, report_of, write_report
from schoolctl.services.templates import copy_template
from schoolctl.services.workspace import Workspace


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, Period()),
        ("2026-12-10", None, Period(since=date(2026, 12, 10))),
        (None, "10.12.2026", Period(until=date(2026, 12, 10))),
        ("2026-12-10", "2026-12-10", Period(date(2026, 12, 10), date(2026, 12, 10))),
    ],
)
def test_a_period_is_read_as_typed(since: str | None, until: str | None, expected: Period) -> None:
    assert period_between(since, until) == expected


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WrongUsageError) as error:
        period_between("2026-12-10", "2026-12-09")
    assert str(error.value) == "--until 2026-12-09 is before --since 2026-12-10: turn the two round"


def test_a_season_without_a_store_has_its_schools(season: Workspace) -> None:
    report = report_of(season, Period())
    assert report.made.isoformat() == "2026-12-01T10:00:00+05:00"
    assert [(row.id, row.figures.asked) for row in report.season.rows] == [
        ("2026-12-10-anemia", 0),
        ("2026-12-17-leukemia", 0),
    ]
    assert not season.database_path.exists()


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (ReportFiles(), ["report.kk.html", "report.ru.html", "report.en.html"]),
        (ReportFiles("kk", has_table=True), ["report.kk.html", "report.csv"]),
        (ReportFiles(has_pages=False, has_table=True), ["report.csv"]),
    ],
)
def test_the_files_are_those_that_are_wanted(
    season: Workspace, tmp_path: Path, wanted: ReportFiles, names: list[str]
) -> None:
    documents = write_report(season, Period(), wanted, Destination())
    assert [path.relative_to(tmp_path / "out").as_posix() for path in documents.files] == names
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)


@pytest.mark.parametrize(
    ("words", "edited"),
    [
        ("{{ bar.number }}</text>", "{{ bar.numbr }}</text>"),
        ("{{ part.number }}</text>", "{{ part.numbr }}</text>"),
        ("{{ row.short_topic", "{{ row.shrt_topic"),
        ("{{ words.by_school_told", "{{ words.by_school_tld"),
        ('replace("NAME", month)', 'replace("NAME", mnth)'),
    ],
)
def test_a_mistake_in_any_part_of_an_own_page_is_found(season: Workspace, words: str, edited: str) -> None:
    path = copy_template(season, "report/page.html", dry_run=False)
    assert check(season) == []
    text = path.read_text("utf-8")
    path.write_text(text.replace(words, edited), "utf-8")
    line = text[: text.index(words)].count("\n") + 1
    assert [(problem.file, problem.line) for problem in check(season)] == [("templates/report/page.html", line)]
