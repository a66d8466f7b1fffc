"""A preview of all that patients will see of a school; a text that cannot be made is a problem, not the end."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from schoolctl.domain.announcement import KINDS, Kind, check_kind, languages_of
from schoolctl.domain.checklist import Step
from schoolctl.domain.invite import Method, Revision
from schoolctl.domain.school import Schedule, School
from schoolctl.domain.shown_facts import shown_fingerprint
from schoolctl.errors import FileProblemsError, SchoolctlError, WrongUsageError
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.calendar_entry import CalendarEntry, read_entry
from schoolctl.renderers.invite import InviteRequest, render_invite
from schoolctl.renderers.mail import render_mail
from schoolctl.renderers.messages import render_message
from schoolctl.renderers.poster import POSTER_SHAPES, Poster, render_poster
from schoolctl.renderers.preview import KindPreview, Made, Preview, Row, Sample
from schoolctl.renderers.preview_html import NO_DIGEST, render_preview
from schoolctl.renderers.site_post import post_words
from schoolctl.services import clock
from schoolctl.services.announce import make_announcement
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.posters import posters_are_installed
from schoolctl.services.standing import standing_of
from schoolctl.services.workspace import Workspace

# A reminder goes out in the morning of the day, or shortly before a school that begins early.
_MORNING = 9
_SHORTLY = timedelta(hours=1)
_DIGEST = re.compile(rb'(?<=<meta name="digest" content=")[0-9a-f]{64}(?=">)')


@dataclass(frozen=True, slots=True)
class PreviewOrder:
    """Which school, in which language (or `all`), and which kinds of announcement (none: those that make sense now)."""

    school_id: str
    kinds: Sequence[Kind] = ()
    language: str = "all"


def write_preview(workspace: Workspace, order: PreviewOrder, destination: Destination) -> Documents:
    """`preview.html`: one page that needs nothing from elsewhere.

    An earlier preview is replaced without asking, unless somebody has edited it.
    """
    preview = make_preview(workspace, order)
    path = destination.folder_for(workspace, preview.school) / "preview.html"
    page = render_preview(workspace.templates, preview).encode()
    files = {path: page.replace(NO_DIGEST.encode(), _digest(page).encode(), 1)}
    (destination if not _is_unedited(path) else replace(destination, force=True)).check(files)
    return destination.deliver(files, preview.problems)


def make_preview(workspace: Workspace, order: PreviewOrder) -> Preview:
    """All that patients will see, as it would be published now or at its time."""
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    languages = languages_of(schedule, order.language)
    now = clock.now().astimezone(schedule.zone).replace(second=0, microsecond=0)
    makers = _Makers(workspace, schedule, school, languages, now)
    steps, faults = _steps(workspace, school.id)
    return Preview(
        school=school,
        languages=languages,
        made=now,
        steps=steps,
        faults=faults,
        kinds=[makers.kind(kind) for kind in order.kinds or kinds_now(school, now)],
        documents=makers.documents(),
        has_posters=posters_are_installed(),
        fingerprint=shown_fingerprint(school, schedule.organizer, languages),
    )


def kinds_named(names: Sequence[str]) -> tuple[Kind, ...]:
    """The kinds that `--kind` names."""
    for name in names:
        if name not in KINDS:
            message = f'"{name}" is no kind of announcement. Kinds: {", ".join(KINDS)}'
            raise WrongUsageError(message)
    return tuple(kind for kind in KINDS if kind in names)


def kinds_now(school: School, now: datetime) -> list[Kind]:
    """The kinds of announcement that may still be published about a school."""
    is_over = school.ends <= now
    return [kind for kind in KINDS if (kind == "recap") <= is_over and _is_true(kind, school, now)]


def moment_of(kind: Kind, school: School, now: datetime) -> datetime:
    """When a text of a kind is published: now, a reminder in the morning of the day, a recap after the school."""
    if kind == "recap":
        return max(now, school.ends.astimezone(now.tzinfo))
    if kind == "reminder":
        morning = min(school.starts.replace(hour=_MORNING, minute=0), school.starts - _SHORTLY)
        return max(now, morning.astimezone(now.tzinfo))
    return now


def _is_true(kind: Kind, school: School, now: datetime) -> bool:
    try:
        check_kind(kind, [school], moment_of(kind, school, now))
    except SchoolctlError:
        return False
    return True


def _steps(workspace: Workspace, school_id: str) -> tuple[list[Step], list[str]]:
    """What is missing or due, or why that cannot be told."""
    try:
        steps = [step for one in standing_of(workspace, school_id) for step in one.steps]
    except SchoolctlError as error:
        return [], [str(error)]
    return [step for step in steps if step.state in {"missing", "due"}], []


@dataclass(frozen=True, slots=True)
class _Makers:
    """Makes the texts of one school, each in every language."""

    workspace: Workspace
    schedule: Schedule
    school: School
    languages: Sequence[str]
    now: datetime

    def kind(self, kind: Kind) -> KindPreview:
        """An announcement as each channel shows it."""
        published = moment_of(kind, self.school, self.now)
        try:
            announcement = make_announcement(self.workspace, self.schedule, kind, [self.school], published)
        except SchoolctlError as error:
            return KindPreview(kind, published, (), (str(error),))
        own = self.workspace.templates
        renderers: dict[str, Callable[[Path, Announcement, str], Made]] = {
            "site": post_words,
            "whatsapp": partial(render_message, messenger="whatsapp"),
            "telegram": partial(render_message, messenger="telegram"),
            "email": render_mail,
        }
        rows = [self._row(channel, partial(render, own, announcement)) for channel, render in renderers.items()]
        return KindPreview(kind, published, rows)

    def documents(self) -> list[Row]:
        """The calendar entry, and the posters where they can be made."""
        poster = Poster(self.schedule.organizer, self.school, self.now)
        rows = [self._row("calendar", self._entry)]
        if posters_are_installed():
            own = self.workspace.templates
            rows += [self._row(shape, partial(render_poster, own, poster, shape=shape)) for shape in POSTER_SHAPES]
        return rows

    def _entry(self, language: str) -> CalendarEntry:
        method: Method = "CANCEL" if self.school.is_cancelled else "PUBLISH"
        revision = Revision(0, self.now, "")
        request = InviteRequest(self.school, self.schedule.organizer, revision, language, method)
        return read_entry(render_invite(self.workspace.templates, request), self.school.zone)

    def _row(self, what: str, make: Callable[[str], Made]) -> Row:
        return Row(what, [_sample(language, make) for language in self.languages])


def _sample(language: str, make: Callable[[str], Made]) -> Sample:
    try:
        return Sample(language, make(language))
    except FileProblemsError as error:
        return Sample(language, None, tuple(str(problem) for problem in error.problems))
    except SchoolctlError as error:
        return Sample(language, None, (str(error),))


def _digest(page: bytes) -> str:
    return hashlib.sha256(page).hexdigest()


def _is_unedited(path: Path) -> bool:
    """Whether a preview lies there just as it was written."""
    if not path.is_file():
        return False
    content = path.read_bytes()
    found = _DIGEST.search(content)
    return found is not None and found[0].decode() == _digest(_DIGEST.sub(NO_DIGEST.encode(), content, count=1))
