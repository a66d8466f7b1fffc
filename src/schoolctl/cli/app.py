"""The application: the command groups, what comes before a command, and the one place where errors end."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from schoolctl import __version__
from schoolctl.cli import announcements, questions, schools, templates, workspaces
from schoolctl.cli.console import prepare_streams, say, tell
from schoolctl.cli.options import Invocation
from schoolctl.errors import SchoolctlError

# Without Rich's help (85 ms at every --help) and without its tracebacks.
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (workspaces.app, schools.app, questions.app, announcements.app, templates.app):
    app.add_typer(group)


def run() -> NoReturn:
    """Run the command of `sys.argv`; whatever goes wrong becomes a line on standard error and an exit code."""
    prepare_streams()
    try:
        app(prog_name="schoolctl")
    except SchoolctlError as error:
        _show(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _show(f"{where}{error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - a fault of ours must not be a traceback on an organiser's screen
        _show(f"a fault in schoolctl itself ({error!r}). Run it again with --debug and report what it shows")
    sys.exit(SchoolctlError.exit_code)


def _show(message: str) -> None:
    if "--debug" in sys.argv:
        tell(traceback.format_exc())
    for line in message.splitlines():
        tell(f"error: {line}")


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"schoolctl {__version__}")
        raise typer.Exit


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
    ctx.obj = Invocation(workspace)
