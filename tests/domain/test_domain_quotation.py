from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.quotation import quotes_are_paired, without_unpaired_quotes


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Миелома", "Миелома"),
        ("«Миелома»", "«Миелома»"),
        ("«Миелома", "Миелома"),
        ("Миелома»: ем", "Миелома: ем"),
        ("«Мир „внутри“ мира»", "«Мир „внутри“ мира»"),
        ("the “first” word", "the “first” word"),
        ("the “first word", "the first word"),
        ("»a«", "a"),
        ("«a “b» c”", "a “b c”"),
        ("„a «b“ c»", "a b c"),
        ('it\'s "so"', 'it\'s "so"'),
    ],
)
def test_a_mark_without_a_partner_goes(text: str, mended: str) -> None:
    assert quotes_are_paired(text) is (text == mended)
    assert without_unpaired_quotes(text) == mended


@given(st.text(alphabet="«»„“”ab", max_size=40))
def test_what_is_left_is_paired_and_nothing_else_is_lost(text: str) -> None:
    mended = without_unpaired_quotes(text)
    assert quotes_are_paired(mended)
    assert without_unpaired_quotes(mended) == mended
    assert [sign for sign in mended if sign in "ab"] == [sign for sign in text if sign in "ab"]
