"""The preview as one HTML page: no script, nothing from elsewhere, no link that leads anywhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import School
from schoolctl.renderers.calendar_entry import CalendarEntry, before_start
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.mail import Mail
from schoolctl.renderers.markdown_html import markdown_html
from schoolctl.renderers.markup import Safe
from schoolctl.renderers.message_html import message_html
from schoolctl.renderers.preview import KindPreview, Made, Preview, Row, Sample
from schoolctl.renderers.site_post import Post

# Stands in the page where its digest goes.
NO_DIGEST = "0" * 64
_FINGERPRINT = re.compile(rb'<meta name="fingerprint" content="([0-9a-f]{32}) ([a-z ]+)">')
_TEMPLATE = "preview/preview.html"


def render_preview(own_templates: Path, preview: Preview) -> str:
    """The page; in the place of its digest stands NO_DIGEST."""
    facts = {
        "school": _school(preview.school, preview.languages),
        "status": preview.school.status(preview.made),
        "made": _moment(preview.made),
        "digest": NO_DIGEST,
        "fingerprint": f"{preview.fingerprint} {' '.join(preview.languages)}",
        "problems": preview.problems,
        "steps": [{"name": step.name, "detail": step.detail, "command": step.command} for step in preview.steps],
        "kinds": [_kind(kind) for kind in preview.kinds],
        "documents": [_row(row, preview.made) for row in preview.documents],
        "has_posters": preview.has_posters,
    }
    return render_blocks(own_templates, _TEMPLATE, {"document": "html"}, facts)["document"] + "\n"


def fingerprint_in(page: bytes) -> tuple[str, list[str]] | None:
    """The fingerprint of what a page shows and its languages; None for a page without one."""
    found = _FINGERPRINT.search(page)
    return (found[1].decode("ascii"), found[2].decode("ascii").split()) if found else None


def _school(school: School, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "id": school.id,
        "topics": [(code, school.topic[code]) for code in languages if school.topic.get(code)],
        "starts": _moment(school.starts),
        "ends": f"{school.ends:%H:%M}",
        "zone": str(school.zone),
        "mode": school.mode,
    }


def _kind(kind: KindPreview) -> dict[str, Any]:
    return {
        "name": kind.kind,
        "published": _moment(kind.published),
        "faults": kind.faults,
        "rows": [_row(row, kind.published) for row in kind.rows],
    }


def _row(row: Row, published: datetime) -> dict[str, Any]:
    return {"what": row.what, "cells": [_cell(row.what, sample, published) for sample in row.samples]}


def _cell(what: str, sample: Sample, published: datetime) -> dict[str, Any]:
    rules = LANGUAGES[sample.language]
    cell: dict[str, Any] = {"language": sample.language, "name": rules.name, "faults": sample.faults, "view": None}
    if sample.made is not None:
        view = _view(what, sample.made, sample.language)
        cell["view"] = view | {"day": rules.date(published.date()), "hour": rules.hour(published)}
    return cell


def _view(what: str, made: Made, language: str) -> dict[str, Any]:
    """What the template shows of one thing, its HTML ready."""
    match made:
        case Post(title, summary, body):
            return {"title": title, "summary": _inert(markdown_html(summary)), "body": _inert(markdown_html(body))}
        case Mail(subject, text, page):
            return {"subject": subject, "body": _inert(_body_of(page)), "text": Safe(escape(text))}
        case CalendarEntry():
            return _entry(made, language)
        case bytes():
            return {"picture": Safe(f"data:image/png;base64,{b64encode(made).decode()}")}
        case str():
            length = len(made.strip().encode("utf-16-le")) // 2
            return {"lines": message_html(made, has_markup=what == "whatsapp"), "length": length}


def _entry(entry: CalendarEntry, language: str) -> dict[str, Any]:
    rules = LANGUAGES[language]
    return {
        "title": entry.title,
        "date": rules.date(entry.starts.date()),
        "number": entry.starts.day,
        "span": rules.span(entry.starts, entry.ends),
        "zone": rules.zone(entry.starts),
        "place": message_html(entry.place, has_markup=False) if entry.place else "",
        "description": message_html(entry.description, has_markup=False),
        "alarms": [before_start(alarm) for alarm in entry.alarms],
        "cancelled": entry.is_cancelled,
    }


def _body_of(page: str) -> str:
    """What stands between the body's tags of a page of ours."""
    return page.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]


def _inert(html: str) -> Safe:
    # Of strangers' words no tag ever comes: each one here is ours. Where a link would lead shows when it is pointed at.
    return Safe(html.replace("<a href=", "<a title="))


def _moment(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y, %H:%M}"
