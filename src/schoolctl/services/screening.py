"""Judging the questions anew, after the rules were edited or more was learnt; a person's decisions stay."""

from __future__ import annotations

from dataclasses import dataclass

from schoolctl.domain.theme_model import MINIMUM_DECISIONS, is_decision
from schoolctl.services.decisions import deciding
from schoolctl.services.groups import group_repeats
from schoolctl.services.judgement import judge_all, read_rules, with_learning
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter


@dataclass(frozen=True, slots=True)
class Rescreening:
    """What judging anew changed: of how many questions how many, and how many came into a group.

    `decisions` is how many themes were decided by a person; `is_learning`: they are enough to learn from.
    """

    questions: int
    changed: int
    grouped: int
    decisions: int
    is_learning: bool

    @property
    def missing(self) -> int:
        """How many decisions are missing until they can be learnt from."""
        return max(MINIMUM_DECISIONS - self.decisions, 0)


def screen_anew(workspace: Workspace, school: str | None, *, dry_run: bool) -> Rescreening:
    """Judge a school's questions (None: all) by the rules as they are now."""
    schedule = workspace.schedule()
    if school:
        schedule.school(school)
    rules = read_rules(workspace, schedule)
    with deciding(workspace, dry_run=dry_run) as desk:
        rules = with_learning(rules, desk.database)
        questions = desk.questions.find(QuestionFilter(school=school))
        changed = judge_all(questions, rules)
        for _, question in changed:
            desk.questions.save(question)
        joined = group_repeats(desk.questions, dict.fromkeys(question.school for question in questions))
        # As it is now, groups and all: taking it back must part again what it joined.
        desk.record("screen", zip(questions, desk.questions.find(QuestionFilter(school=school)), strict=True))
        decisions = sum(is_decision(themes) for _, themes in desk.questions.theme_decisions())
    return Rescreening(len(questions), len(changed), joined, decisions, rules.model is not None)
