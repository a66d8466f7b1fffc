"""Editing sessions.toml: one key, its lines, nothing else."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from schoolctl.errors import ChangedMeanwhileError, FileProblemsError, SchoolctlError
from schoolctl.store.schedule_file import ScheduleFile, TomlValue

from .sample_schedule import ALMATY, ANEMIA, LEUKEMIA, SCHEDULE, changed, file_of

BOM = "\ufeff"


def edited(text: str, **changes: TomlValue) -> str:
    return file_of(text).with_changes(ANEMIA, changes).decode()


@pytest.mark.parametrize(
    ("line", "key", "value", "expected"),
    [
        pytest.param('format = "questions"', "format", "lecture", 'format = "lecture"', id="plain"),
        pytest.param('format="questions"', "format", "lecture", 'format="lecture"', id="no blanks"),
        pytest.param('  format   =\t"questions"  ', "format", "lecture", '  format   =\t"lecture"  ', id="odd blanks"),
        pytest.param('"format" = "questions"', "format", "lecture", '"format" = "lecture"', id="key in quotes"),
        pytest.param("format = 'questions'", "format", "lecture", 'format = "lecture"', id="single quotes"),
        pytest.param('format = "questions" # talks', "format", "lecture", 'format = "lecture" # talks', id="comment"),
        pytest.param(
            'format = "questions"#"b"', "format", "lecture", 'format = "lecture"#"b"', id="quotes in a comment"
        ),
        pytest.param("format = 'questions'  # #", "format", "questions", "format = 'questions'  # #", id="same value"),
        pytest.param('status = "planned"\nformat = "questions"', "format", None, 'status = "planned"', id="taken out"),
        pytest.param("", "format", "lecture", 'format = "lecture"\n', id="new"),
        pytest.param(
            'topic.kk = "а"  # қазақша\ntopic . ru = "б" # по-русски\ntopic.en="c"',
            "topic",
            {"kk": "а", "ru": "в", "en": "c"},
            'topic.kk = "а"  # қазақша\ntopic . ru = "в" # по-русски\ntopic.en="c"',
            id="dotted keys",
        ),
        pytest.param(
            'topic.kk = "а" # 1\n# between\ntopic.ru = "б" # 2',
            "topic",
            {"kk": "а", "ru": "б", "en": "c"},
            'topic.kk = "а" # 1\n# between\ntopic.ru = "б" # 2\ntopic.en = "c"',
            id="dotted keys, one more",
        ),
        pytest.param(
            'topic.kk = "а"\ntopic.ru = "б"',
            "topic",
            {"ru": "б"},
            'topic.ru = "б"',
            id="dotted keys, one less",
        ),
        pytest.param(
            'speakers = [\n  # the chair\n  { name = "Асан #1" }, # speaks first\n]  # all',
            "speakers",
            [{"name": "Үсен"}, {"name": "Айгүл", "role": "гематолог"}],
            "speakers = [\n  # the chair\n  # speaks first\n"
            '  { name = "Үсен" },\n  { name = "Айгүл", role = "гематолог" },\n]  # all',
            id="list of several lines keeps its comments",
        ),
        pytest.param(
            'meeting = { url = "https://example.org/1", passcode = "12#4" } # Zoom',
            "meeting",
            {"url": "https://example.org/2"},
            'meeting = { url = "https://example.org/2" } # Zoom',
            id="table on one line",
        ),
        pytest.param(
            '[school.meeting] # Zoom\nurl = "https://example.org/1" # old\npasscode = "1"\n# end',
            "meeting",
            {"url": "https://example.org/2", "meeting_id": "123 456"},
            '[school.meeting] # Zoom\nurl = "https://example.org/2" # old\nmeeting_id = "123 456"\n# end',
            id="table under its own heading",
        ),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", BOM], ids=["plain", "BOM"])
def test_editing_one_key_changes_only_its_lines(  # noqa: PLR0913, PLR0917
    line: str, key: str, value: TomlValue, expected: str, ends: str, mark: str
) -> None:
    base = changed(('topic = { kk = "анемия", ru = "анемия", en = "anemia" }\n', "")) if "topic" in line else SCHEDULE
    before, after = (mark + text for text in base.split('mode = "online"\n'))
    place = line + ("\n" if line else "")
    wanted = expected.removesuffix("\n") + "\n"
    old = (before + place + after.removeprefix(mark)).replace("\n", ends)
    assert edited(old, **{key: value}) == (before + wanted + after.removeprefix(mark)).replace("\n", ends)


def test_mixed_line_ends_stay_as_they_are() -> None:
    mixed = SCHEDULE.replace("\n", "\r\n", 14)
    new = edited(mixed, mode="hybrid", venue={"ru": "Алматы"}, speakers=[{"name": "Асан"}])
    wanted = 'mode = "hybrid"\r\nvenue = { ru = "Алматы" }\r\nspeakers = [\r\n  { name = "Асан" },\r\n]\r\n'
    assert new == mixed.replace('mode = "online"\r\n', wanted)


def test_without_a_final_newline_the_last_line_is_edited_like_any_other() -> None:
    text = SCHEDULE.removesuffix("\n")
    new = file_of(text).with_changes(LEUKEMIA, {"ends": datetime(2026, 12, 17, 21, 0, tzinfo=ALMATY)}).decode()
    assert new == text.replace("2026-12-17 20:30:00", "2026-12-17 21:00:00")
    longer = file_of(text).with_changes(LEUKEMIA, {"mode": "online"}).decode()
    assert longer == text + '\nmode = "online"'


@pytest.mark.parametrize("key", ["questions_until", "meeting", "status"])
def test_a_new_key_goes_above_the_programme_and_comments_between_blocks_stay(key: str) -> None:
    programme = (
        'mode = "online"\n# The programme:\n\n[[school.programme]]\n'
        'title = { kk = "а", ru = "б", en = "c" }\nminutes = 120 # all of it\n# the end of the block'
    )
    text = changed(('mode = "online"', programme))
    values: dict[str, TomlValue] = {
        "questions_until": datetime(2026, 12, 8, 18, 0, tzinfo=ALMATY),
        "meeting": {"url": "https://example.org/1"},
        "status": "cancelled",
    }
    lines = {
        "questions_until": "questions_until = 2026-12-08 18:00:00",
        "meeting": 'meeting = { url = "https://example.org/1" }',
        "status": 'status = "cancelled"',
    }
    assert edited(text, **{key: values[key]}) == text.replace('mode = "online"\n', f'mode = "online"\n{lines[key]}\n')


def test_an_hour_that_happens_twice_is_written_with_its_offset() -> None:
    first = datetime(2024, 2, 29, 23, 30, tzinfo=ALMATY)
    new = edited(SCHEDULE, starts=first.replace(fold=1), ends=datetime(2024, 3, 1, 1, 0, tzinfo=ALMATY))
    assert "starts = 2024-02-29 23:30:00+05:00\nends = 2024-03-01 01:00:00\n" in new


@pytest.mark.parametrize(
    ("block", "key", "value", "line"),
    [
        ('[[school.speakers]]\nname = "Асан"', "speakers", [{"name": "Үсен"}], 15),
        ('[school.venue]\nkk.a = "б"', "venue", {"kk": "в"}, None),
    ],
    ids=["blocks", "nested"],
)
def test_what_cannot_be_edited_safely_is_refused_with_its_line(
    block: str, key: str, value: TomlValue, line: int | None
) -> None:
    text = changed(('mode = "online"', f'mode = "online"\n{block}'))
    with pytest.raises(SchoolctlError) as refusal:
        edited(text, **{key: value})
    where = "sessions.toml:16: kk must be a text" if line is None else f"sessions.toml:{line}: {key} takes several"
    assert str(refusal.value).startswith(where)


def test_schools_in_a_list_are_refused_with_their_line() -> None:
    head, block = SCHEDULE.split("[[school]]", 2)[:2]
    inline = ", ".join(line for line in block.strip().split("\n"))
    text = f"school = [ {{ {inline} }} ]\n{head}"
    assert file_of(text).schedule.schools[0].id == ANEMIA
    message = "sessions.toml:1: the schools stand in a list. Write each as a [[school]] block first"
    file = file_of(text)
    with pytest.raises(SchoolctlError, match=re.escape(message)):
        file.with_changes(ANEMIA, {"format": "lecture"})
    with pytest.raises(SchoolctlError, match=re.escape(message)):
        file.without_school(ANEMIA)
    with pytest.raises(SchoolctlError, match=re.escape(message)):
        file.with_school({"id": "new"})


@pytest.mark.parametrize("text", ["a\udcffb", "a\u202eb", "a\x00b", "a\nb"])
def test_a_text_that_would_harm_is_refused(text: str) -> None:
    with pytest.raises(SchoolctlError):
        edited(SCHEDULE, topic={"ru": text})


@pytest.mark.parametrize("text", ['«а» "б"', "c:\\d", "it's", "# no comment", "{ } [ ] = ,"])
def test_any_other_text_reads_back_as_it_was(text: str) -> None:
    new = file_of(edited(SCHEDULE, topic={"ru": text}))
    assert new.schedule.school(ANEMIA).topic == {"ru": text}


def test_an_edit_that_makes_no_sense_is_refused_with_the_problem() -> None:
    with pytest.raises(FileProblemsError) as refusal:
        edited(SCHEDULE, ends=datetime(2026, 12, 10, 8, 0, tzinfo=ALMATY))
    assert str(refusal.value) == "sessions.toml:13: the school ends before it starts. Compare starts and ends"


def test_writing_over_a_hand_edit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sessions.toml"
    path.write_text(SCHEDULE, "utf-8")
    file = ScheduleFile.read(path)
    new = file.with_changes(ANEMIA, {"format": "lecture"})
    path.write_text(SCHEDULE + "# by hand\n", "utf-8")
    with pytest.raises(ChangedMeanwhileError):
        file.write(new)
    assert path.read_text("utf-8") == SCHEDULE + "# by hand\n"
