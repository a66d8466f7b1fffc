from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from schoolctl.renderers.markdown_html import markdown_html, markdown_text

ALLOWED = {
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "strong",
    "em",
    "a",
    "br",
    "hr",
    "code",
    "pre",
    "blockquote",
}


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a\nb\n\nc", "a b\n\nc"),
        ("### Head\n\na **b** *c*", "Head\n\na b c"),
        ("a:\n\n- b\n- c\n\nd", "a:\n\n- b\n- c\n\nd"),
        ("- a\n\n  b\n  - c\n1. d", "- a\n  b\n  - c\n\n- d"),
        ("- **Link:** <https://x.example/a?b=%20&c_d>", "- Link: https://x.example/a?b=%20&c_d"),
        ("<a@x.example>", "a@x.example"),
        ("[+7 700 000-00](https://wa.me/770000000)", "+7 700 000-00"),
        ("[our page](https://x.example)", "our page: https://x.example"),
        (
            "[x](javascript:alert(1)) ![p](https://x.example/p.png)",
            "[x](javascript:alert(1)) !p: https://x.example/p.png",
        ),
        ("    code\n\na", "code\n\na"),
        ("&#61;&lt;b&gt; \\* <b>", "=<b> * <b>"),
        ("", ""),
    ],
)
def test_plain_words_of_markdown(markdown: str, text: str) -> None:
    assert markdown_text(markdown) == text


def test_html_has_styles_on_its_tags_and_links_as_they_were_copied() -> None:
    made = markdown_html("a <https://X.example/%20?a=1&b=2>", {"p": "margin:0", "a": "color:red"})
    assert made == (
        '<p style="margin:0">a <a href="https://X.example/%20?a=1&amp;b=2" style="color:red">'
        "https://X.example/%20?a=1&amp;b=2</a></p>\n"
    )


@given(st.text(alphabet="<>&\"'`*_[]()!#-=:/ \nabchtps.123", max_size=120))
def test_nothing_active_comes_of_any_text(markdown: str) -> None:
    page = html.fromstring(f"<div>{markdown_html(markdown)}</div>")
    for element in page.iter():
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href", "title", "start", "class"}
        assert element.get("href", "https://").startswith(("https://", "mailto:", "tel:"))
