"""The Word document read back: all that doctors need is in it, at its place, and nothing of who asked."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.renderers.agenda_docx import render_agenda
from schoolctl.renderers.office_package import fingerprint_in

from .agendas import BARE, CODES, HIDDEN, NO_OWN, agenda, question, questions

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

HOSTILE = (
    '=HYPERLINK("http://x")', "<w:p/>&amp;]]>", "\x00\x01\x08\x1b[31m", "\ud800\ufffe\uffff", "\u202eабв", "x" * 20_000,
    "слово " * 4_000, "[конец](http://x) # * _", "", "\u200b\ufeff", "_x0041_", "%s{0}{{7*7}}${7*7}",
)  # fmt: skip


def opened(count: int = 60, language: str = "ru") -> Document:
    return docx.Document(io.BytesIO(render_agenda(NO_OWN, agenda(count), language)))


def texts(document: Document, style: str = "") -> list[str]:
    return [one.text for one in document.paragraphs if not style or (one.style and one.style.name == style)]


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("count", [0, 3, 60, 200])
def test_every_question_stands_once(count: int, language: str) -> None:
    whole = "\n".join(texts(opened(count, language)))
    assert sorted(map(int, re.findall(r"№(\d+)\.", whole))) == list(range(1, count + 1))


def test_what_stands_where() -> None:
    document = docx.Document(
        io.BytesIO(
            render_agenda(
                NO_OWN,
                agenda(
                    [
                        question(1, "Бұл ауру тұқым қуалай ма?", "kk", "causes_risk", 1),
                        question(2, "Передаётся ли болезнь детям?", "ru", "causes_risk", 1),
                        question(3, "Что есть?", "ru", "diet"),
                    ]
                ),
                "ru",
            )
        )
    )
    assert [(one.style.name if one.style else "", one.text) for one in document.paragraphs] == [
        ("Title", "Школа пациентов: множественная миелома"),
        ("Subtitle", "10 декабря 2026 года, 18:30 — 21:15 (время Алматы)"),
        ("Subtitle", "Астана, улица Примерная, 1"),
        ("Heading 1", "Программа"),
        ("Heading 1", "Вопросы пациентов"),
        ("Heading 2", "Причины и факторы риска"),
        ("About", "18:40 — 18:55"),
        ("Question", "1. Передаётся ли болезнь детям?"),
        ("About", "спросили: 2. Другими словами:"),
        ("Other Wording", "Бұл ауру тұқым қуалай ма? [kk]"),
        ("Answer", "Ответ: "),
        ("Answer", ""),
        ("Answer", ""),
        ("Heading 2", "Питание"),
        ("About", "18:55 — 19:10 · Берик Мысалов"),
        ("Question", "1. Что есть?"),
        ("About", "спросили: 1"),
        ("Answer", "Ответ: "),
        ("Answer", ""),
        ("Answer", ""),
        (
            "Note",
            (
                "Школа не заменяет личную консультацию врача: "
                "вопросы о лечении конкретного пациента в этот список не входят."
            ),
        ),
        ("Heading 1", "Спикеры"),
        ("Speaker", "Айгерім Үлгібаева"),
        ("About", "врач-гематолог, Астана"),
        ("Speaker", "Берик Мысалов"),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Время", "Тема", "Спикер"],
        ["18:30 — 18:40", "Открытие, приветствие", ""],
        ["18:40 — 18:55", "Причины и факторы риска", ""],
        ["18:55 — 19:10", "Питание", "Берик Мысалов"],
        ["19:10 — 21:05", "Вопросы участников", ""],
        ["21:05 — 21:15", "Подведение итогов", ""],
    ]


def _xml(row: _Row) -> bytes:
    element = row._element  # noqa: SLF001 - python-docx has no word for what is looked for
    return str(element.xml).encode()


def test_the_table_has_widths_and_repeats_its_head() -> None:
    (table,) = opened().tables
    widths = [1188000, 2952000, 1980000]
    assert [round((column.width or 0) / 36000) * 36000 for column in table.columns] == widths
    for row in table.rows:
        assert [round((cell.width or 0) / 36000) * 36000 for cell in row.cells] == widths
        assert b"cantSplit" in _xml(row)
    assert [b"tblHeader" in _xml(row) for row in table.rows] == [True] + [False] * (len(table.rows) - 1)
    assert not table.autofit


@pytest.mark.parametrize(("language", "locale"), [("kk", "kk-KZ"), ("ru", "ru-RU"), ("en", "en-GB")])
def test_paper_fonts_and_language(language: str, locale: str) -> None:
    document = opened(9, language)
    section = document.sections[0]
    assert (round((section.page_width or 0) / 36000), round((section.page_height or 0) / 36000)) == (210, 297)
    styles = document.styles.element
    assert {fonts.get(qn("w:ascii")) for fonts in styles.iter(qn("w:rFonts"))} == {"Noto Sans"}
    assert {one.get(qn("w:val")) for one in styles.iter(qn("w:lang"))} == {locale}
    others = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
    del others[language]
    assert {one.get(qn("w:val")) for one in document.element.iter(qn("w:lang"))} == set(others.values())
    (fonts,) = (part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    assert b'w:name="Noto Sans"><w:altName w:val="Arial"/>' in fonts.blob


def test_nothing_tells_who_asked_or_who_wrote_it() -> None:
    content = render_agenda(NO_OWN, agenda(60), "ru")
    properties = docx.Document(io.BytesIO(content)).core_properties
    values = ("author", "last_modified_by", "title", "subject", "comments", "keywords", "created", "modified")
    assert [getattr(properties, value) for value in values] == ["", "", "", "", "", "", None, None]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [name for name in archive.namelist() if name.startswith("docProps/")] == ["docProps/core.xml"]
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    for secret in (HIDDEN, "secret@example.kz", "77000000099", "secret.mbox", "python-docx"):
        assert secret not in everything


def test_the_same_agenda_gives_the_same_bytes() -> None:
    first, second = (render_agenda(NO_OWN, agenda(30), "kk") for _ in range(2))
    assert first == second
    assert fingerprint_in(first) != fingerprint_in(render_agenda(NO_OWN, agenda(31), "kk"))


def test_without_speakers_or_a_place_nothing_of_them_is_said() -> None:
    document = docx.Document(io.BytesIO(render_agenda(NO_OWN, agenda(0, BARE), "en")))
    assert texts(document, "Speaker") == []
    assert texts(document, "Subtitle") == ["December 10, 2026, 18:30 – 21:15 (Almaty time)"]
    assert "No questions have been accepted yet." in texts(document)


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_texts_are_harmless(text: str) -> None:
    document = docx.Document(io.BytesIO(render_agenda(NO_OWN, agenda([question(1, text)]), "ru")))
    (line,) = texts(document, "Question")
    assert line.startswith("1. ")
    assert "\x1b" not in line
    assert len(line) >= min(len(text.strip()), 20_000) - 8


@settings(deadline=None, derandomize=True, max_examples=15)
@given(st.text(max_size=300))
def test_whatever_is_asked_the_document_opens(text: str) -> None:
    asked = [question(1, text), question(2, text, "kk", "other", 1), *questions(2)[1:]]
    assert docx.Document(io.BytesIO(render_agenda(NO_OWN, agenda(asked), "en"))).paragraphs
