"""What may be told of a question: nothing that is not passed on."""

from __future__ import annotations

import pytest

from schoolctl.domain.triage import hidden_words, tells_nothing_of


@pytest.mark.parametrize(
    ("text", "redacted", "hidden"),
    [
        ("Можно ли чай?", "Можно ли чай?", set()),
        ("Пишет Айгүл Омарова: можно?", "Пишет [имя]: можно?", {"айгул", "омарова"}),
        ("Айгуль! Айгуль можно?", "[имя]! Айгуль можно?", set()),
        ("a@b.kz", "[почта]", {"a", "b", "kz"}),
        ("", "", set()),
    ],
)
def test_hidden_is_what_the_wording_to_pass_on_does_not_hold(text: str, redacted: str, hidden: set[str]) -> None:
    assert hidden_words(text, redacted) == hidden


@pytest.mark.parametrize(
    ("reason", "is_harmless"),
    [
        ('diet: "чай"', True),
        ("омарова", False),
        ("learnt from your decisions: other (чай, Омарова)", False),
        ("омаровой", True),
        ("", True),
    ],
)
def test_a_reason_with_a_hidden_word_tells_of_it(reason: str, *, is_harmless: bool) -> None:
    assert tells_nothing_of(reason, frozenset({"омарова"})) is is_harmless
    assert tells_nothing_of(reason, frozenset())
