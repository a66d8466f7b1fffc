"""What the slides say of a question, in words: behind it, and in the notes below its slide."""

from __future__ import annotations

from collections.abc import Sequence

from schoolctl.renderers.agenda_view import AgendaView, QuestionView, WordingView


def tail(view: AgendaView, question: QuestionView) -> str:
    """How many asked it, to stand behind a question."""
    # With blanks at which no line breaks: the dash would be left behind alone.
    return f" —\u00a0{view.words['asked']}\u00a0{question.asked}"


def notes(view: AgendaView, questions: Sequence[QuestionView], first: int) -> str:
    """All wordings of a slide's questions, which are numbered from `first`."""
    lines = []
    for number, question in enumerate(questions, first):
        lines.append(f"{number}. {question.wording.marked}{tail(view, question)}")
        lines += _original(question.wording)
        if question.others:
            lines.append(view.words["others"])
        for other in question.others:
            lines += [f"– {other.marked}", *_original(other)]
    return "\n".join(lines)


def _original(wording: WordingView) -> list[str]:
    """Of a translation the patient's own words: somebody in the hall may have asked just so."""
    own = wording.original
    return [f"   {own.mark} {own.text}".rstrip()] if own else []


def numbered(title: str, number: int, of: int) -> str:
    """A title, with its number where there are several slides."""
    return f"{title} ({number}/{of})" if of > 1 else title
