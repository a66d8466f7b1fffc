from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.local_time import AmbiguousTimeError
from schoolctl.domain.school import Speaker
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services import clock
from schoolctl.services.documents import Destination
from schoolctl.services.plan import add_school, edit_school, move_school
from schoolctl.services.school_values import SchoolValues, speaker_of
from schoolctl.services.start import OrganizerAnswers, new_schedule
from schoolctl.services.workspace import Workspace

ANEMIA = "2026-12-10-anemia"
PARIS = SchoolValues(topic={"en": "x"}, starts="2026-10-24 22:00", ends="2026-10-25 04:00", timezone="Europe/Paris")


def length(season: Workspace, school_id: str) -> timedelta:
    school = season.schedule().school(school_id)
    return school.ends.astimezone(UTC) - school.starts.astimezone(UTC)


def test_moving_keeps_real_hours_over_a_change_of_clocks(season: Workspace) -> None:
    add_school(season, PARIS, "night", dry_run=False)
    assert length(season, "night") == timedelta(hours=7)
    move_school(season, "night", SchoolValues(starts="2026-12-01 12:00"), dry_run=False)
    assert length(season, "night") == timedelta(hours=7)


def test_a_duration_is_real_time(season: Workspace) -> None:
    add_school(season, SchoolValues({"en": "x"}, "2024-02-29 22:30", duration="3h"), "leap", dry_run=False)
    assert length(season, "leap") == timedelta(hours=3)


@pytest.mark.parametrize(("choice", "offset"), [(0, 6), (1, 5)])
def test_the_answer_replaces_only_the_hour_that_was_asked_about(choice: int, offset: int) -> None:
    values = SchoolValues(starts="2024-02-29 23:30", ends="2024-03-01 01:00", questions_until="2024-02-29T23:30")
    error = AmbiguousTimeError(datetime(2024, 2, 29, 23, 30), ZoneInfo("Asia/Almaty"))  # noqa: DTZ001 - a clock on the wall
    told = values.with_hour_told(error, error.choices[choice])
    hour = f"2024-02-29 23:30+0{offset}:00"
    assert (told.starts, told.ends, told.questions_until) == (hour, "2024-03-01 01:00", hour)


def test_another_zone_reads_the_hours_there(season: Workspace) -> None:
    edit_school(season, ANEMIA, SchoolValues(timezone="Asia/Tokyo"), dry_run=False)
    assert season.schedule().school(ANEMIA).starts.isoformat() == "2026-12-10T18:30:00+09:00"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Carol Sample", Speaker("Carol Sample", None)),
        (" Carol Sample ; doctor; writer ", Speaker("Carol Sample", "doctor; writer")),
        ("Carol Sample;", Speaker("Carol Sample", None)),
    ],
)
def test_a_speaker_is_a_name_with_or_without_a_role(text: str, speaker: Speaker) -> None:
    assert speaker_of(text) == speaker


@pytest.mark.parametrize("epoch", ["x", "1e9", "99999999999999999999"])
def test_a_clock_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(WrongUsageError, match="SOURCE_DATE_EPOCH must be seconds since 1970"):
        clock.now()


def test_without_the_variable_the_clock_is_the_computer_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_a_new_schedule_has_its_example_as_a_comment() -> None:
    organizer = 'timezone = "x"\n\n[organizer]\nname = 1\nemail = 2\nwhatsapp = 3\nchat_names = 4\n\n'
    sample = organizer + '[[school]]\nid = "a"\n\n[[school]]\nid = "b"\n'
    made = new_schedule(sample, OrganizerAnswers({"ru": 'Ц "1" \\d'}, "a@example.kz", None, "Asia/Oral"))
    assert made == (
        'timezone = "Asia/Oral"\n\n[organizer]\n'
        'name = { kk = "FILL IN", ru = "Ц \\"1\\" \\\\d", en = "FILL IN" }\n'
        'email = "a@example.kz"\nwhatsapp = "FILL IN"\nchat_names = ["Ц \\"1\\" \\\\d"]\n\n'
        '# [[school]]\n# id = "a"\n'
    )


def test_documents_differ_from_what_is_there_before_anything_is_written(season: Workspace) -> None:
    old, new = season.root / "old.txt", season.root / "new" / "new.txt"
    old.write_bytes(b"old")
    with pytest.raises(SchoolctlError, match=r"old\.txt exists and differs"):
        Destination().check({new: b"new", old: b"other"})
    made = Destination().deliver({new: b"new", old: b"old"})
    assert (made.unchanged, new.read_bytes()) == (frozenset({old}), b"new")
