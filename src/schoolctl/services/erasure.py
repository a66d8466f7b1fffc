"""A person's own data: handing it out, and erasing it; erasing what is too old to be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from schoolctl.domain.closing import is_left_over
from schoolctl.domain.local_time import parse_days
from schoolctl.domain.privacy import mask_sender
from schoolctl.domain.question import Question, Sender, StoredSetAside
from schoolctl.domain.school import School
from schoolctl.domain.text import clean_line
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.importers.phones import e164
from schoolctl.services import clock
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import Database, open_database, open_for_change
from schoolctl.store.erasure import Eraser, Invitation
from schoolctl.store.mailing_log import LoggedMail, MailingLog
from schoolctl.store.question_store import QuestionFilter, QuestionStore
from schoolctl.store.set_aside_store import SetAsideStore

Schools = Callable[[], Sequence[School]]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose data is meant; exactly one of the four. `sender` is an e-mail address, a phone number or a whole name.

    `older_than` is a number of days, as `365d`; `ids` are numbers of questions.
    """

    sender: str | None = None
    school: str | None = None
    older_than: str | None = None
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the store holds: questions, messages set aside, and the invitations that were sent to an address.

    `mails` are those in the log of sent mails that need not be known any more; `undated` is how many questions cannot
    be told to be old, because nobody knows when they came; `elsewhere` how many were asked for the school and stand at
    another one by now; `awaited` how many are old and stay, because they are to be answered at a school to come.
    """

    questions: tuple[Question, ...]
    set_aside: tuple[StoredSetAside, ...]
    invitations: tuple[Invitation, ...] = ()
    undated: int = 0
    mails: tuple[LoggedMail, ...] = ()
    elsewhere: int = 0
    awaited: int = 0

    @property
    def are_any(self) -> bool:
        """Whether there is anything."""
        return bool(self.questions or self.set_aside or self.invitations or self.mails)


def holdings_of(workspace: Workspace, sender: str) -> Holdings:
    """All that is kept of one person; SchoolctlError when nobody is known by that name or address."""
    with open_database(workspace.database_path, for_writing=False) as database:
        return _of_sender(_Kept(database), sender)


def forget(workspace: Workspace, whose: Whose, *, dry_run: bool) -> Holdings:
    """Erase for good; what was (in a rehearsal: would be) erased. The numbers of questions are kept, nothing else."""
    if sum(one is not None for one in (whose.sender, whose.school, whose.older_than, whose.ids)) != 1:
        message = "say what to erase: --sender, --school, --older-than or numbers of questions (one of them)"
        raise WrongUsageError(message)
    with open_for_change(workspace.database_path, is_rehearsal=dry_run) as database, database.transaction():
        found = _found(_Kept(database), whose)
        if whose.older_than is not None:
            # Read once, and only where it matters which schools are to come.
            schools = cache(lambda: workspace.schedule().schools)
            before = _limit(whose.older_than)
            found = replace(
                _without_awaited(found, schools),
                invitations=_old_invitations(Eraser(database), before, schools),
                mails=_old_mails(MailingLog(database), before, schools),
            )
        if whose.school is not None and not (found.are_any or found.elsewhere):
            # A mistyped ID must not look as if all were erased; those of a school that was removed still can be.
            workspace.schedule().school(whose.school)
        eraser = Eraser(database)
        eraser.erase_questions(found.questions)
        eraser.erase_set_aside(found.set_aside)
        eraser.erase_invitations(found.invitations)
        MailingLog(database).erase(found.mails)
    return found


def _old_mails(log: MailingLog, before: datetime, schools: Schools) -> tuple[LoggedMail, ...]:
    """Mails about schools that are over or gone: of one that is still to come nobody must get a mail twice."""
    return tuple(log.before(before, _coming(schools))) if log.before(before, ()) else ()


def _coming(schools: Schools) -> set[str]:
    now = clock.now()
    return {school.id for school in schools() if school.ends > now}


def _without_awaited(found: Holdings, schools: Schools) -> Holdings:
    """Without what is to be answered at a school still to come, however old it is."""
    if not any(map(_is_awaited, found.questions)):
        return found
    coming = _coming(schools)
    old = tuple(one for one in found.questions if not (_is_awaited(one) and one.school in coming))
    return replace(found, questions=old, awaited=len(found.questions) - len(old))


def _is_awaited(question: Question) -> bool:
    return bool(question.school) and (is_left_over(question) or question.status == "duplicate")


def _old_invitations(eraser: Eraser, before: datetime, schools: Schools) -> tuple[Invitation, ...]:
    """Who was invited to schools that were over by then: their calendars are not updated any more."""
    invitations = eraser.calendar_invitations()
    if not invitations:
        return ()
    over = {school.id for school in schools() if school.ends < before}
    return tuple(one for one in invitations if one.school in over)


class _Kept:
    """Everything that is kept of people."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.questions = QuestionStore(database).find(QuestionFilter())
        self.set_aside = SetAsideStore(database).find()

    def numbered(self, ids: Sequence[int]) -> list[Question]:
        return QuestionStore(self._database).get(list(dict.fromkeys(ids)))

    def invitations(self, addresses: frozenset[str]) -> tuple[Invitation, ...]:
        return tuple(one for one in Eraser(self._database).invitations() if one.email.lower() in addresses)

    def holdings(self, questions: Iterable[Question], messages: Iterable[StoredSetAside] = ()) -> Holdings:
        """Questions and messages, with the messages that the questions were restored from."""
        mine = tuple(questions)
        numbers, known = {question.id for question in mine}, {message.id for message in messages}
        return Holdings(mine, tuple(one for one in self.set_aside if one.id in known or one.question in numbers))


