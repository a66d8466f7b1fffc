"""What people were told of a school: by the announcements that were written and the invites that were issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from schoolctl.domain.announcement_changes import day_told, still_holds, told_by
from schoolctl.domain.school import School
from schoolctl.services.workspace import Workspace
from schoolctl.store.announcement_ledger import AnnouncementLedger, Written
from schoolctl.store.database import open_database
from schoolctl.store.invite_ledger import InviteLedger


def last_day_told(workspace: Workspace, school: School) -> datetime | None:
    """The start that people were last told, in the school's zone; None when it is not known that anybody was."""
    with open_database(workspace.database_path, for_writing=False) as database:
        told = [(one.moment, one.told) for one in AnnouncementLedger(database).announcements(school.id)]
        told += InviteLedger(database).issues(school.id)
    days = [(moment, day.astimezone(school.zone)) for moment, one in told if (day := day_told(one))]
    # Of two that were told at the same moment the one that the schedule has is the newer.
    return max(days, key=lambda found: (found[0], found[1] == school.starts))[1] if days else None


def outdated_channels(school: School, announcements: Sequence[Written]) -> dict[str, tuple[str, ...]]:
    """For each kind of announcement the channels for which one was written that does not hold any more."""
    outdated: dict[str, set[str]] = {}
    for one in announcements:
        if not still_holds(one.told, told_by(one.kind, school, one.language)):
            outdated.setdefault(one.kind, set()).add(one.channel)
    return {kind: tuple(sorted(channels)) for kind, channels in outdated.items()}
