"""The agenda as a Markdown outline, from a template the organiser can edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from schoolctl.domain.agenda import Agenda, AgendaBlock, AgendaQuestion, AgendaRow
from schoolctl.domain.announcement import school_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question
from schoolctl.domain.school import text_in
from schoolctl.renderers.agenda_view import extra_words, speaker_name, wording_view
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.markup import bold


def render_agenda(own_templates: Path, agenda: Agenda, language: str) -> bytes:
    """The outline in one language; questions in another one are marked, be it their own words or a translation."""
    rules = LANGUAGES[language]
    school = school_facts(agenda.school, language, agenda.school.starts)
    extra = extra_words(own_templates, agenda, language)
    facts = {
        "school": school,
        "speakers": school.speakers,
        "rows": [_row_facts(agenda, row, language) for row in agenda.rows],
        "blocks": [_block_facts(block, language) for block in agenda.blocks],
        "moderator": extra.get("moderator", ""),
        "listed": rules.listed,
        "quoted": rules.quoted,
    }
    document = render_blocks(own_templates, f"agenda/agenda.{language}.md", {"document": "markdown"}, facts)
    # Above the title, not in the template: an organiser's own one must not hide it.
    alarm = ". ".join(extra[name] for name in ("cancelled", "reason") if name in extra)
    return f"{bold(alarm)}\n\n{document['document']}\n".lstrip().encode()


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
        "questions": [_question_facts(one, language) for one in block.everything],
        "first": [_question_facts(one, language) for one in block.questions],
        "spare": [_question_facts(one, language) for one in block.spare],
    }


def _question_facts(question: AgendaQuestion, language: str) -> dict[str, Any]:
    wording, *others = (_wording_facts(one, language) for one in question.wordings_in(language))
    return wording | {"asked": question.asked, "others": others}


def _wording_facts(question: Question, language: str) -> dict[str, Any]:
    wording = wording_view(question, language)
    return {"text": wording.text, "language": question.language, "mark": wording.mark}
