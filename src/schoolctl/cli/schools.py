"""`schoolctl school …`: the schedule."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from schoolctl.cli import closing
from schoolctl.cli.console import is_interactive, say, say_json, tell
from schoolctl.cli.options import (
    DryRunOption,
    ForceOption,
    JsonOption,
    SchoolArgument,
    YesOption,
    confirm,
    open_workspace,
    texts,
)
from schoolctl.cli.school_options import (
    DurationOption,
    EndsOption,
    FormatOption,
    ModeOption,
    ModeratorOption,
    RegistrationOption,
    SpeakerOption,
    StartsOption,
    TopicOption,
    UntilOption,
    VenueOption,
    ZoneOption,
    school_values,
)

if TYPE_CHECKING:
    from schoolctl.services.plan import ScheduleChange
    from schoolctl.services.school_values import SchoolValues

app = typer.Typer(
    name="school",
    help="""The schedule: add, show, change, move and cancel schools.

    Example: schoolctl school move 2022-05-19-multiple-myeloma --starts "2022-05-26 18:30"
    """,
)
app.add_typer(closing.app)


@app.command("list")
def list_command(
    ctx: typer.Context,
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Only those still to come.")] = False,
    past: Annotated[bool, typer.Option("--past", help="Only those that are over.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All of them (the default).")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the schools of the schedule."""
    from schoolctl.services.overview import list_schools

    # Both at once ask for all, as neither does.
    when: Literal["upcoming", "past", "all"] = "all"
    if upcoming != past and not everything:
        when = "upcoming" if upcoming else "past"
    standings = list_schools(open_workspace(ctx), when)
    if as_json:
        from schoolctl.renderers.school_json import school_view

        say_json([school_view(one.school, one.now, one.questions) for one in standings])
        return
    from schoolctl.cli.school_tables import show_schools

    show_schools(standings)


@app.command("show")
def show_command(ctx: typer.Context, school_id: SchoolArgument, as_json: JsonOption = False) -> None:
    """Show everything about one school."""
    from schoolctl.services.overview import show_school

    standing = show_school(open_workspace(ctx), school_id)
    if as_json:
        from schoolctl.renderers.school_json import school_view

        say_json(school_view(standing.school, standing.now, standing.questions))
        return
    from schoolctl.cli.school_tables import show_one_school

    show_one_school(standing)


@app.command("add")
def add_command(
    ctx: typer.Context,
    school_id: Annotated[str | None, typer.Option("--id", help="Default: day and English topic.")] = None,
    topic: TopicOption = None,
    starts: StartsOption = None,
    ends: EndsOption = None,
    duration: DurationOption = None,
    timezone: ZoneOption = None,
    mode: ModeOption = None,
    venue: VenueOption = None,
    format_: FormatOption = None,
    questions_until: UntilOption = None,
    speaker: SpeakerOption = None,
    moderator: ModeratorOption = None,
    registration: RegistrationOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add a school to the schedule."""
    from schoolctl.services import plan

    workspace = open_workspace(ctx)
    given = (topic, starts, ends, duration, timezone, mode, venue, format_, questions_until, speaker, moderator)
    values = school_values(*given, registration)
    change = _asking(lambda told: plan.add_school(workspace, told, school_id, dry_run=dry_run), values)
    _report(change, "added", dry_run=dry_run, as_json=as_json)


@app.command("edit")
def edit_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    topic: TopicOption = None,
    starts: StartsOption = None,
    ends: EndsOption = None,
    duration: DurationOption = None,
    timezone: ZoneOption = None,
    mode: ModeOption = None,
    venue: VenueOption = None,
    format_: FormatOption = None,
    questions_until: UntilOption = None,
    speaker: SpeakerOption = None,
    moderator: ModeratorOption = None,
    registration: RegistrationOption = None,
    recording: Annotated[
        str | None, typer.Option("--recording", metavar="URL", help="The https:// address of the video, for the recap.")
    ] = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Change a school; what you do not name stays as it is."""
    from schoolctl.services import plan

    workspace = open_workspace(ctx)
    given = (topic, starts, ends, duration, timezone, mode, venue, format_, questions_until, speaker, moderator)
    values = school_values(*given, registration, recording)
    change = _asking(lambda told: plan.edit_school(workspace, school_id, told, dry_run=dry_run), values)
    _report(change, "changed", dry_run=dry_run, as_json=as_json)


@app.command("move")
def move_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    starts: StartsOption = None,
    ends: EndsOption = None,
    duration: DurationOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Give a school another day or hour."""
    from schoolctl.services import plan
    from schoolctl.services.school_values import SchoolValues

    workspace = open_workspace(ctx)
    values = SchoolValues(starts=starts, ends=ends, duration=duration)
    change = _asking(lambda told: plan.move_school(workspace, school_id, told, dry_run=dry_run), values)
    _report(change, "moved", dry_run=dry_run, as_json=as_json)


@app.command("link")
def link_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    url: Annotated[str, typer.Option("--url", help="The https:// address to join.")],
    meeting_id: Annotated[str | None, typer.Option("--meeting-id", help="As shown: 123 4567 8901.")] = None,
    passcode: Annotated[str | None, typer.Option("--passcode", help="The access code.")] = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Set the link to join online."""
    from schoolctl.services import plan
    from schoolctl.services.school_values import MeetingValues

    link = MeetingValues(url, meeting_id, passcode)
    change = plan.link_school(open_workspace(ctx), school_id, link, dry_run=dry_run)
    _report(change, "linked", dry_run=dry_run, as_json=as_json)


@app.command("cancel")
def cancel_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    reason: Annotated[
        list[str] | None, typer.Option("--reason", metavar="LANG=TEXT", help="Why, by language; repeat it.")
    ] = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Mark a school as cancelled; it stays in the schedule."""
    from schoolctl.services import plan

    workspace = open_workspace(ctx)
    confirm(f"Cancel {school_id}?", yes=yes or dry_run)
    change = plan.cancel_school(workspace, school_id, texts(reason, "--reason"), dry_run=dry_run)
    _report(change, "cancelled", dry_run=dry_run, as_json=as_json)


@app.command("remove")
def remove_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take a school out of the schedule (not once people know of it: then cancel it)."""
    from schoolctl.services import plan

    workspace = open_workspace(ctx)
    confirm(f"Remove {school_id} from the schedule?", yes=yes or dry_run)
    change = plan.remove_school(workspace, school_id, force=force, dry_run=dry_run)
    _report(change, "removed", dry_run=dry_run, as_json=as_json)


def _asking(run: Callable[[SchoolValues], ScheduleChange], values: SchoolValues) -> ScheduleChange:
    """Run a change; at a terminal, ask which hour is meant when one happens twice."""
    from schoolctl.domain.local_time import AmbiguousTimeError

    # More than one of the hours may happen twice: each is asked about.
    while True:
        try:
            return run(values)
        except AmbiguousTimeError as error:
            if not is_interactive():
                raise
            tell(f"{error.local:%Y-%m-%d %H:%M} happens twice: the clocks go back.")
            first, second = error.choices
            is_first = typer.confirm(f"Do you mean the first, {first} (no: the second, {second})?", err=True)
            values = values.with_hour_told(error, first if is_first else second)


def _report(change: ScheduleChange, verb: str, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        say_json({"id": change.school_id, "changed": change.is_change})
    else:
        say(f"{'would be ' if dry_run else ''}{verb}: {change.school_id}" if change.is_change else "nothing to change")
    # On standard error: standard output stays the result that scripts read.
    if dry_run:
        tell(change.diff())
    for note in change.notes:
        tell(f"note: {note}")
