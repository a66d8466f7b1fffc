"""The structure of a mail: which of its parts are text that the sender wrote.

An own walker over byte offsets instead of a parsed tree: attachments are never copied, limits hold while it walks,
and a broken structure (no boundary, no end) still yields its text. The standard library reads the odd parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from functools import lru_cache
from itertools import chain

from schoolctl.domain.limits import Limits
from schoolctl.importers.mail.byte_search import find_word
from schoolctl.importers.mail.headers import Headers, header_text, read_headers
from schoolctl.importers.mail.limits import LimitExceededError
from schoolctl.importers.mail.part_text import TextPart

# Some programs send a plain part that only says that the mail is in HTML.
_LONGEST_STUB = 60
_STUB_RATIO = 3
_KIND = re.compile(r"\s*([\w.+-]+/[\w.+-]+)")
_PARAMETER = r"(?:^|;)\s*{}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;]+))"
_CHARSET = re.compile(_PARAMETER.format("charset"), re.IGNORECASE)
_BOUNDARY = re.compile(_PARAMETER.format("boundary"), re.IGNORECASE)
_FIRST_BOUNDARY = re.compile(rb"\s*--([^\r\n]{1,200}?)[ \t]*\r?\n")
_TEXT_KINDS = frozenset({"text/plain", "text/html", "text/enriched", "text/markdown"})


@dataclass(frozen=True, slots=True)
class ContentType:
    """A Content-Type header: `kind` in lower case (`text/plain` when it says nothing) and the two parameters used."""

    kind: str = "text/plain"
    charset: str = ""
    boundary: str = ""


@dataclass(slots=True)
class Structure:
    """What the walk found: the sender's text parts in order, and what else the mail holds."""

    texts: list[TextPart] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    attachments: int = 0
    attached_mails: list[tuple[int, int]] = field(default_factory=list)
    limit: str = ""


# The mails of one mailbox share most of these values.
@lru_cache(maxsize=256)
def content_type(value: bytes) -> ContentType:
    """A Content-Type header's value, understood as far as possible."""
    text, _ = header_text(value)
    kind = _KIND.match(text)
    if "*" in text:
        return _content_type_by_stdlib(text, kind[1].lower() if kind else "text/plain")
    return ContentType(
        kind[1].lower() if kind else "text/plain", _parameter(_CHARSET, text), _parameter(_BOUNDARY, text)
    )


def read_structure(raw: bytes, headers: Headers, start: int, end: int, limits: Limits) -> Structure:
    """Walk the mail whose headers are given and whose body is `raw[start:end]`; a broken limit ends the walk."""
    structure = Structure()
    try:
        structure.texts = _Walker(raw, structure, limits).texts(headers, start, end, 0)
    except LimitExceededError as error:
        structure.limit = str(error)
    return structure


