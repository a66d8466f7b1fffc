"""`schoolctl questions forget`, `questions export`: a person's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from schoolctl.cli.console import counted, say, say_json, tell
from schoolctl.cli.options import DryRunOption, JsonOption, YesOption, confirm, open_workspace

if TYPE_CHECKING:
    from schoolctl.services.erasure import Holdings, Whose
    from schoolctl.services.workspace import Workspace

app = typer.Typer()


@app.command("forget")
def forget_command(
    ctx: typer.Context,
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID…]", help="Numbers of questions, as listed.")] = None,
    sender: Annotated[
        str | None, typer.Option("--sender", metavar="X", help="An e-mail address, a phone number or a whole name.")
    ] = None,
    school: Annotated[str | None, typer.Option("--school", metavar="ID", help="All of this school.")] = None,
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="DAYS", help="What came longer ago, as 365d.")
    ] = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Erase questions for good, with all traces of who asked; only how many there were is kept.

    Example: schoolctl questions forget --sender "+7 701 000 00 01"
    """
    from schoolctl.services.erasure import Whose

    whose = Whose(sender, school, older_than, tuple(ids) if ids else None)
    erase(open_workspace(ctx), whose, dry_run=dry_run, yes=yes, as_json=as_json)


@app.command("export")
def export_command(
    ctx: typer.Context,
    sender: Annotated[str, typer.Option("--sender", metavar="X", help="An address, a phone number or a whole name.")],
    _as_json: Annotated[bool, typer.Option("--json", help="It is one JSON document in any case.")] = False,
) -> None:
    """Show all that is kept of one person, as JSON: for somebody who asks for their own data."""
    from schoolctl.renderers.question_json import question_view, set_aside_view
    from schoolctl.services.erasure import holdings_of

    workspace = open_workspace(ctx)
    zone = workspace.schedule().zone
    found = holdings_of(workspace, sender)
    say_json(
        {
            "questions": [question_view(question, zone, reveal=True) for question in found.questions],
            "set_aside": [set_aside_view(message, reveal=True) for message in found.set_aside],
            "invitations": [{"school": one.school, "email": one.email} for one in found.invitations],
        }
    )


def erase(workspace: Workspace, whose: Whose, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Ask, erase, and say how much it was."""
    from schoolctl.services.erasure import forget

    found = forget(workspace, whose, dry_run=True)
    if found.are_any and not dry_run:
        # Counted first: whoever confirms must know how much it is.
        confirm(f"Erase {_amount(found)} for good?", yes=yes)
        found = forget(workspace, whose, dry_run=False)
    if as_json:
        kept = ("questions", "set_aside", "invitations", "mails")
        say_json({name: len(getattr(found, name)) for name in kept})
    else:
        say(f"{'would be ' if dry_run else ''}erased: {_amount(found)}")
    if found.invitations:
        tell("note: calendar files and drafts in out/ may hold the address still: delete them")
    if found.elsewhere:
        tell(f"note: not erased: {counted(found.elsewhere, 'question')} carried over to another school by now")
    if found.awaited:
        tell(f"note: not erased: {counted(found.awaited, 'question')} that a school still to come is to answer")
    if found.undated:
        tell(f"note: {counted(found.undated, 'question')} without a date cannot be told to be old: erase by number")


def _amount(found: Holdings) -> str:
    amounts = [
        (len(found.set_aside), f"{counted(len(found.set_aside), 'message')} set aside"),
        (len(found.invitations), counted(len(found.invitations), "invitation")),
        (len(found.mails), f"{counted(len(found.mails), 'mail')} in the log of sent mails"),
    ]
    return ", ".join((counted(len(found.questions), "question"), *(said for number, said in amounts if number)))
