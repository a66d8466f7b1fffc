"""`schoolctl questions set-aside …`: messages that were no questions, and those that are after all."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolctl.cli.console import counted, say, say_json
from schoolctl.cli.options import DryRunOption, JsonOption, open_workspace

app = typer.Typer(
    name="set-aside",
    help="""Messages that were set aside by an import: list and restore.

    Example: schoolctl questions set-aside restore 3
    """,
)


@app.command("list")
def list_command(
    ctx: typer.Context,
    reveal: Annotated[bool, typer.Option("--reveal", help="Show senders and texts in full.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the messages set aside, with the reason of each."""
    from schoolctl.renderers.question_json import set_aside_view
    from schoolctl.services.set_aside import list_set_aside

    messages = list_set_aside(open_workspace(ctx))
    if as_json:
        say_json([set_aside_view(message, reveal=reveal) for message in messages])
        return
    from schoolctl.cli.question_tables import show_set_aside

    show_set_aside(messages, reveal=reveal)


@app.command("restore")
def restore_command(
    ctx: typer.Context,
    ids: Annotated[list[int], typer.Argument(metavar="ID…", help="Numbers as listed.")],
    school: Annotated[str | None, typer.Option("--school", metavar="ID", help="The school they are for.")] = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make questions of messages that were set aside."""
    from schoolctl.services.set_aside import restore

    made = restore(open_workspace(ctx), ids, school, dry_run=dry_run)
    if as_json:
        say_json({"questions": [question.id for question in made]})
        return
    numbers = ", ".join(str(question.id) for question in made)
    say(f"{counted(len(made), 'question')} {'would be ' if dry_run else ''}made: {numbers}")
