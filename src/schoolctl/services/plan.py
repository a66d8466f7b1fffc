"""Planning: add, change, move, cancel and remove schools in sessions.toml."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from schoolctl.domain.local_time import parse_duration, parse_moment, parse_zone
from schoolctl.domain.school import Meeting, Schedule, School, Speaker, default_school_id, id_fault, later, url_fault
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services import clock
from schoolctl.services.school_values import MeetingValues, SchoolValues
from schoolctl.services.telling import last_day_told
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.invite_ledger import InviteLedger
from schoolctl.store.question_store import QuestionStore
from schoolctl.store.schedule_file import ScheduleFile, TomlValue


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """What a command did (in a rehearsal: would do) to sessions.toml: the file's text before and after.

    `notes` say what an organiser should see of it at once.
    """

    school_id: str
    before: str
    after: str
    notes: tuple[str, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether any byte differs."""
        return self.before != self.after

    def diff(self) -> str:
        """The lines that differ, as a unified diff."""
        lines = (self.before.splitlines(), self.after.splitlines())
        return "\n".join(difflib.unified_diff(*lines, "sessions.toml", "sessions.toml", n=0, lineterm=""))


def add_school(workspace: Workspace, values: SchoolValues, school_id: str | None, *, dry_run: bool) -> ScheduleChange:
    """A new school at the end of the schedule; the ID is made of its day and topic unless given."""
    file = workspace.schedule_file()
    schedule = file.schedule
    if not values.topic or not values.starts:
        message = "a new school needs --topic and --starts"
        raise WrongUsageError(message)
    if not (values.ends or values.duration):
        message = "a new school needs --ends or --duration"
        raise WrongUsageError(message)
    _check_values(schedule, values)
    zone = parse_zone(values.timezone) if values.timezone else schedule.zone
    starts = parse_moment(values.starts, zone)
    chosen = school_id or default_school_id(starts, values.topic)
    _check_new_id(schedule, chosen)
    block: dict[str, TomlValue] = {"id": chosen, "topic": dict(values.topic)}
    block |= _toml_values(values, zone, starts)
    return _apply(file, chosen, file.with_school(block), dry_run=dry_run)


def edit_school(workspace: Workspace, school_id: str, values: SchoolValues, *, dry_run: bool) -> ScheduleChange:
    """Change what was said; texts given in some languages leave the other languages as they are."""
    file = workspace.schedule_file()
    schedule = file.schedule
    school = schedule.school(school_id)
    _check_values(schedule, values)
    zone = parse_zone(values.timezone) if values.timezone else ZoneInfo(str(school.zone))
    changes = _toml_values(values, zone, school.starts)
    # A text given in one language corrects that one; the translations that are there are not thrown away.
    if values.topic:
        changes["topic"] = {**school.topic, **values.topic}
    if values.venue:
        changes["venue"] = {**(school.venue or {}), **values.venue}
    if not changes:
        message = "say what to change, for example --topic, --starts or --speaker"
        raise WrongUsageError(message)
    return _apply(file, school_id, file.with_changes(school_id, changes), dry_run=dry_run)


def move_school(workspace: Workspace, school_id: str, values: SchoolValues, *, dry_run: bool) -> ScheduleChange:
    """Give a school another day or hour; it lasts as long as before unless said otherwise."""
    if not values.starts:
        message = 'say when the school is to start: --starts "2026-12-10 18:30"'
        raise WrongUsageError(message)
    file = workspace.schedule_file()
    school = file.schedule.school(school_id)
    _check_values(file.schedule, values)
    _refuse_cancelled(school)
    zone = ZoneInfo(str(school.zone))
    new_starts = parse_moment(values.starts, zone)
    changes: dict[str, TomlValue] = {"starts": new_starts}
    if new_starts != school.starts:
        # Texts about the move name the day that people have in their calendars, whatever was planned meanwhile.
        known = last_day_told(workspace, school) or school.moved_from or school.starts
        changes["moved_from"] = None if new_starts == known else known
    # In UTC: in one zone Python subtracts what the clocks show, whether or not they were changed in between.
    lasted = school.ends.astimezone(UTC) - school.starts.astimezone(UTC)
    lasts = parse_duration(values.duration) if values.duration else lasted
    changes["ends"] = parse_moment(values.ends, zone) if values.ends else _after(new_starts, lasts)
    if school.questions_until:
        # The deadline keeps its distance to the school, at the same hour of the day.
        distance = school.starts.replace(tzinfo=None) - school.questions_until.replace(tzinfo=None)
        changes["questions_until"] = new_starts.replace(tzinfo=None) - distance
    return _apply(file, school_id, file.with_changes(school_id, changes), dry_run=dry_run)


def link_school(workspace: Workspace, school_id: str, link: MeetingValues, *, dry_run: bool) -> ScheduleChange:
    """Set the online meeting's link; ID and access code are kept unless given anew with the same link."""
    file = workspace.schedule_file()
    school = file.schedule.school(school_id)
    _refuse_cancelled(school)
    if fault := url_fault(link.url):
        raise SchoolctlError(fault)
    # The old ID and access code belong to the old link: with a new one they would lead into a wrong meeting.
    old = school.meeting if school.meeting and school.meeting.url == link.url else Meeting(link.url)
    meeting = {
        "url": link.url,
        "meeting_id": link.meeting_id or old.meeting_id,
        "passcode": link.passcode or old.passcode,
    }
    changes: dict[str, TomlValue] = {"meeting": {key: value for key, value in meeting.items() if value}}
    return _apply(file, school_id, file.with_changes(school_id, changes), dry_run=dry_run)


