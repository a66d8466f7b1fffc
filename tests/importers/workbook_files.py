"""Workbooks of all three formats, made by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from schoolctl.importers.compound_file import write_compound_file

OLD_WORKBOOK = Path(__file__).parents[1] / "data" / "workbooks" / "dates-and-numbers.xls"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
Cell = str | int | float | bool | None
HEADER = ("Отметка времени", "Ваше имя", "E-mail", "Телефон", "Ваш вопрос")


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as files:
        for name, data in parts.items():
            files.writestr(name, data)
    return packed.getvalue()


def xlsx_rows(rows: Iterable[Iterable[Cell]]) -> str:
    """Cells as Excel writes them: texts inline, a text that begins with `@` as a date of style 1, nothing for None."""

    def cell(value: Cell) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, bool):
            return f'<c t="b"><v>{int(value)}</v></c>'
        if isinstance(value, str) and value.startswith("@"):
            return f'<c s="1"><v>{value[1:]}</v></c>'
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    return "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)


def xlsx_parts(tables: Mapping[str, str], *, hidden: tuple[str, ...] = (), shared: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook; `tables` gives the XML of each sheet's rows."""
    numbered = list(enumerate(tables, start=1))
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>'
        for number, name in numbered
        for state in ("hidden" if name in hidden else "visible",)
    )
    links = "".join(
        f'<Relationship Id="r{number}" Type="{RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    book = f'<Relationship Id="a" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f"<Relationships {PACKED}>{book}</Relationships>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKED}>{links}</Relationships>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
    }
    for number, name in numbered:
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {MAIN}><sheetData>{tables[name]}</sheetData></worksheet>"
        )
    if shared:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{shared}</sst>"
    return parts


def xlsx(*rows: Iterable[Cell]) -> bytes:
    return zipped(xlsx_parts({"A": xlsx_rows(rows)}))


def ods_parts(table: str, manifest: str = "") -> dict[str, str | bytes]:
    body = f'<office:body><office:spreadsheet><table:table table:name="A">{table}</table:table></office:spreadsheet>'
    return {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="urn:m">{manifest}</m:manifest>',
        "content.xml": f"<office:document-content {ODS_NAMES}>{body}</office:body></office:document-content>",
    }


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_text(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: str) -> bytes:
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def xls(cells: bytes, globals_: bytes = b"", *, sheets_at: Callable[[int], list[int]] = lambda start: [start]) -> bytes:
    """An .xls file of one sheet; `sheets_at` may list other places than the sheet's real one."""
    bof = record(0x809, struct.pack("<HHIII", 0x600, 5, 0, 0, 6))
    length = len(bof) + len(globals_) + 4
    bound = len(record(0x85, bytes(6) + b"\x01\x00A"))
    places = sheets_at(length + bound * len(sheets_at(0)))
    listed = b"".join(record(0x85, struct.pack("<IBB", place, 0, 0) + b"\x01\x00A") for place in places)
    stream = bof + globals_ + listed + record(0x0A, b"") + record(0x809, struct.pack("<HHIII", 0x600, 16, 0, 0, 6))
    return write_compound_file("Workbook", stream + cells + record(0x0A, b""))


def broken_xlsx(**parts: str | bytes) -> bytes:
    """A workbook of one sheet, with these parts in place of its own."""
    whole = xlsx_parts({"A": xlsx_rows([["Вопрос"], ["Соль?"]])})
    names = {"sheet": "xl/worksheets/sheet1.xml", "shared": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    return zipped(whole | {names.get(name, name): part for name, part in parts.items()})
