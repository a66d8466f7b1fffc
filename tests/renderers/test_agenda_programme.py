"""A programme as it is really published, a moderator, translations and a cancelled school, in every format."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pptx
import pytest

from schoolctl.domain.agenda import Agenda
from schoolctl.domain.school import ProgrammeItem, Speaker
from schoolctl.errors import FileProblemsError
from schoolctl.renderers.agenda_pptx import render_agenda as render_slides
from schoolctl.renderers.agenda_view import agenda_view
from schoolctl.renderers.registry import AGENDA_FORMATS
from schoolctl.renderers.slide_pages import Area, cover_lines, title_of
from schoolctl.renderers.text_width import width, wrapped

from .agendas import BARE, CODES, LECTURE, LONG, NO_OWN, SCHOOL, agenda, question, questions, translated

PDF_TEXT = shutil.which("pdftotext")
SAID = [name for name in AGENDA_FORMATS if name != "pdf" or PDF_TEXT]
# Of the agenda of twelve questions, in Russian.
FINGERPRINT = "ee82aafa10d8b864a7f6d2fdb5a614eb"
MODERATOR = {
    "kk": "Модератор: Гүлнар Мысалова, медицина ғылымдарының кандидаты",
    "ru": "Модератор: Гульнар Мысалова, кандидат медицинских наук",
    "en": "Moderator: Gulnar Mysalova, candidate of medical sciences",
}
CANCELLED = {"kk": ("ӨТПЕЙДІ", "Себебі"), "ru": ("ОТМЕНЕНО", "Причина"), "en": ("CANCELLED", "Reason")}
REASON = {"kk": "карантинге байланысты", "ru": "карантин в больнице", "en": "quarantine at the hospital"}


def _of_zip(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(
            archive.namelist(), key=lambda name: ("notes" in name, [int(part) for part in re.findall(r"\d+", name)])
        )
        parts = [archive.read(name).decode() for name in names if re.match(r"word/document|ppt/(notesS|s)lides/", name)]
    # A paragraph is a line, whatever runs it is made of.
    lines = re.sub(r"</(?:a|w):p>", "\n", "".join(parts))
    return re.sub(r"<[^>]*>", "", lines)


def _of_pdf(content: bytes) -> str:
    words = [PDF_TEXT or "", "-layout", "-", "-"]
    return subprocess.run(words, check=True, capture_output=True, input=content).stdout.decode()


READERS: dict[str, Callable[[bytes], str]] = {"docx": _of_zip, "pptx": _of_zip, "pdf": _of_pdf}


def said(name: str, made: Agenda, language: str) -> str:
    """The words of a document, blanks between them told as one."""
    text = READERS.get(name, bytes.decode)(AGENDA_FORMATS[name](NO_OWN, made, language))
    return " ".join(text.split())


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("name", SAID)
def test_the_real_programme_stands_in_every_format(name: str, language: str) -> None:
    words = said(name, agenda(0, LECTURE), language)
    view = agenda_view(NO_OWN, agenda(0, LECTURE), language)
    assert len(view.rows) == 9
    if name == "json":
        for who in (LECTURE.moderator, *LECTURE.speakers):
            assert who is not None
            assert not isinstance(who.name, str)
            assert f'"name": "{who.name[language]}"' in words
        return
    assert MODERATOR[language] in words
    # The line stands below the title and the day, above the programme.
    places = [words.index(part) for part in (view.words["when"], MODERATOR[language], view.rows[0].title)]
    assert places == sorted(places)
    assert [row.span for row in view.rows if row.span not in words] == []
    squeezed = words.replace(" ", "")
    titles = [row.title for row in view.rows] if name != "pdf" else []
    assert [title for title in titles if title.replace(" ", "") not in squeezed] == []
    roles = [who.role.split(",")[0] for who in view.speakers]
    assert [role for role in roles if role not in words] == []


@pytest.mark.parametrize("language", CODES)
def test_the_real_programme_s_table_stays_on_its_slide(language: str) -> None:
    presentation = pptx.Presentation(io.BytesIO(render_slides(NO_OWN, agenda(0, LECTURE), language)))
    (frame,) = (shape for slide in presentation.slides for shape in slide.shapes if shape.has_table)
    assert len(frame.table.rows) == 10
    assert frame.left + sum(column.width for column in frame.table.columns) <= (presentation.slide_width or 0)
    assert frame.top + sum(row.height for row in frame.table.rows) <= (presentation.slide_height or 0)
    widths = [column.width / 12700 - 14.4 for column in frame.table.columns]
    for row in frame.table.rows:
        # As many lines as each cell needs find room in the height of the row.
        for cell, room in zip(row.cells, widths, strict=True):
            (run,) = cell.text_frame.paragraphs[0].runs
            lines = len(wrapped(run.text, run.font.size.pt, room))
            assert lines * run.font.size.pt * 1.37 + 7.2 <= row.height / 12700 + 0.01


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("name", SAID)
def test_nobody_prepares_for_a_cancelled_school(name: str, language: str) -> None:
    made = agenda(3, replace(SCHOOL, is_cancelled=True, cancel_reason=REASON))
    words = said(name, made, language)
    if name == "json":
        assert f'"cancelled": true, "cancel_reason": "{REASON[language]}"' in words
        return
    alarm, reason = CANCELLED[language]
    # Nothing but markup stands before it.
    assert re.search(r"\b\w+\b", re.sub(r"<head>.*</head>|<[^>]*>", "", words))[0] == alarm  # type: ignore[index]
    assert f"{reason}: {REASON[language]}" in words
    without = said(name, agenda(3, replace(SCHOOL, is_cancelled=True)), language)
    assert alarm in without
    assert f"{reason}:" not in without
    assert alarm not in said(name, agenda(3, replace(SCHOOL, cancel_reason=REASON)), language)


@pytest.mark.parametrize(("language", "mark"), [("ru", "(перевод с казахского)"), ("en", "(translated from Kazakh)")])
@pytest.mark.parametrize("name", SAID)
def test_a_translation_takes_the_place_of_the_words(name: str, language: str, mark: str) -> None:
    own = "Бұл ауру тұқым қуалай ма?"
    asked = replace(question(1, own, "kk"), translations={"ru": "Это наследственное?", "en": "Is it hereditary?"})
    words = said(name, agenda([asked], BARE), language)
    if name == "json":
        assert f'"text": "{own}", "language": "kk", "translation": "{asked.translations[language]}"' in words
        return
    shown = re.sub(r"<[^>]*>", "", words)
    assert f"{asked.translations[language]} {mark}" in shown
    # Of the slides' notes alone: somebody in the hall may have asked just so.
    assert (own in shown) == (name == "pptx")
    assert own in said(name, agenda([asked], BARE), "kk")
    assert mark not in said(name, agenda([asked], BARE), "kk")


def test_the_notes_of_a_slide_keep_all_wordings() -> None:
    asked = [
        replace(question(1, "Бұл ауру тұқым қуалай ма?", "kk", group=1), translations={"ru": "Это наследственное?"}),
        replace(
            question(2, "Is it passed on to children?", "en", group=1), translations={"ru": "Передаётся ли детям?"}
        ),
    ]
    slides = pptx.Presentation(io.BytesIO(render_slides(NO_OWN, agenda(asked, BARE), "ru"))).slides
    notes = slides[2].notes_slide.notes_text_frame
    assert notes
    assert notes.text.split("\n") == [
        "1. Это наследственное? (перевод с казахского) —\u00a0спросили:\u00a02",
        "   [kk] Бұл ауру тұқым қуалай ма?",
        "Другими словами:",
        "– Передаётся ли детям? (перевод с английского)",
        "   [en] Is it passed on to children?",
    ]


def test_a_translation_of_words_whose_language_was_guessed_wrongly_has_no_mark() -> None:
    asked = replace(question(1, "Miyeloma?", "ru"), translations={"ru": "Миелома?"})
    wording = agenda_view(NO_OWN, agenda([asked], BARE), "ru").blocks[0].questions[0].wording
    assert (wording.text, wording.mark, wording.marked) == ("Миелома?", "", "Миелома?")
    assert wording.original is not None
    assert (wording.original.text, wording.original.mark) == ("Miyeloma?", "")


def test_a_row_may_name_the_moderator_in_any_language() -> None:
    title = dict.fromkeys(CODES, "Открытие")
    moderator = Speaker({"kk": "Гүлнар", "ru": "Гульнар", "en": "Gulnar"})
    rows = (ProgrammeItem(title, 165, ("Гульнар", {"kk": "бәрі", "ru": "все", "en": "all"})),)
    view = agenda_view(NO_OWN, agenda(0, replace(BARE, moderator=moderator, programme=rows)), "en")
    assert [row.speakers for row in view.rows] == [("Gulnar", "all")]
    assert view.moderator == "Moderator: Gulnar"


def test_what_is_not_there_leaves_an_older_document_as_it_is() -> None:
    view = agenda_view(NO_OWN, agenda(12), "ru")
    assert (view.reason, view.moderator) == (None, None)
    # As it was before there were moderators and translations: otherwise every document in use would seem outdated.
    assert view.fingerprint == FINGERPRINT
    changed = replace(SCHOOL, moderator=Speaker("Гүлнар Мысалова"))
    assert agenda_view(NO_OWN, agenda(12, changed), "ru").fingerprint != FINGERPRINT
    assert agenda_view(NO_OWN, agenda(translated(questions(12))), "ru").fingerprint != FINGERPRINT


def test_older_words_of_ones_own_serve_until_a_newer_one_is_needed(tmp_path: Path) -> None:
    (tmp_path / "agenda").mkdir()
    shipped = Path("templates/agenda/words.ru.txt").read_text("utf-8")
    older = re.sub(r"\{% block (?:moderator|cancelled|reason) %\}.*\n", "", shipped)
    (tmp_path / "agenda" / "words.ru.txt").write_text(older, "utf-8")
    assert agenda_view(tmp_path, agenda(1, BARE), "ru").words["title"] == "Школа пациентов: множественная миелома"
    with pytest.raises(FileProblemsError, match=r'templates/agenda/words\.ru\.txt:1: the block "moderator" is missing'):
        agenda_view(tmp_path, agenda(1, LECTURE), "ru")


AREA = Area(842, 187)
NOTE = "Школа не заменяет личную консультацию врача: вопросы о лечении одного пациента в этот список не входят."


@pytest.mark.parametrize(
    ("lines", "area", "sizes", "is_cut"),
    [
        (["4 февраля"], AREA, [24, 16], [False, False]),
        (["4 февраля", "Модератор: Гульнар Мысалова, " + "кандидат наук, " * 9], AREA, [20, 20, 16], [False] * 3),
        (["слово " * 90, "4 февраля", "слово " * 60], AREA, [16] * 4, [True, False, True, False]),
        (["слово " * 90] * 5, AREA, [16] * 6, [True] * 6),
        (["слово " * 90], Area(100, 20), [16, 16], [True, True]),
    ],
)
def test_the_lines_of_a_cover_find_room(lines: list[str], area: Area, sizes: list[int], is_cut: list[bool]) -> None:
    shown = cover_lines([line.strip() for line in lines], NOTE, area)
    assert [size for _, size in shown] == sizes
    assert [line.endswith("…") for line, _ in shown] == is_cut


def test_a_long_topic_takes_four_lines_of_a_cover() -> None:
    title = agenda_view(NO_OWN, agenda(0, LONG), "ru").words["title"]
    shown, size = title_of(title, Area(828, 180), is_cover=True)
    assert (shown, size) == (title, 24)
    assert title_of(title, Area(828, 180))[0].endswith("…")


def test_the_foot_of_a_page_keeps_to_one_line() -> None:
    for school, foot in ((SCHOOL, "Школа пациентов: множественная миелома · "), (LONG, "… · ")):
        document = docx.Document(io.BytesIO(AGENDA_FORMATS["docx"](NO_OWN, agenda(0, school), "ru")))
        text = document.sections[0].footer.paragraphs[0].text
        assert text.endswith(foot)
        assert width(f"{text}200", 9) <= 482
