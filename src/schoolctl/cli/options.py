"""Options that several commands share, defined once, and how their values are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolctl.cli.console import is_interactive
from schoolctl.errors import WrongUsageError

if TYPE_CHECKING:
    from schoolctl.services.workspace import Workspace

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would happen, change nothing.")]
LangOption = Annotated[str, typer.Option("--lang", metavar="kk|ru|en|all", help="The language of the text.")]
OutOption = Annotated[
    str | None,
    typer.Option("--out", metavar="DIR", help="Where to write (default out/SCHOOL-ID); - is standard output."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace files that are there and differ.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
SchoolArgument = Annotated[str, typer.Argument(metavar="ID", help="The school's ID (see: schoolctl school list).")]


def pairs(values: Sequence[str] | None, option: str, *, may_be_empty: bool = False) -> dict[str, str]:
    """`NAME=VALUE` options as a mapping."""
    found: dict[str, str] = {}
    for name, text in (_pair(value, option, may_be_empty=may_be_empty) for value in values or ()):
        if name in found:
            # Which of the two is meant cannot be known, and patients would read the wrong one.
            message = f"{option} {name}=… is given twice: keep one"
            raise WrongUsageError(message)
        found[name] = text
    return found


def texts(values: Sequence[str] | None, option: str, *, may_be_empty: bool = False) -> dict[str, str]:
    """`LANG=TEXT` options as texts by language."""
    # Telephones and word processors begin a line with a capital: RU=… is ru=….
    parts = (value.partition("=") for value in values or ())
    small = [name.lower() + sign + text if sign else name for name, sign, text in parts]
    return pairs(small, option, may_be_empty=may_be_empty)


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something is destroyed; a script cannot be asked, and who wrote it knew what the command does."""
    if not yes and is_interactive():
        typer.confirm(question, abort=True, err=True)


def open_workspace(ctx: typer.Context) -> Workspace:
    """The workspace this invocation is about."""
    from schoolctl.services.workspace import find_workspace

    given: Path | None = ctx.obj
    return find_workspace(given, Path.cwd())


def _pair(value: str, option: str, *, may_be_empty: bool) -> tuple[str, str]:
    # Only the first sign parts the two: a topic or a column's name may hold others.
    name, sign, text = (part.strip() for part in value.partition("="))
    if not (name and sign and (text or may_be_empty)):
        example = f'{option} text="Ваш вопрос"' if option == "--map" else f'{option} ru="…"'
        message = f'{option} "{value}" lacks a part: write it as {example}'
        raise WrongUsageError(message)
    return name, text
