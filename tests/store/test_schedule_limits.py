"""The table [limits]: what is set counts, the rest is as usual, and every mistake is told with its line."""

from __future__ import annotations

import pytest

from schoolctl.domain.limits import DEFAULT_LIMITS, HIGHEST_LIMITS, LIMIT_KEYS, Limits
from schoolctl.domain.school import later
from schoolctl.errors import Problem
from schoolctl.store.schedule_file import TomlValue
from schoolctl.store.schedule_reader import read_schedule

from .sample_schedule import ANEMIA, SCHEDULE, error, file_of

HEADING_LINE = SCHEDULE.count("\n") + 2
NUMBER = "Write only the number, without quotes"
MESSAGE_MB = "message_mb must be a whole number from 1 to 200"


def with_limits(*lines: str) -> str:
    """The sample, with a table of limits at its end whose first line is HEADING_LINE."""
    return "\n".join([SCHEDULE, "[limits]", *lines, ""])


def read(text: str) -> tuple[Limits, tuple[Problem, ...]]:
    schedule, problems = read_schedule(text.encode(), "sessions.toml")
    return schedule.limits, problems


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), Limits()),
        (("message_mb = 40",), Limits(message_mb=40)),
        (
            ("question_characters = 100_000 # long letters", "zip_entries = 1"),
            Limits(question_characters=100_000, zip_entries=1),
        ),
    ],
)
def test_what_is_set_counts_and_the_rest_is_as_usual(lines: tuple[str, ...], expected: Limits) -> None:
    assert read(with_limits(*lines)) == (expected, ())
    assert read(SCHEDULE) == (DEFAULT_LIMITS, ())


def test_the_table_may_stand_before_the_schools() -> None:
    limits = "[limits]\nheaders = 2000\n\n"
    assert read(SCHEDULE.replace("[[school]]", f"{limits}[[school]]", 1)) == (Limits(headers=2000), ())


@pytest.mark.parametrize("key", LIMIT_KEYS)
def test_every_limit_can_be_set_up_to_its_bound(key: str) -> None:
    most = getattr(HIGHEST_LIMITS, key)
    assert read(with_limits(f"{key} = {most}")) == (Limits(**{key: most}), ())
    _, problems = read(with_limits(f"{key} = {most + 1}"))
    assert problems == (error(HEADING_LINE + 1, f"{key} must be a whole number from 1 to {most}", NUMBER),)


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("message_mb = 0", MESSAGE_MB, NUMBER),
        ("message_mb = -1", MESSAGE_MB, NUMBER),
        ("message_mb = 25.5", MESSAGE_MB, NUMBER),
        ('message_mb = "25"', MESSAGE_MB, NUMBER),
        ("message_mb = true", MESSAGE_MB, NUMBER),
        ("mesage_mb = 25", '"mesage_mb" means nothing here', "Did you mean message_mb?"),
        ("colour = 1", '"colour" means nothing here', f"Known here: {', '.join(LIMIT_KEYS)}"),
        (
            'timezone = "Asia/Almaty"',
            '"timezone" means nothing here',
            "It belongs at the top of the file, above every [heading]",
        ),
        ('email = "a@example.kz"', '"email" means nothing here', "It belongs below the heading [organizer]"),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, message: str, hint: str) -> None:
    _, problems = read(with_limits("headers = 2000", line))
    assert problems == (error(HEADING_LINE + 2, message, hint),)


@pytest.mark.parametrize("key", LIMIT_KEYS)
def test_a_limit_at_the_top_of_the_file_is_told_where_it_belongs(key: str) -> None:
    _, problems = read(f"{key} = 25\n{SCHEDULE}")
    assert problems == (error(1, f'"{key}" means nothing here', "It belongs below a heading [limits]"),)


def test_limits_that_are_no_table() -> None:
    limits, problems = read(f"limits = 5\n{SCHEDULE}")
    hint = "Write a line [limits], and below it for example message_mb = 25"
    assert (limits, problems) == (DEFAULT_LIMITS, (error(1, "limits must be a table", hint),))


@pytest.mark.parametrize("place", ["before", "after"])
def test_changing_the_schedule_leaves_the_table_as_it_is(place: str) -> None:
    table = "[limits] # our mails carry pictures\nmessage_mb = 0x28\n# room for letters\nquestion_characters=30_000\n\n"
    text = SCHEDULE.replace("[[school]]", f"{table}[[school]]", 1) if place == "before" else f"{SCHEDULE}\n{table}"
    file = file_of(text)
    starts = file.schedule.schools[0].starts
    added: dict[str, TomlValue] = {
        "id": "new",
        "topic": {"ru": "анемия"},
        "starts": starts,
        "ends": later(starts, minutes=60),
    }
    changes = (
        file.with_school(added),
        file.with_changes(ANEMIA, {"mode": "hybrid", "venue": {"ru": "Астана"}}),
        file.without_school(ANEMIA),
    )
    for new in changes:
        assert table in new.decode()
        assert read(new.decode())[0] == Limits(message_mb=40, question_characters=30_000)
