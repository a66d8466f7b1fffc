"""`schoolctl announce`, `invite`: what goes out to patients."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

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

app = typer.Typer()


class _ChannelName(StrEnum):
    # Typer takes several words of a few only from an enumeration.
    SITE = "site"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    EMAIL = "email"
    ALL = "all"


@app.command("announce")
def announce_command(
    ctx: typer.Context,
    school_ids: Annotated[list[str], typer.Argument(metavar="ID…", help="One school, or several for one post.")],
    kind: Annotated[
        Literal["call", "invitation", "link", "reminder", "move", "cancellation", "recap"],
        typer.Option("--kind", help="Why you write."),
    ] = "call",
    channels: Annotated[
        list[_ChannelName] | None,
        typer.Option("--channel", help="Where it is published (default: site); repeat it, or all."),
    ] = None,
    publish_at: Annotated[
        str | None, typer.Option("--publish-at", metavar="WHEN", help='As "2026-12-01 10:00" (default: now).')
    ] = None,
    news_dir: Annotated[
        Path | None, typer.Option("--news-dir", metavar="DIR", help="The news folder in a checkout of the site.")
    ] = None,
    poster: Annotated[bool, typer.Option("--poster", help="Put the poster into the site's post.")] = False,
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write an announcement in each language: for the site, for messengers, as an e-mail.

    Example: schoolctl announce 2022-05-19-multiple-myeloma --kind invitation --publish-at "2022-05-16 10:00"
    """
    from schoolctl.services.announce import AnnouncementOrder, announce, channels_named

    workspace = open_workspace(ctx)
    destination = destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
    order = AnnouncementOrder(school_ids, kind, lang, channels_named(channels or ()), publish_at, news_dir, poster)
    documents = announce(workspace, order, destination)
    report_documents(documents, workspace, destination, as_json=as_json)


@app.command("invite")
def invite_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    attendee: Annotated[
        list[str] | None, typer.Option("--attendee", metavar="EMAIL", help="A file for this person alone; repeat it.")
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="A file for each person invited before, in the language of each.")
    ] = False,
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
    destination = destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
    order = InviteOrder(school_id, lang, attendee or (), cancel, everyone)
    documents = issue_invites(workspace, order, destination)
    report_documents(documents, workspace, destination, as_json=as_json)
