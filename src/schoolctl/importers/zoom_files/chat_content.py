"""What a message of a Zoom chat says: the sender's own words, or the reason why there are none."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

REACTION: Final = "a reaction"
FILE: Final = "attached file without text"
NO_TEXT: Final = "no text"

_OPEN, _CLOSE = '["“«]', '["”»]'
_REACTIONS: Final = (
    re.compile(rf"(?is)Reacted to {_OPEN}.*{_CLOSE} with \S{{1,40}}"),
    re.compile(rf"(?is)Removed an? \S{{1,40}} reaction from {_OPEN}.*{_CLOSE}"),
    re.compile(rf"(?is)(?:Отреагировал\S{{0,3}}|Реакция) на {_OPEN}.*{_CLOSE}:? ?(?:с помощью )?[^\w\s]{{1,40}}"),
    re.compile(rf"(?is)(?:Удалил|Убрал)\S{{0,3}} реакцию \S{{1,40}} (?:с|на|к|из) {_OPEN}.*{_CLOSE}"),
    re.compile(rf"(?is){_OPEN}.*{_CLOSE} хабарламасына \S{{1,40}} реакция(?:сын)? \w{{3,12}}"),
    re.compile(r"(?i)(?:add|remove) [^\x00-\x7f\w\s]{1,20}"),
)
_REPLY = re.compile(rf"(?i)(?:Replying to|Ответ на|Отвечает на|Жауап(?: беру)?:?) ?{_OPEN}")
_CUT_QUOTE_END = re.compile(rf"(?:\.\.\.|…){_CLOSE}")
_QUOTE_END = re.compile(rf"{_CLOSE}:?(?=\s|$)")
_LONGEST_QUOTE = 500
_ENDINGS = "pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|heic|webp|mp4|mov|mp3|m4a|zip|rar|txt|csv"
_SHARED_FILE = re.compile(
    r"(?i)(?:(?:uploaded the |sent a |shared a )?file|(?:отправил|загрузил)\S{0,3} файл|файл(?: жіберді)?)"
    r"\s?[:：]\s{0,3}[^\n]{1,250}\.\w{2,5}(?: ?\([^()\n]{1,20}\))?"
)
_FILE_NAME = re.compile(rf"(?i)[^\n?]{{1,250}}\.(?:{_ENDINGS})(?: ?\([^()\n]{{1,20}}\))?")
# More words than this are a sentence that ends with a file's name.
_FILE_NAME_WORDS = 4
# Newer versions write the reactions to a message below it: `NAME:👍`.
_REACTION_BELOW = re.compile(r"[^:\n]{1,60}: ?[^\x00-\x7f\w\s]{1,30}")


class Content(NamedTuple):
    """The sender's own words; when there are none, the reason for it."""

    text: str
    reason: str = ""


def read_content(body: str) -> Content:
    """The words in a message's text, whose lines are joined by newlines."""
    body = body.strip()
    if any(pattern.fullmatch(body) for pattern in _REACTIONS):
        return Content("", REACTION)
    words = _without_reactions_below(_without_quote(body)).strip()
    if not words:
        return Content("", NO_TEXT)
    return Content("", FILE) if _is_file(words) else Content(words)


def _is_file(words: str) -> bool:
    """Whether a message is the notice of a shared file, or nothing but a file's name."""
    if _SHARED_FILE.fullmatch(words):
        return True
    return _FILE_NAME.fullmatch(words) is not None and len(words.split()) <= _FILE_NAME_WORDS


def _without_quote(body: str) -> str:
    """A reply without the beginning of the message it replies to; all of it when the quote's end cannot be found."""
    reply = _REPLY.match(body)
    if reply is None:
        return body
    line, _, below = body[reply.end() :].partition("\n")
    if below.strip() and _QUOTE_END.fullmatch(line.rstrip()[-1:]):
        return below
    quote = body[reply.end() : reply.end() + _LONGEST_QUOTE]
    end = _CUT_QUOTE_END.search(quote) or _QUOTE_END.search(quote)
    return body[reply.end() + end.end() :] if end else body


def _without_reactions_below(body: str) -> str:
    """A message without the reactions that others gave to it."""
    lines = body.rstrip().split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or _REACTION_BELOW.fullmatch(lines[-1].strip())):
        lines.pop()
    return "\n".join(lines)
