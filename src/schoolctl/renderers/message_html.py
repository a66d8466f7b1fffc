"""A message as WhatsApp and Telegram show it, in HTML: bold letters, lists, links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from schoolctl.renderers.markup import Safe

# What messengers make links of. The last sign of an address is no punctuation mark: it belongs to the sentence.
_LINK = r"https?://[^\s<>\"]*[^\s<>\"'.,;:!?)\]]|[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}\w{2,63}|\+\d[\d -]{6,18}\d"
_LINKS = re.compile(_LINK)
# WhatsApp's pairs of signs: nothing happens when a letter touches them outside or a blank inside.
_PAIRED = {"*": "b", "_": "i", "~": "s"}
_PAIRS = "|".join(rf"(?<!\w){re.escape(sign)}(?!\s)[^{sign}\n]+(?<!\s){re.escape(sign)}(?!\w)" for sign in _PAIRED)
_WHATSAPP = re.compile(rf"(?P<link>{_LINK})|```(?P<code>[^`\n]+)```|(?P<pair>{_PAIRS})")
_ITEM = re.compile(r"(?:[-*]|(?P<number>\d{1,3}\.)) (?=\S)")


def message_html(text: str, *, has_markup: bool) -> Safe:
    """The message line by line; `has_markup`: signs make letters bold and lines lists, as in WhatsApp."""
    return Safe("\n".join(_line(line, has_markup=has_markup) for line in text.rstrip("\n").split("\n")))


def _line(line: str, *, has_markup: bool) -> str:
    if not line.strip():
        return '<div class="gap"></div>'
    if not has_markup:
        return f"<div>{_with_links(line)}</div>"
    if item := _ITEM.match(line):
        sign = item["number"] or "•"
        return f'<div class="item"><span>{sign}</span><span>{_with_letters(line[item.end() :])}</span></div>'
    return f"<div>{_with_letters(line)}</div>"


def _with_links(text: str) -> str:
    return "".join(_link(part) if is_link else escape(part) for part, is_link in _parted(text))


def _parted(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, and which of them are links."""
    end = 0
    for match in _LINKS.finditer(text):
        yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    yield text[end:], False


def _with_letters(text: str) -> str:
    shown, end = "", 0
    for match in _WHATSAPP.finditer(text):
        shown += escape(text[end : match.start()]) + _marked(match.groupdict())
        end = match.end()
    return shown + escape(text[end:])


def _marked(found: Mapping[str, str | None]) -> str:
    if link := found["link"]:
        return _link(link)
    if code := found["code"]:
        return f"<code>{escape(code)}</code>"
    pair = found["pair"] or ""
    tag = _PAIRED[pair[0]]
    # Signs of another pair may stand inside: `*_bold and slanted_*`; each turn takes a pair away.
    return f"<{tag}>{_with_letters(pair[1:-1])}</{tag}>"


def _link(address: str) -> str:
    return f'<span class="link">{escape(address)}</span>'
