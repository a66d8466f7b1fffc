"""Initials go together with the name that they stand beside."""

from __future__ import annotations

import pytest

from schoolctl.domain.redaction.initials import with_initials
from schoolctl.domain.redaction.marks import Span


@pytest.mark.parametrize(
    ("text", "name", "taken"),
    [
        ("С поклоном, О.И. Сидоренко", "Сидоренко", "О.И. Сидоренко"),
        ("С поклоном, О. И. Сидоренко!", "Сидоренко", "О. И. Сидоренко"),
        ("Соседка Гүлнар С.Ә. айтты", "Гүлнар", "Гүлнар С.Ә."),
        ("Гүлнар С. айтты", "Гүлнар", "Гүлнар С."),
        ("спросила Анна. А. потом ушла", "Анна", "Анна"),
        ("витамин В. Анна спросила", "Анна", "В. Анна"),
        ("рак IV. Анна спросила", "Анна", "Анна"),
        ("Анна спросила", "Анна", "Анна"),
    ],
)
def test_initials_beside_a_name(text: str, name: str, taken: str) -> None:
    start = text.index(name)
    (span,) = with_initials([Span(start, start + len(name), "name", "")], text)
    assert text[span.start : span.end] == taken


def test_spans_stay_apart() -> None:
    text = "Анна А. Б. Ким"
    spans = with_initials([Span(0, 4, "name", ""), Span(11, 14, "name", "")], text)
    assert [text[span.start : span.end] for span in spans] == ["Анна А. Б.", "Ким"]
    spans = with_initials([Span(0, 4, "name", ""), Span(5, 7, "document", "")], text)
    assert [(span.start, span.end) for span in spans] == [(0, 5), (5, 7)]


def test_other_kinds_take_nothing() -> None:
    assert with_initials([Span(3, 7, "phone", "")], "А. 7001") == [Span(3, 7, "phone", "")]
