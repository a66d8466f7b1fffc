"""`schoolctl questions …`: importing, looking at and deciding about questions."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from schoolctl.cli import personal_data, set_aside, triage
from schoolctl.cli.console import say, say_bytes, say_json, tell
from schoolctl.cli.date_questions import ask_date_orders
from schoolctl.cli.options import DryRunOption, JsonOption, open_workspace, pairs, texts
from schoolctl.cli.progress import ImportProgress
from schoolctl.errors import WrongUsageError

if TYPE_CHECKING:
    from schoolctl.domain.question import ImportAccount, Question

app = typer.Typer(
    name="questions",
    help="""Patients' questions: import, list, show and decide.

    Example: schoolctl questions import inbox.mbox chat.txt --school 2022-05-19-multiple-myeloma
    """,
)

app.add_typer(set_aside.app)
app.add_typer(triage.app)
app.add_typer(personal_data.app)

Status = Literal["new", "accepted", "personal", "off_topic", "duplicate", "answered", "rejected"]
RevealOption = Annotated[bool, typer.Option("--reveal", help="Show senders and personal details in full.")]
SchoolOption = Annotated[str | None, typer.Option("--school", metavar="ID", help="The school they belong to.")]
IdsArgument = Annotated[list[int], typer.Argument(metavar="ID…", help="Numbers of questions, as listed.")]


@app.command("import")
def import_command(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders of files.")],
    school: SchoolOption = None,
    source_format: Annotated[
        Literal["auto", "csv", "xlsx", "mbox", "eml", "maildir", "whatsapp", "zoom"],
        typer.Option("--from", help="What the files are."),
    ] = "auto",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="A table's column, as text=Вопрос; repeat it."),
    ] = None,
    date_order: Annotated[
        Literal["dmy", "mdy", "ymd"] | None,
        typer.Option("--date-order", help="When a file's dates can be read two ways."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write the whole account into a file (JSON).")
    ] = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Import questions from mails, WhatsApp and Zoom exports and tables; doing so again adds nothing."""
    from schoolctl.cli.accounts import show_account
    from schoolctl.renderers.question_json import account_view
    from schoolctl.services.intake import IntakeRequest, import_answered, import_questions, write_report

    request = IntakeRequest(paths, school, source_format, pairs(columns, "--map"), date_order, dry_run)
    workspace = open_workspace(ctx)
    with ImportProgress() as progress:
        account = import_questions(workspace, request, progress, report)
    if answers := ask_date_orders(account.refused):
        with ImportProgress() as progress:
            import_answered(workspace, request, answers, account, progress)
        write_report(account, request, report)
    if as_json:
        say_json(account_view(account))
    else:
        show_account(account, dry_run=dry_run)
    _tell_trouble(account)
    # The others were imported; a script still has to learn that something is missing.
    if account.refused:
        raise typer.Exit(1)


def _tell_trouble(account: ImportAccount) -> None:
    for warning in account.warnings:
        tell(f"warning: {warning}")
    for refusal in account.refused:
        tell(f"error: {refusal.source}: {refusal.reason}")


@app.command("list")
def list_command(
    ctx: typer.Context,
    school: SchoolOption = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="Only these; repeat it.")] = None,
    theme: Annotated[str | None, typer.Option("--theme", help="Only this theme.")] = None,
    channel: Annotated[
        Literal["email", "whatsapp", "form", "zoom", "chat", "other"] | None,
        typer.Option("--channel", help="Only those that came this way."),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="kk|ru|en", help="Only those in this language.")
    ] = None,
    search: Annotated[str, typer.Option("--search", metavar="TEXT", help="Words in the question, in any case.")] = "",
    grouped: Annotated[bool, typer.Option("--grouped", help="As groups, what most people asked first.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")] = None,
    reveal: RevealOption = False,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table that is safe to open in a spreadsheet.")] = False,
) -> None:
    """List questions; senders are masked."""
    from schoolctl.renderers.question_csv import render_questions
    from schoolctl.renderers.question_json import question_view
    from schoolctl.services.questions import checked_statuses, list_questions
    from schoolctl.store.question_store import QuestionFilter

    workspace = open_workspace(ctx)
    zone = workspace.schedule().zone
    wanted = QuestionFilter(
        school=school,
        statuses=checked_statuses(status or ()),
        theme=theme,
        channel=channel,
        language=language,
        search=search,
    )
    fitting = list_questions(workspace, wanted)
    if grouped:
        if as_csv:
            message = "--csv is a table of questions, not of groups: leave out --csv or --grouped"
            raise WrongUsageError(message)
        _list_groups(fitting, limit, reveal=reveal, as_json=as_json)
        return
    found = fitting[:limit]
    if as_csv:
        say_bytes(render_questions(found, zone, reveal=reveal))
    elif as_json:
        say_json([question_view(question, zone, reveal=reveal) for question in found])
    else:
        from schoolctl.cli.question_tables import show_questions  # Rich: not loaded for scripts

        show_questions(found, len(fitting), zone, reveal=reveal)


