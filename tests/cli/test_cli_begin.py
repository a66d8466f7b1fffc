from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

NEXT = "Next: open sessions.toml in a text editor, then run: schoolctl check\n"
TOLD = (
    "--organizer", 'ru=Центр "Пример" \\ 1', "--organizer", "kk=Мысал", "--organizer", "en=Example",
    "--email", "school@example.kz", "--whatsapp", "+7 700 000 00 00", "--timezone", "Asia/Oral",
)  # fmt: skip


def test_init_writes_a_commented_schedule_with_what_was_told(run: Run, tmp_path: Path) -> None:
    code, out, err = run("init", "new", *TOLD, cwd=tmp_path)
    assert (code, out, err) == (0, f"wrote new/sessions.toml\nwrote new/.gitignore\n{NEXT}", "")
    text = (tmp_path / "new" / "sessions.toml").read_text("utf-8")
    assert '\nname = { kk = "Мысал", ru = "Центр \\"Пример\\" \\\\ 1", en = "Example" }\n' in text
    assert '\ntimezone = "Asia/Oral"\n' in text
    assert "\n# [[school]]\n" in text
    assert (tmp_path / "new" / ".gitignore").read_text("utf-8").splitlines()[1:] == ["questions.db*", "*.lock", "out/"]
    assert run("check", cwd=tmp_path / "new") == (0, "all is well\n", "")


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ((), ["14: name (kk, ru, en)", "15: email", "16: whatsapp"]),
        (("--organizer", "ru=Центр", "--email", "school@example.kz"), ["14: name (kk, en)", "16: whatsapp"]),
        (TOLD, []),
    ],
    ids=["nothing told", "some told", "all told"],
)
def test_init_names_the_places_that_are_still_to_be_filled_in(
    run: Run, tmp_path: Path, words: tuple[str, ...], places: list[str]
) -> None:
    lines = [f'still to fill in ("FILL IN"): new/sessions.toml:{place}' for place in places]
    for verb, dry_run in (("would write", ("--dry-run",)), ("wrote", ())):
        written = [f"{verb} new/sessions.toml", f"{verb} new/.gitignore"]
        out = run("init", "new", *words, *dry_run, cwd=tmp_path)[1]
        assert out.splitlines() == [*written, *lines, NEXT.rstrip("\n")]
    schedule = (tmp_path / "new" / "sessions.toml").read_text("utf-8").splitlines()
    for place in places:
        number, _, what = place.partition(": ")
        assert schedule[int(number) - 1].startswith(f"{what.split(' ')[0]} = ")


def test_what_was_not_told_is_a_placeholder_that_check_reports(run: Run, tmp_path: Path) -> None:
    assert run("init", "new", cwd=tmp_path)[0] == 0
    code, out, _ = run("check", "--json", cwd=tmp_path / "new")
    problems = json.loads(out)["problems"]
    assert code == 3
    assert {problem["severity"] for problem in problems} == {"warning"}
    assert {key for key in ("name", "email", "whatsapp") if any(key in one["message"] for one in problems)} == {
        "name",
        "email",
        "whatsapp",
    }


def test_init_uses_the_folder_named_before_the_command(run: Run, tmp_path: Path) -> None:
    answer = json.loads(run("-C", "fresh", "init", "--json", cwd=tmp_path)[1])
    assert answer == {"files": ["fresh/sessions.toml", "fresh/.gitignore"]}
    assert not (tmp_path / "sessions.toml").exists()


def test_init_overwrites_nothing(run: Run, workspace: Path, contents: Contents) -> None:
    before = contents(workspace)
    assert run("init", *TOLD) == (1, "", "error: sessions.toml is there already and stays as it is\n")
    assert contents(workspace) == before


def test_init_keeps_a_gitignore_that_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.bak\n", "utf-8")
    assert run("init", *TOLD, cwd=tmp_path)[1] == f"wrote sessions.toml\n{NEXT}"
    assert (tmp_path / ".gitignore").read_text("utf-8") == "*.bak\n"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--email", "school"), '"school" is no e-mail address'),
        (("--organizer", "fr=Centre"), 'there is no language "fr". Known: kk, ru, en'),
        (("--organizer", "Центр"), '--organizer "Центр" lacks a part: write it as --organizer ru="…"'),
        (("--timezone", "Almaty"), 'there is no time zone "Almaty". Write it as Asia/Almaty'),
        (("--whatsapp", "8700"), "whatsapp: write it as +7 700 000 00 00"),
    ],
)
def test_an_answer_that_makes_no_sense_begins_nothing(
    run: Run, tmp_path: Path, words: tuple[str, ...], error: str
) -> None:
    assert run("init", "new", *words, cwd=tmp_path) == (2, "", f"error: {error}\n")
    assert not (tmp_path / "new").exists()


def test_a_rehearsed_init_writes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("init", "new", "--dry-run", cwd=tmp_path)[1].splitlines()[:2] == [
        "would write new/sessions.toml",
        "would write new/.gitignore",
    ]
    assert not (tmp_path / "new").exists()


def test_the_demonstration_runs_and_is_the_same_every_time(run: Run, tmp_path: Path, contents: Contents) -> None:
    made = []
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        # Two hash seeds: no order of a set may be seen.
        code, out, err = run("demo", "sample", cwd=tmp_path / place, fresh=place == "two")
        assert (code, err) == (0, "note: first issue (SEQUENCE 0)\n")
        made.append(
            (out, {name: raw for name, raw in contents(tmp_path / place).items() if name != "sample/questions.db"})
        )
    assert made[0] == made[1]
    out, files = made[0]
    assert out.count("\n$ schoolctl -C sample ") == 29
    assert "69 messages seen: 43 imported, 1 duplicate, 0 updated, 25 set aside\n" in out
    assert "answered: 18 questions (5 of them told by the live files)\ncarried over: 11 questions to 2022-11" in out
    kinds = {name.rpartition("/")[2] for name in files if not name.rpartition("/")[2].startswith(".")}
    assert {
        "item.kk.md",
        "invitation.whatsapp.ru.txt",
        "preview.html",
        "invite.ru.ics",
        "agenda.en.docx",
        "agenda.kk.pptx",
        "recap.telegram.kk.txt",
        "report.ru.html",
    } <= kinds
    assert run("-C", str(tmp_path / "one" / "sample"), "check")[:2] == (0, "all is well\n")


def test_the_demonstration_leaves_a_full_folder_alone(run: Run, workspace: Path, contents: Contents) -> None:
    before = contents(workspace)
    error = "error: . is not empty. Name another folder: schoolctl demo DIR\n"
    assert run("demo", ".") == (1, "", error)
    assert contents(workspace) == before
