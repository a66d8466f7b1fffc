"""What the rules think of a question: its language, what is personal in it, if it is for the School, its themes."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from schoolctl.domain.language_guess import guess_language
from schoolctl.domain.question import Question, Screening
from schoolctl.domain.redaction import PrivacyWords, Redaction, redact
from schoolctl.domain.redaction.contacts import redact_contacts
from schoolctl.domain.school import Schedule
from schoolctl.domain.screening import ScreeningRules, screen
from schoolctl.domain.theme_model import ThemeModel, learn
from schoolctl.domain.themes import ThemeGuess, ThemeKeywords, guess_themes
from schoolctl.domain.triage import hidden_words, tells_nothing_of
from schoolctl.services.workspace import Workspace
from schoolctl.store.cue_files import read_screening_rules
from schoolctl.store.database import Database
from schoolctl.store.privacy_files import read_privacy_words
from schoolctl.store.question_store import QuestionStore
from schoolctl.store.theme_files import read_theme_keywords

UNSCREENED = Screening("general")
# So many questions are judged together: enough for the speed, few for the memory.
AT_ONCE = 100
# A question about the link has no theme of medicine.
_NO_THEMES = frozenset({"logistics", "not_question"})


@dataclass(frozen=True, slots=True)
class Rules:
    """All that questions are judged by; `model` is what was learnt from decisions, None while there are too few.

    `topics` are the diseases that each school is about.
    """

    screening: ScreeningRules
    themes: ThemeKeywords
    privacy: PrivacyWords
    topics: dict[str, frozenset[str]]
    model: ThemeModel | None = None

    def topic_of(self, school: str | None) -> frozenset[str]:
        """The diseases a question for this school may be about; empty: nobody said."""
        return self.topics.get(school or "", frozenset())


def read_rules(workspace: Workspace, schedule: Schedule) -> Rules:
    """The rules as the organiser's files have them now; FileProblemsError with every mistake in one of them."""
    with _without_collection():
        screening = read_screening_rules(workspace.templates)
        return Rules(
            screening=screening,
            themes=read_theme_keywords(workspace.templates),
            privacy=read_privacy_words(workspace.templates),
            topics=screening.topics_by_school(schedule.schools),
        )


@contextmanager
def _without_collection() -> Iterator[None]:
    # All that is read stays: looking for garbage among a hundred thousand new objects takes a fifth of the time.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def with_learning(rules: Rules, database: Database) -> Rules:
    """The rules together with what the organiser's decisions about themes teach."""
    return replace(rules, model=learn(QuestionStore(database).theme_decisions(), rules.themes.scores))


def judge(question: Question, rules: Rules) -> Question:
    """The question as the rules see it; what a person decided stays as it is."""
    return judge_each([question], rules)[0]


def judge_each(questions: Sequence[Question], rules: Rules) -> list[Question]:
    """The questions as the rules see them, in their order.

    One rule goes through all of them before the next one does: its words then stay in the processor's cache, and
    judging takes a third less time.
    """
    languages = [guess_language(question.text) for question in questions]
    redactions = [
        _redaction(question, language, rules) for question, language in zip(questions, languages, strict=True)
    ]
    screenings = [_screening(question, rules) for question in questions]
    themes = [_themes(question, screening, rules) for question, screening in zip(questions, screenings, strict=True)]
    findings = map(_Findings, languages, redactions, screenings, themes)
    return [_judged(question, found, rules) for question, found in zip(questions, findings, strict=True)]


class _Findings(NamedTuple):
    """What the rules found out about one question."""

    language: str
    redaction: Redaction
    screening: Screening
    themes: ThemeGuess


def _judged(question: Question, found: _Findings, rules: Rules) -> Question:
    hidden = hidden_words(question.text, found.redaction.text)
    return replace(
        question,
        language=found.language,
        redacted_text=found.redaction.text,
        redactions=found.redaction.marks,
        screening=found.screening,
        themes=found.themes.themes,
        theme_reasons=_shown_reasons(found.themes, hidden),
        translations=redacted_translations(question, rules),
    )


def redacted_translations(question: Question, rules: Rules) -> Mapping[str, str]:
    """An organiser's translations, as free of all that leads to the sender as the wording itself."""
    return {
        language: redact(text, language, question.sender, rules.privacy).text
        for language, text in question.translations.items()
    }


def _shown_reasons(guess: ThemeGuess, hidden: frozenset[str]) -> tuple[str, ...]:
    # What was learnt from decisions, or stands beside a name, may be a name.
    return tuple(
        reason if tells_nothing_of(reason, hidden) else f"{reason.partition(':')[0]}: words that are replaced"
        for reason in guess.reasons
    )


def judge_all(questions: Sequence[Question], rules: Rules) -> list[tuple[Question, Question]]:
    """Each question that the rules see otherwise than it stands in the store: before and after."""
    parts = (questions[start : start + AT_ONCE] for start in range(0, len(questions), AT_ONCE))
    pairs = chain.from_iterable(zip(part, judge_each(part, rules), strict=True) for part in parts)
    return [(old, new) for old, new in pairs if old != new]


def _screening(question: Question, rules: Rules) -> Screening:
    if question.reviewed:
        return question.screening
    return screen(question.text, rules.screening, rules.topic_of(question.school))


def _redaction(question: Question, language: str, rules: Rules) -> Redaction:
    """A wording that may be passed on."""
    if "redaction" in question.decided:
        # A person chose these very words; what would lead to somebody's door or telephone goes all the same.
        found = redact_contacts(question.redacted_text, language)
        # Found once it is gone from the wording: the marks of earlier judgements tell what it was.
        return Redaction(found.text, (*question.redactions, *found.marks))
    return redact(question.text, language, question.sender, rules.privacy)


def _themes(question: Question, screening: Screening, rules: Rules) -> ThemeGuess:
    if "themes" in question.decided:
        return ThemeGuess(question.themes, question.theme_reasons)
    if screening.label in _NO_THEMES and not question.reviewed:
        return ThemeGuess((), ())
    return guess_themes(question.text, rules.themes, rules.model)