@dataclass(slots=True)
class _Walker:
    raw: bytes
    found: Structure
    limits: Limits

    def texts(self, headers: Headers, start: int, end: int, depth: int) -> list[TextPart]:
        """The text parts in one part (or in the mail itself)."""
        content = content_type(headers.first(b"content-type"))
        self.found.kinds.append(content.kind)
        self._check_limits(depth)
        if content.kind.startswith("multipart/"):
            return self._multipart(content, start, end, depth)
        if content.kind.startswith("message/"):
            self.found.attached_mails.append((start, end))
        elif self._is_text(headers, content, depth):
            is_html = content.kind == "text/html"
            encoding = headers.word(b"content-transfer-encoding")
            return [TextPart(self.raw, (start, end), encoding, content.charset, is_html=is_html)]
        self.found.attachments += 1
        return []

    def _multipart(self, content: ContentType, start: int, end: int, depth: int) -> list[TextPart]:
        boundary = content.boundary.encode("ascii", "replace") or self._boundary_in(start, end)
        children: list[list[TextPart]] = []
        for part_start, part_end in _parts(self.raw, boundary, start, end):
            headers, body = read_headers(self.raw, part_start, part_end, self.limits)
            children.append(self.texts(headers, min(body, part_end), part_end, depth + 1))
        if not children and boundary not in self.raw[start:end]:
            # Declared as multipart, yet there is no part: what stands there is the text.
            return [TextPart(self.raw, (start, end), "", "", is_html=False)]
        if content.kind == "multipart/alternative":
            return _preferred(children)
        return list(chain.from_iterable(children))

    def _boundary_in(self, start: int, end: int) -> bytes:
        first = _FIRST_BOUNDARY.match(self.raw, start, end)
        return first[1] if first else b"no boundary was declared"

    @staticmethod
    def _is_text(headers: Headers, content: ContentType, depth: int) -> bool:
        if content.kind not in _TEXT_KINDS and (depth or not content.kind.startswith("text/")):
            return False
        if content.kind == "text/calendar":
            return False
        # A file that was attached is not what the sender wrote, even when it is text; a lone body is.
        return depth == 0 or headers.word(b"content-disposition") != "attachment"

    def _check_limits(self, depth: int) -> None:
        if depth > self.limits.mime_depth:
            message = f"parts nested more than {self.limits.mime_depth:,} deep"
            raise LimitExceededError(message)
        if len(self.found.kinds) > self.limits.mime_parts + 1:
            message = f"more than {self.limits.mime_parts:,} parts"
            raise LimitExceededError(message)


def _preferred(alternatives: list[list[TextPart]]) -> list[TextPart]:
    """Of the same text in several forms the plain one, unless it is empty or only points to the other."""
    for texts in alternatives:
        if _has_plain_words(texts) and not _is_stub(texts, alternatives):
            return texts
    # Mail programs put the form that shows most last.
    return next(filter(_has_words, reversed(alternatives)), [])


def _has_words(texts: list[TextPart]) -> bool:
    return any(text.has_words for text in texts)


def _has_plain_words(texts: list[TextPart]) -> bool:
    return any(not text.is_html and text.has_words for text in texts)


def _is_stub(texts: list[TextPart], alternatives: list[list[TextPart]]) -> bool:
    """Whether a plain text is no more than "see the HTML": a few words, beside a form that holds many."""
    length = sum(len(text.decoded[0]) for text in texts)
    if length > _LONGEST_STUB:
        return False
    others = (sum(len(text.decoded[0]) for text in other) for other in alternatives if other is not texts)
    return max(others, default=0) > _STUB_RATIO * length


def _parts(raw: bytes, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts between the boundary lines begin and end; the last one may lack its closing line."""
    part_start = -1
    for line_start, line_end, is_last in _boundary_lines(raw, b"--" + boundary, start, end):
        if part_start >= 0:
            yield part_start, max(part_start, line_start - 1)
        part_start = -1 if is_last else line_end
        if is_last:
            return
    if part_start >= 0:
        yield part_start, end


def _boundary_lines(raw: bytes, marker: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    at = find_word(raw, marker, b"-", start, end)
    while at >= 0:
        newline = raw.find(b"\n", at, end)
        line_end = end if newline < 0 else newline + 1
        rest = raw[at + len(marker) : min(line_end, at + len(marker) + 100)].strip()
        # The marker must be the whole line: another boundary may begin with the same letters.
        if (at == start or raw[at - 1 : at] == b"\n") and rest in (b"", b"--"):
            yield at, line_end, rest == b"--"
        at = find_word(raw, marker, b"-", max(line_end, at + 1), end)


def _parameter(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return next((value.strip() for value in found.groups() if value), "") if found else ""


def _content_type_by_stdlib(text: str, kind: str) -> ContentType:
    """Parameters split or encoded by RFC 2231 (`charset*0=`, `boundary*=`)."""
    message = Message()
    message["Content-Type"] = text
    return ContentType(kind, message.get_content_charset("") or "", message.get_boundary("") or "")
