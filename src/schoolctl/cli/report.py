"""`schoolctl report`: the season in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from schoolctl.cli.console import say_bytes, say_json
from schoolctl.cli.options import DryRunOption, ForceOption, JsonOption, LangOption, open_workspace
from schoolctl.errors import WrongUsageError

if TYPE_CHECKING:
    from schoolctl.domain.season import Period
    from schoolctl.services.workspace import Workspace

app = typer.Typer()


@app.command("report")
def report_command(
    ctx: typer.Context,
    as_html: Annotated[bool, typer.Option("--html", help="Write pages with charts (--out means it too).")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table that is safe to open in a spreadsheet.")] = False,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only schools from this day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only schools up to this day.")] = None,
    lang: LangOption = "all",
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Where to write (default out); - is standard output.")
    ] = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show the season in figures: schools, questions, what became of them; nobody's name and nobody's words.

    Example: schoolctl report --since 2026-09-01 --html --lang kk
    """
    from schoolctl.cli.written import destination_for, report_documents
    from schoolctl.services.season import ReportFiles, period_between, write_report

    workspace, period = open_workspace(ctx), period_between(since, until)
    if not (as_html or out):
        _show(workspace, period, as_csv=as_csv, as_json=as_json)
        return
    destination = destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
    wanted = ReportFiles(lang, has_pages=as_html or not as_csv, has_table=as_csv)
    report_documents(write_report(workspace, period, wanted, destination), workspace, destination, as_json=as_json)


def _show(workspace: Workspace, period: Period, *, as_csv: bool, as_json: bool) -> None:
    from schoolctl.services.season import report_of

    if as_csv and as_json:
        message = "--csv and --json are two documents: choose one, or write the table to a file with --out DIR"
        raise WrongUsageError(message)
    report = report_of(workspace, period)
    if as_json:
        from schoolctl.renderers.season_json import season_view

        say_json(season_view(report.season, report.made))
    elif as_csv:
        from schoolctl.renderers.season_csv import render_season

        say_bytes(render_season(report.season))
    else:
        from schoolctl.cli.season_tables import show_season  # Rich: not loaded for scripts

        show_season(report.season)
