"""The page of a preview, parsed as a browser would."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from schoolctl.domain.announcement import KINDS, Kind
from schoolctl.domain.checklist import Step
from schoolctl.domain.invite import Method, Revision
from schoolctl.domain.school import Meeting, School
from schoolctl.errors import FileProblemsError
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.calendar_entry import CalendarEntry, before_start, read_entry
from schoolctl.renderers.invite import InviteRequest, render_invite
from schoolctl.renderers.mail import render_mail
from schoolctl.renderers.message_html import message_html
from schoolctl.renderers.messages import render_message
from schoolctl.renderers.preview import KindPreview, Made, Preview, Row, Sample
from schoolctl.renderers.preview_html import NO_DIGEST, render_preview
from schoolctl.renderers.site_post import post_words, render_post

from .posters import LANGUAGES, ORGANIZER, PUBLISHED, poster

NO_TEMPLATES = Path("/nowhere")
URL = "https://zoom.example.org/j/12345678901?pwd=a_b&x=1"
HOSTILE = (
    "<script>alert(1)</script> </style></title><img src=x onerror=alert(1)> <a href='https://evil.example'>a</a> "
    "[b](https://evil.example) ![c](https://evil.example/c.png) https://evil.example www.evil.example *d* _e_ `f` "
    '{{ 7*7 }} {% raw %} " onclick="alert(1) &amp; «'
)
PIXEL = b"\x89PNG\r\n\x1a\n"


def school(**values: object) -> School:
    return poster(**({"meeting": Meeting(URL, "123 4567 8901", "246_8*10")} | values)).school


def preview(about: School, kinds: tuple[Kind, ...] = ("call", "invitation"), **values: object) -> Preview:
    shown = [_kind(about, kind) for kind in kinds]
    documents = [
        _row("calendar", lambda language: _entry(about, language)),
        _row("square", lambda _: PIXEL),
        _row("banner", lambda _: PIXEL),
    ]
    plain = Preview(about, LANGUAGES, PUBLISHED, (), (), shown, documents, has_posters=True)
    return replace(plain, **values)  # type: ignore[arg-type]


def _kind(about: School, kind: Kind) -> KindPreview:
    found = {"move": replace(about, moved_from=about.starts - timedelta(days=7))}
    found |= {"cancellation": replace(about, is_cancelled=True)}
    published = about.ends if kind == "recap" else PUBLISHED
    announcement = Announcement(kind, ORGANIZER, [found.get(kind, about)], published)
    makers: dict[str, Callable[..., Made]] = {
        "site": post_words,
        "whatsapp": partial(render_message, messenger="whatsapp"),
        "telegram": partial(render_message, messenger="telegram"),
        "email": render_mail,
    }
    rows = [_row(what, partial(make, NO_TEMPLATES, announcement)) for what, make in makers.items()]
    return KindPreview(kind, published, rows)


def _row(what: str, make: Callable[[str], Made]) -> Row:
    return Row(what, [Sample(language, make(language)) for language in LANGUAGES])


def _entry(about: School, language: str, method: Method = "PUBLISH") -> CalendarEntry:
    request = InviteRequest(about, ORGANIZER, Revision(0, PUBLISHED, ""), language, method)
    return read_entry(render_invite(NO_TEMPLATES, request), about.zone)


def page(shown: Preview) -> html.HtmlElement:
    return html.document_fromstring(
        render_preview(NO_TEMPLATES, shown).encode(), parser=html.HTMLParser(encoding="utf-8")
    )


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def assert_harmless(tree: html.HtmlElement) -> None:
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    # Before the policy nothing may be read that it is to rule.
    assert [one.tag for one in tree.xpath("//head/*")][:2] == ["meta", "meta"]
    assert {one.tag for one in tree.iter() if isinstance(one.tag, str)} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "article"),
        *("div", "p", "span", "h1", "h2", "h3", "h4", "small", "a", "b", "i", "s", "code", "pre", "br", "ul", "ol"),
        *("li", "strong", "em", "img", "details", "summary"),
    }
    names = {name for one in tree.iter() for name in one.keys()}  # noqa: SIM118 - an element is no mapping
    assert names <= {
        *("alt", "aria-hidden", "aria-label", "charset", "class", "content", "data-what", "href", "http-equiv", "id"),
        *("lang", "name", "open", "src", "style", "title"),
    }
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert all(source.startswith("data:image/png;base64,") for source in tree.xpath("//@src"))
    styles = [*tree.xpath("//@style"), *tree.xpath("//style/text()")]
    assert not [style for style in styles if "url(" in style or "@import" in style]


def test_the_page_needs_nothing_and_leads_nowhere() -> None:
    assert_harmless(page(preview(school(), KINDS)))


def test_every_kind_channel_and_language_is_there() -> None:
    tree = page(preview(school(), KINDS))
    assert tree.xpath("//details[contains(@class, 'kind')]/@id") == list(KINDS)
    for kind in KINDS:
        cells = tree.xpath(f"//*[@id='{kind}']//section")
        assert [(cell.get("data-what"), cell.get("lang")) for cell in cells] == [
            (what, language) for what in ("site", "whatsapp", "telegram", "email") for language in LANGUAGES
        ]
        assert all(len(words(cell)) > 80 for cell in cells)
    others = tree.xpath("//*[@id='calendar' or @id='posters']//section/@data-what")
    assert others == ["calendar"] * 3 + ["square"] * 3 + ["banner"] * 3
    assert len(tree.xpath("//img")) == 6
    assert {link[1:] for link in tree.xpath("//nav/a/@href")} == {*KINDS, "calendar", "posters"}
    assert {link[1:] for link in tree.xpath("//@href")} <= set(tree.xpath("//@id"))


def test_texts_look_as_their_channels_show_them() -> None:
    tree = page(preview(school(), ("invitation",)))
    site, whatsapp, telegram, email = tree.xpath("//*[@id='invitation']//section[@lang='en']")
    assert site.xpath(".//h4/text()") == ["Join the Patient School on December 10: multiple myeloma"]
    assert "When and where" in site.xpath(".//h3/text()")
    assert site.xpath(".//a[@title]/text()")[0] == URL
    assert "You are invited to the Patient School!" in whatsapp.xpath(".//b/text()")
    assert URL in whatsapp.xpath(".//*[@class='link']/text()")
    assert whatsapp.xpath(".//code/text()") == ["246_8*10"]
    assert not telegram.xpath(".//b")
    assert re.search(r"\d+ of 4096 signs", words(telegram))
    assert email.xpath(".//*[@class='subject']/text()") == ["Join the Patient School on December 10: multiple myeloma"]
    (plain,) = email.xpath(".//details/pre")
    assert "\n\nDear" in plain.text_content() or plain.text_content().startswith("Dear")


def test_a_calendar_entry_is_what_the_file_says() -> None:
    about = school(reminders=(1440, 60))
    assert before_start(timedelta(minutes=90)) == "90 minutes"
    entry = _entry(about, "ru")
    assert (entry.starts, entry.ends) == (about.starts, about.ends)
    assert [before_start(alarm) for alarm in entry.alarms] == ["1 day", "1 hour"]
    cell = page(preview(about)).xpath("//*[@id='calendar']//section[@lang='ru']")[0]
    assert cell.xpath(".//*[@class='time']/text()") == ["10 декабря 2026 года", "18:30 — 21:15 (время Алматы)"]
    assert "Reminds 1 day and 1 hour before" in words(cell)
    assert entry.title in words(cell)


def test_a_cancelled_entry_says_so() -> None:
    about = replace(school(), is_cancelled=True)
    documents = [_row("calendar", lambda language: _entry(about, language, "CANCEL"))]
    tree = page(preview(about, ("cancellation",), documents=documents))
    assert tree.xpath("//*[@class='flag']/text()") == ["Cancelled"] * 3
    assert not tree.xpath("//*[@class='alarms']")
    assert words(tree.xpath("//header//*[contains(@class, 'status')]")[0]) == "cancelled"


def test_a_stranger_s_words_stay_words() -> None:
    about = school(topic=dict.fromkeys(LANGUAGES, HOSTILE), venue=dict.fromkeys(LANGUAGES, HOSTILE), mode="hybrid")
    fault = Sample("ru", None, (HOSTILE,))
    shown = preview(
        about,
        KINDS,
        steps=[Step("translations", "missing", HOSTILE, HOSTILE)],
        faults=[HOSTILE],
    )
    shown.kinds[0].rows[0].samples[1:2] = [fault]  # type: ignore[index]
    tree = page(shown)
    assert_harmless(tree)
    assert "<script>alert(1)</script>" in words(tree.xpath("//header")[0])
    assert not [link for link in tree.xpath("//a/@title") if "evil" in link]
    # Calendars make links of whatever looks like one; messages hold nothing that does.
    links = tree.xpath("//*[contains(@class, 'bubble')]//*[@class='link']/text()")
    assert links
    assert not [link for link in links if "evil" in link]


def test_what_is_wrong_and_what_is_to_do_stand_on_top() -> None:
    steps = [Step("link", "due", "not yet", "schoolctl school link X --url https://…")]
    shown = preview(school(), steps=steps, faults=["sessions.toml:3: wrong"])
    tree = page(shown)
    assert words(tree.xpath("//*[@id='problems']")[0]) == "Could not be made sessions.toml:3: wrong"
    assert (
        words(tree.xpath("//*[@id='steps']")[0]) == "Still to do link: not yetschoolctl school link X --url https://…"
    )
    quiet = words(page(preview(school())).xpath("//main/div")[0])
    assert quiet == "Nothing is missing, and nothing is due today."


def test_an_announcement_that_would_not_be_true_has_its_reason_in_its_place() -> None:
    shown = replace(preview(school(), ()), kinds=[KindPreview("link", PUBLISHED, (), ("no link yet",))])
    assert shown.problems == ["no link yet"]
    assert "no link yet" in words(page(shown).xpath("//*[@id='link']")[0])


def test_without_posters_it_says_how_to_get_them() -> None:
    shown = preview(school(), documents=[], has_posters=False)
    assert 'pip install "schoolctl[print]"' in words(page(shown).xpath("//*[@id='posters']")[0])


def test_a_place_for_the_digest_comes_before_anything_of_a_stranger() -> None:
    text = render_preview(NO_TEMPLATES, preview(school(topic=dict.fromkeys(LANGUAGES, NO_DIGEST))))
    assert text.index(f'<meta name="digest" content="{NO_DIGEST}">') == text.index(NO_DIGEST) - len(
        '<meta name="digest" content="'
    )


def test_a_broken_page_names_its_file_and_line(tmp_path: Path) -> None:
    own = tmp_path / "preview" / "row.html"
    own.parent.mkdir()
    own.write_text("<p>\n{{ cell.nonsense }}", "utf-8")
    with pytest.raises(FileProblemsError, match=r"^templates/preview/row\.html:2: "):
        render_preview(tmp_path, preview(school()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* word", "<div><b>bold</b> word</div>"),
        ("*_both_*", "<div><b><i>both</i></b></div>"),
        ("~gone~ _it_", "<div><s>gone</s> <i>it</i></div>"),
        ("2 * 3 * 4", "<div>2 * 3 * 4</div>"),
        ("a*b*c snake_case_name", "<div>a*b*c snake_case_name</div>"),
        ("```a_b*c```", "<div><code>a_b*c</code></div>"),
        ("- one\n1. two", ('<div class="item"><span>•</span><span>one</span></div>\n'
                          '<div class="item"><span>1.</span><span>two</span></div>')),
        ("a\n\nb\n", '<div>a</div>\n<div class="gap"></div>\n<div>b</div>'),
        ("https://a.example/x_y_z?q=*1*.", '<div><span class="link">https://a.example/x_y_z?q=*1*</span>.</div>'),
        ("a@b.example, +7 777 079 3165", ('<div><span class="link">a@b.example</span>, '
                                         '<span class="link">+7 777 079 3165</span></div>')),
        ('<b>&"', "<div>&lt;b&gt;&amp;&quot;</div>"),
        ("*<i> & https://a.example*", '<div><b>&lt;i&gt; &amp; <span class="link">https://a.example</span></b></div>'),
    ],
)  # fmt: skip
def test_whatsapp_shows_letters_lists_and_links(text: str, shown: str) -> None:
    assert message_html(text, has_markup=True) == shown


def test_telegram_shows_pasted_signs_as_they_are() -> None:
    assert message_html("*a*\n- b https://a.example", has_markup=False) == (
        '<div>*a*</div>\n<div>- b <span class="link">https://a.example</span></div>'
    )


@given(st.text(alphabet="*_~`-. \n<>&\"'a1@:/+h#", max_size=60), st.booleans())
def test_no_message_grows_other_tags(text: str, has_markup: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    shown = message_html(text, has_markup=has_markup)
    tree = html.fragment_fromstring(shown, create_parent="main")
    assert {one.tag for one in tree.iter()} <= {"main", "div", "span", "b", "i", "s", "code"}


@pytest.mark.parametrize(
    "sign", ["*", "* ", "_a", "~", "`", "```", "https://", "a@", "a@a.", "+1 ", "*_~", "https://a"]
)
def test_hostile_messages_are_read_quickly(sign: str) -> None:
    text = sign * (20_000 // len(sign))
    begun = time.process_time()
    message_html(text, has_markup=True)
    assert time.process_time() - begun < 4


def test_a_post_shows_its_posters_right_after_the_mark() -> None:
    announcement = Announcement("call", ORGANIZER, [school(topic=dict.fromkeys(LANGUAGES, 'a "b" [c] `d`'))], PUBLISHED)
    text = render_post(NO_TEMPLATES, announcement, "en", ("poster.en.png", "poster.en.2.png"))
    head, _, body = text.partition("\n\n===\n\n")
    assert "\nheader_image: false\n" in head
    title = re.search(r"^title: '(.*)'$", head, re.MULTILINE)
    assert title
    first, second, _ = body.split("\n\n", 2)
    assert re.fullmatch(r'!\[[^\[\]"\\]+\]\(poster\.en\.png "[^"\\]+"\)', first)
    assert re.fullmatch(r'!\[[^\[\]"\\]+\]\(poster\.en\.2\.png "[^"\\]+"\)', second)
    assert "header_image" not in render_post(NO_TEMPLATES, announcement, "en")


def test_a_moment_of_another_zone_is_shown_in_the_school_s() -> None:
    about = school()
    entry = _entry(about, "en")
    assert entry.starts.astimezone(UTC) == datetime(2026, 12, 10, 13, 30, tzinfo=UTC)
    assert entry.starts.hour == 18
