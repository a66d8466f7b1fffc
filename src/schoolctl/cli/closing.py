"""`schoolctl school close`: after the event, what was answered and where the rest goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from schoolctl.cli.console import counted, is_interactive, say, say_json, shortened, tell, terminal_width
from schoolctl.cli.options import DryRunOption, JsonOption, SchoolArgument, open_workspace
from schoolctl.cli.progress import ImportProgress

if TYPE_CHECKING:
    from schoolctl.domain.closing import Why
    from schoolctl.domain.groups import Group
    from schoolctl.services.closing import ClosedSchool, ClosingOrder
    from schoolctl.services.workspace import Workspace

app = typer.Typer()

_BESIDE_WORDS, _SHORTEST, _LONGEST = 22, 40, 150  # columns: the numbers and people, and the words at least and at most
_FOR_A_PERSON: Final[tuple[Why, ...]] = ("personal", "logistics", "off_topic")


@app.command("close")
def close_command(
    ctx: typer.Context,
    school_id: SchoolArgument,
    answered: Annotated[
        str | None, typer.Option("--answered", metavar="all|none|IDS|FILE", help="What was answered, as 12,14-18 20.")
    ] = None,
    unanswered: Annotated[
        str | None, typer.Option("--unanswered", metavar="IDS|FILE", help="What was not; all other accepted ones were.")
    ] = None,
    live: Annotated[
        list[Path] | None, typer.Option("--live", metavar="FILE", help="Zoom's Q&A report or chat; repeat it.")
    ] = None,
    source_format: Annotated[
        Literal["auto", "csv", "xlsx", "mbox", "eml", "maildir", "whatsapp", "zoom"],
        typer.Option("--from", help="What the live files are."),
    ] = "auto",
    date_order: Annotated[
        Literal["dmy", "mdy", "ymd"] | None,
        typer.Option("--date-order", help="When a live file's dates can be read two ways."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NEXT-ID", help="Where the rest goes (default: the next of the topic)."),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the rest at this school.")] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Close a school that is over: mark what was answered, carry the rest over to the next one of its topic.

    Example: schoolctl school close 2022-05-19-multiple-myeloma --live qa-report.csv --unanswered 12,14-18
    """
    from schoolctl.services.closing import ClosingOrder, close_school

    workspace = open_workspace(ctx)
    files = (tuple(live or ()), source_format, date_order)
    order = _asked(workspace, ClosingOrder(school_id, answered, unanswered, *files, to, keep, dry_run))
    with ImportProgress() as progress:
        closed = close_school(workspace, order, progress)
    for warning in closed.account.warnings:
        tell(f"warning: {warning}")
    if as_json:
        say_json(_view(closed))
    else:
        _show(closed, order)


def _asked(workspace: Workspace, order: ClosingOrder) -> ClosingOrder:
    """The order; at a terminal a person is asked what was answered when nothing tells it."""
    if order.tells or not is_interactive():
        return order
    from schoolctl.services.closing import ALL, NONE, questions_to_answer

    groups = questions_to_answer(workspace, order.school_id)
    if not groups:
        return replace(order, answered=NONE)
    _list(groups, order.school_id)
    known = {question.id for group in groups for question in group.questions}
    while True:
        typed = typer.prompt("Which were answered? (all, none, or IDs as 12,14-18)", err=True).strip()
        if typed.casefold() in {ALL, NONE} or _are_ids(typed, known):
            return replace(order, answered=typed.casefold())


def _are_ids(typed: str, known: set[int]) -> bool:
    """Whether these are numbers of the questions shown; a person is told when they are not."""
    from schoolctl.domain.id_lists import IdListError, parse_ids

    try:
        wrong = sorted(set(parse_ids(typed)) - known)
    except IdListError as error:
        tell(str(error))
        return False
    if wrong:
        tell(f"not among the questions above: {', '.join(map(str, wrong))}")
    return not wrong


def _list(groups: Sequence[Group], school_id: str) -> None:
    # On standard error, as the question is: standard output stays the result.
    room = min(max(terminal_width() - _BESIDE_WORDS, _SHORTEST), _LONGEST)
    for group in groups:
        ids = " ".join(str(one.id) for one in group.questions if one.status == "accepted")
        people = f" ({group.demand} people)" if group.demand > 1 else ""
        tell(f"{ids:>6}  {shortened(' '.join(group.wording.redacted_text.split()), room)}{people}")
    tell("One of those in a line stands for all. To tick them one by one (key y):")
    tell(f"  schoolctl questions review --school {school_id}")


def _show(closed: ClosedSchool, order: ClosingOrder) -> None:
    from schoolctl.cli.accounts import show_account

    if order.live:
        show_account(closed.account, dry_run=order.dry_run)
    would = "would be " if order.dry_run else ""
    asked_live = f" ({len(closed.live)} of them told by the live files)" if closed.live else ""
    say(f"{would}answered: {counted(len(closed.answered), 'question')}{asked_live}")
    if closed.to and closed.closing.carried:
        count = counted(len(closed.closing.carried), "question")
        say(f"{would}carried over: {count} to {closed.to.id} ({closed.to.starts:%d.%m.%Y})")
    for line in _left_lines(closed):
        say(line)
    if number := len(closed.closing.away):
        questions = counted(number, "question")
        tell(f"note: {questions} carried over before stay there; --answered with a number brings one back")
    if not (closed.closing.changes or closed.account.imported or order.dry_run):
        tell("note: nothing was decided anew, so there is nothing of it to undo")


def _left_lines(closed: ClosedSchool) -> Iterator[str]:
    """What stays at the school, why, and the command that goes on from there."""
    school_id, left = closed.school.id, closed.closing.left
    counts = Counter(one.why for one in left)
    if number := counts["kept"]:
        yield f"left: {counted(number, 'question')}, as you said"
    if number := counts["no_next_school"]:
        told = "" if closed.school.is_cancelled else " --answered none"
        yield f"left: {counted(number, 'question')}, for no school of this topic is to come. Add one:"
        yield "  schoolctl school add …"
        yield f"  schoolctl school close {school_id}{told} --to NEW-ID"
    if said := [f"{counts[why]} {why}?" for why in _FOR_A_PERSON if counts[why]]:
        yield f"left: {sum(counts[why] for why in _FOR_A_PERSON)} nobody has looked at ({', '.join(said)}):"
        yield f"  schoolctl questions review --school {school_id}"


def _view(closed: ClosedSchool) -> dict[str, object]:
    from schoolctl.renderers.question_json import account_view

    return {
        "school": closed.school.id,
        "answered": list(closed.answered),
        "live": account_view(closed.account),
        "carried": {"to": closed.to.id if closed.to else None, "questions": list(closed.closing.carried)},
        "left": [{"id": one.id, "why": one.why} for one in closed.closing.left],
    }
