"""Mails that lie in a file each: `.eml` files, and the folders of a Maildir."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolctl.domain.question import Draft, SetAside
from schoolctl.importers.mbox import begins_with_mail_headers, read_single_mail
from schoolctl.importers.source import ImportOptions, Source

_MAIL_FOLDERS = frozenset({"cur", "new"})
# The flags at the end of a name in `cur`; Windows takes no colon in a name, programs there write ; or !.
_TRASHED = re.compile(r"[:;!]2,[A-Z]*T[A-Z]*$", re.IGNORECASE)


class EmlImporter:
    """One mail saved as a file; a line "From …" in it parts nothing."""

    name = "eml"

    def recognises(self, source: Source) -> bool:
        """Whether the file is called `.eml` and begins as a mail does."""
        return source.path.suffix.lower() == ".eml" and begins_with_mail_headers(source)

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """The mail."""
        yield read_single_mail(source, options)


class MaildirImporter:
    """One mail of a Maildir; the flags in its name tell whether it was thrown away."""

    name = "maildir"

    def recognises(self, source: Source) -> bool:
        """Whether the file lies in `cur` or `new` and begins as a mail does."""
        return source.path.parent.name in _MAIL_FOLDERS and begins_with_mail_headers(source)

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """The mail, set aside when it was deleted in the mail program."""
        item = read_single_mail(source, options)
        if isinstance(item, Draft) and _TRASHED.search(source.name):
            yield SetAside(item.position, "deleted in the mail program", item)
        else:
            yield item


EML = EmlImporter()
MAILDIR = MaildirImporter()
