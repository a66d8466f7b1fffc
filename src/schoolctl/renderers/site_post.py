"""Announcements as pages of the Center's Grav site: front matter, a summary, the mark `===`, the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from schoolctl.domain.announcement import Kind
from schoolctl.domain.school import School, common_slug
from schoolctl.renderers.announcement import Announcement, Wording
from schoolctl.renderers.markdown_html import markdown_text
from schoolctl.renderers.markup import title_text

_FOLDER = re.compile(r"(?P<number>\d{2,3})\.(?P<day>\d{4}-\d\d-\d\d)-(?P<slug>[a-z0-9-]+)")
_PUBLISHED = re.compile(r"^publish_date: '(\d\d-\d\d-\d{4} \d\d:\d\d)'$", re.MULTILINE)
_GRAV_MOMENT = "%d-%m-%Y %H:%M"


def render_post(own_templates: Path, announcement: Announcement, language: str) -> str:
    """The page `item.LANG.md` of a post.

    The key `published` is left out on purpose: with it Grav ignores `publish_date` and shows the post at once.
    """
    wording = Wording(own_templates, announcement, language)
    blocks = wording.blocks({"title": "plain", "summary": "markdown", "body": "markdown"})
    title = title_text(blocks["title"])
    summary = " ".join(blocks["summary"].split())
    wording.check("\n\n".join((title, markdown_text(summary), markdown_text(blocks["body"]))))
    moment = announcement.published.strftime(_GRAV_MOMENT)
    front_matter = _front_matter(
        {
            "title": _Quoted(title),
            "date": _Quoted(moment),
            "publish_date": _Quoted(moment),
            "hide_page_title": False,
            "show_sidebar": True,
            "hide_git_sync_repo_link": False,
            "hide_from_post_list": False,
            "continue_link": True,
        }
    )
    return f"---\n{front_matter}---\n\n{summary}\n\n===\n\n{blocks['body']}\n"


def post_folder(existing: Sequence[str], kind: Kind, schools: Sequence[School], published: datetime) -> str:
    """`NN.YYYY-MM-DD-slug` for a post, with the next free number.

    A post of the same kind about the same schools keeps its folder: a second one would list it twice.
    """
    slug = f"{kind}-{common_slug(schools)}"
    matches = [match for name in existing if (match := _FOLDER.fullmatch(name))]
    if (mine := earlier_post(existing, kind, schools)) is not None:
        return mine
    number = max((int(match["number"]) for match in matches), default=0) + 1
    return f"{number:02}.{published:%Y-%m-%d}-{slug}"


def earlier_post(existing: Sequence[str], kind: Kind, schools: Sequence[School]) -> str | None:
    """The folder of a post of this kind about the same schools, if there is one."""
    slug = f"{kind}-{common_slug(schools)}"
    return next((name for name in existing if (match := _FOLDER.fullmatch(name)) and match["slug"] == slug), None)


def publication_of(page: str) -> datetime | None:
    """The naive moment in a page's `publish_date`, or None when it has none that can be read."""
    match = _PUBLISHED.search(page)
    return datetime.strptime(match[1], _GRAV_MOMENT) if match else None  # noqa: DTZ007 - the zone is the site's


class _Quoted(str):
    """A text that the front matter shows in single quotes, as all posts of the site do."""

    __slots__ = ()


def _front_matter(values: dict[str, Any]) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def quoted(dumper: yaml.SafeDumper, text: _Quoted) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="'")

    Dumper.add_representer(_Quoted, quoted)
    # An endless line: a folded title would still be YAML, but no organiser would recognise it.
    return yaml.dump(values, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=float("inf"))
