"""One mail's bytes -> headers and the text that its sender wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schoolctl.domain.limits import DEFAULT_LIMITS, Limits
from schoolctl.domain.text import clean_line
from schoolctl.importers.mail.declared import Decoded, join_decoded
from schoolctl.importers.mail.headers import Headers, header_text, read_headers
from schoolctl.importers.mail.mime import Structure, read_structure
from schoolctl.importers.mail.own_words import IN_FORWARDED

_MESSAGE_ID = re.compile(rb"<([!-;=?-~]+)>")


@dataclass(slots=True)
class MailMessage:
    r"""A mail as far as it could be read. `text` has `\n` line ends; `limit` says which limit ended the reading."""

    headers: Headers
    text: str = ""
    repairs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    has_attachments: bool = False
    limit: str = ""

    @property
    def subject(self) -> str:
        """The subject on one line."""
        return clean_line(header_text(self.headers.first(b"subject"))[0])

    @property
    def message_id(self) -> str:
        """The Message-ID without its angle brackets."""
        value = self.headers.first(b"message-id")
        ordinary = _MESSAGE_ID.fullmatch(value)
        if ordinary:
            return ordinary[1].decode("ascii")
        # Some programs leave the brackets out, or write more beside them.
        inside = value.partition(b"<")[2].partition(b">")[0] or value
        return clean_line(inside.decode("ascii", "replace"))


def read_message(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> MailMessage:
    """Read a mail; raises LimitExceededError when its headers alone break a limit."""
    headers, body = read_headers(raw, 0, len(raw), limits)
    found = read_structure(raw, headers, body, len(raw), limits)
    text, repairs = _joined(found)
    if not text and not _is_report(found):
        text, repairs = _attached_text(raw, found, limits)
    return MailMessage(headers, text, repairs, tuple(found.kinds), found.attachments > 0, found.limit)


def _joined(found: Structure) -> Decoded:
    # Nearly all mails have one text: there is nothing to join.
    if len(found.texts) == 1:
        return found.texts[0].decoded
    return join_decoded([part.decoded for part in found.texts], "\n\n")


def _is_report(found: Structure) -> bool:
    # A report encloses the mail that did not arrive: nobody forwarded it.
    return found.kinds[0] == "multipart/report"


def _attached_text(raw: bytes, found: Structure, limits: Limits) -> Decoded:
    """The text of a mail that was forwarded as an attachment, when the sender wrote nothing."""
    for start, end in found.attached_mails:
        headers, body = read_headers(raw, start, end, limits)
        text, repairs = _joined(read_structure(raw, headers, body, end, limits))
        if text:
            return text, (IN_FORWARDED, *repairs)
    return "", ()
