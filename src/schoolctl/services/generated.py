"""Documents in `out/` that no longer say what the schedule and the store say: they would do harm if sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Schedule, School
from schoolctl.errors import Problem, SchoolctlError
from schoolctl.renderers.registry import AGENDA_FORMATS
from schoolctl.services import clock
from schoolctl.services.agendas import make_agenda
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database
from schoolctl.store.invite_ledger import InviteLedger

_LANGUAGE = f"(?P<language>{'|'.join(LANGUAGES)})"
_INVITE = re.compile(rf"invite\.{_LANGUAGE}(?:\.(?P<number>\d+))?\.ics")
_SEQUENCE = re.compile(rb"^SEQUENCE:(\d+)\r?$", re.MULTILINE)
_PAGE = re.compile(rf"item\.{_LANGUAGE}\.md")
_AGENDA = re.compile(rf"agenda\.{_LANGUAGE}\.(?P<format>{'|'.join(AGENDA_FORMATS)})")


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents of one school."""

    workspace: Workspace
    school: School
    files: tuple[Path, ...]

    def named(self, pattern: re.Pattern[str]) -> Iterator[tuple[Path, re.Match[str]]]:
        """The files whose names are of a kind."""
        return ((path, match) for path in self.files if (match := pattern.fullmatch(path.name)))

    def problem(self, path: Path, message: str, hint: str) -> Problem:
        return Problem(self.workspace.shown(path), None, message, hint, "warning")


def outdated_documents(workspace: Workspace, schedule: Schedule, database: Database) -> Iterator[Problem]:
    """A warning for each document that says something else than the schedule by now."""
    now = clock.now()
    for school in schedule.schools:
        folder = workspace.root / "out" / school.id
        if not folder.is_dir():
            continue
        files = tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
        documents = _Documents(workspace, school, files)
        yield from _older_invites(documents, InviteLedger(database))
        if not school.is_cancelled:
            yield from _posts_of_another_day(documents)
        # Once a school is over its questions become answered ones: its agenda is history.
        if school.status(now) == "planned":
            yield from _other_agendas(documents, database)


def _older_invites(documents: _Documents, ledger: InviteLedger) -> Iterator[Problem]:
    school = documents.school
    last = ledger.last_revision(school.id)
    names = {number: email for email, number in ledger.recipients(school.id).items()}
    for path, match in documents.named(_INVITE):
        if last and _sequence(path) < last.sequence:
            attendee = names.get(int(match["number"] or 0))
            option = f" --attendee {attendee}" if attendee else ""
            hint = f"Issue it again: schoolctl invite {school.id}{option} --force"
            yield documents.problem(path, "this invite is older than the last one issued", hint)


def _sequence(invite: Path) -> int:
    found = _SEQUENCE.search(invite.read_bytes())
    return int(found[1]) if found else 0


def _posts_of_another_day(documents: _Documents) -> Iterator[Problem]:
    school = documents.school
    for path, match in documents.named(_PAGE):
        rules = LANGUAGES[match["language"]]
        page = path.read_text("utf-8", "replace")
        if rules.date(school.starts.date()) not in page or rules.hour(school.starts) not in page:
            hint = f"Write it again: schoolctl announce {school.id} --kind … --force"
            yield documents.problem(path, "this post names another day or hour than the schedule", hint)


def _other_agendas(documents: _Documents, database: Database) -> Iterator[Problem]:
    agenda = make_agenda(documents.school, database)
    for path, match in documents.named(_AGENDA):
        try:
            current = AGENDA_FORMATS[match["format"]](documents.workspace.templates, agenda, match["language"])
        except SchoolctlError:
            # A template or a translation that is missing is reported where it is missing.
            continue
        if path.read_bytes() != current:
            hint = f"Write it again: schoolctl agenda {documents.school.id} --force"
            yield documents.problem(path, "this agenda says something else than the schedule and the questions", hint)
