"""The page and the PDF, the measuring of slides, and how an office package is sealed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.school import School
from schoolctl.errors import FileProblemsError, SchoolctlError
from schoolctl.renderers import agenda_docx, agenda_html, agenda_pdf, agenda_pptx
from schoolctl.renderers.agenda_view import agenda_view
from schoolctl.renderers.office_package import fingerprint_in, sealed
from schoolctl.renderers.slide_pages import Area, Page, pages_of, table_pages, title_of
from schoolctl.renderers.text_width import cut, width, wrapped

from .agendas import BARE, CODES, HIDDEN, LECTURE, LONG, NO_OWN, SCHOOL, agenda, question
from .test_agenda_docx import HOSTILE

OFFICE = shutil.which("soffice")
PDF_TEXT = shutil.which("pdftotext")
AREA = Area(800, 360)


def page(count: int, language: str = "ru") -> str:
    return agenda_html.render_agenda(NO_OWN, agenda(count), language).decode()


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("count", [0, 3, 60])
def test_the_page_has_every_question_once_and_no_script(count: int, language: str) -> None:
    shown = page(count, language)
    assert sorted(map(int, re.findall(r"№(\d+)\.", shown))) == list(range(1, count + 1))
    assert f'<html lang="{language}">' in shown
    assert "default-src 'none'" in shown
    assert "<script" not in shown
    assert not re.search(r"(?:src|href)=", shown)
    assert HIDDEN not in shown
    assert shown.count("<tr>") == len(agenda(count).rows) + 1


def test_a_long_list_is_numbered_on_where_time_ends() -> None:
    asked = [question(number, f"Вопрос {number}?") for number in range(1, 13)]
    shown = agenda_html.render_agenda(NO_OWN, agenda(asked), "ru").decode()
    assert '<h4>Если останется время</h4>\n<ol start="11">' in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_texts_are_harmless_on_the_page(text: str) -> None:
    asked = [question(1, f"<script>alert(1)</script>{text}")]
    shown = agenda_html.render_agenda(NO_OWN, agenda(asked), "ru").decode()
    assert "<script" not in shown
    assert "\x1b" not in shown


@pytest.mark.skipif(not PDF_TEXT, reason="needs pdftotext")
@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("count", [0, 60])
def test_the_pdf_has_every_question_once(tmp_path: Path, count: int, language: str) -> None:
    (tmp_path / "a.pdf").write_bytes(agenda_pdf.render_agenda(NO_OWN, agenda(count), language))
    text = subprocess.run([PDF_TEXT or "", tmp_path / "a.pdf", "-"], check=True, capture_output=True).stdout.decode()
    assert sorted(map(int, re.findall(r"№(\d+)\.", text))) == list(range(1, count + 1))
    assert HIDDEN not in text


def test_the_pdf_is_the_same_each_time_and_has_no_author() -> None:
    first, second = (agenda_pdf.render_agenda(NO_OWN, agenda(20), "kk") for _ in range(2))
    assert first == second
    assert b"/Author" not in first
    assert b"/CreationDate" not in first


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_texts_are_harmless_in_print(text: str) -> None:
    assert agenda_pdf.render_agenda(NO_OWN, agenda([question(1, text)]), "ru").startswith(b"%PDF")


def test_a_layout_of_ones_own_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "agenda").mkdir()
    (tmp_path / "agenda" / "agenda.typ").write_text("= A\n#nothing\n", "utf-8")
    with pytest.raises(FileProblemsError, match=r"templates/agenda/agenda\.typ:2: unknown variable: nothing"):
        agenda_pdf.render_agenda(tmp_path, agenda(1), "ru")


def test_without_the_engine_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(SchoolctlError, match=r'agendas as PDF need .* pip install "schoolctl\[print\]"'):
        agenda_pdf.render_agenda(NO_OWN, agenda(1), "ru")


def test_words_of_ones_own_reach_every_format(tmp_path: Path) -> None:
    (tmp_path / "agenda").mkdir()
    shipped = Path("templates/agenda/words.ru.txt").read_text("utf-8")
    (tmp_path / "agenda" / "words.ru.txt").write_text(shipped.replace("Если останется время", "Ещё"), "utf-8")
    assert agenda_view(tmp_path, agenda(1), "ru").words["spare"] == "Ещё"


@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice")
@pytest.mark.parametrize(
    ("count", "language", "school"),
    [(0, "en", LECTURE), (3, "kk", LECTURE), (12, "ru", LONG), (60, "ru", SCHOOL), (200, "kk", SCHOOL)],
)
def test_pages_equal_slides_and_nothing_runs_off(tmp_path: Path, count: int, language: str, school: School) -> None:
    import pptx

    files = {"slides.pptx": agenda_pptx, "document.docx": agenda_docx}
    for name, renderer in files.items():
        (tmp_path / name).write_bytes(renderer.render_agenda(NO_OWN, agenda(count, school), language))
    paths = [str(tmp_path / name) for name in files]
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    words = [OFFICE or "", "--headless", home, "--convert-to", "pdf", "--outdir", str(tmp_path), *paths]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    pages = len(re.findall(rb"/Type ?/Page\b", (tmp_path / "slides.pdf").read_bytes()))
    assert pages == len(pptx.Presentation(str(tmp_path / "slides.pptx")).slides)
    if PDF_TEXT:
        assert _boxes_outside(tmp_path / "slides.pdf") == []
        text = subprocess.run([PDF_TEXT, tmp_path / "document.pdf", "-"], check=True, capture_output=True).stdout
        assert sorted(map(int, re.findall(r"№(\d+)\.", text.decode()))) == list(range(1, count + 1))


def _boxes_outside(pdf: Path) -> list[str]:
    """The words whose boxes reach into a slide's margin (of half an inch, less where the number stands)."""
    found = subprocess.run([PDF_TEXT or "", "-bbox", pdf, "-"], check=True, capture_output=True).stdout.decode()
    boxes = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)', found)
    assert boxes
    return [
        word
        for x, y, right, below, word in boxes
        if not (float(x) >= 36 and float(y) >= 10 and float(right) <= 924 and float(below) <= 535)
    ]


