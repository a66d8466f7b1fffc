"""`schoolctl questions …`: from a pile of questions to what matters - groups, similar ones, reasons, figures."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolctl.cli.console import counted, say, say_json, tell
from schoolctl.cli.options import DryRunOption, ForceOption, JsonOption, LangOption, OutOption, open_workspace

app = typer.Typer()

SchoolOption = Annotated[str | None, typer.Option("--school", metavar="ID", help="Only this school's questions.")]
IdsArgument = Annotated[list[int], typer.Argument(metavar="ID…", help="Numbers of questions, as listed.")]
RevealOption = Annotated[bool, typer.Option("--reveal", help="Show personal details in full.")]


@app.command("review")
def review_command(ctx: typer.Context, school: SchoolOption = None) -> None:
    """Go through the questions on a full screen: one key a decision, with undo."""
    from schoolctl.cli.review import run_review  # Textual: half a second

    run_review(open_workspace(ctx), school)


@app.command("similar")
def similar_command(
    ctx: typer.Context,
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID…]", help="Only for these questions.")] = None,
    school: SchoolOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many for each.")] = 5,
    reveal: RevealOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show what may be the same question, in other words or another language; a person joins them.

    Example: schoolctl questions similar 12, then: schoolctl questions group 12 31
    """
    from schoolctl.renderers.triage_json import companions_view
    from schoolctl.services.similar import find_similar

    found = find_similar(open_workspace(ctx), school, ids or (), limit)
    if as_json:
        say_json([companions_view(one) for one in found])
        return
    from schoolctl.cli.triage_tables import show_similar

    show_similar(found, reveal=reveal)


@app.command("group")
def group_command(
    ctx: typer.Context, ids: IdsArgument, dry_run: DryRunOption = False, as_json: JsonOption = False
) -> None:
    """Join questions that ask the same (and the groups they are in); the first one's words stand for all."""
    from schoolctl.renderers.triage_json import group_view
    from schoolctl.services.groups import group_questions

    group = group_questions(open_workspace(ctx), ids, dry_run=dry_run)
    if as_json:
        say_json(group_view(group))
        return
    numbers = ", ".join(str(question.id) for question in group.questions)
    people = "1 person" if group.demand == 1 else f"{group.demand} people"
    say(f"{'would be ' if dry_run else ''}grouped: {numbers} (group {group.questions[0].group}, asked by {people})")


@app.command("ungroup")
def ungroup_command(
    ctx: typer.Context, ids: IdsArgument, dry_run: DryRunOption = False, as_json: JsonOption = False
) -> None:
    """Take questions out of their groups; no rule puts them back."""
    from schoolctl.services.groups import ungroup_questions

    parted = ungroup_questions(open_workspace(ctx), ids, dry_run=dry_run)
    numbers = [question.id for question in parted]
    if as_json:
        say_json({"questions": numbers})
        return
    say(f"{'would be ' if dry_run else ''}ungrouped: {', '.join(map(str, numbers))}")


@app.command("split")
def split_command(
    ctx: typer.Context,
    question_id: Annotated[int, typer.Argument(metavar="ID", help="The question that holds several.")],
    dry_run: DryRunOption = False,
    reveal: RevealOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make several questions of a message that holds several; take it back with: schoolctl undo."""
    from schoolctl.services.splitting import split_question

    made = split_question(open_workspace(ctx), question_id, dry_run=dry_run)
    if as_json:
        say_json({"questions": [question.id for question in made]})
        return
    say(f"{'would be ' if dry_run else ''}split into {counted(len(made), 'question')}:")
    for question in made:
        say(f"{question.id}: {question.text if reveal else question.redacted_text}")


@app.command("why")
def why_command(ctx: typer.Context, ids: IdsArgument, as_json: JsonOption = False) -> None:
    """Say why the rules judge questions as they do: language, screening, themes, group, what was replaced."""
    from schoolctl.renderers.triage_json import reasons_view
    from schoolctl.services.reasons import reasons_for

    found = reasons_for(open_workspace(ctx), ids)
    if as_json:
        say_json([reasons_view(question, reasons) for question, reasons in found])
        return
    from schoolctl.cli.triage_tables import show_reasons

    for question, reasons in found:
        show_reasons(question, reasons)


@app.command("screen")
def screen_command(
    ctx: typer.Context, school: SchoolOption = None, dry_run: DryRunOption = False, as_json: JsonOption = False
) -> None:
    """Judge the questions anew, after rules were edited; what a person decided stays."""
    from schoolctl.services.screening import screen_anew

    done = screen_anew(open_workspace(ctx), school, dry_run=dry_run)
    if as_json:
        say_json({"questions": done.questions, "changed": done.changed, "grouped": done.grouped})
        return
    would = "would be " if dry_run else ""
    say(f"{counted(done.questions, 'question')}: {done.changed} {would}changed, {done.grouped} {would}put into groups")
    if done.is_learning:
        tell(f"note: {counted(done.decisions, 'decision')} of yours about themes were learnt from")
    elif done.missing:
        tell(f"note: your decisions about themes will count once there are {done.missing} more")
    else:
        tell("note: your decisions about themes will count once more than one theme was decided often")


@app.command("summary")
def summary_command(
    ctx: typer.Context,
    school: SchoolOption = None,
    as_html: Annotated[bool, typer.Option("--html", help="Write pages to send round (--out means it too).")] = False,
    lang: LangOption = "all",
    out: OutOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show how many questions there are, from where, and which themes and groups lead.

    Example: schoolctl questions summary --school 2022-05-19-multiple-myeloma
    """
    from schoolctl.renderers.triage_json import summary_view
    from schoolctl.services.summaries import summary_of, write_summaries

    workspace = open_workspace(ctx)
    if as_html or out:
        from schoolctl.cli.written import destination_for, report_documents

        destination = destination_for(out, force=force, dry_run=dry_run, as_json=as_json)
        documents = write_summaries(workspace, school, lang, destination)
        report_documents(documents, workspace, destination, as_json=as_json)
        return
    summary = summary_of(workspace, school)
    if as_json:
        say_json(summary_view(summary))
        return
    from schoolctl.cli.triage_tables import show_summary

    show_summary(summary)


@app.command("reply")
def reply_command(
    ctx: typer.Context,
    ids: IdsArgument,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="kk|ru|en", help="The language (default: the question's).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the polite answer to a personal or off-topic question, or to one about the School itself, to paste."""
    from schoolctl.services.replies import replies

    answers = replies(open_workspace(ctx), ids, lang)
    if as_json:
        say_json([{"id": one.question.id, "language": one.language, "text": one.text} for one in answers])
        return
    for number, answer in enumerate(answers):
        if number:
            say("\n---\n")
        say(answer.text)
