"""What is taken out of a text: places of private data, their typed markers, and the text without them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schoolctl.domain.question import Mark

MARKERS: dict[str, dict[str, str]] = {
    "kk": {
        "name": "[есімі]",
        "phone": "[телефон]",
        "email": "[пошта]",
        "iin": "[ЖСН]",
        "birth_date": "[туған күні]",
        "address": "[мекенжай]",
        "document": "[құжат]",
        "handle": "[аккаунт]",
    },
    "ru": {
        "name": "[имя]",
        "phone": "[телефон]",
        "email": "[почта]",
        "iin": "[ИИН]",
        "birth_date": "[дата рождения]",
        "address": "[адрес]",
        "document": "[документ]",
        "handle": "[аккаунт]",
    },
    "en": {
        "name": "[name]",
        "phone": "[phone]",
        "email": "[e-mail]",
        "iin": "[IIN]",
        "birth_date": "[date of birth]",
        "address": "[address]",
        "document": "[document]",
        "handle": "[account]",
    },
}
# Signs that no cleaned text holds stand in the working copy where something was found: a later rule can see that a
# date is beside a name, and no rule can take a marker for a word. One for each kind that others look at.
_NOTHING = "\x00"
_SIGNS = {"phone": "\x01", "email": "\x01", "handle": "\x01", "name": "\x02", "iin": "\x03"}
CONTACT_SIGNS = "\x01\x03"
NAME_SIGN = "\x02"
IIN_SIGN = "\x03"
HIDDEN = "\x00-\x03"
_KIND_OF_MARKER = {marker: kind for kinds in MARKERS.values() for kind, marker in kinds.items()}
_MARKER = re.compile("|".join(map(re.escape, _KIND_OF_MARKER)))


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text with markers in place of private data; `marks` tells what they stand for, from left to right."""

    text: str
    marks: tuple[Mark, ...] = ()


class Span(NamedTuple):
    """A place in a text: characters `start` to `end` (not included) are of this kind by this rule."""

    start: int
    end: int
    kind: str
    rule: str


def span_of(match: re.Match[str], group: int | str, kind: str, rule: str) -> Span:
    """The place of a match, or of a group of it."""
    return Span(match.start(group), match.end(group), kind, rule)


def apart(spans: Collection[Span]) -> list[Span]:
    """The spans in order, without those that begin inside an earlier one."""
    kept: list[Span] = []
    if not spans:
        return kept
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def hide(text: str, spans: Iterable[Span]) -> str:
    """`text`, of the same length, with signs that no rule reads as letters or digits in place of `spans`."""
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += (text[done : span.start], _SIGNS.get(span.kind, _NOTHING) * (span.end - span.start))
        done = span.end
    return "".join((*pieces, text[done:])) if pieces else text


def hide_markers(text: str) -> str:
    """`text` with the markers of an earlier redaction hidden."""
    if "[" not in text:
        return text
    found = _MARKER.finditer(text)
    return hide(text, [Span(match.start(), match.end(), _KIND_OF_MARKER[match[0]], "") for match in found])


def put_markers(text: str, spans: Sequence[Span], language: str) -> str:
    """`text` with a marker in its language in place of each span (Russian for a language without markers)."""
    markers = MARKERS.get(language, MARKERS["ru"])
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += (text[done : span.start], markers[span.kind])
        done = span.end
    return "".join((*pieces, text[done:]))


def joined(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans in order, those of one kind with nothing but a blank or comma between them as one.

    Two phones stay two: only names and addresses are written in pieces.
    """
    merged: list[Span] = []
    for span in sorted(spans):
        last = merged[-1] if merged else None
        if last and _is_one(last, span, text[last.end : span.start]):
            merged[-1] = Span(last.start, span.end, last.kind, last.rule)
        else:
            merged.append(span)
    return merged


def _is_one(left: Span, right: Span, between: str) -> bool:
    if left.kind != right.kind:
        return False
    return between in {"name": {"", " "}, "address": {"", " ", ",", ", "}}.get(left.kind, ())
