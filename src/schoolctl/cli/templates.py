"""`schoolctl templates …`: the texts an organiser can copy and edit."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolctl.cli.console import say, say_json
from schoolctl.cli.options import DryRunOption, JsonOption, open_workspace

app = typer.Typer(
    name="templates",
    help="""The texts of announcements, invites and agendas, to copy and edit.

    Example: schoolctl templates copy announcement/call.ru.md
    """,
)


@app.command("list")
def list_command(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """List the templates; your own copies are marked."""
    from schoolctl.services.templates import list_templates

    found = list_templates(open_workspace(ctx))
    if as_json:
        say_json([{"name": template.name, "own": template.is_own} for template in found])
        return
    for template in found:
        say(f"{template.name}{'  (your own)' if template.is_own else ''}")


@app.command("copy")
def copy_command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As listed: announcement/call.ru.md.")],
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Copy a template into your workspace, where you can edit it."""
    from schoolctl.services.templates import copy_template

    workspace = open_workspace(ctx)
    shown = workspace.shown(copy_template(workspace, name, dry_run=dry_run))
    if as_json:
        say_json({"files": [shown]})
    else:
        say(f"{'would write' if dry_run else 'wrote'} {shown}")
