"""The agenda as a Word document: doctors read it, edit it, and write their answers under the questions."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from schoolctl.domain.agenda import Agenda
from schoolctl.renderers.agenda_view import AgendaView, BlockView, QuestionView, WordingView, agenda_view
from schoolctl.renderers.document_styles import LOCALES, prepare
from schoolctl.renderers.office_package import sealed
from schoolctl.renderers.text_width import cut

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

# Time, topic, speaker: together as wide as an A4 page between its margins.
_WIDTHS = (3.3, 8.2, 5.5)  # cm
_ANSWER_LINES, _SPARE_LINES = 3, 1
_FOOT = (9, 440)  # points: the size of its letters, and the width that leaves room for the page's number


def render_agenda(own_templates: Path, agenda: Agenda, language: str) -> bytes:
    """The .docx in one language: the same agenda gives the same bytes; it holds redacted wordings only."""
    from docx import Document

    view = agenda_view(own_templates, agenda, language)
    document = Document()
    prepare(document, language)
    _write_programme(document, view)
    _write_questions(document, view)
    _write_speakers(document, view)
    _write_footer(document, view)
    made = io.BytesIO()
    document.save(made)
    return sealed(made.getvalue(), "word/document.xml", view.fingerprint)


def _write_programme(document: Document, view: AgendaView) -> None:
    words = view.words
    document.add_paragraph(words["title"], "Title")
    for line in view.lines:
        document.add_paragraph(line, "Subtitle")
    document.add_paragraph(words["programme"], "Heading 1")
    table = document.add_table(rows=1, cols=len(_WIDTHS))
    _fill(table, 0, (words["time"], words["topic"], words["speaker"]))
    for number, row in enumerate(view.rows, 1):
        table.add_row()
        _fill(table, number, (row.span, row.title, ", ".join(row.speakers)))
    _shape(table)


def _fill(table: Table, number: int, texts: Sequence[str]) -> None:
    for cell, text in zip(table.rows[number].cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Head" if number == 0 else "Table Text"
        paragraph.add_run(text)


def _shape(table: Table) -> None:
    """Widths for columns and cells alike (Word obeys the one, LibreOffice the other), and the head on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(table.rows):
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for these two
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _write_questions(document: Document, view: AgendaView) -> None:
    heading = document.add_paragraph(view.words["questions"], "Heading 1")
    heading.paragraph_format.page_break_before = bool(view.blocks)
    if not view.blocks:
        document.add_paragraph(view.words["none"])
    for block in view.blocks:
        document.add_paragraph(block.title, "Heading 2")
        if about := " · ".join(filter(None, (block.span, ", ".join(block.speakers)))):
            document.add_paragraph(about, "About")
        _write_block(document, view, block)
    document.add_paragraph(view.words["note"], "Note")


def _write_block(document: Document, view: AgendaView, block: BlockView) -> None:
    numbers = itertools.count(1)
    for question in block.questions:
        _write_question(document, view, question, next(numbers), _ANSWER_LINES)
    if block.spare:
        document.add_paragraph(view.words["spare"], "Heading 3")
    for question in block.spare:
        _write_question(document, view, question, next(numbers), _SPARE_LINES)


def _write_question(document: Document, view: AgendaView, question: QuestionView, number: int, lines: int) -> None:
    words = view.words
    paragraph = document.add_paragraph(f"{number}. ", "Question")
    _add_wording(paragraph, question.wording)
    about = f"{words['asked']} {question.asked}"
    document.add_paragraph(f"{about}. {words['others']}" if question.others else about, "About")
    for place, other in enumerate(question.others, 1):
        paragraph = document.add_paragraph(style="Other Wording")
        _add_wording(paragraph, other)
        paragraph.paragraph_format.keep_with_next = place == len(question.others)
    for line in range(lines):
        answer = document.add_paragraph(f"{words['answer']}: " if line == 0 else "", "Answer")
        # A question and its lines stay on one page.
        answer.paragraph_format.keep_with_next = line < lines - 1


def _add_wording(paragraph: Paragraph, wording: WordingView) -> None:
    """The words in the language they are written in, or Word would underline each of them as a mistake."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(wording.text)
    if wording.mark:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), LOCALES[wording.language])
        run._r.get_or_add_rPr().append(language)  # noqa: SLF001 - python-docx has no word for a run's language
        paragraph.add_run(f" {wording.mark}", "Mark").bold = False


def _write_speakers(document: Document, view: AgendaView) -> None:
    if not view.speakers:
        return
    heading = document.add_paragraph(view.words["speakers"], "Heading 1")
    heading.paragraph_format.page_break_before = True
    for who in view.speakers:
        document.add_paragraph(who.name, "Speaker")
        if who.role:
            document.add_paragraph(who.role, "About")


def _write_footer(document: Document, view: AgendaView) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Footer"
    # On one line: a foot that grows would reach into the last lines of a page.
    paragraph.add_run(f"{cut(view.words['title'], *_FOOT, 1)} · ")
    run = paragraph.add_run()
    for element in _page_number():
        run._r.append(element)  # noqa: SLF001 - python-docx has no word for a field


def _page_number() -> Iterator[object]:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "code", "end"):
        element = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
        if kind == "code":
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        yield element
