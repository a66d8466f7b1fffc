"""Who speaks at a school and who leads through it: `speakers` and `moderator` of a `[[school]]` block."""

from __future__ import annotations

from schoolctl.domain.school import Speaker, Texts
from schoolctl.store.schedule_keys import (
    MEANT_IN_MODERATOR,
    MEANT_IN_PART,
    MODERATOR_HINT,
    MODERATOR_KEYS,
    SPEAKER_KEYS,
    SPEAKERS_HINT,
)
from schoolctl.store.schedule_themes import read_themes
from schoolctl.store.toml_values import Table


def read_speakers(school: Table, languages: tuple[str, ...]) -> tuple[Speaker, ...]:
    """Those who speak, in the order in which they are written; what is wrong is reported to the table's findings."""
    return tuple(_speaker(table, languages) for table in school.tables("speakers", SPEAKERS_HINT))


def read_moderator(school: Table, languages: tuple[str, ...]) -> Speaker | None:
    """Who leads through the meeting; None when nobody was named (or what was written cannot be read)."""
    table = school.table("moderator", MODERATOR_HINT)
    if table is None:
        return None
    table.report_unknown(MODERATOR_KEYS, MEANT_IN_MODERATOR | MEANT_IN_PART)
    return _person(table, languages)


def read_names(item: Table, languages: tuple[str, ...]) -> tuple[str | Texts, ...]:
    """Who speaks in an item of a programme: names, or words such as "all doctors" by language."""
    value = item.data.get("speakers", [])
    if not isinstance(value, list) or not all(isinstance(one, str | dict) for one in value):
        return item.words("speakers")
    each = (Table({"speakers": one}, item.path, item.findings) for one in value)
    return tuple(name for table in each if (name := table.text_or_texts("speakers", languages)))


def _speaker(table: Table, languages: tuple[str, ...]) -> Speaker:
    table.report_unknown(SPEAKER_KEYS, MEANT_IN_PART)
    return _person(table, languages)._replace(themes=read_themes(table))


def _person(table: Table, languages: tuple[str, ...]) -> Speaker:
    table.require("name", 'Write name = "…"')
    return Speaker(table.text_or_texts("name", languages) or "", table.text_or_texts("role", languages))
