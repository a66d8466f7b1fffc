"""What is done for a school and what is next: the list an organiser would keep on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from schoolctl.domain.announcement_changes import OldStart
from schoolctl.domain.school import School
from schoolctl.domain.translations import missing_translations

State = Literal["done", "due", "later", "missing"]
# outdated: a file for everybody is; behind: it is not, but somebody invited by name holds an older one.
InviteState = Literal["none", "current", "outdated", "behind"]

# How long before a school each step should be done (the Center announces up to 19 days ahead).
_CALL_BEFORE = timedelta(days=19)
_LINK_BEFORE = timedelta(days=3)
_INVITATION_BEFORE = timedelta(days=7)
_AGENDA_BEFORE = timedelta(days=2)
_REMINDER_BEFORE = timedelta(days=1)
_RECAP_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list. `command` is what to type next, empty when there is nothing to type.

    done; due: now is the time; later: not yet; missing: something is wrong and nothing else can go on.
    """

    name: str
    state: State
    detail: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a school: questions by status, how many wait for review, what was written and issued.

    `written` tells for each kind of announcement the channels and when, `outdated` the channels for which what was
    written does not hold any more; `has_agenda`: an agenda lies in `out/`; `old_start`: who was told another start.
    `left_over` is how many questions nobody has called answered or carried over yet, `next_school` the ID of the one
    to come that is about the same.
    """

    school: School
    now: datetime
    languages: Sequence[str]
    statuses: Mapping[str, int]
    waiting: int
    written: Mapping[str, Mapping[str, datetime]]
    outdated: Mapping[str, Sequence[str]]
    invite: InviteState
    has_agenda: bool
    old_start: OldStart = field(default_factory=OldStart)
    left_over: int = 0
    next_school: str | None = None


def checklist(standing: Standing) -> list[Step]:
    """The steps of a school, in the order in which they are done."""
    status = standing.school.status(standing.now)
    if status == "cancelled":
        return [_cancellation(standing), *_cancelled_invite(standing), *_closing_of_cancelled(standing)]
    if status == "held":
        return [_closing(standing), *_unread(standing), _recap(standing)]
    return [step for make in _STEPS for step in make(standing)]


def next_step(steps: Sequence[Step]) -> Step | None:
    """The step to do now: what is missing before what is due; None when there is nothing to do today."""
    wanted = [step for step in steps if step.state == "missing"] or [step for step in steps if step.state == "due"]
    return wanted[0] if wanted else None


def _translations(standing: Standing) -> Iterator[Step]:
    missing = list(missing_translations(standing.school, standing.languages))
    if not missing:
        yield Step("translations", "done", f"complete ({', '.join(standing.languages)})")
        return
    what, language = missing[0]
    option = {"topic": "--topic", "venue": "--venue"}.get(what)
    typed = f'schoolctl school edit {standing.school.id} {option} {language}="…"' if option else ""
    detail = "missing: " + ", ".join(f"{name} ({code})" for name, code in missing)
    yield Step("translations", "missing", detail if option else f"{detail}: add them in sessions.toml", typed)


def _call(standing: Standing) -> Iterator[Step]:
    school = standing.school
    if school.format == "questions":
        until = school.questions_until or school.starts
        yield _announced(standing, "call", _CALL_BEFORE, until)


def _questions(standing: Standing) -> Iterator[Step]:
    total = sum(standing.statuses.values())
    accepted = standing.statuses.get("accepted", 0)
    if standing.waiting:
        command = f"schoolctl questions review --school {standing.school.id}"
        yield Step("questions", "due", f"{standing.waiting} of {total} wait for review", command)
    elif total:
        yield Step("questions", "done", f"all {total} looked at, {accepted} accepted")
    else:
        command = f"schoolctl questions import PATH --school {standing.school.id}"
        yield Step("questions", "later", "none imported yet", command)


def _unread(standing: Standing) -> Iterator[Step]:
    """After a school: what nobody has looked at. A personal question among it needs an answer of its own."""
    if standing.waiting:
        command = f"schoolctl questions review --school {standing.school.id}"
        state: State = "due" if _is_recent(standing) else "later"
        yield Step("questions", state, f"{standing.waiting} wait for review", command)


def _link(standing: Standing) -> Iterator[Step]:
    school = standing.school
    if school.mode == "onsite":
        return
    if school.meeting:
        yield Step("link", "done", "there")
        return
    command = f"schoolctl school link {school.id} --url https://…"
    yield Step("link", _when(standing, _LINK_BEFORE), "not yet", command)


def _invitation(standing: Standing) -> Iterator[Step]:
    yield _announced(standing, "invitation", _INVITATION_BEFORE, standing.school.starts)
    # Once an invitation went out without the link, those who read it wait for the link.
    if standing.school.meeting and "invitation" in standing.written:
        link_needed = _announced(standing, "link", _LINK_BEFORE, standing.school.starts)
        if "link" in standing.written or link_needed.state == "due":
            yield link_needed


def _invite(standing: Standing) -> Iterator[Step]:
    command = f"schoolctl invite {standing.school.id}"
    if standing.invite == "outdated":
        yield Step("invite", "due", "outdated: the school changed since it was issued", f"{command} --force")
    elif standing.invite == "behind":
        yield Step("invite", "due", "people invited by name hold an older one", f"{command} --everyone --force")
    elif standing.invite == "current":
        yield Step("invite", "done", "current")
    else:
        yield Step("invite", _when(standing, _INVITATION_BEFORE), "not issued yet", command)


def _agenda(standing: Standing) -> Iterator[Step]:
    command = f"schoolctl agenda {standing.school.id}"
    if standing.has_agenda:
        yield Step("agenda", "done", "written")
    else:
        yield Step("agenda", _when(standing, _AGENDA_BEFORE), "not written yet", command)


def _reminder(standing: Standing) -> Iterator[Step]:
    yield _announced(standing, "reminder", _REMINDER_BEFORE, standing.school.starts)


def _move(standing: Standing) -> Iterator[Step]:
    if not standing.school.moved_from:
        return
    by_mail = list(_move_by_mail(standing))
    yield from by_mail
    step = _announced(standing, "move", timedelta.max, standing.school.starts)
    # By schoolctl, that is: an organiser who told it otherwise has the command at hand.
    if standing.old_start.is_known or "move" in standing.written:
        yield step
    elif not by_mail:
        yield Step("move", "later", "nobody was told of the day before: tell it if somebody knows it", step.command)


def _move_by_mail(standing: Standing) -> Iterator[Step]:
    _, mailed_to, corrected = standing.old_start
    if mailed_to:
        people = "1 person was" if mailed_to == 1 else f"{mailed_to} people were"
        command = f"schoolctl mail {standing.school.id} --kind move --send"
        yield Step("move", "due", f"{people} mailed another day or hour", command)
    elif corrected:
        yield Step("move", "done", f"mailed {corrected.astimezone(standing.school.zone):%d.%m.%Y}")


def _cancellation(standing: Standing) -> Step:
    is_over = standing.school.ends <= standing.now
    step = _announced(standing, "cancellation", timedelta.max, standing.school.starts)
    return Step("cancellation", "done", "the day is over") if is_over and step.state != "done" else step


def _cancelled_invite(standing: Standing) -> Iterator[Step]:
    if standing.invite != "none":
        everyone = " --everyone" if standing.invite == "behind" else ""
        command = f"schoolctl invite {standing.school.id}{everyone} --force"
        is_told = standing.invite == "current"
        detail = "taken back" if is_told else "calendars still show the school"
        yield Step("invite", "done" if is_told else "due", detail, "" if is_told else command)


def _closing_of_cancelled(standing: Standing) -> Iterator[Step]:
    if standing.left_over:
        yield _closing(standing)


def _closing(standing: Standing) -> Step:
    command, left = f"schoolctl school close {standing.school.id}", standing.left_over
    if not left:
        return Step("close", "done", "no question is left over")
    if standing.next_school:
        return Step(
            "close", "due", f"{left} left: tick those answered, the rest goes to {standing.next_school}", command
        )
    # Once somebody said what was answered there is nothing to do until the next school of the topic is planned.
    if _is_recent(standing) and not standing.statuses.get("answered") and not standing.school.is_cancelled:
        return Step("close", "due", f"{left} left: tick those answered", command)
    told = "" if standing.school.is_cancelled else " --answered none"
    advice = f"{left} left, no school of the topic is to come: add one, then close again"
    return Step("close", "later", advice, f"{command}{told} --to NEW-ID")


def _is_recent(standing: Standing) -> bool:
    return standing.now - standing.school.ends <= _RECAP_WITHIN


def _recap(standing: Standing) -> Step:
    step = _announced(standing, "recap", timedelta.max, standing.school.starts)
    return Step("recap", "done", "long over") if step.state != "done" and not _is_recent(standing) else step


def _announced(standing: Standing, kind: str, before: timedelta, deadline: datetime) -> Step:
    """The step of an announcement: written, to be written now, later, or too late for."""
    is_passed = kind in {"call", "invitation", "link", "reminder"} and standing.now >= deadline
    if kind in standing.outdated and not is_passed:
        return _to_write_again(standing, kind, before)
    if channels := standing.written.get(kind):
        last = max(channels.values()).astimezone(standing.school.zone)
        return Step(kind, "done", f"written {last:%d.%m.%Y} ({', '.join(sorted(channels))})")
    if is_passed:
        return Step(kind, "later", "not written, and the time for it is over")
    return Step(
        kind,
        "due" if before == timedelta.max else _when(standing, before),
        "not written yet",
        f"schoolctl announce {standing.school.id} --kind {kind} --channel all",
    )


def _to_write_again(standing: Standing, kind: str, before: timedelta) -> Step:
    # A reminder of the old day is made good by the next one; everything else is still believed.
    state: State = _when(standing, before) if kind == "reminder" else "due"
    channels = standing.outdated[kind]
    options = " ".join(f"--channel {channel}" for channel in channels)
    command = f"schoolctl announce {standing.school.id} --kind {kind} {options} --force"
    return Step(kind, state, f"changed since it was written ({', '.join(channels)})", command)


def _when(standing: Standing, before: timedelta) -> State:
    return "due" if standing.now >= standing.school.starts - before else "later"


_STEPS: tuple[Callable[[Standing], Iterator[Step]], ...] = (
    _translations,
    _move,
    _call,
    _questions,
    _link,
    _invitation,
    _invite,
    _agenda,
    _reminder,
)
