"""The figures of the README, on questions that the rules were not written on, must not fall."""

from __future__ import annotations

import pytest

from benchmarks.understanding import DATA, Judged, figures, judge, read

Figures = dict[str, tuple[float, int]]


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [one for path in sorted(DATA.glob("*.jsonl")) for one in judge(read(path))]


@pytest.fixture(scope="module")
def measured(judged: list[Judged]) -> Figures:
    return figures(judged)


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("language right", 0.97),
        ("personal: precision", 0.85),
        ("personal: recall", 0.85),
        ("logistics: precision", 0.85),
        ("logistics: recall", 0.80),
        ("off_topic: precision", 0.75),
        ("off_topic: recall", 0.70),
        ("the first theme is right", 0.70),
        ("the same question among the three most similar", 0.75),
    ],
)
def test_what_should_be_high_is_high(measured: Figures, figure: str, least: float) -> None:
    assert measured[figure][0] >= least


@pytest.mark.parametrize(
    ("figure", "most"),
    [
        ("automatic groups that are wrong", 0.05),
        ("texts with personal data left", 0.10),
        ("phones, e-mails, IINs left", 0.0),
        ("clean texts altered", 0.03),
    ],
)
def test_what_should_be_low_is_low(measured: Figures, figure: str, most: float) -> None:
    assert measured[figure][0] <= most


def test_there_is_something_to_measure(judged: list[Judged], measured: Figures) -> None:
    assert len(judged) == 780
    assert all(cases >= 15 for _, cases in measured.values())


def test_every_judgement_has_its_reason(judged: list[Judged]) -> None:
    for one in judged:
        question = one.question
        assert bool(question["screening"]["reasons"]) == (question["screening"]["label"] != "general")
        assert bool(question["theme_reasons"]) == bool(question["themes"])
        assert bool(question["redactions"]) == (question["redacted_text"] != question["text"])
