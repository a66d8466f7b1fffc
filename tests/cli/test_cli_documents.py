from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA = "2026-12-10-anemia"
THALASSEMIA = "2026-12-17-thalassemia"
FOLDER = f"out/{ANEMIA}/01.2026-12-01-call-anemia"
PAGES = [f"{FOLDER}/item.{language}.md" for language in ("kk", "ru", "en")]


def written(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path.relative_to(folder).as_posix() for path in files)


def test_announce_names_its_files_and_leaves_identical_ones_alone(run: Run, workspace: Path) -> None:
    assert run("announce", ANEMIA) == (0, "".join(f"wrote {page}\n" for page in PAGES), "")
    times = {page: (workspace / page).stat().st_mtime_ns for page in PAGES}
    assert run("announce", ANEMIA) == (0, "".join(f"unchanged {page}\n" for page in PAGES), "")
    assert {page: (workspace / page).stat().st_mtime_ns for page in PAGES} == times


def test_a_post_made_again_later_keeps_its_folder_and_its_moment(run: Run, workspace: Path) -> None:
    run("announce", ANEMIA, "--publish-at", "2026-12-01 09:30")
    before = (workspace / PAGES[0]).read_bytes()
    assert b"publish_date: '01-12-2026 09:30'" in before
    a_week_later = {"SOURCE_DATE_EPOCH": "1796706000"}
    assert run("announce", ANEMIA, env=a_week_later)[1].splitlines() == [f"unchanged {page}" for page in PAGES]
    assert (workspace / PAGES[0]).read_bytes() == before
    code, out, err = run("announce", ANEMIA, "--publish-at", "2026-12-05 10:00")
    assert (code, out) == (1, "")
    assert err == (
        f"error: this post is there already, for 2026-12-01: {workspace / FOLDER}. "
        "Leave --publish-at out to keep its day, or remove that folder first\n"
    )


def test_an_edited_file_is_replaced_only_when_forced(run: Run, workspace: Path, contents: Contents) -> None:
    run("announce", ANEMIA)
    made = (workspace / PAGES[1]).read_bytes()
    (workspace / PAGES[1]).write_text("by hand", "utf-8")
    (workspace / PAGES[0]).unlink()
    before = contents(workspace)
    error = (
        f"error: {workspace / PAGES[1]} exists and differs. Add --force to replace it, or choose another --out folder\n"
    )
    assert run("announce", ANEMIA) == (1, "", error)
    assert contents(workspace) == before
    code, out, _ = run("announce", ANEMIA, "--force")
    assert (code, out) == (0, f"wrote {PAGES[0]}\nwrote {PAGES[1]}\nunchanged {PAGES[2]}\n")
    assert (workspace / PAGES[1]).read_bytes() == made


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (("announce", ANEMIA), PAGES),
        (("announce", ANEMIA, "--lang", "ru", "--out", "desk"), ["desk/01.2026-12-01-call-anemia/item.ru.md"]),
        (("invite", THALASSEMIA), [f"out/{THALASSEMIA}/invite.{code}.ics" for code in ("kk", "ru", "en")]),
        (
            ("invite", THALASSEMIA, "--lang", "en", "--attendee", "b@example.org", "--attendee", "a@example.org"),
            [f"out/{THALASSEMIA}/invite.en.1.ics", f"out/{THALASSEMIA}/invite.en.2.ics"],
        ),
        (
            ("agenda", ANEMIA, "--lang", "en", "--format", "md", "--format", "json", "--format", "md"),
            [f"out/{ANEMIA}/agenda.en.md", f"out/{ANEMIA}/agenda.en.json"],
        ),
    ],
)
def test_json_names_the_files_and_a_rehearsal_writes_none(
    run: Run, workspace: Path, contents: Contents, words: tuple[str, ...], files: list[str]
) -> None:
    before = contents(workspace)
    code, out, _ = run(*words, "--dry-run")
    assert (code, out) == (0, "".join(f"would write {file}\n" for file in files))
    assert contents(workspace) == before
    code, out, _ = run(*words, "--json")
    assert (code, json.loads(out)) == (0, {"files": files})
    assert set(files) <= set(written(workspace))


