"""How the slides look: our own wide layouts, or those of an organiser's file."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from schoolctl.errors import SchoolctlError

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.placeholder import LayoutPlaceholder
    from pptx.slide import SlideLayout

FONT = "Noto Sans"
POINT = 12_700  # EMU
_INCH = 914_400
_WIDE, _HIGH = 13.333, 7.5  # inches: 16:9
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_COLOURS = {"dk1": "1D2B30", "dk2": "0D5560", "lt2": "E3EFED", "accent1": "0D5560", "accent2": "E2A23B"}
_TITLE, _TEXT, _NUMBER, _COVER = 30, 24, 12, 40  # points
# Which letters it has and how broad they are: where it is not installed, the nearest font (Arial) takes its place.
_FACE = f'typeface="{FONT}" panose="020B0502040504020204" pitchFamily="34" charset="0"'


class Box(NamedTuple):
    """A place on a slide, in EMU."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Design:
    """A presentation without slides, its two layouts, and where on a page the text stands (insets taken off)."""

    presentation: Presentation
    cover: SlideLayout
    page: SlideLayout
    title: Box
    body: Box


def own_design() -> Design:
    """A wide presentation with a cover and a page of our own."""
    from pptx import Presentation
    from pptx.util import Emu

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(_emu(_WIDE)), Emu(_emu(_HIGH))
    cover, page, *others = presentation.slide_layouts
    for layout in others:
        presentation.slide_layouts.remove(layout)
    _redraw(presentation, cover, page)
    return _design(presentation, cover, page)


def design_of(template: bytes, name: str) -> Design:
    """The layouts of an organiser's .pptx, its slides taken out; SchoolctlError when they cannot serve."""
    from pptx import Presentation

    try:
        presentation = Presentation(io.BytesIO(template))
    except Exception as error:  # python-pptx lets whatever zipfile, lxml and KeyError say through
        message = f"{name} cannot be read as a .pptx file. Save it in PowerPoint as .pptx (not .potx) and try again"
        raise SchoolctlError(message) from error
    _remove_slides(presentation)
    if any(part.partname.startswith("/ppt/slides/") for part in presentation.part.package.iter_parts()):
        message = (
            f"{name} has a layout with a link to one of its slides. Take it out in PowerPoint: View > Slide Master"
        )
        raise SchoolctlError(message)
    page = next((layout for layout in presentation.slide_layouts if _has_title_and_text(layout)), None)
    if page is None:
        message = f"{name} has no layout with a title and a text. Add one in PowerPoint: View > Slide Master"
        raise SchoolctlError(message)
    cover = next((layout for layout in presentation.slide_layouts if _is_cover(layout)), page)
    return _design(presentation, cover, page)


def _design(presentation: Presentation, cover: SlideLayout, page: SlideLayout) -> Design:
    title, body = _title_of(page), _text_of(page)
    if title is None or body is None:  # pragma: no cover - the page was chosen by them
        raise AssertionError
    return Design(presentation, cover, page, _inside(title), _inside(body))


def _inside(shape: LayoutPlaceholder) -> Box:
    """A place without the insets that every text has."""
    across, along = 2 * _emu(0.1), 2 * _emu(0.05)
    return Box(
        shape.left + across // 2, shape.top + along // 2, max(shape.width - across, 1), max(shape.height - along, 1)
    )


def _placeholders(layout: SlideLayout) -> list[LayoutPlaceholder]:
    places: Any = layout.placeholders  # python-pptx's own types do not let one iterate over them
    return list(places)


def _title_of(layout: SlideLayout) -> LayoutPlaceholder | None:
    from pptx.enum.shapes import PP_PLACEHOLDER

    wanted = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    return next((one for one in _placeholders(layout) if one.placeholder_format.type in wanted), None)


def _text_of(layout: SlideLayout) -> LayoutPlaceholder | None:
    from pptx.enum.shapes import PP_PLACEHOLDER

    wanted = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
    return next((one for one in _placeholders(layout) if one.placeholder_format.type in wanted), None)


def _has_title_and_text(layout: SlideLayout) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    kinds = [one.placeholder_format.type for one in _placeholders(layout)]
    return PP_PLACEHOLDER.TITLE in kinds and _text_of(layout) is not None


def _is_cover(layout: SlideLayout) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return any(one.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE for one in _placeholders(layout))


def _remove_slides(presentation: Presentation) -> None:
    slides = presentation.slides._sldIdLst  # noqa: SLF001 - python-pptx cannot take slides out
    # Sections and shows made of slides that are gone: PowerPoint would offer to repair the file.
    for old in slides.getparent().xpath(f"p:custShowLst | p:extLst/p:ext[@uri='{_SECTIONS}']"):
        old.getparent().remove(old)
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)


