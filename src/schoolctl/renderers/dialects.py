"""The markups that templates are rendered for: how each escapes a value and what its filters make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from schoolctl.renderers import markup, message_markup

Markup = Literal["markdown", "plain", "html", "mail", "whatsapp", "telegram"]
_Filter = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One markup: `escape` for every value a template prints, and its filters (`exact`: a code that is copied)."""

    escape: _Filter
    bold: _Filter
    exact: _Filter
    link: _Filter
    mail_link: _Filter
    whatsapp_link: _Filter

    def filters(self) -> dict[str, Any]:
        """The filters by the names that templates use."""
        return {name: made for name, made in asdict(self).items() if name != "escape"}


def _escape_mail(value: object) -> str:
    # Mail programs make links of bare addresses, which the site does not.
    is_safe = isinstance(value, markup.Safe)
    return markup.escape_markdown(value if is_safe else message_markup.without_links(str(value)))


def _words(escape: _Filter) -> _Filter:
    """A filter that only escapes, for a markup without the letters that are asked for."""
    return lambda value: markup.Safe(escape(value))


_LINKS = (markup.link, markup.mail_link, markup.whatsapp_link)
_BARE = (message_markup.bare_link, message_markup.bare_mail, message_markup.bare_whatsapp)
_IN_MARKDOWN, _PLAIN, _IN_HTML = map(_words, (markup.escape_markdown, markup.escape_plain, markup.escape_html))
_IN_MESSAGE = _words(message_markup.escape_message)
DIALECTS: Mapping[Markup, Dialect] = {
    "markdown": Dialect(markup.escape_markdown, markup.bold, _IN_MARKDOWN, *_LINKS),
    "mail": Dialect(_escape_mail, markup.bold, _IN_MARKDOWN, *_LINKS),
    "plain": Dialect(markup.escape_plain, _PLAIN, _PLAIN, *_BARE),
    "html": Dialect(markup.escape_html, _IN_HTML, _IN_HTML, *_BARE),
    "whatsapp": Dialect(
        message_markup.escape_message, message_markup.whatsapp_bold, message_markup.exact_whatsapp, *_BARE
    ),
    "telegram": Dialect(message_markup.escape_message, _IN_MESSAGE, _PLAIN, *_BARE),
}
