"""Numbers of questions as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.id_lists import IdListError, is_id_list, parse_ids


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("12", (12,)),
        ("12,14-18 20", (12, 14, 15, 16, 17, 18, 20)),
        ("14 - 16; 3", (14, 15, 16, 3)),
        ("14\u201316, 15", (14, 15, 16)),
        ("7-7", (7,)),
        ("№5, № 6", (5, 6)),
        ("1) 2. 10.", (1, 2, 10)),
        (" ,; \n", ()),
        ("", ()),
        ("1-1000", tuple(range(1, 1001))),
    ],
)
def test_lists_and_ranges(written: str, ids: tuple[int, ...]) -> None:
    assert parse_ids(written) == ids


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("12,a4", '"a4" is no number of a question. Write them as 12, 14-18 20'),
        ("3.5", '"3.5" is no number of a question. Write them as 12, 14-18 20'),
        ("-3", '"-3" is no number of a question. Write them as 12, 14-18 20'),
        ("1-2-3", '"1-2-3" is no number of a question. Write them as 12, 14-18 20'),
        ("1234567890", '"1234567890" is no number of a question. Write them as 12, 14-18 20'),
        ("18-14", '"18-14" is no range of questions: write the lower number first, 1,000 at most'),
        ("1-1001", '"1-1001" is no range of questions: write the lower number first, 1,000 at most'),
    ],
)
def test_what_is_no_number_is_named(written: str, message: str) -> None:
    with pytest.raises(IdListError) as caught:
        parse_ids(written)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12", True),
        ("12, 14-18", True),
        ("14\u201318", True),
        ("", False),
        (" , ", False),
        ("all", False),
        ("12.txt", False),
    ],
)
def test_a_list_is_told_from_a_word_and_a_file(written: str, *, expected: bool) -> None:
    assert is_id_list(written) is expected


@given(st.text(alphabet="0123456789-\u2013,; a\n", max_size=30))
def test_any_text_is_read_or_named(written: str) -> None:
    with suppress(IdListError):
        ids = parse_ids(written)
        assert len(set(ids)) == len(ids)
        assert all(0 <= number < 1_000_000_000 for number in ids)
