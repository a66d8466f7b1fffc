from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination
from schoolctl.services.invites import InviteOrder, issue_invites
from schoolctl.services.plan import link_school, remove_school
from schoolctl.services.school_values import MeetingValues
from schoolctl.services.templates import copy_template, list_templates
from schoolctl.services.workspace import Workspace

ANEMIA = "2026-12-10-anemia"


def problems(season: Workspace) -> list[str]:
    return [f"{problem.severity}: {problem}" for problem in check(season)]


def test_a_good_workspace_has_no_problem_and_no_store_is_made(season: Workspace) -> None:
    assert problems(season) == []
    assert not season.database_path.exists()


def test_an_invite_is_outdated_until_it_is_issued_again(season: Workspace) -> None:
    issue_invites(season, InviteOrder(ANEMIA), Destination())
    link_school(season, ANEMIA, MeetingValues("https://zoom.example.org/j/1"), dry_run=False)
    assert problems(season) == [
        (
            f"warning: sessions.toml: the invite of {ANEMIA} that was issued is outdated. "
            f"Issue it again: schoolctl invite {ANEMIA} --force"
        )
    ]
    issue_invites(season, InviteOrder(ANEMIA), Destination(force=True))
    assert problems(season) == []


def test_a_school_that_was_removed_by_force_leaves_no_outdated_invite(season: Workspace) -> None:
    issue_invites(season, InviteOrder(ANEMIA), Destination())
    remove_school(season, ANEMIA, force=True, dry_run=False)
    assert problems(season) == []


def test_copies_of_all_templates_have_no_problem(season: Workspace) -> None:
    for template in list_templates(season):
        copy_template(season, template.name, dry_run=False)
    assert all(template.is_own for template in list_templates(season))
    assert problems(season) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("poster/poster.typ", "#let tint = rgb", "#let tint = rbg", ":6: unknown variable: rbg. "),
        ("poster/poster.ru.txt", "organizer.name", "organizer.nmae", ': there is no "nmae" here'),
        ("summary/page.html", "summary.people", "summary.poeple", ': there is no "poeple" here'),
        ("preview/row.html", "{% endfor %}", "", ":"),
    ],
)
def test_pictures_and_pages_are_tried_out_too(season: Workspace, name: str, old: str, new: str, told: str) -> None:
    own = copy_template(season, name, dry_run=False)
    assert problems(season) == []
    own.write_text(own.read_text("utf-8").replace(old, new), "utf-8")
    (found,) = problems(season)
    assert found.startswith(f"error: templates/{name}:")
    assert told in found


@pytest.mark.parametrize("name", ["announcement/school.kk.md", "invite/invite.ru.txt", "agenda/agenda.en.md"])
def test_an_own_template_is_tried_out_and_a_mistake_is_told_once(season: Workspace, name: str) -> None:
    own = copy_template(season, name, dry_run=False)
    assert problems(season) == []
    own.write_text(own.read_text("utf-8").replace("school.topic", "school.tpoic"), "utf-8")
    (found,) = problems(season)
    assert found.startswith(f"error: templates/{name}:")
    assert found.endswith(': there is no "tpoic" here')


def test_a_missing_translation_is_a_fault_of_the_schedule_not_of_the_template(season: Workspace) -> None:
    copy_template(season, "announcement/call.en.md", dry_run=False)
    path = season.schedule_path
    path.write_text(path.read_text("utf-8").replace(', en = "anemia"', ""), "utf-8")
    (found,) = problems(season)
    assert found.startswith("warning: sessions.toml:11: topic has no text in en. ")


def test_own_cues_are_checked(season: Workspace) -> None:
    own = copy_template(season, "screening/en.toml", dry_run=False)
    own.write_text("[[cue]]\nname = 1\n", "utf-8")
    assert {found.split(": ")[1] for found in problems(season)} <= {
        "templates/screening/en.toml:1",
        "templates/screening/en.toml:2",
    }
    assert problems(season)


def test_a_store_that_cannot_be_opened_is_a_problem(season: Workspace) -> None:
    Path(season.database_path).write_bytes(b"this is no database at all" * 100)
    (found,) = problems(season)
    assert found.startswith("error: questions.db: ")
