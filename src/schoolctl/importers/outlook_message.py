"""Outlook's own file of one message (.msg): known by its content, and refused with what to do instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schoolctl.domain.question import Draft, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.compound_file import find_names, is_compound_file
from schoolctl.importers.source import ImportOptions, Source

_PROPERTIES: Final = "__properties_version1.0"
_PROPERTY_STREAM: Final = "__substg1.0_"
_MARKS: Final = tuple(name.encode("utf-16-le") for name in (_PROPERTIES, _PROPERTY_STREAM))


class OutlookMessageImporter:
    """Recognises messages of Outlook so that nothing else takes them for its own; `--from msg`."""

    name = "msg"

    def recognises(self, source: Source) -> bool:
        """Whether the file is a compound file that holds the properties of a message."""
        if not is_compound_file(source):
            return False
        names = find_names(source)
        if not names:
            # A damaged file is still told by the names that stand in its first 64 KB.
            return any(mark in source.sample for mark in _MARKS)
        return _PROPERTIES in names or any(name.startswith(_PROPERTY_STREAM) for name in names)

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Nothing: raises UnreadableSourceError with the way out."""
        del options  # a refusal needs none
        message = (
            f"{source.name} is an Outlook message (.msg): in Outlook choose File > Save As > Text Only "
            "or forward it to the mailbox, then import that"
        )
        raise UnreadableSourceError(message)


IMPORTER: Final = OutlookMessageImporter()
