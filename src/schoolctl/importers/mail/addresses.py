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
        return _sender_without_address(text)
    email = clean_line(address[0]).lower().rstrip(".")
    if quoted:
        return Sender(clean_line(_ESCAPED.sub(r"\1", quoted[1])), email)
    return Sender(_name(text[: address.start()]) or _name_in_comment(text[address.end() :]), email)


def _sender_without_address(text: str) -> Sender:
    # A group without members is only a name: `Patients:;`.
    name = text.split(":", 1)[0] if text.rstrip().endswith(";") else text
    return Sender() if _NAMELESS.match(name) else Sender(_name(name))


def _name_in_comment(after_address: str) -> str:
    comment = _COMMENT.search(after_address)
    return _name(comment[1]) if comment else ""


def _name(text: str) -> str:
    return clean_line(_ESCAPED.sub(r"\1", text).strip(" \t<>\"',;:()"))
