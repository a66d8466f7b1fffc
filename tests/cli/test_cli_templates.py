from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

CALL = "announcement/call.ru.md"
ORDER = ("announce", "2026-12-10-anemia", "--lang", "ru", "--out", "-")


@pytest.fixture
def own_call(run: Run, workspace: Path) -> Path:
    assert run("templates", "copy", CALL) == (0, f"wrote templates/{CALL}\n", "")
    return workspace / "templates" / CALL


def test_the_list_marks_the_organiser_s_own(run: Run, own_call: Path) -> None:
    (own_call.parent / ".swp.md").write_text("", "utf-8")
    code, out, err = run("templates", "list")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert f"{CALL}  (your own)" in lines
    assert sum("(your own)" in line for line in lines) == 1
    listed = json.loads(run("templates", "list", "--json")[1])
    assert [one["name"] for one in listed] == [line.split("  ")[0] for line in lines]
    assert [one["name"] for one in listed if one["own"]] == [CALL]


def test_a_copy_is_the_default_and_an_edit_of_it_is_used(run: Run, own_call: Path) -> None:
    before = run(*ORDER)
    text = own_call.read_text("utf-8")
    own_call.write_text(text.replace("Дорогие пациенты и их близкие!", "Уважаемые пациенты!"), "utf-8")
    after = run(*ORDER)
    assert after == (0, before[1].replace("Дорогие пациенты и их близкие!", "Уважаемые пациенты!"), "")
    assert after[1] != before[1]


def test_an_own_copy_is_not_overwritten(run: Run, own_call: Path) -> None:
    own_call.write_text("mine", "utf-8")
    error = f"error: templates/{CALL} is your own already: edit it, or delete it to get the default back\n"
    assert run("templates", "copy", CALL) == (1, "", error)
    assert own_call.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["../sessions.toml", "nope.md", "/etc/passwd"])
def test_only_a_template_can_be_copied(run: Run, workspace: Path, contents: Contents, name: str) -> None:
    before = contents(workspace)
    error = f'error: there is no template "{name}". See: schoolctl templates list\n'
    assert run("templates", "copy", name) == (1, "", error)
    assert contents(workspace) == before


def test_a_rehearsed_copy_writes_nothing(run: Run, workspace: Path, contents: Contents) -> None:
    before = contents(workspace)
    assert run("templates", "copy", CALL, "--dry-run") == (0, f"would write templates/{CALL}\n", "")
    assert contents(workspace) == before
    assert json.loads(run("templates", "copy", CALL, "--json")[1]) == {"files": [f"templates/{CALL}"]}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{% block summary %}", "{% block summary %", ":6: expected token 'end of statement block', got '%'"),
        ("Дорогие пациенты и их близкие!\n", "{{ organizer.nam }}", ':16: there is no "nam" here'),
        ("Дорогие пациенты и их близкие!\n", "{{ organiser.name }}", ':16: there is no "organiser" here'),
        (
            "{% block summary %}",
            "{% block sumary %}",
            ':1: the block "summary" is missing. Write it again, or delete the file to get the default back',
        ),
        (
            "announcement/ask.ru.md",
            "announcement/asc.ru.md",
            ":38: there is no template announcement/asc.ru.md. See: schoolctl templates list",
        ),
        (
            "listed(topics)",
            "listed(topics, 1)",
            ":4: LanguageRules.listed() takes 2 positional arguments but 3 were given",
        ),
    ],
)
def test_a_mistake_is_one_line_with_file_and_line_and_check_finds_it(
    run: Run, own_call: Path, old: str, new: str, fault: str
) -> None:
    own_call.write_text(own_call.read_text("utf-8").replace(old, new), "utf-8")
    assert run(*ORDER) == (1, "", f"error: templates/{CALL}{fault}\n")
    assert run("check") == (3, f"error: templates/{CALL}{fault}\n1 problem\n", "")


def test_a_template_that_is_not_utf_8_is_told(run: Run, own_call: Path) -> None:
    own_call.write_bytes("Школа".encode("cp1251"))
    fault = f"error: templates/{CALL}: the file is not in UTF-8. Save it as UTF-8 in your text editor\n"
    assert run(*ORDER) == (1, "", fault)
    assert run("check", "--json")[:2] == (
        3,
        json.dumps(
            {
                "problems": [
                    {
                        "file": f"templates/{CALL}",
                        "line": None,
                        "severity": "error",
                        "message": "the file is not in UTF-8. Save it as UTF-8 in your text editor",
                        "hint": "",
                    }
                ]
            },
            indent=2,
        )
        + "\n",
    )


def test_a_mistake_in_an_included_part_names_that_part(run: Run, workspace: Path) -> None:
    run("templates", "copy", "announcement/ask.ru.md")
    part = workspace / "templates" / "announcement" / "ask.ru.md"
    part.write_text(part.read_text("utf-8").replace("organizer.whatsapp", "organizer.phone"), "utf-8")
    assert run(*ORDER) == (1, "", 'error: templates/announcement/ask.ru.md:3: there is no "phone" here\n')


def test_a_template_cannot_reach_out_of_its_sandbox(run: Run, own_call: Path) -> None:
    text = own_call.read_text("utf-8")
    own_call.write_text(text.replace("{{ organizer.name }}", "{{ listed.__globals__ }}"), "utf-8")
    code, out, err = run(*ORDER)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"error: templates/{CALL}:21: ")
