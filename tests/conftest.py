from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lists_read_once import read_lists_once


@pytest.fixture(scope="session")
def lists_are_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_lists_once(patch.setattr)
        yield
