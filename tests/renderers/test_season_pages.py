"""The report as page, table and JSON: whole, harmless, and without anybody's name or words.

SCHOOLCTL_UPDATE_GOLDEN=1 writes the golden files anew: look at each of them before keeping it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schoolctl.domain.season import Period
from schoolctl.renderers.bars import Bar, bars
from schoolctl.renderers.season_csv import render_season as render_table
from schoolctl.renderers.season_html import PARTS, render_season
from schoolctl.renderers.season_json import season_view

from .agendas import CODES, NO_OWN
from .seasons import ANEMIA, LEUKEMIA, NOW, SECRETS, page, season

GOLDEN = Path(__file__).parents[1] / "golden" / "documents"
SVG = re.compile(r"<svg class=\"chart\".*?</svg>", re.DOTALL)


def compare(name: str, content: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("SCHOOLCTL_UPDATE_GOLDEN") == "1":
        path.write_bytes(content)
    assert content == path.read_bytes(), f"{name} is not what it was; SCHOOLCTL_UPDATE_GOLDEN=1 writes it anew"


@pytest.mark.parametrize("language", CODES)
def test_the_page_is_what_was_found_good(language: str) -> None:
    compare(f"report.{language}.html", render_season(NO_OWN, page(), language).encode())


def test_table_and_json_are_what_was_found_good() -> None:
    compare("report.csv", render_table(season()))
    compare("report.json", json.dumps(season_view(season(), NOW), ensure_ascii=False, indent=2).encode() + b"\n")


@pytest.mark.parametrize("language", CODES)
def test_the_page_runs_nothing_loads_nothing_and_names_nobody(language: str) -> None:
    shown = render_season(NO_OWN, page(), language)
    assert f'<html lang="{language}">' in shown
    assert "default-src 'none'; style-src 'unsafe-inline'" in shown
    assert not re.search(r"(?i)<script|\son\w+=|\bsrc=|\bhref=|@import|https?:|url\((?!#)", shown)
    assert [secret for secret in SECRETS if secret in shown] == []
    # An ID of a school that is gone may hold anything.
    assert "<b>" not in shown
    assert "2025-12-01-&lt;b&gt;gone&lt;/b&gt;" in shown


@pytest.mark.parametrize("language", CODES)
def test_every_chart_is_told_in_words_too(language: str) -> None:
    shown = render_season(NO_OWN, page(), language)
    charts = [ET.fromstring(chart) for chart in SVG.findall(shown)]  # noqa: S314 - our own page
    assert len(charts) == 5
    for chart in charts:
        assert chart.get("role") == "img"
        heading, told = str(chart.get("aria-labelledby")).split()
        assert f'id="{heading}">{chart.findtext("title")}</h2>' in shown
        description = chart.find("desc")
        assert description is not None
        assert (description.get("id"), len(str(description.text)) > 20) == (told, True)
    assert shown.count("<details>") == 4
    assert len(set(re.findall(r'\bid="([^"]+)"', shown))) == len(re.findall(r'\bid="', shown))


@pytest.mark.parametrize("language", CODES)
def test_the_parts_of_a_bar_are_the_figures_of_its_row(language: str) -> None:
    shown = render_season(NO_OWN, page(), language)
    chart = ET.fromstring(SVG.findall(shown)[0])  # noqa: S314 - our own page
    longest = max(one.figures.asked + one.figures.carried_in for one in season().rows)
    for row, group in zip(season().rows, chart.findall("g"), strict=True):
        drawn = {str(part.get("fill")): float(str(part.get("width"))[:-1]) for part in group.findall("rect")[1:]}
        told = {f"url(#{name})": 100 * getattr(row.figures, name) / longest for name in PARTS}
        assert drawn == {name: pytest.approx(length, abs=0.01) for name, length in told.items() if length}
        assert group.findtext("text[2]") == str(row.figures.asked + row.figures.carried_in)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "Бұл кезеңде әзірге сұрақ жоқ."),
        ("ru", "За этот период вопросов пока нет."),
        ("en", "There are no questions in this period yet."),
    ],
)
def test_a_season_without_questions_has_no_charts(language: str, words: str) -> None:
    shown = render_season(NO_OWN, page(is_empty=True), language)
    assert words in shown
    assert '<svg class="chart"' not in shown


@pytest.mark.parametrize(
    ("period", "language", "words"),
    [
        (Period(date(2026, 9, 1), date(2026, 10, 31)), "kk", "Кезең: 2026 жылғы 1 қыркүйек – 2026 жылғы 31 қазан"),
        (Period(since=date(2026, 9, 1)), "ru", "Период: 1 сентября 2026 года – …"),
        (Period(until=date(2026, 10, 31)), "en", "Period: … – October 31, 2026"),
        (Period(), "ru", "Период: с самого начала"),
    ],
)
def test_the_page_tells_its_period(period: Period, language: str, words: str) -> None:
    assert words in render_season(NO_OWN, page(period), language)


def test_a_topic_that_is_not_translated_yet_does_not_hold_the_report_up() -> None:
    shown = page()
    rows = list(shown.season.rows)
    assert rows[1].school is not None
    rows[1] = replace(rows[1], school=replace(rows[1].school, topic={"kk": "", "ru": "анемия"}))
    season_of_two = replace(shown.season, rows=tuple(rows))
    organizer = shown.organizer._replace(name={"ru": "Центр"})
    made = render_season(NO_OWN, replace(shown, organizer=organizer, season=season_of_two), "kk")
    assert '<text x="0" y="107">анемия</text>' in made
    assert "<p>Центр</p>" in made


def test_the_table_adds_up_in_a_spreadsheet() -> None:
    content = render_table(season())
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["school"] for row in rows] == [*(one.id for one in season().rows), "total"]
    for name in ("asked", "carried_in", "carried_over", "answered", "accepted", "undecided", "personal", "other"):
        assert sum(int(row[name]) for row in rows[:-1]) == int(rows[-1][name])
    assert (rows[3]["school"], rows[3]["day"], rows[3]["status"]) == (LEUKEMIA, "2026-12-17", "planned")


def test_no_cell_runs_as_a_formula() -> None:
    bad = '=HYPERLINK("https://example.org")'
    shown = season()
    one = shown.rows[0]
    assert one.school is not None
    evil = replace(one, id="+1", school=replace(one.school, topic={"ru": bad, "en": "\t=1"}))
    cells = next(csv.reader(io.StringIO(render_table(replace(shown, rows=(evil,))).decode().split("\r\n")[1])))
    assert cells[:6] == ["'+1", "2026-09-17", "held", "", f"'{bad}", "'\t=1"]


def test_scripts_get_every_figure() -> None:
    view = season_view(season(Period(since=date(2026, 10, 1))), NOW)
    assert (view["since"], view["until"], view["schools"]) == (
        "2026-10-01",
        None,
        {"held": 1, "planned": 1, "cancelled": 1},
    )
    assert [row["id"] for row in view["rows"]][:1] == [ANEMIA]
    assert view["rows"][0]["starts"] == "2026-10-15T18:30:00+05:00"
    assert view["total"].keys() == view["rows"][0].keys() - {"id", "topic", "starts", "status"}
    assert (view["no_theme"], view["undated"]) == (1, 1)
    # What belongs to none.
    assert (view["rows"][-1]["id"], view["rows"][-1]["topic"]) == (None, None)
    assert json.loads(json.dumps(view)) == view


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, []),
        ({"a": 0}, [Bar("a", 0, 0)]),
        ({"a": 300, "b": 1, "c": 0}, [Bar("a", 300, 100), Bar("b", 1, 1), Bar("c", 0, 0)]),
    ],
)
def test_a_bar_is_as_long_as_its_part_of_the_longest(counts: dict[str, int], expected: list[Bar]) -> None:
    assert bars(counts) == expected
