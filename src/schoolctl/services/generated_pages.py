"""Calendars, posters, previews, summaries and drafts in `out/` that no longer say what the schedule says."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schoolctl.domain.announcement_changes import may_hold, told_by, told_fingerprint
from schoolctl.domain.school import Schedule, School
from schoolctl.domain.shown_facts import shown_fingerprint
from schoolctl.errors import Problem, SchoolctlError
from schoolctl.renderers.mail_draft import MadeOf, draft_made_of
from schoolctl.renderers.picture_note import note_in
from schoolctl.renderers.preview_html import fingerprint_in
from schoolctl.services import clock
from schoolctl.services.feed import FeedOrder, feed_of
from schoolctl.services.generated import LANGUAGE, SchoolDocuments, documents_of, sequence_of
from schoolctl.services.invite_issue import begin_issue
from schoolctl.services.summaries import summary_pages
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database
from schoolctl.store.invite_ledger import InviteLedger

_FEED = re.compile(rf"season\.{LANGUAGE}\.ics")
_SUMMARY = re.compile(rf"summary\.{LANGUAGE}\.html")
_POSTER = re.compile(rf"poster\.{LANGUAGE}(?:\.(?P<shape>banner)|\.\d+)?\.png")
_PREVIEW = re.compile(r"preview\.html")
_DRAFT = re.compile(rf"mail\.{LANGUAGE}\.\d+\.eml")
# A draft of ours has two parts with parts; a mail of hundreds could not be read in reasonable time.
_MOST_BOUNDARIES = 4
_ANOTHER = "says something else than the schedule"


@dataclass(frozen=True, slots=True)
class _Season:
    """All that documents are compared with."""

    workspace: Workspace
    schedule: Schedule
    ledger: InviteLedger


def outdated_pages(workspace: Workspace, schedule: Schedule, database: Database) -> Iterator[Problem]:
    """A warning for each calendar, poster, preview, summary or draft that would do harm if it were used now."""
    season = _Season(workspace, schedule, InviteLedger(database))
    now = clock.now()
    yield from _feeds(season)
    yield from _summaries(workspace, schedule, None, _files(workspace.root / "out", _SUMMARY))
    for documents in documents_of(workspace, schedule):
        # What was made for a school that is over is history.
        if documents.school.ends > now:
            yield from _posters(documents, schedule)
            yield from _previews(documents, schedule)
            yield from _drafts(documents, season)
            found = [path for path, _ in documents.named(_SUMMARY)]
            yield from _summaries(workspace, schedule, documents.school, found)


def _files(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file() and pattern.fullmatch(path.name))


def _feeds(season: _Season) -> Iterator[Problem]:
    workspace, schedule = season.workspace, season.schedule
    paths = _files(workspace.root / "out", _FEED)
    issues = [begin_issue(workspace, schedule, school, season.ledger) for school in schedule.schools] if paths else []
    for path in paths:
        name, language, content = workspace.shown(path), path.name.split(".")[1], path.read_bytes()
        hint = f"Write it again: schoolctl feed --lang {language} --force"
        try:
            orders = (FeedOrder(language), FeedOrder(language, has_access_codes=True))
            if all(content != feed_of(workspace, schedule, issues, language, order) for order in orders):
                yield Problem(name, None, f"this calendar {_ANOTHER}", hint, "warning")
        except SchoolctlError as error:
            # People who subscribed see the season as it was until this is mended.
            yield Problem(name, None, f"this calendar cannot be made anew: {error}", "", "warning")


def _summaries(workspace: Workspace, schedule: Schedule, school: School | None, paths: list[Path]) -> Iterator[Problem]:
    languages = [path.name.split(".")[1] for path in paths]
    if not paths:
        return
    try:
        pages = summary_pages(workspace, schedule, school, languages)
    except SchoolctlError:
        # A template or a translation that is missing is reported where it is missing.
        return
    for path, language in zip(paths, languages, strict=True):
        if path.read_bytes() != pages[language]:
            option = f" --school {school.id}" if school else ""
            hint = f"Write it again: schoolctl questions summary{option} --html --lang {language} --force"
            message = "this summary says something else than the questions"
            yield Problem(workspace.shown(path), None, message, hint, "warning")


def _posters(documents: SchoolDocuments, schedule: Schedule) -> Iterator[Problem]:
    schools = {school.id: school for school in schedule.schools}
    for path, match in documents.named(_POSTER):
        note = note_in(path.read_bytes())
        school = schools.get(note[0]) if note else None
        if note is None or school is None or note[1] == _fingerprint(school, schedule, [match["language"]]):
            continue
        again = f"schoolctl poster {school.id} --shape {match['shape'] or 'square'}"
        if path.parent.name != documents.school.id:
            # It lies beside a post, which is written together with it.
            again = f"schoolctl announce {documents.school.id} --poster"
        yield documents.problem(path, f"this poster {_ANOTHER}", f"Make it again: {again} --force")


def _previews(documents: SchoolDocuments, schedule: Schedule) -> Iterator[Problem]:
    for path, _ in documents.named(_PREVIEW):
        made_of = fingerprint_in(path.read_bytes())
        if made_of and made_of[0] != _fingerprint(documents.school, schedule, made_of[1]):
            hint = f"Make it again: schoolctl preview {documents.school.id}"
            yield documents.problem(path, f"this preview {_ANOTHER}", hint)


def _fingerprint(school: School, schedule: Schedule, languages: list[str]) -> str:
    return shown_fingerprint(school, schedule.organizer, languages)


def _drafts(documents: SchoolDocuments, season: _Season) -> Iterator[Problem]:
    school, drafts = documents.school, list(documents.named(_DRAFT))
    if not drafts:
        return
    sequence = begin_issue(season.workspace, season.schedule, school, season.ledger).revision.sequence
    for path, match in drafts:
        raw = path.read_bytes()
        # A mail that somebody else put there under such a name is none of ours.
        if (made_of := draft_made_of(raw)) is None:
            continue
        if _sequence_in(raw, sequence) < sequence or _is_untrue(made_of, school, match["language"]):
            options = f"--kind {made_of.kind} --recipients … --force"
            hint = f"Delete it, or write it again: schoolctl mail {school.id} {options}"
            yield documents.problem(path, f"this draft {_ANOTHER}", hint)


def _is_untrue(made_of: MadeOf, school: School, language: str) -> bool:
    """Whether a draft tells other facts than the schedule."""
    is_told = made_of.fingerprint == told_fingerprint(told_by(made_of.kind, school, language))
    return not (is_told and may_hold(made_of.kind, school))


def _sequence_in(draft: bytes, otherwise: int) -> int:
    """The SEQUENCE of a draft's invite; `otherwise` of a draft without one."""
    if draft.count(b"boundary=") > _MOST_BOUNDARIES:
        return otherwise
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in email.message_from_bytes(draft).walk()}
    invite = parts.get("text/calendar")
    return sequence_of(invite) if isinstance(invite, bytes) else otherwise
