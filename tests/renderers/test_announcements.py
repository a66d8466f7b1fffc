"""Whatever a schedule says, each announcement keeps its form, says what it has to, and nothing in it comes alive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from schoolctl.domain.announcement import KINDS, Kind
from schoolctl.domain.recap import Recap
from schoolctl.domain.school import Meeting, Organizer, School, Speaker
from schoolctl.errors import FileProblemsError, MissingTranslationError
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.mail import render_mail
from schoolctl.renderers.messages import render_message
from schoolctl.renderers.site_post import render_post

ALMATY = ZoneInfo("Asia/Almaty")
LANGUAGES = ("kk", "ru", "en")
NO_TEMPLATES = Path("/nowhere")
URL = "https://zoom.example.org/j/12345678901?pwd=a_b-c.1&x=%20"
RECORDING = "https://video.example.org/watch/1"
ORGANIZER = Organizer(
    {"kk": "Орталық", "ru": "Центр «Пример»", "en": "The Center"}, "school@example.kz", "+7 (700) 000-00-65"
)
KEYS = [
    *("title", "date", "publish_date", "hide_page_title", "show_sidebar", "hide_git_sync_repo_link"),
    *("hide_from_post_list", "continue_link"),
]
HOSTILE = [
    'it\'s "quoted": a # b',
    "{{ 7*7 }} {% raw %} {# x #}",
    "```code``` `x` ~~~",
    "слово " * 33 + "конец",
    "=== --- # heading",
    "[a](http://x.example) <b>bold</b> www.evil.example a@b.example https://x.example",
    "*bold* _it_ ~st~ ||sp|| @name #tag",
    "1. one > two - three",
    "- item",
    "> quote",
    ": colon",
    "«unpaired ’quote „x“ “y”» »",
    "[plugin:page-inject](y) [sc]text[/sc] &nbsp; &#123;",
    "\u202eevil\u200b\ufeff",
    "<script>alert(1)</script>",
    "ә" * 200,
]


def announced(kind: Kind, words: str = "анемия", **values: object) -> Announcement:
    texts = dict.fromkeys(LANGUAGES, words)
    starts = datetime(2026, 12, 17, 17, tzinfo=ALMATY)
    school = School(
        "2026-12-17-anemia",
        texts,
        starts,
        starts + timedelta(hours=1),
        mode="hybrid",
        venue=texts,
        questions_until=starts - timedelta(days=2),
        is_cancelled=kind == "cancellation",
        cancel_reason=texts,
        moved_from=starts - timedelta(days=7, hours=1),
        meeting=Meeting(URL, "123 4567 8901", "A*b_c~1"),
        speakers=(Speaker(words, words),),
        recording=RECORDING,
    )
    published = school.ends if kind == "recap" else starts - timedelta(days=5)
    following = replace(school, id="next", starts=starts + timedelta(days=7), ends=starts + timedelta(days=7, hours=1))
    recap = Recap(12, 8, ("diet", "treatment"))
    return Announcement(kind, ORGANIZER, [replace(school, **values)], published, recap, following)  # type: ignore[arg-type]


def link_of(kind: Kind) -> str:
    return {"cancellation": "", "recap": RECORDING}.get(kind, URL)


def lines_with(text: str, part: str) -> Iterator[str]:
    return (line for line in text.splitlines() if part in line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_keeps_its_form(kind: Kind, words: str, language: str) -> None:
    page = render_post(NO_TEMPLATES, announced(kind, words), language)
    _, front, body = page.split("---\n", 2)
    matter = yaml.safe_load(front)
    assert list(matter) == KEYS
    assert matter["title"] == " ".join(matter["title"].split())
    assert not re.search(r"[<>{}\u200b\u202e\ufeff]", matter["title"])
    assert [line for line in body.splitlines() if set(line) == {"="}] == ["==="]
    assert not re.search(r"\{\{|\{%|\[plugin:|<(?!https://|school@)", body)
    assert not link_of(kind) or f"<{link_of(kind)}>" in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", HOSTILE)
def test_a_message_keeps_its_form(kind: Kind, words: str, language: str) -> None:
    whatsapp = render_message(NO_TEMPLATES, announced(kind, words), language, "whatsapp")
    telegram = render_message(NO_TEMPLATES, announced(kind, words), language, "telegram")
    assert all(line == link_of(kind) for line in lines_with(whatsapp, "://"))
    assert whatsapp.count("://") == telegram.count("://") == bool(link_of(kind))
    assert not re.search(r"(?m)^#|\]\(https|\n\n\n|[ \t]$", whatsapp)
    plain = whatsapp.replace("```A*b_c~1```", "").replace(URL, "")
    assert all(line.count("*") in {0, 2} for line in plain.splitlines())
    assert not re.search(r"[_~`]", plain)
    assert not re.search(r"[*_~`]", telegram.replace("A*b_c~1", "").replace(URL, ""))
    assert len(telegram.encode("utf-16-le")) // 2 <= 4096


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", HOSTILE)
def test_a_mail_keeps_its_form(kind: Kind, words: str, language: str) -> None:
    mail = render_mail(NO_TEMPLATES, announced(kind, words), language)
    assert mail.subject == " ".join(mail.subject.split())
    page = html.document_fromstring(mail.page)
    assert page.get("lang") == language
    assert {str(element.tag) for element in page.iter()} <= {
        *("html", "head", "meta", "title", "body", "div", "h1", "h3", "p", "ul", "li", "strong", "a"),
    }
    names = {name for element in page.iter() for name in element.attrib}
    assert names <= {"lang", "charset", "name", "content", "style", "href"}
    links = [element.get("href") for element in page.iter("a")]
    allowed = {URL, RECORDING, "mailto:school@example.kz", "https://wa.me/77000000065"}
    assert set(links) <= allowed
    assert (link_of(kind) in links) is bool(link_of(kind))
    assert all(line.endswith(f": {link_of(kind)}") for line in lines_with(mail.text, "://"))
    # Both forms say the same words.
    words_of_page, words_of_text = (
        re.sub(r"\s|- ", "", form) for form in (str(page.xpath("string(//body)")), mail.text)
    )
    assert words_of_page == re.sub(r"\s|- ", "", mail.subject) + words_of_text


@settings(max_examples=60, deadline=None)
@given(
    words=st.text(min_size=1, max_size=80).filter(str.strip),
    kind=st.sampled_from(KINDS),
    language=st.sampled_from(LANGUAGES),
)
def test_no_words_break_a_text(words: str, kind: Kind, language: str) -> None:
    try:
        announcement = announced(kind, words)
        texts = [
            render_message(NO_TEMPLATES, announcement, language, messenger) for messenger in ("whatsapp", "telegram")
        ]
        mail = render_mail(NO_TEMPLATES, announcement, language)
        texts += [render_post(NO_TEMPLATES, announcement, language), mail.text, unescape(mail.page)]
    except FileProblemsError as error:
        pytest.fail(str(error))
    for text in texts:
        assert not re.search("[\u200b-\u200f\u202a-\u202e\ufeff]", text)
        assert (link_of(kind) in text) is bool(link_of(kind)) or not link_of(kind)


@pytest.mark.parametrize(
    ("language", "promise"), [("kk", "сүйеніп"), ("ru", "подготовят"), ("en", "build their talks around")]
)
def test_lectures_are_not_said_to_be_built_around_questions(language: str, promise: str) -> None:
    for values, is_promised in (({"format": "questions"}, True), ({"format": "lecture"}, False)):
        texts = [render_post(NO_TEMPLATES, announced("call", **values), language)]
        texts.append(render_message(NO_TEMPLATES, announced("call", **values), language, "whatsapp"))
        assert [promise in text for text in texts] == [is_promised] * 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["call", "invitation", "reminder", "move"])
def test_no_link_is_shown_where_none_may_be_used(kind: Kind, language: str) -> None:
    for values in ({"mode": "onsite"}, {"registration": True}):
        announcement = announced(kind, **values)
        texts = [
            render_post(NO_TEMPLATES, announcement, language),
            render_mail(NO_TEMPLATES, announcement, language).text,
        ]
        texts.append(render_message(NO_TEMPLATES, announcement, language, "telegram"))
        assert not [text for text in texts if URL in text or "123 4567 8901" in text]
    registered = announced("link", registration=True)
    assert URL in render_message(NO_TEMPLATES, registered, language, "whatsapp")


def test_a_message_too_long_for_telegram_is_refused_with_its_length() -> None:
    many = tuple(Speaker("\U0001d538" * 200) for _ in range(12))
    with pytest.raises(
        FileProblemsError, match=r"announcement/link\.ru\.md: the message is \d{4} signs long, Telegram"
    ):
        render_message(NO_TEMPLATES, announced("link", speakers=many), "ru", "telegram")
    assert len(render_message(NO_TEMPLATES, announced("link", speakers=many), "ru", "whatsapp")) < 4096


def test_a_missing_translation_is_named() -> None:
    announcement = announced("cancellation", cancel_reason={"ru": "карантин"})
    with pytest.raises(MissingTranslationError, match='cancel_reason has no text in "en"'):
        render_mail(NO_TEMPLATES, announcement, "en")


@pytest.mark.parametrize(
    ("kind", "cut", "fault"),
    [
        (
            "link",
            '{% include "announcement/school_message.ru.md" %}\n',
            "the text lacks the topic of 2026-12-17-anemia",
        ),
        ("recap", "{{ school.recording | link }}", "the text lacks the link to the recording of 2026-12-17-anemia"),
        ("move", "{{ school.moved_from.hour }}", "the text lacks the hour before the move of 2026-12-17-anemia"),
        ("cancellation", "{{ organizer.email | mail_link }}", "the text lacks the e-mail address of 2026-12-17-anemia"),
    ],
)
def test_an_edited_template_cannot_lose_a_fact(tmp_path: Path, kind: Kind, cut: str, fault: str) -> None:
    shipped = Path(__file__).parents[2] / "templates" / "announcement" / f"{kind}.ru.md"
    (tmp_path / "announcement").mkdir()
    (tmp_path / "announcement" / shipped.name).write_text(shipped.read_text("utf-8").replace(cut, ""), "utf-8")
    with pytest.raises(FileProblemsError) as caught:
        render_message(tmp_path, announced(kind), "ru", "whatsapp")
    assert str(caught.value).startswith(f"templates/announcement/{kind}.ru.md: {fault}")


def test_an_edited_template_cannot_bring_in_what_no_text_may_hold(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "templates" / "announcement" / "recap.ru.md"
    (tmp_path / "announcement").mkdir()
    spoilt = shipped.read_text("utf-8").replace("Спасибо, что были", "«Спасибо\u200b, что были")
    (tmp_path / "announcement" / "recap.ru.md").write_text(spoilt, "utf-8")
    with pytest.raises(FileProblemsError, match="it holds an invisible character; a quotation mark has no partner"):
        render_post(tmp_path, announced("recap"), "ru")


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Сегодня"), (1, "Завтра"), (2, "Скоро")], ids=["today", "tomorrow", "later"]
)
def test_today_and_tomorrow_are_said_only_when_true(days: int, words: str) -> None:
    reminder = announced("reminder")
    published = datetime(2026, 12, 17 - days, 3, tzinfo=UTC)
    text = render_message(NO_TEMPLATES, replace(reminder, published=published), "ru", "whatsapp")
    assert text.startswith(f"*{words} — Школа пациентов!*")
    assert len([word for word in ("Сегодня", "Завтра", "Скоро") if word in text]) == 1


@pytest.mark.parametrize(
    ("recap", "line"),
    [
        (Recap(1, 1, ()), "Мы получили 1 вопрос от 1 человека."),
        (Recap(22, 21, ()), "Мы получили 22 вопроса от 21 человека."),
        (
            Recap(5, 2, ("diet",)),
            "Мы получили 5 вопросов от 2 человек. Главная тема:",
        ),
    ],
)
def test_a_recap_counts_in_words_that_agree(recap: Recap, line: str) -> None:
    text = render_message(NO_TEMPLATES, replace(announced("recap"), recap=recap, next_school=None), "ru", "telegram")
    assert line in text.splitlines()
    bare = replace(announced("recap"), recap=Recap(), next_school=None)
    assert "Мы получили" not in render_message(NO_TEMPLATES, bare, "ru", "telegram")
