"""Announcements as pages of the Center's Grav site: front matter, a summary, the mark `===`, the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from schoolctl.domain.announcement import Kind
from schoolctl.domain.school import School, common_slug
from schoolctl.renderers.announcement import Announcement, Wording
from schoolctl.renderers.markdown_html import markdown_text
from schoolctl.renderers.markup import title_text

_FOLDER = re.compile(r"(?P<number>\d{2,3})\.(?P<day>\d{4}-\d\d-\d\d)-(?P<slug>[a-z0-9-]+)")
_PUBLISHED = re.compile(r"^publish_date: '(\d\d-\d\d-\d{4} \d\d:\d\d)'$", re.MULTILINE)
_GRAV_MOMENT = "%d-%m-%Y %H:%M"
_PICTURE_SIGNS = str.maketrans({"[": "(", "]": ")", '"': "'", "\\": "/", "`": "'"})


class Post(NamedTuple):
    """A post's words in one language: a plain `title`, a `summary` of one line and a `body` in Markdown."""

    title: str
    summary: str
    body: str


def post_words(own_templates: Path, announcement: Announcement, language: str) -> Post:
    """The words of a post, which say everything that they have to."""
    wording = Wording(own_templates, announcement, language)
    blocks = wording.blocks({"title": "plain", "summary": "markdown", "body": "markdown"})
    post = Post(title_text(blocks["title"]), " ".join(blocks["summary"].split()), blocks["body"])
    wording.check("\n\n".join((post.title, markdown_text(post.summary), markdown_text(post.body))))
    return post


def render_post(own_templates: Path, announcement: Announcement, language: str, posters: Sequence[str] = ()) -> str:
    """The page `item.LANG.md` of a post; `posters` are the names of the pictures that lie beside it.

    The key `published` is left out on purpose: with it Grav ignores `publish_date` and shows the post at once.
    """
    post = post_words(own_templates, announcement, language)
    moment = announcement.published.strftime(_GRAV_MOMENT)
    keys = {
        "title": _Quoted(post.title),
        "date": _Quoted(moment),
        "publish_date": _Quoted(moment),
        "hide_page_title": False,
        "show_sidebar": True,
        "hide_git_sync_repo_link": False,
        "hide_from_post_list": False,
        "continue_link": True,
    }
    # The theme would crop the first picture to a meaningless strip.
    keys |= {"header_image": False} if posters else {}
    pictures = "".join(f"{_picture(post.title, name)}\n\n" for name in posters)
    return f"---\n{_front_matter(keys)}---\n\n{post.summary}\n\n===\n\n{pictures}{post.body}\n"


def _picture(title: str, name: str) -> str:
    # The site takes the words of a picture as they are: none of them can be escaped, only replaced.
    words = title.translate(_PICTURE_SIGNS)
    return f'![{words}]({name} "{words}")'


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
