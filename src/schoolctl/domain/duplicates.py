"""When two messages are one: the same mail in two exports, a chat exported again, a question sent twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from schoolctl.domain.question import Question
from schoolctl.domain.text import clean_text, fold_for_comparison

# One export writes seconds, another whole minutes.
_SAME_MOMENT = timedelta(seconds=60)


def text_digest(text: str) -> str:
    """A key that is equal for texts which differ only in case, blanks and punctuation."""
    import hashlib

    # Text made of signs only (an emoji) folds to nothing and is compared as it is.
    return hashlib.sha256((fold_for_comparison(text) or clean_text(text)).encode()).hexdigest()


def is_same_message(old: Question, new: Question) -> bool:
    """Whether two messages of equal text are one: from one person, or received at the same moment.

    Two people with addresses of their own who ask the same are two people, even within a minute.
    """
    if old.sender.person and old.sender.person == new.sender.person:
        return True
    if old.sender.is_addressed and new.sender.is_addressed:
        shared = {old.sender.email, old.sender.phone} & {new.sender.email, new.sender.phone} - {""}
        return bool(shared)
    if old.received_at and new.received_at:
        return abs(old.received_at - new.received_at) < _SAME_MOMENT
    # Nothing tells two anonymous copies of a text apart.
    return {old.received_at, new.received_at} == {None} and {old.sender.person, new.sender.person} == {""}


def is_other_date_order(old: datetime, new: datetime) -> bool:
    """Whether two moments are one date of a file (`03/04/22, 10:00`), its three numbers read in different orders."""
    before = old.astimezone(new.tzinfo)
    is_same_hour = before.time() == new.time() and before.date() != new.date()
    return is_same_hour and sorted(_numbers(before)) == sorted(_numbers(new))


def _numbers(moment: datetime) -> tuple[int, int, int]:
    """A date's numbers; of the year what a short date writes."""
    return moment.year % 100, moment.month, moment.day


def is_other_reading(old: Question, new: Question) -> bool:
    """Whether `new` is the same mail as `old` read anew: one Message-ID and one sender, though the text differs.

    A Message-ID alone proves nothing: anybody can write one into a mail.
    """
    return bool(new.message_id) and old.message_id == new.message_id and old.sender.person == new.sender.person
