"""What Word and PowerPoint ask of a package (ECMA-376) where LibreOffice is content with less; faults in words."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any  # lxml tells no types
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PREFIXES = {_MAIN: "w", _DRAWING: "a", _SLIDES: "p"}

_PARAGRAPH = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
    snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"""
_RUN = """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
    vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
    eastAsianLayout specVanish oMath"""
_FILL = "noFill solidFill gradFill blipFill pattFill grpFill"
_DRAWN_RUN = f"""ln {_FILL} effectLst effectDag highlight uLnTx uLn uFillTx uFill latin ea cs sym hlinkClick
    hlinkMouseOver rtl extLst"""
_DRAWN_PARAGRAPH = """lnSpc spcBef spcAft buClrTx buClr buSzTx buSzPct buSzPts buFontTx buFont buNone buAutoNum buChar
    buBlip tabLst defRPr extLst"""
_LEVELS = " ".join(f"lvl{level}pPr" for level in range(1, 10))
# The children of an element in the only order in which they may stand.
ORDERS: Mapping[str, tuple[str, ...]] = {
    name: tuple(children.split())
    for names, children in {
        "w:pPr": _PARAGRAPH,
        "w:rPr": _RUN,
        "w:tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
            tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
        "w:tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign
            hideMark""",
        "w:sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
            pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
        "w:style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat
            locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
        "w:font": """altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic
            embedBoldItalic""",
        "w:pBdr": "top left bottom right between bar",
        "w:tbl": "tblPr tblGrid tr",
        "w:tr": "tblPrEx trPr tc",
        "w:tc": "tcPr p",
        "a:pPr a:lvl1pPr a:lvl2pPr a:lvl9pPr": _DRAWN_PARAGRAPH,
        "a:rPr a:defRPr a:endParaRPr": _DRAWN_RUN,
        "a:lstStyle p:titleStyle p:bodyStyle p:otherStyle": f"defPPr {_LEVELS} extLst",
        "a:bodyPr": "prstTxWarp noAutofit normAutofit spAutoFit scene3d sp3d flatTx extLst",
        "a:tcPr": f"lnL lnR lnT lnB lnTlToBr lnBlToTr cell3D {_FILL} headers extLst",
        "a:tbl": "tblPr tblGrid tr",
        "a:tc": "txBody tcPr extLst",
        "a:fld": "rPr pPr t",
        "p:txBody a:txBody": "bodyPr lstStyle p",
        "p:sp": "nvSpPr spPr style txBody extLst",
        "p:spPr": f"xfrm custGeom prstGeom {_FILL} ln effectLst effectDag scene3d sp3d extLst",
        "p:graphicFrame": "nvGraphicFramePr xfrm graphic extLst",
        "p:cSld": "bg spTree custDataLst controls extLst",
        "p:sld p:sldLayout p:notes": "cSld clrMapOvr transition timing hf extLst",
        "p:sldMaster": "cSld clrMap sldLayoutIdLst transition timing hf txStyles extLst",
        "p:presentation": """sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz smartTags
            embeddedFontLst custShowLst photoAlbum custDataLst kinsoku defaultTextStyle modifyVerifier extLst""",
    }.items()
    for name in names.split()
}


def package_faults(content: bytes) -> list[str]:
    """All that is wrong with a .docx or .pptx; an empty list when both programs will take it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    faults = [f"two parts are called {name}" for name, times in Counter(map(str.lower, names)).items() if times > 1]
    roots: dict[str, Element] = {}
    for name, part in parts.items():
        try:
            roots[name] = etree.fromstring(part)
        except etree.XMLSyntaxError as error:
            faults.append(f"{name} is no XML: {error}")
    if faults:
        return faults
    faults += [*_type_faults(roots), *_relation_faults(roots)]
    for name, root in roots.items():
        faults += [f"{name}: {fault}" for fault in (*order_faults(root), *_number_faults(root))]
    return [*faults, *_style_faults(roots), *_slide_faults(roots)]


def order_faults(root: Element) -> Iterator[str]:
    """Children that stand where they may not, and places without a text that must have one."""
    for element in root.iter(etree.Element):
        allowed = ORDERS.get(_short(element))
        children = [etree.QName(child).localname for child in element.iterchildren(etree.Element)]
        if allowed is not None:
            if strange := [child for child in children if child not in allowed]:
                yield f"{_short(element)} may not hold {strange[0]}"
            elif children != sorted(children, key=allowed.index):
                yield f"{_short(element)} holds {', '.join(children)} in this order"
        if _short(element) in {"w:p", "w:r", "a:p", "a:r"}:
            properties = [child for child in children if child in {"pPr", "rPr"}]
            if len(properties) > 1 or (properties and children[0] not in properties):
                yield f"the properties of {_short(element)} do not come first"
        if _short(element) in {"w:tc", "a:txBody", "p:txBody"} and "p" not in children:
            yield f"{_short(element)} has no paragraph"
        if _short(element) == "a:p" and "endParaRPr" in children[:-1]:
            yield "endParaRPr is not the last of its paragraph"


def _type_faults(roots: Mapping[str, Element]) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    endings = [one.get("Extension").lower() for one in types if one.tag.endswith("}Default")]
    overrides = [one.get("PartName") for one in types if one.tag.endswith("}Override")]
    for said, times in Counter([*endings, *map(str.lower, overrides)]).items():
        if times > 1:
            yield f"the type of {said} is told twice"
    for name in overrides:
        if name.removeprefix("/") not in roots:
            yield f"a type is told of {name}, which is not there"
    for name in roots:
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and name.rpartition(".")[2] not in endings:
            yield f"{name} has no type"
        # As plain XML the programs would not know such a part for what it is.
        is_known = name.startswith(("word/", "ppt/")) and not name.endswith(".rels")
        if is_known and f"/{name}" not in overrides:
            yield f"{name} has no type of its own"


def _relation_faults(roots: Mapping[str, Element]) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name in (name for name in roots if name.endswith(".rels")):
        folder, _, file = name.rpartition("/")
        owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        if owner and owner not in roots:
            yield f"{name} belongs to no part"
        reached.add(name)
        ids = [relation.get("Id") for relation in roots[name]]
        if len(set(ids)) < len(ids):
            yield f"{name}: an Id stands twice"
        for relation in roots[name]:
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(owner), target)).removeprefix("/")
            path = target.removeprefix("/") if target.startswith("/") else path
            reached.add(path)
            if path not in roots:
                yield f"{name}: {target} is not there"
        if owner in roots:
            used = {value for one in roots[owner].iter(etree.Element) for key, value in one.items() if _RELATED in key}
            yield from (f"{owner}: {lost} relates to nothing" for lost in sorted(used - set(ids)))
    yield from (f"nothing leads to {name}" for name in sorted(set(roots) - reached))


