from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.importers import whatsapp
from schoolctl.importers.source import ImportOptions, Source

from .reading import Row, Write, written
from .whatsapp_chats import OPTIONS, ReadChat


@pytest.fixture
def write(tmp_path: Path, request: pytest.FixtureRequest) -> Write:
    """Write a source, under the SOURCE_NAME of the test's module where the test gives no other."""

    def write_source(content: str | bytes, name: str = request.module.SOURCE_NAME, encoding: str = "utf-8") -> Source:
        return written(tmp_path / name, content, encoding)

    return write_source


@pytest.fixture
def read_chat(tmp_path: Path) -> ReadChat:
    """Write a WhatsApp chat and read it: text is written as UTF-8, bytes as they are."""

    def read(chat: str | bytes, options: ImportOptions = OPTIONS) -> list[Row]:
        return list(whatsapp.IMPORTER.read(written(tmp_path / "Чат WhatsApp с Школа.txt", chat), options))

    return read
