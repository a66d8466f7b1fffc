"""Moderators, and words for several people in a programme, as they are written into sessions.toml by hand."""

from __future__ import annotations

import pytest

from schoolctl.domain.school import Speaker
from schoolctl.errors import Problem
from schoolctl.store.schedule_reader import read_schedule

from .sample_schedule import changed, error, file_of

HINT = 'Write moderator = { name = "…", role = { kk = "…", ru = "…" } }'
ITEM = '[[school.programme]]\ntitle = { kk = "Б", ru = "О", en = "A" }\nminutes = 120\n'


def read(line: str) -> tuple[Speaker | None, tuple[Problem, ...]]:
    schedule, problems = read_schedule(changed(('mode = "online"', line)).encode(), "sessions.toml")
    return schedule.schools[0].moderator, problems


@pytest.mark.parametrize(
    ("line", "moderator"),
    [
        ('mode = "online"', None),
        ('moderator = { name = "Асан" }', Speaker("Асан")),
        ('moderator = { name = "Асан", role = "дәрігер" }', Speaker("Асан", "дәрігер")),
        (
            '[school.moderator]\nname.ru = "Асан"\nrole = { ru = "врач", en = "doctor" }',
            Speaker({"ru": "Асан"}, {"ru": "врач", "en": "doctor"}),
        ),
    ],
)
def test_a_moderator_is_written_as_a_speaker_is(line: str, moderator: Speaker | None) -> None:
    assert read(line) == (moderator, ())


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('moderator = "Асан"', error(14, "moderator must be a table", HINT)),
        ('moderator = { role = "дәрігер" }', error(14, "name is missing", 'Write name = "…"')),
        (
            'moderator = { name = "Асан", themes = ["diet"] }',
            error(
                14,
                '"themes" means nothing here',
                "Questions are answered by speakers: give the themes to one of those",
            ),
        ),
        (
            'moderator = { name = "Асан", role = { kz = "дәрігер" } }',
            error(14, '"kz" means nothing here', "Kazakh is written kk"),
        ),
        (
            '[school.moderator]\nname = "Асан"\nrole = " "',
            error(16, "role: the text is empty", "Write something between the quotes"),
        ),
    ],
)
def test_a_mistake_about_a_moderator_is_told_with_its_line(line: str, problem: Problem) -> None:
    assert read(line)[1] == (problem,)


def test_one_moderator_takes_the_place_of_another() -> None:
    new = {"moderator": {"name": "Асан", "role": "дәрігер"}}
    for line in (
        'mode = "online"',
        'moderator = { name = { ru = "Үсен" } } # chair',
        '[school.moderator]\nname = "Үсен"',
    ):
        file = file_of(changed(('mode = "online"', line)))
        edited = file_of(file.with_changes("2026-12-10-anemia", new).decode())
        assert edited.schedule.schools[0].moderator == Speaker("Асан", "дәрігер")
        assert ("# chair" in line) == ("# chair" in edited.raw.decode())


def test_several_people_are_named_by_language() -> None:
    line = f'{ITEM}speakers = ["Асан", {{ ru = "все врачи", en = "all doctors" }}]'
    schedule, problems = read_schedule(changed(('mode = "online"', line)).encode(), "sessions.toml")
    (item,) = schedule.schools[0].programme
    assert (item.speakers, problems) == (("Асан", {"ru": "все врачи", "en": "all doctors"}), ())


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ('"Асан"', error(17, "speakers must be a list of texts", 'Write speakers = ["…", "…"]')),
        ('["Асан", 7]', error(17, "speakers must be a list of texts", 'Write speakers = ["…", "…"]')),
        ('["Асан", " "]', error(17, "speakers: the text is empty", "Write something between the quotes")),
        ('[{ kz = "дәрігерлер" }]', error(17, '"kz" means nothing here', "Kazakh is written kk")),
    ],
)
def test_a_mistake_about_who_speaks_is_told_with_its_line(names: str, problem: Problem) -> None:
    line = f"{ITEM}speakers = {names}"
    _, problems = read_schedule(changed(('mode = "online"', line)).encode(), "sessions.toml")
    assert problems == (problem,)
