"""HTML -> the text a reader sees; quoted mails become `>` lines, so that one rule finds the sender's own words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Of longer markup only the beginning is read; far more than the longest question that may be allowed.
_HTML_CHARACTERS = 1_000_000
_EMBEDDED_FILE = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]*")
_DECLARATION = re.compile(r"<\?[^>]{0,500}>")
_TAG = re.compile(r"<(/?)([a-z!][a-z0-9]*)?[^<>]*>", re.IGNORECASE)
_LINE_TAGS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote"})
_HIDDEN_TAGS = frozenset({"style", "script", "title"})
_EMPTY_LINES = re.compile(r"\n{3,}")
# What mail programs call the elements that hold a quote, its introduction, or a signature, and where a quote begins.
_QUOTE_CLASSES = ("gmail_quote", "cite", "quote", "yahoo_quoted")
_INTRODUCTION_CLASSES = ("gmail_attr", "moz-cite-prefix")
_SIGNATURE_CLASSES = ("gmail_signature", "moz-signature", "mail_signature")
_QUOTE_START_IDS = ("divrplyfwdmsg", "appendonsend", "zwchr", "mail-editor-reference-message-container")
_BLOCKS = ("blockquote", "div", "hr")
_ORIGINAL_FOLLOWS = "-----Original Message-----"


def html_to_text(markup: str) -> tuple[str, tuple[str, ...]]:
    """The visible text of `markup`, and what was left out of it; anything that is no HTML is shown as it is."""
    repairs: tuple[str, ...] = ()
    markup = _DECLARATION.sub("", _EMBEDDED_FILE.sub("", markup)).replace("\0", "")
    if len(markup) > _HTML_CHARACTERS:
        markup = markup[:_HTML_CHARACTERS]
        markup = markup[: markup.rfind("<")] if markup.rfind("<") > markup.rfind(">") else markup
        repairs = (f"only the first {_HTML_CHARACTERS:,} characters of the HTML were read",)
    # The HTML parser drops what is nested too deep, without a word: then a crude reading is the better one.
    text = _rendered(markup) or _without_tags(markup)
    return _EMPTY_LINES.sub("\n\n", "\n".join(map(str.rstrip, text.split("\n")))).strip(), repairs


def _rendered(markup: str) -> str:
    from inscriptis.html_engine import Inscriptis
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    try:
        tree = document_fromstring(markup)
        _mark_quotes(tree)
        text: str = Inscriptis(tree, _layout()).get_text()
    except (LxmlError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # Strange markup must not cost the message.
        return ""
    return text.strip()


@cache
def _layout() -> Any:  # noqa: ANN401 - the library's own type is loaded late
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig

    return ParserConfig(css=CSS_PROFILES["strict"].copy())


def _mark_quotes(tree: HtmlElement) -> None:
    """Quotes become `>` lines; a line says where an unenclosed quote begins and where a signature does."""
    blocks = list(tree.iter(*_BLOCKS))
    # Only the first begins a quote: Outlook puts several of these marks, one after the other.
    for start in _named(blocks, "id", _QUOTE_START_IDS)[:1]:
        start.addprevious(_line_element(start, _ORIGINAL_FOLLOWS))
    for signature in _named(blocks, "class", _SIGNATURE_CLASSES):
        signature.addprevious(_line_element(signature, "--"))
    for quote in _outermost(filter(_is_quote, blocks)):
        _replace_by_quoted_lines(quote)


def _is_quote(block: HtmlElement) -> bool:
    if block.tag == "blockquote":
        return _is_marked_quote(block) or _follows_introduction(block)
    if _names(block, "class", _INTRODUCTION_CLASSES):
        following = block.getnext()
        return following is not None and following.tag == "blockquote"
    return _names(block, "class", ("yahoo_quoted",))


def _is_marked_quote(block: HtmlElement) -> bool:
    # Mail.ru marks its quotes only by the line at their left.
    has_line = "border-left:" in (block.get("style") or "").replace(" ", "")
    return has_line or block.get("type") == "cite" or _names(block, "class", _QUOTE_CLASSES)


def _follows_introduction(block: HtmlElement) -> bool:
    """Whether a bare blockquote (Yandex) follows a line that ends like `12.05.2022, 10:00, "Name" <a@b>:`."""
    before = block.getprevious()
    if before is None or before.tag not in {"div", "p"} or len(before) > len(_BLOCKS):
        return False
    text = before.text_content()[-300:].rstrip()
    return text.endswith(":") and "@" in text


def _outermost(quotes: Iterator[HtmlElement]) -> list[HtmlElement]:
    found: set[HtmlElement] = set()
    ordered: list[HtmlElement] = []
    for quote in quotes:
        # An element's quotes come after it in the document, so its ancestors are known by now.
        if not any(ancestor in found for ancestor in quote.iterancestors()):
            found.add(quote)
            ordered.append(quote)
    return ordered


def _names(element: HtmlElement, attribute: str, names: tuple[str, ...]) -> bool:
    value = (element.get(attribute) or "").lower()
    return bool(value) and any(name in value for name in names)


def _named(elements: list[HtmlElement], attribute: str, names: tuple[str, ...]) -> list[HtmlElement]:
    return [element for element in elements if _names(element, attribute, names)]


def _replace_by_quoted_lines(element: HtmlElement) -> None:
    from inscriptis.html_engine import Inscriptis

    # What follows the element belongs to it in the tree, and must not be taken for a part of the quote.
    following, element.tail = element.tail, None
    lines = Inscriptis(element, _layout()).get_text().strip().split("\n")
    replacement = _line_element(element, "\n".join(f"> {line}".rstrip() for line in lines))
    replacement.tail = following
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, replacement)


def _line_element(near: HtmlElement, text: str) -> HtmlElement:
    element: HtmlElement = near.makeelement("pre", {})
    element.text = text
    return element


def _without_tags(markup: str) -> str:
    """Read crudely: tags away, line ends where blocks begin, nothing of styles and scripts."""
    pieces: list[str] = []
    at, hidden_in = 0, ""
    for tag in _TAG.finditer(markup):
        name = (tag[2] or "").lower()
        if not hidden_in:
            pieces += (markup[at : tag.start()], "\n" if name in _LINE_TAGS else "")
        hidden_in = _hidden_after(hidden_in, name, is_end=bool(tag[1]))
        at = tag.end()
    pieces.append("" if hidden_in else markup[at:])
    return html.unescape("".join(pieces)).strip()


def _hidden_after(hidden_in: str, name: str, *, is_end: bool) -> str:
    """Tell in which invisible element (empty: none) the text after a tag stands."""
    if hidden_in:
        return "" if is_end and name == hidden_in else hidden_in
    return name if name in _HIDDEN_TAGS and not is_end else ""
