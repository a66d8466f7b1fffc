"""The application: the command groups, what comes before a command, and the one place where errors end."""

from __future__ import annotations

import importlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from schoolctl import __version__
from schoolctl.cli.console import prepare_streams, say, tell
from schoolctl.cli.lazy_commands import LazyCommand, LazyGroup, lazy_commands, lazy_group
from schoolctl.errors import SchoolctlError

# Name -> the module in this package that has it, and what the help says of it: a new command or group is one line.
COMMANDS = {
    "init": ("workspaces", "Begin a workspace: a commented sessions.toml to fill in."),
    "demo": ("workspaces", "Make a sample workspace and do the main job in it."),
    "check": ("workspaces", "Check the schedule, the templates and the store."),
    "status": ("status", "Show what is done, what is due and what to type next."),
    "school": ("schools", "The schedule: add, show, change, move and cancel schools."),
    "questions": ("questions", "Patients' questions: import, list, show and decide."),
    "announce": (
        "announcements",
        "Write an announcement in each language: for the site, for messengers, as an e-mail.",
    ),
    "mail": ("mail", "Write to many people, each in their language: as drafts, or through a mail server."),
    "invite": ("announcements", "Write calendar files (.ics) that update earlier ones."),
    "feed": ("feed", "Write the season as one calendar that people subscribe to."),
    "poster": ("preview", "Make the poster as a picture."),
    "preview": ("preview", "Show everything patients will see on one page."),
    "agenda": ("agendas", "Write the agenda for the doctors: programme and questions."),
    "report": ("report", "The season in figures: as a table, as pages with charts, for a spreadsheet."),
    "history": ("changes", "Show what the last commands decided."),
    "undo": ("changes", "Take back the last decision."),
    "purge": ("retention", "Erase what is too old to be kept."),
    "templates": ("templates", "The texts of announcements, invites and agendas, to copy and edit."),
}


_DEBUG = "--debug"


def _load(name: str) -> Any:  # noqa: ANN401 - a command or a group, whose types Typer keeps to itself
    module, summary = COMMANDS[name]
    app: typer.Typer = importlib.import_module(f"schoolctl.cli.{module}").app
    if app.info.name == name:
        return lazy_group(name, str(app.info.help or summary), app)
    return lazy_commands(app)[name].build()


class _Commands(LazyGroup):
    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - handed on as they are
        commands = {name: LazyCommand(summary, partial(_load, name)) for name, (_, summary) in COMMANDS.items()}
        super().__init__(**settings | {"commands": commands})


app = typer.Typer(
    cls=_Commands,
    invoke_without_command=True,
    rich_markup_mode=None,  # Rich's help takes 85 ms
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run() -> NoReturn:
    """Run the command of `sys.argv`; whatever goes wrong becomes a line on standard error and an exit code."""
    prepare_streams()
    try:
        exit_code = _run_command()
        # What is still on its way has to arrive, or the command did not do what it says.
        sys.stdout.flush()
        sys.exit(exit_code)
    except SchoolctlError as error:
        _show(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _show(f"{where}{error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - a fault of ours must not be a traceback on an organiser's screen
        _show(f"a fault in schoolctl itself ({error!r}). Run it again with --debug and report what it shows")
    sys.exit(SchoolctlError.exit_code)


def _run_command() -> int:
    try:
        # Wherever it stands: whoever is told to run the command again with --debug adds it at the end.
        app([word for word in sys.argv[1:] if word != _DEBUG], prog_name="schoolctl")
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _show(message: str) -> None:
    if _DEBUG in sys.argv:
        import traceback

        tell(traceback.format_exc())
    for line in message.splitlines():
        tell(f"error: {line}")


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"schoolctl {__version__}")
        raise typer.Exit


def _show_where_it_stands(ctx: typer.Context) -> None:
    """What `schoolctl` alone says: where the season stands, or where there is none yet how to begin."""
    from schoolctl.cli.status import show_status
    from schoolctl.services.workspace import WORKSPACE_VARIABLE, find_workspace

    try:
        workspace = find_workspace(ctx.obj, Path.cwd())
    except SchoolctlError:
        if ctx.obj or os.environ.get(WORKSPACE_VARIABLE):
            # A workspace was named: that it is not there must not look like a beginning.
            raise
        say(ctx.get_help())
        return
    show_status(workspace, None, as_json=False)


@app.callback()
def before(
    ctx: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option("-C", "--workspace", metavar="DIR", help="The folder with sessions.toml.")
    ] = None,
    _debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Plan a Virtual Patient School: questions in, announcements, invites and agendas out.

    Begin with: schoolctl demo (a complete sample), or schoolctl init (your own workspace).
    """
    ctx.obj = workspace
    if ctx.invoked_subcommand is None:
        _show_where_it_stands(ctx)
