"""`schoolctl mail`: the same text to many people, as drafts or through a mail server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from schoolctl.cli.console import counted, is_interactive, say, say_json, tell
from schoolctl.cli.mail_reports import (
    MailProgress,
    account_view,
    audience_view,
    plan_view,
    show_account,
    show_plan,
    tell_left_out,
    tell_notes,
)
from schoolctl.cli.options import (
    DryRunOption,
    ForceOption,
    JsonOption,
    LangOption,
    OutOption,
    SchoolArgument,
    YesOption,
    confirm,
    open_workspace,
    pairs,
)
from schoolctl.cli.written import destination_for, report_documents
from schoolctl.errors import SchoolctlError, WrongUsageError

if TYPE_CHECKING:
    from schoolctl.services.audience import MailingOrder
    from schoolctl.services.documents import Destination
    from schoolctl.services.workspace import Workspace

app = typer.Typer()


@app.command("mail")
def mail_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    kind: Annotated[
        Literal["call", "invitation", "link", "reminder", "move", "cancellation", "recap"],
        typer.Option("--kind", help="Why you write."),
    ] = "invitation",
    recipients: Annotated[
        Path | None, typer.Option("--recipients", metavar="FILE", help="To whom: a table (CSV, Excel) of addresses.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Its columns: email, name, language, consent; repeat it."),
    ] = None,
    lang: LangOption = "all",
    out: OutOption = None,
    bcc: Annotated[bool, typer.Option("--bcc", help="One draft for each language, with everybody in Bcc.")] = False,
    paste: Annotated[
        bool, typer.Option("--paste", help="The words alone, to paste into a mail on a web page.")
    ] = False,
    send: Annotated[bool, typer.Option("--send", help="Send them through the server in sessions.toml.")] = False,
    resend_unknown: Annotated[
        bool, typer.Option("--resend-unknown", help="Also to those of whom nobody knows whether they have it.")
    ] = False,
    yes: YesOption = False,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write to many people, each in their language, with the invite: as drafts (.eml), or sent by --send.

    Example: schoolctl mail 2022-05-19-multiple-myeloma --kind invitation --recipients people.csv --send
    """
    from schoolctl.services.audience import MailingOrder

    _refuse_together(bcc=bcc, paste=paste, send=send)
    workspace, destination = open_workspace(ctx), destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
    order = MailingOrder(school_id, kind, recipients, lang, pairs(columns, "--map"))
    if send:
        _send(workspace, order, resend_unknown=resend_unknown, yes=yes, dry_run=dry_run, as_json=as_json)
    elif paste:
        _paste(workspace, order, destination, as_json=as_json)
    else:
        _draft(workspace, order, destination, is_bcc=bcc, as_json=as_json)


def _refuse_together(**given: bool) -> None:
    named = [f"--{name}" for name, is_given in given.items() if is_given]
    if len(named) > 1:
        message = f"{' and '.join(named)} do not go together: choose one"
        raise WrongUsageError(message)


def _paste(workspace: Workspace, order: MailingOrder, destination: Destination, *, as_json: bool) -> None:
    from schoolctl.services.mailings import paste_texts

    report_documents(paste_texts(workspace, order, destination), workspace, destination, as_json=as_json)


def _draft(workspace: Workspace, order: MailingOrder, destination: Destination, *, is_bcc: bool, as_json: bool) -> None:
    from schoolctl.services.mailings import draft_mails

    drafted = draft_mails(workspace, order, destination, is_bcc=is_bcc)
    if as_json:
        files = [workspace.shown(path) for path in drafted.documents.files]
        say_json({"files": files, **audience_view(drafted.audience)})
        tell_notes(drafted.documents.notes)
    else:
        report_documents(drafted.documents, workspace, destination, as_json=False)
    tell_left_out(drafted.audience)


def _send(
    workspace: Workspace, order: MailingOrder, *, resend_unknown: bool, yes: bool, dry_run: bool, as_json: bool
) -> None:
    from schoolctl.services.sending import plan_sending, send_mailing

    plan = plan_sending(workspace, order, resend_unknown=resend_unknown, is_rehearsal=dry_run)
    if dry_run and as_json:
        say_json(plan_view(plan))
    else:
        show_plan(plan, say if dry_run else tell)
    tell_left_out(plan.audience)
    if dry_run:
        return
    if plan.waiting:
        _ask(len(plan.waiting), yes=yes)
    with MailProgress() as progress:
        account = send_mailing(workspace, order, progress, resend_unknown=resend_unknown)
    if as_json:
        say_json(account_view(account, plan.audience))
    else:
        show_account(account)
    if not account.is_complete:
        raise typer.Exit(1)


def _ask(number: int, *, yes: bool) -> None:
    if not yes and not is_interactive():
        message = f"nothing was sent. To send {counted(number, 'mail')} add --yes"
        raise SchoolctlError(message)
    confirm(f"Send {counted(number, 'mail')}?", yes=yes)
