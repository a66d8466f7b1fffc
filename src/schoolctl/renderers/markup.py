"""Escaping: what a value may look like inside a Markdown post, a title or a calendar text."""

from __future__ import annotations

import re
from typing import Literal

from schoolctl.domain.school import email_fault, url_fault
from schoolctl.errors import SchoolctlError

Markup = Literal["markdown", "plain"]

_BLANKS = re.compile(r"\s+")
# What Parsedown 1.7 (the site's renderer) and Grav's shortcodes would act upon in the middle of a line.
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]|])")
_MARKDOWN_LINE_STARTS = re.compile(r"^([#+\-]|\d+(?=[.)]))")
# Many readers make links of bare addresses: a stranger's address stays words.
_BARE_LINKS = re.compile(r"(?i)(https?|ftp):(?=//)|\b(www)\.")
# Signs that Parsedown cannot escape with a backslash, or that Twig would still see behind one.
_ENTITIES = {sign: f"&#{ord(sign)};" for sign in "~{}"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ENTITIES_AT_START = {"=": "&#61;", ":": "&#58;"}
# Titles cannot be escaped on the site: signs of markup become the letters that look alike.
_TITLE_SIGNS = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")", "\t": " ", "\n": " "})


class Safe(str):
    """A text that is already in the markup of its document and is printed as it is."""

    __slots__ = ()


def escape_markdown(value: object) -> str:
    """A value as plain words inside a Markdown line: no heading, list, link, HTML, Twig or shortcode comes of it."""
    if isinstance(value, Safe):
        return value
    text = _BLANKS.sub(" ", str(value))
    text = _MARKDOWN_SIGNS.sub(r"\\\1", text)
    text = re.sub(r"[&<>~{}]", lambda match: _ENTITIES[match[0]], text)
    text = re.sub(r"^[=:]", lambda match: _ENTITIES_AT_START[match[0]], text)
    text = _BARE_LINKS.sub(lambda match: f"{match[1]}&#58;" if match[1] else f"{match[2]}&#46;", text)
    return _MARKDOWN_LINE_STARTS.sub(_escape_line_start, text)


def _escape_line_start(match: re.Match[str]) -> str:
    # `1.` would begin a list: the sign behind the number is what has to be escaped.
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def escape_plain(value: object) -> str:
    """A value on one line of plain text."""
    return _BLANKS.sub(" ", str(value))


def title_text(text: str) -> str:
    """A title on one line, without the signs that the site would take for markup."""
    return " ".join(text.translate(_TITLE_SIGNS).split())


def link(url: str) -> Safe:
    """A web address as a Markdown link that shows itself (a bare one would not be clickable on the site)."""
    url = str(url)  # a mistyped name in a template complains here, in its own words
    if fault := url_fault(url):
        raise SchoolctlError(fault)
    return Safe(f"<{url}>")


def whatsapp_link(number: str) -> Safe:
    """A phone number as a link that opens a WhatsApp chat with it."""
    shown = re.sub(r"[^0-9 -]", "", str(number)).strip()
    digits = re.sub(r"\D", "", shown)
    return Safe(f"[+{shown}](https://wa.me/{digits})")


def mail_link(address: str) -> Safe:
    """An e-mail address as a Markdown link."""
    address = str(address)
    if fault := email_fault(address):
        raise SchoolctlError(fault)
    return Safe(f"<{address}>")