def _redraw(presentation: Presentation, cover: SlideLayout, page: SlideLayout) -> None:
    master = presentation.slide_master
    title = _placeholder("Title", 'type="title"', (0.6, 0.35, 12.13, 1.2), anchor="ctr")
    text = _placeholder("Text", 'type="body" idx="1"', (0.6, 1.7, 12.13, 5.2))
    number = _placeholder("Number", 'type="sldNum" sz="quarter" idx="4"', (11.33, 6.95, 1.4, 0.4), anchor="ctr")
    band = _rectangle("Band", (0, 0, _WIDE, 0.16), "accent1") + _rectangle("Mark", (0, 0, 1.5, 0.16), "accent2")
    _fill(master, band + title + text + number, _styles())
    shown = _text_field((11.33, 6.95, 1.4, 0.4))
    _fill(page, _placeholder("Title", 'type="title"') + _placeholder("Text", 'type="body" idx="1"') + shown)
    ground = _rectangle("Ground", (0, 0, _WIDE, _HIGH), "accent1")
    rule = _rectangle("Rule", (0.9, 3.95, 1.8, 0.07), "accent2")
    heading = _placeholder("Title", 'type="ctrTitle"', (0.8, 1.2, 11.7, 2.6), anchor="b", size=_COVER)
    below = _placeholder("Subtitle", 'type="subTitle" idx="1"', (0.8, 4.2, 11.7, 2.6), size=_TEXT)
    _fill(cover, ground + rule + heading + below)
    for part in master.part.package.iter_parts():
        if part.partname.startswith("/ppt/theme/"):
            part._blob = _repainted(part.blob.decode()).encode()  # noqa: SLF001 - python-pptx leaves themes as they are


def _repainted(theme: str) -> str:
    """The theme in our colours and our font."""
    for name, colour in _COLOURS.items():
        theme = re.sub(
            rf"<a:{name}>.{{0,200}}?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            theme,
            flags=re.DOTALL,
        )
    return re.sub(r'<a:latin typeface="[^"]*"', f"<a:latin {_FACE}", theme)


def _fill(owner: object, shapes: str, styles: str = "") -> None:
    """Replace all shapes of a layout or a master by others (and, of a master, how its texts look)."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    element = owner._element  # type: ignore[attr-defined]  # noqa: SLF001 - layouts can be changed in no other way
    tree = element.find(f"{qn('p:cSld')}/{qn('p:spTree')}")
    for shape in list(tree)[2:]:
        tree.remove(shape)
    made = parse_xml(f"<p:spTree {nsdecls('p', 'a', 'r')}>{shapes}</p:spTree>")
    for number, shape in enumerate(list(made), 2):
        shape.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}").set("id", str(number))
        tree.append(shape)
    if styles:
        old = element.find(qn("p:txStyles"))
        element.replace(old, parse_xml(f"<p:txStyles {nsdecls('p', 'a', 'r')}>{styles}</p:txStyles>"))


def _styles() -> str:
    title = _level("lvl1pPr", _TITLE, "tx2", bold=True)
    number = "".join(_level(f"lvl{level}pPr", 18, "tx1") for level in range(1, 10))
    text = "".join(_level(f"lvl{level}pPr", _TEXT, "tx1", space=6) for level in range(1, 10))
    return f"<p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{text}</p:bodyStyle><p:otherStyle>{number}</p:otherStyle>"


def _level(name: str, size: int, colour: str, *, bold: bool = False, space: int = 0) -> str:
    return (
        f'<a:{name} marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="{space * 100}"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/></a:defRPr></a:{name}>'
    )


def _placeholder(
    name: str, kind: str, box: tuple[float, float, float, float] | None = None, *, anchor: str = "t", size: int = 0
) -> str:
    """A placeholder; with a `size` its text is light, for the dark cover."""
    place = f'{_place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box else ""
    # Without a fixed size of its own LibreOffice would shrink the text a second time.
    fixed = f'<a:bodyPr anchor="{anchor}"><a:noAutofit/></a:bodyPr>' if box else "<a:bodyPr/>"
    levels = _level("lvl1pPr", size, "bg1", bold=size == _COVER, space=6) if size else ""
    if 'type="sldNum"' in kind:
        levels = f'<a:lvl1pPr algn="r"><a:defRPr sz="{_NUMBER * 100}"/></a:lvl1pPr>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f'<p:txBody>{fixed}<a:lstStyle>{levels}</a:lstStyle><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )


def _text_field(box: tuple[float, float, float, float]) -> str:
    """The slide's number: a field in the layout shows it on every slide."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="0" name="Number"/><p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        '<p:txBody><a:bodyPr anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="r"/>'
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr lang="en-GB" sz="{_NUMBER * 100}"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>'
    )


def _rectangle(name: str, box: tuple[float, float, float, float], colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'{_place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _place(box: tuple[float, float, float, float]) -> str:
    x, y, width, height = map(_emu, box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _emu(inches: float) -> int:
    return round(inches * _INCH)
