"""Announcements as e-mails: a subject, plain text, and an HTML page that needs nothing from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from schoolctl.renderers.announcement import Announcement, Wording
from schoolctl.renderers.markdown_html import markdown_html, markdown_text
from schoolctl.renderers.markup import escape_plain, title_text
from schoolctl.renderers.message_markup import without_links

# Inline, because mail programs drop style sheets; a long link breaks, so that a phone shows no sideways bar.
_STYLES = {
    "h3": "margin:24px 0 8px;font-size:18px;line-height:1.35",
    "p": "margin:0 0 12px",
    "ul": "margin:0 0 12px;padding-left:22px",
    "ol": "margin:0 0 12px;padding-left:22px",
    "li": "margin:0 0 6px",
    "a": "color:#0b5394;word-break:break-word",
}
_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body style="margin:0;padding:16px;background:#ffffff;color:#1f2328;font-family:Arial,Helvetica,sans-serif;\
font-size:16px;line-height:1.5">
<div style="max-width:600px;margin:0 auto;overflow-wrap:break-word">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">{title}</h1>
{body}</div>
</body>
</html>
"""


class Mail(NamedTuple):
    """An announcement as an e-mail in one language: `text` is the body alone, `page` a whole HTML document."""

    subject: str
    text: str
    page: str


def render_mail(own_templates: Path, announcement: Announcement, language: str) -> Mail:
    """The e-mail in one language; both forms are made of the same words."""
    wording = Wording(own_templates, announcement, language)
    blocks = wording.blocks({"title": "plain", "body": "mail"})
    subject = title_text(without_links(blocks["title"]))
    text = markdown_text(blocks["body"])
    wording.check(f"{subject}\n\n{text}", lambda value: without_links(escape_plain(value)))
    body = markdown_html(blocks["body"], _STYLES)
    return Mail(subject, f"{text}\n", _PAGE.format(language=language, title=html.escape(subject), body=body))


def mail_files(own_templates: Path, announcement: Announcement, language: str) -> Mapping[str, str]:
    """The e-mail by the endings of its files' names: the plain text has the subject on its first line."""
    mail = render_mail(own_templates, announcement, language)
    return {"txt": f"{mail.subject}\n\n{mail.text}", "html": mail.page}
