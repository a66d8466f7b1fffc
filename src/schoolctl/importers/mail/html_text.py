"""HTML -> the text a reader sees; quoted mails become `>` lines, so that one rule finds the sender's own words."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from schoolctl.importers.mail.limits import HTML_CHARACTERS

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMBEDDED_FILE = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]*")
_DECLARATION = re.compile(r"<\?[^>]{0,500}>")
_INVISIBLE = re.compile(r"<(style|script|title|head)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_TRAILING_BLANKS = re.compile(r"[ \t\xa0]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")
# Where mail programs put what is quoted: elements that hold it, and marks after which it begins.
_QUOTES = (
    "//blockquote[@type='cite' or contains(@class,'quote') or contains(@class,'cite')]"
    "|//blockquote[contains(translate(@style,' ',''),'border-left:')]"
    "|//div[contains(@class,'yahoo_quoted') or contains(@class,'gmail_quote')]//blockquote"
    # Yandex marks its quotes only by the line before them: a date, an hour, an address.
    "|//blockquote[preceding-sibling::*[1][self::div or self::p][contains(.,'@') and contains(.,':')]]"
)
_QUOTE_STARTS = (
    "//*[contains(@id,'divRplyFwdMsg') or contains(@id,'appendonsend') or contains(@id,'zwchr')"
    " or contains(@id,'mail-editor-reference-message-container')]"
)
_SIGNATURES = (
    "//*[contains(@class,'gmail_signature') or contains(@class,'moz-signature')"
    " or contains(@class,'mail_signature') or @data-signature-widget='container']"
)
_ORIGINAL_FOLLOWS = "-----Original Message-----"


def html_to_text(markup: str) -> tuple[str, tuple[str, ...]]:
    """The visible text of `markup`, and what was left out of it; anything that is no HTML is shown as it is."""
    repairs: tuple[str, ...] = ()
    markup = _DECLARATION.sub("", _EMBEDDED_FILE.sub("", markup)).replace("\0", "")
    if len(markup) > HTML_CHARACTERS:
        markup = markup[:HTML_CHARACTERS]
        repairs = (f"only the first {HTML_CHARACTERS:,} characters of the HTML were read",)
    crude = _text_without_tags(markup)
    # The HTML parser drops what is nested too deep, without a word: then the crude reading is the better one.
    text = _rendered(markup) or crude
    return _EMPTY_LINES.sub("\n\n", _TRAILING_BLANKS.sub("", text)).strip(), repairs
