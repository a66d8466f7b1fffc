"""What Zoom saves of a webinar or a meeting: reports (questions, registrations) and the chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schoolctl.domain.question import Draft, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.zoom_files.chat import is_chat, read_chat
from schoolctl.importers.zoom_files.report import is_report, read_report

# A report is read once for every delimiter, and no webinar fills more than a few MB.
LARGEST_FILE: Final = 50 * 1024 * 1024


class ZoomImporter:
    """Reports and chats; `--from zoom`."""

    name = "zoom"

    def recognises(self, source: Source) -> bool:
        """Whether the file begins as a report or as a chat of Zoom does."""
        return is_chat(source) or is_report(source)

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every question of a report, or every message of a chat, once, in order."""
        if source.size > LARGEST_FILE:
            message = f"{source.name} is larger than {LARGEST_FILE // 1024**2} MB"
            raise UnreadableSourceError(message)
        yield from read_chat(source, options) if is_chat(source) else read_report(source, options)
        source.consumed = source.size


IMPORTER: Final = ZoomImporter()