def test_a_rehearsed_invite_is_not_an_issue(run: Run) -> None:
    assert run("invite", THALASSEMIA, "--dry-run")[2] == "note: first issue (SEQUENCE 0)\n"
    assert run("invite", THALASSEMIA)[2] == "note: first issue (SEQUENCE 0)\n"


def test_a_refused_invite_is_not_an_issue(run: Run, workspace: Path) -> None:
    target = workspace / "out" / THALASSEMIA / "invite.ru.ics"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"mine")
    code, out, err = run("invite", THALASSEMIA)
    assert (code, out) == (1, "")
    assert err.endswith(" exists and differs. Add --force to replace it, or choose another --out folder\n")
    assert run("invite", THALASSEMIA, "--force")[2] == "note: first issue (SEQUENCE 0)\n"


@pytest.mark.parametrize(
    ("words", "beginning", "lines_end"),
    [
        (("announce", ANEMIA), "---\ntitle: 'Школа пациентов ждёт ваши вопросы: анемия'\n", "\n"),
        (("invite", THALASSEMIA), "BEGIN:VCALENDAR\r\n", "\r\n"),
        (("agenda", ANEMIA), "# Школа пациентов: анемия\n", "\n"),
        (("agenda", ANEMIA, "--format", "json"), '{\n  "school": "2026-12-10-anemia",\n', "\n"),
    ],
)
def test_a_dash_shows_one_document_byte_for_byte_in_any_console(
    run_bytes: Callable[..., CompletedProcess[bytes]],
    workspace: Path,
    words: tuple[str, ...],
    beginning: str,
    lines_end: str,
) -> None:
    done = run_bytes(*words, "--out", "-", "--lang", "ru", env={"PYTHONIOENCODING": "cp866"})
    text = done.stdout.decode("utf-8")
    assert (done.returncode, text[: len(beginning)]) == (0, beginning)
    assert text.count("\n") == text.count(lines_end)
    assert not (workspace / "out").exists()


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("announce", ANEMIA, "--out", "-"), 2, "--out - shows one document, this would be 3: choose one with --lang"),
        (("announce", ANEMIA, "--lang", "fr"), 1, '"fr" is no language of the schedule (kk, ru, en) in sessions.toml'),
        (("announce", ANEMIA, "--publish-at", "soon"), 2, '"soon" is no date and hour. Write it as "2026-12-10 18:30"'),
        (
            ("announce", ANEMIA, "--kind", "link"),
            1,
            f"school {ANEMIA} has no link yet. Add it: schoolctl school link {ANEMIA} --url https://…",
        ),
        (
            ("announce", "x"),
            1,
            f'there is no school "x" in sessions.toml. Schools there: {ANEMIA}, {THALASSEMIA}',
        ),
        (("invite", ANEMIA, "--attendee", "zzz"), 2, '"zzz" is no e-mail address'),
        (
            ("invite", ANEMIA, "--attendee", "SCHOOL@example.kz"),
            2,
            "SCHOOL@example.kz is the organiser: calendars show no invitation to the one who invites",
        ),
        (
            ("invite", ANEMIA, "--cancel"),
            1,
            f"no invite of {ANEMIA} was ever issued, so there is nothing to cancel in calendars",
        ),
        (
            ("agenda", ANEMIA, "--format", "odt"),
            2,
            'an agenda has no format "odt". Formats: md, html, docx, pptx, pdf, json',
        ),
    ],
)
@pytest.mark.usefixtures("nothing_changes")
def test_what_cannot_be_written_is_one_line_and_changes_nothing(
    run: Run, words: tuple[str, ...], code: int, error: str
) -> None:
    assert run(*words) == (code, "", f"error: {error}\n")


