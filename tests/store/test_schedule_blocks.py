"""Adding and removing whole schools."""

from __future__ import annotations

from datetime import datetime

import pytest

from schoolctl.errors import SchoolctlError
from schoolctl.store.schedule_file import TomlValue

from .sample_schedule import ALMATY, ANEMIA, LEUKEMIA, SCHEDULE, changed, file_of

NEW: dict[str, TomlValue] = {
    "id": "new",
    "topic": {"ru": "Тема"},
    "starts": datetime(2027, 1, 14, 18, 30, tzinfo=ALMATY),
    "ends": datetime(2027, 1, 14, 20, 30, tzinfo=ALMATY),
    "venue": None,
}
BLOCK = '[[school]]\nid = "new"\ntopic = { ru = "Тема" }\nstarts = 2027-01-14 18:30:00\nends = 2027-01-14 20:30:00\n'
ORGANIZER = '[organizer]\nname = { ru = "Центр" }\n'


@pytest.mark.parametrize(
    ("text", "gap"),
    [(SCHEDULE, "\n"), (SCHEDULE.removesuffix("\n"), "\n\n"), (SCHEDULE + "# the end\n", "\n"), (ORGANIZER, "\n")],
    ids=["newline", "no final newline", "comment at the end", "first school"],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_new_school_goes_to_the_end(text: str, gap: str, ends: str) -> None:
    old = text.replace("\n", ends)
    assert file_of(old).with_school(NEW).decode() == old + (gap + BLOCK).replace("\n", ends)


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_removing_a_school_leaves_every_other_line(ends: str) -> None:
    old = SCHEDULE.replace("[[school]]", "# note\n[[school]]").replace("\n", ends)
    first = old.index("[[school]]")
    second = old.index("# note", first)
    assert file_of(old).without_school(ANEMIA).decode() == old[:first] + old[second:]
    last = old.rindex("[[school]]")
    assert file_of(old).without_school(LEUKEMIA).decode() == old[:last]


def test_removing_takes_the_programme_along() -> None:
    item = '\n[[school.programme]]\ntitle = { ru = "Всё" }\nminutes = 120\n'
    text = changed(('mode = "online"\n', f'mode = "online"\n{item}'))
    new = file_of(text).without_school(ANEMIA).decode()
    assert "programme" not in new
    assert [school.id for school in file_of(new).schedule.schools] == [LEUKEMIA]


def test_removing_a_school_whose_lines_stand_apart_is_refused() -> None:
    head, *blocks = SCHEDULE.split("[organizer]")
    organizer, first, _ = blocks[0].split("[[school]]")
    item = '\n[[school.programme]]\ntitle = { ru = "Всё" }\nminutes = 120\n'
    text = f"{head}[[school]]{first}[organizer]{organizer}{item}"
    with pytest.raises(SchoolctlError) as refusal:
        file_of(text).without_school(ANEMIA)
    assert str(refusal.value) == (f"sessions.toml: the lines of {ANEMIA} are not all together; take them out by hand")


def test_adding_and_removing_a_school_gives_the_file_of_before() -> None:
    new = file_of(SCHEDULE).with_school(NEW)
    assert file_of(new.decode()).without_school("new").decode() == SCHEDULE


def test_an_unknown_school_is_named_with_the_known_ones() -> None:
    with pytest.raises(SchoolctlError) as refusal:
        file_of(SCHEDULE).with_changes("nobody", {"mode": "online"})
    known = f"{ANEMIA}, {LEUKEMIA}"
    assert str(refusal.value) == f'there is no school "nobody" in sessions.toml. Schools there: {known}'
