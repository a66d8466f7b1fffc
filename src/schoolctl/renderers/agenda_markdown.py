"""The agenda as a Markdown outline, from a template the organiser can edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from schoolctl.domain.agenda import Agenda, AgendaBlock, AgendaQuestion, AgendaRow
from schoolctl.domain.announcement import school_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import text_in
from schoolctl.renderers.agenda_view import speaker_name
from schoolctl.renderers.environment import render_blocks


def render_agenda(own_templates: Path, agenda: Agenda, language: str) -> bytes:
    """The outline in one language; questions stay in their own words and are marked with their language."""
    rules = LANGUAGES[language]
    school = school_facts(agenda.school, language, agenda.school.starts)
    facts = {
        "school": school,
        "speakers": school.speakers,
        "rows": [_row_facts(agenda, row, language) for row in agenda.rows],
        "blocks": [_block_facts(block, language) for block in agenda.blocks],
        "listed": rules.listed,
        "quoted": rules.quoted,
    }
    document = render_blocks(own_templates, f"agenda/agenda.{language}.md", {"document": "markdown"}, facts)
    return f"{document['document']}\n".encode()


def _row_facts(agenda: Agenda, row: AgendaRow, language: str) -> dict[str, Any]:
    rules = LANGUAGES[language]
    what = f"school {agenda.school.id}: a programme title"
    return {
        "kind": row.kind,
        "span": rules.span(row.starts, row.ends),
        "theme": rules.themes.get(row.theme, ""),
        # A programme's own title may lack this language: better no agenda than one with a hole in it.
        "title": text_in(row.title, language, what) if row.kind == "item" else "",
        "speakers": [speaker_name(agenda.school, name, language) for name in row.speakers],
    }


def _block_facts(block: AgendaBlock, language: str) -> dict[str, Any]:
    # `questions` are all of them, so that a template that knows of no spare ones loses none.
    return {
        "theme": LANGUAGES[language].themes[block.theme],
        "questions": [_question_facts(one) for one in block.everything],
        "first": [_question_facts(one) for one in block.questions],
        "spare": [_question_facts(one) for one in block.spare],
    }


def _question_facts(question: AgendaQuestion) -> dict[str, Any]:
    wordings = [{"text": one.redacted_text, "language": one.language} for one in question.questions]
    return wordings[0] | {"asked": question.asked, "others": wordings[1:]}
