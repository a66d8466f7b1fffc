"""The slides read back: nothing runs off, every question once, all wordings in the notes, an organiser's layouts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.util import Emu, Inches

from schoolctl.domain.school import ProgrammeItem
from schoolctl.errors import SchoolctlError
from schoolctl.renderers.agenda_pptx import render_agenda
from schoolctl.renderers.office_package import fingerprint_in
from schoolctl.renderers.text_width import width

from .agendas import BARE, CODES, HIDDEN, NO_OWN, SCHOOL, agenda, question
from .test_agenda_docx import HOSTILE

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide


def opened(content: bytes) -> Presentation:
    return pptx.Presentation(io.BytesIO(content))


def rendered(count: int = 60, language: str = "ru") -> Presentation:
    return opened(render_agenda(NO_OWN, agenda(count), language))


def title_of(slide: Slide) -> str:
    return slide.shapes.title.text_frame.paragraphs[0].text if slide.shapes.title else ""


def body_of(slide: Slide) -> list[str]:
    return [
        line.text for one in slide.placeholders if one.placeholder_format.idx == 1 for line in one.text_frame.paragraphs
    ]


def sizes(slide: Slide) -> Iterator[float]:
    shapes: list[Any] = list(slide.shapes)
    for shape in shapes:
        frames = [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
        frames += [shape.text_frame] if shape.has_text_frame else []
        for frame in frames:
            for line in frame.paragraphs:
                yield from (run.font.size.pt for run in line.runs if run.font.size)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("count", [0, 3, 60, 200])
def test_every_question_stands_once_on_a_slide_or_below_it(count: int, language: str) -> None:
    notes = "\n".join(
        slide.notes_slide.notes_text_frame.text
        for slide in rendered(count, language).slides
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame
    )
    assert sorted(map(int, re.findall(r"№(\d+)\.", notes))) == list(range(1, count + 1))


@pytest.mark.parametrize("language", CODES)
def test_slides_are_wide_and_no_letter_is_too_small(language: str) -> None:
    presentation = rendered(200, language)
    assert (presentation.slide_width, presentation.slide_height) == (12191695, 6858000)
    assert [layout.name for layout in presentation.slide_layouts] == ["Title Slide", "Title and Content"]
    for slide in presentation.slides:
        assert min(sizes(slide)) >= 16
        assert len(body_of(slide)) <= 4 or title_of(slide) == "Спикеры"
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= (presentation.slide_width or 0)
            assert shape.top + shape.height <= (presentation.slide_height or 0)


def test_the_programme_is_split_with_its_head_repeated() -> None:
    tables = [shape.table for slide in rendered(60).slides for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) for table in tables] == [9, 8]
    assert {tuple(cell.text for cell in table.rows[0].cells) for table in tables} == {("Время", "Тема", "Спикер")}
    for table in tables:
        assert sum(column.width for column in table.columns) <= Inches(12.13)
        assert table.first_row


REAL = (
    ("Ашық сөз, қонақтарды қарсы алу", "Открытие, приветствие участников", 20, ()),
    ("Көптік миелома деген не", "Что такое множественная миелома", 15, ("Айгерім Үлгібаева",)),
    ("Белгілері және өмір сапасы", "Проявления болезни и качество жизни", 15, ("Берик Мысалов",)),
    ("Емнің түрлерін таңдау", "Как выбирают между видами лечения", 15, ("Айгерім Үлгібаева",)),
    ("Трансплантация, 1-бөлім", "Трансплантация, часть I", 15, ("Берик Мысалов",)),
    ("Трансплантация, 2-бөлім", "Трансплантация, часть II", 15, ("Берик Мысалов",)),
    ("Жиі қойылатын сұрақтарға жауап", "Ответы на частые вопросы", 30, ("Айгерім Үлгібаева", "Берик Мысалов")),
    ("Сұрақ-жауап", "Вопросы и ответы", 30, ()),
    ("Қорытынды", "Подведение итогов", 10, ()),
)


def test_a_programme_as_it_was_really_held_stands_on_one_slide() -> None:
    items = tuple(ProgrammeItem({"kk": kk, "ru": ru}, minutes, who) for kk, ru, minutes, who in REAL)
    lecture = replace(SCHOOL, format="lecture", programme=items)
    presentation = opened(render_agenda(NO_OWN, agenda(0, lecture), "kk"))
    assert [title_of(slide) for slide in presentation.slides] == [
        "Пациент мектебі: көптік миелома",
        "Бағдарлама",
        "Баяндамашылар",
        "Пациенттердің сұрақтары",
    ]
    shapes: list[Any] = list(presentation.slides[1].shapes)
    (frame,) = (shape for shape in shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert [row[0] for row in rows] == [
        "Уақыты", "18:30 – 18:50", "18:50 – 19:05", "19:05 – 19:20", "19:20 – 19:35", "19:35 – 19:50", "19:50 – 20:05",
        "20:05 – 20:35", "20:35 – 21:05", "21:05 – 21:15",
    ]  # fmt: skip
    assert rows[7] == ["20:05 – 20:35", "Жиі қойылатын сұрақтарға жауап", "Айгерім Үлгібаева, Берік Мысалов"]
    assert frame.top + sum(row.height for row in frame.table.rows) <= Inches(7.5)
    assert min(sizes(presentation.slides[1])) >= 16


def test_what_stands_where() -> None:
    asked = [
        question(1, "Бұл ауру тұқым қуалай ма?", "kk", "causes_risk", 1),
        question(2, "Бұл ауру балаларға беріле ме?", "kk", "causes_risk", 1),
        *[question(number, f"Можно ли есть то, о чём спрашивают номер {number}?") for number in range(3, 10)],
    ]
    slides = list(opened(render_agenda(NO_OWN, agenda(asked), "ru")).slides)
    assert [title_of(slide) for slide in slides] == [
        "Школа пациентов: множественная миелома",
        "Программа",
        "Спикеры",
        "Питание (1/2)",
        "Питание (2/2)",
        "Причины и факторы риска",
    ]
    assert body_of(slides[0])[:2] == [
        "10 декабря 2026 года, 18:30 — 21:15 (время Алматы)",
        "Астана, улица Примерная, 1",
    ]
    assert body_of(slides[2]) == ["Айгерім Үлгібаева, врач-гематолог, Астана", "Берик Мысалов"]
    assert body_of(slides[5]) == ["Бұл ауру тұқым қуалай ма? [kk] —\u00a0спросили:\u00a02"]
    assert len(body_of(slides[3])) == 4
    notes = slides[5].notes_slide.notes_text_frame
    assert notes
    assert notes.text.split("\n") == [
        "1. Бұл ауру тұқым қуалай ма? [kk] —\u00a0спросили:\u00a02",
        "Другими словами:",
        "– Бұл ауру балаларға беріле ме? [kk]",
    ]
    heading = slides[3].shapes.title
    assert heading
    assert [line.text for line in heading.text_frame.paragraphs] == ["Питание (1/2)", "18:40 — 19:10 · Берик Мысалов"]
    languages = {run.get("lang") for run in slides[5].element.iter("{*}rPr")}
    assert languages == {"kk-KZ", "ru-RU"}


def test_many_speakers_take_one_line_below_a_title() -> None:
    title = {"ru": "Питание"}
    crowded = replace(BARE, programme=(ProgrammeItem(title, 165, ("Дана Примерова",) * 40, "diet"),))
    slides = opened(render_agenda(NO_OWN, agenda([question(1, "Что есть?")], crowded), "ru")).slides
    heading = slides[2].shapes.title
    assert heading
    below = heading.text_frame.paragraphs[1].text
    assert below.endswith("…")
    assert width(below, 16) <= 860


def test_what_there_may_be_no_time_for_comes_last() -> None:
    asked = [question(number, f"Вопрос номер {number} о питании при болезни?") for number in range(1, 13)]
    slides = list(opened(render_agenda(NO_OWN, agenda(asked, BARE), "ru")).slides)
    assert [title_of(slide) for slide in slides[2:]] == [
        "Питание (1/3)",
        "Питание (2/3)",
        "Питание (3/3)",
        "Питание. Если останется время",
    ]
    assert 'startAt="11"' in slides[-1].part.blob.decode()


def test_nothing_tells_who_asked_or_who_wrote_it() -> None:
    content = render_agenda(NO_OWN, agenda(60), "ru")
    properties = opened(content).core_properties
    values = ("author", "last_modified_by", "title", "subject", "comments", "keywords", "created", "modified")
    assert [getattr(properties, value) for value in values] == ["", "", "", "", "", "", None, None]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
        everything = b"".join(map(archive.read, names)).decode("utf-8", "replace")
    assert [name for name in names if "docProps" in name or "printer" in name] == ["docProps/core.xml"]
    for secret in (HIDDEN, "secret@example.kz", "77000000099", "secret.mbox", "python-pptx"):
        assert secret not in everything


def test_the_same_agenda_gives_the_same_bytes() -> None:
    first, second = (render_agenda(NO_OWN, agenda(30), "kk") for _ in range(2))
    assert first == second
    assert fingerprint_in(first) != fingerprint_in(render_agenda(NO_OWN, agenda(31), "kk"))


def template(*, wide: bool = False, slides: int = 2) -> bytes:
    presentation = pptx.Presentation()
    if wide:
        presentation.slide_width = Emu(12192000)
    for _ in range(slides):
        presentation.slides.add_slide(presentation.slide_layouts[1])
    presentation.core_properties.author = HIDDEN
    made = io.BytesIO()
    presentation.save(made)
    return made.getvalue()


@pytest.mark.parametrize("wide", [True, False])
def test_an_organisers_layouts(*, wide: bool) -> None:
    own = ("own.pptx", template(wide=wide))
    content = render_agenda(NO_OWN, agenda(60), "ru", own)
    presentation = opened(content)
    assert HIDDEN.encode() not in b"".join(_parts(content))
    assert (presentation.slide_width, presentation.slide_height) == (12192000 if wide else 9144000, 6858000)
    assert len(presentation.slide_layouts) == 11
    assert title_of(presentation.slides[0]) == "Школа пациентов: множественная миелома"
    shown = [line for slide in presentation.slides for line in body_of(slide)]
    assert sum("спросили" in line for line in shown) == sum(len(block.everything) for block in agenda(60).blocks)
    # The look is the organiser's affair: what the slides say is the same.
    assert fingerprint_in(content) == fingerprint_in(render_agenda(NO_OWN, agenda(60), "ru"))


def _parts(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_file_that_cannot_serve_is_refused() -> None:
    with pytest.raises(SchoolctlError, match=r"own\.pptx cannot be read as a \.pptx file"):
        render_agenda(NO_OWN, agenda(1), "ru", ("own.pptx", b"no archive"))
    presentation = pptx.Presentation()
    for layout in [*list(presentation.slide_layouts)[:5], *list(presentation.slide_layouts)[7:]]:
        presentation.slide_layouts.remove(layout)
    made = io.BytesIO()
    presentation.save(made)
    with pytest.raises(SchoolctlError, match=r"own\.pptx has no layout with a title and a text"):
        render_agenda(NO_OWN, agenda(1), "ru", ("own.pptx", made.getvalue()))


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_texts_are_harmless(text: str) -> None:
    presentation = opened(render_agenda(NO_OWN, agenda([question(1, text)], BARE), "ru"))
    (slide,) = list(presentation.slides)[2:]
    assert min(sizes(slide)) >= 16
    notes = slide.notes_slide.notes_text_frame
    assert notes
    assert len(notes.text) >= min(len(text.strip()), 20_000) - 8
    if len(text) > 10_000:
        (line,) = body_of(slide)
        assert line.endswith("…")
        assert len(line) < 5_000


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.text(max_size=300))
def test_whatever_is_asked_the_slides_open(text: str) -> None:
    asked = [question(1, text), question(2, text, "kk", "other", 1)]
    assert len(opened(render_agenda(NO_OWN, agenda(asked, BARE), "en")).slides) >= 4
