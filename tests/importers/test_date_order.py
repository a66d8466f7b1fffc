"""How three numbers become a date, and when nobody can tell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.importers.date_order import (
    ORDERS,
    date_of,
    decide_date_order,
    find_example,
    full_year,
    readable_orders,
)


@pytest.mark.parametrize(
    ("number", "year"), [(22, 2022), (2022, 2022), (51, 2051), (52, 2009), (65, 2022), (99, 2056), (2565, 2022)]
)
def test_full_year(number: int, year: int) -> None:
    assert full_year(number) == year


@pytest.mark.parametrize(
    ("parts", "order", "expected"),
    [
        ((12, 5, 2022), "dmy", date(2022, 5, 12)),
        ((5, 12, 22), "mdy", date(2022, 5, 12)),
        ((2022, 5, 12), "ymd", date(2022, 5, 12)),
        ((65, 5, 12), "ymd", date(2022, 5, 12)),
        ((31, 2, 2022), "dmy", None),
        ((1, 1, 1401), "dmy", None),
        ((2022, 5, 12), "dmy", None),
    ],
)
def test_date_of(parts: tuple[int, int, int], order: str, expected: date | None) -> None:
    assert date_of(parts, order) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([(12, 5, 2022), (13, 5, 2022)], "dmy"),
        ([(5, 12, 2022), (5, 13, 2022)], "mdy"),
        ([(2022, 5, 12)], "ymd"),
        ([(2022, 5, 12), (2022, 13, 1), (99, 99, 9999)], "ymd"),
        ([(65, 5, 12)], "ymd"),
        ([(5, 6, 2022)], None),
        ([(5, 5, 2022), (7, 7, 2022)], "dmy"),
        ([(5, 6, 22), (6, 7, 22)], None),
        ([(25, 3, 22)], "dmy"),
        ([(3, 25, 22)], "mdy"),
        ([(13, 5, 2022), (5, 13, 2022)], None),
        ([(13, 5, 2022)] * 11 + [(5, 13, 2022)], "dmy"),
        ([], None),
        ([(0, 0, 0)], None),
    ],
)
def test_dates_alone(dates: list[tuple[int, int, int]], expected: str | None) -> None:
    assert decide_date_order(dates) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([(5, 6, 2022)], "dmy"),
        ([(5, 6, 22), (6, 7, 22)], "dmy"),
        ([(5, 13, 2022)], "mdy"),
        ([(2022, 5, 6)], "ymd"),
    ],
)
def test_dots_mean_the_day_comes_first_unless_such_a_date_cannot_exist(
    dates: list[tuple[int, int, int]], expected: str
) -> None:
    assert decide_date_order(dates, separator=".") == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        # 12 May, 1 June, 2 June: the other way round time would run from December back to January.
        ([(12, 5, 22), (1, 6, 22), (2, 6, 22)], "dmy"),
        ([(5, 12, 22), (6, 1, 22), (6, 2, 22)], "mdy"),
        # a message that arrived a day late is no disorder worth speaking of
        ([(10, 5, 22), (12, 5, 22), (11, 5, 22), (1, 6, 22)], "dmy"),
        ([(22, 5, 12), (22, 6, 11), (22, 7, 1), (23, 1, 2)], "ymd"),
        ([(1, 5, 22), (2, 5, 22), (3, 5, 22)], None),
        ([(5, 6, 22)], None),
    ],
)
def test_a_chat_runs_forward_in_time(dates: list[tuple[int, int, int]], expected: str | None) -> None:
    assert decide_date_order(dates, chronological=True) == expected


def test_the_order_of_rows_is_no_evidence_in_a_table() -> None:
    assert decide_date_order([(12, 5, 22), (1, 6, 22)]) is None


def test_dates_already_understood_are_neighbours_in_time() -> None:
    assert decide_date_order([date(2022, 5, 11), (5, 12, 22), date(2022, 5, 13)], chronological=True) == "mdy"
    assert decide_date_order([date(2022, 5, 11), (12, 5, 22), date(2022, 5, 13)], chronological=True) == "dmy"


def test_a_day_shared_with_a_neighbour_already_understood_decides() -> None:
    neighbour = date(2022, 5, 12)
    assert decide_date_order([neighbour, (12, 5, 22)], chronological=True) == "dmy"
    assert decide_date_order([neighbour, (5, 12, 22)], chronological=True) == "mdy"
    assert decide_date_order([neighbour, (5, 12, 22)]) is None
    assert decide_date_order([neighbour, (6, 7, 22)], chronological=True) is None


def test_readable_orders_leave_out_what_cannot_exist() -> None:
    assert readable_orders([(5, 6, 2022)]) == {"dmy", "mdy"}
    assert readable_orders([(5, 6, 2022), (5, 31, 2022)]) == {"mdy"}
    assert readable_orders([(5, 6, 2022), (99, 99, 9999)]) == {"dmy", "mdy"}


@given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 9999)), max_size=20))
def test_any_numbers_are_judged_and_the_answer_is_an_order_of_a_date_that_exists(
    dates: list[tuple[int, int, int]],
) -> None:
    for chronological in (False, True):
        order = decide_date_order(dates, chronological=chronological)
        assert order is None or (order in ORDERS and any(date_of(parts, order) for parts in dates))


@pytest.mark.parametrize(
    ("dates", "separator", "written", "readings"),
    [
        ([(3, 4, 2022)], "/", "03/04/2022", {"dmy": date(2022, 4, 3), "mdy": date(2022, 3, 4)}),
        # The first that shows a difference.
        ([(5, 5, 22), (3, 4, 22), (6, 7, 22)], ".", "03.04.22", {"dmy": date(2022, 4, 3), "mdy": date(2022, 3, 4)}),
        # A year in front is offered where it makes the later year.
        (
            [(12, 5, 10)],
            "-",
            "12-05-10",
            {"dmy": date(2010, 5, 12), "mdy": date(2010, 12, 5), "ymd": date(2012, 5, 10)},
        ),
        ([(3, 4, 5)], "/", "03/04/05", {"dmy": date(2005, 4, 3), "mdy": date(2005, 3, 4)}),
        # Where each order has a slip against it, any of them may be meant.
        ([(13, 5, 22), (5, 13, 22), (6, 7, 22)], "/", "06/07/22", {"dmy": date(2022, 7, 6), "mdy": date(2022, 6, 7)}),
        ([(13, 5, 22), (5, 13, 22)], "/", "13/05/22", {"dmy": date(2022, 5, 13)}),
        ([(99, 99, 2022)], "/", "99/99/2022", {}),
    ],
)
def test_the_date_to_ask_a_person_by(
    dates: list[tuple[int, int, int]], separator: str, written: str, readings: dict[str, date]
) -> None:
    assert find_example(dates, separator) == (written, readings)