def _number_faults(root: Element) -> Iterator[str]:
    """Numbers of shapes that stand twice on a slide."""
    shapes = [one.get("id") for one in root.iter(f"{{{_SLIDES}}}cNvPr")]
    yield from (f"two shapes have the number {number}" for number, times in Counter(shapes).items() if times > 1)


def _style_faults(roots: Mapping[str, Element]) -> Iterator[str]:
    """Styles that are referred to and not there, or told twice."""
    if "word/styles.xml" not in roots:
        return
    if "word/stylesWithEffects.xml" in roots:
        yield "the styles are told a second time, for Word 2010"
    value = f"{{{_MAIN}}}val"
    ids = [style.get(f"{{{_MAIN}}}styleId") for style in roots["word/styles.xml"].iter(f"{{{_MAIN}}}style")]
    if len(set(ids)) < len(ids):
        yield "a style is told twice"
    for name, root in roots.items():
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            used = {one.get(value) for one in root.iter(f"{{{_MAIN}}}{kind}")}
            yield from (f"{name}: there is no style {lost}" for lost in sorted(used - set(ids)))


def _slide_faults(roots: Mapping[str, Element]) -> Iterator[str]:
    """Numbers of slides, layouts and masters, and what is made of slides."""
    if "ppt/presentation.xml" not in roots:
        return
    presentation = roots["ppt/presentation.xml"]
    slides = [int(one.get("id")) for one in presentation.iter(f"{{{_SLIDES}}}sldId")]
    if len(set(slides)) < len(slides) or not all(256 <= number < 2**31 for number in slides):
        yield f"slides are numbered {slides}"
    layouts = [
        int(one.get("id"))
        for root in roots.values()
        for kind in ("sldMasterId", "sldLayoutId")
        for one in root.iter(f"{{{_SLIDES}}}{kind}")
    ]
    if len(set(layouts)) < len(layouts) or not all(2**31 <= number < 2**32 for number in layouts):
        yield f"layouts are numbered {layouts}"
    for listed in presentation.iter("{*}sectionLst"):
        members = {int(one.get("id")) for one in listed.iter("{*}sldId")}
        yield from (f"a section holds slide {lost}, which is not there" for lost in sorted(members - set(slides)))


def _short(element: Element) -> str:
    name = etree.QName(element)
    return f"{_PREFIXES.get(name.namespace, '?')}:{name.localname}"


def without(content: bytes, pattern: str, new: str = "", part: str = "") -> bytes:
    """The package with the first match in a part (`part`: how its name begins) replaced: to see a fault found."""
    made, is_done = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as copy:
        for name in archive.namelist():
            text = archive.read(name)
            if name.startswith(part) and not is_done:
                text, times = re.subn(pattern.encode(), new.encode(), text, count=1)
                is_done = times > 0
            copy.writestr(name, text)
    assert is_done, pattern
    return made.getvalue()
