from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA = "2026-12-10-anemia"
THALASSEMIA = "2026-12-17-thalassemia"
PAGE = f"out/{ANEMIA}/preview.html"


def test_the_page_is_written_and_named(run: Run, workspace: Path) -> None:
    assert run("preview", ANEMIA) == (0, f"wrote {PAGE}\n", "")
    page = (workspace / PAGE).read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert run("preview", ANEMIA) == (0, f"unchanged {PAGE}\n", "")


def test_json_names_the_page(run: Run) -> None:
    code, out, err = run("preview", ANEMIA, "--json", "--no-open")
    assert (code, json.loads(out), err) == (0, {"files": [PAGE]}, "")


def test_kinds_languages_and_folder_are_the_organiser_s_choice(run: Run, workspace: Path) -> None:
    words = ("--kind", "reminder", "--kind", "call", "--lang", "en", "--out", "desk")
    assert run("preview", ANEMIA, *words) == (0, "wrote desk/preview.html\n", "")
    page = (workspace / "desk" / "preview.html").read_text("utf-8")
    assert page.index('id="call"') < page.index('id="reminder"')
    assert 'id="invitation"' not in page
    assert 'lang="kk"' not in page


def test_standard_output_shows_the_page(run: Run, workspace: Path, contents: Contents) -> None:
    before = contents(workspace)
    code, out, err = run("preview", ANEMIA, "--lang", "ru", "--out", "-")
    assert (code, err) == (0, "")
    assert out.startswith("<!doctype html>")
    assert contents(workspace) == before


def test_what_could_not_be_made_is_told_and_the_rest_is_there(run: Run, workspace: Path) -> None:
    code, out, err = run("preview", ANEMIA, "--kind", "link", "--kind", "call")
    assert (code, out) == (0, f"wrote {PAGE}\n")
    assert err == f"note: school {ANEMIA} has no link yet. Add it: schoolctl school link {ANEMIA} --url https://…\n"
    assert 'id="call"' in (workspace / PAGE).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("nope",), 1, 'there is no school "nope" in sessions.toml. '),
        ((ANEMIA, "--lang", "de"), 1, '"de" is no language of the schedule (kk, ru, en) in sessions.toml'),
        ((ANEMIA, "--kind", "party"), 2, '"party" is no kind of announcement. Kinds: call, invitation, link, '),
        ((ANEMIA, "--terminal", "--json"), 2, "--terminal shows the texts and writes nothing: leave --json out"),
        ((ANEMIA, "--terminal", "--out", "x"), 2, "--terminal shows the texts and writes nothing: leave --out out"),
    ],
)
@pytest.mark.usefixtures("nothing_changes")
def test_what_cannot_be_is_refused(run: Run, words: tuple[str, ...], code: int, error: str) -> None:
    exit_code, out, err = run("preview", *words)
    assert (exit_code, out) == (code, "")
    assert err.startswith(f"error: {error}")


def test_a_page_that_was_edited_is_replaced_only_by_force(run: Run, workspace: Path) -> None:
    run("preview", ANEMIA)
    page = workspace / PAGE
    page.write_text("mine", "utf-8")
    code, out, err = run("preview", ANEMIA)
    assert (code, out) == (1, "")
    assert err == f"error: {page} exists and differs. Add --force to replace it, or choose another --out folder\n"
    assert run("preview", ANEMIA, "--force") == (0, f"wrote {PAGE}\n", "")


@pytest.mark.usefixtures("nothing_changes")
def test_the_terminal_shows_every_text(run: Run) -> None:
    code, out, err = run("preview", THALASSEMIA, "--terminal", "--kind", "invitation", "--lang", "ru")
    assert (code, err) == (0, "")
    for title in ("site", "whatsapp", "telegram", "email"):
        assert f"invitation, {title}, ru" in out
    assert "document, calendar, ru" in out
    assert "https://zoom.example.org/j/12345678901" in out


