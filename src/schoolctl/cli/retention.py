"""`schoolctl purge`: nothing is kept longer than it is needed."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolctl.cli.options import DryRunOption, JsonOption, YesOption, open_workspace
from schoolctl.cli.personal_data import erase

app = typer.Typer()


@app.command("purge")
def purge_command(
    ctx: typer.Context,
    older_than: Annotated[str, typer.Option("--older-than", metavar="DAYS", help="What came longer ago, as 365d.")],
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Erase what is too old to be kept.

    Example: schoolctl purge --older-than 365d
    """
    from schoolctl.services.erasure import Whose

    erase(open_workspace(ctx), Whose(older_than=older_than), dry_run=dry_run, yes=yes, as_json=as_json)
