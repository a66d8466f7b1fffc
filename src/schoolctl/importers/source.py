"""What every importer gets (a source and the import's options) and what it must offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Protocol

from schoolctl.domain.date_example import DateOrder
from schoolctl.domain.limits import DEFAULT_LIMITS, Limits
from schoolctl.domain.question import Draft, SetAside

SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the organiser told us about the sources.

    zone: the zone of hours that come without one. own_names, own_addresses: names, e-mail addresses and phone numbers
    (in any spelling) of the organisers, whose messages are no questions. columns: FIELD -> header as given by `--map`
    (fields: text, name, email, phone, received_at). date_order: the organiser's answer when a file cannot tell.
    limits: how much is read at most.
    """

    zone: tzinfo
    own_names: frozenset[str] = frozenset()
    own_addresses: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    limits: Limits = DEFAULT_LIMITS


@dataclass
class Source:
    """One file to import. An importer keeps `consumed` (bytes read so far) up to date for the progress bar."""

    path: Path
    consumed: int = 0

    @property
    def name(self) -> str:
        """The name shown to the user and stored with each question."""
        return self.path.name

    @cached_property
    def size(self) -> int:
        """The file's size in bytes."""
        return self.path.stat().st_size

    @cached_property
    def sample(self) -> bytes:
        """The first 64 KB, from which an importer tells whether the file is its own."""
        with self.path.open("rb") as stream:
            return stream.read(SAMPLE_BYTES)


class Importer(Protocol):
    """One format. `name` is what `--from` calls it."""

    name: str

    def recognises(self, source: Source) -> bool:
        """Whether the file's content (not only its name) is of this format, however large it is."""

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every message of the source, once, in order; a bad one becomes a SetAside and stops nothing.

        Raises UnreadableSourceError when the file as a whole cannot be read (before anything was yielded).
        """
