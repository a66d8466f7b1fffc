from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.reminders import DEFAULT_REMINDERS, parse_reminders
from schoolctl.errors import WrongUsageError


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [
        ([], ()),
        (["1h"], DEFAULT_REMINDERS),
        (["1h", "1d"], (1440, 60)),
        (["1d", "24h", " 1 D "], (1440,)),
        (["30m", "90min", "1h30m", "1w", "4w", "1d12h"], (40320, 10080, 2160, 90, 30)),
        (["1m"], (1,)),
    ],
)
def test_reminders_are_minutes_before_the_start(texts: list[str], minutes: tuple[int, ...]) -> None:
    assert parse_reminders(texts) == minutes


@pytest.mark.parametrize("text", ["soon", "", "0h", "-1h", "1", "1h 1d", "5w", "1y", "час", "1.5h", "\uff14h", "9w9d"])
def test_what_is_no_time_before_a_school_is_refused(text: str) -> None:
    with pytest.raises(WrongUsageError) as refusal:
        parse_reminders(["1h", text])
    assert str(refusal.value) == f'"{text}" is no time before a school, from 1m to 4w'


def test_too_many_reminders_are_refused() -> None:
    with pytest.raises(WrongUsageError, match="6 reminders are too many: at most 5"):
        parse_reminders(["1m", "2m", "3m", "4m", "5m", "6m"])


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_any_text_is_minutes_or_refused(text: str) -> None:
    try:
        (minutes,) = parse_reminders([text])
    except WrongUsageError:
        return
    assert 0 < minutes <= 40320


def test_a_long_text_takes_no_time() -> None:
    begun = time.process_time()
    with pytest.raises(WrongUsageError):
        parse_reminders(["1" * 20_000, "1d" * 10_000])
    assert time.process_time() - begun < 0.3