def test_texts_are_parted_by_what_fits() -> None:
    assert pages_of([], AREA) == []
    assert pages_of(["а", "б", "в", "г", "д"], AREA) == [Page(0, ("а", "б", "в", "г"), 28), Page(4, ("д",), 28)]
    long = "слово " * 60
    sizes = [(page.first, len(page.texts), page.size) for page in pages_of([long.strip()] * 3, AREA)]
    assert sizes == [(0, 2, 20), (2, 1, 28)]
    assert [page.size for page in pages_of(["слово " * 180], AREA)] == [18]
    (cut_page,) = pages_of(["слово " * 2_000], AREA)
    assert cut_page.size == 16
    assert cut_page.texts[0].endswith("…")


@pytest.mark.parametrize(
    ("text", "area", "is_cover", "size"),
    [
        ("Диета", Area(800, 80), False, 30),
        ("Диета", Area(800, 80), True, 40),
        ("Диета и образ жизни " * 4, Area(800, 80), False, 28),
        ("Диета и образ жизни " * 90, Area(800, 80), False, 20),
        ("Диета", Area(800, 10), False, 20),
    ],
)
def test_titles_find_their_size(text: str, area: Area, *, is_cover: bool, size: int) -> None:
    shown, found = title_of(text.strip(), area, is_cover=is_cover)
    assert found == size
    assert len(wrapped(shown, size, area.width, bold=True)) <= 2


def test_tables_are_parted_evenly() -> None:
    rows = [(f"{number}", "Тема", "") for number in range(14)]
    pages = table_pages(("Время", "Тема", "Спикер"), rows, (150, 400, 250), 380)
    assert [(len(page.rows), page.size) for page in pages] == [(8, 20), (8, 20)]
    assert [row for page in pages for row in page.rows[1:]] == rows
    high = [("1", "слово " * 400, "")] * 3
    pages = table_pages(("Время", "Тема", "Спикер"), high, (150, 400, 250), 200)
    assert [len(page.rows) for page in pages] == [3, 2]
    assert all(sum(page.heights) <= 200 for page in pages)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.text(max_size=200), st.sampled_from([16, 28]), st.floats(40, 800))
def test_no_line_is_wider_than_its_column(text: str, size: int, room: float) -> None:
    lines = wrapped(text, size, room)
    assert all(width(line, size) <= room + 0.01 or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(wrapped(cut(text, size, room, 2), size, room)) <= 2


def test_long_words_are_measured_at_once() -> None:
    assert len(wrapped("я" * 20_000, 16, 800)) > 100
    assert cut("короткое", 16, 800, 1) == "короткое"
    assert cut("я" * 100, 16, 100, 1) == "яяяяяяяяя…"


def _package(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        always = {
            "[Content_Types].xml": "<Types></Types>",
            "word/_rels/document.xml.rels": "<Relationships></Relationships>",
        }
        for name, content in (always | parts).items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_sealed_package_loses_its_makers_and_keeps_other_notes() -> None:
    relations = (
        '<Relationships><Relationship Id="1" Target="docProps/core.xml"/>'
        '<Relationship Id="2" Target="docProps/app.xml"/>'
        '<Relationship Id="3" Target="word/document.xml"/></Relationships>'
    )
    package = _package(**{"_rels/.rels": relations, "docProps/app.xml": "<x/>", "customXml/item1.xml": "<mine/>"})
    with zipfile.ZipFile(io.BytesIO(sealed(package, "word/document.xml", "0" * 32))) as archive:
        assert archive.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "customXml/_rels/item2.xml.rels",
            "customXml/item1.xml",
            "customXml/item2.xml",
            "customXml/itemProps2.xml",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
        ]
        assert archive.read("customXml/item1.xml") == b"<mine/>"
        assert b"app.xml" not in archive.read("_rels/.rels")
        assert b"word/document.xml" in archive.read("_rels/.rels")


@pytest.mark.parametrize(
    ("package", "found"),
    [
        (b"", None),
        (b"no archive", None),
        (_package(), None),
        (_package(**{"customXml/item1.xml": "<other/>"}), None),
        (
            _package(**{"customXml/item7.xml": f'<agenda xmlns="urn:schoolctl:agenda" fingerprint="{"a1" * 16}"/>'}),
            "a1" * 16,
        ),
        (
            _package(**{"customXml/item1.xml": f'<agenda xmlns="urn:schoolctl:agenda" fingerprint="{"x" * 20_000}"/>'}),
            None,
        ),
    ],
)
def test_what_a_document_was_made_of(package: bytes, found: str | None) -> None:
    assert fingerprint_in(package) == found


def test_a_speaker_is_named_in_the_documents_language() -> None:
    from dataclasses import replace

    from schoolctl.domain.school import ProgrammeItem

    title = {"kk": "Бәрі", "ru": "Всё", "en": "All"}
    rows = (ProgrammeItem(title, 165, ("Берік Мысалов", "Гость")),)
    speakers = agenda(0).school.speakers
    view = agenda_view(NO_OWN, agenda(0, replace(BARE, speakers=speakers, programme=rows)), "en")
    assert [(row.title, row.speakers) for row in view.rows] == [("All", ("Berik Mysalov", "Гость"))]
