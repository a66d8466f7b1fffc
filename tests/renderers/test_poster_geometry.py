"""What a poster looks like: nothing overlaps, runs off or is too pale to read, and a phone reads the code."""

from __future__ import annotations

import io
import itertools
import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import typst
import zxingcpp
from PIL import Image, ImageColor, ImageDraw

from schoolctl.domain.school import Meeting, Organizer, Speaker
from schoolctl.renderers.poster import (
    POSTER_LAYOUT,
    POSTER_SHAPES,
    Poster,
    PosterShape,
    poster_inputs,
    render_poster,
)
from schoolctl.renderers.typesetting import layout_file, typefaces

from .posters import ALMATY, LANGUAGES, LONG_TOPIC, MEETING, PUBLISHED, VENUE, poster, speakers

NO_OWN = Path("no-own-templates")
EARLIER = datetime(2026, 12, 3, 18, 30, tzinfo=ALMATY)
PAGES = {"square": (1080, 1080), "banner": (1500, 700)}
LONG_LINK = "https://us06web.zoom.us/j/" + "aB3" * 42
WHATSAPP = "https://wa.me/77770793165"


def in_all(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


def everything_endless() -> Poster:
    words = in_all("щ" * 200)
    school = poster(
        topic=words, venue=words, mode="hybrid", moved_from=EARLIER, speakers=(Speaker("щ" * 200, words),) * 6
    ).school
    address = "a" * 64 + "@" + "b" * 60 + ".kz"
    return Poster(Organizer(words, address, "+7 777 079 3165"), school, PUBLISHED)


CASES: dict[str, tuple[Poster, str]] = {
    "short topic, nobody named": (poster(topic=in_all("анемия")), WHATSAPP),
    "one speaker": (poster(speakers=speakers(1)), WHATSAPP),
    "link": (poster(speakers=speakers(2), meeting=MEETING), MEETING.url),
    "long link": (
        poster(meeting=Meeting("https://us06web.zoom.us/j/" + "aB3" * 42)),
        "https://us06web.zoom.us/j/" + "aB3" * 42,
    ),
    "long topic, six speakers, hybrid": (
        poster(topic=LONG_TOPIC, speakers=speakers(6), mode="hybrid", venue=VENUE, meeting=MEETING),
        MEETING.url,
    ),
    "many speakers": (poster(speakers=speakers(14)), WHATSAPP),
    "moved": (poster(moved_from=EARLIER, speakers=speakers(2), mode="onsite", venue=VENUE), WHATSAPP),
    "moved, long": (
        poster(topic=LONG_TOPIC, moved_from=EARLIER, speakers=speakers(6), mode="hybrid", venue=VENUE, meeting=MEETING),
        MEETING.url,
    ),
    "cancelled": (poster(is_cancelled=True, speakers=speakers(2)), WHATSAPP),
    "cancelled, long reason": (poster(is_cancelled=True, cancel_reason=LONG_TOPIC, topic=LONG_TOPIC), WHATSAPP),
    "words without blanks": (
        poster(topic=in_all("щ" * 200), speakers=(Speaker("щ" * 200, in_all("щ" * 200)),)),
        WHATSAPP,
    ),
    "everything endless": (everything_endless(), WHATSAPP),
}
every_poster = pytest.mark.parametrize(
    ("case", "language", "shape"), list(itertools.product(CASES, LANGUAGES, POSTER_SHAPES))
)


class Area(NamedTuple):
    """A part of a poster: the frame it stands in and the room it takes (x, y, width, height), its colours."""

    name: str
    frame: tuple[float, float, float, float]
    room: tuple[float, float, float, float]
    ground: str
    fill: str


@cache
def areas(case: str, language: str, shape: PosterShape) -> list[Area]:
    found = typst.query(
        str(layout_file(NO_OWN, POSTER_LAYOUT)),
        "<area>",
        field="value",
        font_paths=typefaces(),
        ignore_system_fonts=True,
        sys_inputs=poster_inputs(NO_OWN, CASES[case][0], language, shape),
    )
    return [Area(**{**note, "frame": tuple(note["frame"]), "room": tuple(note["room"])}) for note in json.loads(found)]


@cache
def picture(case: str, language: str, shape: PosterShape) -> Image.Image:
    png = render_poster(NO_OWN, CASES[case][0], language, shape)
    return Image.open(io.BytesIO(png)).convert("RGB")


def layout_colours() -> dict[str, str]:
    layout = layout_file(NO_OWN, POSTER_LAYOUT).read_text("utf-8")
    return dict(re.findall(r'^#let (\w+) = rgb\("(#\w{6})"\)', layout, re.MULTILINE))


def is_inside(inner: tuple[float, ...], outer: tuple[float, ...], slack: float = 0.01) -> bool:
    return all(
        outer[axis] - slack <= inner[axis] and inner[axis] + inner[axis + 2] <= outer[axis] + outer[axis + 2] + slack
        for axis in (0, 1)
    )


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(
        one[axis] + one[axis + 2] > other[axis] + 0.01 and other[axis] + other[axis + 2] > one[axis] + 0.01
        for axis in (0, 1)
    )


@every_poster
def test_every_part_stays_in_its_place(case: str, language: str, shape: PosterShape) -> None:
    found = areas(case, language, shape)
    page = (0, 0, *PAGES[shape])
    assert [
        area.name for area in found if not is_inside(area.room, area.frame) or not is_inside(area.frame, page)
    ] == []
    pairs = list(itertools.combinations(found, 2))
    assert [(one.name, other.name) for one, other in pairs if overlap(one.room, other.room)] == []
    assert [(one.name, other.name) for one, other in pairs if overlap(one.frame, other.frame)] == []


@every_poster
def test_no_ink_is_outside_the_places(case: str, language: str, shape: PosterShape) -> None:
    # Measuring does not notice a word that sticks out of its line: the picture itself does.
    seen = picture(case, language, shape).copy()
    draw = ImageDraw.Draw(seen)
    for area in areas(case, language, shape):
        x, y, width, height = area.room
        draw.rectangle((x - 4, y - 2, x + width + 4, y + height + 2), fill=area.ground[:7])
    grounds = {ImageColor.getrgb(colour) for colour in layout_colours().values()}
    colours = seen.getcolors(1 << 24) or []
    strange = sum(count for count, colour in colours if colour not in grounds)
    # The rounded corners of the card and the edge of the drop are soft.
    assert strange < 300


@pytest.mark.parametrize(("case", "shape"), list(itertools.product(CASES, POSTER_SHAPES)))
def test_a_phone_reads_the_code_of_a_small_copy(case: str, shape: PosterShape) -> None:
    whole = picture(case, "kk", shape)
    for width in (whole.width, 300):
        copy = whole.resize((width, round(whole.height * width / whole.width)), Image.Resampling.LANCZOS)
        assert [code.text for code in zxingcpp.read_barcodes(copy)] == [CASES[case][1]]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("case", CASES)
def test_text_stands_out_from_its_ground(case: str) -> None:
    for area in areas(case, "kk", "square"):
        assert contrast(area.fill, area.ground) >= 4.5, area.name


def test_the_colours_within_one_part_stand_out_too() -> None:
    colours = dict(
        re.findall(
            r'^#let (\w+) = rgb\("(#\w{6})"\)', layout_file(NO_OWN, POSTER_LAYOUT).read_text("utf-8"), re.MULTILINE
        )
    )
    for name in ("deep", "alarm", "ink", "quiet"):
        assert contrast(colours[name], colours["tint"]) >= 4.5, name


@pytest.mark.parametrize("shape", POSTER_SHAPES)
def test_a_cancelled_poster_says_so_in_red(shape: PosterShape) -> None:
    alarm = (0xA9, 0x3A, 0x28)
    counts = {
        case: sum(count for count, colour in picture(case, "ru", shape).getcolors(1 << 24) or [] if colour == alarm)
        for case in ("cancelled", "moved", "link")
    }
    assert counts["cancelled"] > 50_000
    assert counts["moved"] > 50_000
    assert counts["link"] == 0
