"""Whatever a hand-made schedule looks like, an edit changes the lines of its key and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.school import Meeting, Schedule, School, Speaker
from schoolctl.store.schedule_file import ScheduleFile, TomlValue

ALMATY = ZoneInfo("Asia/Almaty")
DAY = datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY)
BLANK = st.sampled_from(["", " ", "  ", "\t"])
COMMENT = st.sampled_from(["", "# ескертпе", '#"x" = [1', "  # a = { ] ' #"])
WORDS = st.text(alphabet="абвәіңөү #'\"\\«»={}[],.xyz09", min_size=1, max_size=12).map(str.strip).filter(bool)
NOISE = st.lists(st.sampled_from(["", "  ", "# note", "   # [[school]]", "#mode = 'x'"]), max_size=2)
OPTIONAL = ("mode", "format", "status", "questions_until", "meeting", "speakers", "cancel_reason")


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def one_key(draw: st.DrawFn, key: str, value: str) -> list[str]:
    name = draw(st.sampled_from([key, f'"{key}"', f"'{key}'"]))
    before, left, right, after = (draw(BLANK) for _ in range(4))
    return f"{before}{name}{left}={right}{value}{after}{draw(COMMENT)}".split("\n")


@st.composite
def texts(draw: st.DrawFn, key: str) -> list[str]:
    values = {language: quoted(draw(WORDS)) for language in draw(st.permutations(["kk", "ru"]))}
    if draw(st.booleans()):
        parts = (draw(one_key(f"{key}.{language}", value)) for language, value in values.items())
        return [line.replace(f'"{key}.', f'{key}."').replace(f"'{key}.", f"{key}.'") for part in parts for line in part]
    gap = draw(BLANK)
    inside = f",{gap}".join(f"{language}{gap}={gap}{value}" for language, value in values.items())
    return draw(one_key(key, "{" + gap + inside + gap + "}"))


@st.composite
def speakers(draw: st.DrawFn) -> list[str]:
    names = draw(st.lists(WORDS, min_size=1, max_size=3))
    gap = draw(st.sampled_from(["", "\n", "\n  ", "\n # who\n"]))
    items = ",".join(f"{gap}{{ name = {quoted(name)} }}" for name in names)
    end = draw(st.sampled_from(["", ",", ",\n"]))
    return draw(one_key("speakers", f"[{items}{end}]"))


@st.composite
def units(draw: st.DrawFn, number: int) -> list[tuple[str, list[str]]]:
    plain = {
        "id": f'"school-{number}"',
        "starts": f"2026-12-{10 + number} 18:30:00",
        "ends": f"2026-12-{10 + number}T20:30:00",
        "mode": draw(st.sampled_from(["'online'", '"online"'])),
        "format": '"lecture"',
        "status": '"planned"',
        "questions_until": f"2026-12-{8 + number:02} 18:00:00",
        "meeting": '{url="https://example.org/1",passcode="#1"}',
    }
    chosen = draw(st.sets(st.sampled_from(OPTIONAL)))
    found = [(key, draw(one_key(key, value))) for key, value in plain.items() if key not in OPTIONAL or key in chosen]
    found += [(key, draw(texts(key))) for key in ("topic", "cancel_reason") if key == "topic" or key in chosen]
    found += [("speakers", draw(speakers()))] if "speakers" in chosen else []
    return draw(st.permutations(found))


@dataclass(frozen=True)
class Sample:
    """A schedule, and at which lines each key of each school stands."""

    lines: list[str]
    places: dict[tuple[int, str], list[int]]
    ends: str
    has_last_newline: bool

    @property
    def raw(self) -> bytes:
        return (self.ends.join(self.lines) + (self.ends if self.has_last_newline else "")).encode()


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    lines = ['languages = ["kk", "ru"]', "", "[organizer]", 'name = { kk = "Орталық", ru = "Центр" }']
    places: dict[tuple[int, str], list[int]] = {}
    for number in range(draw(st.integers(1, 3))):
        lines += [*draw(NOISE), draw(st.sampled_from(["[[school]]", "  [[ school ]] # next"]))]
        for key, unit in draw(units(number)):
            lines += draw(NOISE)
            places[number, key] = list(range(len(lines), len(lines) + len(unit)))
            lines += unit
        if draw(st.booleans()):
            lines += [*draw(NOISE), "[[school.programme]]", 'title = { kk = "а", ru = "б" }', "minutes = 120"]
    lines += draw(NOISE)
    return Sample(lines, places, draw(st.sampled_from(["\n", "\r\n"])), draw(st.booleans()))


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, TomlValue, Any]:
    """A key, the value to write (None: taken out), and what the school is to say then."""
    key = draw(st.sampled_from(["topic", "ends", *OPTIONAL]))
    told = {language: draw(WORDS) for language in draw(st.sampled_from([["kk"], ["ru", "kk"], ["kk", "ru"]]))}
    until = DAY - timedelta(days=draw(st.integers(1, 9)))
    names = draw(st.lists(WORDS, max_size=3))
    options: dict[str, list[tuple[TomlValue, Any]]] = {
        "topic": [(told, told)],
        "ends": [(DAY + timedelta(days=30), DAY + timedelta(days=30))],
        "mode": [("online", "online"), (None, "online")],
        "format": [("questions", "questions"), ("lecture", "lecture"), (None, "questions")],
        "status": [("cancelled", True), ("planned", False), (None, False)],
        "questions_until": [(until, until), (None, None)],
        "meeting": [({"url": "https://example.org/2"}, Meeting("https://example.org/2")), (None, None)],
        "speakers": [([{"name": name} for name in names], tuple(Speaker(name) for name in names)), (None, ())],
        "cancel_reason": [(told, told), (None, None)],
    }
    value, meaning = draw(st.sampled_from(options[key]))
    return key, value, meaning


def is_inside(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether all of `some` stand in `others` in that order."""
    following = iter(others)
    return all(line in following for line in some)