def _list_groups(questions: list[Question], limit: int | None, *, reveal: bool, as_json: bool) -> None:
    from schoolctl.domain.groups import grouped
    from schoolctl.renderers.triage_json import group_view

    groups = grouped(questions)[:limit]
    if as_json:
        say_json([group_view(group) for group in groups])
        return
    from schoolctl.cli.triage_tables import show_groups

    show_groups(groups, reveal=reveal)


@app.command("show")
def show_command(
    ctx: typer.Context, ids: IdsArgument, reveal: RevealOption = False, as_json: JsonOption = False
) -> None:
    """Show questions in full: own words, original, where from, what was mended and why it was set apart."""
    from schoolctl.renderers.question_json import question_view
    from schoolctl.services.questions import get_questions

    workspace = open_workspace(ctx)
    zone = workspace.schedule().zone
    found = get_questions(workspace, ids)
    if as_json:
        # One question is an object, several are a list: what was asked for.
        views = [question_view(question, zone, reveal=reveal) for question in found]
        say_json(views if len(views) > 1 else views[0])
        return
    from schoolctl.cli.question_tables import show_one_question  # Rich: not loaded for scripts

    for question in found:
        show_one_question(question, zone, reveal=reveal)


@app.command("set")
def set_command(
    ctx: typer.Context,
    ids: IdsArgument,
    status: Annotated[Status | None, typer.Option("--status", help="The decision.")] = None,
    theme: Annotated[list[str] | None, typer.Option("--theme", help="The heading it belongs under; repeat it.")] = None,
    school: Annotated[str | None, typer.Option("--school", metavar="ID", help='The school ("" for none).')] = None,
    text: Annotated[str | None, typer.Option("--text", help="A better wording; the original is kept.")] = None,
    redacted_text: Annotated[
        str | None, typer.Option("--redacted-text", help="The very wording that may be passed on.")
    ] = None,
    translation: Annotated[
        list[str] | None,
        typer.Option("--translation", metavar="LANG=TEXT", help='For documents in that language; ru="" takes it out.'),
    ] = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Decide about questions: status, theme, school, wording, translations."""
    from schoolctl.renderers.question_json import question_view
    from schoolctl.services.questions import Decision, set_questions

    workspace = open_workspace(ctx)
    themes = tuple(theme) if theme is not None else None
    translations = texts(translation, "--translation", may_be_empty=True) or None
    decision = Decision(status, themes, school, text, redacted_text, translations)
    decided = set_questions(workspace, ids, decision, dry_run=dry_run)
    if as_json:
        zone = workspace.schedule().zone
        say_json([question_view(question, zone, reveal=False) for question in decided])
        return
    for question in decided:
        _report(question, translations or {}, dry_run=dry_run)


def _report(question: Question, translated: Collection[str], *, dry_run: bool) -> None:
    say(f"{'would be ' if dry_run else ''}set: {question.id} {', '.join((question.status, *question.themes))}")
    for language, text in question.translations.items():
        # As documents will show it: what is personal is out of it.
        if language in translated:
            say(f"translation {language}: {text}")
    if question.status == "accepted" and not question.school:
        # No agenda would hold it, and nobody would miss it there.
        tell(f"note: question {question.id} belongs to no school yet: add --school ID")
