"""Every shape of an agenda as a package that Word and PowerPoint open without a word about repairing it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pptx
import pytest
from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from schoolctl.domain.agenda import Agenda
from schoolctl.errors import SchoolctlError
from schoolctl.renderers import agenda_docx, agenda_pptx
from schoolctl.renderers.office_package import fingerprint_in

from .agendas import BARE, CODES, LECTURE, LONG, NO_OWN, agenda, question, questions, translated
from .office_rules import order_faults, package_faults, without
from .test_agenda_docx import HOSTILE

SHAPES: dict[str, Callable[[], Agenda]] = {
    "nothing": lambda: agenda(0, BARE),
    "three": lambda: agenda(3),
    "sixty": lambda: agenda(60),
    "two hundred": lambda: agenda(200),
    "lecture": lambda: agenda(translated(questions(30)), LECTURE),
    "long": lambda: agenda(translated(questions(30)), LONG),
    "cancelled": lambda: agenda(
        3, replace(LONG, is_cancelled=True, cancel_reason=dict.fromkeys(CODES, "карантин " * 40))
    ),
    "hostile": lambda: agenda([question(number, text) for number, text in enumerate(HOSTILE, 1)], BARE),
}
SECTIONS = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}">'
    '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
    '<p14:section name="Old" id="{5B8B1F0E-0000-4000-8000-000000000001}"><p14:sldIdLst><p14:sldId id="256"/>'
    '<p14:sldId id="257"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
)
SHOW = (
    '<p:custShowLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="rId7"/></p:sldLst></p:custShow></p:custShowLst>'
)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_document_is_as_word_wants_it(shape: str, language: str) -> None:
    assert package_faults(agenda_docx.render_agenda(NO_OWN, SHAPES[shape](), language)) == []


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("shape", SHAPES)
def test_slides_are_as_powerpoint_wants_them(shape: str, language: str) -> None:
    assert package_faults(agenda_pptx.render_agenda(NO_OWN, SHAPES[shape](), language)) == []


def _design() -> bytes:
    """Slides with notes, in a section and in a show."""
    presentation = pptx.Presentation()
    for _ in range(2):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.notes_slide.notes_text_frame.text = "old"
    root = presentation.element
    root.find("{*}notesSz").addnext(etree.fromstring(SHOW))
    for old in root.findall("{*}extLst"):
        root.remove(old)
    root.append(etree.fromstring(SECTIONS))
    made = io.BytesIO()
    presentation.save(made)
    return made.getvalue()


@pytest.mark.parametrize("made_here", [True, False])
def test_slides_in_another_design_are_too(*, made_here: bool) -> None:
    design = agenda_pptx.render_agenda(NO_OWN, agenda(3), "ru") if made_here else _design()
    content = agenda_pptx.render_agenda(NO_OWN, agenda(12), "kk", ("own.pptx", design))
    assert package_faults(content) == []
    # Slides made here may serve as a design: what they were made of is not what these are.
    assert fingerprint_in(content) == fingerprint_in(agenda_pptx.render_agenda(NO_OWN, agenda(12), "kk"))


DOCUMENT = "word/document.xml"


@pytest.mark.parametrize(
    ("pattern", "new", "part", "fault"),
    [
        ("</w:document>", "", DOCUMENT, "is no XML"),
        (r'<Override PartName="/word/footer1.xml"[^>]*/>', "", "[Content", "word/footer1.xml has no type of its own"),
        ("/word/settings.xml", "/word/other.xml", "[Content", "a type is told of /word/other.xml, which is not there"),
        ('Target="styles.xml"', 'Target="none.xml"', "word/_rels", "none.xml is not there"),
        ('Id="rIdSchoolctl"', 'Id="rId3"', "word/_rels", "an Id stands twice"),
        (r'r:id="rId\d+"', 'r:id="rId99"', DOCUMENT, "rId99 relates to nothing"),
        (r"<Relationship [^>]*settings.xml[^>]*/>", "", "word/_rels", "nothing leads to word/settings.xml"),
        (r"(<w:pStyle [^>]*/>)(<w:pageBreakBefore/>)", r"\2\1", DOCUMENT, "w:pPr holds pageBreakBefore, pStyle"),
        (r'w:val="TableGrid"', 'w:val="Gone"', DOCUMENT, "there is no style Gone"),
        (r"(<w:tcW [^>]*/></w:tcPr>)<w:p>.*?</w:p>", r"\1", DOCUMENT, "w:tc has no paragraph"),
        (r"<w:tblLook ", "<w:trHeight ", DOCUMENT, "w:tblPr may not hold trHeight"),
    ],
)
def test_the_rules_find_what_they_are_for(pattern: str, new: str, part: str, fault: str) -> None:
    made = agenda_docx.render_agenda(NO_OWN, agenda(3), "ru")
    assert [found for found in package_faults(without(made, pattern, new, part)) if fault in found]


@pytest.mark.parametrize(
    ("xml", "faults"),
    [
        ("<a:p><a:endParaRPr/><a:r/></a:p>", ["endParaRPr is not the last of its paragraph"]),
        ("<a:p><a:r/><a:pPr/></a:p>", ["the properties of a:p do not come first"]),
        ("<a:tcPr><a:solidFill/><a:lnL/></a:tcPr>", ["a:tcPr holds solidFill, lnL in this order"]),
        ("<a:pPr><a:buAutoNum/><a:buFont/></a:pPr>", ["a:pPr holds buAutoNum, buFont in this order"]),
    ],
)
def test_the_rules_know_the_order_of_drawings(xml: str, faults: list[str]) -> None:
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/main"
    root = etree.fromstring(re.sub("^<([^ >/]+)", rf'<\1 xmlns:a="{namespace}"', xml))
    assert list(order_faults(root)) == faults


def test_a_layout_that_leads_to_a_slide_is_refused() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    presentation.slide_layouts[1].part.relate_to(slide.part, RT.SLIDE)
    made = io.BytesIO()
    presentation.save(made)
    with pytest.raises(SchoolctlError, match=r"own\.pptx has a layout with a link to one of its slides\. Take it out"):
        agenda_pptx.render_agenda(NO_OWN, agenda(1), "ru", ("own.pptx", made.getvalue()))