def meaning_of(raw: bytes) -> Schedule:
    return ScheduleFile(Path("sessions.toml"), raw).schedule


def said(school: School, key: str) -> TomlValue:
    value: Any = getattr(school, {"status": "is_cancelled"}.get(key, key))
    if key == "status":
        return "cancelled" if value else "planned"
    if key == "speakers":
        return [{"name": speaker.name} for speaker in value]
    if isinstance(value, Meeting):
        return {"url": value.url, "passcode": value.passcode}
    return value if isinstance(value, str | datetime) or value is None else dict(value)


@settings(max_examples=150, deadline=None)
@given(samples(), changes(), st.data())
def test_an_edit_changes_its_lines_and_nothing_else(
    sample: Sample, change: tuple[str, TomlValue, Any], data: st.DataObject
) -> None:
    key, value, meaning = change
    file = ScheduleFile(Path("sessions.toml"), sample.raw)
    old = file.schedule
    number = data.draw(st.integers(0, len(old.schools) - 1))
    school = old.schools[number]
    if key == "ends":
        value = meaning = school.starts + timedelta(hours=3)
    new = file.with_changes(school.id, {key: value})

    own = sample.places.get((number, key), [])
    others = [line for at, line in enumerate(sample.lines) if at not in own]
    new_lines = new.decode().split(sample.ends)
    assert is_inside(others, new_lines)
    field = {"status": "is_cancelled"}.get(key, key)
    wanted = [replace(each, **{field: meaning}) if each is school else each for each in old.schools]
    assert meaning_of(new) == old._replace(schools=tuple(wanted))
    if value is None:
        assert len(new_lines) == len(others) + (sample.has_last_newline or not others[-1:])

    back = ScheduleFile(Path("sessions.toml"), new).with_changes(school.id, {key: said(school, key) if own else None})
    assert meaning_of(back) == old
    if not own:
        assert back.removesuffix(sample.ends.encode()) == sample.raw.removesuffix(sample.ends.encode())
