"""`schoolctl init`, `demo`, `check`: the workspace as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolctl.cli.console import counted, is_interactive, say, say_json
from schoolctl.cli.options import DryRunOption, JsonOption, open_workspace, texts

if TYPE_CHECKING:
    from schoolctl.services.start import OrganizerAnswers

app = typer.Typer()

_PROBLEMS_FOUND = 3


@app.command("init")
def init_command(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Where the workspace is to be (default: here).")
    ] = None,
    organizer: Annotated[
        list[str] | None, typer.Option("--organizer", metavar="LANG=NAME", help="Who invites, by language; repeat it.")
    ] = None,
    email: Annotated[str | None, typer.Option("--email", help="Where patients send questions.")] = None,
    whatsapp: Annotated[str | None, typer.Option("--whatsapp", metavar="NUMBER", help="As +7 700 000 00 00.")] = None,
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help="The zone of the hours you write.")
    ] = "Asia/Almaty",
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Begin a workspace: a commented sessions.toml to fill in.

    Example: schoolctl init school --organizer ru="Центр гематологии" --email school@example.kz
    """
    from schoolctl.services.start import OrganizerAnswers, begin_workspace, refuse_existing

    folder = folder or ctx.obj or Path()
    # Before asking: nobody should answer three questions in vain.
    refuse_existing(folder)
    answers = OrganizerAnswers(texts(organizer, "--organizer"), email, whatsapp, timezone)
    if is_interactive():
        answers = _asked(answers)
    beginning = begin_workspace(folder, answers, dry_run=dry_run)
    shown = [path.as_posix() for path in beginning.files]
    if as_json:
        say_json({"files": shown})
    else:
        _say_begun(shown, beginning.to_fill_in, dry_run=dry_run)


def _asked(answers: OrganizerAnswers) -> OrganizerAnswers:
    """The answers with what was not said on the command line asked for."""
    return replace(
        answers,
        name=answers.name or {"ru": typer.prompt("Who invites (in Russian)", err=True)},
        email=answers.email or typer.prompt("E-mail for questions", err=True),
        whatsapp=answers.whatsapp or typer.prompt("WhatsApp for questions, as +7 700 000 00 00", err=True),
    )


def _say_begun(names: Sequence[str], to_fill_in: Sequence[str], *, dry_run: bool) -> None:
    for name in names:
        say(f"{'would write' if dry_run else 'wrote'} {name}")
    for place in to_fill_in:
        say(f'still to fill in ("FILL IN"): {names[0]}:{place}')
    say("Next: open sessions.toml in a text editor, then run: schoolctl check")


@app.command("check")
def check_command(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """Check the schedule, the templates and the store; every problem at once (exit code 3 when there are any)."""
    from schoolctl.renderers.school_json import problem_view
    from schoolctl.services.checkup import check

    problems = check(open_workspace(ctx))
    if as_json:
        say_json({"problems": [problem_view(problem) for problem in problems]})
    else:
        # The result of this command, not messages of it: standard output.
        for problem in problems:
            say(f"{problem.severity}: {problem}")
        say(counted(len(problems), "problem") if problems else "all is well")
    if problems:
        raise typer.Exit(_PROBLEMS_FOUND)


@app.command("demo")
def demo_command(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet, or empty.")] = Path(
        "schoolctl-demo"
    ),
) -> None:
    """Make a sample workspace and run the main job on it: imports, tables, posts, invite, agenda."""
    from schoolctl.cli.demo import run_demo

    root = ctx.find_root().command
    run_demo(folder, lambda arguments: root.main(arguments, standalone_mode=False))
