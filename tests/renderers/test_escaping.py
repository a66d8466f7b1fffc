from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import yaml

from schoolctl.domain.school import School
from schoolctl.errors import SchoolctlError
from schoolctl.renderers.markup import (
    escape_markdown,
    escape_plain,
    link,
    mail_link,
    title_text,
    whatsapp_link,
)
from schoolctl.renderers.question_csv import COLUMNS, render_questions
from schoolctl.renderers.site_post import _front_matter, _Quoted, post_folder, publication_of


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("анемия", "анемия"),
        ("a *b* _c_ `d` [e]", "a \\*b\\* \\_c\\_ \\`d\\` \\[e\\]"),
        ("# a", "\\# a"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("> a", "&gt; a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("5 a 1. b", "5 a 1. b"),
        ("=== a", "&#61;== a"),
        (": a", "&#58; a"),
        ("| a | b", "\\| a \\| b"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("{{ x }} {% y %} ~~z~~", "&#123;&#123; x &#125;&#125; &#123;% y %&#125; &#126;&#126;z&#126;&#126;"),
        ("\\*", "\\\\\\*"),
        ("a\n\n# b\t c", "a # b c"),
        ("see HTTPS://x.example and www.x.example", "see HTTPS&#58;//x.example and www&#46;x.example"),
        (42, "42"),
    ],
)
def test_a_value_is_words_in_markdown(value: object, escaped: str) -> None:
    assert escape_markdown(value) == escaped


def test_what_is_markdown_already_stays() -> None:
    assert escape_markdown(link("https://zoom.example.org/j/1")) == "<https://zoom.example.org/j/1>"
    assert escape_markdown(mail_link("school@example.kz")) == "<school@example.kz>"
    assert escape_markdown(whatsapp_link("+7 (700) 000-00-00")) == "[+7 700 000-00-00](https://wa.me/77000000000)"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/)", "http://a.example", "https://localhost"])
def test_only_a_link_for_patients_is_made_a_link(url: str) -> None:
    with pytest.raises(SchoolctlError):
        link(url)


@pytest.mark.parametrize("address", ["x", "a@b", "a@example.kz>", "a b@example.kz"])
def test_only_an_address_is_made_a_mail_link(address: str) -> None:
    with pytest.raises(SchoolctlError):
        mail_link(address)


def test_plain_text_is_one_line() -> None:
    assert escape_plain("a\r\n b\u2028c") == "a b c"
    assert title_text("a\n<b>\t{{ c }}") == "a ‹b› (( c ))"


@pytest.mark.parametrize("title", ["it's", "x\npublished: false\n---", '"a": b # c', "  ", "&x *y", "é" * 300])
def test_front_matter_reads_back_as_it_was(title: str) -> None:
    text = _front_matter({"title": _Quoted(title), "hide_page_title": False})
    assert yaml.safe_load(text) == {"title": title, "hide_page_title": False}
    assert text.startswith("title: '")


@pytest.mark.parametrize(
    ("existing", "folder"),
    [
        ([], "01.2026-12-01-call-anemia"),
        (["07.2026-11-01-call-lymphoma", "9.x", "notes"], "08.2026-12-01-call-anemia"),
        (["99.2026-11-01-call-lymphoma"], "100.2026-12-01-call-anemia"),
        (["07.2026-11-01-call-anemia", "08.2026-11-02-call-lymphoma"], "07.2026-11-01-call-anemia"),
        (["07.2026-11-01-invitation-anemia"], "08.2026-12-01-call-anemia"),
    ],
)
def test_folders_are_numbered_on_and_a_post_keeps_its_own(existing: list[str], folder: str) -> None:
    starts = datetime(2026, 12, 10, 18, 30, tzinfo=ZoneInfo("Asia/Almaty"))
    school = School("2026-12-10-anemia", {"en": "anemia"}, starts, starts.replace(hour=20))
    assert post_folder(existing, "call", [school], starts.replace(day=1)) == folder


@pytest.mark.parametrize(
    ("page", "moment"),
    [
        ("a\npublish_date: '01-12-2026 09:30'\n", "2026-12-01T09:30:00"),
        ("publish_date: 12/01/2026\n", None),
        ("", None),
    ],
)
def test_the_moment_of_a_page_is_read_back(page: str, moment: str | None) -> None:
    found = publication_of(page)
    assert (found.isoformat() if found else None) == moment


def test_a_table_without_questions_has_a_header_no_cell_of_which_is_a_formula() -> None:
    raw = render_questions([], UTC, reveal=False)
    assert raw == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"
    assert not [name for name in COLUMNS if not name[0].isalpha()]
