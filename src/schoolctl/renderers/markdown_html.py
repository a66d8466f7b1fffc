"""Markdown of our own templates -> HTML and plain words, as the site shows it; the one home of markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINK_SCHEMES = ("https://", "mailto:", "tel:")
_ITEM = "- "
_WHATSAPP = "https://wa.me/"


def markdown_html(markdown: str, styles: Mapping[str, str] | None = None) -> str:
    """The text as HTML; `styles` is the inline style of each tag. HTML in the text, pictures and scripts stay words."""
    parser = _parser()
    tokens = parser.parse(markdown)
    _add_styles(tokens, styles or {})
    rendered: str = parser.renderer.render(tokens, parser.options, {})
    return rendered


def markdown_text(markdown: str) -> str:
    """The text without its markup: headings and paragraphs apart, list items behind `- `, links as bare addresses."""
    lines = _Lines()
    for token in _parser().parse(markdown):
        if token.type.endswith("_list_open"):
            lines.depth += 1
        elif token.type.endswith("_list_close"):
            lines.depth -= 1
            lines.is_apart = True
        elif token.type == "list_item_open":
            lines.mark = _ITEM
        elif token.type == "inline":
            lines.add(_words(token.children or ()))
        elif token.type in {"fence", "code_block"}:
            lines.add(token.content.rstrip())
    return "\n".join(lines.lines)


class _Lines:
    """The lines so far; `depth` counts the lists around the next one, `mark` is what it begins with."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.depth = 0
        self.mark = ""
        self.is_apart = False

    def add(self, words: str) -> None:
        if self.lines and (self.is_apart or not self.depth):
            self.lines.append("")
        outer = "  " * (self.depth - 1)
        self.lines.append(f"{outer}{self.mark or '  '}{words}" if self.depth else words)
        self.mark, self.is_apart = "", not self.depth


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    # Other addresses than these stay words, whoever wrote the template.
    parser.validateLink = lambda url: url.startswith(_LINK_SCHEMES)  # type: ignore[method-assign]
    # A link to join is given sign by sign as it was copied.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def _add_styles(tokens: Iterable[Token], styles: Mapping[str, str]) -> None:
    for token in tokens:
        if token.nesting == 1 and token.tag in styles:
            token.attrSet("style", styles[token.tag])
        _add_styles(token.children or (), styles)


def _words(tokens: Sequence[Token]) -> str:
    """The words of one line, each link as its bare address."""
    shown, link, inside = "", "", ""
    for token in tokens:
        if token.type == "link_open":
            link, inside = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            shown, link = shown + _shown_link(inside, link), ""
        else:
            # A line that was broken in the template goes on after a blank, as in HTML.
            words = " " if token.type in {"softbreak", "hardbreak"} else token.content
            inside, shown = (inside + words, shown) if link else (inside, shown + words)
    return shown


def _shown_link(words: str, address: str) -> str:
    # A number that leads to its own chat is the address already.
    shows_itself = words in {address, address.removeprefix("mailto:")}
    is_number = address.removeprefix(_WHATSAPP) == re.sub(r"\D", "", words)
    return words if shows_itself or is_number else f"{words}: {address}"
