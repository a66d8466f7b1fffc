"""`schoolctl history`, `undo`: what the last commands decided about questions, and taking it back."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolctl.cli.console import counted, say, say_json
from schoolctl.cli.options import DryRunOption, JsonOption, open_workspace

app = typer.Typer()


@app.command("history")
def history_command(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Show what the last commands decided about questions.

    Example: schoolctl history --limit 5
    """
    from schoolctl.services.decisions import history

    workspace = open_workspace(ctx)
    zone = workspace.schedule().zone
    changes = history(workspace, limit)
    if as_json:
        say_json(
            [
                {
                    "id": change.id,
                    "made_at": change.made_at.astimezone(zone).isoformat(),
                    "summary": change.summary,
                    "questions": list(change.questions),
                    "undone": change.is_undone,
                }
                for change in changes
            ]
        )
        return
    for change in changes:
        undone = " (taken back)" if change.is_undone else ""
        say(f"{change.id:>4}  {change.made_at.astimezone(zone):%d.%m.%Y %H:%M}  {change.summary}{undone}")
    if not changes:
        say("Nothing was decided yet.")


@app.command("undo")
def undo_command(ctx: typer.Context, dry_run: DryRunOption = False, as_json: JsonOption = False) -> None:
    """Take back the last decision about questions.

    Example: schoolctl undo
    """
    from schoolctl.services.decisions import undo

    change = undo(open_workspace(ctx), dry_run=dry_run)
    if as_json:
        say_json({"id": change.id, "questions": list(change.questions)})
        return
    say(f"{'would be ' if dry_run else ''}taken back: {change.summary} ({counted(len(change.questions), 'question')})")
