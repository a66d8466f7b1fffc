"""Options that several commands share, defined once, and how their values are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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


@dataclass(frozen=True, slots=True)
class Invocation:
    """What was said before the command: which workspace is meant (None: look for it)."""

    workspace: Path | None


def pairs(values: Sequence[str] | None, option: str) -> dict[str, str]:
    """`NAME=VALUE` options as a mapping."""
    found: dict[str, str] = {}
    for value in values or ():
        name, sign, text = (part.strip() for part in value.partition("="))
        if not (name and sign and text):
            message = f'{option} "{value}" lacks a part: write it as {option} NAME=VALUE'
            raise WrongUsageError(message)
        found[name] = text
    return found


def texts(values: Sequence[str] | None, option: str) -> dict[str, str]:
    """`LANG=TEXT` options as texts by language."""
    return {language.lower(): text for language, text in pairs(values, option).items()}


def open_workspace(ctx: typer.Context) -> Workspace:
    """The workspace this invocation is about."""
    from schoolctl.services.workspace import find_workspace

    invocation: Invocation = ctx.obj
    return find_workspace(invocation.workspace, Path.cwd())
