"""How the Word document looks: A4, headings, fonts, and the language its words are checked in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT = "Noto Sans"
# Every Windows and macOS has it, with the letters of Kazakh.
SUBSTITUTE = "Arial"
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
_DEEP, _INK, _QUIET = "0D5560", "1D2B30", "4A5B61"
_LINE = "9DB8B6"
_PAGE = (21.0, 29.7)  # cm, A4
_MARGIN = 2.0


class _Look(NamedTuple):
    """Size and space in points, `indent` in cm; `base` is the style it begins with."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    colour: str = _INK
    bold: bool = False
    keeps: bool = False
    indent: float = 0
    base: str = "Normal"


_LOOKS = (
    _Look("Normal", 11, 0, 4),
    _Look("Title", 22, 0, 4, _DEEP, bold=True, keeps=True),
    _Look("Subtitle", 13, 0, 2, _QUIET, keeps=True),
    _Look("Heading 1", 16, 18, 6, _DEEP, bold=True, keeps=True),
    _Look("Heading 2", 14, 14, 2, _DEEP, bold=True, keeps=True),
    _Look("Heading 3", 12, 12, 2, _QUIET, bold=True, keeps=True),
    _Look("Table Head", 11, 3, 3, _DEEP, bold=True),
    _Look("Table Text", 11, 3, 3),
    _Look("Question", 12, 10, 1, bold=True, keeps=True),
    _Look("About", 9.5, 0, 3, _QUIET, keeps=True),
    _Look("Other Wording", 9.5, 0, 2, _QUIET, indent=0.6),
    _Look("Answer", 11, 6, 0, _QUIET),
    _Look("Speaker", 12, 10, 1, bold=True, keeps=True),
    _Look("Note", 9.5, 16, 0, _QUIET),
    _Look("Footer", 9, 0, 0, _QUIET),
)

_UNUSED_PARTS = ("/stylesWithEffects", "/numbering", "/customXml")
_LOOKS_THERE = ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Footer")


def prepare(document: Document, language: str) -> None:
    """Set page, styles, fonts and language of an empty document."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(_PAGE[0]), Cm(_PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
    _drop_unused_parts(document)
    _drop_unused_styles(document)
    known = {style.name for style in document.styles}
    for look in _LOOKS:
        if look.name not in known:
            document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        _apply(document.styles[look.name], look)
    mark = document.styles.add_style("Mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.color.rgb = RGBColor.from_string(_QUIET)
    _set_fonts(document, language)
    _rule_below(document.styles["Answer"])
    _name_substitute(document)


def _drop_unused_parts(document: Document) -> None:
    """Leave out what python-docx's own document brings along: styles told twice, each time otherwise, puzzle Word."""
    relations = document.part.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith(_UNUSED_PARTS)]:
        relations.pop(name)


def _drop_unused_styles(document: Document) -> None:
    """Leave of python-docx's 160 styles those we use and those they refer to: each look-up goes through them all."""
    from docx.oxml.ns import qn

    styles = document.styles.element
    by_id = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
    wanted = {document.styles[name].style_id for name in (*_LOOKS_THERE, "Table Grid")}
    wanted |= {name for name, style in by_id.items() if style.get(qn("w:default")) == "1"}
    while more := _referred(wanted, by_id) - wanted:
        wanted |= more
    for name in by_id.keys() - wanted:
        styles.remove(by_id[name])


def _referred(names: Iterable[str], by_id: Mapping[str, Any]) -> set[str]:
    from docx.oxml.ns import qn

    referring = [qn(f"w:{kind}") for kind in ("basedOn", "link", "next")]
    return {element.get(qn("w:val")) for name in names for element in by_id[name] if element.tag in referring}


def _apply(style: ParagraphStyle, look: _Look) -> None:
    from docx.shared import Cm, Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.keep_with_next = look.keeps
    layout.left_indent = Cm(look.indent)
    layout.widow_control = True
    _drop_ornaments(style)


def _drop_ornaments(style: ParagraphStyle) -> None:
    """Take out what the styles of python-docx's own document bring: a blue line, letters set apart."""
    from docx.oxml.ns import qn

    element = style.element
    for ornament in (*element.findall(f".//{qn('w:pBdr')}"), *element.findall(f"{qn('w:rPr')}/{qn('w:spacing')}")):
        ornament.getparent().remove(ornament)


def _set_fonts(document: Document, language: str) -> None:
    """One font for everything: a theme's own would come before it, so its names go."""
    from docx.oxml.ns import qn

    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
    for language_element in styles.iter(qn("w:lang")):
        language_element.set(qn("w:val"), LOCALES[language])


def _rule_below(style: ParagraphStyle) -> None:
    """Lines to write on: one below each paragraph, and between those that follow each other."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="1" w:color="{_LINE}"/>' for side in ("bottom", "between")
    )
    properties = style.element.get_or_add_pPr()
    # The order of a paragraph's properties is fixed: borders stand before spaces.
    properties.spacing.addprevious(parse_xml(f"<w:pBdr {nsdecls('w')}>{rules}</w:pBdr>"))


def _name_substitute(document: Document) -> None:
    """Tell Word which font to take where ours is not installed."""
    entry = (
        f'<w:font w:name="{FONT}"><w:altName w:val="{SUBSTITUTE}"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode())  # noqa: SLF001 - a part python-docx leaves as it is
