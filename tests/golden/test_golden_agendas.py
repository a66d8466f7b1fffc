"""What the documents for doctors say, in every format and language, beside what was read and found good.

Of a Word document and of slides the texts are kept, with their styles. SCHOOLCTL_UPDATE_GOLDEN=1 writes all anew.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pptx
import pytest

from schoolctl.domain.agenda import Agenda, build_agenda
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question, Screening, Sender, SourceRef
from schoolctl.domain.school import School
from schoolctl.renderers.registry import AGENDA_FORMATS
from schoolctl.store.schedule_file import ScheduleFile

if TYPE_CHECKING:
    from pptx.slide import Slide

GOLDEN = Path(__file__).parent / "documents"
MYELOMA = "2026-12-10-multiple-myeloma"
NO_OWN = Path("no-own-templates")
SPEAKERS = """\
speakers = [
  { name = "Айгерім Үлгібаева", role = { kk = "гематолог", ru = "гематолог", en = "hematologist" }, themes = ["diet"] },
]
"""
ASKED = (
    ("ru", "diet", 1, "Можно ли при миеломе пить зелёный чай?"),
    ("kk", "diet", 1, "Миелома кезінде көк шай ішуге бола ма?"),
    ("kk", "diet", None, "Миелома кезінде қандай тағам пайдалы?"),
    ("en", "treatment", None, "How long does treatment of myeloma take? <b>&amp; | *more*"),
    ("ru", "other", None, "Где взять справку для работы?"),
    *(
        ("ru", "social_support", None, f"Какие льготы положены, если лечение длится год? Случай {n}.")
        for n in range(12)
    ),
)


@cache
def agenda() -> Agenda:
    """A hybrid school with a speaker, a group of two, and a theme with more questions than time."""
    text = (Path(__file__).parent / "sessions.toml").read_text("utf-8")
    text = text.replace("questions_until", f"{SPEAKERS}questions_until", 1)
    school: School = ScheduleFile(Path("sessions.toml"), text.encode()).schedule.school(MYELOMA)
    school = replace(
        school, venue={"kk": "Астана, Мысал көшесі, 1", "ru": "Астана, улица Примерная, 1", "en": "Astana"}
    )
    school = replace(school, ends=school.starts.replace(hour=20, minute=0))
    return build_agenda(
        school, [_question(at, *asked) for at, asked in enumerate(ASKED, 1)], tuple(LANGUAGES["en"].themes)
    )


@cache
def programme() -> Agenda:
    """A lecture in the shape in which organisers publish one, with questions that somebody translated."""
    file = Path(__file__).parent / "programme.toml"
    school = ScheduleFile(Path("sessions.toml"), file.read_bytes()).schedule.school("2027-02-04-multiple-myeloma")
    tea = {"ru": "Можно ли при миеломе пить зелёный чай?", "en": "May one drink green tea with myeloma?"}
    plane = {"kk": "Демеуші ем кезінде ұшақпен ұшуға бола ма?"}
    asked = [
        replace(_question(1, "kk", "diet", 1, "Миелома кезінде көк шай ішуге бола ма?"), translations=tea),
        _question(2, "kk", "diet", 1, "Миеломамен ауырғанда көк шай мен қара шайдың қайсысы дұрыс?"),
        _question(3, "ru", "treatment", None, "Что делать, если после трансплантации болезнь вернулась?"),
        replace(_question(4, "en", "lifestyle", None, "Is it safe to fly during maintenance?"), translations=plane),
    ]
    return build_agenda(school, asked, tuple(LANGUAGES["en"].themes))


def _question(number: int, language: str, theme: str, group: int | None, text: str) -> Question:
    return Question(
        id=number, channel="form", text=text, original_text=text, redacted_text=text, language=language,
        sender=Sender(), received_at=None, zone_assumed=False, source=SourceRef("form.csv", number),
        screening=Screening("general"), status="accepted", reviewed=True, themes=(theme,), group=group, person=number,
    )  # fmt: skip


def _of_document(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    lines = [f"{one.style.name if one.style else '':14} {one.text}".rstrip() for one in document.paragraphs]
    rows = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    footer = document.sections[0].footer.paragraphs[0].text
    return "\n".join([*lines, "", *rows, "", footer]) + "\n"


def _of_slides(content: bytes) -> str:
    slides = pptx.Presentation(io.BytesIO(content)).slides
    return "\n".join("\n".join(_of_slide(number, slide)) for number, slide in enumerate(slides, 1)) + "\n"


def _of_slide(number: int, slide: Slide) -> Iterator[str]:
    yield f"=== {number}"
    shapes: list[Any] = list(slide.shapes)
    for shape in shapes:
        if shape.has_text_frame:
            for line in shape.text_frame.paragraphs:
                yield "".join(f"{run.text}{{{run.font.size.pt if run.font.size else '':g}}}" for run in line.runs)
        if shape.has_table:
            yield from (" | ".join(cell.text for cell in row.cells) for row in shape.table.rows)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
        yield "--- notes"
        yield slide.notes_slide.notes_text_frame.text


DUMPS: dict[str, Callable[[bytes], str]] = {
    "md": bytes.decode,
    "json": bytes.decode,
    "html": bytes.decode,
    "docx": _of_document,
    "pptx": _of_slides,
}


AGENDAS: dict[str, Callable[[], Agenda]] = {"doctors-agenda": agenda, "programme-agenda": programme}


@pytest.mark.parametrize("what", AGENDAS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("name", DUMPS)
def test_what_an_agenda_says(name: str, language: str, what: str) -> None:
    said = DUMPS[name](AGENDA_FORMATS[name](NO_OWN, AGENDAS[what](), language))
    ending = name if name in {"md", "json", "html"} else f"{name}.txt"
    path = GOLDEN / f"{what}.{language}.{ending}"
    if os.environ.get("SCHOOLCTL_UPDATE_GOLDEN") == "1":
        path.write_bytes(said.encode())
    assert said.encode() == path.read_bytes(), f"{path.name} is not what it was"
