"""`schoolctl invite` and `schoolctl feed` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA, THALASSEMIA = "2026-12-10-anemia", "2026-12-17-thalassemia"
SEASON = [f"out/season.{code}.ics" for code in ("kk", "ru", "en")]


def edit(workspace: Path, old: str, new: str) -> None:
    path = workspace / "sessions.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_invite_from_the_first_to_the_last(run: Run) -> None:
    anna = ("--attendee", "anna@example.org", "--lang", "ru")
    one, two = f"out/{ANEMIA}/invite.ru.1.ics", f"out/{ANEMIA}/invite.kk.2.ics"
    assert run("invite", ANEMIA, *anna) == (0, f"wrote {one}\n", "note: first issue (SEQUENCE 0)\n")
    assert run("invite", ANEMIA, "--attendee", "b@example.org", "--lang", "kk")[1] == f"wrote {two}\n"
    assert run("school", "move", ANEMIA, "--starts", "2026-12-11 17:00")[0] == 0
    assert run("invite", ANEMIA, "--lang", "ru") == (
        0,
        f"wrote out/{ANEMIA}/invite.ru.ics\n",
        (
            "note: first issue (SEQUENCE 1)\n"
            f"note: 2 people have an older one: schoolctl invite {ANEMIA} --everyone --force\n"
        ),
    )
    moved = "moved from 10.12.2026 18:30 to 11.12.2026 17:00"
    assert run("invite", ANEMIA, "--everyone", "--force") == (
        0,
        f"wrote {one}\nwrote {two}\n",
        f"note: changed since it was last issued: {moved} (SEQUENCE is now 1)\n",
    )
    assert run("invite", ANEMIA, "--everyone") == (
        0,
        f"unchanged {one}\nunchanged {two}\n",
        "note: unchanged since it was last issued (SEQUENCE 1)\n",
    )
    assert run("invite", ANEMIA, "--everyone", "--cancel", "--force", "--json")[1:] == (
        json.dumps({"files": [one, two]}, indent=2) + "\n",
        "note: changed since it was last issued: cancelled (SEQUENCE is now 2)\n",
    )


def test_a_cancellation_that_some_have_not_got_says_how_to_send_it(run: Run) -> None:
    run("invite", ANEMIA, "--attendee", "a@example.org", "--attendee", "b@example.org", "--lang", "ru")
    told = run("invite", ANEMIA, "--attendee", "a@example.org", "--cancel", "--force")[2].splitlines()
    assert told[1] == f"note: 1 person has an older one: schoolctl invite {ANEMIA} --cancel --everyone --force"


def test_a_feed_names_its_files_and_leaves_identical_ones_alone(run: Run, workspace: Path) -> None:
    assert run("feed") == (0, "".join(f"wrote {name}\n" for name in SEASON), "")
    later = {"SOURCE_DATE_EPOCH": "1796706000"}
    assert run("feed", "--json", env=later)[:2] == (0, json.dumps({"files": SEASON}, indent=2) + "\n")
    assert run("feed", env=later)[1] == "".join(f"unchanged {name}\n" for name in SEASON)
    raw = (workspace / SEASON[1]).read_bytes()
    assert (raw.count(b"BEGIN:VEVENT"), b"246810" in raw, b"METHOD:PUBLISH\r\n" in raw) == (2, False, True)


def test_a_feed_that_changed_replaces_the_old_one_when_forced(run: Run) -> None:
    run("feed")
    run("school", "cancel", THALASSEMIA, "--reason", "kk=карантин", "--reason", "ru=карантин", "--reason", "en=flu")
    code, out, err = run("feed")
    assert (code, out, "Add --force to replace it" in err) == (1, "", True)
    assert run("feed", "--force")[::2] == (0, f"note: {THALASSEMIA}: cancelled\n")


def test_one_language_of_a_feed_on_standard_output(run: Run, workspace: Path) -> None:
    code, out, err = run("feed", "--lang", "kk", "--out", "-", "--with-passcodes")
    assert (code, err) == (0, "note: it holds access codes: whoever knows its address can join\n")
    assert out.startswith("BEGIN:VCALENDAR\r\n")
    assert "246810" in out.replace("\r\n ", "")
    assert not (workspace / "out").exists()
    assert run("feed", "--out", "-") == (
        2,
        "",
        "error: --out - shows one document, this would be 3: choose one with --lang\n",
    )


def test_a_feed_into_another_folder(run: Run, workspace: Path) -> None:
    assert run("feed", "--lang", "en", "--out", "site/calendar")[1] == "wrote site/calendar/season.en.ics\n"
    assert (workspace / "site" / "calendar" / "season.en.ics").is_file()


@pytest.mark.usefixtures("nothing_changes")
def test_a_rehearsed_feed_changes_nothing(run: Run) -> None:
    assert run("feed", "--dry-run", "--lang", "ru")[:2] == (0, "would write out/season.ru.ics\n")
    assert run("feed", "--lang", "fr")[:2] == (1, "")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('reminders = ["1d", "soon"]', 'reminders: "soon" is no time before a school, from 1m to 4w'),
        ('reminders = "1h"', "reminders must be a list of texts"),
        ("reminders = [60]", "reminders must be a list of texts"),
        ('reminders = ["1h", ""]', "reminders: the text is empty"),
        ('reminders = ["1m", "2m", "3m", "4m", "5m", "6m"]', "reminders: 6 reminders are too many: at most 5"),
    ],
)
def test_a_mistake_in_the_reminders_is_told_with_its_line(run: Run, workspace: Path, line: str, message: str) -> None:
    edit(workspace, 'timezone = "Asia/Almaty"\n', f'timezone = "Asia/Almaty"\n{line}\n')
    code, _, err = run("feed")
    assert (code, err.startswith(f"error: sessions.toml:4: {message}")) == (1, True), err


@pytest.mark.parametrize(
    ("before", "line", "hint"),
    [
        ("chat_names", 'reminders = ["1h"]', "It belongs at the top of the file, above every [heading]"),
        ("starts = ", 'reminders = ["1x"]', 'Write reminders = ["1d", "1h"], or [] for none'),
    ],
)
def test_reminders_at_a_wrong_place_or_of_one_school(
    run: Run, workspace: Path, before: str, line: str, hint: str
) -> None:
    edit(workspace, before, f"{line}\n{before}")
    assert run("check")[1].splitlines()[0].endswith(f". {hint}")


def test_a_school_has_reminders_of_its_own(run: Run, workspace: Path) -> None:
    edit(workspace, 'timezone = "Asia/Almaty"\n', 'timezone = "Asia/Almaty"\nreminders = ["1d", "1h"]\n')
    edit(workspace, 'mode = "hybrid"\n', 'mode = "hybrid"\nreminders = ["30m"]\n')
    out = run("feed", "--lang", "ru", "--out", "-")[1]
    assert [line for line in out.split("\r\n") if line.startswith("TRIGGER")] == [
        "TRIGGER:-P1D", "TRIGGER:-PT1H", "TRIGGER:-PT30M",
    ]  # fmt: skip


INJECTION = "ATTENDEE:mailto:victim@example.org"


SIGNS = ["\r\n", "\x85", "\u2028", "\x1b", '";']


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
@pytest.mark.parametrize(
    "words",
    [
        ("school", "edit", ANEMIA, "--topic", "ru=a{}"),
        ("school", "link", ANEMIA, "--url", "https://zoom.example.org/j/1{}"),
        ("school", "link", ANEMIA, "--url", "https://zoom.example.org/j/1", "--passcode", "a{}"),
        ("school", "cancel", ANEMIA, "--reason", "ru=a{}", "--yes"),
        ("invite", ANEMIA, "--attendee", "a@example.org{}"),
    ],
    ids=lambda words: words[-1],
)
def test_what_is_typed_adds_no_line_to_a_calendar_file(run: Run, words: tuple[str, ...], sign: str) -> None:
    code, _, err = run(*(word.format(f"{sign}{INJECTION}") for word in words))
    assert "fault in schoolctl" not in err
    # What is taken all the same is words inside its property.
    assert code in {0, 1, 2}
    shown = run("feed", "--lang", "ru", "--out", "-")[1]
    assert [line for line in shown.splitlines() if line.startswith("ATTENDEE")] == []
    assert shown.splitlines() == shown.split("\r\n")[:-1]
    assert shown.count("BEGIN:VEVENT") == 2
