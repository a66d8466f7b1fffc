"""The text of an HTML mail: what is shown, quoted and signed."""

from __future__ import annotations

import pytest

from schoolctl.importers.mail.html_text import html_to_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<style>p{color:red}</style><p>A&amp;B<br>C</p>", "A&B\nC"),
        ("Yes<blockquote type='cite'>quoted<br>more</blockquote>No", "Yes\n> quoted\n> more\nNo"),
        ("Yes<blockquote>indented</blockquote>", "Yes\nindented"),
        (
            (
                "<div>Yes</div><div class=gmail_quote><div class=gmail_attr>Am 12. Mai schrieb A:</div>"
                "<blockquote class=gmail_quote>q<blockquote type=cite>qq</blockquote></blockquote></div>"
            ),
            "Yes\n> Am 12. Mai schrieb A:\n> q\n> qq",
        ),
        ("Yes<blockquote style='border-left: 1px solid #0857A6'>q</blockquote>", "Yes\n> q"),
        (
            '<div>Yes</div><div>12.05.2022, 10:00, "A" &lt;a@example.kz&gt;:</div><blockquote><p>q</p></blockquote>',
            'Yes\n12.05.2022, 10:00, "A" <a@example.kz>:\n> q',
        ),
        (
            "<div>Yes</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg>Von: A</div>q",
            "Yes\n-----Original Message-----\nVon: A\nq",
        ),
        ("<div>Yes</div><div class=gmail_signature>Aigul</div>", "Yes\n--\nAigul"),
        ("<div style='display:none'>preheader</div>Yes", "Yes"),
        ("<?xml version='1.0' encoding='utf-8'?><p>Yes</p>", "Yes"),
        ("<img src='data:image/png;base64,AAAA'>Yes", "Yes"),
        ("<div>" * 400 + "<style>p</style>Deep</div>&lt;", "Deep\n<"),
        ("<blockquote type=cite>only</blockquote>", "> only"),
        ("", ""),
    ],
)
def test_html(page: str, text: str) -> None:
    assert html_to_text(page) == (text, ())


def test_many_signatures_cost_no_square() -> None:
    text, _ = html_to_text("<div class=gmail_signature>a</div>" * 5_000)
    assert text.count("--") == 5_000


def test_endless_html_is_cut() -> None:
    text, repairs = html_to_text("<p>Yes</p>" + "<b></b>" * 200_000)
    assert (text, repairs) == ("Yes", ("only the first 1,000,000 characters of the HTML were read",))