def _found(kept: _Kept, whose: Whose) -> Holdings:
    if whose.sender is not None:
        return _of_sender(kept, whose.sender)
    if whose.ids is not None:
        return kept.holdings(kept.numbered(whose.ids))
    if whose.school is not None:
        return _of_school(kept, whose.school)
    return _older_than(kept, whose.older_than or "")


def _of_school(kept: _Kept, school: str) -> Holdings:
    found = kept.holdings(
        (question for question in kept.questions if question.school == school),
        (message for message in kept.set_aside if message.school == school),
    )
    return replace(found, elsewhere=sum(school in question.carried_from for question in kept.questions))


def _older_than(kept: _Kept, told: str) -> Holdings:
    before = _limit(told)
    found = kept.holdings(
        (one for one in kept.questions if _is_before(one.received_at, before)),
        (one for one in kept.set_aside if one.draft and _is_before(one.draft.received_at, before)),
    )
    return replace(found, undated=sum(one.received_at is None for one in kept.questions))


def _limit(told: str) -> datetime:
    return clock.now() - timedelta(days=parse_days(told))


def _is_before(moment: datetime | None, limit: datetime) -> bool:
    # Of what came without a date nobody knows that it is old.
    return moment is not None and moment < limit


def _of_sender(kept: _Kept, told: str) -> Holdings:
    wanted = _Wanted(clean_line(told).casefold(), e164(told))
    people = {question.person for question in kept.questions if wanted.fits(question.sender)}
    # One person, whatever the channel: who writes by mail and by WhatsApp is found as a whole.
    mine = [question for question in kept.questions if question.person in people]
    known = wanted.addresses.union(*(_addresses(question.sender) for question in mine))
    messages = _set_aside_of(kept, wanted, known)
    strangers = [by for by in messages.values() if by.is_addressed and known.isdisjoint(_addresses(by))]
    if not wanted.addresses:
        _refuse_namesakes(told, mine, strangers)
    known = known.union(*map(_addresses, strangers))
    return _unless_empty(replace(kept.holdings(mine, messages), invitations=kept.invitations(known)), told)


def _unless_empty(found: Holdings, told: str) -> Holdings:
    if not found.are_any:
        text = f'nothing is kept of "{told}". Name an e-mail address, a phone number or the whole name'
        raise SchoolctlError(text)
    return found


def _set_aside_of(kept: _Kept, wanted: _Wanted, known: frozenset[str]) -> dict[StoredSetAside, Sender]:
    """The messages set aside of somebody called so, or with one of the known addresses, and who sent each."""
    written = ((message, message.draft.sender) for message in kept.set_aside if message.draft)
    return {one: by for one, by in written if wanted.fits(by) or not known.isdisjoint(_addresses(by))}


def _refuse_namesakes(told: str, questions: Sequence[Question], strangers: Sequence[Sender]) -> None:
    """Refuse when several people have one name: erasing the wrong one's questions could not be made good.

    `strangers` sent messages that were set aside, and none of the questions.
    """
    asked: dict[int, list[Question]] = {}
    for question in questions:
        asked.setdefault(question.person, []).append(question)
    people = [f"{mask_sender(of[0].sender)}: {', '.join(str(one.id) for one in of)}" for of in asked.values()]
    people += {sender.person: mask_sender(sender) for sender in strangers}.values()
    if len(people) > 1:
        message = (
            f'{len(people)} people are called "{told}" ({"; ".join(people)}). '
            "Name an address; to erase, the numbers of questions will do: schoolctl questions forget ID…"
        )
        raise SchoolctlError(message)


def _addresses(sender: Sender) -> frozenset[str]:
    # What an importer set aside was not cleaned.
    return frozenset((clean_line(sender.email).lower(), sender.phone)) - {""}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Somebody as told: `words` is a name or an e-mail address in small letters, `phone` E.164 or empty."""

    words: str
    phone: str

    @property
    def addresses(self) -> frozenset[str]:
        """The address told; empty when a name was."""
        return frozenset((self.words if "@" in self.words else "", self.phone)) - {""}

    def fits(self, sender: Sender) -> bool:
        is_called = bool(self.words) and clean_line(sender.name).casefold() == self.words
        return is_called or not self.addresses.isdisjoint(_addresses(sender))