def cancel_school(workspace: Workspace, school_id: str, reason: Mapping[str, str], *, dry_run: bool) -> ScheduleChange:
    """Mark a school as cancelled, with the reason patients will read."""
    file = workspace.schedule_file()
    school = file.schedule.school(school_id)
    changes: dict[str, TomlValue] = {"status": "cancelled"}
    if reason:
        changes["cancel_reason"] = {**(school.cancel_reason or {}), **reason}
    return _apply(file, school_id, file.with_changes(school_id, changes), dry_run=dry_run)


def remove_school(workspace: Workspace, school_id: str, *, force: bool, dry_run: bool) -> ScheduleChange:
    """Take a school out of the schedule; refused once people know of it (an invite went out, questions came in)."""
    file = workspace.schedule_file()
    file.schedule.school(school_id)
    if not force and (why := _known_to_people(workspace, school_id)):
        message = f"school {school_id} stays: {why}. Cancel it (schoolctl school cancel {school_id}) or add --force"
        raise SchoolctlError(message)
    return _apply(file, school_id, file.without_school(school_id), dry_run=dry_run)


def _known_to_people(workspace: Workspace, school_id: str) -> str:
    # Whoever asked or was invited has to hear of a cancellation; a school that is gone cannot send one.
    with open_database(workspace.database_path, for_writing=False) as database:
        questions = QuestionStore(database).count_for(school_id)
        is_issued = InviteLedger(database).last_revision(school_id) is not None
    if is_issued:
        return "an invite was issued"
    return f"{questions} questions belong to it" if questions else ""


def _refuse_cancelled(school: School) -> None:
    if school.is_cancelled:
        message = f"school {school.id} is cancelled. Add a new one: schoolctl school add"
        raise SchoolctlError(message)


def _apply(file: ScheduleFile, school_id: str, new: bytes, *, dry_run: bool) -> ScheduleChange:
    # An unchanged file is not written: its time would tell a backup or an editor that it was.
    if new != file.raw and not dry_run:
        file.write(new)
    texts = (file.raw.decode("utf-8", "replace"), new.decode("utf-8", "replace"))
    return ScheduleChange(school_id, *texts, _notes(file, school_id, new))


def _notes(file: ScheduleFile, school_id: str, new: bytes) -> tuple[str, ...]:
    """What an organiser should see of a change: another moment, and one that lies in the past."""
    before, after = (
        {school.id: school for school in schedule.schools}.get(school_id)
        for schedule in (file.schedule, ScheduleFile(file.path, new).schedule)
    )
    if after is None or (before is not None and before.starts == after.starts):
        return ()
    notes = [f"it begins {_shown(after)}, before that {_shown(before)}"] if before else []
    if after.starts <= clock.now():
        notes.append("that hour is in the past")
    return tuple(notes)


def _shown(school: School) -> str:
    return f"{school.starts:%d.%m.%Y %H:%M} ({school.zone})"


def _toml_values(values: SchoolValues, zone: ZoneInfo, starts: datetime) -> dict[str, TomlValue]:
    """The keys to write for what was said (the topic apart: it may have to be merged)."""
    new = _hours(values, zone, starts)
    said: dict[str, TomlValue] = {"timezone": values.timezone, "mode": values.mode, "format": values.format}
    said["recording"] = values.recording
    new |= {key: value for key, value in said.items() if value}
    if values.venue:
        new["venue"] = dict(values.venue)
    if values.registration is not None:
        new["registration"] = values.registration
    if values.speakers:
        new["speakers"] = [_speaker_table(speaker) for speaker in values.speakers]
    if values.moderator:
        new["moderator"] = _speaker_table(values.moderator)
    return new


def _hours(values: SchoolValues, zone: ZoneInfo, starts: datetime) -> dict[str, TomlValue]:
    said = {"starts": values.starts, "ends": values.ends, "questions_until": values.questions_until}
    moments = {key: parse_moment(text, zone) for key, text in said.items() if text}
    if values.duration:
        moments["ends"] = _after(moments.get("starts", starts), parse_duration(values.duration))
    return dict(moments)


def _speaker_table(speaker: Speaker) -> dict[str, object]:
    table: dict[str, object] = {"name": speaker.name}
    return table | ({"role": speaker.role} if speaker.role else {})


def _check_new_id(schedule: Schedule, school_id: str) -> None:
    if fault := id_fault(school_id):
        raise WrongUsageError(fault)
    if any(school.id == school_id for school in schedule.schools):
        mend = "Give the new one another --id, or use: schoolctl school edit"
        message = f'there is a school "{school_id}" already. {mend}'
        raise SchoolctlError(message)


def _check_values(schedule: Schedule, values: SchoolValues) -> None:
    if values.ends and values.duration:
        # Two ends that may contradict each other: a wrong hour would be announced.
        message = "give --ends or --duration, not both"
        raise WrongUsageError(message)
    if values.recording and (fault := url_fault(values.recording)):
        raise SchoolctlError(fault)
    for option, texts in (("--topic", values.topic), ("--venue", values.venue)):
        for language in texts or {}:
            if language not in schedule.languages:
                known = ", ".join(schedule.languages)
                message = f'{option} {language}=…: the schedule has no language "{language}" ({known})'
                raise WrongUsageError(message)


def _after(starts: datetime, length: timedelta) -> datetime:
    return later(starts, minutes=round(length.total_seconds() / 60))
