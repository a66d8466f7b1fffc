"""The poster of a school as a PNG picture: for the site's header, for messengers and for the wall."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from schoolctl.domain.announcement import as_published
from schoolctl.domain.school import Organizer, School
from schoolctl.domain.shown_facts import shown_fingerprint
from schoolctl.domain.text import clean_line
from schoolctl.errors import SchoolctlError
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.facts import template_facts
from schoolctl.renderers.picture_note import with_note
from schoolctl.renderers.typesetting import NOT_INSTALLED, typeset

PosterShape = Literal["square", "banner"]
POSTER_SHAPES: tuple[PosterShape, ...] = ("square", "banner")

_BLOCKS = (
    *("title", "organizer", "topic", "status", "reason", "label", "day", "time", "zone", "place", "speakers"),
    *("others", "ask", "contacts", "note", "code", "meeting"),
)
POSTER_LAYOUT = "poster/poster.typ"
_LONGEST_TEXT = 500
_MOST_SPEAKERS = 12
# A code of this many bytes (version 20) is the largest whose squares are still three pixels wide.
_LONGEST_ADDRESS = 858


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster shows, and the moment at which it is published (deadlines that have passed are left out)."""

    organizer: Organizer
    school: School
    published: datetime


def render_poster(own_templates: Path, poster: Poster, language: str, shape: PosterShape) -> bytes:
    """The PNG: 1080 x 1080 pixels (`square`) or 1500 x 700 (`banner`). The same poster gives the same bytes.

    Words come from `templates/poster/poster.LANG.txt`, the layout from `templates/poster/poster.typ`.
    """
    inputs = poster_inputs(own_templates, poster, language, shape)
    picture = typeset(own_templates, POSTER_LAYOUT, inputs, "png", "posters")
    return with_note(picture, poster.school.id, shown_fingerprint(poster.school, poster.organizer, [language]))


def poster_inputs(own_templates: Path, poster: Poster, language: str, shape: PosterShape) -> dict[str, str]:
    """What the layout is given: texts as data (JSON), so that nothing in them is ever read as typesetting code."""
    school = poster.school
    cancelled = school.is_cancelled
    # Neither a meeting that does not take place is to be joined, nor one whose link is given to those who ask for it.
    meeting = None if cancelled or school.registration else school.joining
    facts = template_facts(poster.organizer, [school], language, poster.published)
    shown = as_published(facts["schools"][0], "invitation")
    facts |= {"school": shown, "cancelled": cancelled, "code_joins": meeting is not None}
    blocks = render_blocks(own_templates, f"poster/poster.{language}.txt", dict.fromkeys(_BLOCKS, "plain"), facts)
    words = {block: _text(text) for block, text in blocks.items()}
    address = meeting.url if meeting else _whatsapp_address(facts["organizer"].whatsapp)
    data: dict[str, Any] = words | {
        "topic": _with_capital(words["topic"]),
        "people": [[_text(who.name), _text(who.role)] for who in shown.speakers[:_MOST_SPEAKERS]],
        "has_more": len(school.speakers) > _MOST_SPEAKERS,
        "cancelled": cancelled,
        "squares": qr_squares(address),
        "language": language,
        "shape": shape,
    }
    return {"poster": json.dumps(data, ensure_ascii=False)}


def qr_squares(address: str) -> list[str]:
    """The QR code of `address` without its margin: rows of "1" (dark) and "0"."""
    try:
        import segno
    except ImportError as error:
        raise SchoolctlError(NOT_INSTALLED.format("posters")) from error
    if len(address) > _LONGEST_ADDRESS:
        message = f"a link of {len(address)} characters makes a QR code that no phone reads: take a shorter one"
        raise SchoolctlError(message)
    # The lowest level of correction has the largest squares; segno raises it where that costs none.
    code = segno.make(address, error="l", micro=False, boost_error=True)
    return ["".join(str(int(dark)) for dark in row) for row in code.matrix]


def _whatsapp_address(number: str) -> str:
    return f"https://wa.me/{re.sub(r'[^0-9]', '', number)}"


def _text(text: str) -> str:
    """A text with the lines its template gave it, nothing invisible in them; refused when no poster has room for it."""
    lines = (clean_line(line) for line in text.splitlines())
    shown = "\n".join(line for line in lines if line)
    if len(shown) > _LONGEST_TEXT:
        message = f"a text of {len(shown)} letters is too long for a poster (at most {_LONGEST_TEXT}): {shown[:40]}…"
        raise SchoolctlError(message)
    return shown


def _with_capital(topic: str) -> str:
    # Topics are phrases for the middle of a sentence; here one stands alone. A word such as mRNA stays.
    return topic if topic[1:2].isupper() else topic[:1].upper() + topic[1:]
