"""Announcing: facts of the schedule -> a text in each language, for each channel where it is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Literal

from schoolctl.domain.announcement import Kind, check_kind, kind_notes, languages_of
from schoolctl.domain.announcement_changes import told_by
from schoolctl.domain.local_time import parse_moment
from schoolctl.domain.school import Schedule, School
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.registry import CHANNEL_FILES
from schoolctl.renderers.site_post import earlier_post, post_folder, publication_of, render_post
from schoolctl.services import clock
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.posters import posters_of_post
from schoolctl.services.recaps import recap_announcement
from schoolctl.services.workspace import Workspace
from schoolctl.store.announcement_ledger import AnnouncementLedger, Written
from schoolctl.store.database import open_database

Channel = Literal["site", "whatsapp", "telegram", "email"]
CHANNELS: tuple[Channel, ...] = ("site", "whatsapp", "telegram", "email")


def channels_named(names: Sequence[str]) -> tuple[Channel, ...]:
    """The channels that `--channel` names: none is the site, `all` is every one."""
    return tuple(channel for channel in CHANNELS if channel in names or "all" in names) or ("site",)


@dataclass(frozen=True, slots=True)
class AnnouncementOrder:
    """What is to be announced: schools, why, in which language (or `all`), where, and when it is published.

    `publish_at` is as typed (None: now); `news_dir` is the news folder in a checkout of the site; `with_poster`: the
    site's post shows the poster.
    """

    school_ids: Sequence[str]
    kind: Kind
    language: str = "all"
    channels: Sequence[Channel] = ("site",)
    publish_at: str | None = None
    news_dir: Path | None = None
    with_poster: bool = False


def announce(workspace: Workspace, order: AnnouncementOrder, destination: Destination) -> Documents:
    """One announcement about one or several schools: a text for each channel and language, or none at all."""
    if order.with_poster and "site" not in order.channels:
        message = "--poster is for the site's post: add --channel site. A poster alone: schoolctl poster ID"
        raise WrongUsageError(message)
    schedule = workspace.schedule()
    wanted = (schedule.school(school_id) for school_id in dict.fromkeys(order.school_ids))
    schools = sorted(wanted, key=lambda school: school.starts)
    works = (_Work(workspace, schedule, schools, order, destination, channel) for channel in order.channels)
    files, notes = _texts_of_all(works)
    if destination.to_stdout:
        # A post and an e-mail's plain form are the ones to look at.
        files = {path: content for path, content in files.items() if path.suffix not in {".html", ".png"}}
    destination.check(files)
    documents = destination.deliver(files, notes)
    # A text that was only shown may have been a look at it.
    if not (destination.dry_run or destination.to_stdout):
        _record(workspace, order, schools, languages_of(schedule, order.language))
    return documents


def _record(
    workspace: Workspace, order: AnnouncementOrder, schools: Sequence[School], languages: Sequence[str]
) -> None:
    """Keep that this was announced, and what it told: `schoolctl status` tells what is still to do."""
    kind, now = order.kind, clock.now()
    with open_database(workspace.database_path, for_writing=True) as database, database.transaction():
        ledger = AnnouncementLedger(database)
        for school in schools:
            told = {language: told_by(kind, school, language) for language in languages}
            texts = product(order.channels, languages)
            ledger.record(school.id, (Written(kind, channel, code, told[code], now) for channel, code in texts))


@dataclass(frozen=True, slots=True)
class _Work:
    """An order with what it is about, for one channel."""

    workspace: Workspace
    schedule: Schedule
    schools: Sequence[School]
    order: AnnouncementOrder
    destination: Destination
    channel: Channel

    @property
    def languages(self) -> tuple[str, ...]:
        return languages_of(self.schedule, self.order.language)

    def announcement(self, published: datetime) -> Announcement:
        """The announcement as it is published then; refused when it would not be true."""
        return make_announcement(self.workspace, self.schedule, self.order.kind, self.schools, published)

    def posters(self, language: str, published: datetime) -> dict[str, bytes]:
        """The pictures beside the page in one language, by their names."""
        if not self.order.with_poster:
            return {}
        organizer = self.schedule.organizer
        return posters_of_post(self.workspace.templates, organizer, tuple(self.schools), language, published)


def make_announcement(
    workspace: Workspace, schedule: Schedule, kind: Kind, schools: Sequence[School], published: datetime
) -> Announcement:
    """What is announced about these schools, as it is published then; refused when it would not be true."""
    check_kind(kind, schools, published)
    if kind != "recap":
        return Announcement(kind, schedule.organizer, schools, published)
    with open_database(workspace.database_path, for_writing=False) as database:
        return recap_announcement(database, schedule, schools, published)


_Texts = tuple[Mapping[Path, bytes], datetime]


def _texts_of_all(works: Iterable[_Work]) -> tuple[dict[Path, bytes], list[str]]:
    """The texts of every channel, and what an organiser should know of them, each thing once."""
    files: dict[Path, bytes] = {}
    notes: list[str] = []
    for work in works:
        texts, published = _site_pages(work) if work.channel == "site" else _channel_texts(work)
        files |= texts
        notes += kind_notes(work.order.kind, work.schools, published)
    return files, list(dict.fromkeys(notes))


def _site_pages(work: _Work) -> _Texts:
    """A page folder of the site, with a page for each language."""
    kind, schools = work.order.kind, work.schools
    target = work.order.news_dir or work.destination.folder_for(work.workspace, schools[0])
    existing = sorted(folder.name for folder in target.iterdir()) if target.is_dir() else []
    earlier = earlier_post(existing, kind, schools)
    published = _publication(work.schedule, target / earlier if earlier else None, work.order.publish_at)
    announcement = work.announcement(published)
    folder = target / post_folder(existing, kind, schools, published)
    pages: dict[Path, bytes] = {}
    for language in work.languages:
        posters = work.posters(language, published)
        page = render_post(work.workspace.templates, announcement, language, tuple(posters))
        pages[folder / f"item.{language}.md"] = page.encode()
        pages |= {folder / name: picture for name, picture in posters.items()}
    return pages, published


def _channel_texts(work: _Work) -> _Texts:
    """The texts of a channel without folders of its own: `KIND.CHANNEL.LANG.txt`, an e-mail's page beside it."""
    published = _publication(work.schedule, None, work.order.publish_at)
    announcement = work.announcement(published)
    folder = work.destination.folder_for(work.workspace, work.schools[0])
    render = CHANNEL_FILES[work.channel]
    texts = {
        folder / f"{work.order.kind}.{work.channel}.{language}.{ending}": content.encode()
        for language in work.languages
        for ending, content in render(work.workspace.templates, announcement, language).items()
    }
    return texts, published


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
