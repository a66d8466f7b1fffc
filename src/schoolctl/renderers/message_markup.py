"""Escaping for messengers: WhatsApp and Telegram know no sign that takes another one's meaning away."""

from __future__ import annotations

import re

from schoolctl.domain.school import shown_phone
from schoolctl.renderers.markup import Safe, checked_link, checked_mail, escape_plain

# So signs that would make bold, italic, struck-through, hidden or fixed-width letters of a value, or call somebody by
# a name, become the ones that look alike: asterisk, low macron, tilde operator, apostrophe, @ and # in full width.
_SIGNS = str.maketrans({"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "'", "@": "\uff20"})
_HIDES = re.compile(r"\|{2,}")
_HASHTAG = re.compile(r"#(?=\w)")
# A bare address becomes a link by itself: its point is a "one dot leader", its slashes are division slashes.
_SCHEME = re.compile(r"://")
_SITE_NAME = re.compile(r"(?i)(?<=[^\W_])\.(?=[a-z]|(?:рф|қаз|бел|укр|рус|орг|ком|сайт|онлайн)\b)")
# What would begin a list or a quotation when the value stands first in its line.
_LINE_STARTS = {"-": "–", "+": "\uff0b", ">": "›", "•": "·"}
_NUMBERED = re.compile(r"^(\d+)\.(?=\s)")
# WhatsApp reads these in pairs around a word.
_WHATSAPP_SIGNS = re.compile(r"[*_~`]")


def escape_message(value: object) -> str:
    """A value as plain words of a message: neither a link nor other letters come of it."""
    if isinstance(value, Safe):
        return value
    text = escape_plain(value).translate(_SIGNS)
    text = _HASHTAG.sub("\uff03", _HIDES.sub("¦", text))
    text = without_links(text)
    return _NUMBERED.sub("\\1\u2024", _LINE_STARTS.get(text[:1], text[:1]) + text[1:])


def without_links(text: str) -> str:
    """`text` looking the same, with nothing in it of which a reader's program makes a link."""
    return _SITE_NAME.sub("\u2024", _SCHEME.sub(":\u2215\u2215", text))


def whatsapp_bold(value: object) -> Safe:
    """A value in bold letters of WhatsApp, which wants no blank inside the signs."""
    text = escape_message(value).strip()
    return Safe(f"*{text}*" if text else "")


def exact_whatsapp(value: object) -> Safe:
    """A code that patients copy; between three back-ticks WhatsApp leaves its signs alone."""
    text = escape_plain(value).strip()
    return Safe(f"```{text}```" if _WHATSAPP_SIGNS.search(text) else text)


def bare_link(url: object) -> Safe:
    """A web address as it is: messengers and mail programs make it a link."""
    return Safe(checked_link(url))


def bare_mail(address: object) -> Safe:
    """An e-mail address as it is."""
    return Safe(checked_mail(address))


def bare_whatsapp(number: object) -> Safe:
    """A phone number as it is: a tap on it opens a chat or calls."""
    return Safe(shown_phone(str(number)))
