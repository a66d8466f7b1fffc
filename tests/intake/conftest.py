from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def _lists(lists_are_read_once: None) -> None:
    """Questions are judged in nearly every test here."""
