"""What is the same for every office document: no author, no date, the same bytes each time, and what it was made of."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Mapping

# The earliest date a zip archive can hold: a later one would make other bytes of the same document.
_DATE = (1980, 1, 1, 0, 0, 0)
_SPACE = "urn:schoolctl:agenda"
_TYPES = "[Content_Types].xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_NOTE_PROPERTIES = (
    b'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    b'ds:itemID="{5C0E2B6A-8F1D-4B7E-9A43-D16F0C27B9E5}"><ds:schemaRefs/></ds:datastoreItem>'
)
_CORE = "docProps/core.xml"
# Who made the file that ours began with, a picture of its first page, and which printer it was printed on.
_PRIVATE = re.compile(r"docProps/(?!core\.xml$)|ppt/printerSettings/|(?:ppt|word)/(?:comments|people|commentAuthors)")
_PRIVATE_TARGET = r"[^\"<>]*(?:docProps/(?!core\.xml\")|printerSettings|comments|people\.xml|commentAuthors)[^\"<>]*"
_PRIVATE_ELEMENT = re.compile(rf'<(?:Relationship|Override) [^<>]*?(?:Target|PartName)="{_PRIVATE_TARGET}"[^<>]*>')
_FINGERPRINT = re.compile(rb'xmlns="urn:schoolctl:agenda" fingerprint="([0-9a-f]{32})"')
_ITEM = re.compile(r"customXml/item(\d+)\.xml")
_LARGEST_NOTE = 10_000  # bytes


def sealed(package: bytes, main_part: str, fingerprint: str) -> bytes:
    """The package without properties and dates; `fingerprint` is kept in a part that Word and PowerPoint carry along.

    `main_part` is the part to which that belongs, for example `word/document.xml`.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not _PRIVATE.match(name)}
    parts = {name: _without_private(name, content) for name, content in parts.items()}
    _add_note(parts, main_part, fingerprint)
    parts[_CORE] = _NO_PROPERTIES
    return _packed(parts)


def _add_note(parts: dict[str, bytes], main_part: str, fingerprint: str) -> None:
    """Keep the fingerprint as Office keeps such data: an item, its properties, and what relates the two."""
    folder, _, file = main_part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    _remove_notes(parts, relations)
    number = next(number for number in itertools.count(1) if f"customXml/item{number}.xml" not in parts)
    item, properties = f"customXml/item{number}.xml", f"itemProps{number}.xml"
    relation = f'<Relationship Id="rIdSchoolctl" Type="{_RELATIONS}/customXml" Target="../{item}"/>'
    parts[relations] = _with_last(parts[relations], relation, "Relationships")
    kind = f'<Override PartName="/customXml/{properties}" ContentType="{_PROPERTIES_TYPE}"/>'
    parts[_TYPES] = _with_last(parts[_TYPES], kind, "Types")
    parts[item] = f'<agenda xmlns="{_SPACE}" fingerprint="{fingerprint}"/>'.encode()
    relation = f'<Relationship Id="rId1" Type="{_RELATIONS}/customXmlProps" Target="{properties}"/>'
    parts[f"customXml/_rels/item{number}.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{relation}</Relationships>'.encode()
    )
    parts[f"customXml/{properties}"] = _NOTE_PROPERTIES


def _remove_notes(parts: dict[str, bytes], relations: str) -> None:
    """Take out the note of an earlier agenda: slides made here may serve as the design of others."""
    items = [(name, item[1]) for name in parts if (item := _ITEM.fullmatch(name)) and _FINGERPRINT.search(parts[name])]
    for name, number in items:
        for other in (name, f"customXml/_rels/item{number}.xml.rels", f"customXml/itemProps{number}.xml"):
            parts.pop(other, None)
        for owner in (relations, _TYPES):
            targets = rf'<(?:Relationship|Override) [^<>]*"[^"<>]*customXml/item(?:Props)?{number}\.xml"[^<>]*>'
            parts[owner] = re.sub(targets.encode(), b"", parts[owner])


def _with_last(content: bytes, element: str, parent: str) -> bytes:
    return content.replace(f"</{parent}>".encode(), f"{element}</{parent}>".encode())


def fingerprint_in(package: bytes) -> str | None:
    """What a document was made of, whoever has edited it since; None when it does not say."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            for note in _notes(archive):
                if found := _FINGERPRINT.search(note):
                    return found[1].decode()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        # A file that was damaged or locked with a password says nothing.
        return None
    return None


def _notes(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for info in archive.infolist():
        if info.filename.startswith("customXml/") and info.file_size < _LARGEST_NOTE:
            yield archive.read(info)


def _without_private(name: str, content: bytes) -> bytes:
    if name != _TYPES and not name.endswith(".rels"):
        return content
    return _PRIVATE_ELEMENT.sub("", content.decode()).encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    # Readers look for the list of types first.
    names = sorted(parts, key=lambda name: (name != _TYPES, name))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            # The system on which a file was packed is noted too, unless it is set.
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return made.getvalue()
