"""Looking at the questions and deciding about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.languages.en import LANGUAGE as ENGLISH
from schoolctl.domain.question import Question
from schoolctl.domain.text import clean_text
from schoolctl.domain.vocabulary import STATUSES, Aspect, Status
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services.decisions import deciding, shown_ids
from schoolctl.services.judgement import Rules, judge, read_rules, redacted_translations, with_learning
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore

THEMES = tuple(ENGLISH.themes)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about questions; None means: unchanged. `school` may be empty: to no school.

    `text` is a better wording of the sender's words; `redacted_text` is the very wording that may be passed on.
    `translations` by language are for documents in that language; an empty one takes out what is there.
    """

    status: Status | None = None
    themes: tuple[str, ...] | None = None
    school: str | None = None
    text: str | None = None
    redacted_text: str | None = None
    translations: Mapping[str, str] | None = None

    def summary(self, ids: Sequence[int]) -> str:
        """What was decided, for the history: never a patient's words."""
        said = [
            *filter(None, [self.status]),
            *(self.themes or ()),
            *([] if self.school is None else [f"school {self.school or 'none'}"]),
            *(["wording"] if self.text is not None or self.redacted_text is not None else []),
            *(f"translation {language}" for language in self.translations or ()),
        ]
        return f"set {shown_ids(ids)}: {', '.join(said)}"


def checked_statuses(words: Sequence[str]) -> tuple[Status, ...]:
    """The statuses called so; WrongUsageError names a word that is none."""
    for word in words:
        if word not in STATUSES:
            message = f'there is no status "{word}". Statuses: {", ".join(STATUSES)}'
            raise WrongUsageError(message)
    return tuple(status for status in STATUSES if status in words)


def list_questions(workspace: Workspace, wanted: QuestionFilter) -> list[Question]:
    """The questions that fit the filter."""
    if wanted.theme is not None:
        _check_themes((wanted.theme,))
    with open_database(workspace.database_path, for_writing=False) as database:
        found = QuestionStore(database).find(wanted)
    if wanted.school and not found:
        # A mistyped ID must not look like a school nobody asked about; questions of a removed school are still shown.
        workspace.schedule().school(wanted.school)
    return found


def get_questions(workspace: Workspace, ids: Sequence[int]) -> list[Question]:
    """The questions with these IDs."""
    with open_database(workspace.database_path, for_writing=False) as database:
        return QuestionStore(database).get(ids)


def set_questions(workspace: Workspace, ids: Sequence[int], decision: Decision, *, dry_run: bool) -> list[Question]:
    """Apply a decision to all the questions (to none when one is not there); the questions as they are then."""
    _check_decision(decision, ids)
    schedule = workspace.schedule()
    if decision.school:
        schedule.school(decision.school)
    ids = list(dict.fromkeys(ids))
    with deciding(workspace, dry_run=dry_run) as desk:
        found = desk.questions.get(ids)
        decided = [_decided(question, decision) for question in found]
        if _touches_rules(decision) or decision.translations:
            rules = with_learning(read_rules(workspace, schedule), desk.database)
            decided = [_looked_at(question, decision, rules) for question in decided]
        desk.save(decision.summary(ids), list(zip(found, decided, strict=True)))
    return decided


def _touches_rules(decision: Decision) -> bool:
    """Whether the rules must look again: at other words, or from another school's point of view."""
    return (decision.text, decision.redacted_text, decision.school) != (None, None, None)


def _looked_at(question: Question, decision: Decision, rules: Rules) -> Question:
    if _touches_rules(decision):
        return judge(question, rules)
    return replace(question, translations=redacted_translations(question, rules))


def _check_decision(decision: Decision, ids: Sequence[int]) -> None:
    if decision == Decision():
        message = "say what to set: --status, --theme, --school, --text, --redacted-text or --translation"
        raise WrongUsageError(message)
    for option, text in (("--text", decision.text), ("--redacted-text", decision.redacted_text)):
        if text is None:
            continue
        _check_alone(option, ids)
        if not clean_text(text):
            # An empty wording would lose a question while it still counts as accepted.
            message = f"{option} must hold some words"
            raise WrongUsageError(message)
    _check_themes(decision.themes or ())
    for language in decision.translations or ():
        _check_alone("--translation", ids)
        if language not in LANGUAGES:
            message = f'--translation {language}=…: there is no language "{language}". Known: {", ".join(LANGUAGES)}'
            raise WrongUsageError(message)


def _check_alone(option: str, ids: Sequence[int]) -> None:
    if len(set(ids)) > 1:
        message = f"{option} sets the wording of one question: give one ID"
        raise WrongUsageError(message)


def _check_themes(themes: Sequence[str]) -> None:
    for theme in themes:
        if theme not in THEMES:
            message = f'there is no theme "{theme}". Themes: {", ".join(THEMES)}'
            raise WrongUsageError(message)


def _decided(question: Question, decision: Decision) -> Question:
    question = replace(question, translations=_translations(question, decision))
    if decision.status is not None:
        # A person decided: importing again and screening anew must not undo it.
        question = replace(question, status=decision.status, reviewed=True)
    if decision.themes is not None:
        question = replace(question, themes=decision.themes, theme_reasons=(), decided=question.decided | {"themes"})
    if decision.school is not None:
        question = _at_school(question, decision.school)
    if decision.text is not None:
        # A new wording of the question: one that was chosen for passing on said the old one.
        decided: frozenset[Aspect] = question.decided - {"redaction"} | {"text"}
        question = replace(question, text=clean_text(decision.text), decided=decided)
    if decision.redacted_text is not None:
        wording = clean_text(decision.redacted_text)
        question = replace(question, redacted_text=wording, redactions=(), decided=question.decided | {"redaction"})
    return question


def _at_school(question: Question, school: str) -> Question:
    # Given back to a school it was carried from, it was not carried from there after all.
    earlier = question.carried_from
    way = earlier[: earlier.index(school)] if school in earlier else earlier
    return replace(question, school=school, carried_from=way, decided=question.decided - {"stays"})


def _translations(question: Question, decision: Decision) -> Mapping[str, str]:
    """The translations as they are then; SchoolctlError when one would go on saying words that are changed."""
    said = {language: clean_text(text) for language, text in (decision.translations or {}).items()}
    is_changed = decision.text is not None or decision.redacted_text is not None
    if is_changed and (stale := [language for language in question.translations if language not in said]):
        # Neither kept (documents would say the old words, or what was taken out) nor lost: a person typed them.
        again = " ".join(f'--translation {language}="…"' for language in stale)
        message = (
            f"question {question.id} has a translation of the words as they were ({', '.join(stale)}). "
            f'Give it anew with them: schoolctl questions set {question.id} … {again} ("" takes it out)'
        )
        raise SchoolctlError(message)
    return {language: text for language, text in (dict(question.translations) | said).items() if text}