@pytest.mark.parametrize(
    "words", [("announce", ANEMIA, "--kind", "party"), ("announce", ANEMIA, "--channel", "radio"), ("announce",)]
)
def test_a_mistyped_announcement_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out, err.splitlines()[0]) == (2, "", "Usage: schoolctl announce [OPTIONS] {ID…}")


def test_a_missing_translation_names_school_text_and_language(run: Run, workspace: Path) -> None:
    path = workspace / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace(', en = "anemia" }', " }"), "utf-8")
    error = f'error: school {ANEMIA}: topic has no text in "en". Add en = "…" to it in sessions.toml\n'
    assert run("announce", ANEMIA) == (1, "", error)
    assert not (workspace / "out").exists()
    assert run("announce", ANEMIA, "--lang", "ru")[0] == 0


def test_a_placeholder_never_reaches_patients(run: Run, workspace: Path) -> None:
    path = workspace / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace("school@example.kz", "FILL IN"), "utf-8")
    error = "error: organizer.email in sessions.toml is still to be filled in: patients need it to ask\n"
    assert run("announce", ANEMIA) == (1, "", error)
    assert run("invite", ANEMIA) == (1, "", error)


def test_a_cancelled_school_is_not_announced(run: Run) -> None:
    run("school", "cancel", THALASSEMIA)
    error = f"error: school {THALASSEMIA} is cancelled: there is nothing to announce as invitation\n"
    assert run("announce", ANEMIA, THALASSEMIA, "--kind", "invitation") == (1, "", error)


def test_several_schools_make_one_post_in_order_of_time(run: Run, workspace: Path) -> None:
    code, out, _ = run("announce", THALASSEMIA, ANEMIA, THALASSEMIA, "--lang", "en")
    assert (code, out) == (0, f"wrote out/{ANEMIA}/01.2026-12-01-call-anemia-thalassemia/item.en.md\n")
    page = (workspace / out.split()[1]).read_text("utf-8")
    assert page.count("- **Topic:** ") == 2
    assert page.index("- **Topic:** anemia") < page.index("- **Topic:** thalassemia")


@pytest.mark.parametrize(
    ("publish_at", "title"),
    [
        ("2026-12-10 09:00", "'Today at the Patient School: anemia'"),
        ("2026-12-09 23:59", "'Tomorrow at the Patient School: anemia'"),
        ("2026-12-08 09:00", "'December 10 at the Patient School: anemia'"),
    ],
)
def test_today_and_tomorrow_are_said_only_when_true(run: Run, publish_at: str, title: str) -> None:
    words = ("announce", ANEMIA, "--kind", "reminder", "--publish-at", publish_at, "--lang", "en", "--out", "-")
    lines = run(*words)[1].splitlines()
    day, month, year = publish_at[8:10], publish_at[5:7], publish_at[:4]
    assert lines[1:4] == [
        f"title: {title}",
        f"date: '{day}-{month}-{year} {publish_at[11:]}'",
        f"publish_date: '{day}-{month}-{year} {publish_at[11:]}'",
    ]
    assert not [line for line in lines if line.startswith("published:")]


def test_posts_are_numbered_on_in_the_site_s_folder(run: Run, tmp_path: Path) -> None:
    news = tmp_path / "site" / "02.news"
    (news / "41.2026-11-02-call-lymphoma").mkdir(parents=True)
    (news / "notes").mkdir()
    words = ("announce", ANEMIA, "--lang", "kk", "--news-dir", str(news))
    assert run(*words)[1] == f"wrote {news.as_posix()}/42.2026-12-01-call-anemia/item.kk.md\n"
    assert run(*words, "--kind", "invitation")[1].endswith("/43.2026-12-01-invitation-anemia/item.kk.md\n")
    assert run(*words, "--kind", "call")[1] == f"unchanged {news.as_posix()}/42.2026-12-01-call-anemia/item.kk.md\n"


