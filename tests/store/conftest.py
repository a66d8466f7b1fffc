from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schoolctl.store.database import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A store of its own, opened for writing."""
    with open_database(tmp_path / "questions.db", for_writing=True) as opened:
        yield opened
