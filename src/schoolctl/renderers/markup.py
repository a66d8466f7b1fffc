"""Escaping: what a value may look like inside a Markdown post, a title or a calendar text, and what filters make."""

from __future__ import annotations

import html
import re

from schoolctl.domain.quotation import without_unpaired_quotes
from schoolctl.domain.school import email_fault, shown_phone, url_fault
from schoolctl.domain.text import without_invisible
from schoolctl.errors import SchoolctlError

_BLANKS = re.compile(r"\s+")
# What Parsedown 1.7 (the site's renderer) and Grav's shortcodes would act upon in the middle of a line.
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]|])")
_MARKDOWN_LINE_STARTS = re.compile(r"^([#+\-]|\d+(?=[.)]))")
# Many readers make links of bare addresses: a stranger's address stays words.
_BARE_LINKS = re.compile(r"(?i)(https?|ftp):(?=//)|\b(www)\.")
# The site's plugin for pictures and pages looks for this even behind a backslash.
_PLUGIN = re.compile(r"(?i)(\[plugin):")
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
    text = escape_plain(value)
    text = _MARKDOWN_SIGNS.sub(r"\\\1", text)
    text = re.sub(r"[&<>~{}]", lambda match: _ENTITIES[match[0]], text)
    text = re.sub(r"^[=:]", lambda match: _ENTITIES_AT_START[match[0]], text)
    text = _BARE_LINKS.sub(lambda match: f"{match[1]}&#58;" if match[1] else f"{match[2]}&#46;", text)
    text = _PLUGIN.sub(r"\1&#58;", text)
    return _MARKDOWN_LINE_STARTS.sub(_escape_line_start, text)


def _escape_line_start(match: re.Match[str]) -> str:
    # `1.` would begin a list: the sign behind the number is what has to be escaped.
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def escape_plain(value: object) -> str:
    """A value on one line of plain text, nothing invisible and no lonely quotation mark in it."""
    if isinstance(value, Safe):
        return value
    return without_unpaired_quotes(_BLANKS.sub(" ", without_invisible(str(value))))


def escape_html(value: object) -> str:
    """A value as plain words inside HTML or an attribute in double quotes."""
    if isinstance(value, Safe):
        return value
    return html.escape(escape_plain(value))


def title_text(text: str) -> str:
    """A title on one line, without the signs that the site would take for markup."""
    return " ".join(text.translate(_TITLE_SIGNS).split())


def bold(value: object) -> Safe:
    """A value in bold letters of Markdown, which wants no blank inside the signs."""
    text = escape_markdown(str(value)).strip()
    return Safe(f"**{text}**" if text else "")


def checked_link(url: object) -> str:
    """A web address that patients may be given; SchoolctlError when it is none."""
    url = str(url)  # a mistyped name in a template complains here, in its own words
    if fault := url_fault(url):
        raise SchoolctlError(fault)
    return url


def checked_mail(address: object) -> str:
    """An e-mail address that mail can be sent to; SchoolctlError when it is none."""
    address = str(address)
    if fault := email_fault(address):
        raise SchoolctlError(fault)
    return address


def link(url: object) -> Safe:
    """A web address as a Markdown link that shows itself (a bare one would not be clickable on the site)."""
    return Safe(f"<{checked_link(url)}>")


def mail_link(address: object) -> Safe:
    """An e-mail address as a Markdown link."""
    return Safe(f"<{checked_mail(address)}>")


def whatsapp_link(number: object) -> Safe:
    """A phone number as a link that opens a WhatsApp chat with it."""
    shown = shown_phone(str(number))
    digits = re.sub(r"\D", "", shown)
    return Safe(f"[{shown}](https://wa.me/{digits})")