def test_a_school_that_is_over_by_then_is_only_looked_back_at(run: Run, workspace: Path) -> None:
    then = ("--publish-at", "2026-12-11 09:00", "--lang", "ru")
    why = "is over by then: there is nothing to announce as reminder. Tell how it went: --kind recap"
    assert run("announce", ANEMIA, "--kind", "reminder", *then) == (1, "", f"error: school {ANEMIA} {why}\n")
    assert not (workspace / "out").exists()
    assert run("announce", ANEMIA, "--kind", "recap", *then)[0] == 0


TEXTS = [
    f"out/{ANEMIA}/call.{channel}.{language}.{ending}"
    for channel, endings in (("whatsapp", ("txt",)), ("telegram", ("txt",)), ("email", ("txt", "html")))
    for language in ("kk", "ru", "en")
    for ending in endings
]


@pytest.mark.parametrize(
    ("channels", "files"),
    [
        (("all",), [*PAGES, *TEXTS]),
        (("email", "whatsapp", "email"), [*TEXTS[:3], *TEXTS[6:]]),
        (("telegram", "site"), [*PAGES, *TEXTS[3:6]]),
    ],
)
def test_a_channel_has_its_files(run: Run, workspace: Path, channels: tuple[str, ...], files: list[str]) -> None:
    options = [word for channel in channels for word in ("--channel", channel)]
    code, out, err = run("announce", ANEMIA, *options, "--json")
    assert (code, json.loads(out), err) == (0, {"files": files}, "")
    assert sorted(files) == [f"out/{name}" for name in written(workspace / "out")]


def test_a_dash_shows_one_text_of_an_e_mail(run: Run, workspace: Path) -> None:
    code, out, err = run("announce", ANEMIA, "--channel", "email", "--lang", "en", "--out", "-")
    assert (code, err) == (0, "")
    assert out.startswith("The Patient School is waiting for your questions: anemia\n\nDear patients and families,\n")
    assert not (workspace / "out").exists()
    error = "error: --out - shows one document, this would be 3: choose one with --lang\n"
    assert run("announce", ANEMIA, "--channel", "email", "--out", "-") == (2, "", error)


def test_notes_tell_what_to_mind(run: Run) -> None:
    after = ("--publish-at", "2026-12-09 10:00", "--lang", "ru", "--channel", "site", "--channel", "whatsapp")
    note = f"note: school {ANEMIA}: the deadline for questions has passed, and the text says so\n"
    assert run("announce", ANEMIA, *after)[2] == note


def test_an_address_for_the_recording_is_checked(run: Run, workspace: Path) -> None:
    before = (workspace / "sessions.toml").read_bytes()
    code, _, err = run("school", "edit", ANEMIA, "--recording", "http://video.example.org/1")
    assert (code, err.count("must begin with https://")) == (1, 1)
    assert (workspace / "sessions.toml").read_bytes() == before
    assert run("school", "edit", ANEMIA, "--recording", "https://video.example.org/1", "--registration")[0] == 0
    shown = json.loads(run("school", "show", ANEMIA, "--json")[1])
    assert (shown["recording"], shown["registration"]) == ("https://video.example.org/1", True)
    assert run("school", "edit", ANEMIA, "--no-registration")[0] == 0
    assert json.loads(run("school", "show", ANEMIA, "--json")[1])["registration"] is False


def test_the_same_clock_gives_the_same_bytes(run: Run, workspace: Path, stored: bytes) -> None:
    made = []
    for name in ("one", "two"):
        (workspace / "questions.db").write_bytes(stored)
        for words in (("announce", ANEMIA), ("invite", ANEMIA), ("agenda", ANEMIA, "--format", "json")):
            # Two hash seeds: no order of a set may be seen.
            assert run(*words, "--out", name, fresh=name == "two")[0] == 0
        made.append({file: (workspace / name / file).read_bytes() for file in written(workspace / name)})
    assert len(made[0]) == 9
    assert made[0] == made[1]


def test_a_clock_that_is_no_number_is_wrong_usage(run: Run) -> None:
    error = 'error: SOURCE_DATE_EPOCH must be seconds since 1970, not "noon"\n'
    assert run("school", "list", env={"SOURCE_DATE_EPOCH": "noon"}) == (2, "", error)
