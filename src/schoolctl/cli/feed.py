"""`schoolctl feed`: the season as one calendar."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolctl.cli.options import DryRunOption, ForceOption, JsonOption, LangOption, open_workspace
from schoolctl.cli.written import destination_for, report_documents

app = typer.Typer()


@app.command("feed")
def feed_command(
    ctx: typer.Context,
    with_passcodes: Annotated[
        bool, typer.Option("--with-passcodes", help="Tell the meetings' access codes to all who read it.")
    ] = False,
    lang: LangOption = "all",
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Where to write (default out); - is standard output.")
    ] = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the season as one calendar (season.LANG.ics) that people subscribe to.

    Example: schoolctl feed --lang ru --force
    """
    from schoolctl.services.feed import FeedOrder, write_feed

    workspace = open_workspace(ctx)
    destination = destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
    documents = write_feed(workspace, FeedOrder(lang, with_passcodes), destination)
    report_documents(documents, workspace, destination, as_json=as_json)
