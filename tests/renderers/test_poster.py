"""The words and the code of a poster, its faults, and that strangers' texts are nothing but texts."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from schoolctl.domain.school import Meeting, Organizer, Speaker
from schoolctl.errors import FileProblemsError, MissingTranslationError, SchoolctlError
from schoolctl.renderers.poster import POSTER_SHAPES, Poster, PosterShape, poster_inputs, qr_squares, render_poster
from schoolctl.renderers.typesetting import typefaces
from schoolctl.resources import shipped_templates

from .posters import ALMATY, LANGUAGES, MEETING, poster, speakers

NO_OWN = Path("no-own-templates")


def given_to_the_layout(shown: Poster, language: str = "ru") -> dict[str, Any]:
    data: dict[str, Any] = json.loads(poster_inputs(NO_OWN, shown, language, "square")["poster"])
    return data


def squares_of(address: str) -> list[str]:
    return ["".join(map(str, row)) for row in segno.make(address, error="l", micro=False).matrix]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "kk",
            {
                "title": "Пациент мектебі",
                "organizer": "Гематология орталығы",
                "topic": "Көптік миелома",
                "status": "",
                "reason": "",
                "label": "",
                "day": "10 желтоқсан",
                "time": "18:30 – 21:15",
                "zone": "(Алматы уақыты)",
                "place": "Онлайн\nСілтемені кейінірек жариялаймыз",
                "speakers": "Баяндамашы",
                "ask": "Дәрігерлерге сұрақ қою үшін\nсоңғы мерзімі: 8 желтоқсан, 18:00",
                "contacts": "patient@hemcenter.kz\nWhatsApp +7 777 079 3165",
                "code": "WhatsApp арқылы жазу үшін телефон камерасын осы кодқа бағыттаңыз",
                "meeting": "",
                "people": [["Айгерім Үлгібаева", "гематолог дәрігер"]],
            },
        ),
        (
            "ru",
            {
                "title": "Школа пациентов",
                "organizer": "Центр гематологии",
                "topic": "Множественная миелома",
                "day": "10 декабря",
                "time": "18:30 — 21:15",
                "zone": "(время Алматы)",
                "place": "Онлайн\nСсылку опубликуем позже",
                "speakers": "Спикер",
                "ask": "Вопросы врачам\nпринимаем до 8 декабря, 18:00",
                "code": "Наведите камеру телефона, чтобы написать нам в WhatsApp",
                "people": [["Айгерім Үлгібаева", "врач-гематолог"]],
            },
        ),
        (
            "en",
            {
                "title": "Patient School",
                "organizer": "The Hematology Center",
                "topic": "Multiple myeloma",
                "day": "December 10",
                "time": "18:30 – 21:15",
                "zone": "(Almaty time)",
                "place": "Online\nThe link will be published later",
                "speakers": "Speaker",
                "ask": "Questions for the doctors\nuntil December 8, 18:00",
                "code": "Point your phone’s camera here to write to us on WhatsApp",
                "people": [["Айгерім Үлгібаева", "hematologist"]],
            },
        ),
    ],
)
def test_words_of_a_planned_school(language: str, words: dict[str, object]) -> None:
    data = given_to_the_layout(poster(speakers=speakers(1)), language)
    assert {key: data[key] for key in words} == words
    assert data["squares"] == squares_of("https://wa.me/77770793165")


def test_with_a_link_the_code_joins_and_the_meeting_is_named() -> None:
    data = given_to_the_layout(poster(meeting=MEETING))
    assert data["squares"] == squares_of(MEETING.url)
    assert data["code"] == "Наведите камеру телефона, чтобы подключиться к встрече"
    assert data["meeting"] == "Идентификатор конференции: 812 3456 7890\nКод доступа: 123456"
    assert data["place"] == "Онлайн"


@pytest.mark.parametrize(
    ("language", "status", "reason", "label"),
    [
        ("kk", "Кездесу басқа уақытқа ауыстырылды", "бұрынғы уақыты: 3 желтоқсан, 17:00", "Жаңа күні"),
        ("ru", "Встреча перенесена", "прежнее время: 3 декабря, 17:00", "Новая дата"),
        ("en", "This meeting has moved", "previous time: December 3, 17:00", "New date"),
    ],
)
def test_a_moved_school_names_both_dates(language: str, status: str, reason: str, label: str) -> None:
    moved = poster(moved_from=datetime(2026, 12, 3, 17, tzinfo=ALMATY))
    data = given_to_the_layout(moved, language)
    assert (data["status"], data["reason"], data["label"]) == (status, reason, label)


def test_a_school_moved_within_its_day_has_a_new_hour() -> None:
    assert given_to_the_layout(poster(moved_from=datetime(2026, 12, 10, 17, tzinfo=ALMATY)))["label"] == "Новое время"


@pytest.mark.parametrize(
    ("language", "status", "reason", "ask"),
    [
        ("kk", "Кездесу өтпейді", "дәрігер ауырып қалды", "Сұрағыңыз бар ма?\nБізге жазыңыз"),
        ("ru", "Встреча отменена", "болезнь врача", "Есть вопросы?\nНапишите нам"),
        ("en", "This meeting is cancelled", "the doctor is ill", "Any questions?\nWrite to us"),
    ],
)
def test_a_cancelled_school_invites_nobody(language: str, status: str, reason: str, ask: str) -> None:
    why = {"kk": "дәрігер ауырып қалды", "ru": "болезнь врача", "en": "the doctor is ill"}
    off = poster(is_cancelled=True, cancel_reason=why, meeting=MEETING, speakers=speakers(2))
    data = given_to_the_layout(off, language)
    assert (data["status"], data["reason"], data["ask"]) == (status, reason, ask)
    assert (data["place"], data["speakers"], data["meeting"], data["cancelled"]) == ("", "", "", True)
    # The link of a meeting that does not take place is not given away.
    assert data["squares"] == squares_of("https://wa.me/77770793165")


@pytest.mark.parametrize(
    ("mode", "place"),
    [("hybrid", "Очно и онлайн: г. Алматы\nСсылку опубликуем позже"), ("onsite", "Очно: г. Алматы")],
)
def test_who_comes_is_told_where(mode: str, place: str) -> None:
    venue = {"kk": "Алматы қ.", "ru": "г. Алматы", "en": "Almaty"}
    assert given_to_the_layout(poster(mode=mode, venue=venue))["place"] == place


def test_a_deadline_that_has_passed_is_left_out() -> None:
    late = replace(poster(), published=datetime(2026, 12, 9, 12, tzinfo=ALMATY))
    assert given_to_the_layout(late)["ask"] == "Вопросы врачам"


def test_only_so_many_speakers_can_ever_be_shown() -> None:
    data = given_to_the_layout(poster(speakers=speakers(14)))
    assert (len(data["people"]), data["has_more"], data["others"]) == (12, True, "и другие")


@pytest.mark.parametrize(
    ("topic", "heading"),
    [("анемия", "Анемия"), ("mRNA vaccines", "mRNA vaccines"), ("иммунитет", "Иммунитет"), ("5", "5")],
)
def test_a_topic_that_stands_alone_begins_with_a_capital(topic: str, heading: str) -> None:
    assert given_to_the_layout(poster(topic=dict.fromkeys(LANGUAGES, topic)))["topic"] == heading


HOSTILE = '#import "@preview/x:1.0.0" #panic("x") $x^2$ \\ `raw` *b* <area> @r // /* {{ 7*7 }} {% raw %} "; \\u{41}'


def test_signs_of_typesetting_are_text() -> None:
    hostile = poster(topic=dict.fromkeys(LANGUAGES, HOSTILE), speakers=(Speaker(HOSTILE, HOSTILE),))
    data = given_to_the_layout(hostile)
    assert (data["topic"], data["people"]) == (HOSTILE, [[HOSTILE, HOSTILE]])
    assert len(render_poster(NO_OWN, hostile, "ru", "square")) > 10_000


def test_invisible_and_turning_signs_are_dropped() -> None:
    data = given_to_the_layout(poster(topic=dict.fromkeys(LANGUAGES, "а\u202eб\u2066в\u200b г\n\tд\x00")))
    assert data["topic"] == "Абв г д"


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=200), st.sampled_from(POSTER_SHAPES))
def test_any_text_makes_a_poster(text: str, shape: PosterShape) -> None:
    shown = poster(
        topic=dict.fromkeys(LANGUAGES, text), speakers=(Speaker(text, text),), venue=dict.fromkeys(LANGUAGES, text)
    )
    assert render_poster(NO_OWN, shown, "kk", shape).startswith(b"\x89PNG")


@pytest.mark.parametrize(("shape", "size"), [("square", (1080, 1080)), ("banner", (1500, 700))])
def test_the_same_poster_gives_the_same_bytes(shape: PosterShape, size: tuple[int, int]) -> None:
    first, second = (render_poster(NO_OWN, poster(speakers=speakers(3)), "kk", shape) for _ in range(2))
    assert first == second
    assert Image.open(io.BytesIO(first)).size == size


def test_own_words_and_own_layout_win(tmp_path: Path) -> None:
    folder = tmp_path / "poster"
    folder.mkdir()
    words = (shipped_templates() / "poster" / "poster.ru.txt").read_text("utf-8")
    (folder / "poster.ru.txt").write_text(words.replace("Школа пациентов{%", "Наша Школа{%"), "utf-8")
    (folder / "poster.typ").write_text("#set page(width: 40pt, height: 30pt)\n", "utf-8")
    assert json.loads(poster_inputs(tmp_path, poster(), "ru", "square")["poster"])["title"] == "Наша Школа"
    assert Image.open(io.BytesIO(render_poster(tmp_path, poster(), "ru", "square"))).size == (40, 30)


@pytest.mark.parametrize(
    ("layout", "problem"),
    [
        (b"#let a = 1\n#foo", "templates/poster/poster.typ:2: unknown variable: foo. Write it again"),
        (b'#let a = 1\n\n#image("../secret.png")', "templates/poster/poster.typ:3: "),
        (b"#pagebreak()", "templates/poster/poster.typ: the layout must make exactly one page. Write it again"),
        (b"\xff\xfe", "templates/poster/poster.typ: "),
    ],
)
def test_a_broken_layout_is_told_with_its_line(tmp_path: Path, layout: bytes, problem: str) -> None:
    (tmp_path / "poster").mkdir()
    (tmp_path / "secret.png").write_bytes(b"")
    (tmp_path / "poster" / "poster.typ").write_bytes(layout)
    with pytest.raises(FileProblemsError) as caught:
        render_poster(tmp_path, poster(), "ru", "square")
    assert str(caught.value).startswith(problem)


def test_a_missing_block_is_told(tmp_path: Path) -> None:
    (tmp_path / "poster").mkdir()
    (tmp_path / "poster" / "poster.ru.txt").write_text("{% block title %}{% endblock %}", "utf-8")
    with pytest.raises(FileProblemsError, match=r'templates/poster/poster.ru.txt:1: the block "organizer" is missing'):
        render_poster(tmp_path, poster(), "ru", "square")


def fill_in_the_organizer() -> Poster:
    return replace(poster(), organizer=Organizer({"ru": "Центр"}, None, None))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (
            lambda: poster(topic=dict.fromkeys(LANGUAGES, "щ" * 501)),
            SchoolctlError,
            "a text of 501 letters is too long",
        ),
        (lambda: poster(topic={"ru": "анемия"}), MissingTranslationError, 'topic has no text in "kk"'),
        (fill_in_the_organizer, SchoolctlError, "organizer.email in sessions.toml is still to be filled in"),
        (lambda: poster(meeting=Meeting("https://a.kz/" + "x" * 846)), SchoolctlError, "a link of 859 characters"),
    ],
)
def test_what_no_poster_can_show(make: Callable[[], Poster], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        render_poster(NO_OWN, make(), "kk", "square")


@pytest.mark.parametrize("package", ["typst", "segno"])
def test_without_its_packages_the_way_to_install_them_is_told(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SchoolctlError, match=r'posters need .* pip install "schoolctl\[print\]"'):
        render_poster(NO_OWN, poster(), "ru", "square")


def test_the_longest_link_still_makes_a_code() -> None:
    assert len(qr_squares("https://a.kz/" + "x" * 845)) == 97


def test_only_the_shipped_fonts_are_known() -> None:
    assert [(font.family, font.weight) for font in typefaces().fonts()] in (
        [("Noto Sans", 400), ("Noto Sans", 700)],
        [("Noto Sans", 700), ("Noto Sans", 400)],
    )
