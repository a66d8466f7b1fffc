"""One text part of a mail: its bytes as the text the sender saw."""

from __future__ import annotations

import re

from schoolctl.importers.mail.declared import decode_declared
from schoolctl.importers.mail.html_text import html_to_text
from schoolctl.importers.mail.transfer import decode_transfer

# Far beyond the longest question that may be allowed: copies of more would take more memory than a mail is worth.
_PLAIN_CHARACTERS = 2_000_000
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_HTML_BEGINS = (b"<html", b"<!doctype html")
# Browsers too look for the charset at the beginning only.
_META_SEARCHED = 4096


class TextPart:
    """The part `raw[start:end]`; it is decoded only when somebody asks for its text, and only once."""

    __slots__ = ("_charset", "_decoded", "_encoding", "_end", "_raw", "_start", "is_html")

    def __init__(self, raw: bytes, span: tuple[int, int], encoding: str, charset: str, *, is_html: bool) -> None:
        """Keep where the part lies and what its headers declare: transfer encoding, charset, kind."""
        self._raw = raw
        self._start, self._end = span
        self._encoding = encoding
        self._charset = charset
        self._decoded: tuple[str, tuple[str, ...]] | None = None
        self.is_html = is_html

    @property
    def decoded(self) -> tuple[str, tuple[str, ...]]:
        r"""The text with `\n` line ends and without blank edges, and what was guessed or mended."""
        if self._decoded is None:
            self._decoded = self._decode()
        return self._decoded

    @property
    def has_words(self) -> bool:
        """Whether there is any text to see."""
        return bool(self.decoded[0])

    def _decode(self) -> tuple[str, tuple[str, ...]]:
        body, mended = decode_transfer(self._raw[self._start : self._end], self._encoding)
        # Some gateways send HTML and call it plain text.
        is_html = self.is_html or body[:20].lstrip().lower().startswith(_HTML_BEGINS)
        text, repairs = decode_declared(body, self._charset or (_meta_charset(body) if is_html else ""))
        if not is_html and len(text) > _PLAIN_CHARACTERS:
            text = text[:_PLAIN_CHARACTERS]
            repairs += (f"only the first {_PLAIN_CHARACTERS:,} characters of the text were read",)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if is_html:
            text, html_repairs = html_to_text(text)
            repairs += html_repairs
        return text.strip(), (mended, *repairs) if mended else repairs


def _meta_charset(body: bytes) -> str:
    found = _META_CHARSET.search(body, 0, _META_SEARCHED)
    return found[1].decode("ascii") if found else ""
