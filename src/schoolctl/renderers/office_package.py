"""What is the same for every office document: no author, no date, the same bytes each time, and what it was made of."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

# The earliest date a zip archive can hold: a later one would make other bytes of the same document.
_DATE = (1980, 1, 1, 0, 0, 0)
_SPACE = "urn:schoolctl:agenda"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_CORE = "docProps/core.xml"
# Who made the file that ours began with, a picture of its first page, and which printer it was printed on.
_PRIVATE = re.compile(r"docProps/(?!core\.xml$)|ppt/printerSettings/|(?:ppt|word)/(?:comments|people|commentAuthors)")
_PRIVATE_TARGET = r"[^\"<>]*(?:docProps/(?!core\.xml\")|printerSettings|comments|people\.xml|commentAuthors)[^\"<>]*"
_PRIVATE_ELEMENT = re.compile(rf'<(?:Relationship|Override) [^<>]*?(?:Target|PartName)="{_PRIVATE_TARGET}"[^<>]*>')
_FINGERPRINT = re.compile(rb'xmlns="urn:schoolctl:agenda" fingerprint="([0-9a-f]{32})"')
_LARGEST_NOTE = 10_000  # bytes


def sealed(package: bytes, main_part: str, fingerprint: str) -> bytes:
    """The package without properties and dates; `fingerprint` is kept in a part that Word and PowerPoint carry along.

    `main_part` is the part to which that belongs, for example `word/document.xml`.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not _PRIVATE.match(name)}
    folder, _, file = main_part.rpartition("/")
    note = _free_name(parts)
    relation = f'<Relationship Id="rIdSchoolctl" Type="{_RELATIONS}/customXml" Target="../{note}"/>'
    relations = f"{folder}/_rels/{file}.rels"
    parts = {name: _without_private(name, content) for name, content in parts.items()}
    parts[relations] = parts[relations].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    parts[note] = f'<agenda xmlns="{_SPACE}" fingerprint="{fingerprint}"/>'.encode()
    parts[_CORE] = _NO_PROPERTIES
    return _packed(parts)


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


def _free_name(parts: Mapping[str, bytes]) -> str:
    number = 1
    while f"customXml/item{number}.xml" in parts:
        number += 1
    return f"customXml/item{number}.xml"


def _without_private(name: str, content: bytes) -> bytes:
    if name != "[Content_Types].xml" and not name.endswith(".rels"):
        return content
    return _PRIVATE_ELEMENT.sub("", content.decode()).encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    # Readers look for the list of types first.
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
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
