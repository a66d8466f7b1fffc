"""What `schoolctl mail` says: who gets a mailing, what would be sent, and what became of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from schoolctl.cli.console import counted, say, tell

if TYPE_CHECKING:
    from rich.progress import Progress

    from schoolctl.services.audience import Audience
    from schoolctl.services.sending import SendingAccount, SendingPlan


class MailProgress:
    """Called with (mails done, mails in all); shows a bar on standard error, and only when a person looks at it."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        """Nothing is shown before the first mail."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Show how many mails are done."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task("mails", total=total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done)


def audience_view(audience: Audience) -> dict[str, Any]:
    """Who gets a mailing, for JSON."""
    return {
        "recipients": len(audience.recipients),
        "by_language": audience.by_language,
        "left_out": {"without_consent": audience.declined, "other_language": audience.other_language},
        "problems": [problem._asdict() for problem in audience.problems],
    }


def plan_view(plan: SendingPlan) -> dict[str, Any]:
    """What would be sent, for JSON."""
    first = plan.first
    return {
        "to_send": len(plan.waiting),
        "already_sent": plan.already,
        "unknown": list(plan.unknown),
        "first": {"to": first.to.email, "subject": first.mail.subject, "text": first.mail.text} if first else None,
        **audience_view(plan.audience),
    }


def account_view(account: SendingAccount, audience: Audience) -> dict[str, Any]:
    """What became of the mails, for JSON."""
    return {
        "sent": account.sent,
        "already_sent": account.already,
        "refused": [{"email": email, "reply": words} for email, words in account.refused.items()],
        "deferred": [{"email": email, "reply": words} for email, words in account.deferred.items()],
        "unknown": account.unknown,
        "unsent": account.unsent,
        "stopped": account.stopped or None,
        **audience_view(audience),
    }


def show_plan(plan: SendingPlan, write: Callable[[str], None]) -> None:
    """How many mails go in each language, and the first of them."""
    write(f"{counted(len(plan.waiting), 'mail')} to send{_in_languages(one.language for one in plan.waiting)}")
    if plan.server:
        minutes = -(-len(plan.waiting) // plan.server.per_minute)
        write(f"through {plan.server.host}, in about {counted(minutes, 'minute')}")
    if plan.already:
        write(f"sent before, and not again: {counted(plan.already, 'mail')}")
    for email in plan.unknown:
        write(f"unknown: {email} may have it or not; it is not sent again unless you add --resend-unknown")
    if plan.first:
        write(f"the first of them:\n\nTo: {plan.first.to.email}\nSubject: {plan.first.mail.subject}\n")
        write(plan.first.mail.text)
    tell_notes(plan.notes)


def show_account(account: SendingAccount) -> None:
    """What became of the mails, each that did not arrive by its address."""
    say(f"sent: {counted(account.sent, 'mail')}")
    if account.already:
        say(f"sent before: {account.already}")
    for email, words in account.refused.items():
        tell(f"refused: {email}: {words}")
    for email, words in account.deferred.items():
        tell(f"not taken yet: {email}: {words}. Run the command again later")
    for email in account.unknown:
        tell(f"unknown: {email} may have it or not; it is not sent again unless you add --resend-unknown")
    if account.stopped:
        tell(f"error: {account.stopped}. Not written to: {account.unsent}; run the command again to go on")


def tell_left_out(audience: Audience) -> None:
    """Who of the list gets no mail, and why."""
    for problem in audience.problems:
        tell(f"note: {problem}")
    if audience.declined:
        tell(f"note: left out, no consent: {audience.declined}")
    if audience.other_language:
        tell(f"note: left out, other language: {audience.other_language}")
    tell_notes(audience.notes)


def tell_notes(notes: Iterable[str]) -> None:
    """What an organiser should know, on standard error."""
    for note in notes:
        tell(f"note: {note}")


def _in_languages(languages: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for language in languages:
        counts[language] = counts.get(language, 0) + 1
    return f": {_listed(counts)}" if counts else ""


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{language} {number}" for language, number in counts.items())
