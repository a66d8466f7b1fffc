"""Who gets a mailing: the people of a list, and of a move or a cancellation everybody who was invited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from schoolctl.domain.announcement import Kind, languages_of, organizer_facts
from schoolctl.domain.mailing import KINDS_FOR_INVITED
from schoolctl.domain.recipient import Recipient
from schoolctl.domain.school import Schedule, School
from schoolctl.errors import Problem, WrongUsageError
from schoolctl.importers.recipients import RecipientList, RecipientOptions, read_recipients
from schoolctl.store.database import Database
from schoolctl.store.invite_ledger import InviteLedger
from schoolctl.store.mailing_log import MailingLog


@dataclass(frozen=True, slots=True)
class MailingOrder:
    """What is mailed to whom: a school, why, a list of people and its columns (FIELD -> header, as by `--map`).

    `language`: only those who read this one (and those of the list who name none); `all` is everybody.
    """

    school_id: str
    kind: Kind
    recipients: Path | None = None
    language: str = "all"
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets the mailing, and who of the list does not: rows with mistakes, those who did not agree, other languages.

    The place of a recipient in the whole list is the number in the file name of the draft.
    """

    recipients: Mapping[int, Recipient]
    problems: tuple[Problem, ...]
    declined: int
    other_language: int
    notes: tuple[str, ...]

    @property
    def by_language(self) -> dict[str, int]:
        """How many read each language."""
        counts: dict[str, int] = {}
        for recipient in self.recipients.values():
            counts[recipient.language] = counts.get(recipient.language, 0) + 1
        return counts


def audience_of(database: Database, schedule: Schedule, school: School, order: MailingOrder) -> Audience:
    """The audience of a mailing. WrongUsageError when a list is needed and none is given."""
    wanted = languages_of(schedule, order.language)
    listed, everybody = _listed(schedule, order), {}
    if order.kind in KINDS_FOR_INVITED:
        everybody = _invited(database, schedule, school)
    added = _added(listed, everybody)
    if added and order.recipients:
        message = f"{len(added)} more were invited or written to before and get it too, though they are not on the list"
        listed.notes.append(message)
    numbered = dict(enumerate([*listed.recipients, *added], start=1))
    mine = {number: one for number, one in numbered.items() if one.language in wanted}
    others = len(numbered) - len(mine)
    return Audience(mine, tuple(listed.problems), len(listed.declined), others, tuple(listed.notes))


def _listed(schedule: Schedule, order: MailingOrder) -> RecipientList:
    if order.recipients is None:
        if order.kind in KINDS_FOR_INVITED:
            return RecipientList()
        message = "say to whom: --recipients FILE, a table with a column of e-mail addresses"
        raise WrongUsageError(message)
    # Whoever names no language reads the one that is asked for, else the first of the schedule.
    first = languages_of(schedule, order.language)[0]
    languages = (first, *(code for code in schedule.languages if code != first))
    own = organizer_facts(schedule.organizer, schedule.languages[0]).email
    return read_recipients(order.recipients, RecipientOptions(languages, order.columns, own, schedule.limits))


def _invited(database: Database, schedule: Schedule, school: School) -> dict[str, str]:
    """The languages of everybody who holds an invite of the school, or got a mail about it, by address."""
    ledger = InviteLedger(database)
    kept, written = ledger.languages(), MailingLog(database).written_to(school.id)
    emails = dict.fromkeys([*ledger.recipients(school.id), *written])
    told = {email: kept.get(email) or written.get(email, "") for email in emails}
    return {email: code if code in schedule.languages else schedule.languages[0] for email, code in told.items()}


def _added(listed: RecipientList, everybody: Mapping[str, str]) -> list[Recipient]:
    """Those of `everybody` who are not on the list; whoever said there that no mail is wanted gets none."""
    known = {one.email for one in listed.recipients} | listed.declined
    return [Recipient(email, "", language) for email, language in everybody.items() if email not in known]
