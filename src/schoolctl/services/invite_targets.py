"""Who gets files of an invite: people by name, each in one language, or everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from schoolctl.domain.announcement import languages_of
from schoolctl.services.invite_issue import Issue
from schoolctl.store.invite_ledger import Copy


class Target(NamedTuple):
    """Who gets files, and in which languages: a person (with the number in the files' names) or everybody (None)."""

    email: str | None
    number: int
    languages: tuple[str, ...]


def everybody(languages: tuple[str, ...]) -> Target:
    """Those whom nobody knows by name."""
    return Target(None, 0, languages)


def known_people(issue: Issue, language: str) -> list[Target]:
    """Everyone ever invited by name; `language` (or `all`) is for those of whom none is kept."""
    return _people(issue, issue.ledger.recipients(issue.school.id), language)


def named_people(issue: Issue, emails: Sequence[str], language: str) -> list[Target]:
    """The people named now; `language` wins over the one kept, `all` does not."""
    known = issue.ledger.recipients(issue.school.id)
    # A person keeps the number for ever: it is the name of the file that updates the earlier one.
    following = max(known.values(), default=0) + 1
    new = [email for email in emails if email not in known]
    numbers = known | {email: following + index for index, email in enumerate(new)}
    wanted = {email: numbers[email] for email in emails}
    if language == "all":
        return _people(issue, wanted, language)
    languages = languages_of(issue.schedule, language)
    return [Target(email, number, languages) for email, number in wanted.items()]


def oldest_held(issue: Issue, targets: Sequence[Target]) -> int | None:
    """The lowest SEQUENCE among what these have got before; None when it is new to all of them."""
    holders = issue.ledger.holders(issue.school.id)
    emails = {target.email for target in targets}
    people = [held for email, held in holders.people.items() if email in emails]
    # Until languages were kept, what was issued for everybody stands under none.
    codes = {code for target in targets if target.email is None for code in (*target.languages, "")}
    public = [held for code, held in holders.public.items() if code in codes]
    return min((*people, *public), default=None)


def record_targets(issue: Issue, targets: Sequence[Target], *, keep_languages: bool) -> None:
    """Keep who got what; with `keep_languages` a person's one language is the one to use from now on."""
    numbers = {target.email: target.number for target in targets if target.email}
    issue.ledger.record_recipients(issue.school.id, numbers)
    for email, _, languages in targets if keep_languages else ():
        if email and len(languages) == 1:
            issue.ledger.record_language(email, languages[0])
    issue.record(Copy(email, code, issue.method(email)) for email, _, languages in targets for code in languages)


def _people(issue: Issue, numbers: Mapping[str, int], language: str) -> list[Target]:
    wanted = languages_of(issue.schedule, language)
    # A language that was taken out of the schedule has no texts any more.
    kept = {email: (code,) for email, code in issue.ledger.languages().items() if code in issue.schedule.languages}
    return [Target(email, number, kept.get(email, wanted)) for email, number in numbers.items()]
