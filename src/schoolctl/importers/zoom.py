"""What Zoom saves of a webinar or a meeting: reports (questions, registrations) and the chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schoolctl.domain.limits import MB
from schoolctl.domain.question import Draft, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.zoom_files.chat import is_chat, read_chat
from schoolctl.importers.zoom_files.report import is_report, read_report


class ZoomImporter:
    """Reports and chats; `--from zoom`."""

    name = "zoom"

    def recognises(self, source: Source) -> bool:
        """Whether the file begins as a report or as a chat of Zoom does."""
        return is_chat(source) or is_report(source)

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every question of a report, or every message of a chat, once, in order."""
        # A report is read once for every delimiter, and no webinar fills more than a few MB.
        if source.size > options.limits.text_file_mb * MB:
            message = f"{source.name} is larger than {options.limits.text_file_mb:,} MB"
            raise UnreadableSourceError(message)
        yield from read_chat(source, options) if is_chat(source) else read_report(source, options)
        source.consumed = source.size


IMPORTER: Final = ZoomImporter()
