"""Who sent a mail, from whatever stands in its From header."""

from __future__ import annotations

import re

from schoolctl.domain.question import Sender
from schoolctl.domain.text import clean_line
from schoolctl.importers.mail.headers import header_text

_ORDINARY = re.compile(rb'\s*(?:"([^"\\]*)"|([^"<>(),;:@]*))\s*<\s*([^<>()\s",;:@]+@[^<>()\s",;:@]+)\s*>\s*$')
# Tried only where a token begins: a long header must not cost the square of its length.
_ADDRESS = re.compile(r"(?<![^\s<>()\[\]\",;:@'])[^\s<>()\[\]\",;:@']+@[^\s<>()\[\]\",;:@']+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COMMENT = re.compile(r"\(([^()]*)\)")
_ESCAPED = re.compile(r"\\(.)")
_NAMELESS = re.compile(r"^\W*(?:undisclosed|unlisted|unknown)[\w-]*\W*$", re.IGNORECASE)


def read_sender(value: bytes) -> tuple[Sender, tuple[str, ...]]:
    """The sender in a From header (only the first, if it names several) and what was guessed to read the name.

    `Name <a@b>`, `"Name" <a@b>`, `a@b (Name)`, a bare address or a bare name; an empty or undisclosed one is unknown.
    """
    ordinary = _ORDINARY.match(value)
    if ordinary:
        name, repairs = header_text(ordinary[1] or ordinary[2])
        return Sender(clean_line(name.strip(" '\"")), ordinary[3].decode("utf-8", "replace").lower()), repairs
    text, repairs = header_text(value)
    return _sender_in(text), repairs


def _sender_in(text: str) -> Sender:
    quoted = _QUOTED.match(text.lstrip())
    # A quoted name may hold an address of its own: the real one stands after it.
    after_name = text.lstrip()[quoted.end() :] if quoted else text
    address = _ADDRESS.search(after_name) or _ADDRESS.search(text)
    if address is None:
        bare = text.split(":", 1)[0] if text.rstrip().endswith(";") else text
        return Sender() if _NAMELESS.match(bare) else Sender(_name(bare))
    email = clean_line(address[0]).lower().rstrip(".")
    if quoted:
        return Sender(clean_line(_ESCAPED.sub(r"\1", quoted[1])), email)
    before = after_name[: address.start()]
    comment = _COMMENT.search(after_name, address.end())
    name = _name(before) or (_name(comment[1]) if comment else "")
    return Sender(name, email)


def _name(text: str) -> str:
    return clean_line(_ESCAPED.sub(r"\1", text).strip(" \t<>\"',;:()"))
