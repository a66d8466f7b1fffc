"""The agenda as slides for the screen of the meeting: the programme, the speakers, the questions theme by theme."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolctl.domain.agenda import Agenda
from schoolctl.renderers.agenda_view import AgendaView, BlockView, QuestionView, agenda_view
from schoolctl.renderers.document_styles import LOCALES
from schoolctl.renderers.office_package import sealed
from schoolctl.renderers.slide_design import POINT, Box, Design, design_of, own_design
from schoolctl.renderers.slide_pages import (
    CELL_INSETS,
    SMALLEST,
    Area,
    Page,
    cover_lines,
    pages_of,
    table_pages,
    title_of,
)
from schoolctl.renderers.slide_words import notes, numbered, tail
from schoolctl.renderers.text_width import LINE_HEIGHT, cut

if TYPE_CHECKING:
    from pptx.shapes.placeholder import SlidePlaceholder
    from pptx.slide import Slide
    from pptx.table import Table
    from pptx.text.text import TextFrame, _Paragraph

_WIDTHS = (0.19, 0.5, 0.31)  # time, topic and speaker, as parts of the table's width
_HANGING = 44  # points: room for a number of three digits
_MOST_SPEAKERS = 6
_BELOW = SMALLEST * LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class _Deck:
    """The slides as far as they are made."""

    design: Design
    view: AgendaView

    def add(self, title: str, below: str = "") -> Slide:
        """A page with its title, and a small line below it."""
        slide: Slide = self.design.presentation.slides.add_slide(self.design.page)
        text, size = title_of(title, _area(self.design.title), _BELOW if below else 0)
        heading: Any = slide.shapes.title  # the page was chosen for having one
        frame: TextFrame = heading.text_frame
        _write(_paragraph(frame, 0), text, self.view.language, size)
        if below:
            line = _paragraph(frame, 1)
            below = cut(below, SMALLEST, _area(self.design.title).width, 1)
            _write(line, below, self.view.language, SMALLEST)
            line.runs[0].font.bold = False
        return slide


def render_agenda(
    own_templates: Path, agenda: Agenda, language: str, template: tuple[str, bytes] | None = None
) -> bytes:
    """The .pptx in one language: the same agenda gives the same bytes; it holds redacted wordings only.

    `template` is the name and the content of an organiser's .pptx whose layouts are used instead of ours.
    """
    view = agenda_view(own_templates, agenda, language)
    deck = _Deck(design_of(template[1], template[0]) if template else own_design(), view)
    _write_cover(deck)
    _write_programme(deck)
    _write_speakers(deck)
    for block in view.blocks:
        _write_questions(deck, block, block.questions, block.title)
    for block in view.blocks:
        title = f"{block.title}. {view.words['spare']}"
        _write_questions(deck, block, block.spare, title, numbered_from=len(block.questions))
    if not view.blocks:
        slide = deck.add(view.words["questions"])
        _write(_body_of(slide).paragraphs[0], view.words["none"], language)
    made = io.BytesIO()
    deck.design.presentation.save(made)
    return sealed(made.getvalue(), "ppt/presentation.xml", view.fingerprint)


def _write_cover(deck: _Deck) -> None:
    words, language = deck.view.words, deck.view.language
    slide = deck.design.presentation.slides.add_slide(deck.design.cover)
    places = list(slide.placeholders)
    heading = slide.shapes.title or places[0]
    text, size = title_of(words["title"], _inner_area(heading.width, heading.height), is_cover=True)
    _write(heading.text_frame.paragraphs[0], text, language, size)
    below = next((one for one in places if one is not heading and one.placeholder_format.idx != 0), None)
    if below is not None:
        lines = cover_lines(deck.view.lines, words["note"], _inner_area(below.width, below.height))
        for number, (line, size) in enumerate(lines):
            _write(_paragraph(below.text_frame, number), line, language, size)


def _write_programme(deck: _Deck) -> None:
    from pptx.util import Emu

    view, box = deck.view, deck.design.body
    head = tuple(view.words[name] for name in ("time", "topic", "speaker"))
    rows = [(row.span, row.title, ", ".join(row.speakers)) for row in view.rows]
    widths = [box.width * part / POINT for part in _WIDTHS]
    pages = table_pages(head, rows, widths, box.height / POINT)
    for number, page in enumerate(pages, 1):
        slide = deck.add(numbered(view.words["programme"], number, len(pages)))
        height = sum(page.heights) * POINT
        frame = slide.shapes.add_table(len(page.rows), len(head), *map(Emu, (box.x, box.y, box.width, int(height))))
        _remove_body(slide)
        for at, width in enumerate(widths):
            frame.table.columns[at].width = Emu(int(width * POINT))
        for at, row_height in enumerate(page.heights):
            frame.table.rows[at].height = Emu(int(row_height * POINT))
        _fill_table(frame.table, page.rows, view.language, page.size)


def _fill_table(table: Table, rows: Sequence[Sequence[str]], language: str, size: int) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    for at, row in enumerate(rows):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            _write(cell.text_frame.paragraphs[0], text, language, size)
            cell.fill.solid()
            ground = MSO_THEME_COLOR.BACKGROUND_1 if at % 2 else MSO_THEME_COLOR.BACKGROUND_2
            cell.fill.fore_color.theme_color = ground if at else MSO_THEME_COLOR.ACCENT_1
            font = cell.text_frame.paragraphs[0].runs[0].font
            font.bold = at == 0
            font.color.theme_color = MSO_THEME_COLOR.TEXT_1 if at else MSO_THEME_COLOR.BACKGROUND_1


def _write_speakers(deck: _Deck) -> None:
    view = deck.view
    texts = [", ".join(filter(None, (who.name, who.role))) for who in view.speakers]
    pages = pages_of(texts, _area(deck.design.body), _MOST_SPEAKERS)
    for number, page in enumerate(pages, 1):
        frame = _body_of(deck.add(numbered(view.words["speakers"], number, len(pages))))
        for at, text in enumerate(page.texts):
            paragraph = _paragraph(frame, at)
            # The name in bold: whoever is cut off is known by it.
            name = view.speakers[page.first + at].name
            if text.startswith(name):
                _write(paragraph, name, view.language, min(page.size, 24))
                paragraph.runs[0].font.bold = True
            _write(paragraph, text.removeprefix(name), view.language, min(page.size, 24))


def _write_questions(
    deck: _Deck, block: BlockView, questions: Sequence[QuestionView], title: str, numbered_from: int = 0
) -> None:
    area = _area(deck.design.body)
    texts = [question.wording.marked + tail(deck.view, question) for question in questions]
    pages = pages_of(texts, Area(area.width - _HANGING, area.height))
    below = " · ".join(filter(None, (block.span, ", ".join(block.speakers))))
    for number, page in enumerate(pages, 1):
        slide = deck.add(numbered(title, number, len(pages)), below)
        shown = questions[page.first : page.first + len(page.texts)]
        first = numbered_from + page.first + 1
        _write_page(_body_of(slide), deck.view, shown, page, first)
        slide.notes_slide.notes_text_frame.text = notes(deck.view, shown, first)  # type: ignore[union-attr] # our notes have a text


def _write_page(frame: TextFrame, view: AgendaView, questions: Sequence[QuestionView], page: Page, first: int) -> None:
    for at, (question, text) in enumerate(zip(questions, page.texts, strict=True)):
        paragraph = _paragraph(frame, at)
        _number(paragraph, first + at, page.size)
        behind = tail(view, question)
        wording, mark = question.wording, f" {question.wording.mark}" if question.wording.mark else ""
        language = wording.language if mark else view.language
        if not text.endswith(mark + behind):
            # The words were too long for a slide: all of them are in the notes.
            _write(paragraph, text, language, page.size)
            continue
        _write(paragraph, wording.text, language, page.size)
        _write(paragraph, f"{mark}{behind}", view.language, SMALLEST)


def _write(paragraph: _Paragraph, text: str, language: str, size: int | None = None) -> None:
    """Add words to a paragraph, in the language in which their spelling is checked."""
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size) if size else None
    run._r.get_or_add_rPr().set("lang", LOCALES[language])  # noqa: SLF001 - python-pptx knows no Kazakh


def _paragraph(frame: TextFrame, at: int) -> _Paragraph:
    """The first paragraph of a text, which is always there, or a new one."""
    growing: Any = frame  # python-pptx does not say what it gives back
    made: _Paragraph = growing.paragraphs[0] if at == 0 else growing.add_paragraph()
    return made


def _number(paragraph: _Paragraph, number: int, size: int) -> None:
    """A number before the paragraph, as PowerPoint's own lists have it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Pt

    paragraph.space_before = Pt(size / 2)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx cannot number
    properties.set("marL", str(_HANGING * POINT))
    properties.set("indent", str(-_HANGING * POINT))
    properties.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="+mj-lt"/>'))
    properties.append(parse_xml(f'<a:buAutoNum {nsdecls("a")} type="arabicPeriod" startAt="{number}"/>'))


def _body_of(slide: Slide) -> TextFrame:
    frame: TextFrame = next(one for one in slide.placeholders if _is_text(one)).text_frame
    return frame


def _remove_body(slide: Slide) -> None:
    body = next(one for one in slide.placeholders if _is_text(one))
    body._element.getparent().remove(body._element)  # noqa: SLF001 - a table takes the place of the text


def _is_text(shape: SlidePlaceholder) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return shape.placeholder_format.type in {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT}


def _area(box: Box) -> Area:
    return Area(box.width / POINT, box.height / POINT)


def _inner_area(width: int, height: int) -> Area:
    """The room in a shape, less the insets that every text has."""
    across, along = CELL_INSETS
    return Area(max(width / POINT - across, 1), max(height / POINT - along, 1))
