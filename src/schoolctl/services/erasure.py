"""A person's own data: handing it out, and erasing it; erasing what is too old to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolctl.domain.local_time import parse_days
from schoolctl.domain.privacy import mask_sender
from schoolctl.domain.question import Question, Sender, StoredSetAside
from schoolctl.domain.text import clean_line
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.importers.phones import e164
from schoolctl.services import clock
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database, open_for_change
from schoolctl.store.erasure import Eraser
from schoolctl.store.question_store import QuestionFilter, QuestionStore
from schoolctl.store.set_aside_store import SetAsideStore


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose data is meant; exactly one of the three. `sender` is an e-mail address, a phone number or a whole name.

    `older_than` is a number of days, as `365d`.
    """

    sender: str | None = None
    school: str | None = None
    older_than: str | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the store holds: questions, messages set aside, and in how many lists of invited people the address is."""

    questions: tuple[Question, ...]
    set_aside: tuple[StoredSetAside, ...]
    invitations: int = 0


def holdings_of(workspace: Workspace, sender: str) -> Holdings:
    """All that is kept of one person; SchoolctlError when nobody is known by that name or address."""
    with open_database(workspace.database_path, for_writing=False) as database:
        return _of_sender(QuestionStore(database), SetAsideStore(database), sender)


def forget(workspace: Workspace, whose: Whose, *, dry_run: bool) -> Holdings:
    """Erase for good; what was (in a rehearsal: would be) erased. The numbers of questions are kept, nothing else."""
    if sum(one is not None for one in (whose.sender, whose.school, whose.older_than)) != 1:
        message = "say what to erase: --sender, --school or --older-than (one of them)"
        raise WrongUsageError(message)
    opened = open_for_change(workspace.database_path, is_rehearsal=dry_run)
    with opened as database, database.transaction():
        found = _found(QuestionStore(database), SetAsideStore(database), whose)
        eraser = Eraser(database)
        eraser.erase_questions(found.questions)
        eraser.erase_set_aside(found.set_aside)
        address = clean_line(whose.sender or "").lower()
        invitations = eraser.erase_recipients(lambda email: email == address)
    return Holdings(found.questions, found.set_aside, invitations)


def _found(questions: QuestionStore, set_aside: SetAsideStore, whose: Whose) -> Holdings:
    if whose.sender is not None:
        return _of_sender(questions, set_aside, whose.sender)
    if whose.school is not None:
        messages = (message for message in set_aside.find() if message.school == whose.school)
        return Holdings(tuple(questions.find(QuestionFilter(school=whose.school))), tuple(messages))
    before = clock.now() - timedelta(days=parse_days(whose.older_than or ""))
    return Holdings(
        tuple(one for one in questions.find(QuestionFilter()) if _is_before(one.received_at, before)),
        tuple(one for one in set_aside.find() if one.draft and _is_before(one.draft.received_at, before)),
    )


def _is_before(moment: datetime | None, limit: datetime) -> bool:
    # Of what came without a date nobody knows that it is old.
    return moment is not None and moment < limit


def _of_sender(questions: QuestionStore, set_aside: SetAsideStore, told: str) -> Holdings:
    wanted = _Wanted(clean_line(told).casefold(), e164(told))
    everything = questions.find(QuestionFilter())
    named = [question for question in everything if wanted.fits(question.sender)]
    people = {question.person: mask_sender(question.sender) for question in named}
    if len(people) > 1 and not (wanted.phone or "@" in wanted.words):
        # Two people of one name: erasing the wrong one's questions could not be made good.
        message = f'{len(people)} people are called "{told}" ({"; ".join(people.values())}): name an address'
        raise SchoolctlError(message)
    # One person, whatever the channel: who writes by mail and by WhatsApp is erased as a whole.
    mine = tuple(question for question in everything if question.person in people)
    known = [wanted.fits, *(_Wanted(one.sender.email, one.sender.phone).has_address for one in mine)]
    messages = tuple(
        message for message in set_aside.find() if message.draft and any(fits(message.draft.sender) for fits in known)
    )
    if not mine and not messages:
        text = f'nothing is kept of "{told}". Name an e-mail address, a phone number or the whole name'
        raise SchoolctlError(text)
    return Holdings(mine, messages)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Somebody as told: `words` is a name or an e-mail address in small letters, `phone` E.164 or empty."""

    words: str
    phone: str

    def fits(self, sender: Sender) -> bool:
        return self.has_address(sender) or (bool(self.words) and sender.name.casefold() == self.words)

    def has_address(self, sender: Sender) -> bool:
        has_phone = bool(self.phone) and sender.phone == self.phone
        return has_phone or (bool(self.words) and sender.email == self.words)
