"""The importers, in the order in which they are asked whether a file is theirs."""

from __future__ import annotations

from schoolctl.errors import UnreadableSourceError
from schoolctl.importers import mbox, table, whatsapp
from schoolctl.importers.source import Importer, Source

IMPORTERS: tuple[Importer, ...] = (mbox.IMPORTER, whatsapp.IMPORTER, table.IMPORTER)


def importer_for(source: Source, name: str = "auto") -> Importer:
    """The importer called `name`, or for `auto` the first that recognises the source's content."""
    for importer in IMPORTERS:
        if importer.name == name or (name == "auto" and importer.recognises(source)):
            return importer
    message = f"{source.name} is neither a mailbox (mbox), a WhatsApp export nor a CSV table"
    raise UnreadableSourceError(message)
