"""One text part of a mail: its bytes as the text the sender saw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from schoolctl.importers.charset import decode_text
from schoolctl.importers.mail.html_text import html_to_text
from schoolctl.importers.mail.transfer import decode_transfer

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_HTML_BEGINS = (b"<html", b"<!doctype html")
_META_SEARCHED = 4096


@dataclass
class TextPart:
    """The part `raw[start:end]`; it is decoded only when somebody asks for its text."""

    raw: bytes
    start: int
    end: int
    encoding: str
    charset: str
    is_html: bool

    @cached_property
    def decoded(self) -> tuple[str, tuple[str, ...]]:
        """The text with `\\n` line ends and without blank edges, and what was guessed or mended."""
        body, mended = decode_transfer(self.raw[self.start : self.end], self.encoding)
        # Read on the way: some gateways send HTML and call it plain text.
        is_html = self.is_html or body[:20].lstrip().lower().startswith(_HTML_BEGINS)
        decoded = decode_text(body, self.charset or (_meta_charset(body) if is_html else ""))
        repairs = (mended, *decoded.repairs) if mended else decoded.repairs
        text = decoded.text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if is_html:
            text, html_repairs = html_to_text(text)
            repairs += html_repairs
        return text.strip(), repairs

    @property
    def text(self) -> str:
        """The text alone."""
        return self.decoded[0]

    @property
    def has_words(self) -> bool:
        """Whether there is any text to see."""
        return bool(self.text)


def _meta_charset(body: bytes) -> str:
    found = _META_CHARSET.search(body, 0, _META_SEARCHED)
    return found[1].decode("ascii") if found else ""
