"""The importers, in the order in which they are asked whether a file is theirs."""

from __future__ import annotations

from schoolctl.errors import UnreadableSourceError
from schoolctl.importers import mbox, outlook_message, single_mail, table, whatsapp, workbook, zoom
from schoolctl.importers.source import Importer, Source

# The surest signs first: a table is whatever nothing else claims.
IMPORTERS: tuple[Importer, ...] = (
    outlook_message.IMPORTER,
    workbook.IMPORTER,
    single_mail.EML,
    single_mail.MAILDIR,
    mbox.IMPORTER,
    whatsapp.IMPORTER,
    zoom.IMPORTER,
    table.IMPORTER,
)


def importer_for(source: Source, name: str = "auto") -> Importer:
    """The importer called `name`, or for `auto` the first that recognises the source's content."""
    if not source.size:
        message = f"{source.name} is empty"
        raise UnreadableSourceError(message)
    for importer in IMPORTERS:
        if importer.name == name or (name == "auto" and importer.recognises(source)):
            return importer
    message = (
        f"{source.name} is no mailbox or mail, no WhatsApp or Zoom export and no table (CSV, Excel, LibreOffice). "
        "Say what it is with --from"
    )
    raise UnreadableSourceError(message)
