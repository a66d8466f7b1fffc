"""The poster of a school as a PNG picture: for the site's header, for messengers and for the wall."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from schoolctl.domain.announcement import as_published
from schoolctl.domain.school import Organizer, School
from schoolctl.domain.text import clean_line
from schoolctl.errors import FileProblemsError, Problem, SchoolctlError
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.facts import template_facts
from schoolctl.resources import shipped_fonts, shipped_templates

if TYPE_CHECKING:
    from typst import Fonts

PosterShape = Literal["square", "banner"]
POSTER_SHAPES: tuple[PosterShape, ...] = ("square", "banner")

_BLOCKS = (
    *("title", "organizer", "topic", "status", "reason", "label", "day", "time", "zone", "place", "speakers"),
    *("others", "ask", "contacts", "note", "code", "meeting"),
)
_LAYOUT = "poster/poster.typ"
_NOT_INSTALLED = 'posters need two packages more. Install them: pip install "schoolctl[print]"'
# One point of the layout is one pixel of the picture.
_PIXELS_PER_INCH = 72
_LONGEST_TEXT = 500
_MOST_SPEAKERS = 12
# A code of this many bytes (version 20) is the largest whose squares are still three pixels wide.
_LONGEST_ADDRESS = 858
_LINE = re.compile(r"poster\.typ:(\d+):")


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
    try:
        from typst import TypstError
        from typst import compile as typeset
    except ImportError as error:
        raise SchoolctlError(_NOT_INSTALLED) from error
    layout = poster_layout(own_templates)
    inputs = poster_inputs(own_templates, poster, language, shape)
    try:
        # Only what lies beside the layout can be read by it, only our own fonts are known to it.
        picture: object = typeset(
            str(layout),
            root=str(layout.parent),
            font_paths=poster_fonts(),
            ignore_system_fonts=True,
            format="png",
            ppi=_PIXELS_PER_INCH,
            sys_inputs=inputs,
        )
    except TypstError as error:
        match = _LINE.search(error.diagnostic)
        raise _layout_fault(error.message, int(match[1]) if match else None) from error
    if isinstance(picture, bytes):
        return picture
    # The wheel's types do not tell it, but of several pages it makes a list.
    message = "the layout must make exactly one page"
    raise _layout_fault(message, None)


def poster_layout(own_templates: Path) -> Path:
    """The layout in force: the organiser's own, else the shipped one."""
    own = own_templates / _LAYOUT
    return own if own.is_file() else shipped_templates() / _LAYOUT


@cache
def poster_fonts() -> Fonts:
    """The shipped fonts and no other: a system's fonts would change line breaks from one machine to the next."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(shipped_fonts())])


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
        raise SchoolctlError(_NOT_INSTALLED) from error
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


def _layout_fault(message: str, line: int | None) -> FileProblemsError:
    hint = "Write it again, or delete the file to get the default back"
    return FileProblemsError((Problem(f"templates/{_LAYOUT}", line, message, hint),))
