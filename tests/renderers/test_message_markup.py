from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.renderers.dialects import DIALECTS
from schoolctl.renderers.message_markup import bare_link, escape_message, exact_whatsapp, whatsapp_bold, without_links


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("анемия", "анемия"),
        ("*a* _b_ ~c~ `d`", "\u2217a\u2217 \u02cdb\u02cd \u223cc\u223c 'd'"),
        ("||a|| | b", "¦a¦ | b"),
        ("@name #tag # 1", "\uff20name \uff03tag # 1"),
        ("- a - b", "– a - b"),
        ("> a > b", "› a > b"),
        ("+ a", "\uff0b a"),
        ("• a", "· a"),
        ("1. a 2. b", "1\u2024 a 2. b"),
        ("1.5 мг", "1.5 мг"),
        ("см. https://x.example/a", "см. https:\u2215\u2215x\u2024example/a"),
        ("www.x.kz, почта.рф", "www\u2024x\u2024kz, почта\u2024рф"),
        ("Dr. Sample, ул. Абая. Конец", "Dr. Sample, ул. Абая. Конец"),
        ("a\u200b\u202eb\nc", "ab c"),
        ("«a", "a"),
        ("", ""),
        (7, "7"),
    ],
)
def test_a_value_is_words_in_a_message(value: object, shown: str) -> None:
    assert escape_message(value) == shown


def test_what_filters_make_stays() -> None:
    assert whatsapp_bold(" a*b ") == "*a\u2217b*"
    assert whatsapp_bold(" ") == ""
    assert exact_whatsapp("A1b2") == "A1b2"
    assert exact_whatsapp("A*b_1") == "```A*b_1```"
    assert escape_message(bare_link("https://zoom.example.org/j/1?a_b=*")) == "https://zoom.example.org/j/1?a_b=*"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("markdown", ("**a\\*b**", "a\\*b", "<https://x.example>", "<a@x.example>", "[+7 700](https://wa.me/7700)")),
        ("mail", ("**a\\*b**", "a\\*b", "<https://x.example>", "<a@x.example>", "[+7 700](https://wa.me/7700)")),
        ("plain", ("a*b", "a*b", "https://x.example", "a@x.example", "+7 700")),
        ("html", ("a*b", "a*b", "https://x.example", "a@x.example", "+7 700")),
        ("whatsapp", ("*a\u2217b*", "```a*b```", "https://x.example", "a@x.example", "+7 700")),
        ("telegram", ("a\u2217b", "a*b", "https://x.example", "a@x.example", "+7 700")),
    ],
)
def test_each_markup_has_its_way(markup: str, expected: tuple[str, ...]) -> None:
    dialect = next(made for name, made in DIALECTS.items() if name == markup)
    filters = dialect.filters()
    assert sorted(filters) == ["bold", "exact", "link", "mail_link", "whatsapp_link"]
    made = (
        filters["bold"]("a*b"),
        filters["exact"]("a*b"),
        filters["link"]("https://x.example"),
        filters["mail_link"]("a@x.example"),
        filters["whatsapp_link"]("+7 (700)"),
    )
    # What a filter made is not escaped a second time.
    assert tuple(map(dialect.escape, made)) == made == expected


def test_a_mail_makes_no_link_of_words() -> None:
    assert DIALECTS["mail"].escape("http://x.example *a*") == "http:\u2215\u2215x\u2024example \\*a\\*"
    assert without_links("Школа. Начало в 18.30") == "Школа. Начало в 18.30"


@given(st.text(max_size=60))
def test_no_letters_of_another_kind_and_no_link_come_of_any_value(value: str) -> None:
    shown = escape_message(value)
    assert not re.search(r"[*_~`@\n\u200b\u202e]|://|\|\||(?i:www\.[a-z])", shown)
    assert shown[:1] not in {"-", "+", ">", "•"}
    assert escape_message(shown) == shown


@pytest.mark.parametrize("unit", ["*", "a.", "1.", "|", "«", "„“", "://", "www.", "#a", "@"])
def test_a_long_value_takes_no_time(unit: str) -> None:
    begun = time.process_time()
    escape_message(unit * (20_000 // len(unit)))
    assert time.process_time() - begun < 4
