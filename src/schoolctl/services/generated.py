"""Documents in `out/` that no longer say what the schedule and the store say: they would do harm if sent."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

from schoolctl.domain.announcement import KINDS, Kind, as_published, school_facts
from schoolctl.domain.announcement_changes import may_hold
from schoolctl.domain.announcement_facts import changing_facts, missing_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Schedule, School
from schoolctl.errors import Problem, SchoolctlError
from schoolctl.renderers.markdown_html import markdown_text
from schoolctl.renderers.markup import escape_plain
from schoolctl.renderers.registry import CHANNEL_FILES
from schoolctl.services import clock
from schoolctl.services.agendas import AGENDA_FILE, is_current, make_agenda
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database
from schoolctl.store.invite_ledger import InviteLedger

# A language, in a pattern of the names of files.
LANGUAGE = f"(?P<language>{'|'.join(LANGUAGES)})"
_INVITE = re.compile(rf"invite\.{LANGUAGE}(?:\.(?P<number>\d+))?\.ics")
_SEQUENCE = re.compile(rb"^SEQUENCE:(\d+)\r?$", re.MULTILINE)
_KIND = f"(?P<kind>{'|'.join(KINDS)})"
_PAGE = re.compile(rf"item\.{LANGUAGE}\.md")
_PAGE_FOLDER = re.compile(rf"\d{{2,3}}\.\d{{4}}-\d\d-\d\d-{_KIND}-[a-z0-9-]+")
_CHANNEL_TEXT = re.compile(rf"{_KIND}\.(?P<channel>{'|'.join(CHANNEL_FILES)})\.{LANGUAGE}\.(?:txt|html)")


@dataclass(frozen=True, slots=True)
class SchoolDocuments:
    """The documents of one school."""

    workspace: Workspace
    school: School
    files: tuple[Path, ...]

    def named(self, pattern: re.Pattern[str]) -> Iterator[tuple[Path, re.Match[str]]]:
        """The files whose names are of a kind."""
        return ((path, match) for path in self.files if (match := pattern.fullmatch(path.name)))

    def problem(self, path: Path, message: str, hint: str) -> Problem:
        """A warning about one of the files."""
        return Problem(self.workspace.shown(path), None, message, hint, "warning")


def outdated_documents(workspace: Workspace, schedule: Schedule, database: Database) -> Iterator[Problem]:
    """A warning for each document that says something else than the schedule by now."""
    now = clock.now()
    for documents in documents_of(workspace, schedule):
        school = documents.school
        yield from _older_invites(documents, InviteLedger(database))
        yield from _outdated_announcements(documents, is_over=school.ends <= now)
        # Once a school is over its questions become answered ones: its agenda is history. One that was cancelled must
        # not leave an agenda behind from which a doctor prepares.
        if school.ends > now:
            yield from _other_agendas(documents, database)


def documents_of(workspace: Workspace, schedule: Schedule) -> Iterator[SchoolDocuments]:
    """What lies in `out/` of each school."""
    for school in schedule.schools:
        folder = workspace.root / "out" / school.id
        if folder.is_dir():
            yield SchoolDocuments(
                workspace, school, tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
            )


def _older_invites(documents: SchoolDocuments, ledger: InviteLedger) -> Iterator[Problem]:
    school = documents.school
    last = ledger.last_revision(school.id)
    names = {number: email for email, number in ledger.recipients(school.id).items()}
    for path, match in documents.named(_INVITE):
        if last and sequence_of(path.read_bytes()) < last.sequence:
            attendee = names.get(int(match["number"] or 0))
            option = f" --attendee {attendee}" if attendee else ""
            hint = f"Issue it again: schoolctl invite {school.id}{option} --force"
            yield documents.problem(path, "this invite is older than the last one issued", hint)


def sequence_of(invite: bytes) -> int:
    """The SEQUENCE of a calendar file; 0 when none is there."""
    found = _SEQUENCE.search(invite)
    return int(found[1]) if found else 0


class _Issued(NamedTuple):
    """An announcement that lies in `out/`, with its words as patients see them."""

    path: Path
    kind: Kind
    channel: str
    language: str
    words: str


def _outdated_announcements(documents: SchoolDocuments, *, is_over: bool) -> Iterator[Problem]:
    school = documents.school
    for issued in _announcements(documents):
        if not may_hold(issued.kind, school):
            continue
        # Nobody sends a reminder of a school that is over; its recap may still be sent.
        if is_over and issued.kind != "recap":
            continue
        try:
            facts = as_published(school_facts(school, issued.language, school.starts), issued.kind)
        except SchoolctlError:
            # A translation that is missing is reported where it is missing.
            continue
        if missing := missing_facts(issued.words, changing_facts(issued.kind, facts), escape_plain):
            options = f"--kind {issued.kind} --channel {issued.channel} --force"
            hint = f"Write it again: schoolctl announce {school.id} {options}"
            yield documents.problem(issued.path, _difference(missing), hint)


def _difference(missing: Sequence[str]) -> str:
    if {"the day", "the hour"} & set(missing):
        return "this post names another day or hour than the schedule"
    return f"this post lacks {missing[0]} that the schedule has"


def _announcements(documents: SchoolDocuments) -> Iterator[_Issued]:
    for path, match in documents.named(_PAGE):
        if folder := _PAGE_FOLDER.fullmatch(path.parent.name):
            words = markdown_text(path.read_text("utf-8", "replace"))
            yield _Issued(path, cast("Kind", folder["kind"]), "site", match["language"], words)
    for path, match in documents.named(_CHANNEL_TEXT):
        words = html.unescape(path.read_text("utf-8", "replace"))
        yield _Issued(path, cast("Kind", match["kind"]), match["channel"], match["language"], words)


def _other_agendas(documents: SchoolDocuments, database: Database) -> Iterator[Problem]:
    agenda = make_agenda(documents.school, database)
    for path, match in documents.named(AGENDA_FILE):
        try:
            if is_current(path, documents.workspace.templates, agenda, match["language"], match["format"]):
                continue
        except SchoolctlError:
            # A template or a translation that is missing is reported where it is missing.
            continue
        hint = f"Write it again: schoolctl agenda {documents.school.id} --format {match['format']} --force"
        yield documents.problem(path, "this agenda says something else than the schedule and the questions", hint)
