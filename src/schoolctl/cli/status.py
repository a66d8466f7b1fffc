"""`schoolctl status`: where the season stands and what is next, with the command to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from schoolctl.cli.console import say, say_json
from schoolctl.cli.options import JsonOption, open_workspace

if TYPE_CHECKING:
    from schoolctl.services.standing import SchoolChecklist
    from schoolctl.services.workspace import Workspace

app = typer.Typer()

_SIGNS = {"done": "✓", "due": "→", "later": "·", "missing": "✗"}


@app.command("status")
def status_command(
    ctx: typer.Context,
    school_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One school, with every step.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show for each school what is done, what is due, and the command to type next.

    Example: schoolctl status 2022-05-19-multiple-myeloma
    """
    show_status(open_workspace(ctx), school_id, as_json=as_json)


def show_status(workspace: Workspace, school_id: str | None, *, as_json: bool) -> None:
    """Where one school (None: the season) stands."""
    from schoolctl.services.standing import standing_of

    lists = standing_of(workspace, school_id)
    if as_json:
        say_json([_view(one) for one in lists])
        return
    if not lists:
        say('No school is to come. Add one: schoolctl school add --topic ru="…" --starts "2026-12-10 18:30" …')
    for number, one in enumerate(lists):
        if number:
            say()
        _show(one)


def _show(one: SchoolChecklist) -> None:
    from schoolctl.domain.checklist import next_step

    school = one.school
    topic = school.topic.get("en") or next(iter(school.topic.values()), school.id)
    say(f"{school.starts:%d.%m.%Y %H:%M}  {topic} ({one.status})")
    for step in one.steps:
        say(f"  {_SIGNS[step.state]} {step.name}: {step.detail}")
    if (following := next_step(one.steps)) and following.command:
        say(f"  Next: {following.command}")


def _view(one: SchoolChecklist) -> dict[str, object]:
    steps = [
        {"name": step.name, "state": step.state, "detail": step.detail, "command": step.command or None}
        for step in one.steps
    ]
    return {"id": one.school.id, "status": one.status, "steps": steps}
