"""Grouping: repeats find each other by themselves, what only means the same is joined by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schoolctl.domain.groups import Group, Membership, grouped, join, join_repeats, part
from schoolctl.domain.question import Question
from schoolctl.domain.repeats import find_repeats
from schoolctl.errors import WrongUsageError
from schoolctl.services.decisions import deciding, shown_ids
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter, QuestionStore

# More at once would take more memory than a small laptop can spare; no School was ever asked so much.
MOST_COMPARED = 10_000


def group_repeats(store: QuestionStore, schools: Iterable[str | None]) -> int:
    """Put the near-copies among each school's questions into groups; how many questions came into one.

    A question that is in a group stays there, and what a person grouped or parted stays so. Of a school with more
    than MOST_COMPARED questions only the newest are compared.
    """
    used = store.group_numbers()
    joined: dict[int, int] = {}
    for school in schools:
        members = store.memberships(school, MOST_COMPARED)
        if any(_is_free(member) for member in members):
            joined |= join_repeats(members, find_repeats([member.text for member in members]), used)
    store.put_into_groups(joined)
    return len(joined)


def _is_free(member: Membership) -> bool:
    return member.group is None and not member.is_decided


def group_questions(workspace: Workspace, ids: Sequence[int], *, dry_run: bool) -> Group:
    """Make one group of the questions and of the groups they are in; the first one's words stand for it."""
    ids = list(dict.fromkeys(ids))
    with deciding(workspace, dry_run=dry_run) as desk:
        named = desk.questions.get(ids)
        members = [*named, *_companions(desk.questions, named)]
        if len(members) < 2:  # noqa: PLR2004 - one question is no group
            message = "name at least two questions that ask the same: schoolctl questions group 12 15"
            raise WrongUsageError(message)
        joined = join(members, desk.questions.group_numbers())
        desk.save(f"group {shown_ids(ids)}", list(zip(members, joined, strict=True)))
    return grouped(joined)[0]


def ungroup_questions(workspace: Workspace, ids: Sequence[int], *, dry_run: bool) -> list[Question]:
    """Take the questions out of their groups, for good; the questions as they are then."""
    ids = list(dict.fromkeys(ids))
    with deciding(workspace, dry_run=dry_run) as desk:
        found = desk.questions.get(ids)
        parted = [part(question) for question in found]
        desk.save(f"ungroup {shown_ids(ids)}", list(zip(found, parted, strict=True)))
    return parted


def _companions(store: QuestionStore, questions: Sequence[Question]) -> list[Question]:
    """The other members of the groups that these questions are in."""
    known = {question.id for question in questions}
    groups = dict.fromkeys(question.group for question in questions if question.group is not None)
    members = (member for group in groups for member in store.find(QuestionFilter(group=group)))
    return [member for member in members if member.id not in known]
