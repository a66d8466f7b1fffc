"""What people were told of a school: by announcements that were written, invites issued and mails sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from schoolctl.domain.announcement_changes import OldStart, day_told, still_holds, told_by
from schoolctl.domain.school import School
from schoolctl.services.workspace import Workspace
from schoolctl.store.announcement_ledger import AnnouncementLedger, Written
from schoolctl.store.database import Database, open_database
from schoolctl.store.invite_ledger import InviteLedger
from schoolctl.store.mailing_log import MailingLog


def last_day_told(workspace: Workspace, school: School) -> datetime | None:
    """The start that people were last told, in the school's zone; None when it is not known that anybody was."""
    with open_database(workspace.database_path, for_writing=False) as database:
        told = [(one.moment, one.told) for one in AnnouncementLedger(database).announcements(school.id)]
        told += [(one.moment, one.told) for one in InviteLedger(database).issues(school.id)]
        told += [(one.moment, one.told) for one in MailingLog(database).delivered(school.id)]
    days = [(moment, day.astimezone(school.zone)) for moment, one in told if (day := day_told(one))]
    # Of two that were told at the same moment the one that the schedule has is the newer.
    return max(days, key=lambda found: (found[0], found[1] == school.starts))[1] if days else None


def old_start(database: Database, school: School) -> OldStart:
    """Who was told another start than the one in the schedule; where it was not kept what was told, it was another."""
    mails = MailingLog(database).delivered(school.id)
    last = {one.email: one.told for one in mails}
    # Whoever got mails hears of the move by mail, whatever else the same person was sent.
    issues = (one.told for one in InviteLedger(database).issues(school.id) if one.email not in last)
    told = (*AnnouncementLedger(database).starts_told(school.id), *issues)
    corrected = [one.moment for one in mails if one.kind == "move" and day_told(one.told) == school.starts]
    return OldStart(
        is_known=any(day_told(one) != school.starts for one in told),
        mailed_to=sum(day_told(one) != school.starts for one in last.values()),
        corrected_by_mail=max(corrected, default=None),
    )


def outdated_channels(
    school: School, languages: Collection[str], announcements: Sequence[Written]
) -> dict[str, tuple[str, ...]]:
    """For each kind of announcement the channels for which one was written that does not hold any more.

    Those in a language that the schedule has no more are left out: they cannot be written again.
    """
    outdated: dict[str, set[str]] = {}
    for one in announcements:
        if one.language in languages and not still_holds(one.told, told_by(one.kind, school, one.language)):
            outdated.setdefault(one.kind, set()).add(one.channel)
    return {kind: tuple(sorted(channels)) for kind, channels in outdated.items()}
