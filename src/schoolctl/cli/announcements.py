"""`schoolctl announce`, `invite`, `agenda`: the documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from schoolctl.cli.console import say, say_bytes, say_json, tell
from schoolctl.cli.options import (
    DryRunOption,
    ForceOption,
    JsonOption,
    LangOption,
    OutOption,
    SchoolArgument,
    open_workspace,
)

if TYPE_CHECKING:
    from schoolctl.services.documents import Destination, Documents
    from schoolctl.services.workspace import Workspace

app = typer.Typer()


@app.command("announce")
def announce_command(
    ctx: typer.Context,
    school_ids: Annotated[list[str], typer.Argument(metavar="ID…", help="One school, or several for one post.")],
    kind: Annotated[
        Literal["call", "invitation", "link", "reminder"], typer.Option("--kind", help="Why you write.")
    ] = "call",
    channel: Annotated[Literal["site"], typer.Option("--channel", help="Where it is published.")] = "site",
    publish_at: Annotated[
        str | None, typer.Option("--publish-at", metavar="WHEN", help='As "2026-12-01 10:00" (default: now).')
    ] = None,
    news_dir: Annotated[
        Path | None, typer.Option("--news-dir", metavar="DIR", help="The news folder in a checkout of the site.")
    ] = None,
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write an announcement: a page for the site in each language.

    Example: schoolctl announce 2022-05-19-multiple-myeloma --kind invitation --publish-at "2022-05-16 10:00"
    """
    from schoolctl.services.announce import AnnouncementOrder, announce

    workspace = open_workspace(ctx)
    destination = _destination(out, force=force, dry_run=dry_run)
    order = AnnouncementOrder(school_ids, kind, lang, channel, publish_at, news_dir)
    documents = announce(workspace, order, destination)
    _report(documents, workspace, destination, as_json=as_json)


@app.command("invite")
def invite_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    attendee: Annotated[
        list[str] | None, typer.Option("--attendee", metavar="EMAIL", help="A file for this person alone; repeat it.")
    ] = None,
    cancel: Annotated[bool, typer.Option("--cancel", help="Take the invite back.")] = False,
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write calendar files (.ics); after a change the new ones update the old ones.

    Example: schoolctl invite 2022-05-19-multiple-myeloma --lang ru
    """
    from schoolctl.services.invites import InviteOrder, issue_invites

    workspace = open_workspace(ctx)
    destination = _destination(out, force=force, dry_run=dry_run)
    documents = issue_invites(workspace, InviteOrder(school_id, lang, attendee or (), cancel), destination)
    _report(documents, workspace, destination, as_json=as_json)


@app.command("agenda")
def agenda_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    formats: Annotated[list[str] | None, typer.Option("--format", help="md (the default) or json; repeat it.")] = None,
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the outline for the doctors: times, topics, speakers, and the accepted questions.

    Example: schoolctl agenda 2022-05-19-multiple-myeloma --format md --lang kk
    """
    from schoolctl.services.agendas import write_agendas

    workspace = open_workspace(ctx)
    destination = _destination(out, force=force, dry_run=dry_run)
    # A format named twice is one file.
    documents = write_agendas(workspace, school_id, tuple(dict.fromkeys(formats or ["md"])), lang, destination)
    _report(documents, workspace, destination, as_json=as_json)


def _destination(out: str | None, *, force: bool, dry_run: bool) -> Destination:
    from schoolctl.services.documents import Destination

    folder = Path(out) if out and out != "-" else None
    return Destination(folder, to_stdout=out == "-", force=force, dry_run=dry_run)


def _report(documents: Documents, workspace: Workspace, destination: Destination, *, as_json: bool) -> None:
    shown = [workspace.shown(path) for path in documents.files]
    if destination.to_stdout:
        # Byte for byte: a calendar file has CRLF lines, and its encoding is not the console's.
        say_bytes(b"".join(documents.files.values()))
    elif as_json:
        say_json({"files": shown})
    else:
        _say_written(documents, workspace, "would write" if destination.dry_run else "wrote")
    # Notes go to standard error: what goes through a pipe stays the document alone.
    for note in documents.notes:
        tell(f"note: {note}")


def _say_written(documents: Documents, workspace: Workspace, verb: str) -> None:
    for path in documents.files:
        say(f"{'unchanged' if path in documents.unchanged else verb} {workspace.shown(path)}")