def test_the_terminal_gets_no_escape_sequence(run: Run, workspace: Path) -> None:
    run("templates", "copy", "invite/invite.en.txt")
    path = workspace / "templates" / "invite" / "invite.en.txt"
    path.write_text(path.read_text("utf-8").replace("Patient School: ", "\x1b]0;x\x07[red]School: "), "utf-8")
    code, out, _ = run("preview", ANEMIA, "--terminal", "--lang", "en")
    assert code == 0
    assert "\x1b" not in out
    assert "[red]School: anemia" in out


@pytest.fixture
def browser(workspace: Path) -> Path:
    """A browser beside the workspace that only writes down what it was to open."""
    tmp_path = workspace.parent
    path = tmp_path / "browser.sh"
    path.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path / "opened"}\n', "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("option", "is_terminal", "is_opened"),
    [("--lang=en", True, True), ("--no-open", True, False), ("--json", True, False), ("--lang=en", False, False)],
)
def test_the_browser_opens_the_page_at_a_terminal_only(
    environment: dict[str, str],
    browser: Path,
    option: str,
    *,
    is_terminal: bool,
    is_opened: bool,
) -> None:
    folder = browser.parent / "season"
    leader, follower = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "schoolctl", "preview", ANEMIA, option],
        cwd=folder,
        env=environment | {"BROWSER": f"{browser} %s"},
        stdin=subprocess.DEVNULL,
        stdout=follower if is_terminal else subprocess.DEVNULL,
        check=True,
        timeout=60,
    )
    os.close(follower)
    os.close(leader)
    opened = browser.with_name("opened")
    assert opened.exists() == is_opened
    if is_opened:
        assert opened.read_text("utf-8") == f"{(folder / PAGE).as_uri()}\n"


def test_posters_are_written_by_language_and_shape(run: Run, workspace: Path, contents: Contents) -> None:
    files = [f"out/{ANEMIA}/poster.ru.png", f"out/{ANEMIA}/poster.ru.banner.png"]
    before = contents(workspace)
    words = ("poster", ANEMIA, "--shape", "all", "--lang", "ru")
    assert run(*words, "--dry-run") == (0, "".join(f"would write {file}\n" for file in files), "")
    assert contents(workspace) == before
    code, out, err = run(*words, "--json")
    assert (code, json.loads(out), err) == (0, {"files": files}, "")
    assert all((workspace / file).read_bytes().startswith(b"\x89PNG") for file in files)
    assert run(*words) == (0, "".join(f"unchanged {file}\n" for file in files), "")
    (workspace / files[0]).write_bytes(b"mine")
    assert run(*words)[0] == 1
    assert run(*words, "--force")[1] == f"wrote {files[0]}\nunchanged {files[1]}\n"


def test_a_post_takes_its_poster_along(run: Run, workspace: Path) -> None:
    folder = f"out/{ANEMIA}/01.2026-12-01-call-anemia"
    code, out, err = run("announce", ANEMIA, "--poster", "--lang", "ru")
    assert (code, out, err) == (0, f"wrote {folder}/item.ru.md\nwrote {folder}/poster.ru.png\n", "")
    page = (workspace / folder / "item.ru.md").read_text("utf-8")
    assert "\nheader_image: false\n" in page
    assert "\n\n===\n\n![Школа пациентов" in page
    assert '](poster.ru.png "Школа пациентов' in page
    run("poster", ANEMIA, "--lang", "ru")
    assert (workspace / folder / "poster.ru.png").read_bytes() == (
        workspace / f"out/{ANEMIA}/poster.ru.png"
    ).read_bytes()
    assert run("announce", ANEMIA, "--poster", "--lang", "ru", "--out", "-")[1].startswith("---\ntitle: ")


def test_two_schools_of_one_post_have_a_poster_each(run: Run) -> None:
    code, out, _ = run("announce", ANEMIA, THALASSEMIA, "--poster", "--lang", "en", "--json")
    names = [Path(file).name for file in json.loads(out)["files"]]
    assert (code, names) == (0, ["item.en.md", "poster.en.png", "poster.en.2.png"])


@pytest.mark.usefixtures("nothing_changes")
def test_a_poster_goes_with_a_post_only(run: Run) -> None:
    assert run("announce", ANEMIA, "--poster", "--channel", "whatsapp") == (
        2,
        "",
        "error: --poster is for the site's post: add --channel site. A poster alone: schoolctl poster ID\n",
    )
