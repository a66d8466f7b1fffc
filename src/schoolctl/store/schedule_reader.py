"""sessions.toml -> Schedule: every mistake of a hand-edited file at once, each with its line and how to mend it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.local_time import parse_zone
from schoolctl.domain.reminders import DEFAULT_REMINDERS
from schoolctl.domain.school import (
    FORMATS,
    MODES,
    PLACEHOLDER,
    Meeting,
    Organizer,
    ProgrammeItem,
    Schedule,
    School,
    email_fault,
    id_fault,
    url_fault,
)
from schoolctl.errors import Problem, WrongUsageError
from schoolctl.store.schedule_keys import (
    MEANT_AT_TOP,
    MEANT_IN_ORGANIZER,
    MEANT_IN_PART,
    MEANT_IN_SCHOOL,
    ORGANIZER_KEYS,
    PROGRAMME_HINT,
    PROGRAMME_KEYS,
    REQUIRED,
    SCHOOL_KEYS,
    TOP_KEYS,
)
from schoolctl.store.schedule_limits import read_limits
from schoolctl.store.schedule_people import read_moderator, read_names, read_speakers
from schoolctl.store.schedule_reminders import read_reminders
from schoolctl.store.schedule_themes import read_theme
from schoolctl.store.smtp_settings import read_smtp
from schoolctl.store.toml_source import TomlSource, read_toml
from schoolctl.store.toml_values import Finding, Table, language_hint

if TYPE_CHECKING:
    from schoolctl.store.toml_places import Statement

_LONGEST_HOURS = 24
_NEVER = datetime.min.replace(tzinfo=UTC)
_LONGEST_ITEM_MINUTES = 24 * 60


def read_schedule(raw: bytes, file: str) -> tuple[Schedule, tuple[Problem, ...]]:
    """The schedule as far as it could be read, and all problems; it may be used when none of them is an error."""
    source = read_toml(raw, file)
    top = Table(source.data, ())
    top.report_unknown(TOP_KEYS, MEANT_AT_TOP)
    languages = _languages(top)
    zone = _zone(top, ZoneInfo("Asia/Almaty"))
    organizer = _organizer(top, languages)
    limits = read_limits(top)
    # Only its mistakes are wanted here: nothing of a schedule depends on how mails are sent.
    read_smtp(top)
    reminders = read_reminders(top, DEFAULT_REMINDERS)
    tables = top.tables("school", "Begin each school with a line [[school]]")
    schools = tuple(_school(table, languages, zone, reminders) for table in tables)
    _report_twins(tables)
    usable = tuple(school for school in schools if school is not None)
    return Schedule(organizer, languages, zone, usable, limits), _problems(file, raw, source, top.findings)


def _languages(top: Table) -> tuple[str, ...]:
    languages = top.words("languages")
    if not languages:
        if "languages" in top.data and not top.has_findings("languages"):
            top.report("languages", "languages names no language", 'Write languages = ["kk", "ru", "en"]')
        return tuple(LANGUAGES)
    for language in dict.fromkeys(languages):
        _check_language(top, language, languages.count(language))
    # Texts are not to be blamed for a mistake in this line.
    return tuple(LANGUAGES) if top.has_findings("languages") else languages


def _check_language(top: Table, language: str, times: int) -> None:
    if language not in LANGUAGES:
        top.report("languages", f'there is no language "{language}"', language_hint(language))
    elif times > 1:
        top.report("languages", f'the language "{language}" stands twice', "Keep one of the two")


def _zone(table: Table, default: ZoneInfo) -> ZoneInfo:
    if not (name := table.text("timezone")):
        return default
    try:
        return parse_zone(name)
    except WrongUsageError as error:
        table.report("timezone", str(error))
        return default


def _organizer(top: Table, languages: tuple[str, ...]) -> Organizer:
    hint = 'Write a line [organizer], and below it name = { kk = "…", ru = "…", en = "…" }'
    top.require("organizer", hint)
    table = top.table("organizer", hint)
    if table is None:
        return Organizer(name={})
    table.report_unknown(ORGANIZER_KEYS, MEANT_IN_ORGANIZER)
    table.require("name", 'Write name = { kk = "…", ru = "…", en = "…" }')
    name = table.texts("name", languages)
    _report_missing_texts(table, "name", name, languages)
    return Organizer(
        name={language: text for language, text in (name or {}).items() if _filled_in(table, "name", text)},
        email=_filled_in(table, "email", table.text("email", _email_fault)),
        whatsapp=_filled_in(table, "whatsapp", table.text("whatsapp", _phone_fault)),
        chat_names=table.words("chat_names"),
    )


def _email_fault(text: str) -> str | None:
    return None if text == PLACEHOLDER else email_fault(text)


def _phone_fault(text: str) -> str | None:
    return None if text == PLACEHOLDER or re.fullmatch(r"\+[0-9 ()-]{9,22}", text) else "write it as +7 700 000 00 00"


def _filled_in(table: Table, key: str, value: str) -> str | None:
    if value == PLACEHOLDER:
        table.report(key, f"{key} is still to be filled in", "Patients read it in every text", "warning")
        return None
    return value or None


def _report_missing_texts(table: Table, key: str, texts: dict[str, str] | None, languages: tuple[str, ...]) -> None:
    missing = [language for language in languages if texts is not None and language not in texts]
    # A text that was reported as wrong, or under a wrong language, is not missing.
    if missing and not table.has_findings(key):
        hint = f"Add {', '.join(f'{language} = …' for language in missing)} before announcing in that language"
        table.report(key, f"{key} has no text in {', '.join(missing)}", hint, "warning")


def _school(
    table: Table, languages: tuple[str, ...], default_zone: ZoneInfo, default_reminders: tuple[int, ...]
) -> School | None:
    """One `[[school]]` block; None when what every school needs is not there (it was reported)."""
    table.report_unknown(SCHOOL_KEYS, MEANT_IN_SCHOOL)
    has_all = [table.require(key, hint) for key, hint in REQUIRED]
    zone = _zone(table, default_zone)
    topic = table.texts("topic", languages)
    _report_missing_texts(table, "topic", topic, languages)
    starts, ends = table.moment("starts", zone), table.moment("ends", zone)
    school = School(
        id=table.text("id", id_fault),
        topic=topic or {},
        starts=starts or _NEVER,
        ends=ends or _NEVER,
        mode=table.choice("mode", MODES, "online"),
        venue=table.texts("venue", languages),
        format=table.choice("format", FORMATS, "questions"),
        questions_until=table.moment("questions_until", zone),
        is_cancelled=table.choice("status", ("planned", "cancelled"), "planned") == "cancelled",
        cancel_reason=table.texts("cancel_reason", languages),
        moved_from=table.moment("moved_from", zone),
        meeting=_meeting(table),
        moderator=read_moderator(table, languages),
        speakers=read_speakers(table, languages),
        programme=_programme(table, languages),
        registration=table.flag("registration"),
        recording=table.text("recording", url_fault),
        reminders=read_reminders(table, default_reminders),
    )
    if starts and ends:
        _report_contradictions(table, school)
    return school if all((*has_all, school.id, topic, starts, ends)) else None


def _meeting(school: Table) -> Meeting | None:
    table = school.table("meeting", 'Write meeting = { url = "https://…" }')
    if table is None:
        return None
    table.report_unknown(("url", "meeting_id", "passcode"), MEANT_IN_PART)
    table.require("url", 'Write url = "https://…"')
    return Meeting(table.text("url", url_fault), table.text("meeting_id"), table.text("passcode"))


def _programme(school: Table, languages: tuple[str, ...]) -> tuple[ProgrammeItem, ...]:
    return tuple(_programme_item(table, languages) for table in school.tables("programme", PROGRAMME_HINT))


def _programme_item(table: Table, languages: tuple[str, ...]) -> ProgrammeItem:
    table.report_unknown(PROGRAMME_KEYS, MEANT_IN_PART)
    table.require("title", 'Write title = { kk = "…", ru = "…", en = "…" }')
    table.require("minutes", "Write minutes = 15")
    title = table.texts("title", languages)
    _report_missing_texts(table, "title", title, languages)
    minutes = table.whole_number("minutes", 1, _LONGEST_ITEM_MINUTES)
    return ProgrammeItem(title or {}, minutes, read_names(table, languages), read_theme(table))


def _report_contradictions(table: Table, school: School) -> None:
    if school.minutes <= 0:
        table.report("ends", "the school ends before it starts", "Compare starts and ends")
    elif school.ends - school.starts > timedelta(hours=_LONGEST_HOURS):
        table.report("ends", "the school lasts longer than a day", "Compare starts and ends")
    if school.questions_until and school.questions_until > school.ends:
        table.report("questions_until", "questions_until is later than the school itself", "Choose an earlier day")
    if school.mode != "online" and not school.venue and not table.has_findings("venue"):
        table.report("mode", f"mode is {school.mode}, but there is no venue", 'Write venue = { kk = "…", ru = "…" }')
    _report_wrong_sum(table, school)
    if school.cancel_reason:
        _report_missing_texts(table, "cancel_reason", dict(school.cancel_reason), tuple(school.topic))


def _report_wrong_sum(table: Table, school: School) -> None:
    planned = sum(item.minutes for item in school.programme)
    lasts = school.minutes
    # Wrong minutes were reported already: their sum says nothing.
    is_told = table.has_findings("programme") or table.has_findings("ends")
    if school.programme and planned != lasts and not is_told:
        message = f"the programme adds up to {planned} minutes, the school lasts {lasts}"
        table.report("programme", message, "Change the minutes of its items", "warning")


def _report_twins(schools: list[Table]) -> None:
    seen: set[str] = set()
    for table in schools:
        school_id = table.data.get("id")
        if isinstance(school_id, str) and school_id in seen:
            table.report("id", f'the ID "{school_id}" is used twice', "Give one of them another ID")
        seen.add(str(school_id))


def _problems(file: str, raw: bytes, source: TomlSource, findings: list[Finding]) -> tuple[Problem, ...]:
    if not raw.strip():
        hint = "Put a copy from your backup in its place, or delete it and run: schoolctl init"
        return (Problem(file, None, "the file is empty", hint),)
    if not source.is_readable or not findings:
        return source.problems
    # Loaded here, as all that serves mistakes only: most schedules have none.
    from schoolctl.store.toml_places import statements

    places = statements(source.text)
    problems = [*source.problems, *_placed(file, source, findings, places)]
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _placed(file: str, source: TomlSource, findings: list[Finding], places: list[Statement]) -> Iterator[Problem]:
    from schoolctl.store.toml_places import line_of

    for finding in findings:
        line = line_of(finding.path, places)
        # The line that holds the key was reported already.
        if not (finding.is_missing and _stands_on_broken_line(finding, line or 0, source, places)):
            yield Problem(file, line, finding.message, finding.hint, finding.severity)


def _stands_on_broken_line(finding: Finding, header: int, source: TomlSource, places: list[Statement]) -> bool:
    """Whether the missing key is there after all, on a line that was reported as no TOML."""
    headers = (place.first for place in places if place.is_header)
    next_header = min((line for line in headers if line > header), default=sys.maxsize)
    return any(key == finding.path[-1] and header < number < next_header for number, key in source.broken)
