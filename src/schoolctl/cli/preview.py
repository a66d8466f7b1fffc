"""`schoolctl preview`, `poster`: what patients will see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from schoolctl.cli.console import for_terminal, is_terminal, tell
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
from schoolctl.errors import WrongUsageError

if TYPE_CHECKING:
    from schoolctl.renderers.preview import Preview

app = typer.Typer()


@app.command("preview")
def preview_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Why you write (default: what makes sense now); repeat it."),
    ] = None,
    terminal: Annotated[bool, typer.Option("--terminal", help="Show the texts here, write no page.")] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the page in the browser.")] = False,
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show everything that patients will see of a school on one page, before anything is sent.

    Example: schoolctl preview 2022-05-19-multiple-myeloma --kind invitation
    """
    from schoolctl.services.previews import PreviewOrder, kinds_named, make_preview, write_preview

    workspace = open_workspace(ctx)
    order = PreviewOrder(school_id, kinds_named(kinds or ()), lang)
    if terminal:
        _refuse_with_terminal(out=out, as_json=as_json)
        _show(make_preview(workspace, order))
        return
    destination = destination_for(out, force=force, dry_run=False, as_json=as_json)
    documents = write_preview(workspace, order, destination)
    report_documents(documents, workspace, destination, as_json=as_json)
    if is_terminal() and not (no_open or as_json or destination.to_stdout):
        _open(next(iter(documents.files)))


@app.command("poster")
def poster_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    shape: Annotated[
        Literal["square", "banner", "all"], typer.Option("--shape", help="For messengers and the site, or wide.")
    ] = "square",
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make the poster as a picture (PNG), with a code that opens the meeting or WhatsApp.

    Example: schoolctl poster 2022-05-19-multiple-myeloma --shape all --lang kk
    """
    from schoolctl.services.posters import PosterOrder, write_posters

    workspace = open_workspace(ctx)
    destination = destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
    documents = write_posters(workspace, PosterOrder(school_id, lang, shape), destination)
    report_documents(documents, workspace, destination, as_json=as_json)


def _refuse_with_terminal(*, out: str | None, as_json: bool) -> None:
    if out or as_json:
        message = f"--terminal shows the texts and writes nothing: leave {'--json' if as_json else '--out'} out"
        raise WrongUsageError(message)


def _open(page: Path) -> None:
    import webbrowser

    if not webbrowser.open(page.absolute().as_uri()):
        tell("note: no browser could be opened: open the page yourself")


def _show(preview: Preview) -> None:
    """The texts, a panel each; what is missing stands first."""
    from rich.console import Console
    from rich.panel import Panel
    from rich.text import Text

    console = Console(highlight=False)
    for step in preview.steps:
        console.print(Text(for_terminal(f"{step.name}: {step.detail}")), style="yellow")
    for problem in preview.problems:
        console.print(Text(for_terminal(problem)), style="red")
    for heading, row in preview.rows:
        for sample in row.samples:
            # A picture has no words, and why a text could not be made stands above.
            if sample.text:
                title = Text(f"{heading}, {row.what}, {sample.language}")
                console.print(Panel(Text(for_terminal(sample.text.strip())), title=title, title_align="left"))
