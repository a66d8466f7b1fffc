"""Announcing: facts of the schedule -> a text in each language, for the channel where it is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from schoolctl.domain.announcement import Kind, check_kind, languages_of
from schoolctl.domain.local_time import parse_moment
from schoolctl.domain.school import Schedule, School
from schoolctl.errors import SchoolctlError
from schoolctl.renderers.site_post import Post, earlier_post, post_folder, publication_of, render_post
from schoolctl.services import clock
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.workspace import Workspace

Channel = Literal["site"]


@dataclass(frozen=True, slots=True)
class AnnouncementOrder:
    """What is to be announced: schools, why, in which language (or `all`), where, and when it is published.

    `publish_at` is as typed (None: now); `news_dir` is the news folder in a checkout of the site.
    """

    school_ids: Sequence[str]
    kind: Kind
    language: str = "all"
    channel: Channel = "site"
    publish_at: str | None = None
    news_dir: Path | None = None


def announce(workspace: Workspace, order: AnnouncementOrder, destination: Destination) -> Documents:
    """One announcement about one or several schools, a text for each language."""
    schedule = workspace.schedule()
    wanted = (schedule.school(school_id) for school_id in dict.fromkeys(order.school_ids))
    schools = sorted(wanted, key=lambda school: school.starts)
    files, published = _CHANNELS[order.channel](workspace, schedule, schools, order, destination)
    destination.check(files)
    return destination.deliver(files, _past_schools(schools, published))


_Texts = tuple[Mapping[Path, bytes], datetime]


def _site_pages(
    workspace: Workspace,
    schedule: Schedule,
    schools: Sequence[School],
    order: AnnouncementOrder,
    destination: Destination,
) -> _Texts:
    """A page folder of the site, with a page for each language."""
    target = order.news_dir or destination.folder_for(workspace, schools[0])
    existing = sorted(folder.name for folder in target.iterdir()) if target.is_dir() else []
    earlier = earlier_post(existing, order.kind, schools)
    published = _publication(schedule, target / earlier if earlier else None, order.publish_at)
    check_kind(order.kind, schools, published)
    folder = target / post_folder(existing, order.kind, schools, published)
    post = Post(order.kind, schedule.organizer, schools, published)
    pages = {
        folder / f"item.{language}.md": render_post(workspace.templates, post, language).encode()
        for language in languages_of(schedule, order.language)
    }
    return pages, published


# A new channel is a function that gives its files, and one line here.
_CHANNELS: Mapping[
    Channel, Callable[[Workspace, Schedule, Sequence[School], AnnouncementOrder, Destination], _Texts]
] = {"site": _site_pages}


def _publication(schedule: Schedule, earlier: Path | None, publish_at: str | None) -> datetime:
    """The moment of publication: as told, else as the post that is there already says, else now."""
    before = _publication_before(earlier)
    if publish_at is None:
        # An issued text keeps its moment: made anew it is the same text, not one of another day.
        now = clock.now().astimezone(schedule.zone).replace(second=0, microsecond=0)
        return before.replace(tzinfo=schedule.zone) if before else now
    told = parse_moment(publish_at, schedule.zone)
    if before and told.date() != before.date():
        # The folder's name holds the day; a second folder would list the post twice under one address.
        message = (
            f"this post is there already, for {before:%Y-%m-%d}: {earlier}. "
            "Leave --publish-at out to keep its day, or remove that folder first"
        )
        raise SchoolctlError(message)
    return told


def _publication_before(earlier: Path | None) -> datetime | None:
    pages = sorted(earlier.glob("item.*.md")) if earlier else []
    return publication_of(pages[0].read_text("utf-8")) if pages else None


def _past_schools(schools: Sequence[School], published: datetime) -> list[str]:
    return [f"school {school.id} is over on the day of publication" for school in schools if school.ends <= published]
