"""`schoolctl agenda`: what the doctors work from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolctl.cli.console import say, say_json, tell
from schoolctl.cli.options import (
    DryRunOption,
    ForceOption,
    JsonOption,
    LangOption,
    OutOption,
    SchoolArgument,
    open_workspace,
)
from schoolctl.cli.written import destination_for, report_documents

if TYPE_CHECKING:
    from schoolctl.services.workspace import Workspace

app = typer.Typer()


@app.command("agenda")
def agenda_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="md (the default), html, docx, pptx, pdf or json; repeat it.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE.pptx", help="Slides in the layouts of this file.")
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Write the outline into sessions.toml as the programme, to edit it there.")
    ] = False,
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the agenda for the doctors: times, topics, speakers, and the accepted questions.

    Example: schoolctl agenda 2022-05-19-multiple-myeloma --format docx --format pptx --lang kk
    """
    from schoolctl.services.agendas import AgendaOrder, write_agendas

    workspace = open_workspace(ctx)
    if save:
        _save(workspace, school_id, force=force, dry_run=dry_run, as_json=as_json)
        return
    destination = destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
    order = AgendaOrder(school_id, formats or ("md",), lang, template)
    report_documents(write_agendas(workspace, order, destination), workspace, destination, as_json=as_json)


def _save(workspace: Workspace, school_id: str, *, force: bool, dry_run: bool, as_json: bool) -> None:
    from schoolctl.services.agendas import save_programme

    change = save_programme(workspace, school_id, force=force, dry_run=dry_run)
    if as_json:
        say_json({"id": change.school_id, "changed": change.is_change})
    else:
        verb = "would save" if dry_run else "saved"
        say(f"{verb} the programme of {school_id}" if change.is_change else "nothing to change")
    # On standard error: standard output stays the result that scripts read.
    if dry_run:
        tell(change.diff())
