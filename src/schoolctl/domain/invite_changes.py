"""What a new revision of an invite changes, in an organiser's words: two states of what was told -> a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from schoolctl.domain.invite import Told
from schoolctl.domain.school import School

_MODES = {"online": "online", "hybrid": "both on-site and online", "onsite": "on-site"}


def changes(before: Told, after: Told) -> list[str]:
    """What `after` says otherwise than `before` (both by `told_of`), the most important first.

    Of a school that is cancelled nothing else matters. Nothing at all is found where only the access code changed or
    where it is not known what was told: see `described`.
    """
    if not before:
        return []
    if after["is_cancelled"] and not before["is_cancelled"]:
        return ["cancelled"]
    return [change for find in _FINDERS for change in find(before, after)]


def described(before: Told, after: Told) -> list[str]:
    """The changes between two revisions that do differ, with words for a difference that the ledger does not know."""
    if found := changes(before, after):
        return found
    return ["access code changed"] if before.get("has_passcode") else ["what it says changed"]


def zone_change(told: Told, school: School) -> str | None:
    """How the start moved in UTC though the schedule says the same hour in the same zone, or None.

    That happens when a country changes its clocks and the computer's zone tables have learnt of it.
    """
    if not told:
        return None
    now = school.starts
    is_same_hour = (told["starts"], told["timezone"]) == (now.replace(tzinfo=None).isoformat(), str(school.zone))
    # Of an hour that the clocks show twice an organiser may have chosen the other one.
    is_ambiguous = now.replace(fold=0).utcoffset() != now.replace(fold=1).utcoffset()
    utc = now.astimezone(UTC)
    if not is_same_hour or is_ambiguous or utc == datetime.fromisoformat(told["starts_utc"]):
        return None
    return f"{now:%d.%m.%Y %H:%M} in {school.zone} is now {utc:%H:%M} UTC"


def _cancelled(before: Told, after: Told) -> Iterator[str]:
    if before["is_cancelled"] and not after["is_cancelled"]:
        yield "takes place after all"
    elif before["cancel_reason"] != after["cancel_reason"]:
        yield "reason of the cancellation changed"


def _moved(before: Told, after: Told) -> Iterator[str]:
    if before["starts_utc"] == after["starts_utc"] and before["timezone"] == after["timezone"]:
        return
    if (old := _shown(before, after)) != (new := _shown(after, before)):
        yield f"moved from {old} to {new}"
    else:
        yield f"{new} is another hour in UTC than before"


def _length(before: Told, after: Told) -> Iterator[str]:
    if _minutes_long(before) != _minutes_long(after):
        yield f"ends at {after['ends'][11:16]}, not at {before['ends'][11:16]}"


def _topic(before: Told, after: Told) -> Iterator[str]:
    yield from _corrected("topic", before["topic"], after["topic"])


def _place(before: Told, after: Told) -> Iterator[str]:
    if before["mode"] != after["mode"]:
        yield f"now {_MODES[after['mode']]}"
    yield from _difference("place", before["venue"], after["venue"])


def _joining(before: Told, after: Told) -> Iterator[str]:
    if before["link"] != after["link"]:
        # A new link comes with an ID and a code of its own.
        yield from _difference("link", before["link"], after["link"])
        return
    yield from _difference("meeting ID", before["meeting_id"], after["meeting_id"])
    yield from _difference("access code", before["has_passcode"], after["has_passcode"])


def _registration(before: Told, after: Told) -> Iterator[str]:
    if before["registration"] != after["registration"]:
        yield "the link is given on request" if after["registration"] else "the link is given to everybody"


def _speakers(before: Told, after: Told) -> Iterator[str]:
    yield from _difference("speakers", before["speakers"], after["speakers"])


def _reminders(before: Told, after: Told) -> Iterator[str]:
    yield from _difference("reminders", before["reminders"], after["reminders"])


def _words(before: Told, after: Told) -> Iterator[str]:
    if before["words"] != after["words"]:
        yield "the words of the invite changed"


_Finder = Callable[[Told, Told], Iterator[str]]
_FINDERS: tuple[_Finder, ...] = (
    _cancelled, _moved, _length, _topic, _place, _joining, _registration, _speakers, _reminders, _words,
)  # fmt: skip


def _difference(what: str, before: object, after: object) -> Iterator[str]:
    if before != after:
        yield f"{what} {'changed' if before and after else 'added' if after else 'removed'}"


def _corrected(what: str, before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    if any(after.get(language) != text for language, text in before.items()):
        yield f"{what} corrected"
    elif new := [language for language in after if language not in before]:
        yield f"{what} added in {', '.join(new)}"


def _shown(told: Told, other: Told) -> str:
    zone = f" ({told['timezone']})" if told["timezone"] != other["timezone"] else ""
    return f"{datetime.fromisoformat(told['starts']):%d.%m.%Y %H:%M}{zone}"


def _minutes_long(told: Told) -> float:
    starts, ends = (datetime.fromisoformat(told[key]) for key in ("starts_utc", "ends_utc"))
    return (ends - starts).total_seconds() / 60
