"""The season as one calendar for each language, which people subscribe to on the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schoolctl.domain.announcement import languages_of
from schoolctl.domain.school import Schedule
from schoolctl.errors import SchoolctlError
from schoolctl.renderers.feed import render_feed
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.invite_issue import Issue, begin_issue, older_note
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_for_change
from schoolctl.store.invite_ledger import Copy, InviteLedger


@dataclass(frozen=True, slots=True)
class FeedOrder:
    """In which language (or `all`) the season is wanted, and whether with the access codes of its meetings."""

    language: str = "all"
    has_access_codes: bool = False


def write_feed(workspace: Workspace, order: FeedOrder, destination: Destination) -> Documents:
    """`season.LANG.ics` in `out/`: every school of the schedule, under the UID and SEQUENCE of its invite.

    A school that was never issued gets its first revision here; one that changed since gets the next.
    """
    schedule = workspace.schedule()
    if not schedule.schools:
        message = "there is no school in sessions.toml yet. Add one: schoolctl school add"
        raise SchoolctlError(message)
    languages = languages_of(schedule, order.language)
    folder = destination.folder or workspace.root / "out"
    with open_for_change(workspace.database_path, is_rehearsal=destination.dry_run) as database, database.transaction():
        ledger = InviteLedger(database)
        issues = [begin_issue(workspace, schedule, school, ledger) for school in schedule.schools]
        files = {folder / f"season.{code}.ics": feed_of(workspace, schedule, issues, code, order) for code in languages}
        # As for an invite: what is refused here was not issued.
        destination.check(files)
        notes = [note for issue in issues for note in _notes(issue)]
        for issue in issues:
            issue.record(Copy(None, code, "PUBLISH", "feed") for code in languages)
    if order.has_access_codes:
        notes.append("it holds access codes: whoever knows its address can join")
    return destination.deliver(files, notes)


def feed_of(
    workspace: Workspace, schedule: Schedule, issues: Sequence[Issue], language: str, order: FeedOrder
) -> bytes:
    """The season's calendar in one language, as it is to be issued now."""
    requests = [
        # A cancelled school stays, with its status: a reader that finds it gone may keep it as it was.
        replace(issue.request(language, None), method="PUBLISH", in_feed=True, has_access_code=order.has_access_codes)
        for issue in issues
    ]
    return render_feed(workspace.templates, schedule.organizer, language, requests)


def _notes(issue: Issue) -> Iterator[str]:
    """What is new in the feed about a school, and who was invited to it and holds something older."""
    school, held = issue.school, issue.ledger.holders(issue.school.id, "feed").public
    if held and (words := issue.changes_since(min(held.values()))):
        yield f"{school.id}: {', '.join(words)}"
    for note in older_note(school, issue.ledger, issue.revision.sequence):
        yield f"{school.id}: {note}"
