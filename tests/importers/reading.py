"""Writing a source, reading it through an importer, and looking at what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.limits import Limits
from schoolctl.domain.question import Draft, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import Importer, ImportOptions, Source

ALMATY = ZoneInfo("Asia/Almaty")
OPTIONS = ImportOptions(ALMATY)
Row = Draft | SetAside
Write = Callable[..., Source]


def limited(**limits: int) -> ImportOptions:
    """Options with the usual limits but for those given."""
    return ImportOptions(ALMATY, limits=Limits(**limits))


def written(path: Path, content: str | bytes, encoding: str = "utf-8") -> Source:
    """A source of its own at that path, its folder made where it is missing."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return Source(path)


def read_table(
    importer: Importer, source: Source, columns: Mapping[str, str] | None = None, date_order: DateOrder | None = None
) -> list[Row]:
    return list(importer.read(source, ImportOptions(ALMATY, columns=columns or {}, date_order=date_order)))


def refusal_by(importer: Importer, source: Source, **limits: int) -> str:
    """What the importer says as it refuses the source, under the usual limits but for those given."""
    with pytest.raises(UnreadableSourceError) as caught:
        list(importer.read(source, limited(**limits)))
    return str(caught.value)


def positions_read(importer: Importer, path: Path, options: ImportOptions = OPTIONS) -> tuple[list[int], bool]:
    """The positions of all that was read, and whether the source was read to its end and not refused."""
    positions: list[int] = []
    with suppress(UnreadableSourceError):
        for row in importer.read(Source(path), options):
            positions.append(row.position)  # noqa: PERF401 - those before a refusal count too
        return positions, True
    return positions, False


def texts(rows: list[Row]) -> list[str]:
    """The text of each draft, and in brackets why a message was set aside."""
    return [row.text if isinstance(row, Draft) else f"({row.reason})" for row in rows]


def draft_texts(rows: list[Row]) -> list[str]:
    return [row.text for row in rows if isinstance(row, Draft)]


def reasons(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row.position, row.reason) for row in rows if isinstance(row, SetAside)]


def only_draft(rows: list[Row]) -> Draft:
    (row,) = rows
    assert isinstance(row, Draft)
    return row


def bytes_or_pieces(pieces: st.SearchStrategy[str], most_bytes: int) -> st.SearchStrategy[bytes]:
    """Any bytes, or the pieces in any order, lone surrogates and all."""
    return st.one_of(st.binary(max_size=most_bytes), st.lists(pieces, max_size=60).map(_joined))


def _joined(pieces: list[str]) -> bytes:
    return "".join(pieces).encode("utf-8", "surrogatepass")
